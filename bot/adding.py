"""The web as this program fetches from it; imported when something is to be fetched, for the sake of all else."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Engine

from bot import VERSION
from bot.settings import Settings
from content.addresses import Allowed
from content.fetch import PROGRAM, Fetcher, Manners
from content.library import Indexed, Library
from content.web import Visits, Web

#: seconds somebody waits while something else is fetched: each who waits takes a thread that could answer questions
_BUSY: Final = 2.0


def web(settings: Settings, library: Library, engine: Engine, sleep: Callable[[float], None] = time.sleep) -> Web:
    """The web for one thread."""
    contact = f" (+{settings.contact})" if settings.contact else ""
    manners = Manners(f"{PROGRAM}/{VERSION}{contact}", Allowed.read(settings.fetch_allow), sleep=sleep)
    return Web(library, Visits(engine), Fetcher(manners))


@dataclass(frozen=True, slots=True)
class Adding:
    """What people in Slack add (``handlers.services.Corpus``), one thing after the other."""

    web: Web
    _one: threading.Lock = field(default_factory=threading.Lock)

    def add(self, address: str) -> Indexed:
        """Fetch a page and store it; on return it is found."""
        if not self._one.acquire(timeout=_BUSY):
            return Indexed(address, None, "something else is being fetched just now; try again in a minute")
        try:
            (result,) = self.web.add([address])
            self.web.library.refresh()
        finally:
            self._one.release()
        return result
