"""A web address → bytes, politely and within limits: the one place that asks the web for documents.

Names are resolved once and every address they have is checked, on every redirect anew. Each host is asked at most
once a second, what its robots.txt forbids is left alone, and what may pass is tried again with growing pauses.
"""

import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import httpx

from content import robots
from content.addresses import Allowed, web_address
from content.connecting import SILENCE, Checked, Resolve, addresses, transport
from content.errors import FetchFailed, Refused, TooLarge

LARGEST_BODY: Final = 20_000_000
#: seconds for an address with all its redirects, each attempt
PATIENCE: Final = 40.0
_REDIRECTS: Final = 5
#: seconds before each new attempt
_PAUSES: Final = (1.0, 3.0)
_LONGEST_PAUSE: Final = 30.0
#: seconds between two requests to one host
_POLITE: Final = 1.0
#: seconds a robots.txt is remembered
_ROBOTS_AGE: Final = 3600.0
_LONGEST_VALIDATOR: Final = 500
PROGRAM: Final = "alibaba-bot"
_AGAIN: Final = frozenset({429, 500, 502, 503, 504})
_WORDS: Final[Mapping[int, str]] = {
    401: "it asks for a password",
    403: "it does not let this program in",
    404: "there is nothing at that address",
    410: "what was at that address is gone",
    429: "it asks for fewer requests; try again later",
    451: "it may not be shown for legal reasons",
}


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said about the version it sent last."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was at an address."""

    #: after all redirects
    url: str
    data: bytes
    #: without parameters, in lower case; "" when nobody said
    content_type: str = ""
    charset: str = ""
    validators: Validators = Validators()
    #: the server says that nothing has changed, and sent nothing
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Manners:
    """Who asks, and how the time is told; tests bring a clock of their own."""

    #: the User-Agent
    agent: str = PROGRAM
    allowed: Allowed = field(default_factory=Allowed)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    resolve: Resolve = addresses
    patience: float = PATIENCE


@dataclass(slots=True)
class Fetcher:
    """Remembers when each host was asked last, and what its robots.txt says. Threads may share it."""

    manners: Manners
    #: whose certificates are believed
    trust: ssl.SSLContext = field(default_factory=lambda: httpx.create_ssl_context(trust_env=False))
    _asked: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, tuple[float, robots.Robots]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, url: str, known: Validators = Validators()) -> Fetched:
        """What is at an address; raises :class:`FetchFailed`, :class:`Refused` or :class:`TooLarge`, in words."""
        for pause in (*_PAUSES, None):
            try:
                return self._followed(web_address(url), known)
            except _Passing as trouble:
                if pause is None:
                    raise FetchFailed(str(trouble)) from trouble
                self.manners.sleep(max(pause, trouble.wait))
        raise AssertionError("the last attempt returns or raises")

    def _followed(self, url: str, known: Validators) -> Fetched:
        deadline = self.manners.clock() + self.manners.patience
        for _ in range(_REDIRECTS + 1):
            self._permitted(url, deadline)
            found = self._asked_once(url, known, deadline)
            if isinstance(found, Fetched):
                return found
            url = web_address(found, below=url)
        raise FetchFailed(f"it leads from one address to the next, more than {_REDIRECTS} times")

    def _permitted(self, url: str, deadline: float) -> None:
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if not self._rules(f"{parts.scheme}://{parts.netloc}", deadline).allow(path):
            raise Refused(f"{parts.hostname} asks programs to leave that address alone (robots.txt)")

    def _rules(self, site: str, deadline: float) -> robots.Robots:
        now = self.manners.clock()
        read, rules = self._robots.get(site, (now - 2 * _ROBOTS_AGE, robots.Robots()))
        if now - read > _ROBOTS_AGE:
            rules = self._read_rules(f"{site}/robots.txt", deadline)
            self._robots[site] = (now, rules)
        return rules

    def _read_rules(self, url: str, deadline: float) -> robots.Robots:
        """No robots.txt allows everything; one that cannot be read just now is a trouble that may pass."""
        for _ in range(_REDIRECTS + 1):
            try:
                found = self._asked_once(url, Validators(), deadline, robots.LONGEST_ROBOTS)
            except FetchFailed:
                return robots.Robots()
            except TooLarge:
                return robots.NOTHING_ALLOWED
            if isinstance(found, Fetched):
                return robots.read(found.data.decode("utf-8", errors="replace"), PROGRAM)
            url = web_address(found, below=url)
        return robots.Robots()

    def _asked_once(self, url: str, known: Validators, deadline: float, most: int = LARGEST_BODY) -> Fetched | str:
        """What is at an address, or where it leads."""
        self._wait_for(urlsplit(url).netloc)
        backend = Checked(self.manners.allowed, self.manners.resolve, lambda: deadline - self.manners.clock())
        try:
            with (
                httpx.Client(transport=transport(backend, self.trust), trust_env=False, timeout=SILENCE) as client,
                client.stream("GET", url, headers=self._headers(known)) as response,
            ):
                return _judged(response, url, most)
        except httpx.TimeoutException as error:
            raise _Passing("it does not answer in time") from error
        except httpx.RemoteProtocolError as error:
            raise _Passing("its answer makes no sense") from error
        except httpx.TransportError as error:
            if distrust := _distrusted(error):
                raise FetchFailed(f"its certificate cannot be trusted: {distrust}") from error
            raise _Passing("it cannot be reached") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise FetchFailed("its answer makes no sense") from error

    def _headers(self, known: Validators) -> dict[str, str]:
        asked = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
        fixed = {"User-Agent": self.manners.agent, "Accept-Encoding": "gzip", "Accept": "*/*"}
        return fixed | {name: value for name, value in asked.items() if value}

    def _wait_for(self, host: str) -> None:
        with self._lock:
            now = self.manners.clock()
            free = max(now, self._asked.get(host, now - _POLITE) + _POLITE)
            self._asked[host] = free
        if free > now:
            self.manners.sleep(free - now)


def _distrusted(error: httpx.TransportError) -> str | None:
    """What is wrong with a certificate, if that is what lies beneath an error: httpcore keeps it as an argument."""
    beneath = error.__cause__.args[0] if error.__cause__ and error.__cause__.args else None
    return beneath.verify_message.rstrip(".") if isinstance(beneath, ssl.SSLCertVerificationError) else None


class _Passing(Exception):
    """A trouble that may pass; ``wait`` is how long the server asks for, in seconds."""

    def __init__(self, words: str, wait: float = 0.0) -> None:
        super().__init__(words)
        self.wait = wait


def _judged(response: httpx.Response, url: str, most: int) -> Fetched | str:
    status, headers = response.status_code, response.headers
    if status == 304:
        return Fetched(url, b"", unchanged=True)
    if response.has_redirect_location:
        return str(headers["location"])
    if status != 200:
        words = _WORDS.get(status, f"it answers with an error ({status})")
        if status in _AGAIN:
            told = headers.get("retry-after", "")
            raise _Passing(words, min(float(told), _LONGEST_PAUSE) if told.isdecimal() else 0.0)
        raise FetchFailed(words)
    data = b"".join(_body(response, most))
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return Fetched(url, data, kind, response.charset_encoding or "", _validators(headers))


def _validators(headers: httpx.Headers) -> Validators:
    etag, modified = headers.get("etag"), headers.get("last-modified")
    return Validators(
        etag if etag and len(etag) < 500 else None, modified if modified and len(modified) < 100 else None
    )


def _body(response: httpx.Response, most: int) -> Iterator[bytes]:
    """The body, unpacked no further than the limit."""
    packed = response.headers.get("content-encoding", "identity").strip().lower()
    if packed not in ("identity", "", "gzip", "x-gzip"):
        raise FetchFailed(f"it is packed in a way nobody asked for ({packed[:40]})")
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > most:
        raise _too_large(most)
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed.endswith("gzip") else None
    length = 0
    try:
        for chunk in response.iter_raw():
            piece = unpack.decompress(chunk, most + 1 - length) if unpack else chunk
            length += len(piece)
            if length > most:
                raise _too_large(most)
            yield piece
    except zlib.error as error:
        raise FetchFailed("it was damaged on the way") from error
    if unpack and not unpack.eof:
        raise FetchFailed("it was damaged on the way")


def _too_large(most: int) -> TooLarge:
    return TooLarge(f"it is larger than the {most / 1_000_000:g} MB that are read")
