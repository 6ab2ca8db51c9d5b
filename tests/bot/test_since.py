"""What people call a day of late."""

from datetime import date

import pytest

from bot.since import read


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", "2026-03-18"),
        (" Yesterday ", "2026-03-17"),
        ("1 day ago", "2026-03-17"),
        ("2  weeks ago", "2026-03-04"),
        ("a week ago", "2026-03-11"),
        ("last week", "2026-03-11"),
        ("tuesday", "2026-03-17"),
        ("last Monday", "2026-03-16"),
        ("last wednesday", "2026-03-11"),
        ("thursday", "2026-03-12"),
    ],
)
def test_a_day_in_words(words: str, day: str) -> None:
    wednesday = date(2026, 3, 18)
    assert read(words, wednesday) == day


@pytest.mark.parametrize(
    "words",
    ["2026-03-01", "2026-03-01T09:00Z", "", "last year", "tomorrow", "week", "0.5 days ago", "2026-13-01", "days ago"],
)
def test_all_else_stays_as_it_was_written(words: str) -> None:
    assert read(words, date(2026, 3, 18)) == words


def test_before_all_days() -> None:
    with pytest.raises(OverflowError):
        read("9999 weeks ago", date(99, 1, 1))
