"""The way to an app over HTTP: requests to its own address, signed as Slack signs them."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp

from bot.playground.delivery import NO_ANSWER, Ack, Parcel, decoded


@dataclass(slots=True)
class SignedHttp:
    """Requests to the app's own address, signed as Slack signs them."""

    session: aiohttp.ClientSession
    url: str
    secret: str
    timeout: float
    clock: Callable[[], float]

    async def send(self, parcel: Parcel, attempt: int, reason: str) -> Ack:
        """One POST; no answer in time counts as silence, whatever comes later."""
        body, content_type = _encoded(parcel)
        headers = {**signature(self.secret, body, int(self.clock())), "Content-Type": content_type}
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        began, limit = time.monotonic(), aiohttp.ClientTimeout(total=self.timeout)
        try:
            async with self.session.post(self.url, data=body, headers=headers, timeout=limit) as answer:
                said, taken = await answer.text(), time.monotonic() - began
                retry = answer.headers.get("X-Slack-No-Retry") != "1"
                return Ack(answer.status, taken, decoded(said, answer.content_type), retry=retry)
        except TimeoutError:
            return Ack(NO_ANSWER, time.monotonic() - began, trouble="http_timeout")
        except aiohttp.ClientError:
            return Ack(NO_ANSWER, time.monotonic() - began, trouble="connection_failed")


def _encoded(parcel: Parcel) -> tuple[bytes, str]:
    if parcel.kind == "events_api":
        return json.dumps(parcel.payload).encode(), "application/json"
    interactive = parcel.kind == "interactive"
    form = {"payload": json.dumps(parcel.payload)} if interactive else parcel.payload
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def signature(secret: str, body: bytes, timestamp: int) -> dict[str, str]:
    """The two headers by which an app knows a request is Slack's."""
    digest = hmac.new(secret.encode(), b"v0:%d:%b" % (timestamp, body), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": f"v0={digest}"}
