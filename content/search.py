"""Query → ranked passages."""

from collections.abc import Sequence
from functools import lru_cache

from content.documents import Document, Hit, Passage, SearchResults, Understanding
from content.index import Index, Scored, weights
from content.relevance import WEIGHED, Statistics, weighed
from content.spelling import Spelling
from content.store import Store
from content.words import stems

#: Of a longer question the rarest terms are looked for: more would say nothing and take long.
_MOST_TERMS = 40
#: What a word as typed counts beside its correction.
_AS_TYPED = 0.7


def search(store: Store, index: Index, spelling: Spelling, query: str, limit: int) -> SearchResults:
    """The passages that match a query best, after spelling; at most ``limit``, best first."""
    understanding = spelling.understand(query)
    asked = _rarest(index, _asked(index, understanding))
    found = index.search(asked, max(limit, WEIGHED))
    statistics = Statistics(index.passages(), lru_cache(maxsize=None)(index.document_frequency))
    return SearchResults(understanding, tuple(hits(store, weighed(asked, found, statistics)[:limit])))


def _asked(index: Index, understanding: Understanding) -> dict[str, float]:
    """The stems to look for; what was corrected though some documents have it is looked for as typed, too."""
    typed = (term for correction in understanding.corrections for term in stems(correction.written))
    return dict.fromkeys(filter(index.contains, typed), _AS_TYPED) | weights(stems(understanding.effective))


def _rarest(index: Index, asked: dict[str, float]) -> dict[str, float]:
    if len(asked) <= _MOST_TERMS:
        return asked
    present = {term: frequency for term in asked if (frequency := index.document_frequency(term))}
    return {term: asked[term] for term in sorted(present, key=lambda term: (present[term], term))[:_MOST_TERMS]}


def hits(store: Store, scored: list[Scored]) -> list[Hit]:
    """Scored keys as hits with their passages; a passage removed a moment ago is left out."""
    passages: dict[tuple[str, int], Passage] = store.passages([found.key for found in scored])
    headers: dict[str, Document] = store.headers(sorted({found.key[0] for found in scored}))
    present = [found for found in scored if found.key in passages and found.key[0] in headers]
    return [
        Hit(rank, passages[found.key], headers[found.key[0]].title, found.score)
        for rank, found in enumerate(present, 1)
    ]


def documents(found: Sequence[Hit], limit: int) -> list[tuple[str, float]]:
    """The documents of ranked passages with the score of the best of each, best first, ties by id."""
    best = {hit.passage.document: hit.score for hit in reversed(found)}
    return sorted(best.items(), key=lambda item: (-item[1], item[0]))[:limit]
