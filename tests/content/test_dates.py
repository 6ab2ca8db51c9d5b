"""A date that nobody stated is read where a text tells it, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.dates import inferred_date
from content.library import Library


@pytest.mark.parametrize(
    ("text", "url", "date"),
    [
        ("HANGZHOU, May 14, 2026 (Reuters) - Alibaba said more.", None, "2026-05-14"),
        ("SAN FRANCISCO, Sept. 3, 2025 /PRNewswire/ -- Alibaba", None, "2025-09-03"),
        ("BEIJING, 3 June 2025 — Alibaba", None, "2025-06-03"),
        ("Title\nPublished: 14 May 2026\nText", None, "2026-05-14"),
        ("Posted on Monday, May 4th, 2026", None, "2026-05-04"),
        ("Last updated 2026-05-04. Text", None, None),
        ("Updated: 2026-05-04", None, "2026-05-04"),
        ("As we move through May 2026, much has changed.", None, "2026-05"),
        ("They will watch closely as 2025 unfolds.", None, "2025"),
        ("Text", "https://a.example/2026/05/14/alibaba", "2026-05-14"),
        ("Text", "https://a.example/news/2026/5/", "2026-05"),
        ("Text", "https://a.example/2026/13/14/alibaba", None),
        ("Text", "https://[broken/2026/05/14/", None),
        ("Text", "https://a.example/story-20260514", None),
        ("HANGZHOU, February 31, 2026 (Reuters) - Alibaba", None, None),
        ("It began on May 14, 2026, and ended in June 2027.", None, None),
        ("Shipments double by 2030 as planned.", None, None),
        ("", None, None),
    ],
)
def test_inferred(text: str, url: str | None, date: str | None) -> None:
    assert inferred_date(text, url) == date


@given(st.text(), st.none() | st.text().map("https://a.example/2026/".__add__))
def test_any_text_is_read(text: str, url: str | None) -> None:
    assert inferred_date(text, url) is None or inferred_date(text, url)


def test_the_dates_of_the_seeds_are_marked_as_inferred(seeds: Library) -> None:
    assert {one.document: (one.published, one.inferred) for one in seeds.sources()} == {
        "bold-pivot-to-ai": (None, "2025"),
        "full-commercialization": (None, "2026-05"),
        "quiet-ai-revolution": (None, None),
        "qwen-mass-market-layer": (None, None),
    }
