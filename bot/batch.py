"""Many questions or queries at once, one "id<TAB>text" a line."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from content import encodings
from content.documents import Answer, NothingFound, Understanding
from content.errors import UnusableQuestion
from content.library import Library
from content.search import documents

_RUN_NAME = "alibaba"
#: A document is often several passages: this many are fetched for one document of a run.
_PASSAGES_PER_DOCUMENT = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line, and where it stands."""

    where: str
    #: ``""`` where there is none
    name: str
    text: str

    @property
    def wrong(self) -> str | None:
        """What is wrong with it, if it has no id."""
        return None if self.name else f"{self.where} is not an id, a tab and a text."


def lines(file: str) -> Iterator[Line]:
    """The lines of a file (``-``: of standard input) that are not empty."""
    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    for number, line in enumerate(encodings.decode(data).split("\n"), 1):
        name, tab, rest = line.partition("\t")
        if line.strip():
            yield Line(f"{file} line {number}", name.strip() if tab else "", rest if tab else line)


def answer(library: Library, line: Line) -> tuple[Answer | NothingFound, str | None]:
    """The answer; or none, and why that line is no question."""
    unanswered = NothingFound(Understanding(line.text), 0.0, (), library.searched())
    if line.wrong:
        return unanswered, line.wrong
    try:
        return library.ask(line.text), None
    except UnusableQuestion as error:
        return unanswered, f"{line.name}: {error}"


def run(library: Library, queries: Iterable[Line], limit: int) -> Iterator[str]:
    """The documents for each query, each by its best passage, as lines of six columns: blanks in an id become _."""
    for query in queries:
        hits = library.search(query.text, limit * _PASSAGES_PER_DOCUMENT).hits
        for rank, (document, score) in enumerate(documents(hits, limit), 1):
            named = "_".join(query.name.split()), "_".join(document.split())
            yield f"{named[0]} Q0 {named[1]} {rank} {score:.6f} {_RUN_NAME}\n"
