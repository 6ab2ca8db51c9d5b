"""When digests are due, reckoned in the zones people live in; no clock is read here."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final, Literal
from zoneinfo import ZoneInfo, available_timezones

#: what became of a run; "late": the bot was away, "unsure": whether it was posted cannot be found out
Outcome = Literal["posted", "nothing", "late", "refused", "failed", "unsure", "off"]
#: how the key of a run begins that somebody asked for
NOW: Final = "now "
#: documents that a first digest looks back over
_FIRST: Final = 50
_DAY: Final = timedelta(days=1)
#: local dates are never further apart, wherever a subscription is moved
_AHEAD: Final = timedelta(days=2)
#: a weekly date may be one that its zone skipped
_FAR: Final = 15


@dataclass(frozen=True, slots=True)
class Schedule:
    """Days of the week and a time of day, somewhere."""

    #: 0 is Monday; sorted, at least one
    days: tuple[int, ...]
    #: of the local day
    minute: int
    #: a name of the IANA's, such as "Europe/London"
    zone: str


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel, or a person's direct messages, wants a digest."""

    channel: str
    #: who wanted it
    user: str
    schedule: Schedule
    #: it is posted even when nothing is new
    quiet: bool
    #: seconds since 1970: nothing is due before it
    since: float
    #: the number of the last change that the channel was told of
    after: int
    #: the local date of its last run
    last: date | None = None
    #: Slack's code for why nothing is posted any more
    paused: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One digest of one channel, to be posted once."""

    channel: str
    #: a local date in ISO's form; of a run that somebody asked for, the key of the request
    day: str
    #: who is told when it cannot be posted
    user: str
    #: it is posted even when nothing is new
    quiet: bool
    #: seconds since 1970: when it was due, and when its posting began, if it did
    due: float
    began: float | None = None
    #: the number of the last change that it then told of
    told: int | None = None
    #: how often it failed
    tries: int = 0

    @property
    def key(self) -> str:
        """By what its message is known."""
        return f"digest:{self.channel}:{self.day}"

    @property
    def asked(self) -> bool:
        """Somebody wants it now."""
        return self.day.startswith(NOW)


@dataclass(frozen=True, slots=True)
class Ended:
    """How the last run of a channel's digest ended."""

    #: seconds since 1970: when it was due
    due: float
    #: ``None`` while it is tried again
    outcome: Outcome | None
    #: Slack's code, or what else was the matter
    reason: str | None = None


def beginning(told: int | None, last: int, before_newest: Callable[[int], int]) -> int:
    """After which change a digest begins; ``last`` is the number of the last one.

    A channel that was told nothing yet hears of the newest documents there are, and so does one that was told of more
    changes than there are: the documents are then not those it was told of. ``before_newest`` knows the change before
    so many documents.

    >>> beginning(None, 1200, lambda count: 1200 - count), beginning(1190, 1200, lambda count: 1200 - count)
    (1150, 1190)
    """
    return told if told is not None and told <= last else before_newest(_FIRST)


def moment(schedule: Schedule, day: date) -> float | None:
    """When a schedule fires on a local date, in seconds since 1970; ``None`` where it does not.

    A time of day that comes twice is meant as it comes first, one that the clocks leap over as late as it would have
    been without the leap. A date that a zone never had has no moment at all.

    >>> moment(Schedule((4,), 540, "Pacific/Apia"), date(2011, 12, 30)) is None
    True
    """
    zone = ZoneInfo(schedule.zone)
    midnight = datetime.combine(day, time(), zone).astimezone(UTC).astimezone(zone)
    if day.weekday() not in schedule.days or midnight.date() != day:
        return None
    return datetime.combine(day, time(*divmod(schedule.minute, 60)), zone).timestamp()


def latest(schedule: Schedule, now: float) -> tuple[date, float] | None:
    """The local date and the moment at which a schedule fired last, up to now."""
    found = ((day, moment(schedule, day)) for day in _days(schedule, now, -1))
    return next(((day, at) for day, at in found if at is not None and at <= now), None)


def first(subscriptions: Iterable[Subscription], now: float) -> float | None:
    """When the next of several digests comes."""
    return min((upcoming(one, now)[1] for one in subscriptions if not one.paused), default=None)


def upcoming(subscription: Subscription, now: float) -> tuple[date, float]:
    """The local date and the moment at which a subscription fires next: a date has one digest."""
    schedule = subscription.schedule
    found = ((day, moment(schedule, day)) for day in _days(schedule, now, 1))
    return next((day, at) for day, at in found if at is not None and at > now and is_open(subscription, day))


def is_open(subscription: Subscription, day: date) -> bool:
    """Whether a date had no digest yet; a last one far ahead of it was made by a clock that was wrong."""
    last = subscription.last
    return last is None or day > last or last - day > _AHEAD


def zone_named(name: str) -> str | None:
    """The IANA's name of a zone, however its letters are cased; ``None`` when it is none.

    >>> zone_named("europe/london"), zone_named("utc"), zone_named("Mars/Base")
    ('Europe/London', 'UTC', None)
    """
    return _zones().get(name.casefold())


@cache
def _zones() -> Mapping[str, str]:
    """The names of all zones by how they read in lower case."""
    return {name.casefold(): name for name in available_timezones()}


def _days(schedule: Schedule, now: float, step: int) -> Iterator[date]:
    """Local dates from the day before or after now, onward in one direction."""
    today = datetime.fromtimestamp(now, ZoneInfo(schedule.zone)).date()
    return (today - step * _DAY + step * n * _DAY for n in range(_FAR + 2))
