"""Query → ranked passages."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from content.copies import first_publications
from content.dates import known_date
from content.documents import Document, Hit, Passage, SearchResults, Understanding
from content.index import Index, Scored, weights
from content.relevance import WEIGHED, Statistics, weighed
from content.spelling import Spelling
from content.store import Store
from content.words import stems

#: Of a longer question the rarest terms are looked for: more would say nothing and take long.
_MOST_TERMS = 40
#: Copies of one passage behind which others are still found.
_MOST_COPIES = 64
#: What a word as typed counts beside its correction.
_AS_TYPED = 0.7
#: Passages score alike from this share of the best on; of so many that do the newest are found.
_ALIKE, _MOST_ALIKE = 0.9, 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query and how much is to be found for it."""

    query: str
    limit: int
    #: of copies only the first publication
    distinct: bool


def search(store: Store, index: Index, spelling: Spelling, wanted: Wanted) -> SearchResults:
    """The passages that match a query best, after spelling; best first."""
    understanding = spelling.understand(wanted.query)
    asked = _rarest(index, _asked(index, understanding))
    found = index.search(asked, max(wanted.limit, WEIGHED))
    statistics = Statistics(index.passages(), lru_cache(maxsize=None)(index.document_frequency))
    ranked = weighed(asked, found, statistics)
    shown = _distinct(store, ranked, wanted.limit) if wanted.distinct else _found(store, ranked[: wanted.limit])[0]
    return SearchResults(understanding, tuple(shown))


def _distinct(store: Store, ranked: list[Scored], limit: int) -> list[Hit]:
    """So many passages that are no copies of each other, where there are so many."""
    looked_at = limit
    while True:
        shown = first_publications(*_found(store, ranked[:looked_at]))
        if len(shown) >= limit or looked_at >= len(ranked):
            return shown[:limit]
        looked_at *= 2


def _asked(index: Index, understanding: Understanding) -> dict[str, float]:
    """The stems to look for; what was corrected though some documents have it is looked for as typed, too."""
    typed = (term for correction in understanding.corrections for term in stems(correction.written))
    return dict.fromkeys(filter(index.contains, typed), _AS_TYPED) | weights(stems(understanding.effective))


def _rarest(index: Index, asked: dict[str, float]) -> dict[str, float]:
    if len(asked) <= _MOST_TERMS:
        return asked
    present = {term: frequency for term in asked if (frequency := index.document_frequency(term))}
    return {term: asked[term] for term in sorted(present, key=lambda term: (present[term], term))[:_MOST_TERMS]}


class Evidence(NamedTuple):
    """The passages that may be quoted, best first, and whether the best of all may not: it is a sponsored one."""

    hits: list[Hit]
    sponsored: bool


def evidence(store: Store, index: Index, asked: dict[str, float], count: int) -> Evidence:
    """The best passages for weighted stems that may be quoted: none sponsored, of copies the first publication.

    So many are looked at; more where copies and advertising would leave less than half of that.
    """
    looked_at = count
    while True:
        scored = index.search(asked, looked_at)
        shown = _fair(store, scored)
        if len(shown.hits) >= count // 2 or len(scored) < looked_at or looked_at >= count * _MOST_COPIES:
            break
        looked_at *= 2
    newest = _newest_alike(store, index, asked, scored)[:count] if len(scored) == looked_at else []
    if newest:
        keys = {one.key for one in newest}
        hits = _fair(store, [*scored, *newest]).hits
        further = [one for one in hits[count:] if (one.passage.document, one.passage.number) in keys]
        return shown._replace(hits=hits[:count] + further)
    return shown._replace(hits=shown.hits[:count])


def _newest_alike(store: Store, index: Index, asked: dict[str, float], found: Sequence[Scored]) -> list[Scored]:
    """Where more passages score like the best than were found, the rest of those, the newest first."""
    if not found or found[-1].score < _ALIKE * found[0].score:
        return []
    more = index.search(asked, max(_MOST_ALIKE, len(found)))[len(found) :]
    alike = [one for one in more if one.score >= _ALIKE * found[0].score]
    headers = store.headers(sorted({one.key[0] for one in alike}))
    dates = {name: known_date(header.published, header.inferred) for name, header in headers.items()}
    return sorted(alike, key=lambda one: dates.get(one.key[0], ""), reverse=True)


def _fair(store: Store, scored: Sequence[Scored]) -> Evidence:
    found, dates = _found(store, list(scored))
    fair = first_publications([hit for hit in found if not hit.passage.sponsored], dates)
    return Evidence(fair, any(hit.passage.sponsored for hit in found[:1]))


def _found(store: Store, scored: list[Scored]) -> tuple[list[Hit], dict[str, str | None]]:
    """Scored keys as hits with their passages, and the dates of their documents; what is gone by now is left out."""
    passages: dict[tuple[str, int], Passage] = store.passages([found.key for found in scored])
    headers: dict[str, Document] = store.headers(sorted({found.key[0] for found in scored}))
    present = [found for found in scored if found.key in passages and found.key[0] in headers]
    hits = [
        Hit(rank, passages[found.key], header.title, found.score, known_date(header.published, header.inferred))
        for rank, found in enumerate(present, 1)
        if (header := headers[found.key[0]])
    ]
    return hits, {name: header.published or header.inferred for name, header in headers.items()}


def documents(found: Sequence[Hit], limit: int) -> list[tuple[str, float]]:
    """The documents of ranked passages with the score of the best of each, best first, ties by id."""
    best = {hit.passage.document: hit.score for hit in reversed(found)}
    return sorted(best.items(), key=lambda item: (-item[1], item[0]))[:limit]
