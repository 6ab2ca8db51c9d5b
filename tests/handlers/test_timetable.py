"""When digests are due: days, zones, clocks that are put forward and back, dates that never were."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.timetable import Schedule, Subscription, first, latest, moment, upcoming, zone_named

DAILY = tuple(range(7))
ZONES = ("Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia")


def _utc(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def _wanted(schedule: Schedule, **fields: object) -> Subscription:
    known: dict[str, object] = {"last": None, "paused": None} | fields
    return Subscription("C1", "U1", schedule, False, 0.0, 0, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("zone", "at", "day", "wanted"),
    [
        ("Asia/Shanghai", 540, "2026-11-23", "2026-11-23T01:00"),
        ("America/New_York", 540, "2026-11-23", "2026-11-23T14:00"),
        # put forward: 2:30 is as late as it would have been, 3:30
        ("America/New_York", 150, "2026-03-08", "2026-03-08T07:30"),
        ("America/New_York", 180, "2026-03-08", "2026-03-08T07:00"),
        # put back: the first of the two 1:30s
        ("America/New_York", 90, "2026-11-01", "2026-11-01T05:30"),
        ("Europe/London", 90, "2026-03-29", "2026-03-29T01:30"),
        ("Europe/London", 90, "2026-10-25", "2026-10-25T00:30"),
        # by half an hour
        ("Australia/Lord_Howe", 135, "2026-10-04", "2026-10-03T15:45"),
        ("Australia/Lord_Howe", 105, "2026-04-05", "2026-04-04T14:45"),
        # the day it went over the date line
        ("Pacific/Apia", 540, "2011-12-29", "2011-12-29T19:00"),
        ("Pacific/Apia", 540, "2011-12-30", None),
        ("Pacific/Apia", 0, "2011-12-30", None),
        ("Pacific/Apia", 1439, "2011-12-30", None),
        ("Pacific/Apia", 0, "2011-12-31", "2011-12-30T10:00"),
        # the date line the other way: one date twice, one digest
        ("America/Juneau", 540, "1867-10-18", "1867-10-17T17:57:41"),
        # clocks put forward over midnight: the date remains, and so does its digest
        ("Asia/Beirut", 0, "2026-03-29", "2026-03-28T22:00"),
        ("America/Scoresbysund", 1410, "2024-03-30", "2024-03-31T00:30"),
    ],
)
def test_moments(zone: str, at: int, day: str, wanted: str | None) -> None:
    found = moment(Schedule(DAILY, at, zone), date.fromisoformat(day))
    assert found == (None if wanted is None else _utc(wanted))


def test_other_days_have_no_moment() -> None:
    assert [bool(moment(Schedule((0, 3), 540, "UTC"), date(2026, 11, day))) for day in range(23, 30)] == [
        *(True, False, False, True),
        *(False, False, False),
    ]


@pytest.mark.parametrize(
    ("now", "last", "days", "wanted"),
    [
        ("2026-11-23T08:59", None, DAILY, "2026-11-23T09:00"),
        ("2026-11-23T09:00", None, DAILY, "2026-11-24T09:00"),
        # a date has one digest, whatever time it is moved to
        ("2026-11-23T08:59", date(2026, 11, 23), DAILY, "2026-11-24T09:00"),
        ("2026-11-23T09:30", None, (0,), "2026-11-30T09:00"),
        # a clock was wrong once
        ("2026-11-23T08:59", date(2030, 1, 1), DAILY, "2026-11-23T09:00"),
    ],
)
def test_what_comes_next(now: str, last: date | None, days: tuple[int, ...], wanted: str) -> None:
    assert upcoming(_wanted(Schedule(days, 540, "UTC"), last=last), _utc(now))[1] == _utc(wanted)


def test_the_first_of_several_is_one_that_is_not_paused() -> None:
    wanted = [_wanted(Schedule(DAILY, minute, "UTC"), paused=paused) for minute, paused in ((0, "x"), (60, None))]
    assert first([*wanted, _wanted(Schedule(DAILY, 120, "UTC"))], _utc("2026-11-22T23:00")) == _utc("2026-11-23T01:00")
    assert first(wanted[:1], 0.0) is None


@given(
    st.sampled_from(ZONES),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(0, 1439),
    st.floats(_utc("2011-01-01"), _utc("2030-01-01")),
)
def test_what_comes_next_is_what_was_last_once_it_came(zone: str, days: set[int], minute: int, now: float) -> None:
    schedule = Schedule(tuple(sorted(days)), minute, zone)
    day, at = upcoming(_wanted(schedule), now)
    assert at > now
    assert latest(schedule, at) == (day, at)
    before = latest(schedule, now)
    assert before
    assert before[1] <= now
    assert before[0] < day


def test_a_weekly_date_that_its_zone_skipped_is_left_out() -> None:
    fridays, now = Schedule((4,), 540, "Pacific/Apia"), _utc("2011-12-31T12:00")
    assert latest(fridays, now) == (date(2011, 12, 23), _utc("2011-12-23T19:00"))
    assert upcoming(_wanted(fridays), _utc("2011-12-24T12:00"))[0] == date(2012, 1, 6)


@pytest.mark.parametrize("name", ["Mars/Base", "Europe", "../UTC", "", "/etc/passwd", "a" * 500])
def test_no_zone(name: str) -> None:
    assert zone_named(name) is None
