"""App Home: what there is to ask, and what this person asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from content.dates import stated_date
from content.documents import Figure, FigureTable, Searched, SourceDocument
from handlers.timetable import Subscription
from handlers.views import schedules
from handlers.views.blocks import Block, Message, bullets, context, header, paragraph, rich, run
from handlers.views.figures import said_by, value
from handlers.views.pages import listed_document
from handlers.views.wording import counted, first_words

_DOCUMENTS, _FIGURES, _DIFFERING, _SHOWN = 10, 8, 5, 10
#: characters of a line that says how sources differ
_NOTE: Final = 300


@dataclass(frozen=True, slots=True)
class Contents:
    """What App Home shows."""

    searched: Searched
    documents: Sequence[SourceDocument]
    #: ``None`` where there are too many to look through
    figures: FigureTable | None
    #: what this person asked, the newest first
    asked: Sequence[str]
    #: a question that the documents answer
    example: str | None
    command: str
    #: the digests this person set up, and when each comes next
    digests: Sequence[tuple[Subscription, float]] = ()


def home(contents: Contents) -> dict[str, Any]:
    """The view of one person."""
    blocks = [*_intro(contents), *_documents(contents), *_figures(contents), *_asked(contents), *_digests(contents)]
    return {"type": "home", "blocks": blocks}


def broken(sorry: Message) -> dict[str, Any]:
    """The view when something went wrong."""
    return {"type": "home", "blocks": list(sorry.blocks)}


def _intro(contents: Contents) -> list[Block]:
    newest = f", the newest of {contents.searched.newest}" if contents.searched.newest else ""
    said = f"I answer from {counted(contents.searched.documents, 'document')}{newest}, word for word."
    lines = (
        [run(f"{contents.command} {contents.example or 'what is …'}", bold=True), run(" – an answer for you alone")],
        [run("Mention me in a channel", bold=True), run(" – an answer in a thread, for everybody")],
        [run("Write to me in Messages", bold=True), run(" – a conversation")],
        [run("figures, summary, sources, digest, help", bold=True), run(" – the same words everywhere")],
    )
    return [header("Ask the documents"), rich(paragraph(run(said)), bullets(lines))]


def _documents(contents: Contents) -> list[Block]:
    if not contents.documents:
        return [header("Documents"), rich(paragraph(run("There are no documents yet.")))]
    newest = sorted(contents.documents, key=lambda one: stated_date(one.published), reverse=True)
    more = len(newest) - _DOCUMENTS
    rest = [context(f"and {counted(more, 'more document')}: sources lists them")] if more > 0 else []
    return [header("Documents"), *map(listed_document, newest[:_DOCUMENTS]), *rest]


def _figures(contents: Contents) -> list[Block]:
    """The first figures, which are of the newest documents, and what the sources do not agree on."""
    found = contents.figures
    if found is None or not found.figures:
        return []
    by_id = {each.document: each for each in contents.documents}
    lines = [_figure(each, by_id.get(each.document)) for each in found.figures[:_FIGURES]]
    differing = [[run(first_words(each.note, _NOTE))] for each in found.disagreements[:_DIFFERING]]
    sources_differ = [header("Where sources differ"), rich(bullets(differing))] if differing else []
    return [header("Recent figures"), rich(bullets(lines)), *sources_differ]


def _figure(figure: Figure, source: SourceDocument | None) -> list[Block]:
    """A figure in a line; what it measures is left out where its own words say it."""
    measures = figure.about if figure.about and figure.about.casefold() not in figure.text.casefold() else ""
    told = f" · {first_words(measures)}" if measures else ""
    return [run(first_words(value(figure)), bold=True), run(f"{told} – {said_by(figure, source)}")]


def _asked(contents: Contents) -> list[Block]:
    if not contents.asked:
        return []
    lines = [[run(first_words(each))] for each in contents.asked]
    forget = context("Nobody else sees this list; write “forget me” to erase it.")
    return [header("What you asked"), rich(bullets(lines)), forget]


def _digests(contents: Contents) -> list[Block]:
    if not contents.digests:
        return []
    lines = [schedules.line(wanted, moment) for wanted, moment in contents.digests[:_SHOWN]]
    return [header("Your digests"), rich(bullets(lines))]


#: what the Messages tab suggests beside a question: title → message
SUGGESTED: Final = {"What do you read?": "sources", "Which figures are there?": "figures", "How do I ask?": "help"}


def prompts(example: str | None) -> list[dict[str, str]]:
    """Up to four messages to begin with."""
    first = {example: example} if example else {}
    return [{"title": title, "message": message} for title, message in (first | SUGGESTED).items()]
