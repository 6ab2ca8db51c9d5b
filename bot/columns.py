"""What is told in columns: documents, figures, what people did not like.

Dates, numbers and ids stay whole; the other columns share what a terminal leaves them, and where that is too little,
each row becomes a few lines. Where there is no terminal, a row is a line, however long.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.opinions import Disliked, Unanswered
from content.copies import ToldOnce
from content.documents import Figure, SourceDocument

_NUMBERS = frozenset({"passages", "figures", "times"})
_WHOLE = _NUMBERS | {"document", "published", "last asked", "when"}
#: characters below which a column of words cannot be read
_NARROW = 16
_GAP = 2
#: characters of a date: what is more is the time of day
_DAY = 10


@dataclass(frozen=True, slots=True)
class Columns:
    """Rows of cells under their names; a column without any cell is left out."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, names: Sequence[str], rows: Sequence[Sequence[str | None]]) -> "Columns":
        """What is missing is an empty cell; a cell is one line."""
        filled = [[" ".join((cell or "").split()) for cell in row] for row in rows]
        kept = [at for at in range(len(names)) if any(row[at] for row in filled)]
        return cls(tuple(names[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in filled))

    def show(self, console: Console) -> None:
        """Print them as wide as a terminal, as wide as they like where there is none."""
        if not console.is_terminal:
            print(*self._lines(), sep="\n", file=console.file)
        elif sum(map(self._least, range(len(self.names)))) + _GAP * (len(self.names) - 1) > console.width:
            for row in self.rows:
                self._show_below(console, row)
        else:
            console.print(self._table())

    def _lines(self) -> list[str]:
        table = self._table()
        console = Console(highlight=False, color_system=None, width=10_000)
        with console.capture() as written:
            console.print(table, width=console.measure(table).maximum)
        return [line.rstrip() for line in written.get().splitlines()]

    def _least(self, at: int) -> int:
        longest = max(Text(each[at]).cell_len for each in (self.names, *self.rows))
        return longest if self.names[at] in _WHOLE else min(longest, _NARROW)

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
        for name in self.names:
            side = "right" if name in _NUMBERS else "left"
            table.add_column(name, no_wrap=name in _WHOLE, justify=side, overflow="fold")  # type: ignore[arg-type]
        for row in self.rows:
            table.add_row(*map(Text, row))
        return table

    def _show_below(self, console: Console, row: Sequence[str]) -> None:
        """A row as its first cell and, below it, the others."""
        told = [f"{cell} {_counted(name, cell)}".rstrip() for name, cell in zip(self.names, row, strict=True) if cell]
        console.print(Text(told[0], "bold"), overflow="fold")
        console.print(Text(" · ".join(told[1:])), overflow="fold")


def _counted(name: str, cell: str) -> str:
    return (name[:-1] if cell == "1" else name) if name in _NUMBERS else ""


def of_sources(documents: Sequence[SourceDocument]) -> Columns:
    """The list of documents, the newest first."""
    names = ("document", "title", "publisher", "published", "passages", "figures", "notes")
    rows = [
        (one.document, one.title, one.publisher, _date(one), *_counts(one), ", ".join(one.labels)) for one in documents
    ]
    return Columns.of(names, rows)


def _counts(one: SourceDocument) -> tuple[str, str]:
    return f"{one.passages}", f"{one.figures}"


def _date(one: SourceDocument) -> str:
    return (one.published or "")[:_DAY] or (f"about {one.inferred}" if one.inferred else "")


def of_figures(told: Sequence[ToldOnce], documents: Sequence[SourceDocument]) -> Columns:
    """Figures, each once, with the documents that repeat it."""
    names = ("figure", "about", "period", "said by", "published", "document", "also in")
    by_id = {document.document: document for document in documents}
    rows = [(*_row(figure, by_id.get(figure.document)), ", ".join(copies)) for figure, copies in told]
    return Columns.of(names, rows)


def _row(figure: Figure, source: SourceDocument | None) -> tuple[str | None, ...]:
    """What a figure is about is left out where its own words say it: "three strategic bets"."""
    about = figure.about if figure.about and figure.about.lower() not in figure.text.lower() else None
    publisher, published = (source.publisher, source.published) if source else (None, None)
    said_by = figure.attributed_to or publisher
    return figure.text, about, figure.period, said_by, (published or "")[:_DAY], figure.document


def of_unanswered(unanswered: Sequence[Unanswered]) -> Columns:
    """Questions asked in vain."""
    rows = [(one.question, str(one.times), one.last[:_DAY]) for one in unanswered]
    return Columns.of(("not answered", "times", "last asked"), rows)


def of_disliked(disliked: Sequence[Disliked]) -> Columns:
    """Questions whose answers were not liked."""
    rows = [(one.question, one.comment, one.given[:_DAY]) for one in disliked]
    return Columns.of(("not liked", "comment", "when"), rows)
