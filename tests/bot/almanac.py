"""Simulated days: processes that die at a step, a Slack that writes down what is posted, documents that are numbers."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Engine

from bot.memory import LEASE
from bot.scheduler import Scheduler
from bot.subscriptions import METADATA, Subscriptions
from content.digests import Digest
from handlers.payloads import InConversation
from handlers.services import SlackFailure
from handlers.views.blocks import Message
from handlers.views.notices import notice


class Killed(BaseException):
    """The process is dead: nothing of it runs on."""


@dataclass(frozen=True)
class Post:
    """A message as it stands in a channel."""

    at: float
    channel: str
    thread: str | None
    key: str
    text: str

    @property
    def ts(self) -> str:
        return f"{self.at:.6f}"

    @property
    def told(self) -> list[int]:
        """The changes it tells of."""
        return [int(number) for number in re.findall(r"\d+", self.text)]


@dataclass
class World:
    """What all processes share: the time, the changes of the documents, the messages in Slack."""

    now: float = 0.0
    changes: int = 0
    posts: list[Post] = field(default_factory=list)
    #: what the next calls of a method suffer
    troubles: dict[str, list[SlackFailure | None]] = field(default_factory=dict)
    #: the history of channels may be read
    readable: bool = True
    #: the documents cannot be read
    broken: bool = False

    def clock(self) -> float:
        return self.now

    def last_change(self) -> int:
        return self.changes

    def before_newest(self, count: int) -> int:
        return max(0, self.changes - count)

    def digest(self, after: int, upto: int | None = None) -> Digest:
        """Its items are the numbers of the changes."""
        if self.broken:
            raise ValueError("the documents cannot be read")
        last = self.changes if upto is None else upto
        items: Any = tuple(range(after + 1, last + 1))
        return Digest(after, last, len(items), items, ())

    async def post(self, message: Mapping[str, Any]) -> str:
        """Takes effect, then suffers where the trouble is that its outcome stays unknown."""
        self.now += 1e-3  # no two messages have one ts
        key = message.get("metadata", {}).get("event_payload", {}).get("job", "")
        made = Post(self.now, message["channel"], message.get("thread_ts"), key, message["text"])
        trouble = next(iter(self._take("post")), None)
        if trouble is None or str(trouble) == "accepted":
            self.posts.append(made)
        if trouble:
            raise trouble
        return made.ts

    async def sent(self, key: str, place: InConversation) -> str | None:
        for trouble in self._take("sent"):
            raise trouble
        here = [one for one in self.posts if (one.channel, one.thread) == (place.channel, place.thread)]
        since = [one.ts for one in here if one.key == key and one.at > float(place.asked)]
        return next(iter(since), "") if self.readable else None

    def _take(self, method: str) -> list[SlackFailure]:
        waiting = self.troubles.get(method, [])
        taken = waiting.pop(0) if waiting else None
        return [taken] if taken else []


def _numbers(found: Digest, chosen: slice) -> Message:
    return notice(" ".join(map(str, found.items[chosen])))


#: the first change is told in the digest, the others in its thread
PAGES: Any = SimpleNamespace(
    digest=lambda found, since="": _numbers(found, slice(0, 1)) if found.items else notice("Nothing is new."),
    more=lambda found: (_numbers(found, slice(1, None)),) if len(found.items) > 1 else (),
)


@dataclass
class Process:
    """One bot of several: it dies at a step of its work, if it is told to, and takes turns with others at each."""

    world: World
    book: Subscriptions
    dies_at: int | None = None
    #: what was done, step by step: "before claim", "after claim", …
    steps: list[str] = field(default_factory=list)
    begun: list[Coroutine[Any, Any, None]] = field(default_factory=list)
    #: where what blocks is done
    inside: Callable[..., Coroutine[Any, Any, Any]] | None = None

    @property
    def died(self) -> bool:
        return self.dies_at is not None and len(self.steps) > self.dies_at

    async def work(self) -> None:
        """One tick, and all that it begins."""
        try:
            await self.scheduler().tick()
            for each in self.begun:
                await each
        except Killed:
            for each in self.begun:
                each.close()
        self.begun = []

    def scheduler(self) -> Scheduler:
        return Scheduler(self.book, self.world, self, PAGES, self.world.clock, self.begun.append, self._thread)

    async def post(self, message: Mapping[str, Any]) -> str:
        name = "more" if "thread_ts" in message else "post"
        result: str = await self._step(name, lambda: self.world.post(message))
        return result

    async def sent(self, key: str, place: InConversation) -> str | None:
        result: str | None = await self._step("look", lambda: self.world.sent(key, place))
        return result

    async def _thread(self, work: Callable[..., Any], *arguments: object) -> Any:
        async def done() -> Any:
            return await self.inside(work, *arguments) if self.inside else work(*arguments)

        return await self._step(work.__name__, done)

    async def _step(self, name: str, work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        await self._alive(f"before {name}")
        result = await work()
        await self._alive(f"after {name}")
        return result

    async def _alive(self, step: str) -> None:
        await asyncio.sleep(0)
        self.steps.append(step)
        if self.died:
            raise Killed


async def morning(world: World, one: Process, other: Process) -> None:
    """Two processes at once; where one dies, somebody takes over when its lease has run out."""
    await asyncio.gather(one.work(), other.work())
    while one.died or other.died:
        world.now += LEASE + 1
        one, other = (
            Process(world, Subscriptions(each.book.engine), None, inside=each.inside) for each in (one, other)
        )
        await asyncio.gather(one.work(), other.work())


def by_day(world: World, channel: str) -> Counter[str]:
    """How many digests a channel had on each local date."""
    return Counter(one.key.rpartition(":")[2] for one in world.posts if one.channel == channel and not one.thread)


def empty(database: Engine) -> None:
    """Nobody wants a digest, and none ever ran."""
    with database.begin() as db:
        for table in METADATA.sorted_tables:
            db.execute(table.delete())
