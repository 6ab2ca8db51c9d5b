"""App Home as people see it, within Slack's limits."""

import json
from dataclasses import replace
from typing import Any

import pytest

from content.documents import Disagreement, FigureTable, Understanding
from handlers.timetable import Schedule, Subscription
from handlers.views import home, outgoing
from handlers.views.home import Contents


def _contents(canned: Any, **fields: Any) -> Contents:
    table = FigureTable(None, Understanding(""), (canned.pledge,))
    made = Contents(canned.searched, canned.documents(), table, ("what is Qwen?",), "how much for AI?", "/ask")
    return replace(made, **fields)


def _shown(contents: Contents) -> str:
    view = outgoing.checked("home", home.home(contents))
    return json.dumps(view["blocks"], ensure_ascii=False)


@pytest.mark.parametrize(
    "words",
    [
        "I answer from 4 documents, the newest of 2026-05",
        "/ask how much for AI?",
        "A Bold Pivot",
        "more than $52 billion",
        "· AI – Reuters",
        "what is Qwen?",
        "write “forget me” to erase it",
    ],
)
def test_what_it_shows(canned: Any, words: str) -> None:
    assert words in _shown(_contents(canned))


def test_the_newest_documents_come_first(canned: Any) -> None:
    one = replace(canned.documents()[0], labels=())
    stated = {"old": "2025-01-02", "none": None, "odd": "unknown", "new": "2026-05"}
    documents = [replace(one, title=title, published=published) for title, published in stated.items()]
    documents.append(replace(one, title="told", published=None, inferred="2024"))
    shown = _shown(_contents(canned, documents=documents, figures=None))
    places = [shown.index(f"|{title}>") for title in ("new", "old", "none", "odd", "told")]
    assert places == sorted(places)
    assert "about 2024 (inferred)" in shown


@pytest.mark.parametrize(
    ("fields", "absent"),
    [
        ({"asked": ()}, "What you asked"),
        ({"figures": None}, "Recent figures"),
        ({"figures": FigureTable(None, Understanding(""), ())}, "Recent figures"),
        ({"example": None}, "how much for AI?"),
        ({"documents": ()}, "A Bold Pivot"),
        ({}, "Your digests"),
    ],
)
def test_what_there_is_not_is_not_shown(canned: Any, fields: dict[str, Any], absent: str) -> None:
    assert absent not in _shown(_contents(canned, **fields))


def test_where_sources_differ_is_said(canned: Any) -> None:
    differing = Disagreement("the pledge", "reported_differently", (0, 0), "$52 billion (Reuters), $53 billion (Other)")
    table = FigureTable(None, Understanding(""), (canned.pledge,), (differing,))
    assert "$52 billion (Reuters), $53 billion (Other)" in _shown(_contents(canned, figures=table))


def test_a_large_store_fits(canned: Any) -> None:
    long = replace(canned.pledge, text="$" + "9" * 3000, about="x" * 3000)
    shown = _shown(
        _contents(
            canned,
            documents=canned.documents(500),
            figures=FigureTable(None, Understanding(""), (long,) * 500),
            asked=("q" * 2000,) * 50,
        )
    )
    assert "and 490 more documents" in shown


@pytest.mark.parametrize(("example", "count"), [(None, 3), ("how much for AI?", 4)])
def test_there_are_at_most_four_prompts(example: str | None, count: int) -> None:
    prompts = home.prompts(example)
    assert len(prompts) == count
    assert all(each["title"] and each["message"] for each in prompts)


def test_the_digests_somebody_set_up_are_listed(canned: Any) -> None:
    daily = Subscription("C1", "U1", Schedule((0, 1, 2, 3, 4), 540, "Europe/London"), False, 0.0, 0)
    digests = [(daily, 1_795_424_400.0), (replace(daily, channel="D1", paused="is_archived"), 1_795_424_400.0)]
    shown = _shown(_contents(canned, digests=digests * 8))
    assert shown.count('{"type": "channel", "channel_id": "C1"}') == 5
    assert " every weekday at 9:00, Europe/London – next: Monday 23 November" in shown
    assert "direct messages" in shown
    assert "– paused, as the channel is archived" in shown
