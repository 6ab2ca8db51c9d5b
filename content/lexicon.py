"""The words of an index in its directory: a file for most, small ones for those that came later.

``words.json`` names the files and the change up to which they have every word. It is replaced as a whole, after
the files it names are there; a file it does not name is a left-over.
"""

import json
import logging
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from content.vocabulary import Frequency, Vocabulary, WordFile, packed, worth_knowing

log = logging.getLogger(__name__)

_LIST = "words.json"
#: Files from which they are put together: the smaller ones first, so that a large one is rarely written again.
_MOST_FILES = 6

#: All words there are with their frequencies: slow, asked only when the files may lack some.
AllWords = Callable[[], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class _Named:
    """The files and the change they are up to; 0 of none."""

    applied: int
    files: tuple[str, ...]


class Lexicon:
    """The vocabulary of an index, kept in files beside it. Only the process that writes the index may `learn`."""

    def __init__(self, directory: Path, frequency: Frequency) -> None:
        self._directory = directory
        self._frequency = frequency
        directory.mkdir(parents=True, exist_ok=True)

    def vocabulary(self) -> Vocabulary:
        """The words as they are now, mapped."""
        return Vocabulary(self._open(self._read()).values(), self._frequency)

    def complete(self, applied: int) -> bool:
        """Whether every word of the changes up to that one is there."""
        named = self._read()
        return named.applied >= applied and len(self._open(named)) == len(named.files)

    def learn(self, before: int, applied: int, new: Iterable[str], everything: AllWords) -> None:
        """Take in the words of the changes after ``before`` up to ``applied``.

        Where the files are not at ``before`` (there are none, they are damaged, a crash came between), all words
        are taken in anew.
        """
        named = self._read()
        files = self._open(named)
        if named.applied != before or len(files) < len(named.files) or not files:
            self._write({}, everything(), applied)
            return
        known = {word for file in files.values() for word in file.having(sorted(set(new)))}
        fresh = {word: max(self._frequency(word), 1) for word in set(new) - known if worth_knowing(word)}
        self._write(files, fresh, applied)

    def _read(self) -> _Named:
        try:
            read = json.loads((self._directory / _LIST).read_text("utf-8"))
            return _Named(int(read["applied"]), tuple(map(str, read["files"])))
        except (OSError, ValueError, TypeError, KeyError):
            return _Named(0, ())

    def _open(self, named: _Named) -> dict[str, WordFile]:
        files = {}
        for name in named.files:
            try:
                files[name] = WordFile.open(self._directory / Path(name).name)
            except (OSError, ValueError) as error:
                log.debug("a file of the vocabulary cannot be used: %s", error)
        return files

    def _write(self, kept: Mapping[str, WordFile], fresh: Mapping[str, int], applied: int) -> None:
        """A file of the fresh words and of those files that are no larger than it grows, beside the rest."""
        kept, words = dict(kept), {word: count for word, count in fresh.items() if worth_knowing(word)}
        while len(kept) >= _MOST_FILES or any(len(file) <= len(words) for file in kept.values()):
            smallest = min(kept, key=lambda name: (len(kept[name]), name))
            words |= dict(kept.pop(smallest).items())
        names = [*kept]
        if words:
            names.append(f"{applied}.words")
            self._put(names[-1], packed(words))
        self._put(_LIST, json.dumps(asdict(_Named(applied, tuple(names)))).encode())
        for left in self._directory.glob("*.words"):
            if left.name not in names:
                left.unlink(missing_ok=True)

    def _put(self, name: str, content: bytes) -> None:
        fresh = self._directory / f"{name}.new"
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._directory / name)
