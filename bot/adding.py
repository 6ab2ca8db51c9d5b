"""The web as this program fetches from it; imported when something is to be fetched, for the sake of all else."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Engine

from bot import VERSION
from bot.settings import Settings
from content.addresses import Allowed
from content.errors import FetchFailed
from content.feedreader import Feed, FeedReader
from content.fetch import PROGRAM, Fetcher, Manners
from content.library import Indexed, Library
from content.web import Visits, Web

_LOG: Final = logging.getLogger("alibaba.adding")
#: seconds somebody waits while something else is fetched: each who waits takes a thread that could answer questions
_BUSY: Final = 2.0


def web(settings: Settings, library: Library, engine: Engine, sleep: Callable[[float], None] = time.sleep) -> Web:
    """The web for one thread."""
    contact = f" (+{settings.contact})" if settings.contact else ""
    manners = Manners(f"{PROGRAM}/{VERSION}{contact}", Allowed.read(settings.fetch_allow), sleep=sleep)
    return Web(library, Visits(engine), Fetcher(manners))


@dataclass(frozen=True, slots=True)
class Adding:
    """What people in Slack add (``handlers.services.Corpus``), one thing after the other; and the feeds they follow."""

    feed_reader: FeedReader
    clock: Callable[[], float]
    _one: threading.Lock = field(default_factory=threading.Lock)

    def add(self, address: str) -> Indexed:
        """Fetch a page and store it; on return it is found."""
        with self._alone():
            (result,) = self.feed_reader.web.add([address])
            self.feed_reader.web.library.refresh()
        return result

    def follow_feed(self, address: str, topics: Sequence[str]) -> Feed:
        """Follow a feed, or the one that a page names; raises ``ContentError``."""
        with self._alone():
            return self.feed_reader.follow(address, topics, self.clock())

    def unfollow_feed(self, name: str) -> tuple[Feed, ...]:
        """Stop following; returns the feeds that were meant."""
        return self.feed_reader.unfollow(name)

    def feeds(self) -> tuple[Feed, ...]:
        """What is followed."""
        return self.feed_reader.feeds()

    def poll(self) -> None:
        """Look at the feeds whose time has come; what is new is found on return."""
        taken = list(self.feed_reader.poll(self.clock()))
        for one in taken:
            if one.error:
                _LOG.warning("a feed or an item of one was not read: %s: %s", one.name, one.error)
        if any(one.outcome for one in taken):
            _LOG.info("%d documents came from feeds", sum(one.outcome == "added" for one in taken))
            self.feed_reader.web.library.refresh()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._one.acquire(timeout=_BUSY):
            raise FetchFailed("something else is being fetched just now; try again in a minute")
        try:
            yield
        finally:
            self._one.release()


def feed_reader(settings: Settings, library: Library, engine: Engine, stopping: threading.Event) -> FeedReader:
    """The feeds of a database; ``stopping`` ends what is under way as soon as it can."""

    def sleep(seconds: float) -> None:
        stopping.wait(seconds)

    return FeedReader(web(settings, library, engine, sleep), engine, stopping.is_set)
