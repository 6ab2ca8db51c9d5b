"""A passage among its neighbours, as a modal: *Read in context*."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from content.citations import deep_link
from content.dates import dated
from content.documents import Excerpt, Passage, Place
from content.provenance import without_addresses
from handlers.views.blocks import (
    Block,
    clean,
    context,
    cut,
    header,
    linked,
    paragraph,
    plain,
    quotation,
    rich,
    run,
    section,
    web,
)
from handlers.views.wording import named

CHANGED: Final = "This passage has changed since it was quoted. Ask again to see what the documents say now."
SPONSORED: Final = "Sponsored: this passage seems to be advertising. It is not used as evidence."

_NEIGHBOUR: Final = 1500
_PASSAGE: Final = 6000
_WORD_START: Final = re.compile(r"\s\S")


def modal(excerpt: Excerpt, place: Place) -> dict[str, Any]:
    """The passage with its quoted sentences in bold, its neighbours above and below."""
    known = (excerpt.publisher, dated(excerpt.published, excerpt.inferred), excerpt.label)
    said = [*(part for part in known if part), f"paragraph {excerpt.passage.number}"]
    blocks: list[Block] = [
        header(named(excerpt.title, place.document)),
        context(" · ".join(said)),
        *([context(CHANGED)] if excerpt.changed else []),
        *_read_through(excerpt, place),
        *_way_out(excerpt, place),
    ]
    return {"type": "modal", "title": plain("Read in context"), "close": plain("Close"), "blocks": blocks}


def _read_through(excerpt: Excerpt, place: Place) -> Iterator[Block]:
    """The passages in reading order, each new heading above the first passage under it."""
    for passage, heading in headed(excerpt):
        if heading:
            yield rich(paragraph(run(cut(heading, 300), bold=True)))
        if passage.sponsored:
            yield context(SPONSORED)
        yield rich(_shown(excerpt, passage, place))


def _way_out(excerpt: Excerpt, place: Place) -> Iterator[Block]:
    """A link to the document where it stands, at the first sentence quoted."""
    spans = marks(excerpt, place) or ((0, len(excerpt.passage.text)),)
    start, end = spans[0]
    if web(excerpt.url) and not excerpt.passage.sponsored:
        yield section(linked(deep_link(excerpt.url, excerpt.passage.text[start:end]), "Open the document", ""))


def _shown(excerpt: Excerpt, passage: Passage, place: Place) -> Block:
    text = without_addresses(passage)
    if passage == excerpt.passage:
        return quotation(*_marked(text, marks(excerpt, place)))
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
    """What to mark in the passage, in order; nothing where it no longer says what was quoted."""
    if excerpt.changed or excerpt.passage.sponsored:
        return ()
    within = ((max(start, 0), min(end, len(excerpt.passage.text))) for start, end in sorted(place.marked))
    return tuple((start, end) for start, end in within if start < end)


def _end_of(text: str) -> str:
    """The end of a long paragraph: what leads up to the passage."""
    if len(text) <= _NEIGHBOUR:
        return text
    rest = text[-_NEIGHBOUR:]
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
