"""How unlikely it is that somebody who meant one word wrote another: a noisy channel.

The prices were learned from real misspellings (one half of the development pairs of Birkbeck's list, checked on the
other); only their proportions matter. What hands and ears do often is cheap: a letter left out, one doubled or not,
a vowel for a vowel, letters that sound alike, two letters exchanged. A wrong first letter is dear.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from itertools import pairwise, permutations
from math import log10
from typing import NamedTuple

from rapidfuzz.distance import OSA

from content.sounds import sound
from content.vocabulary import Known

_VOWELS = frozenset("aeiouy")
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALIKE = ("ckqx", "csz", "td", "pb", "gj", "gk", "wu", "xs", "jy", "hw")

#: One letter for another: two vowels, alike in sound, neighbours on the keyboard, a vowel and a consonant, any others.
_VOWEL, _SOUNDS, _NEIGHBOUR, _MIXED, _OTHER = 1.35, 0.85, 2.4, 2.4, 2.85
#: Pairs, either way, that differ from their kind; p for f is the half of ph.
_PAIRS = {"cs": 0.2, "mn": 0.25, "iy": 0.35, "fp": 0.6, "bd": 0.9, "ei": 0.9, "ae": 1.0, "ru": 1.35, "gq": 1.35,
          "lr": 1.45, "ct": 1.45, "ai": 1.55, "iu": 1.7, "cg": 1.75, "au": 1.75, "eo": 2.0, "fv": 2.1, "st": 2.15,
          "io": 2.3, "oy": 2.6}  # fmt: skip
#: A letter left out, one of a double, an e at the end; other letters, other vowels.
_LEFT_OUT = {"h": 0.05, "i": 0.05, "u": 0.05, "r": 0.1, "e": 0.3, "a": 0.55, "o": 0.8, "s": 1.05, "y": 1.3}
_NO_LETTER, _NO_DOUBLE, _NO_E = 0.55, 0.15, 0.05
#: A letter too many, likewise.
_TOO_MANY = {"h": 1.4, "r": 1.55, "e": 1.65, "i": 1.95, "a": 2.15, "o": 2.2, "u": 2.6, "k": 2.6, "w": 3.05, "y": 3.15,
             "m": 3.35, "f": 3.5}  # fmt: skip
_MORE_LETTER, _MORE_DOUBLE, _MORE_E = 2.15, 1.25, 0.95
_EXCHANGED = 0.75
#: Another first letter, another last one, each letter by which what was written is longer.
_FIRST, _LAST, _LONGER = 1.4, 0.1, 0.45
#: Each edit between the sounds; sounding the same; edits as a share of the longer word.
_SOUND, _SAME_SOUND, _SHARE = 1.0, -0.5, 2.05
#: What a word ten times as frequent has in its favour.
_TENFOLD = 1.55

#: The same for a first, cheap look at many words: edits, edits of the sound, and as above.
_LOOK_EDIT, _LOOK_SOUND, _LOOK_SAME, _LOOK_FIRST, _LOOK_LONGER = 1.3, 1.3, -0.9, 1.6, 1.5
#: How many are looked at closely.
_CLOSELY = 20


@dataclass(frozen=True, slots=True)
class Likely:
    """A word that may have been meant."""

    word: str
    #: the higher, the less likely: how odd a misspelling it would be, less how frequent the word is
    cost: float
    #: edits to it, two exchanged letters being one
    edits: int
    #: whether both sound the same
    alike: bool


def likeliest(written: str, words: Iterable[Known], most: int = 99, most_alike: int = 99) -> list[Likely]:
    """Which of these words (in lower case) were meant, the likeliest first; ties by word.

    None has more edits than ``most``, or than ``most_alike`` where it sounds the same.
    """
    heard = sound(written)
    looks = [
        look
        for known in words
        if known.word != written
        and (look := _look(written, heard, known)).edits <= (most if look.apart else most_alike)
    ]
    best = nsmallest(_CLOSELY, looks)
    rated = [Likely(look.word, _cost(written, look), look.edits, look.apart == 0) for look in best]
    return sorted(rated, key=lambda one: (one.cost, one.word))


class _Look(NamedTuple):
    """A word at first sight; made by the hundred, hence a tuple."""

    cost: float
    word: str
    edits: int
    #: edits between the sounds
    apart: int
    #: what its frequency is worth
    favour: float


def _look(written: str, heard: str, known: Known) -> _Look:
    word, spoken, frequency = known
    edits, apart = OSA.distance(written, word), OSA.distance(heard, spoken)
    favour = _TENFOLD * log10(frequency or 1)
    cost = _LOOK_EDIT * edits + _LOOK_SOUND * apart - favour
    if not apart:
        cost += _LOOK_SAME
    if written[0] != word[0]:
        cost += _LOOK_FIRST
    if len(written) > len(word):
        cost += _LOOK_LONGER * (len(written) - len(word))
    return _Look(cost, word, edits, apart, favour)


def _cost(written: str, look: _Look) -> float:
    word = look.word
    cost = _channel(written, word) + _SOUND * look.apart + (0 if look.apart else _SAME_SOUND) - look.favour
    cost += _SHARE * look.edits / max(len(written), len(word)) + _LONGER * max(0, len(written) - len(word))
    return cost + (_FIRST if written[0] != word[0] else 0) + (_LAST if written[-1] != word[-1] else 0)


def _channel(written: str, meant: str) -> float:
    """The cheapest way from one word to the other, letter by letter (two rows of the usual table)."""
    replaced, left_out = _replacements(), _left_out(meant)
    before: list[float] = []
    row = [0.0]
    for price in left_out:
        row.append(row[-1] + price)
    for at, (letter, more) in enumerate(zip(written, _too_many(written), strict=True)):
        previous = written[at - 1] if at else ""
        new = [row[0] + more]
        for place, other in enumerate(meant):
            price = row[place] if letter == other else row[place] + replaced.get(letter + other, _OTHER)
            price = min(price, row[place + 1] + more, new[place] + left_out[place])
            if place and at and letter == meant[place - 1] and previous == other:
                price = min(price, before[place - 1] + _EXCHANGED)
            new.append(price)
        before, row = row, new
    return row[-1]


def _left_out(word: str) -> list[float]:
    """What it costs to leave out each letter."""
    return _doubled(word, [_LEFT_OUT.get(letter, _NO_LETTER) for letter in word], _NO_DOUBLE, _NO_E)


def _too_many(word: str) -> list[float]:
    """What it costs to have written each letter where none was meant."""
    return _doubled(word, [_TOO_MANY.get(letter, _MORE_LETTER) for letter in word], _MORE_DOUBLE, _MORE_E)


def _doubled(word: str, prices: list[float], double: float, last: float) -> list[float]:
    if word.endswith("e"):
        prices[-1] = last
    return [double if at and word[at - 1] == letter else prices[at] for at, letter in enumerate(word)]


@cache
def _replacements() -> dict[str, float]:
    """Two letters → what it costs to write the first for the second; pairs that are not here are any others."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    prices = {a + b: _MIXED for a, b in permutations(letters, 2) if (a in _VOWELS) != (b in _VOWELS)}
    prices |= dict.fromkeys(_neighbours(), _NEIGHBOUR)
    prices |= {a + b: _SOUNDS for group in _ALIKE for a, b in permutations(group, 2)}
    prices |= {a + b: _VOWEL for a, b in permutations(sorted(_VOWELS), 2)}
    return prices | _PAIRS | {pair[::-1]: price for pair, price in _PAIRS.items()}


def _neighbours() -> Iterable[str]:
    """Keys beside and below each other, both ways."""
    pairs = [row[at : at + 2] for row in _KEYBOARD for at in range(len(row) - 1)]
    for upper, lower in pairwise(_KEYBOARD):
        pairs += [upper[at] + lower[at] for at in range(len(lower))]
        pairs += [upper[at + 1] + lower[at] for at in range(len(lower))]
    return [both for pair in pairs for both in (pair, pair[::-1])]
