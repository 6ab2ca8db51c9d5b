"""The modal: the passage among its neighbours, the quoted sentences marked."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.documents import Excerpt, Passage
from handlers.payloads import Place
from handlers.views import outgoing
from handlers.views.blocks import clean
from handlers.views.reader import modal


def _paragraphs(view: dict[str, Any]) -> list[list[dict[str, Any]]]:
    return [block["elements"][0]["elements"] for block in view["blocks"] if block["type"] == "rich_text"]


def _plain(runs: list[dict[str, Any]]) -> str:
    return "".join(run["text"] for run in runs)


def _passage(view: dict[str, Any]) -> list[dict[str, Any]]:
    quotes = (block["elements"][0] for block in view["blocks"] if block["type"] == "rich_text")
    return next(list(quote["elements"]) for quote in quotes if quote["type"] == "rich_text_quote")


def _bold(runs: list[dict[str, Any]]) -> list[str]:
    return [run["text"] for run in runs if run.get("style")]


def test_the_passage_stands_among_its_neighbours_under_their_headings(canned: Any) -> None:
    view = modal(canned.excerpt("One. Two. Three."), Place("bold", 3, ((105, 109),)))
    assert outgoing.checked("modal", view) == view
    assert view["blocks"][0]["text"]["text"] == "A Bold Pivot"
    assert view["blocks"][1]["elements"][0]["text"] == "Reuters · 2026-05 · paragraph 3"
    assert [_plain(runs) for runs in _paragraphs(view)] == [
        "Money",
        "Before it.",
        "One. Two. Three.",
        "Rivals",
        "After it.",
    ]
    assert _bold(_passage(view)) == ["Two."]


@pytest.mark.parametrize(
    ("marked", "bold"),
    [
        ((), []),
        (((100, 104), (110, 116)), ["One.", "Three."]),
        (((110, 116), (100, 104)), ["One.", "Three."]),
        (((100, 116),), ["One. Two. Three."]),
        (((0, 104),), ["One."]),
        (((110, 999),), ["Three."]),
        (((0, 50), (500, 600)), []),
        (((100, 109), (102, 116)), ["One. Two."]),
        (((104, 104),), []),
    ],
)
def test_marks(canned: Any, marked: Any, bold: list[str]) -> None:
    runs = _passage(modal(canned.excerpt("One. Two. Three."), Place("bold", 3, marked)))
    assert _bold(runs) == bold
    assert _plain(runs) == "One. Two. Three."


def test_of_an_overlong_passage_the_part_around_the_mark_is_shown(canned: Any) -> None:
    text = "x" * 20_000 + " Here. " + "y" * 20_000
    view = modal(canned.excerpt(text), Place("bold", 3, ((20_101, 20_106),)))
    assert outgoing.checked("modal", view)
    runs = _passage(view)
    assert _bold(runs) == ["Here."]
    assert _plain(runs).startswith("…")
    assert _plain(runs).endswith("…")
    assert len(_plain(runs)) < 7000


def test_of_overlong_neighbours_the_near_ends_are_shown(canned: Any) -> None:
    before = Passage("bold", 2, 0, 10, "far " * 2000 + "near before", None)
    after = Passage("bold", 4, 0, 10, "near after " + "far " * 2000, None)
    shown = [
        _plain(runs) for runs in _paragraphs(modal(canned.excerpt(before=(before,), after=(after,)), Place("bold", 3)))
    ]
    assert shown[0].startswith("… far")
    assert shown[0].endswith("near before")
    assert shown[-1].startswith("near after")
    assert shown[-1].endswith("…")


def test_a_neighbour_without_a_space_is_cut_too(canned: Any) -> None:
    before = Passage("bold", 2, 0, 10, "x" * 5000, None)
    assert len(_plain(_paragraphs(modal(canned.excerpt(before=(before,)), Place("bold", 3)))[0])) == 1501


@pytest.mark.parametrize(
    ("url", "linked"), [("https://a.b/c", True), ("javascript:x", False), (None, False), ("https://u@a.b", False)]
)
def test_a_document_with_an_address_can_be_opened(canned: Any, url: str | None, linked: bool) -> None:
    view = modal(canned.excerpt(url=url), Place("bold", 3))
    assert ("Open the document" in str(view["blocks"][-1])) is linked


def test_without_a_title_the_document_is_named(canned: Any) -> None:
    view = modal(canned.excerpt(title=None, publisher=None, published=None), Place("bold", 3))
    assert view["blocks"][0]["text"]["text"] == "bold"
    assert view["blocks"][1]["elements"][0]["text"] == "paragraph 3"


spans = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=5).map(tuple)


@given(st.text(min_size=1, max_size=300), spans)
def test_whatever_is_marked_nothing_is_lost(text: str, marked: Any) -> None:
    passage = Passage("d", 3, 100, 100 + len(text), text)
    view = modal(Excerpt(None, None, None, None, (), passage, ()), Place("d", 3, marked))
    assert _plain(_passage(view)) == clean(text)
