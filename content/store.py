"""The truth: documents, their passages and figures, in any database SQLAlchemy speaks.

Every write also takes a number of the ``changes`` sequence, in the same transaction; whoever keeps something
derived (the index) remembers the last number it has seen and asks for what came after. The number is drawn
from a counter row whose lock orders the writers, so a number never becomes visible after a higher one.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from typing import Any, Literal

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from content.documents import Document, Figure, Passage, SourceDocument
from content.extraction import figures_in
from content.passages import passages

METADATA = MetaData()

#: One row: which store this is, and the last change number given out.
_STORE = Table(
    "store",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("identity", String(32), nullable=False),
    Column("last_change", Integer, nullable=False),
)
_DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("title_source", String(20)),
    Column("url", Text),
    Column("publisher", Text),
    Column("author", Text),
    Column("published", Text),
)
_PASSAGES = Table(
    "passages",
    METADATA,
    Column("document", Text, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("heading", Text),
)
_FIGURES = Table(
    "figures",
    METADATA,
    Column("document", Text, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("low", Float),
    Column("high", Float),
    Column("unit", Text),
    Column("kind", String(10), nullable=False),
    Column("hedge", Text),
    Column("period", Text),
    Column("about", Text),
    Column("attributed_to", Text),
    Column("change", String(4)),
    Column("sentence", Text, nullable=False),
)
_CHANGES = Table(
    "changes",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
)

#: What `put` did with a document.
Outcome = Literal["added", "changed", "unchanged"]
PassageKey = tuple[str, int]

#: Bound parameters in one statement stay well below every database's limit.
_KEYS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document taken apart, ready to be stored: the slow part of indexing, done outside the transaction."""

    document: Document
    digest: str
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]


def prepare(document: Document) -> Prepared:
    """Take a document apart into passages and figures."""
    parts = passages(document)
    found = (figure for part in parts for figure in figures_in(part.text, part.start, document.id))
    return Prepared(document, digest(document), parts, tuple(found))


def digest(document: Document) -> str:
    """The content hash by which a document counts as unchanged: text and all that is stated about it."""
    return hashlib.sha256(json.dumps(astuple(document)).encode()).hexdigest()


class Store:
    """Documents in a database. Methods are single transactions and may be called from any thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        METADATA.create_all(engine)
        self._ensure_row()

    def _ensure_row(self) -> None:
        try:
            with self._engine.begin() as db:
                if db.execute(select(_STORE.c.id)).first() is None:
                    db.execute(insert(_STORE).values(id=1, identity=secrets.token_hex(16), last_change=0))
        except IntegrityError:
            pass  # another process was first; its row is as good

    @property
    def identity(self) -> str:
        """A random name given when the store was created: an index of another store does not carry it."""
        with self._engine.connect() as db:
            return str(db.execute(select(_STORE.c.identity)).scalar_one())

    def last_change(self) -> int:
        """The number of the newest change; 0 for a store nothing was ever written to."""
        with self._engine.connect() as db:
            return int(db.execute(select(_STORE.c.last_change)).scalar_one())

    def changed_since(self, number: int) -> dict[str, str | None]:
        """The documents written or removed after a change, in order of id: with their digest, ``None`` when removed."""
        changed = select(_CHANGES.c.document).where(_CHANGES.c.number > number).distinct().subquery()
        joined = changed.outerjoin(_DOCUMENTS, _DOCUMENTS.c.id == changed.c.document)
        query = select(changed.c.document, _DOCUMENTS.c.digest).select_from(joined).order_by(changed.c.document)
        with self._engine.connect() as db:
            return {row.document: row.digest for row in db.execute(query)}

    def digests(self, ids: Sequence[str]) -> dict[str, str]:
        """The content hashes of those of the documents that are stored."""
        query = select(_DOCUMENTS.c.id, _DOCUMENTS.c.digest).where(_DOCUMENTS.c.id.in_(ids))
        with self._engine.connect() as db:
            return {row.id: row.digest for row in db.execute(query)}

    def put(self, batch: Sequence[Prepared]) -> list[Outcome]:
        """Store documents, all or none; the outcomes stand in the order given."""
        with self._engine.begin() as db:
            # The counter's row is locked first: of two processes writing one document the second sees the first's.
            db.execute(update(_STORE).values(last_change=_STORE.c.last_change))
            return [_put(db, prepared) for prepared in batch]

    def remove(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Remove documents; returns those that were there."""
        with self._engine.begin() as db:
            return tuple(name for name in ids if _remove(db, name) and _record_change(db, name))

    def document(self, name: str) -> Document | None:
        """A document, whole."""
        with self._engine.connect() as db:
            row = db.execute(select(_DOCUMENTS).where(_DOCUMENTS.c.id == name)).mappings().first()
        return Document(**{key: row[key] for key in _DOCUMENT_FIELDS}) if row else None

    def count(self) -> int:
        """How many documents there are."""
        with self._engine.connect() as db:
            return int(db.execute(select(func.count()).select_from(_DOCUMENTS)).scalar_one())

    def newest(self) -> str | None:
        """The newest stated publication date."""
        with self._engine.connect() as db:
            newest = db.execute(select(func.max(_DOCUMENTS.c.published))).scalar()
        return str(newest) if newest is not None else None

    def passages_of(self, name: str) -> tuple[Passage, ...]:
        """All passages of a document in reading order."""
        query = select(_PASSAGES).where(_PASSAGES.c.document == name).order_by(_PASSAGES.c.number)
        return tuple(self._values(Passage, query))

    def passages_of_many(self, names: Sequence[str]) -> Iterator[Passage]:
        """All passages of documents, each document's in reading order."""
        for some in _chunks(names):
            query = select(_PASSAGES).where(_PASSAGES.c.document.in_(some))
            yield from self._values(Passage, query.order_by(_PASSAGES.c.document, _PASSAGES.c.number))

    def passages(self, keys: Sequence[PassageKey]) -> dict[PassageKey, Passage]:
        """The passages of these keys (document, number) that exist."""
        found: dict[PassageKey, Passage] = {}
        for some in _chunks(keys):
            # Two lists and a look at the pairs: SQLite scans the table for a list of pairs.
            documents, numbers = sorted({name for name, _ in some}), sorted({number for _, number in some})
            listed = _PASSAGES.c.document.in_(documents), _PASSAGES.c.number.in_(numbers)
            rows = self._values(Passage, select(_PASSAGES).where(*listed))
            found |= {(passage.document, passage.number): passage for passage in rows}
        return {key: found[key] for key in keys if key in found}

    def headers(self, ids: Sequence[str]) -> dict[str, Document]:
        """Documents without their text (it is empty), for naming sources."""
        columns = [_DOCUMENTS.c[key] for key in _DOCUMENT_FIELDS if key != "text"]
        found = {}
        with self._engine.connect() as db:
            for some in _chunks(ids):
                for row in db.execute(select(*columns).where(_DOCUMENTS.c.id.in_(some))).mappings():
                    found[row["id"]] = Document(text="", **row)
        return found

    def figures(self, documents: Sequence[str] | None = None) -> tuple[Figure, ...]:
        """The figures of all documents or of some, ordered by document and place."""
        query = select(_FIGURES).order_by(_FIGURES.c.document, _FIGURES.c.start)
        if documents is not None:
            query = query.where(_FIGURES.c.document.in_(documents))
        return tuple(self._values(Figure, query))

    def sources(self) -> tuple[SourceDocument, ...]:
        """The list of documents, by id, with how much is in each."""
        with self._engine.connect() as db:
            passages_in = _counts(db, _PASSAGES)
            figures_in = _counts(db, _FIGURES)
            listed = ("title", "publisher", "published", "url")
            columns = [_DOCUMENTS.c[key] for key in ("id", *listed)]
            return tuple(
                SourceDocument(
                    document=row["id"],
                    passages=passages_in.get(row["id"], 0),
                    figures=figures_in.get(row["id"], 0),
                    **{key: row[key] for key in listed},
                )
                for row in db.execute(select(*columns).order_by(_DOCUMENTS.c.id)).mappings()
            )

    def _values(self, kind: type[Any], query: Select[Any]) -> list[Any]:
        with self._engine.connect() as db:
            return [kind(**row) for row in db.execute(query).mappings()]


_DOCUMENT_FIELDS = tuple(field.name for field in fields(Document))


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[at : at + _KEYS_AT_ONCE] for at in range(0, len(items), _KEYS_AT_ONCE))


def _counts(db: Connection, table: Table) -> dict[str, int]:
    rows = db.execute(select(table.c.document, func.count()).group_by(table.c.document))
    return {name: count for name, count in rows}


def _put(db: Connection, prepared: Prepared) -> Outcome:
    name = prepared.document.id
    before = db.execute(select(_DOCUMENTS.c.digest).where(_DOCUMENTS.c.id == name)).scalar()
    if before == prepared.digest:
        return "unchanged"
    _remove(db, name)
    db.execute(insert(_DOCUMENTS).values(digest=prepared.digest, **asdict(prepared.document)))
    if prepared.passages:
        db.execute(insert(_PASSAGES), [asdict(passage) for passage in prepared.passages])
    if prepared.figures:
        db.execute(insert(_FIGURES), [asdict(figure) for figure in prepared.figures])
    _record_change(db, name)
    return "changed" if before else "added"


def _remove(db: Connection, name: str) -> bool:
    """Delete a document and what belongs to it, without leaning on the database's cascade."""
    for table in (_FIGURES, _PASSAGES):
        db.execute(delete(table).where(table.c.document == name))
    return db.execute(delete(_DOCUMENTS).where(_DOCUMENTS.c.id == name)).rowcount > 0


def _record_change(db: Connection, name: str) -> bool:
    db.execute(update(_STORE).values(last_change=_STORE.c.last_change + 1))
    number = db.execute(select(_STORE.c.last_change)).scalar_one()
    db.execute(insert(_CHANGES).values(number=number, document=name))
    return True
