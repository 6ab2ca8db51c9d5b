"""Digests in a database: who wants one, and whose turn it is to post it. Each step on SQLite and PostgreSQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text

from bot.database import engine
from bot.memory import LEASE
from bot.subscriptions import Subscriptions
from handlers.timetable import Ended, Outcome, Run, Schedule, Subscription
from tests.bot.almanac import empty

NOW = 1_795_000_000.0
WANTED = Subscription("C1", "U1", Schedule((0, 3), 510, "Europe/London"), False, NOW - 60, 7)
RUN = Run("C1", "2026-11-23", "U1", False, NOW)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """One database for all that follows: a test leaves it empty."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('book') / 'book.db'}"
    server: Engine = request.getfixturevalue("postgres")
    with server.connect() as db:
        db.execute(text("CREATE DATABASE book"))
    return server.url.set(database="book").render_as_string(hide_password=False)


@pytest.fixture
def book(url: str) -> Iterator[Subscriptions]:
    database = engine(url)
    yield Subscriptions(database, "first")
    empty(database)
    database.dispose()


def _other(book: Subscriptions) -> Subscriptions:
    return Subscriptions(book.engine, "other")


def _taken(book: Subscriptions, now: float = NOW, **fields: Any) -> Run:
    """A run that this process works."""
    assert book.claim(replace(RUN, **fields))
    (run,) = book.take(now)
    return run


def test_what_is_wanted_is_kept_as_it_is(book: Subscriptions) -> None:
    mine = replace(WANTED, channel="C2", quiet=True, last=date(2026, 11, 22), paused="is_archived")
    others = replace(WANTED, channel="C3", user="U2")
    for one in (others, mine, WANTED):
        book.put(one)
    assert book.every() == (WANTED, mine, others)
    assert book.of("U1") == (WANTED, mine)
    assert (book.find("C2"), book.find("C9")) == (mine, None)


def test_a_channel_has_one(book: Subscriptions) -> None:
    later = replace(WANTED, user="U2", schedule=Schedule((6,), 0, "UTC"), quiet=True, since=NOW)
    book.put(replace(WANTED, paused="is_archived"))
    # what was told since somebody looked is not told again
    book.put(replace(later, after=3, last=date(2026, 11, 1)))
    assert book.every() == (later,)
    assert (book.drop("C1"), book.drop("C1"), book.every()) == (True, False, ())


def test_a_date_is_claimed_once(book: Subscriptions) -> None:
    book.put(WANTED)
    assert (book.claim(RUN), _other(book).claim(RUN), book.claim(replace(RUN, day="2026-11-24"))) == (True, False, True)
    assert book.last_day("C1") == date(2026, 11, 24)
    assert book.every() == (replace(WANTED, last=date(2026, 11, 24)),)


def test_what_somebody_asks_for_leaves_the_dates_alone(book: Subscriptions) -> None:
    book.put(WANTED)
    assert book.claim(replace(RUN, day="now 1.2"))
    assert (book.last_day("C1"), book.every()) == (None, (WANTED,))


def test_of_many_one_gets_the_date(book: Subscriptions, url: str) -> None:
    books = [Subscriptions(engine(url)) for _ in range(3)]
    with ThreadPoolExecutor(6) as threads:
        claimed = list(threads.map(lambda n: books[n % 3].claim(replace(RUN, day=f"2026-11-{n % 4 + 10}")), range(24)))
        taken = list(threads.map(lambda n: books[n % 3].take(NOW), range(6)))
    assert sum(claimed) == 4
    for one in books:
        one.engine.dispose()
    assert [run.day for runs in taken for run in runs] == ["2026-11-10"]


@pytest.mark.parametrize(
    ("later", "taken"), [(0, False), (LEASE - 1, False), (LEASE, True)], ids=["at once", "in time", "after the lease"]
)
def test_a_run_stays_with_whoever_works_it(book: Subscriptions, later: float, taken: bool) -> None:
    run = _taken(book)
    assert _other(book).take(NOW + later) == ((run,) if taken else ())
    assert book.begin(run, 9, NOW) is not taken


def test_a_lease_is_renewed_or_let_go(book: Subscriptions) -> None:
    run, other = _taken(book), _other(book)
    book.renew([run], NOW + LEASE)
    assert other.take(NOW + LEASE) == ()
    book.release()
    assert other.take(NOW + LEASE) == (run,)
    book.renew([run], NOW + LEASE)
    assert other.begin(run, 9, NOW + LEASE)


def test_of_a_channel_the_oldest_is_worked_alone(book: Subscriptions) -> None:
    for channel, day, at in (
        ("C1", "2026-11-24", NOW),
        ("C1", "2026-11-23", NOW),
        ("C1", "now", NOW - 1),
        ("C2", "b", NOW),
    ):
        book.claim(Run(channel, day, "U1", False, at))
    first, elsewhere = book.take(NOW)
    assert (first.day, elsewhere.channel) == ("now", "C2")
    # one that was due earlier but came later waits as well
    book.claim(Run("C1", "now too", "U1", False, NOW - 9))
    assert book.take(NOW) == ()
    book.finish(first, "nothing", None, 3)
    assert [run.day for run in book.take(NOW)] == ["now too"]


def test_what_is_not_due_is_not_taken(book: Subscriptions) -> None:
    book.claim(RUN)
    assert (book.take(NOW - 1), [run.day for run in book.take(NOW)]) == ((), ["2026-11-23"])


@pytest.mark.parametrize(
    ("outcome", "told"),
    [("posted", 9), ("nothing", 9), ("late", 7), ("refused", 7), ("failed", 7), ("unsure", 7), ("off", 7)],
)
def test_a_channel_was_told_what_was_posted(book: Subscriptions, outcome: Outcome, told: int) -> None:
    book.put(WANTED)
    run = _taken(book)
    assert book.begin(run, 9, NOW)
    assert book.told("C1") == 7
    assert book.finish(run, outcome)
    assert (book.told("C1"), book.heard("C1")) == (told, NOW if told == 9 else None)
    assert book.ended("C1") == Ended(NOW, outcome)
    assert not book.finish(run, "posted")
    assert book.take(NOW + 2 * LEASE) == ()


def test_what_a_channel_without_subscription_was_told_is_known_from_its_runs(book: Subscriptions) -> None:
    assert book.told("C1") is None
    for number, (day, outcome) in enumerate((("a", "posted"), ("b", "nothing"), ("c", "unsure")), 1):
        assert book.claim(replace(RUN, day=day, due=NOW + number))
        (run,) = book.take(NOW + number)
        book.begin(run, 10 * number, NOW)
        book.finish(run, outcome)  # type: ignore[arg-type]
    assert book.told("C1") == 20
    book.put(WANTED)
    assert book.told("C1") == 7


@pytest.mark.parametrize(("refused", "began", "told"), [(False, NOW, 9), (True, None, None)])
def test_what_did_not_work_is_tried_again(
    book: Subscriptions, refused: bool, began: float | None, told: int | None
) -> None:
    run = _taken(book)
    assert book.begin(run, 9, NOW)
    book.postpone(run, NOW + 5, "ratelimited", refused)
    assert book.ended("C1") == Ended(NOW, None, "ratelimited")
    assert book.take(NOW + 4) == ()
    assert _other(book).take(NOW + 5) == (replace(run, began=began, told=told, tries=1),)


def test_where_slack_refuses_nothing_is_due_any_more(book: Subscriptions) -> None:
    book.put(WANTED)
    run = _taken(book)
    assert book.pause(run, "is_archived")
    assert not book.pause(run, "is_archived")
    assert book.every() == (replace(WANTED, last=date(2026, 11, 23), paused="is_archived"),)
    assert book.ended("C1") == Ended(NOW, "refused", "is_archived")


def test_what_nobody_began_to_post_is_turned_off(book: Subscriptions) -> None:
    book.put(WANTED)
    run = _taken(book)
    book.claim(replace(RUN, channel="C2"))
    assert book.drop("C1")
    assert not book.begin(run, 9, NOW)
    assert book.ended("C1") == Ended(NOW, "off")
    assert [one.channel for one in book.take(NOW + 2 * LEASE)] == ["C2"]


def test_old_runs_are_erased_but_not_what_was_told(book: Subscriptions) -> None:
    book.put(WANTED)
    run = _taken(book)
    book.begin(run, 9, NOW)
    book.claim(replace(RUN, channel="C2"))
    assert book.forget(NOW + 1) == 0
    book.finish(run, "posted")
    assert (book.forget(NOW), book.forget(NOW + 1)) == (0, 1)
    assert (book.ended("C1"), book.told("C1"), book.every()[0].last) == (None, 9, date(2026, 11, 23))
