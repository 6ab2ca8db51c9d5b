"""A year in five zones, a crash at every step, two processes at work: each local day one digest, nothing lost."""

import asyncio
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.database import engine
from bot.subscriptions import Subscriptions
from handlers.timetable import Schedule, Subscription, first
from tests.bot.almanac import Process, World, by_day, morning
from tests.conftest import Storage

ZONES = ("Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia")
DAILY = tuple(range(7))
#: what one process does in a morning that nobody disturbs
STEPS = ("every", "claim", "take", "_found", "_since", "begin", "post", "more", "finish")


def _subscribe(book: Subscriptions, begin: date, minutes: dict[str, int]) -> World:
    """The world on the eve of a date, in the zones further east."""
    since = datetime.combine(begin, datetime.min.time(), ZoneInfo("Pacific/Kiritimati")).timestamp()
    for zone, minute in minutes.items():
        book.put(Subscription(zone, "U1", Schedule(DAILY, minute, zone), False, since, 0))
    return World(since)


async def _live(book: Subscriptions, world: World, until: float) -> set[str]:
    """Let every digest come, one morning in three with another death; returns the steps at which somebody died."""
    deaths: set[str] = set()
    day = 0
    while (due := first(book.every(), world.now)) and due <= until:
        world.now, world.changes, day = due, world.changes + 2, day + 1
        dying = Process(world, book, day // 3 % (2 * len(STEPS)) if day % 3 == 0 else None)
        pair = (dying, Process(world, Subscriptions(book.engine)))
        await morning(world, *(pair if day % 96 < 48 else pair[::-1]))
        deaths |= {dying.steps[-1]} if dying.died else set()
    return deaths


def _dates(zone: str, begin: float, end: float) -> set[str]:
    """The local dates of a zone."""
    return {datetime.fromtimestamp(at, ZoneInfo(zone)).date().isoformat() for at in range(int(begin), int(end), 900)}


@pytest.mark.parametrize(
    ("begin", "days", "minutes"),
    [
        # 2:15 and 2:30 are leapt over, 1:30 and 1:45 come twice
        (date(2026, 1, 1), 365, dict(zip(ZONES, (540, 150, 90, 135, 0), strict=True))),
        # Apia goes over the date line
        (date(2011, 11, 1), 80, {"Pacific/Apia": 540}),
    ],
    ids=["2026", "2011"],
)
async def test_a_year(begin: date, days: int, minutes: dict[str, int]) -> None:
    database = engine("sqlite://")
    world = _subscribe(book := Subscriptions(database), begin, minutes)
    start, end = world.now + 30 * 3600, world.now + days * 86_400
    deaths = await _live(book, world, end)
    database.dispose()
    if days == 365:
        assert deaths == {f"{side} {step}" for side in ("before", "after") for step in STEPS}
    for zone in minutes:
        posted = by_day(world, zone)
        assert set(posted.values()) == {1}
        assert posted.keys() >= _dates(zone, start, end - 86_400)
        assert posted.keys() <= _dates(zone, start - 86_400, end)
        told = [number for one in world.posts if one.channel == zone for number in one.told]
        assert sorted(told) == list(range(1, max(told) + 1))
        assert max(told) > world.changes - 2 * len(minutes)


async def test_days_on_postgresql_with_real_threads(on_postgres: Storage) -> None:
    books = [Subscriptions(on_postgres.engine()) for _ in range(2)]
    world = _subscribe(books[0], date(2026, 10, 30), {"America/New_York": 90})
    for n in range(2 * len(STEPS) + 1):
        world.now, world.changes = first(books[0].every(), world.now) or 0.0, world.changes + 2
        dying, other = (Process(world, Subscriptions(one.engine), inside=asyncio.to_thread) for one in books)
        dying.dies_at = n
        await morning(world, dying, other)
    assert list(by_day(world, "America/New_York").values()) == [1] * (2 * len(STEPS) + 1)
    told = [number for one in world.posts for number in one.told]
    assert sorted(told) == list(range(1, world.changes + 1))
