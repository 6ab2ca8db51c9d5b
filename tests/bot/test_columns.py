"""What is told in columns, on a terminal of any width and on none."""

from io import StringIO

import pytest
from rich.console import Console

from bot.columns import Columns, of_sources
from content.documents import SourceDocument

LONG = "In a move that signals the coming of age of an industry"
DOCUMENTS = (
    SourceDocument("full-commercialization", LONG, None, "2025-11-20T09:00Z", None, 11, 1, (), None),
    SourceDocument("memo", "A  memo\nof ours", None, None, None, 1, 0, ("1 sponsored passage",), "2026-05"),
)


def shown(columns: Columns, width: int | None) -> list[str]:
    """As a terminal of a width shows it; ``None``: as a file takes it."""
    file = StringIO()
    columns.show(Console(file=file, width=width, force_terminal=width is not None, color_system=None))
    return file.getvalue().splitlines()


@pytest.mark.parametrize("width", [None, 200, 120, 100, 80, 60, 40])
def test_ids_dates_and_numbers_are_whole_and_nothing_is_cut(width: int | None) -> None:
    lines = shown(of_sources(DOCUMENTS), width)
    text = "\n".join(lines)
    for whole in ("full-commercialization", "2025-11-20", "about 2026-05"):
        assert whole in text
    assert set(LONG.split()) < set(text.split())
    assert "…" not in text
    assert "publisher" not in text
    assert all(len(line) <= (width or 1_000) for line in lines)


def test_where_there_is_no_terminal_a_row_is_a_line_without_trailing_blanks() -> None:
    lines = shown(of_sources(DOCUMENTS), None)
    assert lines[0].split() == ["document", "title", "published", "passages", "figures", "notes"]
    assert len(lines) == 3
    assert [line.rstrip() for line in lines] == lines
    assert "  A memo of ours  " in lines[2]


def test_where_there_is_too_little_room_a_row_is_some_lines() -> None:
    told = "A memo of ours · about 2026-05 · 1 passage · 0 figures · 1 sponsored passage"
    assert [line.rstrip() for line in shown(of_sources(DOCUMENTS), 76)[-2:]] == ["memo", told]


def test_titles_share_what_is_left() -> None:
    columns = Columns.of(("document", "title"), [("a" * 20, "word " * 12)])
    assert [len(line.rstrip()) for line in shown(columns, 60)] == [27, 56, 46]
