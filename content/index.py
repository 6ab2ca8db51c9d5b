"""The full-text index: derived from the store, in a directory of this machine, never the only copy of anything.

:mod:`content.upkeep` keeps it; here it is searched.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy
from tantivy import Query

from content.entries import matching
from content.store import PassageKey, Store
from content.upkeep import Progress, Run, State, Upkeep
from content.vocabulary import Vocabulary
from content.words import AS_WRITTEN

#: How many more hits than asked for are looked at for ties, at first and at most.
_TIES, _MOST_TIES = 10, 10_000


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage's key and its BM25 score."""

    key: PassageKey
    score: float
    #: the terms of its title and text with blanks between
    terms: str


class Index:
    """A tantivy index in a directory. Searching is safe from any thread; refreshing takes one at a time."""

    def __init__(self, directory: Path) -> None:
        self._upkeep = Upkeep(directory)
        self._state: State | None = None
        self._index: tantivy.Index | None = None
        self._vocabulary: Vocabulary | None = None
        #: counts what searches can see: anything derived from the index is stale when it moved
        self.generation = 0

    def refresh(self, store: Store, progress: Progress | None = None, patience: float | None = None) -> None:
        """Bring the index up to the store's last change; cheap when it is there already.

        For another process that is writing it waits so many seconds (``None``: as long as it takes), then leaves
        the work to that one and shows what is finished; where nothing is, it waits as long as it takes.
        """
        if self._shows_all_of(store):
            return
        with self._upkeep.alone(patience if self._index else None) as alone:
            if alone and not self._shows_all_of(store):  # another process may have done the work meanwhile
                self._upkeep.update(Run(store, progress, lambda: self._shows_all_of(store)))

    def _shows_all_of(self, store: Store) -> bool:
        """Show what is finished; whether that is all the store has."""
        state = self._upkeep.state()  # before the store is asked: it is never ahead of it
        if state is None or not state.fits(store.identity):
            return False
        if state != self._state:
            index = self._upkeep.opened(state)
            if index is None:
                return False
            self._index, self._state = index, state
            self._vocabulary = self._upkeep.lexicon(state, self.word_frequency).vocabulary()
            self.generation += 1
        return state.applied == store.last_change()

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

    def as_written(self, word: str) -> str:
        """How most passages that have a folded word write it: modelscope → ModelScope; as given when none has it.

        Titles do not count: they write any word with a capital.
        """
        written = dict(self._searcher().terms_with_prefix("written", word + AS_WRITTEN))
        mostly = max(sorted(written), key=written.__getitem__, default=word)
        return mostly.rpartition(AS_WRITTEN)[2]

    def vocabulary(self) -> Vocabulary:
        """The words of the documents, folded but not stemmed."""
        if self._vocabulary is None:
            raise RuntimeError("the index was not refreshed before it was searched")
        return self._vocabulary

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


def inverse_document_frequency(frequency: int, passages: int) -> float:
    """BM25's idf, which is never negative: ln(1 + (N - n + 0.5) / (n + 0.5))."""
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


def weights(terms: Sequence[str]) -> dict[str, float]:
    """Query weights of stems: the square root of how often each was asked for (EVIDENCE §1)."""
    return {term: math.sqrt(terms.count(term)) for term in dict.fromkeys(terms)}
