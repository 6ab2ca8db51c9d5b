"""The best passages of a search, weighed again by what the very best of them have in common.

BM25 knows a question's words only. The passages it puts first also tell which other words belong to the subject
(pseudo-relevance feedback, Bo1), and how much of the question a passage covers says more than how often it repeats
one word of it. Only the first :data:`WEIGHED` change places: none of them falls below those that come after.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from content.index import Scored, inverse_document_frequency

#: The passages weighed again, those that tell what belongs to the subject, and how many terms they may add.
WEIGHED, _TELLING, _ADDED = 50, 10, 20
#: A term belongs to the subject when so many of the telling passages have it.
_SHARED = 2
#: What the added terms count beside the question's own, and what covering all of the question adds to a score.
_FEEDBACK, _COVERAGE = 0.5, 0.3
#: BM25's parameters, as tantivy has them.
_SATURATION, _LENGTH = 1.2, 0.75

#: In how many passages a term stands.
Frequency = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the index knows of terms: how many passages there are, and how many have one."""

    passages: int
    frequency: Frequency

    def idf(self, term: str) -> float:
        """How telling a term is."""
        return inverse_document_frequency(self.frequency(term), self.passages)


def weighed(weights: Mapping[str, float], found: Sequence[Scored], statistics: Statistics) -> list[Scored]:
    """What BM25 found (best first, with terms), the first of it in a better order; scores only grow."""
    best = found[:WEIGHED]
    passages = [one.terms.split() for one in best]
    average = max(sum(map(len, passages)), 1) / max(len(passages), 1)
    asked = {term: weight * statistics.idf(term) for term, weight in weights.items()}
    whole = sum(asked.values()) or 1.0
    added = _added(weights, best[:_TELLING], [Counter(passage) for passage in passages[:_TELLING]], statistics)
    wanted = asked.keys() | added.keys()
    scored = []
    for one, passage in zip(best, passages, strict=True):
        count = Counter(filter(wanted.__contains__, passage))
        covered = sum(weight for term, weight in asked.items() if term in count) / whole
        related = _related(added, count, len(passage) / average)
        scored.append(replace(one, score=one.score + related + _COVERAGE * covered * best[0].score))
    return sorted(scored, key=lambda one: (-one.score, one.key)) + list(found[WEIGHED:])


def _related(added: Mapping[str, float], count: Counter[str], length: float) -> float:
    """BM25 of a passage for the added terms; the length is a share of the average of the passages weighed."""
    damping = _SATURATION * (1 - _LENGTH + _LENGTH * length)
    present = (weight * count[term] / (count[term] + damping) for term, weight in added.items() if term in count)
    return (_SATURATION + 1) * sum(present)


def _added(
    weights: Mapping[str, float], telling: Sequence[Scored], counts: Sequence[Counter[str]], statistics: Statistics
) -> dict[str, float]:
    """The terms of the subject with their weight times idf: Bo1 over the telling passages, each by its score."""
    often: Counter[str] = Counter()
    for count in counts:
        often.update(count.keys())
    shared = sorted(term for term, passages in often.items() if passages >= _SHARED)
    gains = {term: _gain(term, telling, counts, statistics) for term in shared}
    first = sorted(shared, key=lambda term: (-gains[term], term))[:_ADDED]
    share = _FEEDBACK * sum(weights.values()) / (sum(gains[term] for term in first) or 1.0)
    return {term: share * gains[term] * statistics.idf(term) for term in first}


def _gain(term: str, telling: Sequence[Scored], counts: Sequence[Counter[str]], statistics: Statistics) -> float:
    """Bo1: how surprising it is that the telling passages have a term so often."""
    expected = max(statistics.frequency(term), 1) / statistics.passages
    seen = sum(count[term] * one.score for one, count in zip(telling, counts, strict=False)) / telling[0].score
    return seen * math.log2((1 + expected) / expected) + math.log2(1 + expected)
