"""When a text was written, where nobody stated it: from its address, its dateline, or what it calls the present."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final
from urllib.parse import urlsplit

#: Characters at the beginning of a text where a dateline stands.
_HEAD: Final = 300
#: Characters in which it may say what its present is.
_READ: Final = 50_000
#: The months in order, in lower case.
MONTHS: Final = "january february march april may june july august september october november december".split()
_MONTHS: Final = [name[:3] for name in MONTHS]
_MONTH: Final = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATE: Final = (
    rf"{_MONTH} {_DAY},? {_YEAR}",
    rf"{_DAY} {_MONTH},? {_YEAR}",
    rf"{_YEAR}-(?P<number>\d\d)(?:-{_DAY})?",
    rf"{_MONTH},? {_YEAR}",
)
_ISO: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]\S+)?)?)?")
_IN_ADDRESS: Final = re.compile(rf"/{_YEAR}[/-](?P<number>\d\d?)(?:[/-]{_DAY})?(?:[/-]|$)")
_STATED: Final = r"(?:(?:First |Last )?(?:Published|Posted|Updated|Date)(?: on)?|As of):? (?:\w+day,? )?"
_PLACE: Final = r"(?m:^)[A-Z][\w.,’ -]{1,60}(?:\(\w+\) )?"
_PRESENT: Final = (
    r"\b(?:[Aa]s we (?:move|go|head|look|enter)(?: through| into| towards?)?|[Aa]s I write this,? in|[Nn]ow, in) "
)
#: Where a date stands that is the text's own, the surest first; each is tried with every way to write a date.
_DATED: Final = (
    *(re.compile(_STATED + written) for written in _DATE),
    *(re.compile(rf"{_PLACE}{written}\s*(?:/\w+ ?\w+/|\([^)]+\))?\s*(?:—|–|--|-) ") for written in _DATE[:2]),
)
_NOW: Final = (
    re.compile(rf"{_PRESENT}(?:(?:{_DAY} )?{_MONTH} (?:\d{{1,2}},? )?)?{_YEAR}"),
    re.compile(rf"\b(?:as|while) {_YEAR} (?:unfolds|begins|ends|progresses|draws to a close|comes to an end)\b"),
)


def inferred_date(text: str, url: str | None) -> str | None:
    """The date of a text as ISO 8601, as precise as it can be told; ``None`` when nothing tells it.

    >>> inferred_date("As we move through May 2026, much has changed.", None)
    '2026-05'
    """
    return next(_dates(text, url), None)


def dated(published: str | None, inferred: str | None) -> str | None:
    """When something was published, or when it seems to have been.

    >>> dated("2026-05-14", None), dated(None, "2026-05")
    ('2026-05-14', 'about 2026-05 (inferred)')
    """
    return published or (f"about {inferred} (inferred)" if inferred else None)


def written(text: str) -> str | None:
    """The date that a text is as ISO 8601, what is that already as it is; ``None`` where it is no date.

    >>> written("2026-05-14T09:00Z"), written("May 14, 2026"), written("May 2026"), written("last Tuesday")
    ('2026-05-14T09:00Z', '2026-05-14', '2026-05', None)
    """
    if iso := _ISO.fullmatch(text):
        parts = [int(part) for part in iso.groups() if part]
        return text if _is_day(parts) else None
    found = (re.fullmatch(pattern, text) for pattern in _DATE)
    return next((date for match in found if match for date in _iso(match)), None)


def stated_date(published: str | None) -> str:
    """What was stated, to order by; ``""``, which comes before every date, where that is no date.

    >>> stated_date("2026-05"), stated_date("unknown"), stated_date(None)
    ('2026-05', '', '')
    """
    return published if published and published[0].isdecimal() else ""


def known_date(published: str | None, inferred: str | None) -> str:
    """What was stated, else inferred, to order by; ``""`` where nothing is known.

    >>> known_date("2026-05", "2025"), known_date("unknown", "2025"), known_date(None, None)
    ('2026-05', '2025', '')
    """
    return stated_date(published) or inferred or ""


def _dates(text: str, url: str | None) -> Iterator[str]:
    for match in _IN_ADDRESS.finditer(_path(url)):
        yield from _iso(match)
    for searched, patterns in ((text[:_HEAD], _DATED), (text[:_READ], _NOW)):
        for pattern in patterns:
            for match in pattern.finditer(searched):
                yield from _iso(match)


def _path(url: str | None) -> str:
    try:
        return urlsplit(url or "").path
    except ValueError:
        return ""


def _iso(match: re.Match[str]) -> Iterator[str]:
    """A date, or nothing where there is no such day."""
    found = {name: value for name, value in match.groupdict().items() if value}
    written = found.get("month", "")[:3].lower()
    parts = [int(found["year"])]
    if written or "number" in found:
        parts.append(_MONTHS.index(written) + 1 if written else int(found["number"]))
    if "day" in found:
        parts.append(int(found["day"]))
    if _is_day(parts):
        yield "-".join(f"{part:02}" for part in parts)


def _is_day(parts: list[int]) -> bool:
    """Whether there is such a year, month of a year, or day."""
    try:
        date(*(*parts, 1, 1)[:3])
    except ValueError:
        return False
    return True
