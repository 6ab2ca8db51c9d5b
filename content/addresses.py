"""Web addresses: what may be fetched, and by which name a page is known."""

import hashlib
import ipaddress
import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from content.encodings import clean
from content.errors import Refused

_PORTS: Final = {"http": 80, "https": 443}
_LONGEST: Final = 2_000
#: An id has room for so many characters; of a longer address the rest is a hash.
_LONGEST_NAME: Final = 240
_TRACKING: Final = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid")
#: addresses of IPv6 that only wrap one of IPv4, whose last four bytes it is
_WRAPPED: Final = IPv6Network("64:ff9b::/96")

_NUMBER: Final = re.compile(r"\d+|0[xX][\da-fA-F]*")

Address = IPv4Address | IPv6Address
#: of a host but for a number of IPv6; reading a domain name may make blanks, brackets and empty parts of other signs
_HOST = re.compile(r"(?:[\w-]+\.)*[\w-]+\.?", re.ASCII)
Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be fetched besides the public web: "host", "host:port", an address or a network; none by default."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def read(cls, listed: str) -> "Allowed":
        """From a list with commas; raises ``ValueError`` with the entry that is none."""
        hosts, networks = set(), []
        for entry in (part.strip().lower() for part in listed.split(",") if part.strip()):
            try:
                networks.append(ipaddress.ip_network(entry, strict=False))
            except ValueError:
                host = urlsplit(f"//{entry}")
                if not host.hostname or host.path or host.username or (host.port == 0):
                    raise ValueError(f"{entry} is no host, host:port or network") from None
                hosts.add(entry)
        return cls(frozenset(hosts), tuple(networks))

    def admits(self, host: str, port: int, address: Address) -> bool:
        """Whether a connection to this address of a host may be made."""
        named = {host.lower(), f"{host.lower()}:{port}"} & self.hosts
        return is_public(address) or bool(named) or any(address in network for network in self.networks)


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, whatever it is wrapped in.

    >>> [is_public(ipaddress.ip_address(a)) for a in ("8.8.8.8", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1")]
    [True, False, False, False]
    """
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _WRAPPED:
            inner = IPv4Address(address.packed[-4:])
        if inner:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def web_address(text: str, below: str = "") -> str:
    """The address as it is fetched, resolved against the page it was found on; raises :class:`Refused` in words.

    >>> web_address("News.Example/a b#c")
    'https://news.example/a%20b'
    """
    try:
        found = urljoin(below, text.strip())
        parts = urlsplit(found if "://" in found or ":" in found.split("/")[0].split(".")[0] else f"https://{found}")
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except (ValueError, UnicodeError) as error:
        raise Refused(f"“{_shown(text)}” is no web address") from error
    if parts.scheme not in _PORTS:
        raise Refused(f"only http and https addresses can be fetched, not “{_shown(text)}”")
    odd = clean(found) != found or any(char.isspace() for char in parts.netloc) or _is_odd_number(host)
    if not (":" in host or _HOST.fullmatch(host)) or len(found) > _LONGEST or odd:
        raise Refused(f"“{_shown(text)}” is no web address")
    if parts.username is not None or parts.password is not None:
        raise Refused("the address has a user name or password in it; those are never sent")
    named = f"[{host}]" if ":" in host else host
    place = named if port in (None, _PORTS[parts.scheme]) else f"{named}:{port}"
    path = (parts.path or "/").replace(" ", "%20")
    return urlunsplit((parts.scheme, place, path, parts.query.replace(" ", "%20"), ""))


def canonical(fetched: str, stated: str | None = None) -> str:
    """The address a page is known by: the one it states when that is of the same site, else the one it came from.

    What only tells advertisers where a reader came from is left out; so is a claim to be a page of somebody else.
    """
    try:
        claimed = web_address(stated) if stated else fetched
    except Refused:
        claimed = fetched
    url = claimed if _site(claimed) == _site(fetched) else fetched
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in query if not name.lower().startswith(_TRACKING)]
    return urlunsplit(parts._replace(query=urlencode(kept) if len(kept) < len(query) else parts.query))


def document_id(url: str) -> str:
    """An address as the id of a document, which has less room."""
    if len(url) <= _LONGEST_NAME:
        return url
    return f"{url[: _LONGEST_NAME - 17]}#{hashlib.sha256(url.encode()).hexdigest()[:16]}"


def _is_odd_number(host: str) -> bool:
    """Whether a host is an address in digits that is not written as addresses are: "2130706433", "0177.0.0.1"."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return bool(_NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]))
    return False


def _site(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _shown(text: str) -> str:
    return clean(text.strip())[:100]
