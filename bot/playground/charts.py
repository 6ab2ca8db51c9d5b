"""Charts of ``data_visualization`` blocks → shapes for an SVG, in units of its view box."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, cos, floor, log10, pi, sin
from typing import Any

WIDTH, HEIGHT = 600, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 592, 12, 224
_CENTRE, _RADIUS = (130, 130), 110
#: lines of the value axis, about
_TICKS = 4
#: share of a category that its bars fill
_FILLED = 0.6

Chart = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """A path and the place of its series or segment among the others; ``title`` says its number."""

    path: str
    series: int
    title: str
    #: a line has no inside
    line: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a point."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything in a chart."""

    shapes: tuple[Shape, ...]
    #: of the value axis, each at a line across
    ticks: tuple[Label, ...] = ()
    #: of the categories
    labels: tuple[Label, ...] = ()
    #: names of the series or segments, in the order of their colours
    legend: tuple[str, ...] = ()

    @property
    def aloud(self) -> str:
        """What somebody hears who does not see it."""
        return "; ".join(shape.title for shape in self.shapes if shape.title)


@dataclass(frozen=True, slots=True)
class _Scale:
    """The value axis; zero is always on it."""

    low: float
    high: float

    def y(self, value: float) -> float:
        return round(_BOTTOM - (value - self.low) / (self.high - self.low) * (_BOTTOM - _TOP), 2)


def drawn(chart: Chart) -> Drawing:
    """The shapes of a chart that passed the check of blocks."""
    return _pie(chart["segments"]) if chart["type"] == "pie" else _axes(chart)


def _axes(chart: Chart) -> Drawing:
    categories: Sequence[str] = chart["axis_config"]["categories"]
    rows = [{point["label"]: point["value"] for point in one["data"]} for one in chart["series"]]
    values = [[row[name] for name in categories] for row in rows]
    step = _step(max(0.0, *map(max, values)) - min(0.0, *map(min, values)))
    low = floor(min(0.0, *map(min, values)) / step)
    high = max(low + 1, ceil(max(0.0, *map(max, values)) / step))
    scale = _Scale(low * step, high * step)
    names = [one["name"] for one in chart["series"]]
    draw = {"bar": _bars, "line": _lines, "area": _areas}[chart["type"]]
    return Drawing(
        tuple(draw(values, scale, _titles(names, categories, values))),
        tuple(Label(_LEFT, scale.y(n * step), f"{n * step:,.6g}") for n in range(low, high + 1)),
        tuple(Label(_middle(n, len(categories)), _BOTTOM + 18, name) for n, name in enumerate(categories)),
        tuple(names),
    )


def _step(span: float) -> float:
    """A round distance between lines: 1, 2 or 5 times a power of ten."""
    rough = (span or 1.0) / _TICKS
    power = 10.0 ** floor(log10(rough))
    return float(next(power * size for size in (1, 2, 5, 10) if power * size >= rough * 0.999))


def _middle(n: int, count: int) -> float:
    return round(_LEFT + (n + 0.5) * (_RIGHT - _LEFT) / count, 2)


def _titles(names: Sequence[str], categories: Sequence[str], values: Sequence[Sequence[float]]) -> list[list[str]]:
    """The number of each point in words; the series is named where there are several."""
    told = [[f"{category} {value:,.6g}" for category, value in zip(categories, row, strict=True)] for row in values]
    if len(names) == 1:
        return told
    return [[f"{name}, {one}" for one in row] for name, row in zip(names, told, strict=True)]


def _bars(values: Sequence[Sequence[float]], scale: _Scale, titles: Sequence[Sequence[str]]) -> Iterator[Shape]:
    width = (_RIGHT - _LEFT) / len(values[0]) * _FILLED / len(values)
    for series, row in enumerate(values):
        for n, value in enumerate(row):
            left = round(_middle(n, len(row)) + (series - len(values) / 2) * width, 2)
            path = f"M{left} {scale.y(0)}H{round(left + width, 2)}V{scale.y(value)}H{left}Z"
            yield Shape(path, series, titles[series][n])


def _lines(values: Sequence[Sequence[float]], scale: _Scale, titles: Sequence[Sequence[str]]) -> Iterator[Shape]:
    for series, row in enumerate(values):
        yield Shape(f"M{_through(row, scale)}", series, "; ".join(titles[series]), line=True)


def _areas(values: Sequence[Sequence[float]], scale: _Scale, titles: Sequence[Sequence[str]]) -> Iterator[Shape]:
    for series, row in enumerate(values):
        first, last = _middle(0, len(row)), _middle(len(row) - 1, len(row))
        floor_line = f"M{first} {scale.y(0)}L{_through(row, scale)}L{last} {scale.y(0)}Z"
        yield Shape(floor_line, series, "; ".join(titles[series]))


def _through(row: Sequence[float], scale: _Scale) -> str:
    return "L".join(f"{_middle(n, len(row))} {scale.y(value)}" for n, value in enumerate(row))


def _pie(segments: Sequence[Mapping[str, Any]]) -> Drawing:
    whole = sum(one["value"] for one in segments)
    done, slices = 0.0, []
    for n, one in enumerate(segments):
        title = f"{one['label']} {one['value']:,.6g}"
        slices.append(Shape(_slice(done / whole, (done + one["value"]) / whole), n, title))
        done += one["value"]
    return Drawing(tuple(slices), legend=tuple(shape.title for shape in slices))


def _slice(begin: float, end: float) -> str:
    """From ``begin`` to ``end``, in turns clockwise from the top; a whole pie is two halves, as no arc is a circle."""
    if end - begin > 0.999:
        return _slice(0, 0.5) + _slice(0.5, 0.999)
    (x, y), (right, down) = _CENTRE, _rim(end)
    left, up = _rim(begin)
    return f"M{x} {y}L{left} {up}A{_RADIUS} {_RADIUS} 0 {int(end - begin > 0.5)} 1 {right} {down}Z"


def _rim(turn: float) -> tuple[float, float]:
    x, y = _CENTRE
    return round(x + _RADIUS * sin(2 * pi * turn), 2), round(y - _RADIUS * cos(2 * pi * turn), 2)
