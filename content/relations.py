"""Two figures of one quantity that do not say the same → how they stand to each other (DESIGN §6, relations)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from content.documents import Figure, Relation
from content.measures import Measure
from content.values import Value, near, possible_together, same

#: What flows: of another month it is another quantity, not a changed one.
FLOWS = frozenset({"earn", "profit", "lose", "spend", "ship", "raise", "fine", "cut", "hire"})

#: Characters of an ISO date.
_DAY = 10
#: Months after which another value of a plan is another plan, and by how much it is then another value.
_A_WHILE, _CLOSE = 2, 1.05


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure ready to be compared, with what it restates in other units."""

    position: int
    figure: Figure
    value: Value
    measure: Measure
    source: str
    #: ISO dates of the document: as stated, and as known to order by; empty where there is none
    published: str
    when: str
    restated: tuple[tuple[str | None, Value], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures that do not say the same, by their positions; where it has changed, the old one is the left."""

    left: int
    right: int
    relation: Relation


def differing_pairs(group: Sequence[Entry]) -> tuple[Pair, ...]:
    """The figures of one quantity that do not say the same, two by two."""
    return tuple(_pairs(group))


def _pairs(group: Sequence[Entry]) -> Iterator[Pair]:
    before = [one for one in group if one.measure.earlier]
    for left, right in combinations(group, 2):
        if same(left.value, right.value) or _agree_elsewhere(left, right):
            continue
        newer = _newer(left, right, before)
        if newer and (left.value.vague or right.value.vague):
            continue
        old, new = (right, left) if newer < 0 else (left, right)
        yield Pair(old.position, new.position, "changed" if newer else _differing(left, right))


def _differing(left: Entry, right: Entry) -> Relation:
    """How two figures of one quantity stand to each other that do not say the same, neither in the other's place."""
    softened = "estimate" in (left.measure.stance, right.measure.stance)
    return "reported_differently" if softened or possible_together(left.value, right.value) else "contradicts"


def _agree_elsewhere(left: Entry, right: Entry) -> bool:
    """Whether both were converted from one amount: "380 billion yuan ($53 billion)" and "($52.4 billion)"."""
    return any(unit == other and same(a, b) for unit, a in left.restated for other, b in right.restated)


def _newer(left: Entry, right: Entry, before: Sequence[Entry]) -> int:
    """Which of two values took the other's place: -1 the left, 1 the right, 0 neither.

    It says so, or its document does (``before`` are the values said to be earlier), or it comes later and what is
    told may have changed since.
    """
    apart = order(left, right)
    a, b = left.measure, right.measure
    said = [
        _comes_after(right, left, before) - _comes_after(left, right, before),
        (b.supersedes - a.supersedes),
    ]
    if told := next(filter(None, said), 0):
        return 0 if apart == -told else told
    if a.supersedes and (day := _on_another_day(left, right)):
        return day
    lasting = a.stance == "statement" and a.act not in FLOWS
    return apart if lasting or left.source == right.source or _replanned(left, right) else 0


def _comes_after(new: Entry, old: Entry, before: Sequence[Entry]) -> bool:
    """Whether the document of one value says that the other, or what may be it, was so before."""
    if new.measure.earlier:
        return False
    own = [one for one in before if one.figure.document == new.figure.document]
    return old in own or any(one.figure.document != old.figure.document and _may_be(one, old) for one in own)


def _may_be(one: Entry, other: Entry) -> bool:
    return near(one.value, other.value) and (
        same(one.value, other.value) or possible_together(one.value, other.value) or _close(one, other)
    )


def _replanned(left: Entry, right: Entry) -> bool:
    """Whether a plan is told otherwise a good while later, by whomever, and not just in a rounder number."""
    planned = {left.measure.stance, right.measure.stance} <= {"plan", "open"}
    rounded = near(left.value, right.value) and possible_together(left.value, right.value)
    return planned and _months(left, right) >= _A_WHILE and not rounded and not _close(left, right)


def _close(left: Entry, right: Entry) -> bool:
    least, most = sorted((abs(left.value.point), abs(right.value.point)))
    return most <= _CLOSE * least


def _months(left: Entry, right: Entry) -> int:
    """How many months apart two were published; 0 where the month of either is not known."""
    a, b = _month(left.when), _month(right.when)
    return abs(a - b) if a and b else 0


def _month(when: str) -> int:
    """The month of a date, counted from the year 0; 0 where it has none."""
    year, month = when[:4], when[5:7]
    return int(year) * 12 + int(month) if year.isdecimal() and month.isdecimal() else 0


def _on_another_day(left: Entry, right: Entry) -> int:
    """Which was published on a later day: -1 the left, 1 the right, 0 where that is not known."""
    a, b = left.when[:_DAY], right.when[:_DAY]
    return (a < b) - (a > b) if len(a) == len(b) == _DAY else 0


def order(left: Entry, right: Entry) -> int:
    """Which was published in a later month: -1 the left, 1 the right, 0 where that is not known."""
    known = min(len(left.when), len(right.when), 7)
    a, b = left.when[:known], right.when[:known]
    return (a < b) - (a > b)
