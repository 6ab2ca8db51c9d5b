"""Calls of Slack's Web API, and what their errors mean.

A call that shows something is never repeated after an error that leaves its outcome open; one that does no harm when
it is made twice is.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError

from handlers.services import OutcomeUnknown, Refused

_LOG: Final = logging.getLogger("alibaba.slack")
#: codes with which Slack admits that part of it may have happened
_OPEN: Final = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
#: codes after which no call will ever succeed
DEAD: Final = frozenset({"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"})
#: codes for what may be over in a moment
PASSING: Final = frozenset({"ratelimited", "unreachable"})
#: seconds before each new attempt to connect: an outage of some minutes costs no answer
PAUSES: Final = (0.2, 1.0, 3.0, 10.0, 30.0, 60.0, 120.0, 240.0)

Call = Callable[[], Awaitable[Any]]


@dataclass(slots=True)
class Calls:
    """The calls made with one token, until Slack says that it takes it no more."""

    #: Slack's code for why there is no use in calling
    dead: str = ""

    async def once(self, call: Call) -> Any:
        """The response of a call; its errors become ``SlackFailure``."""
        if self.dead:
            raise Refused(self.dead)
        try:
            return await _called(call)
        except Refused as refusal:
            if refusal.code in DEAD and not self.dead:
                self.dead = refusal.code
                _LOG.error("Slack takes SLACK_BOT_TOKEN no more (%s): start me again with a new one", refusal.code)
            raise

    async def surely(self, call: Call) -> Any:
        """The response of a call that does no harm when it is made twice."""
        try:
            return await self.once(call)
        except OutcomeUnknown:
            return await self.once(call)


async def _called(call: Call) -> Any:
    for pause in (*PAUSES, None):
        try:
            return await call()
        except SlackApiError as error:
            raise _meaning(error) from error
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            # nothing was sent yet
            if pause is None:
                raise Refused("unreachable") from error
            await asyncio.sleep(pause)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise OutcomeUnknown(type(error).__name__) from error
    raise AssertionError("the last attempt returns or raises")


def _meaning(error: SlackApiError) -> Refused | OutcomeUnknown:
    code = code_of(error)
    status = getattr(error.response, "status_code", None) or getattr(error.response, "status", 200)
    return OutcomeUnknown(code) if int(status or 200) >= 500 or code in _OPEN else Refused(code)


def code_of(error: SlackApiError) -> str:
    """Slack's own word for it, else the status of its answer."""
    data = getattr(error.response, "data", None)
    said = data.get("error") if isinstance(data, dict) else None
    status = getattr(error.response, "status_code", None)
    return str(said or ("ratelimited" if status == 429 else f"http_{status}"))
