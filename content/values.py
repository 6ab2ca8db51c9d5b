"""Two values side by side: the same as far as they are written, possible together, or impossible together."""

import re
from dataclasses import dataclass
from math import inf

from content.documents import Figure

_DIGITS = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_VAGUE = re.compile(r"\b(?:tens|dozens|hundreds|thousands|millions|billions|trillions)\b", re.IGNORECASE)
#: Trailing zeros of "200,000" may be rounding, but not beyond this share of the value.
_ROUNDED = 0.05
#: "about": this far on either side.
_ABOUT = 0.1
#: Two values of one quantity that is told loosely are not further apart.
_NEAR = 1.25


@dataclass(frozen=True, slots=True)
class Value:
    """What a figure says: bounds, and the unit of its last written place."""

    low: float
    high: float
    point: float
    precision: float
    #: an order of magnitude: "tens of billions"
    vague: bool
    #: the hedge leaves the value where it is: "about", "nearly"
    loose: bool

    @property
    def widest(self) -> tuple[float, float]:
        """The least and the most the words allow."""
        slack = _ABOUT * abs(self.point) if self.loose else self.precision / 2
        return self.low - slack, self.high + slack


def value(figure: Figure, *, signed: bool) -> Value | None:
    """The value of a figure, a fall below zero where ``signed``; ``None`` without any bound."""
    low = figure.low if figure.low is not None else -inf
    high = figure.high if figure.high is not None else inf
    if signed and figure.change == "down":
        low, high = -high, -low
    point = low if low != -inf else high
    if abs(point) == inf:
        return None
    vague = bool(_VAGUE.search(figure.text)) and not _DIGITS.search(figure.text)
    return Value(low, high, point, _precision(figure, abs(point)), vague, low == high and figure.hedge is not None)


def _precision(figure: Figure, point: float) -> float:
    written = _DIGITS.search(figure.text)
    number = float(written.group().replace(",", "")) if written else 0.0
    scale = point / number if number else 1.0
    place = scale / 10 ** len(written[1] or "") if written else 0.0
    zeros = 10.0 ** (len(str(int(point))) - len(str(int(point)).rstrip("0"))) if point >= 1 else 0.0
    rounded = written is None or figure.hedge or (zeros >= 1000 and scale == 1)
    return max(place, min(zeros, _ROUNDED * point)) if rounded else place


def same(left: Value, right: Value) -> bool:
    """Whether two values are equal within the precision as written: "$52.4 billion" and "$52 billion" are.

    An order of magnitude is the same as any value in it; "more than 52" is the same as 52.9, and as no more.
    """
    if left.vague or right.vague:
        return _overlap((left.low, left.high), (right.point, right.point)) or _overlap(
            (left.point, left.point), (right.low, right.high)
        )
    if _is_range(left) or _is_range(right):
        return (left.low, left.high) == (right.low, right.high)
    coarser = max(left.precision, right.precision)
    apart = abs(left.point - right.point)
    return apart <= coarser / 2 + 1e-9 * abs(left.point) or _truncates(left, right) or _truncates(right, left)


def _is_range(one: Value) -> bool:
    return -inf < one.low < one.high < inf


def _truncates(bound: Value, other: Value) -> bool:
    above, below = other.point - bound.point, bound.point - other.point
    return (bound.high == inf and 0 <= above < bound.precision) or (bound.low == -inf and 0 <= below < bound.precision)


def possible_together(left: Value, right: Value) -> bool:
    """Whether one true value would fit both, hedges and rounding taken widely."""
    (a, b), (c, d) = left.widest, right.widest
    return a < d and c < b


def near(left: Value, right: Value) -> bool:
    """Whether two values could be two tellings of one amount."""
    least, most = sorted((abs(left.point), abs(right.point)))
    return same(left, right) or (least > 0 and most <= _NEAR * least)


def _overlap(left: tuple[float, float], right: tuple[float, float]) -> bool:
    return left[0] <= right[1] and right[0] <= left[1]
