"""Figures side by side: which are drawn, how high, under which names."""

from dataclasses import replace
from typing import Any

import pytest

from content.documents import Disagreement, Figure, FigureTable, SourceDocument, Understanding
from handlers.views.charts import chart

DATES = {"a": "2025-12", "b": "2025-06", "c": "2024-01", "d": None}
DOCUMENTS = {name: SourceDocument(name, None, f"P{name}", date, None, 1, 1) for name, date in DATES.items()}


def told(text: str, low: float | None, high: float | None, document: str = "a", **fields: Any) -> Figure:
    defaults: dict[str, Any] = {"unit": "USD", "kind": "money", "about": "AI chips"}
    return Figure(text, 0, len(text), low, high, document=document, **defaults | fields)


FIFTY = [
    told("$50 billion", 5e10, 5e10),
    told("$52 billion", 5.2e10, 5.2e10, "b"),
    told("$55 billion", 5.5e10, 5.5e10, "c"),
]
RANGE = told("tens of billions", 1e10, 1e11, "d")


def drawn(figures: list[Figure], *alike: tuple[int, ...], relation: Any = None) -> Any:
    differing = (Disagreement("x", relation, alike[0], "note"),) if relation else ()
    return chart(FigureTable(None, Understanding(""), tuple(figures), differing, alike), DOCUMENTS)


def bars(block: Any) -> list[tuple[str, float]]:
    (series,) = block["chart"]["series"]
    assert block["chart"]["axis_config"]["categories"] == [point["label"] for point in series["data"]]
    return [(point["label"], point["value"]) for point in series["data"]]


def test_three_of_one_quantity_are_drawn_by_who_says_them() -> None:
    block = drawn(FIFTY, (0, 1, 2))
    assert bars(block) == [("Pa", 50), ("Pb", 52), ("Pc", 55)]
    assert block["title"] == "AI chips"
    axes = block["chart"]["axis_config"]
    assert (axes["x_label"], axes["y_label"]) == ("Said by", "USD, billions, as written")


def test_what_has_changed_is_drawn_by_date_from_old_to_new() -> None:
    block = drawn(FIFTY, (0, 1, 2), relation="changed")
    assert bars(block) == [("2024-01", 55), ("2025-06", 52), ("2025-12", 50)]
    assert block["chart"]["axis_config"]["x_label"] == "Published"


@pytest.mark.parametrize(
    ("figures", "alike"),
    [
        (FIFTY, ()),
        (FIFTY, ((0, 1),)),
        ([*FIFTY[:2], RANGE], ((0, 1, 2),)),
        ([*FIFTY[:2], told("billions", 1e9, None)], ((0, 1, 2),)),
        ([*FIFTY[:2], told("?", None, None)], ((0, 1, 2),)),
    ],
)
def test_fewer_than_three_that_can_be_drawn_are_no_chart(figures: list[Figure], alike: Any) -> None:
    assert drawn(figures, *alike) is None


def test_a_copy_is_no_source() -> None:
    sentence = "The site would create as many as 250 jobs, said the regional head."
    copies = [told("250 jobs", 250, 250, name, unit="jobs", kind="count", sentence=sentence) for name in "abc"]
    assert drawn(copies, (0, 1, 2)) is None
    others = [
        replace(copies[0], document="b", sentence="It has 250 jobs."),
        replace(copies[0], sentence="Of 250 jobs."),
    ]
    assert [label for label, _ in bars(drawn([*copies, *others], (0, 1, 2, 3, 4)))] == ["Pc", "Pb", "Pa"]


def test_a_range_is_left_out_and_a_bound_is_drawn_where_it_is_written() -> None:
    more = told("more than $60 billion", 6e10, None, "d")
    assert bars(drawn([*FIFTY, RANGE, more], (0, 1, 2, 3, 4)))[-1] == ("Pd", 60)


def test_the_quantity_most_tell_of_is_drawn() -> None:
    others = [replace(figure, about="phones") for figure in (*FIFTY, *FIFTY[:1])]
    assert drawn([*FIFTY, *others], (0, 1, 2), (3, 4, 5, 6))["title"] == "phones"


@pytest.mark.parametrize(
    ("factor", "scale"),
    [(1e-9, ""), (1e-5, "thousands, "), (1e-3, "millions, "), (1, "billions, "), (1e3, "trillions, ")],
)
def test_the_axis_has_a_scale_that_can_be_read(factor: float, scale: str) -> None:
    scaled = [replace(one, low=(one.low or 0) * factor, high=(one.high or 0) * factor) for one in FIFTY]
    block = drawn(scaled, (0, 1, 2))
    assert block["chart"]["axis_config"]["y_label"] == f"USD, {scale}as written"
    assert max(value for _, value in bars(block)) < 10_000


def test_a_fall_is_below_zero() -> None:
    falls = [
        told(f"{n}%", n, n, name, unit="percent", kind="percent", change="down")
        for n, name in ((1, "a"), (2, "b"), (3, "c"))
    ]
    assert [value for _, value in bars(drawn(falls, (0, 1, 2)))] == [-1, -2, -3]


@pytest.mark.parametrize(
    ("names", "labels"),
    [
        (("A", "A", "A"), ["A", "A (2)", "A (3)"]),
        (("A", "A (2)", "A"), ["A", "A (2)", "A (3)"]),
        (("x" * 30, "x" * 31, "y"), ["x" * 18 + "…", "x" * 15 + " (2)", "y"]),
        (("The Wall Street Journal", "\x07", "y"), ["The Wall Street…", "—", "y"]),
    ],
)
def test_labels_are_short_and_differ(names: tuple[str, ...], labels: list[str]) -> None:
    named = [replace(one, attributed_to=name) for one, name in zip(FIFTY, names, strict=True)]
    assert [label for label, _ in bars(drawn(named, (0, 1, 2)))] == labels
