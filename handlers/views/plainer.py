"""A message in the forms a workspace may take: its tables and charts as data, as plain tables, as lines of text."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from handlers.views.blocks import Block, Form, Message, bullets, rich, run

#: the richest first
_FORMS: Final[tuple[Form, ...]] = ("data", "table", "text")


def put(message: Message, form: Form) -> Message:
    """``message`` in this form, or as it is when that is plainer already."""
    for lower in _FORMS[_FORMS.index(message.form) + 1 : _FORMS.index(form) + 1]:
        message = replace(message, form=lower, blocks=tuple(_lowered(message)))
    return message


def plainer(message: Message) -> Message | None:
    """What to try when Slack refuses the blocks: the next form that differs, at last the text alone; ``None`` after it.

    The text alone says nothing about which blocks Slack takes: its form is ``"data"``.
    """
    lowered = (put(message, form) for form in _FORMS)
    bare = Message(message.text, ()) if message.blocks else None
    return next((lower for lower in lowered if lower.blocks != message.blocks), bare)


def _lowered(message: Message) -> Iterator[Block]:
    for block in message.blocks:
        yield from _LOWER[message.form].get(block["type"], _kept)(block)


def _kept(block: Block) -> list[Block]:
    return [block]


def _left_out(block: Block) -> list[Block]:
    """A chart shows nothing that the table under it does not."""
    return []


def _plain_table(block: Block) -> list[Block]:
    settings = [{"is_wrapped": True} for _ in block["rows"][0]]
    return [{"type": "table", "rows": block["rows"], "column_settings": settings}]


def _lines(block: Block) -> list[Block]:
    """A line for each row, its first cell in bold, empty cells left out."""
    cells = [[cell["text"] for cell in row] for row in block["rows"][1:]]
    lines = ((run(first, bold=True), *(run(f" · {cell}") for cell in rest if cell != "—")) for first, *rest in cells)
    return [rich(bullets(lines))]


#: form → what becomes of a type of block one form below
_LOWER: Final[Mapping[Form, Mapping[str, Callable[[Block], list[Block]]]]] = {
    "data": {"data_table": _plain_table, "data_visualization": _left_out},
    "table": {"table": _lines},
}
