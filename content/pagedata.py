"""What a web page states about itself: JSON-LD first, then its meta elements, then a byline; nothing guessed."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from content.dates import MONTHS

#: an lxml element; lxml ships no types
Element = Any

_ARTICLES = re.compile(r"(?:Article|Posting|Report|Review|WebPage|CreativeWork)$")
_LINKED_DATA = '//script[translate(@type, "LDJSON", "ldjson") = "application/ld+json"]'
#: how pages say when they were published, apart from JSON-LD, the surest first; the first that has a date counts
_DATES = (
    '//meta[@property="article:published_time" or @name="article:published_time"]/@content',
    '//*[@itemprop="datePublished"]/@content | //*[@itemprop="datePublished"]/@datetime',
    '//meta[@name="parsely-pub-date" or @name="sailthru.date" or @name="dcterms.created" or @name="dc.date"]/@content',
    "//time[@pubdate]/@datetime",
)
_BYLINE = (
    '//*[self::p or self::div or self::span or self::time or self::li or self::header][contains(@class, "byline") '
    'or contains(@class, "dateline") or contains(@class, "published") or contains(@class, "pubdate")]'
)
_LONGEST_BYLINE = 200
_MONTH = rf"({'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|sept)\.?"
_DAY = r"([0-3]?\d)(?:st|nd|rd|th)?"
_ISO = re.compile(r"\b(\d{4})-([01]\d)(?:-([0-3]\d))?(?!\d)")
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+(\d{{4}})\b", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"\b{_DAY}\s+{_MONTH},?\s+(\d{{4}})\b", re.IGNORECASE)
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


def stated(tree: Element, url: str | None) -> dict[str, str]:
    """The "publisher", "author", "url" (canonical, absolute) and "published" a page states, those it does."""
    articles = [each for each in _linked_data(tree) if _ARTICLES.search(_kind(each))]
    found = {
        "publisher": _first(_names(articles, "publisher")) or _meta(tree, "og:site_name"),
        "author": ", ".join(dict.fromkeys(_names(articles, "author"))) or _meta(tree, "author"),
        "url": _canonical(tree, url),
        "published": _published(tree, articles),
    }
    return {key: " ".join(value.split()) for key, value in found.items() if value and value.strip()}


def _linked_data(tree: Element) -> Iterator[dict[str, Any]]:
    for script in tree.xpath(_LINKED_DATA):
        try:
            said = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for one in said if isinstance(said, list) else [said]:
            graph = one.get("@graph", [one]) if isinstance(one, dict) else []
            yield from (each for each in (graph if isinstance(graph, list) else [graph]) if isinstance(each, dict))


def _kind(linked: dict[str, Any]) -> str:
    kind = linked.get("@type", "")
    return str(kind[0] if isinstance(kind, list) and kind else kind)


def _names(articles: list[dict[str, Any]], role: str) -> list[str]:
    """Whoever has a role in the articles of a page."""
    people = [each for article in articles for each in _listed(article.get(role))]
    names = [each.get("name") if isinstance(each, dict) else each for each in people]
    return [name.strip() for name in names if isinstance(name, str) and name.strip() and "://" not in name]


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _first(values: list[str]) -> str | None:
    return values[0] if values else None


def _meta(tree: Element, name: str) -> str | None:
    values = tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
    return next((str(value) for value in values if value.strip() and "://" not in value), None)


def _canonical(tree: Element, url: str | None) -> str | None:
    for query in ('//link[@rel="canonical"]/@href', '//meta[@property="og:url"]/@content'):
        for value in tree.xpath(query):
            address = urljoin(url or "", str(value).strip())
            if urlsplit(address).scheme in ("http", "https") and urlsplit(address).hostname:
                return address
    return None


def _published(tree: Element, articles: list[dict[str, Any]]) -> str | None:
    """The date a page states. Several articles of different dates in its JSON-LD state none: it is a list of them."""
    dates = sorted({date for each in articles if (date := written_date(each.get("datePublished")))})
    if dates:
        return dates[0] if len(dates) == 1 else None
    for query in _DATES:
        if date := next(filter(None, map(written_date, tree.xpath(query))), None):
            return date
    texts = (" ".join(each.text_content().split()) for each in tree.xpath(_BYLINE))
    bylines = {date for text in texts if len(text) <= _LONGEST_BYLINE and (date := written_date(text))}
    return bylines.pop() if len(bylines) == 1 else None


def written_date(value: object) -> str | None:
    """The one date in a text as ISO 8601; numbers that may be a day or a month are no date.

    >>> written_date("By Ana Li, Nov. 18, 2019, 7 a.m."), written_date("18/11/2019"), written_date("0001-01-01")
    ('2019-11-18', None, None)
    """
    text = value if isinstance(value, str) else ""
    found = [(year, int(month), day and int(day)) for year, month, day in _ISO.findall(text)]
    found += [(year, _month(name), int(day)) for name, day, year in _MONTH_FIRST.findall(text)]
    found += [(year, _month(name), int(day)) for day, name, year in _DAY_FIRST.findall(text)]
    dates = {_iso(int(year), month, day or 0) for year, month, day in found}
    return dates.pop() if len(dates) == 1 else None


def known_part(date: str, page: str) -> str | None:
    """What of a guessed date (ISO 8601) a page really says: the first day or month of it may be made up.

    A year that stands nowhere but in the text is one the text tells of, and no date of the page.

    >>> known_part("2025-05-01", "<p>May 2025</p>"), known_part("2025-01-01", "<p>It grew in 2025.</p>")
    ('2025-05', None)
    """
    year, month, day = date[:4], date[5:7], date[8:10]
    if day != "01":
        return date
    name, number = MONTHS[int(month) - 1][:3], int(month)
    days = (
        rf"{year}\D?{month}\D?01|\b0?1(?:st)?[ .]+(?:of )?{name}[a-z]*\.?,? {year}"
        rf"|\b{name}[a-z]*\.? 0?1(?:st)?,? {year}"
        rf"|\b(?:0?1[/.]0?{number}|0?{number}[/.]0?1)[/.]{year}"
    )
    written = {
        date: days,
        date[:7]: rf"{year}[-/]{month}|\b{name}[a-z]*\.?,? (?:of )?{year}",
        year: rf"(?:©|&copy;|\(c\)|copyright)\W{{0,9}}(?:\d{{4}}\W{{1,3}})?{year}",
    }
    return next((part for part, how in written.items() if re.search(how, page, re.IGNORECASE)), None)


def _month(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))


def _iso(year: int, month: int, day: int) -> str | None:
    if not (_FIRST_YEAR <= year < _LAST_YEAR and 1 <= month <= 12 and 0 <= day <= 31):
        return None
    return f"{year}-{month:02}" + (f"-{day:02}" if day else "")
