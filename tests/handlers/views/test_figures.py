"""Figures: as written, who said them, where they differ; tables that fit."""

import json
from dataclasses import replace
from typing import Any

import pytest

from content.documents import Answer, CitedFigure, Disagreement, Figure, FigureTable
from handlers.views import figures, outgoing
from handlers.views.blocks import Message
from handlers.views.figures import answer_table, chosen_figure, disagreements, headline, said_by, topic_table, value


def _figure(text: str = "$52 billion", **fields: Any) -> Figure:
    return Figure(text, 0, len(text), None, None, None, "money", **fields)


@pytest.mark.parametrize(
    ("text", "hedge", "shown"),
    [
        ("$52 billion", None, "$52 billion"),
        ("$52 billion", "more than", "more than $52 billion"),
        ("more than $52 billion", "more than", "more than $52 billion"),
        ("More than $52 billion", "more than", "More than $52 billion"),
        ("tens of billions", "tens of", "tens of billions"),
    ],
)
def test_a_value_keeps_what_loosens_it(text: str, hedge: str | None, shown: str) -> None:
    assert value(_figure(text, hedge=hedge)) == shown


@pytest.mark.parametrize(
    ("attributed", "publisher", "title", "who"),
    [
        ("CNBC", "Reuters", "Title", "CNBC"),
        (None, "Reuters", "Title", "Reuters"),
        (None, None, "Title", "Title"),
        (None, None, None, "bold"),
    ],
)
def test_who_says_it(canned: Any, attributed: Any, publisher: Any, title: Any, who: str) -> None:
    source = replace(canned.answer().sources[0], publisher=publisher, title=title)
    assert said_by(_figure(attributed_to=attributed, document="bold"), source) == who


@pytest.mark.parametrize(("attributed", "who"), [("CNBC", "CNBC"), (None, "bold")])
def test_who_says_it_without_a_source(attributed: str | None, who: str) -> None:
    assert said_by(_figure(attributed_to=attributed, document="bold"), None) == who


def test_the_headline_is_of_the_first_sentence_with_a_figure(canned: Any) -> None:
    elsewhere = CitedFigure(replace(canned.pledge, start=5000), 1)
    found = canned.answer(figures=(elsewhere, CitedFigure(canned.pledge, 1)))
    assert chosen_figure(found) == found.figures[1]
    assert chosen_figure(canned.answer(figures=(elsewhere,))) == elsewhere


def test_without_a_figure_there_is_no_headline(canned: Any) -> None:
    assert headline(canned.answer(figures=())) is None


@pytest.mark.parametrize(
    ("relation", "words"),
    [
        ("reported_differently", "Sources differ"),
        ("contradicts", "Sources contradict each other"),
        ("changed", "This has changed"),
    ],
)
def test_a_disagreement_is_shown_not_averaged(canned: Any, relation: str, words: str) -> None:
    block = disagreements(canned.disagreeing(relation))
    assert block
    line = "".join(run["text"] for run in block["elements"][0]["elements"])
    assert line == f"{words}: $53 billion (Technology Magazine) [2]"


def _tens(canned: Any) -> Answer:
    """Three tellings of one pledge, the vaguest in the middle."""
    found: Answer = canned.disagreeing()
    tens = replace(
        canned.pledge, text="tens of billions", hedge=None, low=1e10, high=1e11, attributed_to="CNBC", start=9
    )
    figures = (found.figures[0], CitedFigure(tens, 2), replace(found.figures[1], citation=3))
    differing = replace(found.disagreements[0], figures=(0, 1, 2))
    return replace(found, figures=figures, disagreements=(differing,))


def test_the_headline_is_not_said_again_and_a_range_comes_last(canned: Any) -> None:
    block = disagreements(_tens(canned))
    assert block
    line = "".join(run["text"] for run in block["elements"][0]["elements"])
    assert line == "Sources differ: $53 billion (Technology Magazine) [3] · tens of billions (CNBC) [2]"


def test_what_else_differs_is_named(canned: Any) -> None:
    found = _tens(canned)
    block = disagreements(replace(found, disagreements=(replace(found.disagreements[0], figures=(1, 2)),)))
    assert "Sources differ" in json.dumps(block)
    assert " (the pledge): $53 billion" in json.dumps(block)


def _notes(message: Message) -> list[str]:
    rich = [group for block in message.blocks if block["type"] == "rich_text" for group in block["elements"]]
    return ["".join(run["text"] for run in group["elements"]) for group in rich]


def test_the_table_of_an_answer_says_where_sources_differ(canned: Any) -> None:
    assert _notes(answer_table(_tens(canned))) == [
        "Sources differ (the pledge): more than $52 billion (Reuters) · $53 billion (Technology Magazine)"
        " · tens of billions (CNBC)"
    ]


@pytest.mark.parametrize(("count", "lines"), [(0, 0), (1, 1), (9, 5)])
def test_the_table_of_a_topic_says_where_sources_differ(canned: Any, count: int, lines: int) -> None:
    other = replace(canned.pledge, text="$53 billion", hedge=None, attributed_to=None, document="plain1")
    differing = (Disagreement("AI", "contradicts", (0, 1), "note"),) * count
    table = replace(canned.figures(canned.pledge, other), disagreements=differing)
    told = "Sources contradict each other (AI): more than $52 billion (Reuters) · $53 billion (plain1)"
    assert _notes(topic_table(table, canned.documents())) == [told] * lines


def test_a_disagreement_without_a_headline_names_all(canned: Any) -> None:
    block = disagreements(replace(canned.disagreeing(), wants_figure=False))
    assert "more than $52 billion (Reuters) [1] · $53 billion" in json.dumps(block, ensure_ascii=False)


def test_agreement_needs_no_line(canned: Any) -> None:
    assert disagreements(canned.answer()) is None


def test_the_figures_of_an_answer_are_a_table(canned: Any) -> None:
    message = answer_table(canned.disagreeing())
    table = next(block for block in message.blocks if block["type"] == "table")
    cells = [[cell["text"] for cell in row] for row in table["rows"]]
    assert cells == [
        ["Figure", "About", "Period", "Said by", "Document"],
        ["more than $52 billion", "AI", "over the next three years", "Reuters", "A Bold Pivot"],
        ["$53 billion", "—", "—", "Technology Magazine", "The Quiet Revolution"],
    ]
    assert "2 figures: more than $52 billion (Reuters); $53 billion (Technology Magazine)" in message.text


def test_the_figures_of_a_topic_are_a_table(canned: Any) -> None:
    others = (replace(canned.pledge, attributed_to=None), replace(_figure("7 %", document="unknown"), kind="percent"))
    message = topic_table(canned.figures(canned.pledge, *others), canned.documents())
    said = [row[3]["text"] for row in message.blocks[-1]["rows"][1:]]
    assert said == ["Reuters", "Reuters", "—"]
    assert message.text.endswith("3 figures: more than $52 billion (Reuters); more than $52 billion (Reuters); 7 %")
    assert message.blocks[0]["text"]["text"] == "Figures: cloud"


@pytest.mark.parametrize(
    ("topic", "line"),
    [
        (
            "cloud",
            "No figures about “cloud” in the documents: sources lists the documents, figures shows all figures.",
        ),
        (None, "The documents hold no figures."),
    ],
)
def test_no_figures_is_said(canned: Any, topic: str | None, line: str) -> None:
    assert topic_table(canned.figures(topic=topic), ()).text == line


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
    row = topic_table(canned.figures(shown), ()).blocks[-1]["rows"][1]
    assert [cell["text"] for cell in row[:2]] == cells


@pytest.mark.parametrize(
    ("count", "letters", "rows"), [(1, 10, 1), (30, 10, 30), (31, 10, 30), (1000, 10, 30), (30, 1000, 11)]
)
def test_a_table_fits_and_says_what_is_left_out(canned: Any, count: int, letters: int, rows: int) -> None:
    many = [_figure("9" * letters, about="a" * letters, period="p" * letters, attributed_to="s" * letters)] * count
    message = topic_table(canned.figures(*many), ())
    sent = outgoing.message(message)
    table = next(block for block in sent["blocks"] if block["type"] == "table")
    assert len(table["rows"]) == rows + 1
    assert (f"{count - rows} more." in json.dumps(sent["blocks"])) is (count > rows)


def test_a_citation_that_leads_nowhere_still_shows_the_figure(canned: Any) -> None:
    message = answer_table(canned.answer(sources=()))
    assert message.blocks[-1]["rows"][1][4]["text"] == "bold"
    assert figures.by_number(()) == {}
