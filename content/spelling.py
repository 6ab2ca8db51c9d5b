"""Words of a question that no document has → the words that were meant.

A word is left alone when the documents have it (in any inflection) or when it is English: a right word that the
documents lack must be reported as missing, not bent into another. What remains is compared with the words of
the documents, of grammar and of English; a word of the documents wins over an English one that is as close.
"""

import gzip
import json
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from importlib import resources
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from content.documents import Correction, Understanding
from content.words import STOP_WORDS, Word, content_words, fold, stem, stems, words

_SHORTEST = 4
_SHORTEST_HALF = 3
#: A first letter is rarely mistyped: another one counts as half an edit more.
_OTHER_FIRST_LETTER = 0.5
#: How much farther a word may be for being one of the documents' own, in edits.
_HOME_ADVANTAGE = 0.6

#: How question words are typed in chats; too short to be told by edits.
_CHAT = {"wat": "what", "wut": "what", "wht": "what", "whats": "what is", "hw": "how", "hwo": "how", "wen": "when",
         "y": "why", "wich": "which", "wheres": "where is", "whos": "who is", "hows": "how is"}  # fmt: skip

#: The rarity below which a word hardly matters beside others: "pay", "go".
_COMMON = 0.4
#: The count of the rarest words in the English list.
_RAREST = 50

#: Whether a stem stands in the documents.
InDocuments = Callable[[str], bool]
#: A lower-case word → as the documents write it: modelscope → ModelScope.
AsWritten = Callable[[str], str]


@cache
def english() -> dict[str, int]:
    """The English words of pyspellchecker in lower case, with how often each stood in its texts.

    Read when the first unknown word comes (60 ms).
    """
    packed = resources.files("spellchecker").joinpath("resources", "en.json.gz").read_bytes()
    return {word: count for word, count in json.loads(gzip.decompress(packed)).items() if word.isalpha()}


@cache
def _english_list() -> tuple[str, ...]:
    return tuple(sorted(word for word in english() if len(word) >= _SHORTEST))


def rarity(word: str) -> float:
    """How much a word says, 0..1, by how rare it is in English: 0 for the commonest, 1 for names and for the rarest.

    >>> rarity("go") < rarity("dividend") <= rarity("modelscope") == 1.0
    True
    """
    return 1 - log(english().get(fold(word), _RAREST) / _RAREST) / _log_commonest()


@cache
def _log_commonest() -> float:
    return log(max(english().values()) / _RAREST)


class Spelling:
    """Corrects the words of questions against a vocabulary (word → number of passages that have it)."""

    def __init__(self, vocabulary: dict[str, int], in_documents: InDocuments, as_written: AsWritten = str) -> None:
        self._frequency = {word: count for word, count in vocabulary.items() if word.isalpha()}
        self._in_documents = in_documents
        self._as_written = lru_cache(maxsize=1 << 12)(as_written)
        known = self._frequency.keys() | STOP_WORDS
        self._candidates = sorted(word for word in known if len(word) >= _SHORTEST_HALF)
        self._corrected = lru_cache(maxsize=1 << 12)(self._nearest)

    def understand(self, question: str) -> Understanding:
        """The question as it is to be read, every correction named, and the words no document has."""
        found = list(words(question))
        corrections: list[Correction] = []
        pieces: list[str] = []
        position = at = 0
        while at < len(found):
            taken, read = self._read(found[at : at + 2])
            first, last = found[at], found[at + taken - 1]
            pieces.append(question[position : first.start])
            pieces.append(read or question[first.start : last.end])
            if read:
                corrections.append(Correction(question[first.start : last.end], read))
            position, at = last.end, at + taken
        understood = "".join([*pieces, question[position:]])
        missing = self._missing(understood)
        return Understanding(question, tuple(corrections), understood if corrections else None, missing)

    def _missing(self, question: str) -> tuple[str, ...]:
        unknown = dict.fromkeys(word.text for word in content_words(question) if not self.knows(word.text))
        telling = [word for word in unknown if rarity(word) > _COMMON]
        return tuple(telling or unknown)

    def _read(self, pair: Sequence[Word]) -> tuple[int, str | None]:
        """How many words were read, and as what when not as written."""
        joined = fold("".join(word.text for word in pair))
        if len(pair) == 2 and joined in self._frequency and not all(self.knows(word.text) for word in pair):
            return 2, self._as_written(joined)
        read = self.correct(pair[0].text)
        return 1, read and " ".join(self._as_written(word) for word in read.split())

    def knows(self, word: str) -> bool:
        """Whether a word needs no correction: the documents have it, or grammar does."""
        if fold(word) in STOP_WORDS or self._in_documents(stem(word)):
            return True
        parts = stems(word)[1:]  # of a code, or of a run of signs: found by them, it is there
        return bool(parts) and all(self._in_documents(part) for part in parts)

    def correct(self, word: str) -> str | None:
        """The word that was meant, in lower case; ``None`` when the word is fine or nothing is near."""
        folded = fold(word)
        if folded in _CHAT and not self.knows(word):
            return _CHAT[folded]
        if len(folded) < _SHORTEST or not folded.isalpha() or self.knows(word) or folded in english():
            return None
        return self._corrected(folded)

    def _nearest(self, word: str) -> str | None:
        return self._split(word) or self._closest(word)

    def _split(self, word: str) -> str | None:
        """Two words of the documents written as one."""
        cuts = range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)
        halves = [(word[:cut], word[cut:]) for cut in cuts]
        both = [pair for pair in halves if all(half in self._frequency for half in pair)]
        if not both:
            return None
        return " ".join(max(both, key=lambda pair: (min(self._frequency[half] for half in pair), pair)))

    def _closest(self, word: str) -> str | None:
        """The cheapest of the documents' words, of grammar's, and of English ones that are very near.

        When that is an English word the documents do not have, the word stays as it was typed: nothing would be found.
        """
        allowed = _allowed(word)
        own = process.extract(word, self._candidates, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        rated = [(self._cost(word, candidate, distance), candidate) for candidate, distance, _ in own]
        foreign = process.extract(word, _english_list(), scorer=OSA.distance, score_cutoff=1, limit=None)
        rated += [(self._foreign_cost(word, candidate, distance), candidate) for candidate, distance, _ in foreign]
        best = min(rated, default=(0.0, ""))[1]
        return best if best and self.knows(best) else None

    def _cost(self, word: str, candidate: str, distance: float) -> float:
        """Edits, less what a frequent word has in its favour: a factor of ten is worth a quarter of an edit."""
        frequency = 0 if candidate in STOP_WORDS else self._frequency[candidate]
        return _distance(word, candidate, distance) - log(1 + frequency, 10) / 4

    def _foreign_cost(self, word: str, candidate: str, distance: float) -> float:
        """An English word of which the documents have an inflection costs as if it stood there itself."""
        away = 0.0 if self._in_documents(stem(candidate)) else _HOME_ADVANTAGE
        return _distance(word, candidate, distance) + away + rarity(candidate) / 4


def _distance(word: str, candidate: str, distance: float) -> float:
    return distance + (_OTHER_FIRST_LETTER if word[0] != candidate[0] else 0)


def _allowed(word: str) -> int:
    """Edits within which two words may be one: a fourth of the letters, three at the most."""
    return min(3, max(1, (len(word) + 1) // 4))
