"""Telling the app something, and again while it does not acknowledge: what both transports share.

Events that are not acknowledged in time, or not with a 2xx, are sent again under the same ``event_id``; commands and
interactions never are, as in Slack. The transports are :mod:`bot.playground.signed` and :mod:`bot.playground.sockets`.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Kind = Literal["events_api", "slash_commands", "interactive"]
#: what an app that gave no answer at all is recorded with
NO_ANSWER = 0


@dataclass(frozen=True, slots=True)
class Parcel:
    """One thing to tell the app. ``id`` is its event_id or trigger_id."""

    kind: Kind
    id: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ack:
    """The app's answer to one attempt; a status of 0 is silence."""

    status: int
    seconds: float
    body: Any = None
    #: what the next attempt names as its reason
    trouble: str = "http_error"
    retry: bool = True

    @property
    def ok(self) -> bool:
        """A 2xx within the time."""
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a parcel: the last answer, how long it took, how many attempts there were."""

    parcel: Parcel
    status: int
    #: from sending to the answer, of the last attempt
    seconds: float
    #: 0: there was nothing to tell the app
    attempts: int
    body: Any = None

    @property
    def id(self) -> str:
        """The event_id, or the trigger_id."""
        return self.parcel.id

    @property
    def ok(self) -> bool:
        """It was acknowledged, or nobody had to."""
        return self.attempts == 0 or 200 <= self.status < 300


class Transport(Protocol):
    """A way to the app."""

    async def send(self, parcel: Parcel, attempt: int, reason: str) -> Ack:
        """Tell the app once; ``attempt`` counts from 0, and ``reason`` says why it is not the first."""


@dataclass(frozen=True, slots=True)
class Post:
    """The retry plan: how long an app may take, and the pauses between attempts at an event."""

    timeout: float = 3.0
    #: Slack waits 0 s, 1 min and 5 min; a person at a playground, or a test, has less patience
    pauses: Sequence[float] = (0.0, 1.0, 3.0)

    async def deliver(self, parcel: Parcel, transport: Transport, *, first: int = 0) -> Delivery:
        """Tell the app, and again while it does not acknowledge an event. ``first`` > 0 marks a redelivery."""
        pauses = self.pauses if parcel.kind == "events_api" and not first else ()
        ack = await transport.send(parcel, first, "http_timeout" if first else "")
        attempts = 1
        for pause in pauses:
            if ack.ok or not ack.retry:
                break
            await asyncio.sleep(pause)
            ack = await transport.send(parcel, attempts, ack.trouble)
            attempts += 1
        return Delivery(parcel, ack.status, ack.seconds, attempts, ack.body)


def decoded(body: str, content_type: str) -> Any:
    """A body as JSON where it says it is, else as text."""
    if content_type != "application/json":
        return body
    try:
        return json.loads(body)
    except json.JSONDecodeError:
        return body


def nothing_to_tell(parcel: Parcel) -> Delivery:
    """The delivery of something the app does not hear of."""
    return Delivery(parcel, 200, 0.0, 0)
