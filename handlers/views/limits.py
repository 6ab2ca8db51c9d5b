"""The check of every outgoing payload against what Slack accepts (:mod:`handlers.views.shapes` is the table)."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from handlers.views.rules import Problem, field_of, join, judged, span, text, walk
from handlers.views.shapes import BLOCKS, ENVELOPES, MESSAGE_TEXT, METADATA, SHAPES, TOTALS, Surface

__all__ = ["Problem", "Surface", "check"]


def check(surface: Surface, payload: Mapping[str, object]) -> tuple[Problem, ...]:
    """Everything Slack would refuse in a message or view about to be sent, in the order of the payload.

    A message is judged as posted: it needs its fallback ``text``, so a bare ``{"delete_original": true}`` to a
    response_url is not for this function. Escaping is not judged here.
    """
    blocks = payload.get("blocks")
    found = chain(
        judged(ENVELOPES[surface], payload, ""),
        _misplaced(surface, blocks),
        _misshapen(blocks),
        _repeated(blocks),
        _totals(surface, blocks),
        _shapes_of_tables(blocks),
        _shapes_of_charts(blocks),
        _rest(surface, payload),
    )
    return tuple(dict.fromkeys(found))


def _nodes(blocks: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Every object below ``blocks`` that says its type, outermost first."""
    waiting: list[tuple[str, object]] = [("blocks", blocks)]
    while waiting:
        path, value = waiting.pop(0)
        if isinstance(value, Mapping):
            if isinstance(value.get("type"), str):
                yield path, value
            waiting[:0] = [(join(path, str(name)), child) for name, child in value.items()]
        else:
            waiting[:0] = walk(value, 1, path)


def _top(blocks: object) -> list[tuple[str, Mapping[str, object]]]:
    return [(path, block) for path, block in walk(blocks, 1, "blocks") if isinstance(block, Mapping)]


def _misshapen(blocks: object) -> Iterator[Problem]:
    for path, node in _nodes(blocks):
        yield from judged(SHAPES.get(str(node.get("type")), ()), node, path)


def _misplaced(surface: Surface, blocks: object) -> Iterator[Problem]:
    for path, block in walk(blocks, 1, "blocks"):
        name = field_of(block, "type")
        if str(name) not in BLOCKS[surface]:
            yield Problem(path, f"a block of type {name!r} is not shown in a {surface}")
        yield from judged((text("block_id", 255),), block if isinstance(block, Mapping) else {}, path)


def _repeated(blocks: object) -> Iterator[Problem]:
    """A block_id may stand once in a payload, an action_id once in a block."""
    top = _top(blocks)
    for name in _twice(field_of(block, "block_id") for _, block in top):
        yield Problem("blocks", f"the block_id {name!r} is used more than once")
    for path, block in top:
        for name in _twice(node.get("action_id") for _, node in _nodes(block)):
            yield Problem(path, f"the action_id {name!r} is used more than once in the block")


def _twice(names: Iterator[object]) -> list[str]:
    return sorted(name for name, times in Counter(n for n in names if isinstance(n, str)).items() if times > 1)


def _letters(value: object) -> int:
    return sum(len(str(node.get("text"))) for _, node in _nodes(value) if isinstance(node.get("text"), str))


def _totals(surface: Surface, blocks: object) -> Iterator[Problem]:
    top = [block for _, block in _top(blocks)]
    for name, (most, letters) in TOTALS.items():
        same = [block for block in top if block.get("type") == name]
        complaints = (
            span(len(same), 0, most, f"{name} blocks"),
            span(_letters(same), 0, letters, f"{name} characters"),
        )
        yield from (Problem("blocks", complaint) for complaint in complaints if complaint)
    counted = _letters([block for block in top if block.get("type") not in ("data_table", "table")])
    if surface == "message" and (complaint := span(counted, 0, MESSAGE_TEXT, "characters in all")):
        yield Problem("blocks", complaint)


def _shapes_of_tables(blocks: object) -> Iterator[Problem]:
    """A data_table is a rectangle whose head is plain."""
    for path, block in _top(blocks):
        rows = [row for _, row in walk(block.get("rows"), 1, "") if isinstance(row, Sequence)]
        if block.get("type") != "data_table" or not rows:
            continue
        if len({len(row) for row in rows}) > 1:
            yield Problem(f"{path}.rows", "has rows of different lengths")
        if any(field_of(cell, "type") == "rich_text" for cell in rows[0]):
            yield Problem(f"{path}.rows[0]", "a header cell cannot be rich text")
        header = block.get("row_header_column_index") or 0
        if isinstance(header, int) and not 0 <= header < len(rows[0]):
            yield Problem(f"{path}.row_header_column_index", "is not a column")


def _shapes_of_charts(blocks: object) -> Iterator[Problem]:
    """Every series of a chart has a name of its own and one point for each category; no two categories are alike."""
    for path, block in _top(blocks):
        chart, where = block.get("chart"), f"{path}.chart"
        categories = [name for _, name in walk(field_of(field_of(chart, "axis_config"), "categories"), 1, "")]
        series = [one for _, one in walk(field_of(chart, "series"), 1, "")]
        if block.get("type") != "data_visualization" or not isinstance(field_of(chart, "series"), Sequence):
            continue
        if _twice(iter(categories)) or _twice(field_of(one, "name") for one in series):
            yield Problem(where, "has two categories or two series of one name")
        for at, one in enumerate(series):
            labels = [field_of(point, "label") for _, point in walk(field_of(one, "data"), 1, "")]
            if sorted(map(str, labels)) != sorted(map(str, categories)):
                yield Problem(f"{where}.series[{at}].data", "needs one point for each category")


def _rest(surface: Surface, payload: Mapping[str, object]) -> Iterator[Problem]:
    """What needs the whole payload: a form needs its submit button, metadata stays small."""
    inputs = [block for _, block in _top(payload.get("blocks")) if block.get("type") == "input"]
    if surface == "modal" and inputs and not payload.get("submit"):
        yield Problem("submit", "is missing: a modal with an input needs it")
    metadata = payload.get("metadata")
    if metadata and (complaint := span(len(json.dumps(metadata, default=str)), 0, METADATA, "characters")):
        yield Problem("metadata", complaint)
