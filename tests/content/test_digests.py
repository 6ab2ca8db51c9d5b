"""What came since the last digest: each story once, what changed and differs told once, advertising never.

In digest/ five outlets tell one story over two days; one is paid for it, one reprints another. All of it is invented.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from content import formats
from content.digests import Difference, Digest, Item, NewDocument, NewFigure
from content.documents import Document
from content.library import Library
from tests.conftest import SEEDS, index_all, open_library

STORY = Path(__file__).parent / "digest"
PLEDGE = "Alibaba will invest {} in cloud and AI infrastructure over the next three years, the company said."
RAISED = "Alibaba raised its pledge for cloud and AI infrastructure to {} on Tuesday."
CHIPS = "Its own chips, made at home, will do most of the work in the new data centers that it builds in the north."


def told(found: Digest) -> list[str]:
    """The items in short: of which story, what, and what it says."""
    return [f"{item.story} {item.kind}: {said(found, item)}" for item in found.items]


def said(found: Digest, item: Item) -> str:
    if isinstance(item, NewDocument):
        source = found.source(item.quotation)
        tellers = [f"{one.document} {[copy.document for copy in one.also_in]}" for one in item.told_by]
        return " ".join([source.document if source else "?", *tellers])
    if isinstance(item, NewFigure):
        return item.side.figure.text
    return " / ".join(side.figure.text for side in item.sides)


def add(library: Library, *documents: Document) -> int:
    """Index documents; returns the last change before them."""
    before = library.last_change()
    assert [one.error for one in library.add(documents) if one.error] == []
    library.refresh()
    return before


def page(name: str, text: str, published: str = "2026-03-02", **stated: str) -> Document:
    return Document(name, text, stated.get("title", f"Title of {name}"), published=published, publisher=name.title())


def test_the_story_of_two_days(library: Library) -> None:
    index_all(library, STORY / "monday")
    monday = library.digest(0)
    assert (monday.documents, monday.upto) == (4, library.last_change())
    assert told(monday) == [
        "1 document: harbor-ledger lantern-wire ['tidewater']",
        "1 figure: 6.2%",
        "1 figure: more than 5 million customers",
        "2 document: canteen",
    ]
    index_all(library, STORY / "tuesday")
    tuesday = library.digest(monday.upto)
    assert told(tuesday) == [
        "1 document: harbor-ledger-raises lantern-wire-adds [] meridian-post []",
        "1 changed: more than 380 billion yuan / 480 billion yuan",
        "1 disagreement: more than 5 million customers / more than 4 million customers",
        "1 figure: 12%",
        "2 document: qwen-library",
    ]
    assert library.digest(tuesday.upto) == Digest(tuesday.upto, tuesday.upto, 0, (), ())
    assert told(library.digest(0, monday.upto)) == told(monday)


def test_every_sentence_is_quoted_from_where_it_leads(library: Library) -> None:
    index_all(library, STORY / "monday", STORY / "tuesday")
    found = library.digest(0)
    sides = [side for item in found.items if isinstance(item, Difference) for side in item.sides]
    sides += [item.side for item in found.items if isinstance(item, NewFigure)]
    quoted = [item.quotation for item in found.items if isinstance(item, NewDocument)]
    assert len(sides) > 4
    for quotation in (*quoted, *(side.quotation for side in sides)):
        source = found.source(quotation)
        assert quotation
        assert source
        assert source.passage[quotation.start - source.start : quotation.end - source.start] == quotation.text
    assert [side.quotation.text for side in sides if side.quotation] == [side.figure.sentence for side in sides]
    assert not any(one.document == "cloud-almanac" for one in found.sources)


@pytest.mark.parametrize(
    ("before", "new", "items"),
    [
        pytest.param((), (), [], id="nothing"),
        pytest.param((), ("$5 billion",), ["1 document: n0"], id="its figure is in the sentence that is quoted"),
        pytest.param(("$5 billion",), ("about $5 billion",), ["1 document: n0"], id="known"),
        pytest.param(
            ("$5 billion",),
            ("$6 billion",),
            ["1 document: n0", "1 disagreement: $5 billion / $6 billion"],
            id="somebody says otherwise",
        ),
        pytest.param(("$5 billion", "$6 billion"), ("$6 billion",), ["1 document: n0"], id="that they differ is known"),
        pytest.param(
            ("$5 billion", "$6 billion"),
            ("$7.4 billion",),
            ["1 document: n0", "1 disagreement: $5 billion / $6 billion / $7.4 billion"],
            id="a third value",
        ),
        pytest.param(
            (),
            ("$5 billion", "$6 billion"),
            ["1 document: n0 n1 []", "1 disagreement: $5 billion / $6 billion"],
            id="both are new",
        ),
    ],
)
def test_what_is_news(tmp_path: Path, before: tuple[str, ...], new: tuple[str, ...], items: list[str]) -> None:
    library = open_library(tmp_path)
    add(library, *(page(f"k{n}", f"{PLEDGE.format(text)} That is {n}.", "2026-03-01") for n, text in enumerate(before)))
    after = add(library, *(page(f"n{n}", f"{PLEDGE.format(text)} {CHIPS[n:]}") for n, text in enumerate(new)))
    assert told(library.digest(after)) == items


@pytest.mark.parametrize(
    ("old", "new", "items"),
    [
        (PLEDGE.format("$5 billion"), RAISED.format("$6 billion"),
         ["1 document: new", "1 changed: $5 billion / $6 billion"]),
        (RAISED.format("$6 billion"), PLEDGE.format("$5 billion"),
         ["1 document: new", "1 disagreement: $6 billion / $5 billion"]),
        ("Alibaba Cloud serves 9 million customers.", "Alibaba Cloud serves 8 million customers.",
         ["1 document: new", "1 changed: 9 million customers / 8 million customers"]),
    ],
    ids=["raised", "told as it was", "another month"],
)  # fmt: skip
def test_what_changes(tmp_path: Path, old: str, new: str, items: list[str]) -> None:
    library = open_library(tmp_path)
    add(library, page("old", old, "2026-01-05"))
    add(library, page("new", new, "2026-03-03"))
    assert told(library.digest(1)) == items


def test_a_change_is_told_once_with_the_value_that_was_known_last(library: Library) -> None:
    values = ("$5 billion", "$6 billion", "$7 billion")
    add(library, page("a", PLEDGE.format(values[0])))
    days = [add(library, page(f"b{n}", RAISED.format(text), f"2026-03-0{n + 3}")) for n, text in enumerate(values[1:])]
    changed = [line for day in days for line in told(library.digest(day, day + 1)) if "changed" in line]
    assert changed == ["1 changed: $5 billion / $6 billion", "1 changed: $6 billion / $7 billion"]


def test_a_page_that_changed_tells_the_old_figure_and_the_new(library: Library) -> None:
    text = f"{PLEDGE} {CHIPS} Prices fell 8%."
    add(library, page("page", text.format("$53 billion")))
    after = add(library, page("page", text.format("$60 billion").replace("fell 8%", "fell by 8%")))
    (item,) = library.digest(after).items
    assert isinstance(item, Difference)
    (old, new), found = item.sides, library.digest(after)
    assert (old.figure.text, old.quotation, found.who(old, "page")) == ("$53 billion", None, ())
    assert (new.figure.text, found.who(new, ""), found.who(new, "page")) == (
        "$60 billion",
        ("the company", "Page", "2026-03-02"),
        ("the company",),
    )
    assert new.quotation
    assert new.quotation.text == PLEDGE.format("$60 billion")
    assert (found.documents, told(library.digest(0))) == (0, ["1 document: page", "1 figure: 8%"])
    add(library, page("page", text.format("$53 billion")))
    assert told(library.digest(after)) == []
    add(library, page("page", CHIPS))
    assert told(library.digest(after + 1)) == []


def test_what_only_repeats_an_older_document_is_not_told(library: Library) -> None:
    story = f"{PLEDGE.format('$5 billion')} {CHIPS}"
    add(library, page("first", story, "2026-03-02"))
    late = f"{story} Nothing else is known of it."
    after = add(library, page("late", late, "2026-03-04"), page("ad", "Sponsored content\n\n" + story))
    assert (told(library.digest(after)), library.digest(after).documents) == ([], 1)
    assert told(library.digest(0)) == ["1 document: first"]
    assert [copy.document for copy in library.digest(0).sources[0].also_in] == ["late"]


def test_since_a_moment(tmp_path: Path) -> None:
    now = [100.0]
    library = Library.open(tmp_path, open_library(tmp_path)._store._engine, clock=lambda: now[0])
    for name, moment in (("a", 100.0), ("b", 200.0), ("c", 200.0), ("d", 300.0)):
        now[0] = moment
        add(library, page(name, f"{name} {CHIPS.replace('chips', name * 3)}", title=name * 4))
    new = {moment: library.digest_since(moment).documents for moment in (0, 100.0, 100.5, 200.0, 201, 300, 301)}
    assert new == {0: 4, 100.0: 4, 100.5: 3, 200.0: 3, 201: 1, 300: 1, 301: 0}
    assert library.digest_since(0).upto == library.digest_since(999).upto == library.last_change() == 4


def test_of_very_many_documents_the_last_are_told(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    add(
        library,
        *(Document(f"d{n:03}", f"Wine number {n} grows on hill {n * n} in the old valley.") for n in range(320)),
    )
    found = library.digest(0)
    assert found.documents == 320
    assert not {source.document for source in found.sources} & {f"d{n:03}" for n in range(20)}


def test_the_same_digest_whatever_the_hash_seed(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    index_all(library, STORY / "monday", STORY / "tuesday", SEEDS)
    script = (
        f"import sys; sys.path.insert(0, {str(SEEDS.parent)!r})\n"
        "from pathlib import Path; from tests.conftest import open_library\n"
        f"library = open_library(Path({str(tmp_path)!r}))\n"
        "print(library.digest(0), library.digest(5), library.digest(7))"
    )
    seed = {"PYTHONHASHSEED": "1"}
    other = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, env=seed, text=True)
    assert other.stdout.strip() == f"{library.digest(0)} {library.digest(5)} {library.digest(7)}"


def test_the_seeds_are_four_stories(seeds: Library) -> None:
    found = seeds.digest(0)
    assert len([item for item in found.items if isinstance(item, NewDocument)]) == 4
    assert found.documents == len([one for one in formats.documents(SEEDS) if isinstance(one, Document)])
