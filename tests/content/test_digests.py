"""What came since the last digest: each story once, what changed and differs told once, advertising never."""

from collections.abc import Callable
from pathlib import Path

import pytest

from content.digests import Difference, Digest, NewDocument, NewFigure
from content.library import Library
from tests.conftest import Storage, index_all, open_library

STORY = Path(__file__).parent / "digest"


def told(found: Digest) -> list[tuple[int, str, str]]:
    """The items in short: of which story, what, and what it says."""
    return [(item.story, item.kind, said(item)) for item in found.items]


def said(item: NewDocument | NewFigure | Difference) -> str:
    if isinstance(item, NewDocument):
        return item.quotation.text
    if isinstance(item, NewFigure):
        return item.side.figure.text
    return " / ".join(side.figure.text for side in item.sides)


def test_the_story_of_two_days(library: Library) -> None:
    assert library.digest(0).items == ()
    index_all(library, STORY / "monday")
    monday = library.digest(0)
    assert (monday.documents, monday.upto) == (4, library.last_change())
    assert [(story, kind) for story, kind, _ in told(monday)] == [
        (1, "document"), (1, "figure"), (1, "figure"), (2, "document")
    ]  # fmt: skip
    index_all(library, STORY / "tuesday")
    tuesday = library.digest(monday.upto)
    assert (
        2,
        "document",
        "The city library of Wuzhen lends laptops on which a small Qwen model runs without a network.",
    ) in told(tuesday)
    assert (1, "changed", "more than 380 billion yuan / 480 billion yuan") in told(tuesday)
    assert library.digest(tuesday.upto).items == ()
