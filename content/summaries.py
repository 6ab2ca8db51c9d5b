"""A document, or what the documents say of a topic → its key sentences, verbatim and in reading order.

A sentence counts for its likeness to the whole (cosine with the centroid of BM25-weighted stems), for standing early
and for what it says of the topic; sentences are taken by maximal marginal relevance, so that none says what another
already said. One that leans on the sentence before it ("They …", "However, …") is taken after that one or reluctantly.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from content.citations import Quoted
from content.documents import Passage, Sentence
from content.leaning import goes_on, leans
from content.passages import sentences
from content.synonyms import synonyms
from content.words import STOP_WORDS, fold, stem, words

#: Sentences of a summary: so many, and one more for each so many to choose from, fewer of which are about a topic.
_FEWEST, _MOST, _FOR_ONE_MORE, _IN_A_TOPIC = 3, 5, 15, 6
#: Words of a sentence that says something, and of one that still can be read.
SHORTEST, _LONGEST = 6, 60
_LEAD = 0.35
#: What likeness to the sentences already taken costs, against likeness to the whole.
_REDUNDANCY = 0.6
#: What each sentence already taken costs the others of its passage, and in a topic's summary of its document.
_SAME_PASSAGE, _SAME_DOCUMENT = 0.08, 0.1
#: What it costs to be about, or to go on from, a sentence that is not taken, and to ask instead of to say.
_LEANING, _GOING_ON, _ASKING = 0.3, 0.15, 0.3
#: What a word of the topic adds, one that may stand for it, and to come after a sentence that has it.
_NAMED, _MEANT, _NEXT = 0.5, 0.25, 0.3
#: What a heading above that has the topic adds.
_HEADED = 0.15
#: What it adds to begin with the topic, within so many words, and what it costs to say what is not.
_OPENED, _OPENING, _DENIED = 0.15, 4, 0.3
#: What a figure adds.
_NUMBER = 0.1
#: Words of a sentence that is wholly about what it names; one that short announces what comes next.
_SHORT = 12
_K1 = 1.2

_CONDITIONS = frozenset("if when whether while as becaus although".split())
_DENIES = re.compile(r"\b(?:not|never|nor)\b|n[’']t\b")
_FIGURE = re.compile(r"[$€£¥%]|\b(?:[mb]illions?|percent|per cent)\b")
#: stem → its weight
Vector = dict[str, float]
Idf = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: int
    passage: Passage
    sentence: Sentence
    vector: Vector
    relevance: float
    #: what it costs to be taken without the sentence before it
    leaning: float

    @property
    def quoted(self) -> Quoted:
        return self.passage, self.sentence


def key_sentences(
    passages: Sequence[Passage], idf: Idf, topic: frozenset[str] = frozenset(), beyond: int = 0
) -> list[Quoted]:
    """The key sentences of passages, in the order these are given in: the earlier, the likelier to be taken.

    With the stems of a ``topic``, only sentences that have one of them or a word for it, where there are any; those of
    a document stand together, in its order. The first does not go on from another, if it need not. Beyond the usual
    number as many as ``beyond`` are taken.
    """
    every = [(passage, sentence) for passage in passages for sentence in sentences(passage)]
    about = _about(every, topic)
    readable = [_is_readable(sentence.text) for _, sentence in every]
    kept = [at for at in range(len(every)) if readable[at] and (about[at] or not topic)] or list(range(len(every)))
    found = list(_candidates(every, kept, about, topic, idf))
    most = min(_FEWEST + len(found) // (_IN_A_TOPIC if topic else _FOR_ONE_MORE), _MOST) + beyond
    documents = list(dict.fromkeys(passage.document for passage, _ in every))
    taken = _in_order(_marginal(found, most, _SAME_DOCUMENT if topic else 0.0), documents)
    while topic and len(found) > most and (dangling := _dangling(taken)):
        found.remove(dangling)
        taken = _in_order(_marginal(found, most, _SAME_DOCUMENT), documents)
    return [candidate.quoted for candidate in taken]


def telling_sentence(passages: Sequence[Passage], idf: Idf) -> Quoted | None:
    """The one sentence that says most of what passages say and can stand alone; ``None`` where there is none."""
    every = [(passage, sentence) for passage in passages for sentence in sentences(passage)]
    kept = [at for at, (_, sentence) in enumerate(every) if _is_readable(sentence.text)] or list(range(len(every)))
    found = list(_candidates(every, kept, [0.0] * len(every), frozenset(), idf))
    return _marginal(found, 1, 0.0)[0].quoted if found else None


def _dangling(taken: Sequence[_Candidate]) -> _Candidate | None:
    """The first sentence when it goes on from another, or one about something named in a sentence that is not taken."""
    places = {(one.place, one.passage.document) for one in taken}
    alone = (one for one in taken if (one.place - 1, one.passage.document) not in places)
    return next((one for one in alone if (one is taken[0] and one.leaning) or one.leaning >= _LEANING), None)


def _in_order(taken: Sequence[_Candidate], documents: Sequence[str]) -> list[_Candidate]:
    return sorted(taken, key=lambda one: (documents.index(one.passage.document), one.sentence.start))


def wanted(topic: Sequence[str]) -> dict[str, float]:
    """The stems to look for in the documents for a topic: its own, and for less what may stand for them."""
    return {other: _MEANT for term in topic for other in sorted(synonyms(term))} | dict.fromkeys(topic, 1.0)


def _is_readable(sentence: str) -> bool:
    return SHORTEST <= len(list(words(sentence))) <= _LONGEST


def _about(every: Sequence[Quoted], topic: frozenset[str]) -> list[float]:
    """What each sentence has of a topic, 0 for nothing: one that comes after its very word is about it, too.

    A short sentence that leans on others only announces it: the next one is taken for it, where that stands alone.
    What is about a name has the name.
    """
    has = [_has(sentence.text, topic) for _, sentence in every]
    heads = [_HEADED * bool(_has(passage.heading or "", topic)) for passage, _ in every]
    worth = [max(has[at], heads[at]) + (heads[at] if has[at] else 0) for at in range(len(every))]
    for at, ((passage, sentence), (following, after)) in enumerate(pairwise([] if _is_name(every, topic) else every)):
        announces = has[at] >= _MEANT and len(list(words(sentence.text))) <= _SHORT and passage == following
        if announces:
            worth[at + 1] = max(worth[at + 1], has[at] + heads[at] if _leaning(sentence.text) else _NEXT)
        if announces and _leaning(sentence.text) and not leans(after.text):
            worth[at] = 0.0
    return worth


def _is_name(every: Sequence[Quoted], topic: frozenset[str]) -> bool:
    """Whether the documents write a word of a topic with a capital wherever it stands."""
    written = (word.text for _, sentence in every for word in words(sentence.text) if stem(word.text) in topic)
    return all(not text.islower() for text in written)


def _has(text: str, topic: frozenset[str]) -> float:
    """The longer a sentence, the more a word of it is said by the way."""
    said = [stem(word.text) for word in words(text)]
    worth = (_NAMED if term in said else _MEANT * (not synonyms(term).isdisjoint(said)) for term in sorted(topic))
    return sum(worth) / len(topic) * min(1, _SHORT / max(1, len(said))) if topic else 0.0


def _framed(text: str, topic: frozenset[str]) -> float:
    """What it is worth to begin with a topic, and what it costs to say what is not."""
    first = [stem(word.text) for word in islice(words(text), _OPENING)]
    opened = not topic.isdisjoint(first) and first[0] not in _CONDITIONS
    return _OPENED * opened - _DENIED * bool(_DENIES.search(text))


def _candidates(
    every: Sequence[Quoted], kept: Sequence[int], about: Sequence[float], topic: frozenset[str], idf: Idf
) -> Iterator[_Candidate]:
    vectors = [_vector(every[at][1].text, idf) for at in kept]
    centroid = _sum(vectors)
    for rank, (at, vector) in enumerate(zip(kept, vectors, strict=True)):
        passage, sentence = every[at]
        relevance = cosine(vector, centroid) + _LEAD * (1 - rank / len(kept)) + about[at]
        relevance += about[at] and _framed(sentence.text, topic)
        relevance += _NUMBER * bool(_FIGURE.search(sentence.text))
        relevance -= _ASKING * sentence.text.rstrip('”"’)').endswith("?")
        yield _Candidate(at, passage, sentence, vector, relevance, _leaning(sentence.text))


def _leaning(sentence: str) -> float:
    return _LEANING if leans(sentence) else _GOING_ON if goes_on(sentence) else 0.0


def _marginal(found: list[_Candidate], most: int, same_document: float) -> list[_Candidate]:
    """Maximal marginal relevance: each next one is relevant and unlike those taken; ties go to the earlier."""
    taken: list[_Candidate] = []
    while len(taken) < min(most, len(found)):
        rest = [candidate for candidate in found if candidate not in taken]
        taken.append(max(rest, key=lambda one: (round(_worth(one, taken, same_document), 9), -one.place)))
    return taken


def _worth(candidate: _Candidate, taken: Sequence[_Candidate], same_document: float) -> float:
    """What a sentence adds to those already taken."""
    worth = candidate.relevance - _REDUNDANCY * max((cosine(candidate.vector, one.vector) for one in taken), default=0)
    worth -= _SAME_PASSAGE * sum(one.passage == candidate.passage for one in taken)
    worth -= same_document * sum(one.passage.document == candidate.passage.document for one in taken)
    alone = all(one.place != candidate.place - 1 or one.passage != candidate.passage for one in taken)
    return worth - candidate.leaning * alone


def _vector(text: str, idf: Idf) -> Vector:
    counts = Counter(stem(word.text) for word in words(text) if fold(word.text) not in STOP_WORDS)
    return {term: idf(term) * count * (_K1 + 1) / (count + _K1) for term, count in counts.items()}


def _sum(vectors: Sequence[Vector]) -> Vector:
    total: Counter[str] = Counter()
    for vector in vectors:
        total.update(vector)
    return dict(total)


def cosine(one: Vector, other: Vector) -> float:
    """How alike two texts are by the weights of their stems, 0..1; 0 where one has none."""
    product = sum(weight * other.get(term, 0.0) for term, weight in one.items())
    norms = math.hypot(*one.values()) * math.hypot(*other.values())
    return product / norms if norms else 0.0
