"""A passage among its neighbours, as a modal: *Read in context*."""

import re
from collections.abc import Iterator
from typing import Any, Final

from content.documents import Excerpt, Passage
from handlers.payloads import Place
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

_NEIGHBOUR: Final = 1500
_PASSAGE: Final = 6000
_WORD_START: Final = re.compile(r"\s\S")


def modal(excerpt: Excerpt, place: Place) -> dict[str, Any]:
    """The passage with its quoted sentences in bold, its neighbours above and below."""
    said = [part for part in (excerpt.publisher, excerpt.published, f"paragraph {place.paragraph}") if part]
    blocks: list[Block] = [
        header(named(excerpt.title, place.document)),
        context(" · ".join(said)),
        *_read_through(excerpt, place),
        *([section(linked(excerpt.url, "Open the document", ""))] if web(excerpt.url) else []),
    ]
    return {"type": "modal", "title": plain("Read in context"), "close": plain("Close"), "blocks": blocks}


def _read_through(excerpt: Excerpt, place: Place) -> Iterator[Block]:
    """The passages in reading order, each new heading above the first passage under it."""
    heading = excerpt.title  # stands above it all already
    for passage in (*excerpt.before, excerpt.passage, *excerpt.after):
        if passage.heading and passage.heading != heading:
            yield rich(paragraph(run(cut(passage.heading, 300), bold=True)))
        heading = passage.heading
        yield rich(_shown(excerpt, passage, place))


def _shown(excerpt: Excerpt, passage: Passage, place: Place) -> Block:
    if passage == excerpt.passage:
        return quotation(*_marked(passage, place))
    leading = passage.number < excerpt.passage.number
    return paragraph(run(_end_of(passage.text) if leading else cut(passage.text, _NEIGHBOUR)))


def _end_of(text: str) -> str:
    """The end of a long paragraph: what leads up to the passage."""
    if len(text) <= _NEIGHBOUR:
        return text
    rest = text[-_NEIGHBOUR:]
    start = _WORD_START.search(rest)
    return "…" + rest[start.start() if start else 0 :]


def _marked(passage: Passage, place: Place) -> Iterator[Block]:
    """The passage as runs, the quoted sentences bold; of an overlong one the part around the first of them."""
    spans = [(max(start, passage.start), min(end, passage.end)) for start, end in sorted(place.marked)]
    spans = [(start - passage.start, end - passage.start) for start, end in spans if start < end]
    text = passage.text
    at = max(0, spans[0][0] - _PASSAGE // 3) if spans and len(text) > _PASSAGE else 0
    stop = min(len(text), at + _PASSAGE)
    yield run("…" if at else "")
    for start, end in [(max(start, at), min(end, stop)) for start, end in spans if end > at and start < stop]:
        if start >= at:
            yield run(clean(text[at:start]))
            yield run(text[start:end], bold=True)
            at = end
    yield run(text[at:stop] + ("…" if stop < len(text) else ""))
