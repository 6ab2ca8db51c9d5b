"""From a parsed request to a claimed job."""

from typing import Any, Final

from handlers.payloads import Asked
from handlers.services import Job, Services

#: presses that are remembered
_MOST: Final = 2_000


async def claim(services: Services, asked: Asked | None) -> None:
    """Commit a job for what was asked; nothing was asked, or it was claimed before: nothing happens.

    Returning means that the answer will come, so the request may be acknowledged; the jobs carry on from here.
    """
    if asked is not None:
        await services.jobs.claim(Job(asked.key, asked.question, asked.message))


def first(services: Services, body: dict[str, Any]) -> bool:
    """Whether a press comes for the first time to this process: a lost acknowledgement brings it again.

    For what needs no claim, as it may be pressed again.
    """
    key, pressed = str(body["trigger_id"]), services.pressed
    known = key in pressed
    pressed[key] = None
    if len(pressed) > _MOST:
        del pressed[next(iter(pressed))]
    return not known
