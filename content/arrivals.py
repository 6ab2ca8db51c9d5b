"""When documents came, and how the figures of those that changed were revised: written with them, read by the digest.

Everything is told by the number of the change that brought it, which never becomes visible after a higher one; the
moments beside them are for people who ask by date.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, Engine, delete, func, insert, select, union_all

from content.documents import Figure
from content.preparation import Prepared
from content.revisions import Revision, revisions
from content.tables import ARRIVALS, DOCUMENTS, FIGURES, REVISIONS, chunks


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

    def revisions(self, after: int, upto: int) -> tuple[Revision, ...]:
        """The figures that were revised by the changes after one and not after another, the earliest change first."""
        table = REVISIONS.c
        query = select(table.before, table.now).where(table.number > after, table.number <= upto)
        with self.engine.connect() as db:
            rows = db.execute(query.order_by(table.number, table.start)).all()
        return tuple(Revision(Figure(**row.before), Figure(**row.now)) for row in rows)

    def before_newest(self, count: int) -> int:
        """The change that brought the last document before the ``count`` newest; 0 where there is none."""
        query = select(ARRIVALS.c.number).order_by(ARRIVALS.c.number.desc()).offset(count).limit(1)
        with self.engine.connect() as db:
            return int(db.execute(query).scalar() or 0)

    def last_before(self, moment: float) -> int:
        """The last change that brought something before a moment (seconds since 1970); 0 when none did."""
        tables = (ARRIVALS.c, REVISIONS.c)
        known = union_all(*(select(table.number).where(table.moment < moment) for table in tables)).subquery()
        with self.engine.connect() as db:
            return int(db.execute(select(func.max(known.c.number))).scalar() or 0)


def note(db: Connection, written: Sequence[Prepared], before: Mapping[str, str], last: int, moment: float) -> None:
    """Documents are about to be written by the changes after ``last``; ``before`` has the digests of those stored.

    Kept are the moment of those that are new, and how the figures of those that change were revised.
    """
    numbers = {one.document.id: number for number, one in enumerate(written, last + 1)}
    new = [{"document": name, "number": numbers[name], "moment": moment} for name in numbers if name not in before]
    changed = {one.document.id: one for one in written if before.get(one.document.id, one.checksum) != one.checksum}
    told = _figures(db, sorted(changed))
    revised = [
        {"document": name, "number": numbers[name], "start": found.now.start, "moment": moment}
        | {"before": asdict(found.before), "now": asdict(found.now)}
        for name, one in changed.items()
        for found in revisions(told[name], one.figures)
    ]
    for table, rows in ((ARRIVALS, new), (REVISIONS, revised)):
        if rows:
            db.execute(insert(table), rows)


def forget(db: Connection, names: Sequence[str]) -> None:
    """Nothing is kept of documents that are removed; when they come again, they are new."""
    for some in chunks(names):
        for column in (ARRIVALS.c.document, REVISIONS.c.document):
            db.execute(delete(column.table).where(column.in_(some)))


def _figures(db: Connection, documents: Sequence[str]) -> dict[str, list[Figure]]:
    """The figures of stored documents, each document's in the order of its text."""
    found: dict[str, list[Figure]] = {name: [] for name in documents}
    for some in chunks(documents):
        query = select(FIGURES).where(FIGURES.c.document.in_(some)).order_by(FIGURES.c.start)
        for row in db.execute(query).mappings():
            found[row["document"]].append(Figure(**row))
    return found
