"""The truth: documents, their passages and figures, in any database SQLAlchemy speaks.

Every write also takes a number of the ``changes`` sequence, in the same transaction; whoever keeps something
derived (the index) remembers the last number it has seen and asks for what came after. The number is drawn
from a counter row whose lock, taken before anything else, orders the writers: a number never becomes visible
after a higher one, and of two processes writing one document the second sees what the first has written.
A document has one change, its last; one that was removed keeps it, so that every index hears of it.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    Select,
    Table,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)

from content.arrivals import Arrivals, forget, note
from content.documents import Document, Figure, Passage, SourceDocument
from content.preparation import PREPARATION, READ, STATED, Prepared, prepare
from content.provenance import SPONSORED
from content.queries import figures_there, shared_passages, these_passages
from content.tables import CHANGES, DOCUMENTS, FIGURES, PASSAGES, STORE, chunks

#: What `put` did with a document.
Outcome = Literal["added", "changed", "unchanged"]
PassageKey = tuple[str, int]
#: Of a document; its column was named before there was a digest of the news.
_CHECKSUM = DOCUMENTS.c.digest.label("checksum")


@dataclass(frozen=True, slots=True)
class Change:
    """A document was written or removed."""

    number: int
    document: str
    #: of the document as it is now; ``None`` when there is none any more
    checksum: str | None


@dataclass(frozen=True, slots=True)
class Contents:
    """What the index needs of a document: all of it is of one version."""

    #: without the text
    header: Document
    checksum: str
    passages: tuple[Passage, ...]


class Store:
    """Documents in a database that has the tables and the store's row.

    What is ordered by a text is ordered here: every database has its own idea of the alphabet.

    Methods are single transactions and may be called from any thread.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def identity(self) -> str:
        """A random name given when the store was created: an index of another store does not carry it."""
        with self._engine.connect() as db:
            return str(db.execute(select(STORE.c.identity)).scalar_one())

    @property
    def arrivals(self) -> Arrivals:
        """When the documents came, and how their figures were revised."""
        return Arrivals(self._engine)

    def last_change(self) -> int:
        """The number of the newest change; 0 for a store nothing was ever written to."""
        with self._engine.connect() as db:
            return int(db.execute(select(STORE.c.last_change)).scalar_one())

    def changes(self, after: int, limit: int) -> list[Change]:
        """The next changes after a number, in order; none when there are none."""
        joined = CHANGES.outerjoin(DOCUMENTS, DOCUMENTS.c.id == CHANGES.c.document)
        columns = select(CHANGES.c.number, CHANGES.c.document, _CHECKSUM).select_from(joined)
        query = columns.where(CHANGES.c.number > after).order_by(CHANGES.c.number).limit(limit)
        found: list[Change] = self._values(Change, query)
        return found

    def pending(self, after: int) -> int:
        """How many changes come after a number."""
        query = select(func.count()).select_from(CHANGES).where(CHANGES.c.number > after)
        with self._engine.connect() as db:
            return int(db.execute(query).scalar_one())

    def contents(self, ids: Sequence[str]) -> Iterator[Contents]:
        """What there is to search of documents, each as it was at one moment; those without passages are left out."""
        joined = DOCUMENTS.join(PASSAGES, PASSAGES.c.document == DOCUMENTS.c.id)
        columns = [_CHECKSUM, *(DOCUMENTS.c[name] for name in _DOCUMENT_FIELDS if name != "text")]
        query = select(*columns, *(column.label(f"passage_{column.name}") for column in PASSAGES.c))
        for some in chunks(ids):
            with self._engine.connect() as db:
                rows = db.execute(query.select_from(joined).where(DOCUMENTS.c.id.in_(some))).mappings().all()
            ordered = sorted(rows, key=itemgetter("id", "passage_number"))
            yield from (_contents(list(group)) for _, group in groupby(ordered, itemgetter("id")))

    def checksums(self, ids: Sequence[str]) -> dict[str, str]:
        """The content hashes of those of the documents that are stored and taken apart as this version does it."""
        with self._engine.connect() as db:
            return _checksums(db, ids, PREPARATION)

    def put(self, batch: Sequence[Prepared], moment: float = 0.0) -> list[Outcome]:
        """Store documents of different ids, all or none; the outcomes stand in the order given.

        ``moment`` (seconds since 1970) is when the new ones come; 0: nobody knows.
        """
        with self._engine.begin() as db:
            last = _locked(db)
            ids = [one.document.id for one in batch]
            before, today = _checksums(db, ids), _checksums(db, ids, PREPARATION)
            stale = [one for one in batch if today.get(one.document.id) != one.checksum]
            note(db, stale, before, last, moment)
            _put(db, stale, before, last)
            return [_outcome(one.checksum, before.get(one.document.id)) for one in batch]

    def renew(self, limit: int) -> int:
        """Take apart anew at most so many documents that an earlier version took apart; returns how many it were.

        All of it under the writers' lock: what somebody else writes meanwhile must not be undone.
        """
        columns = (DOCUMENTS.c[name] for name in (*STATED, *READ))
        query = select(*columns).where(DOCUMENTS.c.prepared != PREPARATION)
        with self._engine.begin() as db:
            last = _locked(db)
            rows = db.execute(query.limit(limit)).mappings()
            outdated = [Document(**{**row, "headings": tuple(row["headings"] or ())}) for row in rows]
            _put(db, [prepare(document) for document in outdated], {document.id for document in outdated}, last)
        return len(outdated)

    def remove(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Remove documents; returns those that were there."""
        with self._engine.begin() as db:
            last = _locked(db)
            known = _checksums(db, ids)
            removed = tuple(name for name in dict.fromkeys(ids) if name in known)
            _remove(db, removed)
            forget(db, removed)
            _record_changes(db, removed, last)
            return removed

    def document(self, name: str) -> Document | None:
        """A document, whole."""
        with self._engine.connect() as db:
            row = db.execute(select(DOCUMENTS).where(DOCUMENTS.c.id == name)).mappings().first()
        return Document(**{key: row[key] for key in _DOCUMENT_FIELDS}) if row else None

    def count(self) -> int:
        """How many documents there are."""
        with self._engine.connect() as db:
            return int(db.execute(select(func.count()).select_from(DOCUMENTS)).scalar_one())

    def ids(self) -> tuple[str, ...]:
        """The ids of all documents."""
        with self._engine.connect() as db:
            return tuple(sorted(db.execute(select(DOCUMENTS.c.id)).scalars()))

    def newest(self) -> str | None:
        """The newest stated publication date."""
        with self._engine.connect() as db:
            dated = DOCUMENTS.c.published.between("0", "9~")  # what was stated may be no date: "unknown"
            newest = db.execute(select(func.max(DOCUMENTS.c.published)).where(dated)).scalar()
        return str(newest) if newest is not None else None

    def passages_of(self, name: str) -> tuple[Passage, ...]:
        """All passages of a document in reading order."""
        query = select(PASSAGES).where(PASSAGES.c.document == name).order_by(PASSAGES.c.number)
        return tuple(self._values(Passage, query))

    def sponsored(self, limit: int) -> tuple[Passage, ...]:
        """The first of the passages that are advertising, by document and place."""
        found: list[Passage] = self._values(Passage, select(PASSAGES).where(PASSAGES.c.sponsored.is_not(None)))
        return tuple(sorted(found, key=lambda passage: (passage.document, passage.number))[:limit])

    def passages(self, keys: Sequence[PassageKey]) -> dict[PassageKey, Passage]:
        """The passages of these keys (document, number) that exist."""
        found: dict[PassageKey, Passage] = {}
        for some in chunks(keys):
            named = {f"document{at}": name for at, (name, _) in enumerate(some)}
            numbered = {f"number{at}": number for at, (_, number) in enumerate(some)}
            rows = self._values(Passage, these_passages(len(some)), named | numbered)
            found |= {(passage.document, passage.number): passage for passage in rows}
        return {key: found[key] for key in keys if key in found}

    def headers(self, ids: Sequence[str]) -> dict[str, Document]:
        """Documents without their text (it is empty), for naming sources."""
        columns = [DOCUMENTS.c[key] for key in _DOCUMENT_FIELDS if key != "text"]
        found = {}
        with self._engine.connect() as db:
            for some in chunks(ids):
                for row in db.execute(select(*columns).where(DOCUMENTS.c.id.in_(some))).mappings():
                    found[row["id"]] = Document(text="", **row)
        return found

    def figures(self, documents: Sequence[str] | None = None) -> tuple[Figure, ...]:
        """The figures of all documents or of some, ordered by document and place."""
        if documents is None:
            return _in_order(self._values(Figure, select(FIGURES)))
        some_at_a_time = (select(FIGURES).where(FIGURES.c.document.in_(some)) for some in chunks(sorted(documents)))
        return _in_order([figure for query in some_at_a_time for figure in self._values(Figure, query)])

    def figures_between(self, document: str, start: int, end: int) -> tuple[Figure, ...]:
        """The figures of a document that begin at a character from ``start`` to before ``end``, in order."""
        here = and_(FIGURES.c.document == document, FIGURES.c.start >= start, FIGURES.c.start < end)
        return _in_order(self._values(Figure, select(FIGURES).where(here)))

    def figures_within(self, passages: Sequence[Passage]) -> dict[PassageKey, tuple[Figure, ...]]:
        """The figures of each of some passages, in order; one query for many."""
        found: dict[PassageKey, list[Figure]] = {(one.document, one.number): [] for one in passages}
        for some in chunks(passages):
            spans = {f"{key}{at}": getattr(one, key) for at, one in enumerate(some) for key in _SPAN}
            for figure in self._values(Figure, figures_there(len(some)), spans):
                home = next(
                    one for one in some if one.document == figure.document and one.start <= figure.start < one.end
                )
                found[home.document, home.number].append(figure)
        return {key: _in_order(figures) for key, figures in found.items()}

    def shared(self) -> dict[str, list[str]]:
        """The texts of passages that several documents have, with these; none so short that it may be chance."""
        found: dict[str, list[str]] = {}
        with self._engine.connect() as db:
            for row in db.execute(shared_passages()):
                found.setdefault(row.text, []).append(row.document)
        return found

    def sources(self) -> tuple[SourceDocument, ...]:
        """The list of documents, by id, with how much is in each."""
        with self._engine.connect() as db:
            passages_in, figures_in = _counts(db, PASSAGES), _counts(db, FIGURES)
            sponsored = _counts(db, PASSAGES, PASSAGES.c.sponsored.is_not(None))
            listed = ("title", "publisher", "published", "url", "inferred")
            columns = [DOCUMENTS.c[key] for key in ("id", "label", *listed)]
            return tuple(
                SourceDocument(
                    document=row["id"],
                    passages=passages_in.get(row["id"], 0),
                    figures=figures_in.get(row["id"], 0),
                    labels=_labels(row["label"], sponsored.get(row["id"], 0)),
                    **{key: row[key] for key in listed},
                )
                for row in sorted(db.execute(select(*columns)).mappings(), key=itemgetter("id"))
            )

    def _values(self, kind: type[Any], query: Select[Any], given: Mapping[str, Any] | None = None) -> list[Any]:
        with self._engine.connect() as db:
            return [kind(**row) for row in db.execute(query, given).mappings()]


_SPAN = ("document", "start", "end")


def _in_order(figures: list[Figure]) -> tuple[Figure, ...]:
    """By document and place; not in the database, where every collation has an order of its own."""
    return tuple(sorted(figures, key=lambda figure: (figure.document, figure.start)))


_DOCUMENT_FIELDS = tuple(field.name for field in fields(Document) if field.name != "headings")
_PASSAGE_FIELDS = tuple(column.name for column in PASSAGES.c)


def _counts(db: Connection, table: Table, *those: ColumnElement[bool]) -> dict[str, int]:
    rows = db.execute(select(table.c.document, func.count()).where(*those).group_by(table.c.document))
    return {name: count for name, count in rows}


def _labels(label: str | None, sponsored: int) -> tuple[str, ...]:
    """What a reader of the list should know of a document."""
    some = f"{sponsored} sponsored passage{'' if sponsored == 1 else 's'}"
    return (*([label] if label else []), *([some] if sponsored and label != SPONSORED else []))


def _contents(rows: Sequence[RowMapping]) -> Contents:
    """From the rows of one document, one for each passage."""
    stated = {key: rows[0][key] for key in _DOCUMENT_FIELDS if key != "text"}
    parts = (Passage(**{key: row[f"passage_{key}"] for key in _PASSAGE_FIELDS}) for row in rows)
    return Contents(Document(text="", **stated), rows[0]["checksum"], tuple(parts))


def _locked(db: Connection) -> int:
    """The last change number given out, and no other writer until this transaction ends."""
    counted = update(STORE).values(last_change=STORE.c.last_change).returning(STORE.c.last_change)
    return int(db.execute(counted).scalar_one())


def _checksums(db: Connection, ids: Sequence[str], prepared: int | None = None) -> dict[str, str]:
    """Id → checksum of the documents that are stored; only of those prepared by a version when one is named."""
    found: dict[str, str] = {}
    columns = select(DOCUMENTS.c.id, _CHECKSUM)
    query = columns if prepared is None else columns.where(DOCUMENTS.c.prepared == prepared)
    for some in chunks(ids):
        found |= {row.id: row.checksum for row in db.execute(query.where(DOCUMENTS.c.id.in_(some)))}
    return found


def _outcome(checksum: str, before: str | None) -> Outcome:
    if before is None:
        return "added"
    return "unchanged" if before == checksum else "changed"


def _put(db: Connection, batch: Sequence[Prepared], stored: Container[str], last: int) -> None:
    _remove(db, [one.document.id for one in batch if one.document.id in stored])
    rows: list[tuple[Table, list[dict[str, Any]]]] = [
        (DOCUMENTS, [asdict(one.document) | {"digest": one.checksum, "prepared": PREPARATION} for one in batch]),
        (PASSAGES, [_row(PASSAGES, passage) for one in batch for passage in one.passages]),
        (FIGURES, [_row(FIGURES, figure) for one in batch for figure in one.figures]),
    ]
    for table, values in rows:
        if values:
            db.execute(insert(table), values)
    _record_changes(db, [one.document.id for one in batch], last)


def _row(table: Table, value: Passage | Figure) -> dict[str, Any]:
    """A value's columns: not all that is known of a passage is stored with it."""
    return {column.name: getattr(value, column.name) for column in table.c}


def _remove(db: Connection, names: Sequence[str]) -> None:
    """Delete documents and what belongs to them, without leaning on the database's cascade."""
    for some in chunks(names):
        for column in (FIGURES.c.document, PASSAGES.c.document, DOCUMENTS.c.id):
            db.execute(delete(column.table).where(column.in_(some)))


def _record_changes(db: Connection, names: Sequence[str], last: int) -> None:
    """Give each document the next number in place of the one it had."""
    for some in chunks(names):
        db.execute(delete(CHANGES).where(CHANGES.c.document.in_(some)))
    if names:
        rows = [{"number": number, "document": name} for number, name in enumerate(names, last + 1)]
        db.execute(insert(CHANGES), rows)
        db.execute(update(STORE).values(last_change=last + len(names)))
