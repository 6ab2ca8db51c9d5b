"""Where everything unexpected ends: logged once under a reference, answered kindly, never in the exception's words."""

import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any, Final

from slack_bolt.response import BoltResponse

from handlers.services import Services, SlackFailure
from handlers.views import notices, outgoing
from handlers.views.blocks import Message

_LOG: Final = logging.getLogger("alibaba.errors")
_LETTERS: Final = "abcdefghijkmnpqrstuvwxyz23456789"

Apology = Callable[[Message], Awaitable[None]]


async def guarded(work: Awaitable[None], apologise: Apology) -> None:
    """Await ``work``; whatever it raises is logged, and its asker is told through ``apologise``."""
    try:
        await work
    except Exception as error:  # noqa: BLE001 - the one place that catches everything
        reference = logged(error)
        try:
            await apologise(notices.sorry(reference))
        except SlackFailure as failure:
            _LOG.warning("the asker could not be told of %s: %s", reference, failure)


async def unheard(sorry: Message) -> None:
    """An apology for what nobody waits for: the log has it."""


def logged(error: Exception) -> str:
    """Log an unexpected error once; returns the reference it stands under."""
    reference = "".join(secrets.choice(_LETTERS) for _ in range(4))
    _LOG.error("unexpected error, reference %s", reference, exc_info=error)
    return reference


async def on_error(services: Services, error: Exception, body: dict[str, Any]) -> BoltResponse:
    """The app's error listener: a request failed before it was acknowledged.

    A slash command is answered in its acknowledgement and a button through its response_url; an event gets a 500,
    as Slack then delivers it again.
    """
    sorry = outgoing.message(notices.sorry(logged(error)))
    if "command" in body:
        return BoltResponse(status=200, body={"response_type": "ephemeral", **sorry})
    if url := body.get("response_url"):
        services.jobs.soon(_tell(services, str(url), sorry))
        return BoltResponse(status=200, body="")
    return BoltResponse(status=500, body="")


async def _tell(services: Services, url: str, message: dict[str, Any]) -> None:
    try:
        await services.replies.respond(url, {"response_type": "ephemeral", "replace_original": False, **message})
    except SlackFailure as failure:
        _LOG.warning("the asker could not be told: %s", failure)
