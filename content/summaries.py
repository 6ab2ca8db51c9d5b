"""A document, or what the documents say of a topic → its key sentences, verbatim and in reading order.

A sentence counts for its likeness to the whole (cosine with the centroid of BM25-weighted stems) and for standing
early; sentences are taken by maximal marginal relevance, so that none says what another already said.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from content.citations import Quoted
from content.documents import Passage, Sentence
from content.passages import sentences
from content.words import STOP_WORDS, fold, stem, words

MOST_SENTENCES = 4
_SHORTEST, _LONGEST = 6, 60
_LEAD = 0.35
#: What likeness to the sentences already taken costs, against likeness to the whole.
_REDUNDANCY = 0.6
_K1 = 1.2

Vector = dict[str, float]
Idf = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: int
    passage: Passage
    sentence: Sentence
    vector: Vector
    relevance: float


def key_sentences(passages: Sequence[Passage], idf: Idf, topic: frozenset[str] = frozenset()) -> list[Quoted]:
    """The key sentences of passages, in the order these are given in: the earlier, the likelier to be taken.

    With the stems of a ``topic``, only sentences that have one of them, where there are any.
    """
    every = [(passage, sentence) for passage in passages for sentence in sentences(passage)]
    placed = [one for one in every if topic & {stem(word.text) for word in words(one[1].text)}] or every
    readable = [(p, s) for p, s in placed if _SHORTEST <= len(list(words(s.text))) <= _LONGEST] or placed
    vectors = [_vector(sentence.text, idf) for _, sentence in readable]
    centroid = _sum(vectors)
    found = [
        _Candidate(place, passage, sentence, vector, _cosine(vector, centroid) + _lead(place, len(readable)))
        for place, ((passage, sentence), vector) in enumerate(zip(readable, vectors, strict=True))
    ]
    taken = sorted(_marginal(found, MOST_SENTENCES), key=lambda candidate: candidate.place)
    return [(candidate.passage, candidate.sentence) for candidate in taken]


def _lead(place: int, count: int) -> float:
    return _LEAD * (1 - place / count)


def _marginal(found: list[_Candidate], most: int) -> list[_Candidate]:
    """Maximal marginal relevance: each next one is relevant and unlike those taken; ties go to the earlier."""
    taken: list[_Candidate] = []
    while len(taken) < min(most, len(found)):
        rest = [candidate for candidate in found if candidate not in taken]
        taken.append(max(rest, key=lambda one: (round(one.relevance - _repeats(one, taken), 9), -one.place)))
    return taken


def _repeats(candidate: _Candidate, taken: Sequence[_Candidate]) -> float:
    return _REDUNDANCY * max((_cosine(candidate.vector, other.vector) for other in taken), default=0.0)


def _vector(text: str, idf: Idf) -> Vector:
    counts = Counter(stem(word.text) for word in words(text) if fold(word.text) not in STOP_WORDS)
    return {term: idf(term) * count * (_K1 + 1) / (count + _K1) for term, count in counts.items()}


def _sum(vectors: Sequence[Vector]) -> Vector:
    total: Counter[str] = Counter()
    for vector in vectors:
        total.update(vector)
    return dict(total)


def _cosine(one: Vector, other: Vector) -> float:
    product = sum(weight * other.get(term, 0.0) for term, weight in one.items())
    norms = math.hypot(*one.values()) * math.hypot(*other.values())
    return product / norms if norms else 0.0
