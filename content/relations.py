"""Two figures of one quantity that do not say the same → how they stand to each other (DESIGN §6, relations)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from content.documents import Figure, Relation
from content.measures import Measure
from content.values import Value, possible_together, same

#: What flows: of another month it is another quantity, not a changed one.
FLOWS = frozenset({"earn", "profit", "lose", "spend", "ship", "raise", "fine", "cut", "hire"})

#: Characters of an ISO date.
_DAY = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure ready to be compared, with what it restates in other units."""

    position: int
    figure: Figure
    value: Value
    measure: Measure
    source: str
    #: ISO date of the document; empty when nobody stated it
    published: str
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
    for left, right in combinations(group, 2):
        relation = _relation(left, right)
        if relation == "changed" and _is_newer(left, right):
            left, right = right, left
        if relation:
            yield Pair(left.position, right.position, relation)


def _relation(left: Entry, right: Entry) -> Relation | None:
    """How two figures of one quantity stand to each other; ``None`` when they say the same."""
    if same(left.value, right.value) or _agree_elsewhere(left, right):
        return None
    if _supersedes(left, right):
        return None if left.value.vague or right.value.vague else "changed"
    softened = "estimate" in (left.measure.stance, right.measure.stance)
    return "reported_differently" if softened or possible_together(left.value, right.value) else "contradicts"


def _agree_elsewhere(left: Entry, right: Entry) -> bool:
    """Whether both were converted from one amount: "380 billion yuan ($53 billion)" and "($52.4 billion)"."""
    return any(unit == other and same(a, b) for unit, a in left.restated for other, b in right.restated)


def _supersedes(left: Entry, right: Entry) -> bool:
    apart = order(left, right)
    a, b = left.measure, right.measure
    if a.supersedes != b.supersedes:
        return apart != (1 if a.supersedes else -1)
    if a.supersedes and _on_another_day(left, right):
        return True
    lasting = a.stance == "statement" and a.act not in FLOWS
    return apart != 0 and (lasting or left.source == right.source)


def _is_newer(left: Entry, right: Entry) -> bool:
    """Of two values one of which took the other's place, whether the left did: it says so, or comes later."""
    if left.measure.supersedes != right.measure.supersedes:
        return left.measure.supersedes
    return (order(left, right) or _on_another_day(left, right)) < 0


def _on_another_day(left: Entry, right: Entry) -> int:
    """Which was published on a later day: -1 the left, 1 the right, 0 where that is not known."""
    a, b = left.published[:_DAY], right.published[:_DAY]
    return (a < b) - (a > b) if len(a) == len(b) == _DAY else 0


def order(left: Entry, right: Entry) -> int:
    """Which was published in a later month: -1 the left, 1 the right, 0 where that is not known."""
    known = min(len(left.published), len(right.published), 7)
    a, b = left.published[:known], right.published[:known]
    return (a < b) - (a > b)
