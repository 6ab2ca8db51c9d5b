"""Who wants a digest and when, and every run of one: claimed in the database before it posts.

Safe to call from any thread and from several processes; every step is one transaction. A run is leased to the process
that works it, as a claim is (:mod:`bot.memory`); of one channel's runs only the oldest is worked, so that each begins
where the one before it ended.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Text,
    bindparam,
    delete,
    exists,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from bot.memory import LEASE, milliseconds
from handlers.timetable import Ended, Outcome, Run, Schedule, Subscription

METADATA = MetaData()

_SUBSCRIPTIONS: Final = Table(
    "subscriptions",
    METADATA,
    Column("channel", String(255), primary_key=True),
    Column("user", String(255), nullable=False, index=True),
    #: the digits of the days, 0 is Monday
    Column("days", String(7), nullable=False),
    #: of the local day
    Column("minute", Integer, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("quiet", Boolean, nullable=False),
    #: milliseconds since 1970
    Column("since", BigInteger, nullable=False),
    #: the number of the last change told of
    Column("told", BigInteger, nullable=False),
    #: the local date of the last run, in ISO's form
    Column("last", String(10)),
    Column("paused", String(255)),
)

_RUNS: Final = Table(
    "runs",
    METADATA,
    Column("channel", String(255), primary_key=True),
    #: the local date in ISO's form; of a run that was asked for, the key of the request
    Column("day", String(255), primary_key=True),
    #: who wants it
    Column("user", String(255), nullable=False),
    Column("quiet", Boolean, nullable=False),
    #: milliseconds since 1970: when it was due, when it is tried next, when its posting began
    Column("due", BigInteger, nullable=False, index=True),
    Column("next", BigInteger, nullable=False),
    Column("began", BigInteger),
    Column("state", String(10), nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    #: the number of the last change it tells of
    Column("told", BigInteger),
    Column("outcome", String(10)),
    Column("reason", Text),
    #: the process that works it, and until when, in milliseconds since 1970, nobody else does
    Column("worker", String(32)),
    Column("leased", BigInteger, nullable=False),
)
_OTHER: Final = _RUNS.alias()
_OPEN: Final = _RUNS.c.state != "done"
_EARLIER: Final = (_OTHER.c.due < _RUNS.c.due) | ((_OTHER.c.due == _RUNS.c.due) & (_OTHER.c.day < _RUNS.c.day))
#: another run of the channel comes first, or is under way
_WAITS: Final = exists().where(
    _OTHER.c.channel == _RUNS.c.channel,
    _OTHER.c.state != "done",
    _EARLIER | (_OTHER.c.leased > bindparam("at")),
)
#: what is asked again and again, made once
_EVERY: Final = select(_SUBSCRIPTIONS).order_by(_SUBSCRIPTIONS.c.channel)
_TAKE: Final = (
    update(_RUNS)
    .where(_OPEN, _RUNS.c.next <= bindparam("at"), _RUNS.c.leased <= bindparam("at"), ~_WAITS)
    .values(worker=bindparam("worker"), leased=bindparam("leased"))
    .returning(_RUNS)
)
#: outcomes after which a channel knows what its run was about
_TELLING: Final = ("posted", "nothing")
_LAST_TOLD: Final = (
    select(_RUNS.c.told, _RUNS.c.due)
    .where(_RUNS.c.channel == bindparam("of"), _RUNS.c.outcome.in_(_TELLING))
    .order_by(_RUNS.c.due.desc())
    .limit(1)
)
_HERE: Final = _SUBSCRIPTIONS.c.channel == bindparam("of")
_FIND: Final = select(_SUBSCRIPTIONS).where(_HERE)
_CHANGE: Final = update(_SUBSCRIPTIONS).where(_HERE)
_RUN: Final = (_RUNS.c.channel == bindparam("of")) & (_RUNS.c.day == bindparam("on"))
#: what a process may change: its own runs that are open
_WORK: Final = update(_RUNS).where(_RUN, _OPEN, _RUNS.c.worker == bindparam("mine"))
#: the channel's next digest begins where this one ends
_TELL: Final = _CHANGE.values(told=select(_RUNS.c.told).where(_RUN).scalar_subquery())
#: what stays as it is when a subscription is set up anew
_KEPT: Final = frozenset({"told", "last"})


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The digests in a database, as one process sees them."""

    engine: Engine
    #: what this process is called on the runs it works
    worker: str = field(default_factory=lambda: secrets.token_hex(8))

    def every(self) -> tuple[Subscription, ...]:
        """All subscriptions."""
        return self._read(_EVERY)

    def of(self, user: str) -> tuple[Subscription, ...]:
        """Those that one person set up."""
        mine = select(_SUBSCRIPTIONS).where(_SUBSCRIPTIONS.c.user == user)
        return self._read(mine.order_by(_SUBSCRIPTIONS.c.channel))

    def find(self, channel: str) -> Subscription | None:
        """The one of a channel."""
        return next(iter(self._read(_FIND, {"of": channel})), None)

    def put(self, wanted: Subscription) -> None:
        """Set one up, in the place of the channel's earlier one, of which remains what it told and when."""
        row = _row(wanted)
        anew = {"of": wanted.channel} | {name: value for name, value in row.items() if name not in _KEPT}
        with self.engine.begin() as connection:
            if connection.execute(_CHANGE, anew).rowcount:
                return
        try:
            with self.engine.begin() as connection:
                connection.execute(insert(_SUBSCRIPTIONS), row)
        except IntegrityError:  # somebody else set one up at the same moment
            with self.engine.begin() as connection:
                connection.execute(_CHANGE, anew)

    def resume(self, reasons: Iterable[str]) -> int:
        """Go on with what was paused for one of these reasons; returns how many digests that is."""
        paused = _SUBSCRIPTIONS.c.paused.in_(sorted(reasons))
        with self.engine.begin() as connection:
            return connection.execute(update(_SUBSCRIPTIONS).where(paused).values(paused=None)).rowcount

    def drop(self, channel: str) -> bool:
        """End one; what nobody began to post will not be."""
        waiting = (_RUNS.c.channel == channel) & (_RUNS.c.state == "pending")
        with self.engine.begin() as connection:
            connection.execute(update(_RUNS).where(waiting).values(state="done", outcome="off"))
            return bool(connection.execute(delete(_SUBSCRIPTIONS).where(_SUBSCRIPTIONS.c.channel == channel)).rowcount)

    def told(self, channel: str) -> int | None:
        """The number of the last change a channel was told of; ``None`` where it was told nothing yet."""
        wanted = self.find(channel)
        if wanted:
            return wanted.after
        with self.engine.connect() as connection:
            row = connection.execute(_LAST_TOLD, {"of": channel}).first()
        return row.told if row else None

    def heard(self, channel: str) -> float | None:
        """When a channel was told last, or would have been told had anything been new; in seconds since 1970."""
        with self.engine.connect() as connection:
            row = connection.execute(_LAST_TOLD, {"of": channel}).first()
        return row.due / 1000 if row else None

    def last_day(self, channel: str) -> date | None:
        """The local date of the last run of a channel that is remembered."""
        ran = select(_RUNS.c.day).where(_RUNS.c.channel == channel, _RUNS.c.day.like("____-__-__"))
        with self.engine.connect() as connection:
            found = connection.execute(ran.order_by(_RUNS.c.day.desc())).scalar()
        return date.fromisoformat(found) if found else None

    def ended(self, channel: str) -> Ended | None:
        """How the last run of a channel ended, or what keeps it from ending."""
        tried = (_RUNS.c.channel == channel) & (~_OPEN | _RUNS.c.reason.is_not(None))
        with self.engine.connect() as connection:
            row = connection.execute(select(_RUNS).where(tried).order_by(_RUNS.c.due.desc()).limit(1)).first()
        return Ended(row.due / 1000, row.outcome, row.reason) if row else None

    def claim(self, run: Run, outcome: Outcome | None = None) -> bool:
        """Make a run, of its channel's subscription where its day is a date; false when there was one before.

        With an ``outcome`` it is over before it began.
        """
        row = {
            "channel": run.channel,
            "day": run.day,
            "user": run.user,
            "quiet": run.quiet,
            "due": milliseconds(run.due),
            "next": milliseconds(run.due),
            "state": "done" if outcome else "pending",
            "tries": 0,
            "outcome": outcome,
            "leased": 0,
        }
        try:
            with self.engine.begin() as connection:
                connection.execute(insert(_RUNS), row)
                if len(run.day) == len("2026-11-23"):
                    connection.execute(_CHANGE, {"of": run.channel, "last": run.day})
        except IntegrityError:
            return False
        return True

    def take(self, now: float) -> tuple[Run, ...]:
        """The oldest open run of every channel, where it is time for it and nobody works it; it is ours from now on."""
        mine = {"worker": self.worker, "leased": milliseconds(now + LEASE), "at": milliseconds(now)}
        with self.engine.begin() as connection:
            rows = connection.execute(_TAKE, mine).all()
        return tuple(_run(row) for row in sorted(rows, key=lambda row: (row.due, row.channel)))

    def begin(self, run: Run, told: int, now: float) -> bool:
        """From now on it may have been posted, telling of the changes up to that number; false when it is not ours."""
        began = milliseconds(run.began or now)
        return self._set(run, {"state": "posting", "told": told, "began": began})

    def finish(self, run: Run, outcome: Outcome, reason: str | None = None, told: int | None = None) -> bool:
        """It is over; false when it is not ours. What it ``told`` of, its channel is not told again."""
        done = {"state": "done", "outcome": outcome, "reason": reason} | ({} if told is None else {"told": told})
        return self._set(run, done, tells=outcome in _TELLING)

    def pause(self, run: Run, reason: str) -> bool:
        """It is over, as Slack refuses, and so is its channel's subscription until somebody sets it up again."""
        with self.engine.begin() as connection:
            if not self._change(connection, run, {"state": "done", "outcome": "refused", "reason": reason}):
                return False
            connection.execute(_CHANGE, {"of": run.channel, "paused": reason})
        return True

    def postpone(self, run: Run, until: float, reason: str, refused: bool = False) -> None:
        """It did not work; it is free to be tried again from then on. ``refused``: it was certainly not posted."""
        free = {"worker": None, "leased": 0} | ({"state": "pending"} if refused else {})
        self._set(run, {"next": milliseconds(until), "tries": run.tries + 1, "reason": reason} | free)

    def renew(self, runs: Iterable[Run], now: float) -> None:
        """Hold on to runs of this process; to be called several times in the span of a lease."""
        for run in runs:
            self._set(run, {"leased": milliseconds(now + LEASE)})

    def release(self) -> None:
        """Leave the runs of this process to whoever asks next."""
        with self.engine.begin() as connection:
            mine = (_RUNS.c.worker == self.worker) & _OPEN
            connection.execute(update(_RUNS).where(mine).values(leased=0))

    def forget(self, before: float) -> int:
        """Erase the runs that were due before a moment and are over; returns how many."""
        old = (_RUNS.c.due < milliseconds(before)) & ~_OPEN
        with self.engine.begin() as connection:
            return connection.execute(delete(_RUNS).where(old)).rowcount

    def _set(self, run: Run, values: Mapping[str, object], tells: bool = False) -> bool:
        with self.engine.begin() as connection:
            if not self._change(connection, run, values):
                return False
            if tells:
                connection.execute(_TELL, {"of": run.channel, "on": run.day})
        return True

    def _change(self, connection: Connection, run: Run, values: Mapping[str, object]) -> bool:
        mine = {"of": run.channel, "on": run.day, "mine": self.worker}
        return connection.execute(_WORK, {**mine, **values}).rowcount == 1

    def _read(self, wanted: Any, given: Mapping[str, object] = MappingProxyType({})) -> tuple[Subscription, ...]:
        with self.engine.connect() as connection:
            return tuple(_subscription(row) for row in connection.execute(wanted, given))


def _row(wanted: Subscription) -> dict[str, object]:
    return {
        "channel": wanted.channel,
        "user": wanted.user,
        "days": "".join(map(str, wanted.schedule.days)),
        "minute": wanted.schedule.minute,
        "zone": wanted.schedule.zone,
        "quiet": wanted.quiet,
        "since": milliseconds(wanted.since),
        "told": wanted.after,
        "last": wanted.last.isoformat() if wanted.last else None,
        "paused": wanted.paused,
    }


def _subscription(row: Row[Any]) -> Subscription:
    schedule = Schedule(tuple(map(int, row.days)), row.minute, row.zone)
    last = date.fromisoformat(row.last) if row.last else None
    return Subscription(row.channel, row.user, schedule, row.quiet, row.since / 1000, row.told, last, row.paused)


def _run(row: Row[Any]) -> Run:
    run = Run(row.channel, row.day, row.user, row.quiet, row.due / 1000, tries=row.tries)
    return replace(run, began=row.began / 1000, told=row.told) if row.state == "posting" else run
