"""Words of a question that no document has → the words that were meant.

A word is left alone when it is English: a right word that the documents lack must be reported as missing, not bent
into another. It is left alone, too, when the documents have it (in any inflection), unless they have a neighbour of
it far more often: then they misspell it themselves now and then. What remains is compared with the words of the
documents, of grammar and of English; a word of the documents wins over an English one that is as likely.
"""

import gzip
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib import resources
from itertools import islice
from math import inf, log

from content.documents import Correction, Understanding
from content.forms import MAGNITUDES, is_name
from content.inflections import derived, inflections
from content.likeness import Likely, likeliest
from content.recency import without_newest
from content.sounds import sound
from content.vocabulary import Known, Vocabulary
from content.words import STOP_WORDS, Word, fold, matter, stem, stems, words

_SHORTEST = 4
_SHORTEST_HALF = 3
#: Words of a question that are read; what follows stays as it is.
_MOST_WORDS = 64
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: What stands before the end of a possessive or a contraction, which begins no other word: "Alibaba's top" has no stop.
_ELIDED = re.compile(r"(?<=[^\W_])['’]\Z")
#: Sounds from which two words that sound the same may be one however they are spelled.
_TELLING_SOUND = 4
#: What an English word the documents do not have costs more than one of their own, and what it costs to be rare.
_AWAY, _RARELY = 1.5, 0.6
#: Passages up to which a word that has a far commoner neighbour may be a misspelling in the documents themselves,
#: and edits → how many times commoner that neighbour must be.
_RARE = 20
_COMMONER = {1: 10, 2: 50}

#: How question words are typed in chats; too short to be told by edits.
_CHAT = {"wat": "what", "wut": "what", "wht": "what", "whats": "what is", "hw": "how", "hwo": "how", "wen": "when",
         "y": "why", "wich": "which", "wheres": "where is", "whos": "who is", "hows": "how is"}  # fmt: skip

#: How frequent a word of grammar counts as: no likelier than a word that one passage has.
_STOP_WORD_FREQUENCY = 1
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


def rarity(word: str) -> float:
    """How much a word says, 0..1, by how rare it is in English: 0 for the commonest, 1 for names and for the rarest.

    >>> rarity("go") < rarity("dividend") <= rarity("modelscope") == 1.0
    True
    """
    count = _RAREST if is_name(word) else english().get(fold(word), _RAREST)
    return 1 - log(count / _RAREST) / _log_commonest()


@cache
def _log_commonest() -> float:
    return log(max(english().values()) / _RAREST)


class Spelling:
    """Corrects the words of questions against the words of the documents."""

    def __init__(
        self, vocabulary: Vocabulary | Mapping[str, int], in_documents: InDocuments, as_written: AsWritten = str
    ) -> None:
        """A mapping gives words with the number of passages that have them."""
        self._vocabulary = vocabulary if isinstance(vocabulary, Vocabulary) else Vocabulary.of(vocabulary)
        self._in_documents = in_documents
        self._as_written = lru_cache(maxsize=1 << 12)(as_written)
        self._corrected = lru_cache(maxsize=1 << 12)(self._nearest)
        self._rivalled = lru_cache(maxsize=1 << 12)(self._rival)

    def understand(self, question: str) -> Understanding:
        """The question as it is to be read, every correction named, and the words no document has."""
        found = list(islice(words(question), _MOST_WORDS))
        corrections: list[Correction] = []
        pieces: list[str] = []
        position = at = 0
        while at < len(found):
            ends_another = _ELIDED.search(question, 0, found[at].start)
            taken, read = self._read(found[at : at + (1 if ends_another else 2)], shouted=question.isupper())
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
        unknown = dict.fromkeys(word for word in matter(without_newest(question)) if not self._stands(word))
        return tuple([word for word in unknown if rarity(word) > _COMMON] or unknown)

    def _read(self, pair: Sequence[Word], shouted: bool) -> tuple[int, str | None]:
        """How many words were read, and as what when not as written.

        What is in capitals is a name, where not all is: never a misspelling of a word that the documents write without.
        """
        joined = fold("".join(word.text for word in pair))
        if len(pair) == 2 and not all(self.knows(word.text) for word in pair) and self._has(joined):
            return 2, self._as_written(joined)
        read = self.correct(pair[0].text)
        meant = read and " ".join(self._as_written(word) for word in read.split())
        return 1, None if meant and meant.islower() and pair[0].text.isupper() and not shouted else meant

    def _has(self, word: str) -> bool:
        return word.isalpha() and self._vocabulary.frequency(word) > 0

    def knows(self, word: str) -> bool:
        """Whether a word stands in the documents, in whatever form, or belongs to grammar."""
        return fold(word) in STOP_WORDS or self._stands(word)

    def _stands(self, word: str) -> bool:
        forms = (stem(word), *inflections(stem(word)), *derived(stem(word)))
        if any(map(self._in_documents, forms)):
            return True
        if scale := MAGNITUDES.get(fold(word)):
            return self._in_documents(stem(scale))
        parts = stems(word)[1:]  # of a code, or of a run of signs: found by them, it is there
        return bool(parts) and all(self._in_documents(part) for part in parts)

    def correct(self, word: str) -> str | None:
        """The word that was meant, in lower case; ``None`` when the word is fine or nothing is near."""
        folded = fold(word)
        known = self.knows(word)
        if folded in _CHAT and not known:
            return _CHAT[folded]
        if not folded.isalpha() or folded in STOP_WORDS:
            return None
        if len(folded) < _SHORTEST:
            return None if known else self._swapped(folded)
        if known:
            return self._rivalled(folded)
        return None if folded in english() else self._corrected(folded)

    def _swapped(self, word: str) -> str | None:
        """The English word of which a short one has two letters in each other's place: any other edit is a guess.

        The first letter is the last to be wrong.
        """
        swapped = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in reversed(range(len(word) - 1)))
        meant = (other for other in swapped if other in english() and self.knows(other))
        return None if len(word) < _SHORTEST_HALF or word in english() else next(meant, None)

    def _rival(self, word: str) -> str | None:
        """A far commoner neighbour of a word that stands in few passages: those misspell it as the question does."""
        own = max(self._vocabulary.frequency(word), 1)  # 0: only an inflection of it is there, or seems to be
        if own > _RARE:
            return None
        commoner = (known for known in self._vocabulary.beside(word) if known.frequency >= _COMMONER[1] * own)
        for likely in likeliest(word, commoner):
            if self._vocabulary.frequency(likely.word) >= _COMMONER.get(likely.edits, inf) * own:
                right = stem(likely.word) == stem(word) or word in english() or self._is_name(word, likely.word)
                return None if right else likely.word
        return None

    def _is_name(self, word: str, other: str) -> bool:
        """Whether the documents write a word as a name and its neighbour not: Tmall is no misspelling of small."""
        return self._as_written(word) != word and self._as_written(other) == other

    def _nearest(self, word: str) -> str | None:
        closest = self._closest(word)
        if closest and closest.edits == 1:
            return closest.word
        return self._split(word) or (closest.word if closest else None)

    def _split(self, word: str) -> str | None:
        """Two words of the documents written as one."""
        cuts = range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)
        halves = [(word[:cut], word[cut:]) for cut in cuts]
        both = [pair for pair in halves if all(map(self._has, pair))]
        if not both:
            return None
        return " ".join(max(both, key=lambda pair: (min(map(self._vocabulary.frequency, pair)), pair)))

    def _closest(self, word: str) -> Likely | None:
        """The likeliest of the documents' words, of grammar's; of English ones where none is one edit away.

        When that is an English word the documents do not have, the word stays as it was typed: nothing would be found.
        """
        own = {known.word: known for known in (*_grammar().near(word), *self._vocabulary.near(word))}
        rated = likeliest(word, own.values(), *_allowed(word))
        first = next((one for one in rated if one.word in STOP_WORDS or self._vocabulary.frequency(one.word)), None)
        if first and first.edits == 1:
            return first
        foreign = [self._foreign(one) for one in likeliest(word, _english_beside(word))]
        best = min([*foreign, *filter(None, [first])], key=lambda one: (one.cost, one.word), default=None)
        return best if best and self.knows(best.word) else None

    def _foreign(self, likely: Likely) -> Likely:
        """An English word of which the documents have an inflection costs as if it stood there itself."""
        away = 0.0 if self._in_documents(stem(likely.word)) else _AWAY
        return replace(likely, cost=likely.cost + away + _RARELY * rarity(likely.word))


@cache
def _grammar() -> Vocabulary:
    return Vocabulary.of(dict.fromkeys(STOP_WORDS, _STOP_WORD_FREQUENCY))


def _english_beside(word: str) -> list[Known]:
    """English words at one edit, as if each stood in one passage."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    beside = {left + right[1:] for left, right in cuts if right}
    beside |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    beside |= {left + letter + rest for left, right in cuts for letter in _LETTERS for rest in (right, right[1:])}
    return [Known(found, sound(found), 1) for found in sorted(beside & english().keys()) if len(found) >= _SHORTEST]


def _allowed(word: str) -> tuple[int, int]:
    """Edits within which another word may be this one, and within which one that sounds the same may."""
    few = min(3, max(1, (len(word) + 1) // 4))
    return few, len(word) // 2 if len(sound(word)) >= _TELLING_SOUND else few
