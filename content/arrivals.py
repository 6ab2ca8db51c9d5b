"""When documents came, and what those that changed told before: written with the documents, read by the digest.

Everything is told by the number of the change that brought it, which never becomes visible after a higher one; the
moments beside them are for people who ask by date.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, Engine, delete, func, insert, select, union_all

from content.documents import Figure
from content.preparation import Prepared
from content.tables import ARRIVALS, DOCUMENTS, FIGURES, FORMER_FIGURES, chunks


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What came to a database."""

    engine: Engine

    def documents(self, after: int, upto: int) -> tuple[str, ...]:
        """The documents that came after one change and not after another, in the order they came."""
        there, number = ARRIVALS.join(DOCUMENTS, DOCUMENTS.c.id == ARRIVALS.c.document), ARRIVALS.c.number
        query = select(DOCUMENTS.c.id).select_from(there).where(number > after, number <= upto).order_by(number)
        with self.engine.connect() as db:
            return tuple(db.execute(query).scalars())

    def former_figures(self, after: int, upto: int) -> tuple[Figure, ...]:
        """The figures that the changes after one and not after another took out, the earliest change first."""
        table = FORMER_FIGURES.c
        query = select(table.figure).where(table.number > after, table.number <= upto)
        with self.engine.connect() as db:
            rows = db.execute(query.order_by(table.number, table.start)).scalars()
            return tuple(Figure(**row) for row in rows)

    def last_before(self, moment: float) -> int:
        """The last change that brought something before a moment (seconds since 1970); 0 when none did."""
        tables = (ARRIVALS.c, FORMER_FIGURES.c)
        known = union_all(*(select(table.number).where(table.moment < moment) for table in tables)).subquery()
        with self.engine.connect() as db:
            return int(db.execute(select(func.max(known.c.number))).scalar() or 0)


def note(db: Connection, written: Sequence[Prepared], before: Mapping[str, str], last: int, moment: float) -> None:
    """Documents are about to be written by the changes after ``last``; ``before`` has the digests of those stored.

    Kept are the moment of those that are new, and of those that change the figures whose sentence goes.
    """
    numbers = {one.document.id: number for number, one in enumerate(written, last + 1)}
    new = [{"document": name, "number": numbers[name], "moment": moment} for name in numbers if name not in before]
    if new:
        db.execute(insert(ARRIVALS), new)
    changed = {one.document.id: one for one in written if before.get(one.document.id, one.digest) != one.digest}
    gone = [
        {"document": figure.document, "number": numbers[figure.document], "start": figure.start, "moment": moment}
        | {"figure": asdict(figure)}
        for figure in _told(db, sorted(changed))
        if figure.sentence not in changed[figure.document].document.text
    ]
    if gone:
        db.execute(insert(FORMER_FIGURES), gone)


def forget(db: Connection, names: Sequence[str]) -> None:
    """Nothing is kept of documents that are removed; when they come again, they are new."""
    for some in chunks(names):
        for column in (ARRIVALS.c.document, FORMER_FIGURES.c.document):
            db.execute(delete(column.table).where(column.in_(some)))


def _told(db: Connection, documents: Sequence[str]) -> Iterator[Figure]:
    for some in chunks(documents):
        for row in db.execute(select(FIGURES).where(FIGURES.c.document.in_(some))).mappings():
            yield Figure(**row)
