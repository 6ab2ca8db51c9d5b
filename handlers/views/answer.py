"""An answer as a message, and the honest other outcome."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from content.advertising import ONLY_SPONSORED
from content.citations import place_of, sentences_shown
from content.dates import dated
from content.documents import Answer, Nearest, NothingFound, Quotation, Source
from content.language import HINT, is_foreign
from handlers.payloads import write_place
from handlers.times import SPANS
from handlers.views.blocks import (
    Block,
    Message,
    button,
    context,
    escape,
    header,
    linked,
    paragraph,
    plain,
    quotation,
    rich,
    rows,
    run,
    section,
)
from handlers.views.figures import disagreements, headline
from handlers.views.wording import (
    also_in,
    counted,
    first_words,
    line,
    listed,
    named,
    searched_through,
    understood,
    way_on,
    where,
)

_WHICH: Final = re.compile("(?:last|this|next|past|previous|coming)$", re.IGNORECASE)
READ, SHARE, FIGURES, SUMMARY = "read_in_context", "share", "show_figures", "summarize"
#: a question offered below an answer, and which of them it is
FOLLOW: Final = re.compile(r"follow_up_\d+")
#: a button's value holds no more; a longer question has no buttons that repeat it
_VALUE = 2000
_SOURCES = 8
_NEAREST = 5


def answer(found: Answer, words: str, private: bool, next_questions: Sequence[str] = ()) -> Message:
    """An answer; ``words`` are what was asked, for the buttons to ask again. Only a private one can be shared."""
    shown = headline(found) if found.wants_figure else None
    blocks = [
        *([header(shown)] if shown else []),
        rich(*_understood(found), *(_quoted(each) for each in found.summary)),
        *_optional(disagreements(found)),
        *_sources(found),
        *rows(buttons(words, private, bool(found.figures)), _offered(next_questions)),
        context(searched_through(found.searched) + _unmentioned(found)),
    ]
    said = " ".join(f"“{each.text}” [{each.citation}]" for each in found.summary)
    return Message(escape(f"{shown}. {said}" if shown else said), tuple(blocks))


def nothing(found: NothingFound) -> Message:
    """What was not found and how to go on; it cites nothing."""
    nearest = found.nearest[:_NEAREST]
    said, way = _not_found(found), _way_on(found)
    titles = listed([named(each.title, each.document) for each in nearest])
    text = " ".join("".join(each["text"] for each in runs) for runs in (said, way) if runs)
    lines = rich(*_understood(found), paragraph(*said), *([paragraph(*way)] if way else []))
    return Message(
        escape(f"{text} {titles}." if titles else text),
        (lines, *map(_near, nearest), context(searched_through(found.searched))),
    )


def no_summary(found: NothingFound, name: str) -> Message:
    """Nothing is said of what a summary was asked of."""
    if found.searched.documents == 0:
        return nothing(found)
    said = f"I found nothing about “{first_words(name)}” in {counted(found.searched.documents, 'document')}: "
    message = line(run(f"{said}{_only_sponsored(found)}"), *way_on())
    return replace(message, blocks=(*map(rich, _understood(found)), *message.blocks))


def answering(message: Message, words: str) -> Message:
    """``message`` under the question it answers: where nobody sees that, as after a slash command."""
    question = f"“{first_words(words)}”"
    return Message(escape(f"{question} – ") + message.text, (context(question), *message.blocks))


def quotes(message: Message) -> bool:
    """Whether a message quotes the documents."""
    groups = (group for block in message.blocks if block["type"] == "rich_text" for group in block["elements"])
    return any(group["type"] == "rich_text_quote" for group in groups)


def source(cited: Source, quoted: Sequence[Quotation]) -> Block:
    """A source: where it stands, with the button that opens it at the sentences quoted from it."""
    known = (cited.publisher, dated(cited.published, cited.inferred), cited.label)
    rest = "".join([*(f" · {each}" for each in known if each), where(cited), also_in(cited)])
    title = f"[{cited.n}] {named(cited.title, cited.document)}"
    return section(linked(cited.link, title, rest), in_context(cited, quoted))


def in_context(cited: Source, quoted: Sequence[Quotation]) -> Block | None:
    """The button that opens a source at the sentences quoted from it; an endless id fits into none."""
    value = write_place(place_of(cited, quoted))
    return button("Read in context", READ, value) if len(value) <= _VALUE else None


def buttons(words: str, private: bool, has_figures: bool) -> list[Block]:
    """What can be done with an answer."""
    if not 0 < len(words) <= _VALUE:
        return []
    return [
        *([button("Share to channel", SHARE, words, "primary")] if private else []),
        *([button("Show figures", FIGURES, words)] if has_figures else []),
    ]


def _offered(questions: Sequence[str]) -> list[Block]:
    """Questions to go on with."""
    return [button(each, f"follow_up_{place}", each) for place, each in enumerate(questions, 1)]


def _quoted(quoted: Quotation) -> Block:
    return quotation(run(f"“{quoted.text}” "), run(f"[{quoted.citation}]", bold=True))


def _sources(found: Answer) -> Iterator[Block]:
    quoted = sentences_shown(found)
    for cited in found.sources[:_SOURCES]:
        yield source(cited, quoted)
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
    said = f"I found no answer in {counted(documents, 'document')}"
    if found.unmet:
        return [run(f"{said} for "), run(first_words(found.unmet), bold=True), run(", only for other times.")]
    if not missing:
        return [run(f"{said}.")]
    none, words = _none_has(found)
    return [run(f"{said}: {none} "), run(words, bold=True), run(".")]


def _none_has(found: Answer | NothingFound) -> tuple[str, str]:
    """That no document has them, and the words of the question that none has."""
    none = "it does not mention" if found.searched.documents == 1 else "none mentions"
    asked = found.understanding.effective
    return none, listed([named(_as_asked(word, asked), "") for word in found.understanding.missing[:5]], "or")


def _as_asked(word: str, question: str) -> str:
    """A word as it is said to be missing: what only tells which year with that year's noun, "last year"."""
    when = _WHICH.match(word) and re.search(rf"\b{re.escape(word)} (?:{SPANS})s?\b", question, re.IGNORECASE)
    return when.group() if when else word


def _unmentioned(found: Answer) -> str:
    """What of the question an answer cannot be about, for its foot."""
    return f" · {' '.join(_none_has(found))}" if found.understanding.missing else ""


def _way_on(found: NothingFound) -> list[Block]:
    if found.searched.documents == 0:
        return []
    if is_foreign(found.understanding):
        return [run(HINT)]
    if found.nearest:
        return [run(f"{_only_sponsored(found)}Ask in other words, or read one of the closest:")]
    return [run(f"{_only_sponsored(found)}Ask in other words, or look around: "), *way_on()]


def _only_sponsored(found: NothingFound) -> str:
    return f"{ONLY_SPONSORED} " if found.sponsored else ""


def _near(near: Nearest) -> Block:
    """A document that came close, to be read in short; an endless id fits into no button."""
    offered = 0 < len(near.document) <= _VALUE
    return section(
        plain(named(near.title, near.document)), button("Summary", SUMMARY, near.document) if offered else None
    )
