"""What is due, and what becomes of it: refusals, outages, crashes, days without news. Time is a number here."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.calls import DEAD
from bot.memory import LEASE
from bot.scheduler import GRACE, due
from bot.subscriptions import Subscriptions
from handlers.services import OutcomeUnknown, Refused, SlackFailure
from handlers.timetable import Ended, Run, Schedule, Subscription
from tests.bot.almanac import Process, World, empty

#: Monday 23 November 2026, 9:00 in London
NINE = 1_795_424_400.0
DAILY = Schedule(tuple(range(7)), 540, "Europe/London")
WANTED = Subscription("C1", "U1", DAILY, False, NINE - 60, 0)
MONDAY = date(2026, 11, 23)
HOUR, DAY = 3600.0, 86_400.0
LOST, ACCEPTED = OutcomeUnknown("timeout"), OutcomeUnknown("accepted")


@pytest.mark.parametrize(
    ("fields", "now", "day", "outcome"),
    [
        ({}, NINE, "2026-11-23", None),
        ({}, NINE - 1, None, None),
        ({}, NINE + GRACE - 1, "2026-11-23", None),
        ({}, NINE + GRACE, "2026-11-23", "late"),
        # the last date alone: it makes up for those before
        ({}, NINE + 3 * DAY + HOUR, "2026-11-26", None),
        ({}, NINE + 3 * DAY + GRACE, "2026-11-26", "late"),
        ({"last": MONDAY}, NINE + HOUR, None, None),
        ({"last": MONDAY}, NINE + DAY, "2026-11-24", None),
        # of a zone further east, of a clock that was wrong
        ({"last": date(2026, 11, 24)}, NINE, None, None),
        ({"last": date(2030, 1, 1)}, NINE, "2026-11-23", None),
        # set up since
        ({"since": NINE}, NINE + HOUR, None, None),
        ({"paused": "is_archived"}, NINE, None, None),
        ({"schedule": replace(DAILY, days=(1,))}, NINE, None, None),
        ({"schedule": replace(DAILY, zone="Asia/Shanghai"), "since": NINE - DAY}, NINE - 8 * HOUR, "2026-11-23", None),
    ],
)
def test_what_is_due(fields: dict[str, Any], now: float, day: str | None, outcome: str | None) -> None:
    found = due([replace(WANTED, **fields)], now)
    assert [(one.run.day, one.outcome) for one in found] == ([(day, outcome)] if day else [])


class Days:
    """One process on a database of its own."""

    def __init__(self, database: Engine) -> None:
        self.database = database
        self.book, self.world = Subscriptions(database), World(NINE, 3)
        self.book.put(WANTED)

    async def at(self, now: float) -> Ended | None:
        """One tick; how the last run ended by then."""
        self.world.now = now
        await Process(self.world, self.book).work()
        return self.book.ended("C1")

    @property
    def told(self) -> list[list[int]]:
        return [one.told for one in self.world.posts if one.channel == "C1"]


@pytest.fixture
def days(database: Engine) -> Iterator[Days]:
    yield Days(database)
    empty(database)


async def test_a_digest_and_the_rest_in_its_thread(days: Days) -> None:
    assert await days.at(NINE - 1) is None
    assert await days.at(NINE) == Ended(NINE, "posted")
    assert days.told == [[1], [2, 3]]
    first, more = days.world.posts
    assert (first.thread, more.thread) == (None, first.ts)
    assert (first.key, more.key) == ("digest:C1:2026-11-23", "digest:C1:2026-11-23:1")
    assert await days.at(NINE + 1) == Ended(NINE, "posted")
    assert len(days.told) == 2


async def test_nothing_new_is_not_posted_but_ends_a_run(days: Days) -> None:
    await days.at(NINE)
    assert await days.at(NINE + DAY) == Ended(NINE + DAY, "nothing")
    days.world.changes += 1
    assert await days.at(NINE + 2 * DAY) == Ended(NINE + 2 * DAY, "posted")
    assert days.told == [[1], [2, 3], [4]]


async def test_where_it_is_wanted_nothing_new_is_said(days: Days) -> None:
    days.book.drop("C1")
    days.book.put(replace(WANTED, quiet=True, after=3))
    assert await days.at(NINE) == Ended(NINE, "posted")
    assert [one.text for one in days.world.posts] == ["Nothing is new."]


@pytest.mark.parametrize(("away", "outcome", "told"), [(GRACE - 1, "posted", 3), (GRACE, "late", 0)])
async def test_what_was_missed_is_made_up_for_within_twelve_hours(
    days: Days, away: float, outcome: Any, told: int
) -> None:
    assert await days.at(NINE + away) == Ended(NINE, outcome)
    assert sum(map(len, days.told)) == told
    assert await days.at(NINE + DAY) == Ended(NINE + DAY, "nothing" if told else "posted")
    assert sum(map(len, days.told)) == 3


@pytest.mark.parametrize(
    "code",
    [
        *("is_archived", "channel_not_found", "not_in_channel", "missing_scope", "restricted_action"),
        *("account_inactive", "token_revoked", "invalid_auth"),
    ],
)
async def test_where_slack_refuses_for_good_the_digest_is_paused_and_its_owner_told(days: Days, code: str) -> None:
    days.world.troubles["post"] = [Refused(code)]
    assert await days.at(NINE) == Ended(NINE, "refused", code)
    (told,) = days.world.posts
    assert (told.channel, told.text.startswith("I cannot post the digest, as ")) == ("U1", True)
    assert code not in told.text
    assert [one.paused for one in days.book.every()] == [code]
    assert await days.at(NINE + DAY) == Ended(NINE, "refused", code)
    days.book.put(WANTED)
    assert await days.at(NINE + DAY) == Ended(NINE + DAY, "posted")
    assert days.told == [[1], [2, 3]]


async def test_a_digest_is_paused_even_if_nobody_can_be_told(days: Days) -> None:
    days.world.troubles["post"] = [Refused("token_revoked"), Refused("token_revoked")]
    assert await days.at(NINE) == Ended(NINE, "refused", "token_revoked")
    assert [one.paused for one in days.book.every()] == ["token_revoked"]


@pytest.mark.parametrize("trouble", [Refused("ratelimited"), Refused("unreachable"), LOST, ACCEPTED])
@pytest.mark.parametrize("times", [1, 4])
async def test_other_trouble_is_met_with_patience(days: Days, trouble: SlackFailure, times: int) -> None:
    days.world.troubles["post"] = [trouble] * times
    outcomes = [await days.at(NINE + pause) for pause in (0, 4, 6, 18, 45, 120, 300)]
    assert outcomes[:2] == [Ended(NINE, None, str(trouble))] * 2
    assert outcomes[-1] == Ended(NINE, "posted")
    assert sorted(days.told) == [[1], [2, 3]]


@pytest.mark.parametrize("trouble", [LOST, ACCEPTED, Refused("ratelimited")])
async def test_the_rest_is_not_told_twice_either(days: Days, trouble: SlackFailure) -> None:
    days.world.troubles["post"] = [None, trouble]
    await days.at(NINE)
    assert await days.at(NINE + 6) == Ended(NINE, "posted")
    assert days.told == [[1], [2, 3]]


async def test_without_its_rest_a_digest_is_one_all_the_same(days: Days) -> None:
    days.world.troubles["post"] = [None, Refused("thread_not_found")]
    assert await days.at(NINE) == Ended(NINE, "posted")
    assert days.told == [[1]]


async def test_with_a_good_token_what_a_bad_one_paused_goes_on(days: Days) -> None:
    days.book.put(replace(WANTED, channel="C2", paused="is_archived"))
    days.world.troubles["post"] = [Refused("token_revoked"), Refused("token_revoked")]
    await days.at(NINE)
    assert days.book.resume(DEAD) == 1
    assert [one.paused for one in days.book.every()] == [None, "is_archived"]
    assert await days.at(NINE + DAY) == Ended(NINE + DAY, "posted")
    assert days.told == [[1], [2, 3]]


async def test_what_slack_does_not_take_for_twelve_hours_is_said(days: Days) -> None:
    days.world.troubles["post"] = [LOST]
    await days.at(NINE)
    assert await days.at(NINE + GRACE) == Ended(NINE, "failed")
    assert [(one.channel, one.text) for one in days.world.posts] == [
        ("U1", "Slack did not take a digest in twelve hours. The next one makes up for it.")
    ]


async def test_who_asks_for_one_hears_that_nothing_is_new(days: Days) -> None:
    await days.at(NINE)
    days.book.claim(Run("C1", "now 1.2", "U2", False, NINE + 5))
    await days.at(NINE + 5)
    assert [(one.channel, one.text) for one in days.world.posts][2:] == [("U2", "Nothing is new.")]


@pytest.mark.parametrize(("trouble", "told"), [(LOST, []), (ACCEPTED, [[1]])])
async def test_what_cannot_be_read_is_not_posted_again_and_told_with_the_next(
    days: Days, trouble: SlackFailure, told: list[list[int]]
) -> None:
    days.world.troubles["post"], days.world.readable = [trouble], False
    await days.at(NINE)
    assert await days.at(NINE + 6) == Ended(NINE, "unsure")
    assert days.told == told
    assert [one.text for one in days.world.posts if one.channel == "U1"] == [
        "I was interrupted while posting a digest. If it is not there, say digest now in that place."
    ]
    assert await days.at(NINE + DAY) == Ended(NINE + DAY, "posted")
    assert days.told == [*told, [1], [2, 3]]


async def test_what_was_begun_is_ended_as_it_was(days: Days) -> None:
    days.world.troubles["post"] = [ACCEPTED]
    await days.at(NINE)
    days.world.changes += 1
    assert await days.at(NINE + 6) == Ended(NINE, "posted")
    assert await days.at(NINE + DAY) == Ended(NINE + DAY, "posted")
    assert days.told == [[1], [2, 3], [4]]


async def test_a_look_that_fails_is_tried_again(days: Days) -> None:
    days.world.troubles |= {"post": [ACCEPTED], "sent": [LOST]}
    await days.at(NINE)
    assert await days.at(NINE + 6) == Ended(NINE, None, "timeout")
    assert await days.at(NINE + 18) == Ended(NINE, "posted")
    assert days.told == [[1], [2, 3]]


@pytest.mark.parametrize(("found", "outcome"), [(ACCEPTED, "posted"), (LOST, "failed")])
async def test_after_twelve_hours_it_is_given_up_unless_it_stands_there(
    days: Days, found: SlackFailure, outcome: Any
) -> None:
    days.world.troubles["post"] = [found]
    await days.at(NINE)
    assert await days.at(NINE + GRACE) == Ended(NINE, outcome)


async def test_an_error_of_our_own_is_logged_and_tried_again(days: Days, caplog: pytest.LogCaptureFixture) -> None:
    days.world.broken = True
    assert await days.at(NINE) == Ended(NINE, None, "an error of my own")
    assert "the documents cannot be read" in caplog.text
    days.world.broken = False
    assert await days.at(NINE + 5) == Ended(NINE, "posted")


async def test_what_is_turned_off_meanwhile_is_not_posted(days: Days) -> None:
    days.world.troubles["post"] = [Refused("ratelimited")]
    await days.at(NINE)
    days.book.drop("C1")
    assert await days.at(NINE + 5) == Ended(NINE, "off", "ratelimited")
    assert days.told == []


async def test_asked_for_between_two_mornings_it_tells_each_change_once(days: Days) -> None:
    days.book.claim(Run("C1", "now 1.2", "U2", False, NINE - 30))
    await days.at(NINE - 30)
    days.world.changes += 1
    await days.at(NINE)
    assert days.told == [[1], [2, 3], [4]]


async def test_documents_that_are_others_are_told_from_their_beginning(days: Days) -> None:
    await days.at(NINE)
    days.world.changes = 1
    await days.at(NINE + DAY)
    assert days.told == [[1], [2, 3], [1]]


async def test_a_run_that_takes_long_is_kept(days: Days) -> None:
    """While one process posts, its lease is renewed, and it takes the same run up only once."""
    slow = asyncio.Event()
    one = Process(days.world, days.book)
    scheduler = one.scheduler()
    posted = days.world.post

    async def waiting(message: Any) -> str:
        await slow.wait()
        return await posted(message)

    days.world.post = waiting  # type: ignore[method-assign]
    await scheduler.tick()
    (attempt,) = one.begun
    task = asyncio.create_task(attempt)
    for n in range(1, 6):
        await asyncio.sleep(0.01)
        days.world.now = NINE + 20 * n
        await scheduler.keep_up()
        await Process(days.world, Subscriptions(days.database)).work()
        await scheduler.tick()
    assert len(one.begun) == 1
    slow.set()
    await task
    assert days.told == [[1], [2, 3]]


async def test_a_process_that_forgot_to_renew_does_not_begin_its_own_run_again(days: Days) -> None:
    one = Process(days.world, days.book)
    scheduler = one.scheduler()
    await scheduler.tick()
    begun = asyncio.create_task(one.begun[0])
    await asyncio.sleep(0)
    days.world.now += 2 * LEASE
    await scheduler.tick()
    assert len(one.begun) == 1
    await begun
    assert days.told == [[1], [2, 3]]


async def test_what_is_turned_off_while_it_is_made_is_not_posted(days: Days, monkeypatch: pytest.MonkeyPatch) -> None:
    found = days.world.digest(0)

    def turned_off(after: int, upto: int | None = None) -> Any:
        days.book.drop("C1")
        return found

    monkeypatch.setattr(days.world, "digest", turned_off)
    assert await days.at(NINE) == Ended(NINE, "off")
    assert days.told == []
