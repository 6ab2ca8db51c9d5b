"""Digests at their time, each once: what is due is a pure question, what is posted was claimed and is looked for.

A run is claimed by (channel, local date), worked under a lease, and marked before it posts; whoever takes it up after a
crash looks for its message before posting again. What cannot be read is not posted again: rather one digest less than
one twice, for what it would have told comes with the next.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from bot.calls import DEAD, PASSING
from bot.subscriptions import Subscriptions
from content.digests import Digest
from handlers import errors
from handlers.delivery import mark
from handlers.payloads import InConversation
from handlers.services import News, OutcomeUnknown, Payload, Refused, SlackFailure
from handlers.timetable import Outcome, Run, Subscription, beginning, is_open, latest
from handlers.views import outgoing, schedules
from handlers.views.blocks import Message
from handlers.views.plainer import plainer

_LOG: Final = logging.getLogger("alibaba.digests")
#: seconds after which a digest that could not be posted is left to the next one
GRACE: Final = 12 * 3600.0
#: seconds by which Slack's clock may be behind ours
_SKEW: Final = 300.0
#: seconds before another attempt: at first, doubled each time, at most
_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 900.0
#: codes after which no further attempt can do better until a person does something: about the place, or about the bot
_FINAL: Final = frozenset(
    {"is_archived", "channel_not_found", "not_in_channel", "missing_scope", "restricted_action"}
    | {"restricted_action_read_only_channel", "restricted_action_thread_only_channel"}
    | DEAD
)
Thread = Callable[..., Awaitable[Any]]


class Wall(Protocol):
    """Where digests are posted (``handlers.services.Posts``)."""

    async def post(self, message: Payload) -> str:
        """Post once; returns its ts."""
        ...

    async def sent(self, key: str, place: InConversation) -> str | None:
        """The ts of what was posted under that key, "" where nothing was, ``None`` when that cannot be read."""
        ...


class Pages(Protocol):
    """How a digest is worded."""

    def digest(self, found: Digest, since: str = "") -> Message:
        """What matters most, or that nothing is new; ``since``: in words, when the channel was told last."""
        ...

    def more(self, found: Digest) -> Sequence[Message]:
        """The rest."""
        ...


@dataclass(frozen=True, slots=True)
class Due:
    """A run whose time has come; with an outcome it is too late for it."""

    run: Run
    outcome: Outcome | None = None


def due(subscriptions: Iterable[Subscription], now: float) -> tuple[Due, ...]:
    """What is to be claimed now: of each channel the last date that has no run yet, earlier ones are made up for by it.

    After twelve hours that date is given up, too.
    """
    found = ((one, latest(one.schedule, now)) for one in subscriptions if not one.paused)
    fired = ((one, *when) for one, when in found if when)
    return tuple(
        Due(Run(one.channel, day.isoformat(), one.user, one.quiet, at), "late" if now - at >= GRACE else None)
        for one, day, at in fired
        if at > one.since and is_open(one, day)
    )


@dataclass(frozen=True, slots=True)
class Scheduler:
    """Sees to the digests of all channels, beside others that do the same."""

    book: Subscriptions
    news: News
    wall: Wall
    pages: Pages
    clock: Callable[[], float]
    #: runs something in the background until it ends
    soon: Callable[[Coroutine[Any, Any, None]], None]
    #: where what blocks is done
    thread: Thread = asyncio.to_thread
    _working: dict[str, Run] = field(default_factory=dict)

    async def tick(self) -> None:
        """Begin whatever is due; to be called every second or so."""
        now = self.clock()
        for one in due(await self.thread(self.book.every), now):
            await self.thread(self.book.claim, one.run, one.outcome)
        for run in await self.thread(self.book.take, now):
            if run.key not in self._working:
                self.soon(self._attempt(run))

    async def keep_up(self) -> None:
        """Say that this process lives; to be called several times in the span of a lease."""
        await self.thread(self.book.renew, tuple(self._working.values()), self.clock())

    async def forget(self, days: int) -> None:
        """Erase what became of digests older than ``days``."""
        await self.thread(self.book.forget, self.clock() - days * 86_400)

    async def release(self) -> None:
        """Leave what is not done to others."""
        await self.thread(self.book.release)

    async def _attempt(self, run: Run) -> None:
        """Whatever goes wrong, the run is tried again later."""

        async def again(_: Message) -> None:
            await self._postpone(run, "an error of my own")

        self._working[run.key] = run
        try:
            await errors.guarded(self._worked(run), again)
        finally:
            del self._working[run.key]

    async def _worked(self, run: Run) -> None:
        late = self.clock() - run.due >= GRACE
        try:
            ts = await self.wall.sent(run.key, _place(run)) if run.began else ""
            if ts is None:
                await self._tell(run, schedules.unsure(run.channel))
                await self._over(run, "unsure")
            elif not ts and late:
                await self._over(run, "failed")
                await self._tell(run, schedules.given_up(run.channel))
            else:
                await self._see_through(run, ts)
        except OutcomeUnknown as unknown:
            await self._postpone(run, str(unknown))

    async def _see_through(self, run: Run, ts: str) -> None:
        """Post what is not posted yet: the digest, unless it stands there at ``ts``, and what follows in its thread."""
        found: Digest = await self.thread(self._found, run)
        if not (ts or found.items or run.quiet):
            await self.thread(self.book.finish, run, "nothing", None, found.upto)
            if run.asked:
                await self._tell(run, self.pages.digest(found))
            return
        try:
            ts = ts or await self._begin(run, found)
        except Refused as refusal:
            await self._refused(run, refusal.code)
            return
        if ts:
            await self._follow(run, ts, found)
            await self.thread(self.book.finish, run, "posted")

    async def _begin(self, run: Run, found: Digest) -> str:
        """Post a digest; "" when somebody else does."""
        since = await self.thread(self._since, run)
        message = self.pages.digest(found, since)
        if not await self.thread(self.book.begin, run, found.upto, self.clock()):
            return ""
        return await self._post(run.key, _place(run), message)

    async def _post(self, key: str, place: InConversation, message: Message) -> str:
        """Post, if need be in a plainer form that Slack takes."""
        try:
            return await self.wall.post(_message(key, place, message))
        except Refused as refusal:
            lower = plainer(message) if refusal.unfit else None
            if lower is None:
                raise
            return await self._post(key, place, lower)

    def _found(self, run: Run) -> Digest:
        """What a run tells; one that was begun tells the same again."""
        told, last = self.book.told(run.channel), self.news.last_change()
        return self.news.digest(beginning(told, last, self.news.before_newest), run.told)

    def _since(self, run: Run) -> str:
        return schedules.since(self.book.find(run.channel), self.book.heard(run.channel))

    async def _follow(self, run: Run, ts: str, found: Digest) -> None:
        """Post the rest of a digest in its thread, where it is not posted yet."""
        place = InConversation(run.channel, ts, ts)
        for n, message in enumerate(self.pages.more(found), 1):
            key = f"{run.key}:{n}"
            if run.began and await self.wall.sent(key, place) != "":
                continue
            try:
                await self._post(key, place, message)
            except Refused as refusal:
                if refusal.code in PASSING:  # the next attempt looks for what stands there, and posts the rest
                    raise OutcomeUnknown(refusal.code) from refusal
                _LOG.warning("Slack refused the rest of %s: %s", run.key, refusal.code)
                return

    async def _refused(self, run: Run, code: str) -> None:
        """Slack did certainly not post it."""
        _LOG.warning("Slack refused %s: %s", run.key, code)
        if code not in _FINAL:
            await self._postpone(run, code, refused=True)
            return
        await self._tell(run, schedules.paused(run.channel, code))
        await self.thread(self.book.pause, run, code)

    async def _over(self, run: Run, outcome: Outcome) -> None:
        _LOG.warning("%s is given up: %s", run.key, outcome)
        await self.thread(self.book.finish, run, outcome)

    async def _tell(self, run: Run, message: Message) -> None:
        """Tell whoever set it up, where they can be reached."""
        try:
            await self.wall.post({"channel": run.user, **outgoing.message(message)})
        except SlackFailure as failure:
            _LOG.warning("%s could not be told about %s: %s", run.user, run.key, failure)

    async def _postpone(self, run: Run, reason: str, refused: bool = False) -> None:
        """Try again later, and unless Slack ``refused``, look first."""
        pause = min(_FIRST_PAUSE * 2.0 ** min(run.tries, 20), _LONGEST_PAUSE)
        await self.thread(self.book.postpone, run, self.clock() + pause, reason, refused)


def _message(key: str, place: InConversation, message: Message) -> dict[str, Any]:
    thread = {"thread_ts": place.thread} if place.thread else {}
    return {"channel": place.channel} | thread | outgoing.message(message) | mark(key)


def _place(run: Run) -> InConversation:
    """Where the message of a run stands, and since when at the earliest."""
    return InConversation(run.channel, None, f"{max(0.0, (run.began or run.due) - _SKEW):.6f}")
