"""RSS and Atom → what they list; or, from a page, where its feeds are."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from io import BytesIO
from typing import Any

import feedparser
from lxml import html

from content.encodings import clean
from content.errors import Malformed
from content.pagedata import written_date

#: Items of a feed that are read, from its beginning: feeds list the newest first.
MOST_ITEMS = 500
_ITEM_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+xml")
_BLOCKS = re.compile(r"</(?:p|div|li|h\d|tr|blockquote)\s*>|<br\b[^>]*>", re.IGNORECASE)


def parse(data: bytes, about: Mapping[str, str]) -> dict[str, Any]:
    """A feed's "title" and "items" ("id", "url", "title", "text", "published", "author", each "" when not told), or of
    a page the "feeds" it names, as it writes them. Raises :class:`Malformed` for anything else.
    """
    if not _FEED.search(data[:4096]):
        return {"feeds": _named_feeds(data)}
    if _ENTITY.search(data):
        raise Malformed("it defines entities of its own, as hostile files do")
    read = feedparser.parse(BytesIO(_beginning(data)), response_headers={"content-location": about.get("url", "")})
    if not read.entries and read.bozo:
        raise Malformed("the feed is damaged")
    return {"title": _line(read.feed.get("title")), "items": list(map(_item, read.entries[:MOST_ITEMS]))}


def _beginning(data: bytes) -> bytes:
    """A feed up to the end of the last item that is read; feedparser takes minutes for a hundred thousand."""
    for number, match in enumerate(_ITEM_END.finditer(data), 1):
        if number == MOST_ITEMS:
            return data[: match.end()]
    return data


def _named_feeds(data: bytes) -> list[str]:
    try:
        tree = html.fromstring(data)
    except (html.etree.LxmlError, ValueError) as error:
        raise Malformed("this is neither a feed nor a page that names one") from error
    links = tree.xpath('//link[contains(concat(" ", @rel, " "), " alternate ")][@href]')
    found = [str(link.get("href")) for link in links if str(link.get("type", "")).lower() in _TYPES]
    if not found:
        raise Malformed("this is neither a feed nor a page that names one")
    return found


def _item(entry: Any) -> dict[str, str]:
    contents = [str(each.get("value", "")) for each in entry.get("content", [])]
    text = max([*contents, str(entry.get("summary", ""))], key=len)
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return {
        "id": _line(entry.get("id")),
        "url": _line(entry.get("link")),
        "title": _line(entry.get("title")),
        "text": "\n\n".join(_paragraphs(text)),
        "published": (written_date(f"{moment[0]:04}-{moment[1]:02}-{moment[2]:02}") or "") if moment else "",
        "author": _line(entry.get("author")),
    }


def _line(value: object) -> str:
    return " ".join(clean(unescape(re.sub(r"<[^>]*>", "", str(value or "")))).split())


def _paragraphs(markup: str) -> Iterator[str]:
    for part in _BLOCKS.split(markup):
        if line := _line(part):
            yield line
