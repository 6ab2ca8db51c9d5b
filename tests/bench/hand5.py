"""The ranker to beat, "hand-5": five features with weights chosen by hand, as the first prototype had them.

Coverage of the question's stems + .4 × type + .3 × definition + .1 × first sentence − .2 × fragment. It shares the
stemmer and the synonyms with the program and nothing else.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from content.synonyms import synonyms
from content.words import STOP_WORDS, content_words, fold, stem, words

_TYPE, _DEFINITION, _FIRST, _FRAGMENT = 0.4, 0.3, 0.1, 0.2
_CONTINUED, _RELATED = 0.7, 0.6
_CLOSED = re.compile(r"[.!?…]\W*$")
_NUMBER = r"\d[\d,.]*|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|million|dozen)\b"
_CAPITAL = r"[A-Z][\w’'-]+"
_NAME = rf"(?<=[a-z,;] ){_CAPITAL}"
_MONTHS = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"

#: kind → how it is asked, and what a sentence that answers holds; the first that is asked decides
_KINDS = {
    "date": (r"^\W*when\b|\bwhat (?:year|date|day|month)\b", rf"\b(?:1\d|20)\d\d\b|\b{_MONTHS}\b|\bcentury\b"),
    "money": (r"\bhow much\b.*\b(?:cost|pay|paid|worth|spen\w+|pledg\w+|invest\w*)\b|\bprice\b", r"[$€£¥]\s?\d|dollar"),
    "duration": (r"\bhow (?:long|old|often)\b", r"\b(?:years?|months?|days?|weeks?|hours?|minutes?)\b"),
    "number": (r"\bhow (?:many|much|big|large|far|fast|high|tall)\b|\bwhat (?:number|percent\w*)\b", _NUMBER),
    "place": (
        r"\bwhere\b|\b(?:what|which) (?:\w+ )?(?:country|county|city|state|region|place)\b",
        rf"\b(?:in|at|of|near|from) {_CAPITAL}",
    ),
    "person": (r"\bwho(?:m|se)?\b", _NAME),
    "why": (r"\bwhy\b", r"\b(?:because|since|due to|in order to|as a result|caused?)\b"),
    "definition": (r"^\W*what(?:'s| is| are| does) (?:an? |the )?(?:\S+\s?){1,4}(?:mean\W*)?$", ""),
    "kind": (r"\bwhat (?:kind|type|sort)\b", r"\b(?:an?|the)\b"),
    "entity": (r"\b(?:what|which) \w+", _NAME),
    "other": ("", ""),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frequencies:
    """In how many of all sentences each stem stands."""

    sentences: int
    having: Counter[str]

    @classmethod
    def of(cls, sentences: Iterable[str]) -> "Frequencies":
        """Count them."""
        all_of_them = [stems_of(sentence) for sentence in sentences]
        return cls(len(all_of_them), Counter(term for found in all_of_them for term in found))

    def idf(self, term: str) -> float:
        """How telling a stem is."""
        return math.log(1 + (self.sentences - self.having[term] + 0.5) / (self.having[term] + 0.5))


def stems_of(text: str) -> frozenset[str]:
    """The stems of all words of a text."""
    return frozenset(stem(word.text) for word in words(text))


def hand5(question: str, sentences: Sequence[str], frequencies: Frequencies) -> list[float]:
    """A score for each sentence."""
    asked = {stem(word.text) for word in content_words(question)}
    kind, expected = next((name, held) for name, (put, held) in _KINDS.items() if re.search(put, question, re.I))
    focus = "" if kind != "definition" else r"\W+".join(_content(question))
    scores = []
    for at, sentence in enumerate(sentences):
        typed = bool(expected) and _holds(expected, sentence, asked)
        defined = bool(focus) and re.search(
            rf"\b{focus}\w*\b.{{0,40}}?\b(?:is|are|means?) (?:an?|the)\b", sentence, re.I
        )
        score = _coverage(asked, sentence, frequencies) + _TYPE * typed + _DEFINITION * bool(defined)
        scores.append(score + _FIRST * (at == 0) - _FRAGMENT * (not _CLOSED.search(sentence)))
    return scores


def _content(question: str) -> list[str]:
    return [re.escape(word.text) for word in words(question) if fold(word.text) not in STOP_WORDS | {"mean"}]


def _holds(expected: str, sentence: str, asked: set[str]) -> bool:
    return any(not stems_of(found.group()) <= asked for found in re.finditer(expected, sentence))


def _coverage(asked: set[str], sentence: str, frequencies: Frequencies) -> float:
    present = stems_of(sentence)
    whole = sum(map(frequencies.idf, sorted(asked))) or 1.0
    return sum(frequencies.idf(term) * _match(term, present) for term in sorted(asked)) / whole


def _match(term: str, present: frozenset[str]) -> float:
    if term in present:
        return 1.0
    longer = ({term, other} for other in present)
    if any(min(two, key=len) and max(two, key=len).startswith(min(two, key=len)) and _near(two) for two in longer):
        return _CONTINUED
    begins = len(term) >= 6 and any(other[:6] == term[:6] for other in present)
    return _RELATED if begins or synonyms(term) & present else 0.0


def _near(two: set[str]) -> bool:
    short, long = sorted(map(len, two))[0], sorted(map(len, two))[-1]
    return short >= 3 and long - short <= 4
