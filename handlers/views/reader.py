"""A passage among its neighbours, as a modal: *Read in context*."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from content.dates import dated
from content.documents import Excerpt, Passage, Place
from content.links import deep_link
from content.places import found_again
from content.provenance import without_addresses
from handlers.payloads import write_place
from handlers.views.blocks import (
    SENTENCE_END,
    Block,
    Message,
    button,
    clean,
    context,
    cut,
    header,
    linked,
    paragraph,
    plain,
    quotation,
    rich,
    rows,
    run,
    section,
    web,
)
from handlers.views.wording import named

CHANGED: Final = "This passage has changed since it was quoted. Ask again to see what the documents say now."
SPONSORED: Final = "Sponsored: this passage seems to be advertising. It is not used as evidence."

#: the button that shows more around the passage
WIDER: Final = "read_more"
#: passages on each side of it at first, and then; it takes one more to know whether there are more
AROUND, WIDELY = 2, 8
_NEIGHBOUR: Final = 1500
_PASSAGE: Final = 6000
#: what a button's value may hold
_VALUE: Final = 2000
_WORD_START: Final = re.compile(r"\s\S")


def modal(excerpt: Excerpt, place: Place, widely: bool = False) -> dict[str, Any]:
    """The passage with its quoted sentences in bold, its neighbours above and below; ``widely``: all of them uncut.

    Else those next to it, and *More* where the excerpt has more than these or one of them is cut.
    """
    near = excerpt if widely else replace(excerpt, before=excerpt.before[-AROUND:], after=excerpt.after[:AROUND])
    known = (excerpt.publisher, dated(excerpt.published, excerpt.inferred), excerpt.label)
    said = [*(part for part in known if part), f"paragraph {excerpt.passage.number}"]
    cut_off = any(len(each.text) > _NEIGHBOUR for each in (*near.before, *near.after))
    return _view(
        header(named(excerpt.title, place.document)),
        context(" · ".join(said)),
        *([context(CHANGED)] if excerpt.changed else []),
        *_read_through(near, place, widely),
        *(_more(place) if not widely and (cut_off or near != excerpt) else []),
        *_way_out(excerpt, place),
    )


def told(message: Message) -> dict[str, Any]:
    """What there is to say instead of a passage."""
    return _view(*message.blocks)


def _view(*blocks: Block) -> dict[str, Any]:
    return {"type": "modal", "title": plain("Read in context"), "close": plain("Close"), "blocks": list(blocks)}


def _more(place: Place) -> list[Block]:
    """The button carries the place, so nothing is remembered for it."""
    value = write_place(place)
    return rows([button("More", WIDER, value)]) if len(value) <= _VALUE else []


def _read_through(excerpt: Excerpt, place: Place, widely: bool) -> Iterator[Block]:
    """The passages in reading order, each new heading above the first passage under it."""
    for passage, heading in headed(excerpt):
        if heading:
            yield rich(paragraph(run(cut(heading, 300), bold=True)))
        if passage.sponsored:
            yield context(SPONSORED)
        yield rich(_shown(excerpt, passage, place, widely))


def _way_out(excerpt: Excerpt, place: Place) -> Iterator[Block]:
    """A link to the document where it stands."""
    if link := in_document(excerpt, place):
        yield section(linked(link, "Open the document", ""))


def in_document(excerpt: Excerpt, place: Place) -> str | None:
    """The address of the document at the first sentence quoted; ``None`` where somebody paid for the passage."""
    if excerpt.passage.sponsored:
        return None
    return web(deep_link(excerpt.url, excerpt.passage.text, marks(excerpt, place)))


def _shown(excerpt: Excerpt, passage: Passage, place: Place, widely: bool) -> Block:
    text = without_addresses(passage)
    if passage == excerpt.passage:
        return quotation(*_marked(text, marks(excerpt, place)))
    if widely:
        return paragraph(run(text))
    leading = passage.number < excerpt.passage.number
    return paragraph(run(_end_of(text) if leading else cut(text, _NEIGHBOUR)))


def headed(excerpt: Excerpt) -> Iterator[tuple[Passage, str | None]]:
    """The passages in reading order, each with the heading to show above it, where that is a new one."""
    above = excerpt.title  # stands above it all already
    for passage in (*excerpt.before, excerpt.passage, *excerpt.after):
        new = passage.heading if passage.heading != above else None
        above = passage.heading
        yield passage, new and without_addresses(passage, new)


def marks(excerpt: Excerpt, place: Place) -> tuple[tuple[int, int], ...]:
    """What to mark in the passage as it is now, in order; nothing where it no longer says what was quoted."""
    if excerpt.changed or excerpt.passage.sponsored:
        return ()
    return found_again(excerpt.passage.text, place.marked)


def _end_of(text: str) -> str:
    """The end of a long paragraph, from a sentence on, else from a word: what leads up to the passage."""
    if len(text) <= _NEIGHBOUR:
        return text
    rest = text[-_NEIGHBOUR:]
    sentence = next((match.end() for match in SENTENCE_END.finditer(rest) if match.end() < len(rest) // 2), None)
    if sentence:
        return f"… {rest[sentence:]}"
    start = _WORD_START.search(rest)
    return "…" + rest[start.start() if start else 0 :]


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Block]:
    """The passage as runs, the quoted sentences bold; of an overlong one the part around the first of them."""
    at = max(0, spans[0][0] - _PASSAGE // 3) if spans and len(text) > _PASSAGE else 0
    stop = min(len(text), at + _PASSAGE)
    yield run("…" if at else "")
    for start, end in [(max(start, at), min(end, stop)) for start, end in spans if end > at and start < stop]:
        if start >= at:
            yield run(clean(text[at:start]))
            yield run(text[start:end], bold=True)
            at = end
    yield run(text[at:stop] + ("…" if stop < len(text) else ""))
