"""Pages of the web as documents: fetched, taken apart, stored, and asked for again only when they have changed."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from content import formats
from content.addresses import canonical, document_id, web_address
from content.documents import Document
from content.encodings import decode
from content.errors import ContentError, FetchFailed
from content.fetch import Fetched, Fetcher, Validators
from content.library import Indexed, Library
from content.sandbox import Kind, Sandbox
from content.tables import DOCUMENTS, VISITS

_HTML: Final[Kind] = "html"
_PDF: Final[Kind] = "pdf"
_PLAIN: Final = "text"
#: content type → how it is read
_TYPES: Final[Mapping[str, str]] = {
    "text/html": _HTML,
    "application/xhtml+xml": _HTML,
    "application/pdf": _PDF,
    "application/x-pdf": _PDF,
    "text/plain": _PLAIN,
    "text/markdown": _PLAIN,
}
_NOTHING: Final[Mapping[str, str]] = {}
_UNTOLD: Final = frozenset({"", "application/octet-stream", "binary/octet-stream"})


@dataclass(frozen=True, slots=True)
class Visit:
    """What an address gave when it was last fetched."""

    document: str
    validators: Validators


@dataclass(frozen=True, slots=True)
class Visits:
    """The addresses that were fetched, in a database."""

    engine: Engine

    def last(self, url: str) -> Visit | None:
        """The last visit of an address, if what it gave is still a document."""
        there = VISITS.join(DOCUMENTS, DOCUMENTS.c.id == VISITS.c.document)
        with self.engine.connect() as db:
            row = db.execute(select(VISITS).select_from(there).where(VISITS.c.url == url)).first()
        return Visit(row.document, Validators(row.etag, row.modified)) if row else None

    def record(self, url: str, document: str, validators: Validators) -> None:
        """Remember a visit in the place of the last."""
        row = {"url": url, "document": document, "etag": validators.etag, "modified": validators.modified}
        with suppress(IntegrityError), self.engine.begin() as db:  # another process records the same just now
            db.execute(delete(VISITS).where(VISITS.c.url == url))
            db.execute(insert(VISITS).values(row))


@dataclass(frozen=True, slots=True)
class Web:
    """The web as a source of documents. Everything here may take a minute: use a thread."""

    library: Library
    visits: Visits
    fetcher: Fetcher

    def add(self, urls: Iterable[str]) -> Iterator[Indexed]:
        """Fetch pages and store them; one that cannot be had is answered for and does not stop the others.

        Search sees them on the library's ``refresh``.
        """
        with Sandbox() as sandbox:
            for url in urls:
                yield self._add(url, sandbox)

    def _add(self, text: str, sandbox: Sandbox) -> Indexed:
        try:
            url = web_address(text)
            visit = self.visits.last(url)
            fetched = self.fetcher.get(url, visit.validators if visit else Validators())
            if visit and fetched.unchanged:
                return Indexed(visit.document, "unchanged")
            found = page(fetched, sandbox)
        except ContentError as error:
            return Indexed(text, None, str(error))
        (stored,) = self.library.add([found])
        if not stored.error:
            self.visits.record(url, found.id, fetched.validators)
        return stored


def page(fetched: Fetched, sandbox: Sandbox, known: Mapping[str, str] = _NOTHING) -> Document:
    """What was fetched as a document; its id is its canonical address. Raises :class:`ContentError` in words.

    What is ``known`` of it from elsewhere stands where the page states nothing.
    """
    kind = _kind(fetched)
    if kind == _PLAIN:
        return named(fetched.url, decode(fetched.data), known)
    about = {"url": fetched.url, "charset": fetched.charset}
    parsed = sandbox.parse(_PDF if kind == _PDF else _HTML, fetched.data, about)
    return named(fetched.url, parsed["text"], {**known, **parsed["fields"]}, tuple(parsed["headings"]))


def named(url: str, text: str, fields: Mapping[str, str], headings: tuple[int, ...] = ()) -> Document:
    """A document of the web under its canonical address, which ``fields`` may state as "url"."""
    address = canonical(url, fields.get("url"))
    return formats.document(document_id(address), text, {**fields, "url": address}, headings)


def _kind(fetched: Fetched) -> str:
    if fetched.content_type in _UNTOLD:
        return _PDF if fetched.data.startswith(b"%PDF-") else _HTML
    if fetched.content_type not in _TYPES:
        raise FetchFailed(f"there is {fetched.content_type[:60]} at that address, no page, PDF or text")
    return _TYPES[fetched.content_type]
