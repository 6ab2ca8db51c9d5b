"""An answer as a message, and the honest other outcome."""

from collections.abc import Iterator

from content.documents import Answer, NothingFound, Quotation, Source
from handlers.payloads import Place, write_place
from handlers.views.blocks import (
    Block,
    Message,
    actions,
    bullets,
    button,
    context,
    escape,
    header,
    linked,
    paragraph,
    quotation,
    rich,
    run,
    section,
)
from handlers.views.figures import disagreements, headline
from handlers.views.wording import counted, listed, named, searched_through, understood, where

READ, SHARE, FIGURES = "read_in_context", "share", "show_figures"
#: a button's value holds no more; a longer question has no buttons that repeat it
_VALUE = 2000
_SOURCES = 8


def answer(found: Answer, words: str, private: bool) -> Message:
    """An answer; ``words`` are what was asked, for the buttons to ask again. Only a private one can be shared."""
    shown = headline(found) if found.wants_figure else None
    blocks = [
        *([header(shown)] if shown else []),
        rich(*_understood(found), *(_quoted(each) for each in found.summary)),
        *_optional(disagreements(found)),
        *_sources(found),
        *_optional(buttons(words, private, bool(found.figures))),
        context(searched_through(found.searched)),
    ]
    said = " ".join(f"“{each.text}” [{each.citation}]" for each in found.summary)
    return Message(escape(f"{shown}. {said}" if shown else said), tuple(blocks))


def nothing(found: NothingFound) -> Message:
    """What was not found and what to try; it cites nothing."""
    line = _not_found(found)
    shown: list[Block] = [*_understood(found), paragraph(*line)]
    nearest = [named(each.title, each.document) for each in found.nearest]
    if nearest:
        shown += [paragraph(run("The closest documents are:")), bullets([run(title)] for title in nearest)]
    text = "".join(each["text"] for each in line) + (f" Closest: {listed(nearest)}." if nearest else "")
    return Message(escape(text), (rich(*shown), context(searched_through(found.searched))))


def source(cited: Source, quoted: tuple[Quotation, ...]) -> Block:
    """A source: where it stands, with the button that opens it at the sentences quoted from it."""
    marked = tuple((each.start, each.end) for each in quoted if each.citation == cited.n)
    value = write_place(Place(cited.document, cited.paragraph, marked))
    button_beside = button("Read in context", READ, value) if len(value) <= _VALUE else None
    said = [f" · {each}" for each in (cited.publisher, cited.published) if each]
    rest = "".join([*said, where(cited)])
    title = f"[{cited.n}] {named(cited.title, cited.document)}"
    return section(linked(cited.url, title, rest), button_beside)


def buttons(words: str, private: bool, has_figures: bool) -> Block | None:
    """What can be done with an answer; ``None`` when nothing can."""
    if not 0 < len(words) <= _VALUE:
        return None
    made = [
        *([button("Share to channel", SHARE, words, "primary")] if private else []),
        *([button("Show figures", FIGURES, words)] if has_figures else []),
    ]
    return actions(*made) if made else None


def _quoted(quoted: Quotation) -> Block:
    return quotation(run(f"“{quoted.text}” "), run(f"[{quoted.citation}]", bold=True))


def _sources(found: Answer) -> Iterator[Block]:
    for cited in found.sources[:_SOURCES]:
        yield source(cited, found.summary)
    if more := len(found.sources[_SOURCES:]):
        yield context(f"and {counted(more, 'more source')}")


def _understood(found: Answer | NothingFound) -> list[Block]:
    return _optional(understood(found.understanding))


def _optional(block: Block | None) -> list[Block]:
    return [block] if block else []


def _not_found(found: NothingFound) -> list[Block]:
    """The sentence that says so, the missing words in bold."""
    documents, missing = found.searched.documents, found.understanding.missing
    if documents == 0:
        return [run("There are no documents yet, so there is nothing to answer from.")]
    if not missing:
        verb = "does" if documents == 1 else "do"
        return [run(f"The {counted(documents, 'document')} {verb} not answer this.")]
    words = listed([named(word, "") for word in missing[:5]], "or")
    return [run(f"Nothing in {counted(documents, 'document')} mentions "), run(words, bold=True), run(".")]
