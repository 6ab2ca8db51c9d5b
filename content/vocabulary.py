"""Words and who their neighbours are, in files that are opened by memory map: nothing is built at a start.

A word is filed under itself and under itself less any one letter, and likewise under its sound. Whatever is one edit
away, in letters or in sound, meets it under one of these keys; so does most of what is two edits away.
"""

import mmap
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from struct import Struct
from typing import NamedTuple
from zlib import crc32

from content.sounds import sound

_MAGIC = b"words\x00v1"
_HEAD = Struct("<8sIII")
#: Words under one key that are looked at, the commonest: of letters, of sounds, of sounds less two of theirs.
_LETTERS, _SOUNDS, _FAR_SOUNDS = 20, 50, 8
#: A word longer than this has no neighbours to speak of.
_LONGEST = 40

#: Between a word and its sound in a file.
_BREAK = "\x1f"

#: The number of passages that have a word now; the files only know what it was when they were written.
Frequency = Callable[[str], int]


class Known(NamedTuple):
    """A word, how it sounds, and its frequency when the file was written."""

    word: str
    sound: str
    frequency: int


def _less_one(words: Iterable[str]) -> set[str]:
    return {word[:at] + word[at + 1 :] for word in words for at in range(len(word))}


def _spelled(word: str) -> set[str]:
    """What a word is filed under for its letters."""
    return {word} | _less_one([word])


def _spoken(heard: str) -> set[str]:
    """What a word is filed under for its sound; words in scripts that have none are not."""
    return {heard} | _less_one([heard]) if heard else set()


def _key(letters: str) -> int:
    return crc32(letters.encode())


def _sound_key(heard: str) -> int:
    """Apart from the keys of letters by a sign that no word has."""
    return crc32(f"={heard}".encode())


class WordFile:
    """Some words with their frequencies, the commonest first, and what each is filed under."""

    def __init__(self, content: bytes | mmap.mmap) -> None:
        """Raises ``ValueError`` when that is no such file, or not all of it."""
        magic, words, filed, letters = _HEAD.unpack_from(content) if len(content) >= _HEAD.size else (b"", 0, 0, 0)
        sizes = [words + 1, words, filed, filed]
        if magic != _MAGIC or len(content) != _HEAD.size + 4 * sum(sizes) + letters:
            raise ValueError("not a file of words")
        view = memoryview(content)[_HEAD.size :]
        self._ends, self._frequencies, self._filed, self._under = (
            view[4 * sum(sizes[:at]) : 4 * sum(sizes[: at + 1])].cast("I") for at in range(4)
        )
        self._letters = view[4 * sum(sizes) :]

    @classmethod
    def open(cls, file: Path) -> "WordFile":
        """Map a file; its pages are the system's, shared by all processes."""
        with file.open("rb") as opened:
            return cls(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ))

    def __len__(self) -> int:
        return len(self._frequencies)

    def items(self) -> Iterator[tuple[str, int]]:
        """The words and their frequencies when the file was written."""
        return ((known.word, known.frequency) for known in map(self._known, range(len(self))))

    def having(self, words: Iterable[str]) -> Iterator[str]:
        """Those of the words that are here."""
        for word in words:
            if any(self._known(at).word == word for at in self._filed_under(_key(word), len(self))):
                yield word

    def beside(self, word: str) -> list[Known]:
        """The words filed where this one would be for its letters."""
        found = {at for key in _spelled(word) for at in self._filed_under(_key(key), _LETTERS)}
        return [self._known(at) for at in sorted(found)]

    def near(self, word: str) -> list[Known]:
        """The words filed where this one would be, and those whose sound lacks two of its."""
        spoken = _spoken(sound(word))
        found = {at for key in _spelled(word) for at in self._filed_under(_key(key), _LETTERS)}
        found |= {at for key in spoken for at in self._filed_under(_sound_key(key), _SOUNDS)}
        far = _less_one(spoken) - spoken
        found |= {at for key in far for at in self._filed_under(_sound_key(key), _FAR_SOUNDS)}
        return [self._known(at) for at in sorted(found)]

    def _filed_under(self, key: int, most: int) -> list[int]:
        first = bisect_left(self._filed, key)
        if first == len(self._filed) or self._filed[first] != key:
            return []
        last = bisect_right(self._filed, key, first, min(first + most, len(self._filed)))
        return self._under[first:last].tolist()

    def _known(self, at: int) -> Known:
        word, _, heard = str(self._letters[self._ends[at] : self._ends[at + 1]], "utf-8").partition(_BREAK)
        return Known(word, heard, self._frequencies[at])


def packed(frequencies: Mapping[str, int]) -> bytes:
    """The content of a file of these words; the same words make the same bytes."""
    words = sorted(frequencies, key=lambda word: (-frequencies[word], word))
    ends, letters = array("I", [0]), bytearray()
    # Sixteen parts sorted apart: one list of all pairs as Python numbers would take hundreds of megabytes.
    parts = [array("Q") for _ in range(16)]
    for at, word in enumerate(words):
        heard = sound(word)
        letters += f"{word}{_BREAK}{heard}".encode()
        ends.append(len(letters))
        for key in {*map(_key, _spelled(word)), *map(_sound_key, _spoken(heard))}:
            parts[key >> 28].append(key << 32 | at)
    filed, under = array("I"), array("I")
    for part in parts:
        pairs = sorted(part)
        filed.extend(pair >> 32 for pair in pairs)
        under.extend(pair & 0xFFFFFFFF for pair in pairs)
    counts = array("I", [frequencies[word] for word in words])
    head = _HEAD.pack(_MAGIC, len(words), len(filed), len(letters))
    return b"".join([head, *(column.tobytes() for column in (ends, counts, filed, under)), bytes(letters)])


def worth_knowing(word: str) -> bool:
    """Whether a word is one that can be misspelled: letters only, and not too many."""
    return word.isalpha() and len(word) <= _LONGEST


class Vocabulary:
    """The words of the documents: how frequent each is, and which are near another."""

    def __init__(self, files: Iterable[WordFile], frequency: Frequency) -> None:
        self.files = tuple(files)
        self.frequency = frequency

    @classmethod
    def of(cls, frequencies: Mapping[str, int]) -> "Vocabulary":
        """A vocabulary in memory."""
        known = {word: count for word, count in frequencies.items() if worth_knowing(word)}
        return cls([WordFile(packed(known))], lambda word: known.get(word, 0))

    def near(self, word: str) -> list[Known]:
        """Words that may have been meant: at one edit certainly, many at two, and those that sound alike."""
        return [known for file in self.files for known in file.near(word)] if worth_knowing(word) else []

    def beside(self, word: str) -> list[Known]:
        """Words at one edit, and many at two: quicker than :meth:`near`."""
        return [known for file in self.files for known in file.beside(word)] if worth_knowing(word) else []
