"""Figures: as written, who said them, where they differ."""

import json
from dataclasses import replace
from typing import Any

import pytest

from content.documents import CitedFigure, Figure
from handlers.views.figures import by_number, chosen_figure, differing, disagreements, headline, said_by, told_by, value


def _figure(text: str = "$52 billion", **fields: Any) -> Figure:
    bounds = (fields.pop("low", None), fields.pop("high", None))
    return Figure(text, 0, len(text), *bounds, None, "money", **fields)


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


def test_the_headline_is_the_figure_that_stands_first(canned: Any) -> None:
    asked = CitedFigure(replace(canned.pledge, start=5000), 1)
    assert chosen_figure(canned.answer(figures=(asked, CitedFigure(canned.pledge, 1)))) == asked


def test_without_a_figure_there_is_no_headline(canned: Any) -> None:
    assert headline(canned.answer(figures=())) is None


@pytest.mark.parametrize(
    ("relation", "words"),
    [
        ("reported_differently", "Sources differ"),
        ("contradicts", "Sources contradict each other"),
        ("changed", "Since then"),
    ],
)
def test_a_disagreement_is_shown_not_averaged(canned: Any, relation: str, words: str) -> None:
    block = disagreements(canned.disagreeing(relation))
    assert block
    line = "".join(run["text"] for run in block["elements"][0]["elements"])
    assert line == f"{words}: $53 billion (Technology Magazine, 2026-05) [2]"


def test_what_the_newest_took_the_place_of_was_before(canned: Any) -> None:
    found = canned.disagreeing("changed")
    block = disagreements(replace(found, disagreements=(replace(found.disagreements[0], figures=(1, 0)),)))
    assert block
    line = "".join(run["text"] for run in block["elements"][0]["elements"])
    assert line == "Before: $53 billion (Technology Magazine, 2026-05) [2]"


@pytest.mark.parametrize(
    ("published", "who"), [("2026-05", "Reuters, 2026-05"), (None, "Reuters")], ids=["dated", "undated"]
)
def test_what_is_compared_has_its_date(canned: Any, published: str | None, who: str) -> None:
    source = replace(canned.answer().sources[0], published=published)
    assert told_by(_figure(attributed_to="Reuters"), source) == who


def test_the_headline_is_not_said_again_and_a_range_comes_last(canned: Any) -> None:
    block = disagreements(canned.tens())
    assert block
    line = "".join(run["text"] for run in block["elements"][0]["elements"])
    assert line == "Sources differ: $53 billion (Technology Magazine) [3] · tens of billions (CNBC, 2026-05) [2]"


def test_what_else_differs_is_named(canned: Any) -> None:
    found = canned.tens()
    block = disagreements(replace(found, disagreements=(replace(found.disagreements[0], figures=(1, 2)),)))
    assert "Sources differ" in json.dumps(block)
    assert " (the pledge): $53 billion" in json.dumps(block)


def test_a_disagreement_without_a_headline_names_all(canned: Any) -> None:
    block = disagreements(replace(canned.disagreeing(), wants_figure=False))
    assert "more than $52 billion (Reuters, 2026-05) [1] · $53 billion" in json.dumps(block, ensure_ascii=False)


def test_agreement_needs_no_line(canned: Any) -> None:
    assert disagreements(canned.answer()) is None


def test_a_change_is_told_from_old_to_new() -> None:
    old, new = _figure("tens of billions", low=1e10, high=1e11), _figure("$5 billion")
    line = differing("changed", "the pledge", [old, new], ["(A)", "(B)"])
    assert line["elements"][1]["text"] == " (the pledge): tens of billions (A) → $5 billion (B)"


def test_no_sources_have_no_numbers() -> None:
    assert by_number(()) == {}
