"""The documents as one thing to ask: the store, its index and its vocabulary, kept together.

Everything here is synchronous and may be called from any thread.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from sqlalchemy import Engine

from content.advertising import bought
from content.answers import answer
from content.citations import (
    Quoted,
    ReadAt,
    cited_figures,
    excerpt,
    linked,
    numbered,
    quotations,
    quoted_by,
    sentences_shown,
)
from content.copies import labelled
from content.digests import Digest, digest
from content.documents import (
    Answer,
    Document,
    Excerpt,
    Figure,
    FigureTable,
    NothingFound,
    Place,
    Searched,
    SearchResults,
    SourceDocument,
    Summary,
    Understanding,
)
from content.errors import UnusableQuestion
from content.formats import LeftOut, Read, Unread
from content.further import further
from content.index import Index, inverse_document_frequency, weights
from content.ledger import Comparison, compare, newest_first
from content.preparation import Prepared, checksum, prepare
from content.search import Wanted, evidence, search
from content.spelling import Spelling, english
from content.store import Outcome, Store
from content.summaries import key_sentences, wanted
from content.topics import about_topic, find_document, names_file, read_as, with_rivals
from content.upkeep import Progress
from content.words import stems, words

#: What tells the moment, in seconds since 1970.
Clock = Callable[[], float]
#: Characters a question may have.
LONGEST_QUESTION = 2_000
#: Documents written in one transaction, at most, and characters of text after which it is written anyway.
_BATCH = 200
_BATCH_CHARACTERS = 500_000
#: Passages looked at for figures of a topic: all of them, but for the largest stores.
_TOPIC_PASSAGES = 5_000
#: Passages a topic is summarised from.
_SUMMARISED = 20
#: Seconds to wait at first for another process that brings the index up to date.
_PATIENCE = 1.0
#: Documents of an earlier version taken apart anew at a time: a writer elsewhere waits for these.
_RENEWED = 20


@dataclass(frozen=True, slots=True)
class Indexed:
    """What became of one document, or of a file that was none."""

    name: str
    outcome: Outcome | None
    error: str | None = None
    #: why a file of a folder was not even tried
    left_out: str | None = None


class Library:
    """Answers from the documents of a store. ``refresh`` before asking brings it up to date."""

    def __init__(self, store: Store, index: Index, read_at: ReadAt | None = None, clock: Clock = float) -> None:
        self._store = store
        self._clock = clock
        self._index = index
        self._read_at = read_at
        self._lock = threading.Lock()
        self._refreshing = threading.Lock()
        self._spelling: tuple[int, Spelling] | None = None
        self._compared: tuple[int, Comparison] | None = None
        self._searched: tuple[int, Searched] | None = None
        self._renewed = False

    @classmethod
    def open(cls, data_dir: Path, engine: Engine, read_at: ReadAt | None = None, clock: Clock = float) -> "Library":
        """The library of a data directory (the index) and a database (the documents), up to date.

        Sources without an address of the web lead to where ``read_at`` shows them. By the ``clock`` documents arrive;
        without one (``float()`` is 0) nobody knows when.

        While another process is making many documents searchable, it begins with those that were before.
        """
        library = cls(Store(engine), Index(data_dir / "index"), read_at, clock)
        library.refresh(patience=_PATIENCE)
        return library

    def refresh(self, progress: Progress | None = None, patience: float | None = None) -> None:
        """See what any process has written since the last time; questions are answered meanwhile.

        While another process does the work, wait for it so many seconds at most (``None``: until it is done).
        Raises :class:`IndexUnwritable`; what was found before is then found still.
        """
        with self._refreshing:
            self._renew(all_of_them=patience is None)
            self._index.refresh(self._store, progress, patience)

    def _renew(self, all_of_them: bool) -> None:
        """Take apart anew what an earlier version of the program stored: some of it now, the rest next time."""
        while not self._renewed:
            self._renewed = self._store.renew(_RENEWED) < _RENEWED
            if not all_of_them:
                return

    def warm(self) -> None:
        """Load what a first question would wait for (a tenth of a second): the vocabulary and the English words."""
        english()
        self._read()

    def add(self, documents: Iterable[Read]) -> Iterator[Indexed]:
        """Store documents as they are read, in batches; what is yielded is committed. Search sees them on `refresh`.

        An id that comes twice in one run is refused the second time: one of the two would be lost silently.
        """
        seen: set[str] = set()
        reading = iter(documents)
        while batch := list(_batch(reading)):
            yield from self._add_batch(batch, seen)

    def _add_batch(self, batch: Sequence[Read], seen: set[str]) -> list[Indexed]:
        known = self._store.checksums([read.id for read in batch if isinstance(read, Document)])
        done: list[Indexed | Prepared] = [_sorted_out(read, known, seen) for read in batch]
        outcomes = iter(self._store.put([one for one in done if isinstance(one, Prepared)], self._clock()))
        return [one if isinstance(one, Indexed) else Indexed(one.document.id, next(outcomes)) for one in done]

    def remove(self, names: Sequence[str]) -> tuple[str, ...]:
        """Remove documents; returns the ids that were there."""
        removed = self._store.remove(names)
        self.refresh()
        return removed

    def ask(self, question: str) -> Answer | NothingFound:
        """An answer in verbatim sentences, or that there is none; raises :class:`UnusableQuestion`.

        Who asks for advertising by name is shown it, labelled; no other answer quotes it.
        """
        understanding = self._read().understand(usable(question))
        if advertising := bought(self._store, understanding):
            shown = self._summary(None, replace(understanding, missing=()), advertising)
            return Answer(shown.understanding, 1.0, shown.summary, (), (), shown.sources, self.searched())
        found = answer(self._store, self._index, understanding, self.searched())
        if isinstance(found, NothingFound):
            return found
        return replace(found, sources=linked(found.sources, sentences_shown(found), self._read_at))

    def further(self, question: str) -> Summary:
        """All that would do for an answer to a question, the best first: also what its answer has no room for."""
        understanding = self._read().understand(usable(question))
        return self._summary(None, understanding, further(self._store, self._index, understanding))

    def search(self, query: str, limit: int = 10, distinct: bool = False) -> SearchResults:
        """The passages that match best; of a query that is too long its beginning is looked for.

        ``distinct`` shows of syndicated copies the first publication only. Sponsored passages are found, and say so.
        """
        wanted = Wanted(one_line(query[:LONGEST_QUESTION]), limit, distinct)
        return search(self._store, self._index, self._read(), wanted)

    def figures(self, topic: str | None = None) -> FigureTable:
        """The figures of all documents, those about a topic and what disagrees with them, or those of one document.

        The newest first. A topic that has no figures and names a document is that document.
        """
        if topic is None or not topic.strip():
            return self._table(None, Understanding(""), self._store.figures())
        understanding = self._read().understand(usable(topic))
        topical = self._index.search(weights(stems(understanding.effective)), _TOPIC_PASSAGES)
        there = self._store.figures(sorted({found.key[0] for found in topical}))
        if about := about_topic(there, understanding.effective):
            return self._table(topic, understanding, with_rivals(about, there, self._headers(there)))
        document = find_document(self._store.sources(), topic)
        return self._of_document(document, topic) if document else self._table(topic, understanding, ())

    def _of_document(self, document: str, named: str) -> FigureTable:
        header = self._store.headers([document]).get(document)
        title = header.title if header else None
        return self._table(named, Understanding(title or document), self._store.figures([document]))

    def _table(self, topic: str | None, understanding: Understanding, found: tuple[Figure, ...]) -> FigureTable:
        documents = self._headers(found)
        figures = newest_first(found, documents)
        compared = compare(figures, documents) if topic else self._all_compared(figures, documents)
        return FigureTable(topic, understanding, figures, compared.disagreements, compared.alike)

    def _headers(self, figures: Iterable[Figure]) -> dict[str, Document]:
        return self._store.headers(sorted({figure.document for figure in figures}))

    def _all_compared(self, figures: tuple[Figure, ...], documents: Mapping[str, Document]) -> Comparison:
        """All figures side by side, once for as long as they are the same: it takes a second for some thousands."""
        state = hash((figures, *documents.values()))
        if self._compared is None or self._compared[0] != state:
            self._compared = state, compare(figures, documents)
        return self._compared[1]

    def summarize(self, name: str, beyond: int = 0) -> Summary | NothingFound:
        """The key sentences of a document (by id or title) or of what is said of a topic, and so many ``beyond``.

        Sponsored passages are left out, unless the document named is nothing else.
        """
        known = self._store.sources()
        if document := find_document(known, usable(name)):
            read = next(read_as(source, name) for source in known if source.document == document)
            passages = self._store.passages_of(document)
            fair = [passage for passage in passages if not passage.sponsored]
            return self._summary(document, read, key_sentences(fair or passages, self._idf, beyond=beyond))
        if names_file(name):
            return NothingFound(Understanding(name), 0.0, (), self.searched())
        understanding = self._read().understand(name)
        topic = stems(understanding.effective)
        if advertising := bought(self._store, understanding):
            return self._summary(None, understanding, advertising)
        found, sponsored = evidence(self._store, self._index, wanted(topic), _SUMMARISED)
        if not found:
            return NothingFound(understanding, 0.0, (), self.searched(), sponsored)
        quoted = key_sentences([hit.passage for hit in found], self._idf, frozenset(topic), beyond)
        return self._summary(None, understanding, quoted)

    def _summary(self, document: str | None, read: Understanding, quoted: Sequence[Quoted]) -> Summary:
        sources = numbered(self._store, (passage for passage, _ in quoted))
        summary = quotations(quoted, sources)
        figures = cited_figures(self._store, summary, sources)
        topic = None if document else read.effective
        return Summary(document, topic, summary, figures, linked(sources, summary, self._read_at), read)

    def last_change(self) -> int:
        """The number of the newest change: a digest after it has nothing to tell."""
        return self._store.last_change()

    def digest(self, after: int, upto: int | None = None) -> Digest:
        """What arrived with the changes after one and, where that is named, not after another.

        0 is before everything whose arrival was noted.
        """
        last = self._store.last_change() if upto is None else upto
        return digest(self._store, self._index, (after, last), self._read_at)

    def before_newest(self, count: int) -> int:
        """The change that brought the last document before the ``count`` newest; 0 where there is none."""
        return self._store.arrivals.before_newest(count)

    def digest_since(self, moment: float) -> Digest:
        """What arrived since a moment, in seconds since 1970."""
        return self.digest(self._store.arrivals.last_before(moment))

    def sources(self, copies: bool = False) -> tuple[SourceDocument, ...]:
        """All documents, by id; with ``copies`` the labels of syndicated ones say so."""
        documents = self._store.sources()
        return labelled(documents, self._store.shared()) if copies else documents

    def searched(self) -> Searched:
        """What a question is looked for in; counted anew when something has changed."""
        number, known = self._store.last_change(), self._searched
        if known is None or known[0] != number:
            known = self._searched = number, Searched(self._store.count(), self._store.newest())
        return known[1]

    def quoted(self, reference: str) -> Quoted | None:
        """The sentence of a figure and its passage (:func:`content.citations.reference`); ``None`` when it is gone."""
        return quoted_by(self._store, reference)

    def excerpt(self, place: Place, around: int = 2) -> Excerpt | None:
        """A quoted passage and its neighbours on either side; ``None`` when it is no longer there."""
        return excerpt(self._store, place, around)

    def _idf(self, term: str) -> float:
        return inverse_document_frequency(self._index.document_frequency(term), self._index.passages())

    def _read(self) -> Spelling:
        """The vocabulary of the index as it is now."""
        with self._lock:
            if self._spelling is None or self._spelling[0] != self._index.generation:
                vocabulary = self._index.vocabulary()
                reading = Spelling(vocabulary, self._index.contains, self._index.as_written)
                self._spelling = (self._index.generation, reading)
            return self._spelling[1]


def usable(question: str) -> str:
    """A question on one line without control characters; raises :class:`UnusableQuestion` when nothing is left."""
    if len(question) > LONGEST_QUESTION:
        raise UnusableQuestion(
            f"That question has {len(question):,} characters; up to {LONGEST_QUESTION:,} can be read. "
            "Ask it in fewer words."
        )
    line = one_line(question)
    if not any(True for _ in words(line)):
        raise UnusableQuestion("There is no word in that question. Ask for a name, a number or a reason.")
    return line


def one_line(text: str) -> str:
    """A text on one line without control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _batch(reading: Iterator[Read]) -> Iterator[Read]:
    characters = 0
    for read in islice(reading, _BATCH):
        yield read
        characters += len(read.text) if isinstance(read, Document) else 0
        if characters > _BATCH_CHARACTERS:
            return


def _sorted_out(read: Read, known: dict[str, str], seen: set[str]) -> Indexed | Prepared:
    """What is to be stored, prepared; everything else is answered for at once."""
    if isinstance(read, Unread):
        return Indexed(read.path, None, read.error)
    if isinstance(read, LeftOut):
        return Indexed(read.path, None, left_out=read.reason)
    if read.id in seen:
        return Indexed(read.id, None, "another document of this run has the same id; rename one or declare an id")
    seen.add(read.id)
    if known.get(read.id) == checksum(read):
        return Indexed(read.id, "unchanged")
    return prepare(read)
