"""Which file a document came from, so that it can be told when the file is gone. Nothing is removed for that.

Files that hold many documents are not noted.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy import Engine, delete, insert, select

from content.documents import Document
from content.formats import Read
from content.tables import DOCUMENTS, VISITS, chunks

_MANY = ".jsonl"
Located = tuple[Path, Read]


def noting(found: Iterable[Located], places: dict[str, str]) -> Iterator[Read]:
    """What was found, while ``places`` learns the file of each document as it passes."""
    for path, read in found:
        if isinstance(read, Document) and path.suffix.lower() != _MANY:
            places[read.id] = _address(path)
        yield read


@dataclass(frozen=True, slots=True)
class Origins:
    """The files that documents came from, in a database."""

    engine: Engine

    def note(self, places: Mapping[str, str]) -> None:
        """Remember the files (addresses) of documents; what is known of them already stays."""
        documents = {address: name for name, address in places.items()}
        for some in chunks(sorted(documents)):
            with self.engine.begin() as db:
                query = select(VISITS.c.url, VISITS.c.document).where(VISITS.c.url.in_(some))
                known = {row.url: row.document for row in db.execute(query)}
                new = [address for address in some if known.get(address) != documents[address]]
                if new:
                    db.execute(delete(VISITS).where(VISITS.c.url.in_(new)))
                    db.execute(insert(VISITS), [{"url": each, "document": documents[each]} for each in new])

    def gone(self, folders: Iterable[Path], seen: Iterable[str]) -> tuple[str, ...]:
        """The documents from below folders whose files are no longer there, but for those just ``seen``."""
        there = VISITS.join(DOCUMENTS, DOCUMENTS.c.id == VISITS.c.document)
        known = select(VISITS.c.url, VISITS.c.document).select_from(there)
        lost, kept = set[str](), set(seen)
        with self.engine.connect() as db:
            for folder in folders:
                below = VISITS.c.url.startswith(f"{_address(folder)}/", autoescape=True)
                for row in db.execute(known.where(below)):
                    (kept if _file(row.url).exists() else lost).add(row.document)
        return tuple(sorted(lost - kept))


def _address(path: Path) -> str:
    """A path as one that means the same from anywhere on this machine.

    >>> _address(Path("/notes/./a b.txt")), _file("file:///notes/a%20b.txt") == Path("/notes/a b.txt")
    ('file:///notes/a%20b.txt', True)
    """
    return Path(os.path.abspath(path)).as_uri()


def _file(address: str) -> Path:
    return Path(unquote(urlsplit(address).path, errors="surrogateescape"))
