"""Tables in a text: rows of cells, one of a row's names to a line, beneath the row that names the columns.

A cell says little by itself: what its figure measures is the heading of its column, and the name of its row.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from content import figures
from content.documents import Figure, Passage

#: Between the cells of a row.
CELLS = " | "
_YEAR = r"(?:fiscal |fy ?)?(?:19|20)\d\d(?:[-/–]\d\d(?:\d\d)?)?"
_PART_OF_YEAR = (
    r"q[1-4]|[1-4]q|h[12]|(?:quarter|half) [1-4]|(?:first|second|third|fourth|march|june|september|december)"
    r" (?:quarter|half)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
)
_PERIOD = re.compile(
    rf"\W*(?:{_YEAR}|fy ?\d\d|(?:{_PART_OF_YEAR})(?:[ ,’'/-]*(?:of )?(?:{_YEAR}|\d\d))?"
    rf"|{_YEAR} ?(?:{_PART_OF_YEAR}))\W*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d")


def rows(lines: Sequence[str]) -> Mapping[int, int]:
    """The rows of tables, each with the line that names its columns; by their places among the lines of a text.

    >>> dict(rows(["Sales", "quarter | sales", "Q1 | $4", "Q2 | $5", "It grew."]))
    {2: 1, 3: 1}
    """
    found: dict[int, int] = {}
    for at in range(1, len(lines)):
        width = lines[at].count(CELLS)
        if width and width == lines[at - 1].count(CELLS):
            head = found.get(at - 1, at - 1 if _names_columns(lines[at - 1]) else None)
            if head is not None:
                found[at] = head
    return found


def _names_columns(line: str) -> bool:
    """Whether a row has no numbers but those of periods."""
    cells = line.split(CELLS)
    return not any(_NUMBER.search(cell) and not _PERIOD.fullmatch(cell) for cell in cells)


def with_columns(text: str, heading: str | None) -> str:
    """A row with the names of its columns ahead of it; any other text as it is.

    >>> with_columns("Q1 | $4", "quarter | sales"), with_columns("It grew.", "Sales")
    ('quarter | sales: Q1 | $4', 'It grew.')
    """
    return f"{heading}: {text}" if heading and CELLS in heading and CELLS in text else text


def in_its_cell(figure: Figure, passage: Passage) -> Figure:
    """A figure of a row, about its column and its row, one of which may say when; any other as it is."""
    head, cells = (passage.heading or "").split(CELLS), passage.text.split(CELLS)
    if len(cells) < 2 or len(head) != len(cells):
        return figure
    column = passage.text[: figure.start - passage.start].count(CELLS)
    names = [name for name in (cells[0] if column else "", head[column]) if name.strip()]
    when = next((name for name in names if _PERIOD.fullmatch(name)), None)
    about = " ".join(name.strip() for name in names if name != when)
    found = replace(figure, about=about or figure.about, period=when.strip() if when else figure.period)
    return _of_money(found, head[column])


#: "Revenue (bn yuan)", "Sales ($m)": a currency and a scale in either order.
_UNIT = re.compile(r"\(([^()\d]{1,20})\)\s*$")


_LEADING = re.compile(r"^(\W+|[A-Z]+\$? ?)")


def _of_money(figure: Figure, column: str) -> Figure:
    """A bare number of a column whose name says in what money, as that amount."""
    unit = _UNIT.search(column)
    if not unit or figure.kind != "other" or figure.text[:1] in "+-−":
        return figure
    led = (_LEADING.sub(rf"\g<1>{figure.text}{gap}", unit[1]) for gap in (" ", ""))
    for told in (f"{figure.text} {unit[1]}", *led):
        read = figures.extract(told)
        if len(read) == 1 and read[0].kind == "money" and read[0].unit and len(read[0].text) == len(told):
            return replace(figure, low=read[0].low, high=read[0].high, unit=read[0].unit, kind="money")
    return figure


def told(figure: Figure) -> str:
    """What stands before a figure of a row where it is told alone; ``""`` for one of a sentence.

    >>> told(Figure("$4", 5, 7, 4, 4, "USD", "money", period="Q1", about="sales", sentence="Q1 | $4"))
    'sales, Q1: '
    """
    names = ", ".join(filter(None, (figure.about, figure.period)))
    return f"{names}: " if names and CELLS in figure.sentence else ""
