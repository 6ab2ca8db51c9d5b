"""The modal: the passage among its neighbours, the quoted sentences marked."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.documents import Excerpt, Passage, Place
from handlers.payloads import read_place
from handlers.views import outgoing
from handlers.views.blocks import clean
from handlers.views.reader import WIDER, headed, modal


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
    view = modal(canned.excerpt("One. Two. Three."), Place("bold", 3, ((5, 9),)))
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


def test_a_heading_stands_once_and_leads_nowhere(canned: Any) -> None:
    ad = Passage("bold", 4, 200, 204, "Buy.", "Sponsored: racks of AcmeServers.com", sponsored="…")
    after = (ad, replace(ad, number=5), Passage("bold", 6, 300, 304, "End.", "News"))
    excerpt = replace(canned.excerpt(), title="Money", after=after)
    headings = [heading for _, heading in headed(excerpt)]
    assert headings == [None, None, "Sponsored: racks of (address left out)", None, "News"]


@pytest.mark.parametrize(
    ("marked", "bold"),
    [
        ((), []),
        (((0, 4), (10, 16)), ["One.", "Three."]),
        (((10, 16), (0, 4)), ["One.", "Three."]),
        (((0, 16),), ["One. Two. Three."]),
        (((-9, 4),), ["One."]),
        (((10, 999),), ["Three."]),
        (((-9, 0), (500, 600)), []),
        (((0, 9), (2, 16)), ["One. Two."]),
        (((4, 4),), []),
    ],
)
def test_marks(canned: Any, marked: Any, bold: list[str]) -> None:
    runs = _passage(modal(canned.excerpt("One. Two. Three."), Place("bold", 3, marked)))
    assert _bold(runs) == bold
    assert _plain(runs) == "One. Two. Three."


def test_of_an_overlong_passage_the_part_around_the_mark_is_shown(canned: Any) -> None:
    text = "x" * 20_000 + " Here. " + "y" * 20_000
    view = modal(canned.excerpt(text), Place("bold", 3, ((20_001, 20_006),)))
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


def test_of_overlong_neighbours_whole_sentences_are_shown(canned: Any) -> None:
    text = "It is so. " * 200
    before, after = Passage("bold", 2, 0, 10, text, None), Passage("bold", 4, 0, 10, text, None)
    shown = [_plain(runs) for runs in _paragraphs(modal(canned.excerpt(before=(before,), after=(after,)), _AT))]
    assert shown[0].startswith("… It is so.")
    assert shown[-1].endswith("so. …")


_AT = Place("bold", 3, ((0, 4),))


@pytest.mark.parametrize(
    ("count", "letters", "more"),
    [(0, 0, False), (1, 10, False), (2, 10, False), (3, 10, True), (1, 1500, False), (1, 1501, True)],
)
@pytest.mark.parametrize("side", ["before", "after"])
def test_more_is_offered_where_there_is_more_to_read(
    canned: Any, side: str, count: int, letters: int, more: bool
) -> None:
    beside = tuple(
        Passage("bold", 9 + n, 0, letters, "a " * (letters // 2) + "b" * (letters % 2)) for n in range(count)
    )
    excerpt = canned.excerpt(**({"before": (), "after": ()} | {side: beside}))
    view, widely = modal(excerpt, _AT), modal(excerpt, _AT, widely=True)
    assert outgoing.checked("modal", view) == view
    pressed = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    assert [[each["action_id"] for each in row] for row in pressed] == ([[WIDER]] if more else [])
    assert [read_place(row[0]["value"]) for row in pressed] == ([_AT] if more else [])
    assert WIDER not in str(widely)
    assert all(passage.text in str(widely) for passage in beside)


def test_seventeen_passages_fit(canned: Any) -> None:
    many = tuple(Passage("bold", n, 0, 2000, "word " * 400, f"Heading {n}", sponsored="…") for n in range(8))
    view = modal(canned.excerpt(before=many, after=many, url="https://a.b/c"), _AT, widely=True)
    assert outgoing.checked("modal", view) == view


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


def test_a_passage_that_changed_says_so_and_marks_nothing(canned: Any) -> None:
    view = modal(canned.excerpt("One. Two.", changed=True), Place("bold", 3, ((0, 4),)))
    assert outgoing.checked("modal", view) == view
    assert "changed since it was quoted" in view["blocks"][2]["elements"][0]["text"]
    assert _bold(_passage(view)) == []


def test_sponsored_passages_are_labelled_and_lead_nowhere(canned: Any) -> None:
    before = Passage("bold", 2, 0, 10, "Buy at acme.com.", None, sponsored="asks to buy")
    ad = Passage("bold", 3, 100, 140, "See https://acme.com/x for more.", None, sponsored="praises a supplier")
    view = modal(canned.excerpt(before=(before,), passage=ad, url="https://a.b/c"), Place("bold", 3, ((0, 4),)))
    assert outgoing.checked("modal", view) == view
    assert str(view).count("seems to be advertising") == 2
    assert "acme" not in str(view)
    assert "Open the document" not in str(view)
    assert _bold(_passage(view)) == []


def test_the_document_opens_at_what_was_quoted(canned: Any) -> None:
    view = modal(canned.excerpt("One. Two.", url="https://a.b/c"), Place("bold", 3, ((5, 9),)))
    assert "<https://a.b/c#:~:text=Two.|Open the document>" in view["blocks"][-1]["text"]["text"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"published": None, "inferred": "2026-05"}, "Reuters · about 2026-05 (inferred) · paragraph 3"),
        ({"label": "press release"}, "Reuters · 2026-05 · press release · paragraph 3"),
    ],
)
def test_what_is_known_of_a_document_is_said(canned: Any, fields: dict[str, Any], said: str) -> None:
    assert modal(canned.excerpt(**fields), Place("bold", 3))["blocks"][1]["elements"][0]["text"] == said
