"""The parts of a digest: copies and stories, what is new of a quantity, what was revised, when things came."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.arrivals import Arrivals
from content.documents import Document, Figure
from content.extraction import figures_in
from content.news import news
from content.preparation import prepare
from content.revisions import Revision, revisions, together
from content.store import Store
from content.tellings import Telling, stories, without_copies
from tests.conftest import Storage

STORY = (
    "Alibaba pledged more than $52 billion over the next three years to bolster its cloud infrastructure, the firm "
    "said on Monday, as rivals such as Tencent and ByteDance spend ever more on chips and data centers."
)
REWORDED = (
    "More than $52 billion will flow into the cloud infrastructure of Alibaba over the next three years. That is what "
    "the firm announced on Monday, while Tencent and ByteDance buy chips and build data centers of their own."
)
OTHER = (
    "Qwen is an open family of models that developers everywhere may download, change and sell as they like, and many "
    "thousands of them have done so since the spring."
)


def telling(name: str, text: str, **stated: str) -> Telling:
    made = prepare(Document(name, text, **stated))  # type: ignore[arg-type]
    return Telling(replace(made.document, text=""), made.passages, made.figures)


def grouped(texts: Sequence[str], *, before: Sequence[str] = ()) -> list[str]:
    """The stories, each as the names of its tellings with their copies in brackets."""
    new = [telling(name, text) for name, text in zip("abcdefgh", texts, strict=False)]
    known = [telling(f"old {n}", text) for n, text in enumerate(before)]
    distinct = without_copies(new, known)
    quantities = [[figure for one in distinct for figure in one.figures if figure.unit == "USD"]]
    found = stories(distinct, lambda term: 1.0, quantities)
    return ["".join(f"{one.name}[{''.join(one.copies)}]" for one in story) for story in found]


@pytest.mark.parametrize(
    ("texts", "before", "expected"),
    [
        ((), (), []),
        ((STORY, OTHER), (), ["a[]", "b[]"]),
        ((STORY, STORY), (), ["a[b]"]),
        ((STORY, STORY.replace("the firm said on Monday", "it said"), STORY.upper()), (), ["a[bc]"]),
        ((STORY, f"{STORY} {OTHER}"), (), ["a[b]"]),
        ((STORY, STORY.replace("$52", "$53")), (), ["a[]b[]"]),
        ((STORY, REWORDED, OTHER), (), ["a[]b[]", "c[]"]),
        ((STORY, OTHER), (STORY,), ["b[]"]),
        ((f"{STORY} It has 5,000 chips.", OTHER), (STORY,), ["a[]", "b[]"]),
        (("Shares rose.", "Shares rose."), (), ["a[]b[]"]),
        ((f"{OTHER} {STORY}", f"{STORY} {OTHER}", STORY), (OTHER,), ["a[bc]"]),
    ],
)
def test_stories(texts: tuple[str, ...], before: tuple[str, ...], expected: list[str]) -> None:
    assert grouped(texts, before=before) == expected


def test_who_tells_only_an_order_of_magnitude_is_named_beside_those_who_differ() -> None:
    values = ("more than $52 billion", "$53 billion", "tens of billions of dollars")
    told = [telling(str(n), f"Alibaba pledged {value} for AI infrastructure.") for n, value in enumerate(values)]
    found = news([figure for one in told for figure in one.figures], (), {one.name: one.document for one in told})
    assert [tuple(figure.text for figure in one.figures) for one in found.differing] == [values]


def test_the_first_publication_leads() -> None:
    late, early = telling("a", STORY, published="2026-03-02"), telling("b", STORY, published="2026-03-01")
    (one,) = without_copies([late, telling("c", STORY), early])
    assert (one.name, one.copies) == ("b", ("a", "c"))


def told(documents: Sequence[Document], known: int) -> list[str]:
    """What is news where so many documents, counted from the first, were known."""
    figures = [list(figures_in(one.text, 0, one.id)) for one in documents]
    before, new = ([figure for some in part for figure in some] for part in (figures[:known], figures[known:]))
    found = news(new, before, {one.id: one for one in documents})
    differing = [f"{one.relation}: {' / '.join(figure.document for figure in one.figures)}" for one in found.differing]
    return [*differing, *(figure.text for figure in found.figures)]


def documents(*texts: str) -> list[Document]:
    """Documents a, b, c … of one day each."""
    return [
        Document(name, text, published=f"2026-03-0{n}")
        for n, (name, text) in enumerate(zip("abcdefg", texts, strict=False), 1)
    ]


def pledged(amount: str) -> str:
    return f"Alibaba pledged {amount} billion for cloud infrastructure."


VAGUE = "Alibaba pledged tens of billions of dollars for cloud infrastructure."


def raised(amount: str) -> str:
    return f"Alibaba raised its cloud infrastructure pledge to {amount} billion."


@pytest.mark.parametrize(
    ("texts", "known", "expected"),
    [
        ((pledged("$5"),), 0, ["$5 billion"]),
        ((pledged("$5"), pledged("$5")), 0, ["$5 billion"]),
        ((pledged("$5"), pledged("$5.0")), 1, []),
        ((pledged("$5"), pledged("$9")), 1, ["contradicts: a / b"]),
        ((pledged("$5"), pledged("more than $5 billion, or $9")), 2, []),
        ((pledged("$5"), raised("$6")), 1, ["changed: a / b"]),
        ((pledged("$5"), raised("$6")), 0, ["changed: a / b"]),
        ((pledged("$5"), raised("$6"), pledged("$5")), 2, []),
        ((pledged("$5"), raised("$6"), raised("$6")), 1, ["changed: a / b"]),
        ((pledged("$5"), raised("$6"), raised("$7")), 2, ["changed: b / c"]),
        ((pledged("$5"), raised("$6"), raised("$7")), 1, ["changed: b / c"]),
        ((VAGUE, pledged("$52"), raised("$69")), 2, ["changed: b / c"]),
        ((VAGUE, raised("$69")), 1, []),
        ((pledged("$52"), VAGUE), 1, []),
        ((pledged("$52"), pledged("$60"), f"{raised('$69')[:-1]} from $52 billion."), 2, ["changed: a / c"]),
        (("Shares rose 6.2%.", "Shares rose 6.2%."), 1, []),
        (("Shares rose 6.2%.", "Shares fell 6.2%."), 1, ["6.2%"]),
        (("Sales of Tencent rose 8%, up from 5%.",), 0, ["8%"]),
    ],
)  # fmt: skip
def test_news(texts: tuple[str, ...], known: int, expected: list[str]) -> None:
    assert told(documents(*texts), known) == expected


def revised(old: str, new: str) -> list[tuple[str, str]]:
    before, now = (list(figures_in(text, 0, "page")) for text in (old, new))
    return [(one.before.text, one.now.text) for one in revisions(before, now)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("It spent $53 billion.", "It spent $60 billion.", [("$53 billion", "$60 billion")]),
        ("It spent $53 billion.", "It spent $53 billion. It has 9 shops.", []),
        ("It spent $53 billion.", "It spent $53bn.", []),
        ("It spent $53 billion.", "It spent 53 billion yuan.", []),
        ("It spent $53 billion.", "Chips cost the firm $60 billion in all those years.", []),
        ("It spent $53 billion on chips.", "It has spent $60 billion on chips.", [("$53 billion", "$60 billion")]),
        ("Sales rose 8% to $5 billion.", "Sales rose 9% to $6 billion.", [("8%", "9%"), ("$5 billion", "$6 billion")]),
        ("Q1 sales rose 8%. Q2 sales rose 9%.", "Q2 sales rose 9%.", []),
        ("", "It spent $60 billion.", []),
        ("It spent $53 billion.", "", []),
    ],
)
def test_revisions(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert revised(old, new) == expected


def figure(amount: int) -> Figure:
    text = f"${amount} billion"
    return Figure(
        text, 9, 20, amount * 1e9, amount * 1e9, "USD", "money", sentence=f"It spent {text}.", document="page"
    )


@settings(deadline=None)
@given(st.lists(st.integers(1, 4), min_size=2, max_size=6))
def test_revisions_of_one_figure_are_one(amounts: list[int]) -> None:
    steps = [Revision(figure(a), figure(b)) for a, b in pairwise(amounts) if a != b]
    (first, *_, last) = amounts
    assert together(steps) == ([Revision(figure(first), figure(last))] if first != last else [])


def test_arrivals(storage: Storage) -> None:
    store = Store(storage.engine())
    came: Arrivals = store.arrivals

    def put(moment: float, **texts: str) -> int:
        store.put([prepare(Document(name, text)) for name, text in texts.items()], moment)
        return store.last_change()

    first = put(10.0, a="It spent $53 billion.", b="Chips.")
    assert came.documents(0, first) == ("a", "b")
    assert (came.documents(1, first), came.documents(0, 1), came.documents(2, 9)) == (("b",), ("a",), ())
    second = put(20.0, a="It spent $60 billion.", b="Chips.", c="Clouds.")
    assert (came.documents(first, second), came.documents(0, second)) == (("c",), ("a", "b", "c"))
    assert [(one.before.text, one.now.text) for one in came.revisions(first, second)] == [
        ("$53 billion", "$60 billion")
    ]
    assert [came.last_before(moment) for moment in (5, 10, 15, 25)] == [0, 0, 2, 4]
    assert [came.before_newest(count) for count in (0, 1, 2, 3)] == [second, 2, 1, 0]
    assert (came.revisions(0, first), came.revisions(second, 9)) == ((), ())
    store.remove(["a"])
    assert (came.documents(0, 9), came.revisions(0, 9)) == (("b", "c"), ())
    put(30.0, a="It spent $60 billion.")
    assert (came.documents(second, 9), came.last_before(31)) == (("a",), store.last_change())


def test_what_is_taken_apart_anew_is_not_new(storage: Storage) -> None:
    store, engine = Store(storage.engine()), storage.engine()
    store.put([prepare(Document("a", "It spent $53 billion."))], 10.0)
    with engine.begin() as db:
        db.exec_driver_sql("UPDATE documents SET prepared = 1")
        db.exec_driver_sql("UPDATE figures SET text = '$5', sentence = 'It spent $5'")
    assert (store.renew(9), store.last_change()) == (1, 2)
    assert (store.arrivals.documents(1, 2), store.arrivals.revisions(0, 2)) == ((), ())
