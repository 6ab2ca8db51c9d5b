"""Charts as shapes: heights to scale, zero on the axis, slices that close."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.charts import HEIGHT, WIDTH, Drawing, drawn


def chart(kind: str, *rows: list[float]) -> dict[str, Any]:
    """A chart of series "s0", "s1" … over categories "c0", "c1" …"""
    categories = [f"c{n}" for n in range(len(rows[0]))]
    series = [
        {"name": f"s{at}", "data": [{"label": c, "value": v} for c, v in zip(categories, row, strict=True)]}
        for at, row in enumerate(rows)
    ]
    return {"type": kind, "series": series, "axis_config": {"categories": categories}}


def pie(*values: float) -> dict[str, Any]:
    return {"type": "pie", "segments": [{"label": f"p{n}", "value": value} for n, value in enumerate(values)]}


def numbers(drawing: Drawing) -> list[float]:
    return [float(one) for shape in drawing.shapes for one in re.findall(r"-?[\d.]+", shape.path)]


def heights(drawing: Drawing) -> list[float]:
    found = []
    for shape in drawing.shapes:
        match = re.fullmatch(r"M\S+ (\S+)H\S+V(\S+)H\S+Z", shape.path)
        assert match
        found.append(round(float(match[1]) - float(match[2]), 1))
    return found


def test_bars_are_as_high_as_their_numbers() -> None:
    assert heights(drawn(chart("bar", [50, 25, -25]))) == [106.0, 53.0, -53.0]


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([50, 52, 55], ["0", "20", "40", "60"]),
        ([-1, -2], ["-2", "-1.5", "-1", "-0.5", "0"]),
        ([0.004], ["0", "0.001", "0.002", "0.003", "0.004"]),
        ([1200], ["0", "500", "1,000", "1,500"]),
        ([0], ["0", "0.5"]),
    ],
)
def test_the_axis_has_round_numbers_and_zero(values: list[float], ticks: list[str]) -> None:
    assert [tick.text for tick in drawn(chart("bar", values)).ticks] == ticks


@pytest.mark.parametrize(
    ("block", "aloud", "legend"),
    [
        (chart("bar", [1, 2]), "c0 1; c1 2", ("s0",)),
        (chart("line", [1, 2], [3, 4]), "s0, c0 1; s0, c1 2; s1, c0 3; s1, c1 4", ("s0", "s1")),
        (chart("area", [1]), "c0 1", ("s0",)),
        (pie(3, 1), "p0 3; p1 1", ("p0 3", "p1 1")),
    ],
)
def test_a_chart_can_be_heard(block: dict[str, Any], aloud: str, legend: tuple[str, ...]) -> None:
    assert (drawn(block).aloud, drawn(block).legend) == (aloud, legend)


def test_a_line_has_no_inside_and_an_area_has() -> None:
    (line,), (area,) = drawn(chart("line", [1, 2])).shapes, drawn(chart("area", [1, 2])).shapes
    assert (line.line, area.line) == (True, False)
    assert line.path.removeprefix("M") in area.path


@pytest.mark.parametrize(("values", "large"), [((3, 1), [1, 0]), ((1, 1), [0, 0]), ((5,), [0, 0])])
def test_a_slice_beyond_half_a_turn_goes_the_long_way(values: tuple[float, ...], large: list[int]) -> None:
    flags = [int(flag) for shape in drawn(pie(*values)).shapes for flag in re.findall(r"A110 110 0 (\d) 1", shape.path)]
    assert flags == large


values = st.floats(-1e12, 1e12, allow_nan=False).filter(lambda value: value == 0 or abs(value) > 1e-6)


@given(st.sampled_from(["bar", "line", "area"]), st.lists(values, min_size=1, max_size=20))
def test_every_chart_stays_in_its_box(kind: str, row: list[float]) -> None:
    assert all(0 <= one <= max(WIDTH, HEIGHT) for one in numbers(drawn(chart(kind, row, row))))
