"""The full-text index: derived from the store, in a directory of this machine, never the only copy of anything.

``state.json`` beside tantivy's files says which store was indexed up to which change, in which format. Whatever
does not fit (another store, another format, damaged files) is thrown away and built again from the truth.
A document that is indexed in its present version is passed over, so a crash anywhere only means that the last
batch is looked at once more. tantivy counts replaced passages in its statistics until they are merged away:
where any were replaced, a small index, and a large one now and then, is written anew, so that scores do not
depend on history.
"""

import fcntl
import json
import logging
import math
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import tantivy
from tantivy import Query

from content.entries import SCHEMA, entry, matching
from content.lexicon import Lexicon
from content.store import PassageKey, Store
from content.vocabulary import Vocabulary

log = logging.getLogger(__name__)

#: Raised when the schema or an analyzer changes: older indexes are then rebuilt.
FORMAT = 2
#: Documents read at a time while catching up, and in one commit.
_BATCH, _COMMITTED = 1_000, 20_000
_WRITER_MEMORY = 64_000_000
#: Passages up to which an index is written anew whenever something was replaced (70 ms).
_SMALL = 2_000
#: The share of replaced passages from which a larger one is.
_WORN = 0.2

#: How many more hits than asked for are looked at for ties, at first and at most.
_TIES, _MOST_TIES = 10, 10_000
#: Between a document's id and its digest in the index: in no id, as control characters are cleaned away.
_VERSION_SEPARATOR = "\x1f"

#: Called with how many of how many documents are done.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _State:
    format: int
    store: str
    applied: int
    #: documents replaced or removed since the index was last written anew
    replaced: int = 0


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage's key and its BM25 score."""

    key: PassageKey
    score: float
    #: the terms of its title and text with blanks between
    terms: str


class Index:
    """A tantivy index in a directory. Searching is safe from any thread; writers exclude each other by a lock file."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._files = directory / "tantivy"
        self._state_file = directory / "state.json"
        directory.mkdir(parents=True, exist_ok=True)
        self._state: _State | None = None
        self._index: tantivy.Index | None = None
        self._lexicon = Lexicon(directory / "words", self.word_frequency)
        #: counts what searches can see: anything derived from the index is stale when it moved
        self.generation = 0

    def refresh(self, store: Store, progress: Progress | None = None) -> None:
        """Bring the index up to the store's last change; cheap when it is there already."""
        target = store.last_change()
        state = self._read_state()
        if self._usable(state, store, target):
            self._see(state)
            return
        with self._lock():
            state = self._read_state()  # another process may have done the work while we waited for the lock
            if not self._usable(state, store, target):
                state = self._catch_up(state, store, progress)
            self._see(state)

    def _usable(self, state: _State | None, store: Store, target: int) -> bool:
        fits = state is not None and (state.format, state.store, state.applied) == (FORMAT, store.identity, target)
        return fits and self._open() is not None

    def _catch_up(self, state: _State | None, store: Store, progress: Progress | None) -> _State:
        index = self._open()
        if state is None or index is None or (state.format, state.store) != (FORMAT, store.identity):
            index, state = self._emptied(state, store)
        target = store.last_change()
        digests = store.changed_since(state.applied)
        index.reload()
        stale = _Stale.among(index.searcher(), digests)
        replaced = state.replaced + len(stale.replaced)
        writer = index.writer(heap_size=_WRITER_MEMORY, num_threads=1)
        if stale.replaced and (index.searcher().num_docs <= _SMALL or replaced > _WORN * index.searcher().num_docs):
            writer.delete_all_documents()
            stale, replaced = _Stale((), store.changed_since(0)), 0
        learned = _apply(writer, store, stale, progress)
        index.reload()
        self._lexicon.learn(-1 if learned is None else state.applied, target, learned or (), self._all_words)
        state = _State(FORMAT, store.identity, target, replaced)
        self._write_state(state)
        return state

    def _emptied(self, state: _State | None, store: Store) -> tuple[tantivy.Index, _State]:
        """An empty index in place of one that is missing or cannot be used."""
        if state is not None or self._files.exists():
            log.warning("the search index does not fit the documents or is damaged; building it again")
        self._state_file.unlink(missing_ok=True)
        shutil.rmtree(self._files, ignore_errors=True)
        self._files.mkdir(parents=True)
        self._index = tantivy.Index(SCHEMA, path=str(self._files))
        return self._index, _State(FORMAT, store.identity, 0)

    def _open(self) -> tantivy.Index | None:
        if self._index is None and self._files.is_dir():
            try:
                self._index = tantivy.Index.open(str(self._files))
            except (ValueError, OSError) as error:
                log.warning("the search index cannot be opened: %s", error)
        return self._index

    def _see(self, state: _State | None) -> None:
        if state != self._state and self._index is not None:
            self._index.reload()
            self._state = state
            self.generation += 1

    def _read_state(self) -> _State | None:
        try:
            return _State(**json.loads(self._state_file.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None  # missing, or not ours: the index is rebuilt

    def _write_state(self, state: _State) -> None:
        fresh = self._state_file.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(state)), "utf-8")
        fresh.replace(self._state_file)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """One writer per directory, between processes; freed by the system when its holder dies."""
        with (self._directory / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _searcher(self) -> tantivy.Searcher:
        if self._index is None:
            raise RuntimeError("the index was not refreshed before it was searched")
        return self._index.searcher()

    def passages(self) -> int:
        """How many passages can be found."""
        return self._searcher().num_docs

    def document_frequency(self, term: str) -> int:
        """In how many passages a stem stands."""
        return self._searcher().doc_freq("body", term)

    def contains(self, term: str) -> bool:
        """Whether a stem stands in any passage, heading or title."""
        searcher = self._searcher()
        return searcher.doc_freq("body", term) > 0 or searcher.doc_freq("title", term) > 0

    def word_frequency(self, word: str) -> int:
        """In how many passages a folded word stands as it is."""
        return self._searcher().doc_freq("word", word)

    def _all_words(self) -> dict[str, int]:
        return dict(self._searcher().terms_with_prefix("word", ""))

    def vocabulary(self) -> Vocabulary:
        """The words of the documents, folded but not stemmed."""
        return self._lexicon.vocabulary()

    def search(self, weights: dict[str, float], limit: int) -> list[Scored]:
        """The best passages for weighted stems by BM25 over body and title, best first, ties by key."""
        if not weights:
            return []
        searcher = self._searcher()
        found = []
        for score, address in _with_ties(searcher, matching(weights), limit):
            stored = searcher.doc(address)
            key = (stored["document"][0], stored["number"][0])
            found.append(Scored(key, score, stored["terms"][0].decode()))
        return sorted(found, key=lambda scored: (-scored.score, scored.key))[:limit]


def _with_ties(searcher: tantivy.Searcher, query: Query, limit: int) -> list[tuple[float, tantivy.DocAddress]]:
    """The best hits and all that tie with the last: tantivy's order must not decide which of those are cut."""
    fetched = limit + _TIES
    while True:
        hits: list[tuple[float, tantivy.DocAddress]] = searcher.search(query, fetched, count=False).hits
        cut = hits[limit - 1][0] if len(hits) >= limit else 0.0
        if len(hits) < fetched or hits[-1][0] < cut or fetched > _MOST_TIES:
            return [hit for hit in hits if hit[0] >= cut]
        fetched *= 4


@dataclass(frozen=True, slots=True)
class _Stale:
    """What is to be done to an index: documents it has in another version, and those to be written (with digests)."""

    replaced: Sequence[str]
    written: Mapping[str, str | None]

    @classmethod
    def among(cls, searcher: tantivy.Searcher, changed: Mapping[str, str | None]) -> "_Stale":
        """Of the changed documents (id → digest, ``None`` when removed) those the index does not have as they are."""
        if searcher.num_docs == 0:
            return cls((), changed)
        written = {
            name: new for name, new in changed.items() if new is None or not _has(searcher, "version", name, new)
        }
        return cls([name for name in written if _has(searcher, "document", name)], written)


def _has(searcher: tantivy.Searcher, field: str, *parts: str) -> bool:
    query = Query.term_query(SCHEMA, field, _VERSION_SEPARATOR.join(parts), "basic")
    return bool(searcher.search(query, 1, count=False).hits)


def _apply(writer: tantivy.IndexWriter, store: Store, stale: _Stale, progress: Progress | None) -> set[str] | None:
    """Replace what the index holds of documents by what the store holds of them, which may be nothing.

    Returns the words of what was written; ``None`` when that was much.
    """
    names = list(stale.written)
    learned: set[str] = set()
    for at in range(0, len(names), _BATCH):
        some = names[at : at + _BATCH]
        for name in some if stale.replaced else ():
            writer.delete_documents_by_term("document", name)
        learned |= _add(writer, store, {name: digest for name in some if (digest := stale.written[name])})
        done = at + len(some)
        if done % _COMMITTED == 0 or done == len(names):
            writer.commit()
        if progress:
            progress(done, len(names))
        learned = learned if len(names) <= _BATCH else set()
    writer.commit()
    writer.wait_merging_threads()
    return learned if len(names) <= _BATCH else None


def _add(writer: tantivy.IndexWriter, store: Store, digests: Mapping[str, str]) -> set[str]:
    """Write documents; returns their words."""
    learned: set[str] = set()
    headers = store.headers(list(digests))
    for passage in store.passages_of_many([name for name in digests if name in headers]):
        version = _VERSION_SEPARATOR.join((passage.document, digests[passage.document]))
        made = entry(headers[passage.document], passage, version)
        writer.add_document(made.document)
        learned.update(made.words)
    return learned


def inverse_document_frequency(frequency: int, passages: int) -> float:
    """BM25's idf, which is never negative: ln(1 + (N - n + 0.5) / (n + 0.5))."""
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


def weights(terms: Sequence[str]) -> dict[str, float]:
    """Query weights of stems: the square root of how often each was asked for (EVIDENCE §1)."""
    return {term: math.sqrt(terms.count(term)) for term in dict.fromkeys(terms)}
