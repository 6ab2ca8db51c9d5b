"""The web as this program fetches from it; imported when something is to be fetched, for the sake of all else."""

import time
from collections.abc import Callable

from sqlalchemy import Engine

from bot import VERSION
from bot.settings import Settings
from content.addresses import Allowed
from content.fetch import PROGRAM, Fetcher, Manners
from content.library import Library
from content.web import Visits, Web


def web(settings: Settings, library: Library, engine: Engine, sleep: Callable[[float], None] = time.sleep) -> Web:
    """The web for one thread."""
    contact = f" (+{settings.contact})" if settings.contact else ""
    manners = Manners(f"{PROGRAM}/{VERSION}{contact}", Allowed.read(settings.fetch_allow), sleep=sleep)
    return Web(library, Visits(engine), Fetcher(manners))
