"""How unlikely it is that somebody who meant one word wrote another: a noisy channel.

The prices were learned from real misspellings (the development pairs of Birkbeck's list: softmax over the words looked
at closely, sixty prices of single letters and pairs kept, rounded; tests/bench/README.md has what halves of the list
say of each other); only their proportions matter. What hands and ears do often is cheap: a letter left out, one doubled
or not, a vowel for a vowel, letters that sound alike, two letters exchanged. A wrong first letter is dear.
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
_VOWEL, _SOUNDS, _NEIGHBOUR, _MIXED, _OTHER = 1.25, 0.8, 2.8, 3.0, 3.05
#: Pairs, either way, that differ from their kind; p for f is the half of ph.
_PAIRS = {"kq": 0.05, "cs": 0.1, "mn": 0.15, "iy": 0.25, "fp": 0.7, "bd": 0.85, "ei": 0.85, "ae": 0.9, "xz": 1.1,
          "ct": 1.3, "ao": 1.4, "eu": 1.4, "ru": 1.4, "ai": 1.55, "iu": 1.65, "ey": 1.75, "lr": 1.8, "au": 1.85,
          "eo": 1.85, "ay": 1.9, "cg": 1.9, "at": 1.95, "no": 1.95, "st": 2.4, "io": 2.65, "oy": 2.65}  # fmt: skip
#: A letter left out, one of a double, an e at the end; other letters.
_LEFT_OUT = {"h": 0.05, "j": 0.05, "u": 0.05, "i": 0.1, "e": 0.25, "r": 0.25, "a": 0.7, "t": 0.75, "m": 0.9,
             "o": 0.9, "s": 1.35, "v": 1.55, "y": 1.65}  # fmt: skip
_NO_LETTER, _NO_DOUBLE, _NO_E = 0.6, 0.15, 0.05
#: A letter too many, likewise.
_TOO_MANY = {"e": 1.7, "d": 1.85, "t": 1.9, "n": 1.95, "c": 2.0, "v": 2.0, "i": 2.1, "a": 2.25, "g": 2.25,
             "o": 2.3, "s": 2.35, "l": 2.45, "k": 2.55, "w": 2.65, "b": 2.8, "p": 2.8, "u": 2.8, "q": 2.85, "m": 3.15,
             "f": 3.3, "y": 3.55}  # fmt: skip
_MORE_LETTER, _MORE_DOUBLE, _MORE_E = 1.45, 0.85, 0.6
_EXCHANGED = 0.8
#: Another first letter, each letter by which what was written is longer.
_FIRST, _LONGER = 1.25, 0.45
#: Each edit between the sounds; sounding the same; edits as a share of the longer word.
_SOUND, _SAME_SOUND, _SHARE = 0.9, -0.45, 2.2
#: What a word ten times as frequent has in its favour, and how much less for each time that it is so already:
#: the commonest words are written right.
_TENFOLD, _SATED = 2.65, 0.137

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
    tenfolds = log10(frequency or 1)
    favour = (_TENFOLD - _SATED * tenfolds) * tenfolds
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
    return cost + (_FIRST if written[0] != word[0] else 0)


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
