"""What people write after "digest": days, times, zones, misspelled too; a question is none of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.orders import Order, read

DAILY, WEEKDAYS = tuple(range(7)), tuple(range(5))


@pytest.mark.parametrize(
    ("words", "days", "minute"),
    [
        ("here daily at 9:00", DAILY, 540),
        ("daily at 9", DAILY, 540),
        ("daily", DAILY, 540),
        ("every day", DAILY, 540),
        ("everyday at 17.15", DAILY, 1035),
        ("at 8:30", DAILY, 510),
        ("weekdays at 8:30am", WEEKDAYS, 510),
        ("every weekday at 8:30 a.m.", WEEKDAYS, 510),
        ("on weekends at noon", (5, 6), 720),
        ("every monday at 9", (0,), 540),
        ("weekly on Monday", (0,), 540),
        ("weekly", (0,), 540),
        ("weekly on fridays at 4pm", (4,), 960),
        ("every Mon, Wed and Fri at 9", (0, 2, 4), 540),
        ("thu & tues at midnight", (1, 3), 0),
        ("at 7 in the evening every day here", DAILY, 1140),
        ("in this channel daily at 12am", DAILY, 0),
        ("daily at 12:05 pm", DAILY, 725),
        ("me daily @ 9", DAILY, 540),
        ("daily at 9 o'clock.", DAILY, 540),
        ("every morning", DAILY, 540),
        ("every morning at 7", DAILY, 420),
        ("weekday mornings", WEEKDAYS, 540),
        ("mon-fri at 9", WEEKDAYS, 540),
        ("Monday through Friday at 9", WEEKDAYS, 540),
        ("fri to mon at 9", (0, 4, 5, 6), 540),
        ("every weekday and saturday at 9", (0, 1, 2, 3, 4, 5), 540),
    ],
)
def test_days_and_times(words: str, days: tuple[int, ...], minute: int) -> None:
    assert read(words) == Order("set", days, minute)


@pytest.mark.parametrize(
    ("words", "zone", "quiet"),
    [
        ("daily at 9 Europe/London", "Europe/London", False),
        ("europe/london daily at 9", "Europe/London", False),
        ("daily at 9 in america/port_of_spain time", "America/Port_of_Spain", False),
        ("daily at 9 utc", "UTC", False),
        ("daily at 9 even when quiet", None, True),
        ("daily at 9 even if nothing is new", None, True),
        ("always daily at 9 UTC", "UTC", True),
    ],
)
def test_zones_and_quiet_days(words: str, zone: str | None, quiet: bool) -> None:
    assert read(words) == Order("set", DAILY, 540, zone, quiet)


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("now", "now"),
        ("preview", "preview"),
        ("preview here", "preview"),
        ("off", "off"),
        ("turn off", "off"),
        ("here off", "off"),
        ("stop", "off"),
        ("status", "status"),
        ("when is it?", "status"),
        ("next", "status"),
        ("", "status"),
        ("here", "status"),
    ],
)
def test_other_acts(words: str, act: str) -> None:
    found = read(words)
    assert found
    assert (found.act, found.corrections, found.problem) == (act, (), None)


@pytest.mark.parametrize(
    ("words", "meant", "corrections"),
    [
        ("dialy at 9", "daily at 9", (("dialy", "daily"),)),
        ("wekdays at 9", "weekdays at 9", (("wekdays", "weekdays"),)),
        ("evry mondy at 9", "every monday at 9", (("evry", "every"), ("mondy", "monday"))),
        ("wensday at 9", "wednesday at 9", (("wensday", "wednesday"),)),
        ("weakly", "weekly", (("weakly", "weekly"),)),
        ("previw", "preview", (("previw", "preview"),)),
        ("stauts", "status", (("stauts", "status"),)),
        ("cancle", "cancel", (("cancle", "cancel"),)),
    ],
)
def test_misspelled_words_are_understood_and_kept(
    words: str, meant: str, corrections: tuple[tuple[str, str], ...]
) -> None:
    found, right = read(words), read(meant)
    assert found
    assert right
    assert (found.act, found.days, found.minute) == (right.act, right.days, right.minute)
    assert (found.corrections, right.corrections) == (corrections, ())


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("daily at 25:00", "“at 25:00” is no time of day"),
        ("daily at 9:75", "“at 9:75” is no time of day"),
        ("weekdays at 13pm", "“at 13pm” is no time of day"),
        ("weekdays at lunch", "I do not understand “at lunch”"),
        ("every other day at 9", "I do not understand “every other day at 9”"),
        ("here every blursday", "I do not understand “every blursday”. Write for example: digest weekdays at 8:30"),
        ("every fortnight", "I do not understand “every fortnight”"),
        ("since 2026-01-01", "A digest tells what is new since the last one here. Write: digest now"),
        ("daily at 9 mars/base", "I know no time zone called “mars/base”"),
        ("daily at 9 ../etc/passwd", "I do not understand"),
        ("daily at 9 europe/", "I do not understand"),
    ],
)
def test_what_cannot_be_done_is_said(words: str, problem: str) -> None:
    found = read(words)
    assert found
    assert (found.problem or "").startswith(problem)


@given(st.text(st.sampled_from("daily weksmonturhfi at9:0/&,.'hpUTC \n"), max_size=60) | st.text(max_size=40))
def test_any_words_are_an_order_or_none(words: str) -> None:
    found = read(words)
    if found and found.act == "set":
        assert found.days == tuple(sorted(set(found.days)))
        assert found.days
        assert 0 <= found.minute < 1440


@pytest.mark.parametrize("words", ["every " * 20_000, "mon and " * 10_000 + "x", "at " + "9" * 50_000, "a/" * 30_000])
def test_long_winded_words_are_read_in_time(words: str) -> None:
    assert read(words) is None
