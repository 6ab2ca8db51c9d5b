"""The reading page: a quoted passage among its neighbours, for whoever has a link that we signed.

A link says which passage, what to mark in it, the hash it had, and until when it opens. The page is HTML without a
script; its policy lets a browser load nothing but the page's own style.
"""

import asyncio
import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from content.dates import dated
from content.documents import Excerpt, Passage, Place
from content.provenance import without_addresses
from handlers.views.blocks import clean
from handlers.views.reader import CHANGED, SPONSORED, headed, in_document, marks
from handlers.views.wording import named

#: how many paragraphs stand on either side
_AROUND: Final = 12
_DAY: Final = 86_400
_HERE: Final = Path(__file__).parent / "templates"
_STYLE: Final = (_HERE / "readingpage.css").read_text("utf-8")
_HASH: Final = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_HEADERS: Final = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "private, no-store",
}
_WRONG: Final = "This link is not one of ours, or it was cut short. Open it again from the answer in Slack."
_EXPIRED: Final = "This link has expired. Press “Read in context” under the answer in Slack, or ask again."
_GONE: Final = "This passage is no longer in the documents. Ask again in Slack to see what they say now."
_PAGES: Final = Environment(
    loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


class Unreadable(Exception):
    """A link does not open; the text says why in words for its reader."""


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of reading pages."""

    #: where people reach this server, without a closing slash
    public_url: str
    secret: bytes
    clock: Callable[[], float]
    #: how long a link opens, from the end of today
    days: int

    def to(self, place: Place) -> str | None:
        """The address of a place; ``None`` where a browser would read its document's name as a way up."""
        if place.document in (".", ".."):
            return None
        until = (int(self.clock()) // _DAY + 1 + self.days) * _DAY
        spans = ".".join(f"{start}-{end}" for start, end in place.marked)
        told = {
            "p": place.paragraph,
            "m": spans,
            "h": place.fingerprint,
            "until": until,
            "by": self._signature(place, until),
        }
        return f"{self.public_url}/read/{quote(place.document, safe='')}?{urlencode(told)}#p{place.paragraph}"

    def place(self, document: str, query: Mapping[str, str]) -> Place:
        """What a link leads to; raises ``Unreadable`` unless we signed it, and not too long ago."""
        try:
            spans = [span.split("-") for span in query.get("m", "").split(".") if span]
            marked = tuple((int(start), int(end)) for start, end in spans)
            place, until = Place(document, int(query["p"]), marked, query["h"]), int(query["until"])
        except (KeyError, ValueError):
            raise Unreadable(_WRONG) from None
        if not hmac.compare_digest(
            self._signature(place, until).encode(), query.get("by", "").encode(errors="replace")
        ):
            raise Unreadable(_WRONG)
        if self.clock() >= until:
            raise Unreadable(_EXPIRED)
        return place

    def _signature(self, place: Place, until: int) -> str:
        told = json.dumps([place.document, place.paragraph, place.fingerprint, place.marked, until]).encode()
        return hmac.new(self.secret, told, hashlib.sha256).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as the page shows it."""

    number: int
    #: the number by which a link finds it; ``None`` where a link that says its number means the passage quoted
    anchor: int | None
    heading: str | None
    #: stretches of its text, and whether each is to be marked
    runs: tuple[tuple[str, bool], ...]
    quoted: bool
    sponsored: str | None


@dataclass(frozen=True, slots=True)
class Pages:
    """Serves the reading page."""

    links: Links
    excerpt: Callable[[Place, int], Excerpt | None]

    async def read(self, request: web.Request) -> web.Response:
        """A passage in context; 403, 404 or 410 with a word to the reader where there is none."""
        try:
            place = self.links.place(request.match_info["document"], request.query)
        except Unreadable as error:
            return _shown(notice(str(error)), 410 if str(error) == _EXPIRED else 403)
        excerpt = await asyncio.to_thread(self.excerpt, place, _AROUND)
        return _shown(page(excerpt, place)) if excerpt else _shown(notice(_GONE), 404)


def signing_key(token: str) -> bytes:
    """The key of the links, made of a secret that every process of the bot has anyway."""
    return hashlib.sha256(b"reading page:" + token.encode()).digest()


def page(excerpt: Excerpt, place: Place) -> str:
    """The page of an excerpt, as HTML."""
    known = (excerpt.publisher, dated(excerpt.published, excerpt.inferred), excerpt.label)
    return _PAGES.get_template("readingpage.html").render(
        style=_STYLE,
        title=clean(named(excerpt.title, place.document)),
        said=[clean(part) for part in (*known, f"paragraph {excerpt.passage.number}") if part],
        changed=CHANGED if excerpt.changed else None,
        label=SPONSORED,
        lines=list(_lines(excerpt, place)),
        link=in_document(excerpt, place),
        notice=None,
    )


def notice(text: str) -> str:
    """A page that says why there is nothing to read."""
    told: dict[str, object] = {"changed": None, "label": "", "lines": [], "link": None, "said": []}
    return _PAGES.get_template("readingpage.html").render(style=_STYLE, title="Read in context", notice=text, **told)


def _lines(excerpt: Excerpt, place: Place) -> Iterator[Line]:
    for passage, heading in headed(excerpt):
        quoted = passage == excerpt.passage
        runs = tuple(_runs(passage, marks(excerpt, place) if quoted else ()))
        anchor = place.paragraph if quoted else passage.number if passage.number != place.paragraph else None
        yield Line(passage.number, anchor, heading and clean(heading), runs, quoted, passage.sponsored)


def _runs(passage: Passage, spans: tuple[tuple[int, int], ...]) -> Iterator[tuple[str, bool]]:
    text, at = without_addresses(passage), 0
    for start, end in spans:
        yield clean(text[at:start]), False
        yield clean(text[max(at, start) : end]), True
        at = max(at, end)
    yield clean(text[at:]), False


def _shown(html: str, status: int = 200) -> web.Response:
    return web.Response(text=html, status=status, content_type="text/html", charset="utf-8", headers=_HEADERS)
