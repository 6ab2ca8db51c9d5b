"""The digest in Slack: ten items, what else there is in the thread, and words for a quiet day."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from content.citations import linked
from content.digests import Difference, Digest, Item, NewDocument, NewFigure, Side, Teller
from content.documents import Copy, Figure, Quotation, Source
from handlers.views import digest as view
from handlers.views import outgoing
from handlers.views.blocks import Message
from tests.conftest import SEEDS, index_all, open_library

STORY = SEEDS.parent / "tests" / "content" / "digest"


def text_of(block: Any) -> str:
    """What a block says, its groups and elements on lines of their own."""
    if block["type"] in ("header", "section"):
        return str(block["text"]["text"])
    if block["type"] == "rich_text_section":
        return "".join(each["text"] for each in block["elements"])
    lines = [each["text"] if "elements" not in each else text_of(each) for each in block["elements"]]
    return ("" if block["type"] == "rich_text_quote" else "\n").join(lines)


def shown(message: Message) -> list[str]:
    return [line for block in outgoing.message(message)["blocks"] for line in text_of(block).splitlines()]


def test_the_story_of_two_days_reads_as_an_editor_would_write_it(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    after = 0
    for day in ("monday", "tuesday"):
        index_all(library, STORY / day)
        found = library.digest(after)
        message = outgoing.message(view.digest(found))
        assert message["text"] + "\n" == (STORY / f"{day}.slack.txt").read_text("utf-8")
        assert view.more(found) == ()
        after = found.upto


def source(n: int, **stated: Any) -> Source:
    known = Source(n, f"d{n}", f"Title {n}", f"Outlet {n}", "2026-03-02", None, 1, f"Sentence {n}. It cost $5.", 0, 99)
    return replace(known, **stated)


def side(n: int, text: str, cited: bool = True) -> Side:
    figure = Figure(text, 20, 22, 5.0, 5.0, "USD", "money", sentence=f"It cost {text}.", document=f"d{n}")
    return Side(figure, Quotation(f"It cost {text}.", n, 12, 24) if cited else None)


def story(n: int, figures: int = 0) -> list[Item]:
    document = NewDocument(n, Quotation(f"Sentence {n}.", n, 0, 11))
    return [document, *(NewFigure(n, side(n, f"${at}")) for at in range(figures))]


def digest(*items: Item, **stated: Any) -> Digest:
    sources = tuple(source(n) for n in range(1, 99))
    return replace(Digest(0, 9, 98, items, linked(sources, (), None)), **stated)


def many(stories: int, figures: int) -> Digest:
    return digest(*(item for n in range(1, stories + 1) for item in story(n, figures)))


def items_of(message: Message) -> int:
    """Quotations and lines beneath them."""
    kinds = [group["type"] for block in message.blocks if block["type"] == "rich_text" for group in block["elements"]]
    lists = [len(group["elements"]) for block in message.blocks for group in block.get("elements", ())
             if group.get("type") == "rich_text_list"]  # fmt: skip
    return kinds.count("rich_text_quote") + sum(lists)


@pytest.mark.parametrize(
    ("stories", "figures", "counts"),
    [(1, 0, [1]), (3, 2, [9]), (4, 2, [9, 3]), (11, 0, [10, 1]), (25, 2, [9, 9, 9, 9])],
)
def test_ten_items_and_the_rest_in_the_thread(stories: int, figures: int, counts: list[int]) -> None:
    found = many(stories, figures)
    thread = view.more(found)
    messages = [view.digest(found), *thread]
    assert [count for count in map(items_of, messages) if count] == counts
    assert ("More in the thread" in shown(messages[0])) is (len(counts) > 1)
    assert all(outgoing.message(one)["text"] for one in messages)
    left = stories * (1 + figures) - sum(counts)
    assert [one.text for one in thread if not items_of(one)] == [
        f"And {left} more items; sources lists all documents."
    ] * bool(left)


def test_who_else_tells_a_story() -> None:
    tellers = [
        Teller(f"t{n}", None, f"Paper {n}", (Copy("c", None, "Copyist"),) if n == 2 else ()) for n in range(1, 7)
    ]
    (item,) = story(1)
    assert isinstance(item, NewDocument)
    own = Teller("own", None, "Outlet 1")
    for told_by, line in (
        (tellers[:1], "Also told by Paper 1"),
        ([tellers[0], tellers[0], own, tellers[1]], "Also told by Paper 1 and Paper 2 (copied by Copyist)"),
        (tellers[2:], "Also told by Paper 3, Paper 4, Paper 5 and Paper 6"),
        (tellers, "Also told by Paper 1, Paper 2 (copied by Copyist), Paper 3, Paper 4 and 2 more"),
    ):
        assert shown(view.digest(digest(replace(item, told_by=tuple(told_by)))))[-1] == line
    assert not any("Also" in line for line in shown(view.digest(digest(replace(item, told_by=(own,))))))


@pytest.mark.parametrize(
    ("item", "line"),
    [
        (
            Difference(1, "changed", "changed", "the pledge", (side(1, "$5", cited=False), side(2, "$6"))),
            "This has changed (the pledge): $5 (before) → $6 (Outlet 2, 2026-03-02)",
        ),
        (
            Difference(1, "disagreement", "contradicts", "dollars", (side(1, "5 dollars"), side(2, "9 dollars"))),
            "Sources contradict each other: 5 dollars (Outlet 1, 2026-03-02) · 9 dollars (Outlet 2, 2026-03-02)",
        ),
        (NewFigure(1, side(1, "$7")), "“It cost $7.”"),
        (NewFigure(1, side(2, "$7")), "“It cost $7.” (Outlet 2, 2026-03-02)"),
    ],
)
def test_lines_beneath_a_story(item: Item, line: str) -> None:
    assert line in shown(view.digest(digest(*story(1), item)))


def test_a_page_that_changed_stands_alone() -> None:
    item = Difference(1, "changed", "changed", "", (side(2, "$5", cited=False), side(2, "$6")))
    assert shown(view.digest(digest(item, documents=0), "Monday")) == [
        "What is new since Monday",
        "1 figure changed",
        "Title 2 · Outlet 2 · 2026-03-02",
        "“It cost $6.”",
        "This has changed: $5 (before) → $6 (Outlet 2, 2026-03-02)",
    ]


@pytest.mark.parametrize(
    ("documents", "since", "says"),
    [
        (0, "", "Nothing new."),
        (0, "yesterday", "Nothing new since yesterday."),
        (2, "yesterday", "Nothing new since yesterday: 2 documents came that told nothing new."),
    ],
)
def test_a_quiet_day(documents: int, since: str, says: str) -> None:
    found = digest(documents=documents)
    assert (shown(view.digest(found, since)), view.digest(found, since).text) == ([says], says)
    assert view.more(found) == ()


def links(message: Message) -> Iterator[str]:
    for block in message.blocks:
        for group in block.get("elements", ()):
            for row in group.get("elements", ()):
                yield from (each["url"] for each in row.get("elements", ()) if each["type"] == "link")


def test_a_side_leads_to_its_source_and_a_title_to_its_own() -> None:
    sources = (source(1, link="https://a.b/1"), source(2, link="javascript:alert(1)"), source(3, link="https://a.b/3"))
    item = Difference(1, "disagreement", "contradicts", "it", (side(1, "$5"), side(2, "$6"), side(3, "$7")))
    message = view.digest(digest(*story(1), item, sources=sources))
    assert list(links(message)) == ["https://a.b/1", "https://a.b/3"]
    assert "<https://a.b/1|Title 1> · Outlet 1 · 2026-03-02" in shown(message)
