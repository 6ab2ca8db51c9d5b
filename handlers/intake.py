"""From a parsed request to a claimed job."""

from handlers.payloads import Asked
from handlers.services import Job, Services


async def claim(services: Services, asked: Asked | None) -> None:
    """Commit a job for what was asked; nothing was asked, or it was claimed before: nothing happens.

    Returning means that the answer will come, so the request may be acknowledged; the jobs carry on from here.
    """
    if asked is not None:
        await services.jobs.claim(Job(asked.key, asked.question, asked.message))
