"""Figures as tables: pages, what can be pressed, every form, and what is said aloud."""

import json
from dataclasses import replace
from typing import Any

import pytest

from content.citations import reference
from content.documents import CitedFigure, Disagreement, Figure, FigureTable, Understanding
from handlers.views import outgoing
from handlers.views.blocks import Form, Message
from handlers.views.parts import MORE
from handlers.views.plainer import put
from handlers.views.tables import NEWER, OLDER, SENTENCE, answer_table, topic_table


def _figure(text: str, **fields: Any) -> Figure:
    return Figure(text, 0, len(text), None, None, None, "money", **fields)


def _notes(message: Message) -> list[str]:
    rich = [group for block in message.blocks if block["type"] == "rich_text" for group in block["elements"]]
    return ["".join(run["text"] for run in group["elements"]) for group in rich]


def test_the_table_of_an_answer_says_where_sources_differ(canned: Any) -> None:
    assert _notes(answer_table(canned.tens())) == [
        "Sources differ (the pledge): more than $52 billion (Reuters, 2026-05)"
        " · $53 billion (Technology Magazine, 2026-05) · tens of billions (CNBC, 2026-05)"
    ]


@pytest.mark.parametrize(("count", "lines"), [(0, 0), (1, 1), (9, 5)])
def test_the_table_of_a_topic_says_where_sources_differ(canned: Any, count: int, lines: int) -> None:
    other = replace(canned.pledge, text="$53 billion", hedge=None, attributed_to=None, document="plain1")
    differing = (Disagreement("AI", "contradicts", (0, 1), "note"),) * count
    table = replace(canned.figures(canned.pledge, other), disagreements=differing)
    told = "Sources contradict each other (AI): more than $52 billion (Reuters, 2026-05) · $53 billion (plain1)"
    assert _notes(topic_table(table, canned.documents())) == [told] * lines


def _table(message: Message) -> list[list[str]]:
    table = next(block for block in message.blocks if block["type"] == "data_table")
    assert table["page_size"] == len(table["rows"]) - 1
    return [[cell["text"] for cell in row] for row in table["rows"]]


def test_the_figures_of_an_answer_are_a_table(canned: Any) -> None:
    message = answer_table(canned.disagreeing())
    assert _table(message) == [
        ["Figure", "About", "Period", "Said by", "Source"],
        ["more than $52 billion", "AI", "over the next three years", "Reuters", "2026-05 · A Bold Pivot"],
        ["$53 billion", "—", "—", "Technology Magazine", "2026-05 · A Bold Pivot"],
    ]


def test_the_figures_of_a_topic_are_a_table_that_can_be_heard(canned: Any) -> None:
    others = (replace(canned.pledge, attributed_to=None), replace(_figure("7 %", document="unknown"), kind="percent"))
    message = topic_table(canned.figures(canned.pledge, *others), canned.documents())
    assert [row[3] for row in _table(message)[1:]] == ["Reuters", "Reuters", "—"]
    pledge = "more than $52 billion – AI, over the next three years (Reuters)"
    assert message.text == f"Figures: cloud – 3 figures: {pledge}; {pledge}; 7 % (unknown)"
    assert message.blocks[0]["text"]["text"] == "Figures: cloud"


def _pressed(message: Message) -> dict[str, Any]:
    row = next(block for block in message.blocks if block["type"] == "actions")
    return {one["action_id"]: one.get("value") for one in row["elements"]}


@pytest.mark.parametrize(
    ("count", "page", "first", "rows", "turns", "foot"),
    [
        (1, 0, 0, 1, {}, None),
        (10, 0, 0, 10, {}, None),
        (11, 0, 0, 10, {OLDER: "1 cloud"}, "Figures 1–10 of 11, the newest documents first"),
        (11, 1, 10, 1, {NEWER: "0 cloud"}, "Figures 11–11 of 11, the newest documents first"),
        (25, 1, 10, 10, {NEWER: "0 cloud", OLDER: "2 cloud"}, "Figures 11–20 of 25, the newest documents first"),
        (25, 9, 20, 5, {NEWER: "1 cloud"}, "Figures 21–25 of 25, the newest documents first"),
    ],
)
def test_pages_are_turned_by_buttons(
    canned: Any, count: int, page: int, first: int, rows: int, turns: dict[str, str], foot: str | None
) -> None:
    many = [replace(canned.pledge, text=f"${n} billion", hedge=None, start=n) for n in range(count)]
    message = topic_table(canned.figures(*many), canned.documents(), page)
    assert [row[0] for row in _table(message)[1:]] == [f"${n} billion" for n in range(first, first + rows)]
    assert {name: value for name, value in _pressed(message).items() if name != SENTENCE} == turns
    last = message.blocks[-1]
    assert (last["elements"][0]["text"] if last["type"] == "context" else None) == foot


@pytest.mark.parametrize(("letters", "buttons"), [(1900, 1), (1998, 1), (1999, 0)])
def test_a_topic_too_long_for_a_button_has_no_further_pages(canned: Any, letters: int, buttons: int) -> None:
    many = [replace(canned.pledge, text=f"${n} billion") for n in range(11)]
    message = topic_table(canned.figures(*many, topic="t" * letters), canned.documents())
    assert len(_pressed(message)) == 1 + buttons
    assert outgoing.message(message)


def test_every_figure_of_the_page_has_its_sentence(canned: Any) -> None:
    many = [replace(canned.pledge, start=n, document="d" * 500) for n in range(12)]
    message = topic_table(canned.figures(*many), ())
    menu = message.blocks[-2]["elements"][0]
    assert [one["value"] for one in menu["options"]] == [reference(figure) for figure in many[:10]]
    assert {one["text"]["text"] for one in menu["options"]} == {"more than $52 billion · Reuters"}


def test_what_differs_and_the_chart_are_said_on_the_first_page_only(canned: Any) -> None:
    differing = (Disagreement("AI", "contradicts", (0, 1), "note"),)
    pages = [
        topic_table(replace(canned.compared(), disagreements=differing), canned.documents(), page) for page in (0, 1)
    ]
    kinds = [[block["type"] for block in message.blocks] for message in pages]
    assert kinds == [
        ["header", "rich_text", "data_visualization", "data_table", "actions", "context"],
        ["header", "data_table", "actions", "context"],
    ]


@pytest.mark.parametrize(
    ("topic", "line"),
    [
        (
            "cloud",
            "No figures for “cloud” in the documents: sources lists the documents, figures shows all figures.",
        ),
        (None, "The documents hold no figures."),
    ],
)
def test_no_figures_is_said(canned: Any, topic: str | None, line: str) -> None:
    assert topic_table(canned.figures(topic=topic), ()).text == line


def test_no_figures_names_the_word_that_is_nowhere(canned: Any) -> None:
    found = FigureTable("dividend", Understanding("dividend", missing=("dividend",)), ())
    assert "in the documents, none of which mentions dividend: " in topic_table(found, ()).text


def test_a_misspelled_topic_is_said(canned: Any) -> None:
    found = FigureTable("modlescope", canned.corrected(), (canned.pledge,))
    assert "you wrote “modlescope”" in json.dumps(topic_table(found, ()).blocks, ensure_ascii=False)


@pytest.mark.parametrize(
    ("fields", "cells"),
    [
        ({"text": "$52 billion", "unit": "USD", "about": "AI"}, ["$52 billion", "AI"]),
        (
            {"text": "three strategic bets", "unit": "strategic bets", "about": "strategic bets"},
            ["three strategic bets", "—"],
        ),
        ({"text": "over 100 Models", "unit": "models", "about": "models"}, ["over 100 Models", "—"]),
        ({"text": "5 % paid", "unit": "percent", "about": "AI"}, ["5 % paid", "AI"]),
        ({"text": "5 %", "unit": "percent", "about": "a"}, ["5 %", "a"]),
        ({"text": "billions", "unit": None, "about": "models"}, ["billions (money)", "models"]),
        ({"text": "¥52 billion", "unit": None}, ["¥52 billion", "—"]),
        ({"text": "tens of billions of dollars", "unit": "USD"}, ["tens of billions of dollars", "—"]),
        ({"text": "millions", "unit": None, "kind": "count"}, ["millions", "—"]),
    ],
)
def test_a_row_says_nothing_twice(canned: Any, fields: dict[str, Any], cells: list[str]) -> None:
    shown = replace(_figure(fields["text"]), **fields)
    assert _table(topic_table(canned.figures(shown), ()))[1][:2] == cells


@pytest.mark.parametrize("count", [1, 10, 11, 1000])
@pytest.mark.parametrize("letters", [10, 1000])
@pytest.mark.parametrize("form", ["data", "table", "text"])
def test_a_page_fits_in_every_form(canned: Any, count: int, letters: int, form: Form) -> None:
    long = {name: letter * letters for name, letter in (("about", "a"), ("period", "p"), ("attributed_to", "s"))}
    many = [replace(_figure("9" * letters, document="d" * letters, **long), start=n) for n in range(count)]
    sent = outgoing.message(put(topic_table(canned.figures(*many), ()), form))
    assert "This is cut" not in json.dumps(sent["blocks"])
    assert json.dumps(sent["blocks"]).count("sssss") >= min(count, 10)


@pytest.mark.parametrize(
    ("count", "part", "rows", "foot", "more"),
    [
        (10, 0, 10, [], None),
        (13, 0, 10, ["Figures 1–10 of 13"], "1 how much?"),
        (13, 1, 3, ["Figures 11–13 of 13"], None),
        (13, 9, 3, ["Figures 11–13 of 13"], None),
        (25, 1, 10, ["Figures 11–20 of 25"], "2 how much?"),
    ],
)
def test_an_answer_shows_ten_figures_at_a_time(
    canned: Any, count: int, part: int, rows: int, foot: list[str], more: str | None
) -> None:
    cited = tuple(CitedFigure(replace(canned.pledge, start=n), 1) for n in range(count))
    message = answer_table(canned.answer(figures=cited), "how much?", part)
    assert len(_table(message)) == rows + 1
    small = [block for block in message.blocks if block["type"] == "context"]
    assert [block["elements"][0]["text"] for block in small] == foot
    (row,) = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    assert [each["value"] for each in row if each["action_id"] == MORE] == ([more] if more else [])


def test_a_source_that_is_not_known_still_shows_the_figure(canned: Any) -> None:
    assert _table(answer_table(canned.answer(sources=())))[1][4] == "bold"


def test_a_syndicated_figure_has_one_row_that_says_where_else_it_is(canned: Any) -> None:
    sentence = "Earlier this year, the firm pledged more than $52 billion over the next three years."
    first = replace(canned.pledge, sentence=sentence)
    message = topic_table(canned.figures(first, replace(first, document="copy")), canned.documents())
    (row,) = _table(message)[1:]
    assert row[-1].endswith(" · also in 1 other document")
    assert _table(topic_table(canned.figures(first), canned.documents()))[1][-1] == row[-1].split(" · also")[0]
