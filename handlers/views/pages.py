"""The pages behind the verbs other than a question: help, sources, summary, status."""

from collections.abc import Sequence

from content.dates import dated
from content.documents import Quotation, Searched, SourceDocument, Summary
from content.listing import date_of, newest_first
from content.provenance import SPONSORED
from handlers.views import answer as answers
from handlers.views.blocks import (
    Block,
    Message,
    bullets,
    context,
    cut,
    escape,
    header,
    linked,
    paragraph,
    quotation,
    rich,
    rows,
    run,
    section,
)
from handlers.views.figures import value
from handlers.views.parts import Shown, page_of, rest, told_in
from handlers.views.wording import SHORT, counted, line, listed, named, short, understood

_LISTED = 20
_WITH_COMMAND = "Mention me in a channel or write to me directly: the same words work there, without the command."
_ADDING = ("add https://…", "one more page or PDF to read; with follow and a feed, all that it brings")
_WITHOUT = "In a channel or a thread, mention me with these words; in a direct message, just write them."


def help_page(
    command: str, documents: Sequence[SourceDocument], question: str | None, greeting: str = "", adds: bool = False
) -> Message:
    """How to ask, with a ``question`` that the documents answer; ``command`` is empty where it does not work.

    ``adds``: whoever reads this may add documents.
    """
    first = question or "what is …"
    example = _callable(documents[0]) if documents else "TITLE"
    lines = (
        (first, "any question: the answer in quotations, with their sources"),
        ("figures cloud", "the numbers about a topic, and who said them"),
        (f"summary {example}", "the key sentences of a document or a topic"),
        ("sources", "the documents I read"),
        (
            "digest here daily at 9:00",
            "what is new, each morning; also weekdays, every monday; now, preview, off, status",
        ),
        ("status", "how much there is to search"),
        *([_ADDING] if adds else []),
    )
    usage = bullets([run(f"{command} {verb}".strip(), bold=True), run(f" – {does}")] for verb, does in lines)
    intro = f"{greeting} I answer from your documents, word for word, and say so when they do not know.".strip()
    titles = [short(each.title, each.document) for each in documents[:5]]
    reads = [context("I read: " + " · ".join(titles) + (" · …" if len(documents) > 5 else ""))] if titles else []
    blocks = (rich(paragraph(run(intro)), usage, paragraph(run(_WITH_COMMAND if command else _WITHOUT))), *reads)
    attempt = f"{command} {question or f'summary {example}'}".strip()
    return Message(escape(f"{intro} Try: {attempt}"), blocks)


def sources_page(documents: Sequence[SourceDocument], part: int = 0) -> Message:
    """A part of the documents, the newest first; a part beyond the last is the last."""
    if not documents:
        return line(run("There are no documents yet."))
    shown = page_of(newest_first(documents), part, _LISTED)
    order = ", newest first" if len(documents) > 1 and any(map(date_of, documents)) else ""
    title = shown.told("Documents") if shown.number else f"I read {counted(len(documents), 'document')}{order}"
    more = rest(shown, "sources")
    foot = [context(shown.told("Documents"))] if more and not shown.number else []
    names = "; ".join(named(each.title, each.document) for each in shown.items[:5])
    blocks = (header(title), *map(listed_document, shown.items), *rows(more), *foot)
    return Message(escape(f"{title}: {names}"), blocks)


def summary_page(found: Summary, words: str, private: bool, part: int = 0) -> Message:
    """A part of the key sentences of a document or topic, each with its place; ``words`` ask for them again."""
    shown = _shown(found, part)
    cited = {each.citation for each in shown.items}
    title = f"Summary: {_subject(found)}{', continued' if shown.number else ''}"
    quoted = [quotation(run(f"“{each.text}” "), run(f"[{each.citation}]", bold=True)) for each in shown.items]
    figures = [f"{value(each.figure)} [{each.citation}]" for each in found.figures if each.citation in cited]
    note = None if shown.number else understood(found.understanding)
    row = [*rest(shown, words), *([] if shown.number else answers.buttons(words, private, has_figures=False))]
    blocks = [
        header(title),
        rich(*([note] if note else []), *quoted),
        *([context(f"Figures: {' · '.join(figures)}")] if figures else []),
        *(answers.source(each, shown.items) for each in found.sources if each.n in cited),
        *rows(row),
    ]
    said = " ".join(f"“{each.text}” [{each.citation}]" for each in shown.items)
    return Message(escape(f"{title}. {said}"), tuple(blocks))


def told_first(found: Summary) -> Sequence[Quotation]:
    """The sentences that the first part of a summary shows."""
    return _shown(found, 0).items


def holding_page(documents: Sequence[SourceDocument]) -> Message:
    """The documents that figures stand in."""
    titles = listed([named(each.title, each.document) for each in documents[:_LISTED]])
    more = len(documents) - _LISTED
    foot = [context(f"… and {counted(more, 'more document')}")] if more > 0 else []
    return Message(escape(f"In {titles}"), (*map(listed_document, documents[:_LISTED]), *foot))


def status_page(searched: Searched, documents: Sequence[SourceDocument]) -> Message:
    """Whether there is something to search, and how much."""
    newest = f"; the newest is of {searched.newest}" if searched.newest else ""
    numbers = counted(sum(each.figures for each in documents), "figure")
    said = f"I am here. I search {counted(searched.documents, 'document')} with {numbers}{newest}."
    return line(run(said))


def what_page(verb: str, command: str, documents: Sequence[SourceDocument]) -> Message:
    """A verb came without what it is about."""
    examples = [[run(f"{command} {verb} {_callable(each)}".strip(), bold=True)] for each in documents[:4]]
    asked = f"A {verb} of what? Name a document or a topic."
    return Message(escape(asked), (rich(paragraph(run(asked)), *([bullets(examples)] if examples else [])),))


def _shown(found: Summary, part: int) -> Shown[Quotation]:
    return told_in(found.summary, [len(each.text) for each in found.summary], part)


def _subject(found: Summary) -> str:
    if found.topic:
        return found.topic
    title = next((each.title for each in found.sources if each.document == found.document), None)
    return named(title, found.document or "")


def listed_document(document: SourceDocument) -> Block:
    """A document in a list, its title leading to it unless it is all advertising."""
    when = dated(document.published, document.inferred)
    parts = (document.publisher, when, counted(document.passages, "passage"))
    figures = counted(document.figures, "figure")
    rest = "".join(f" · {part}" for part in (*parts, figures, *document.labels) if part)
    url = None if SPONSORED in document.labels else document.url
    return section(linked(url, named(document.title, document.document), rest))


def _callable(document: SourceDocument) -> str:
    """What to call a document in an order: its title, or its id where that is much to type."""
    title = named(document.title, document.document)
    return title if len(title) <= SHORT else cut(document.document, 100)
