"""Words that a question and a document may use for one another, read when the first question comes.

They are in ``thesaurus.txt``; what well-known names are in ``kinds.txt``.

Wider than :mod:`content.synonyms`, which says what makes two figures one quantity: a question is met halfway, what
it finds is quoted, and a reader sees at once whether it is meant.
"""

import re
from collections.abc import Container, Iterator
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from content.inflections import derived, inflections
from content.synonyms import synonyms
from content.words import stem, words

FILES = tuple(Path(__file__).with_name(name) for name in ("thesaurus.txt", "kinds.txt"))
#: Words that may stand between two words of a phrase: "sets itself apart".
_BETWEEN = 2
#: What makes of a word another that Snowball takes for a different one: cheaper, supplier, visitor, leadership, usage.
_SUFFIXES = ("er", "est", "or", "ment", "ship", "age", "ee", "ur", "dom", "hood", "th")
_SHORTEST = 3


class _Thesaurus(NamedTuple):
    """Stem → stems that may stand for it; the first stem of a phrase → such phrases, numbered, with the same."""

    alike: dict[str, frozenset[str]]
    phrases: dict[str, list[tuple[int, tuple[str, ...], frozenset[str]]]]


@cache
def _read() -> _Thesaurus:
    alike: dict[str, frozenset[str]] = {}
    phrases: dict[tuple[str, ...], frozenset[str]] = {}
    for line in (line for file in FILES for line in file.read_text("utf-8").splitlines()):
        asked, _, met = ("" if line.startswith("#") else line).partition(":")
        stems = frozenset(stem(word.replace("-", "")) for word in (met or asked).split() if "_" not in word)
        for word in asked.split():
            parts = tuple(map(stem, re.split("[_-]", word)))
            if len(parts) > 1:
                phrases[parts] = phrases.get(parts, frozenset()) | stems
            if "_" not in word:
                term = stem(word.replace("-", ""))
                alike[term] = alike.get(term, frozenset()) | stems - {term}
    beginning: dict[str, list[tuple[int, tuple[str, ...], frozenset[str]]]] = {}
    for number, (phrase, others) in enumerate(phrases.items()):
        beginning.setdefault(phrase[0], []).append((number, phrase, others))
    return _Thesaurus(alike, beginning)


def kin(term: str) -> frozenset[str]:
    """The stems that may stand for a stem in a document, itself not among them.

    >>> "merchant" in kin("shopkeep")
    True
    """
    others = inflections(term) | derived(term) | _bases(term)
    alike = (synonyms(form) | _read().alike.get(form, frozenset()) for form in (term, *others))
    return others.union(*alike) - {term}


def _bases(term: str) -> frozenset[str]:
    """What a word is derived from that no stemmer brings together, where it has no line of its own: cheaper, cheap."""
    known = _read().alike
    cut = (term.removesuffix(suffix) for suffix in _SUFFIXES if term not in known and term.endswith(suffix))
    found = (base for short in cut for base in (short, f"{short}e", short[:-1] if short[-2:-1] == short[-1:] else ""))
    return frozenset(base for base in found if len(base) >= _SHORTEST and base in known)


def phrases(question: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The stems of the phrases in a question, each with the stems that may stand for the whole phrase.

    >>> "differenti" in dict(phrases("How does it set itself apart?"))["apart"]
    True
    """
    for phrase, others in _phrases_in(question):
        yield from ((term, others) for term in phrase)


def idle_phrases(question: str, terms: Container[str]) -> Iterator[tuple[str, ...]]:
    """The phrases of a question none of whose words is among its terms: grammar alone, yet they say something.

    >>> list(idle_phrases("Who is it up against?", ()))
    [('up', 'against')]
    """
    return (phrase for phrase, _ in _phrases_in(question) if not any(term in terms for term in phrase))


def _phrases_in(question: str) -> Iterator[tuple[tuple[str, ...], frozenset[str]]]:
    asked = [stem(word.text) for word in words(question)]
    known = (one for term in dict.fromkeys(asked) for one in _read().phrases.get(term, ()))
    for _, phrase, others in sorted(known, key=itemgetter(0)):
        starts = (place for place, term in enumerate(asked) if term == phrase[0])
        if any(_stands(phrase[1:], asked[at + 1 :]) for at in starts):
            yield phrase, others


def _stands(phrase: tuple[str, ...], rest: list[str]) -> bool:
    """Whether the rest of a phrase follows, word by word, with few words between."""
    for term in phrase:
        near = rest[: _BETWEEN + 1]
        if term not in near:
            return False
        rest = rest[near.index(term) + 1 :]
    return True
