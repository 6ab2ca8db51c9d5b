"""Figures: as written, who said them, where they differ; tables that fit."""

import json
from dataclasses import replace
from typing import Any

import pytest

from content.documents import CitedFigure, Figure, FigureTable
from handlers.views import figures, outgoing
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
    assert line == f"{words} (the pledge): $53 billion (Technology Magazine) [2]"


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
    others = (replace(canned.pledge, attributed_to=None), _figure("7 %", document="unknown"))
    message = topic_table(canned.figures(canned.pledge, *others), canned.documents())
    said = [row[3]["text"] for row in message.blocks[-1]["rows"][1:]]
    assert said == ["Reuters", "Reuters", "unknown"]
    assert message.blocks[0]["text"]["text"] == "Figures: cloud"


@pytest.mark.parametrize(
    ("topic", "line"),
    [("cloud", "No figures about “cloud” in the documents."), (None, "The documents hold no figures.")],
)
def test_no_figures_is_said(canned: Any, topic: str | None, line: str) -> None:
    assert topic_table(canned.figures(topic=topic), ()).text == line


def test_a_misspelled_topic_is_said(canned: Any) -> None:
    found = FigureTable("modlescope", canned.corrected(), (canned.pledge,))
    assert "you wrote “modlescope”" in json.dumps(topic_table(found, ()).blocks, ensure_ascii=False)


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
