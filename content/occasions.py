"""The period that a question asks for, and whether what is told holds then: the March quarter is not the June quarter.

What is left open fits any: a quarter without a year is that of every year.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from content.dates import MONTHS
from content.documents import Figure, Passage
from content.grids import CELLS

Part = Literal["quarter", "half", "month", ""]


@dataclass(frozen=True, slots=True)
class Occasion:
    """A year, a part of one, or a part of any year."""

    #: 0 where none is told
    year: int = 0
    part: Part = ""
    #: the last month of the part, 1..12; 0 without one
    month: int = 0
    #: as written
    says: str = ""

    @property
    def order(self) -> tuple[int, int]:
        """Of two periods the later has the greater one."""
        return self.year, self.month or 12

    def is_met_by(self, other: "Occasion") -> bool:
        """Whether what holds in the other is what is asked of this one: a quarter is of a year, not the other way."""
        told = bool(not self.year or other.year or self.part)
        return told and bool(other.part or not self.part) and not self.denies(other)

    def denies(self, other: "Occasion") -> bool:
        """Whether what holds in the other cannot be what is asked of this one.

        Who asks for September may mean the quarter that ends with it.
        """
        same = self.part == other.part or (self.part, other.part) == ("month", "quarter")
        parts = bool(self.part and other.part) and not (same and self.month == other.month)
        return parts or bool(self.year and other.year and self.year != other.year)


_MONTH = "|".join(MONTHS)
_ENDS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"(?:19|20)\d\d"
_OF = rf"(?:,? (?:of )?(?P<year>{_YEAR})\b)?"
_WRITTEN: tuple[tuple[Part, str], ...] = (
    ("quarter", rf"\b(?P<year>{_YEAR}) ?q(?P<nth>[1-4])\b"),
    ("quarter", rf"\b(?P<named>march|june|september|december)[ -]quarter\b{_OF}"),
    ("quarter", rf"\b(?:quarter|three months) (?:ended|ending|to) (?P<named>{_MONTH})\b(?: \d{{1,2}}\b)?{_OF}"),
    ("quarter", rf"\b(?P<nth>first|second|third|fourth)[ -]quarter\b{_OF}"),
    ("quarter", rf"\b(?:q|quarter )(?P<nth>[1-4])\b{_OF}"),
    ("half", rf"\b(?P<nth>first|second)[ -]half\b{_OF}"),
    ("half", rf"\bh(?P<nth>[12])\b{_OF}"),
    ("month", rf"\b(?P<named>{_MONTH})\b(?! \d{{1,2}}\b){_OF}"),
    ("", rf"\b(?P<year>{_YEAR})\b(?!%)"),
)
_PATTERNS = tuple((part, re.compile(pattern, re.IGNORECASE)) for part, pattern in _WRITTEN)
#: "May" and "March" are other words in lower case.
_MODAL = frozenset({"may", "march"})
#: A financial year begins with another month everywhere: it and its quarters are not told apart.
_NTH = r"(?:q[1-4]|(?:first|second|third|fourth)[- ](?:quarter|half))"
_FISCAL = re.compile(
    rf"(?:\b{_NTH} (?:of )?(?:the |its )?)?\b(?:fiscal|financial|fy)(?:\b|(?=\d))(?:[ -]year)?(?: {_NTH})?"
    r"(?:,? (?:of )?)?(?:(?:20)?\d\d(?:[-/]\d\d)?\b)?",
    re.IGNORECASE,
)
#: These say until or since when, or by comparison: the figure itself is of another time.
_LIMIT = re.compile(r"\b(?:by|until|before|since|after|from|than|versus|through|over)(?: the)?\s*$", re.IGNORECASE)
#: Questions that no figure answers are left alone.
_FIGURELESS = frozenset("person office place name date reason manner frequency".split())


def occasions(text: str) -> tuple[Occasion, ...]:
    """The periods that a text names, in order, but for financial years.

    >>> [(one.part, one.month, one.year) for one in occasions("cloud revenue in the June quarter of 2025")]
    [('quarter', 6, 2025)]
    """
    text = _FISCAL.sub(lambda fiscal: " " * len(fiscal.group()), text)
    found: dict[int, Occasion] = {}
    taken: list[range] = []
    for part, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() in one for one in taken) or _is_no_month(text, match, part):
                continue
            taken.append(range(*match.span()))
            if not _LIMIT.search(text[: match.start()]):
                found[match.start()] = _occasion(part, match)
    return tuple(found[at] for at in sorted(found))


def _is_no_month(text: str, match: re.Match[str], part: Part) -> bool:
    lower = match.group().islower() and match.group() in _MODAL
    return part == "month" and lower and not re.search(r"\b(?:in|of|for|during|last|since) $", text[: match.start()])


def _occasion(part: Part, match: re.Match[str]) -> Occasion:
    told = match.groupdict()
    length = {"quarter": 3, "half": 6}.get(part, 0)
    named = MONTHS.index(told["named"].lower()) + 1 if told.get("named") else 0
    month = named or (length * _ENDS[told["nth"].lower()] if told.get("nth") else 0)
    return Occasion(int(told.get("year") or 0), part, month, match.group())


def asked_when(kind: str, question: str) -> tuple[Occasion, ...]:
    """The periods that a question of a kind asks a figure for."""
    return () if kind in _FIGURELESS else occasions(question)


def when_of(figure: Figure, beside: Iterable[Figure], heading: str | None) -> tuple[Occasion, ...]:
    """When a figure holds: as it says itself, else as its sentence does, else as the heading above.

    What the sentence says of those ``beside`` it is not said of this one.
    """
    others = " ".join(one.period or "" for one in beside)
    free = tuple(one for one in occasions(figure.sentence) if one.says not in others)
    above = heading if heading and CELLS not in heading else ""
    return occasions(figure.period or "") or free or occasions(above)


def is_of(asked: Iterable[Occasion], told: Collection[Occasion]) -> bool | None:
    """Whether what is told holds in a period asked for; ``None`` where it does not say so precisely."""
    pairs = [(one, other) for one in asked for other in told]
    if any(one.is_met_by(other) for one, other in pairs):
        return True
    return False if pairs and all(one.denies(other) for one, other in pairs) else None


def under_its_heading(figure: Figure, passage: Passage) -> Figure:
    """A figure of which its sentence does not say when, of the one period that its heading names."""
    named = occasions(passage.heading or "") if figure.period is None and CELLS not in (passage.heading or "") else ()
    return replace(figure, period=named[0].says) if len(named) == 1 and not occasions(figure.sentence) else figure
