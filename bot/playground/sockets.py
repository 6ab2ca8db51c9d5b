"""The way to an app over Socket Mode: envelopes through the websocket it opened."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import aiohttp
from aiohttp import web

from bot.playground.delivery import NO_ANSWER, Ack, Parcel, decoded


@dataclass(slots=True)
class Sockets:
    """The app's open websockets; an envelope goes to the one opened last."""

    timeout: float
    open: list[web.WebSocketResponse] = field(default_factory=list)
    _tickets: set[str] = field(default_factory=set)
    _waiting: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    _ids: "count[int]" = field(default_factory=lambda: count(1))

    def ticket(self) -> str:
        """Entitles to one connection."""
        name = f"ticket-{next(self._ids)}"
        self._tickets.add(name)
        return name

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """A connection of the app, until it ends."""
        if request.query.get("ticket") not in self._tickets:
            return web.Response(status=403, text="invalid ticket")
        self._tickets.discard(request.query["ticket"])
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": len(self.open) + 1, "debug_info": {}})
        self.open.append(socket)
        try:
            async for frame in socket:
                self._acknowledge(frame)
        finally:
            self.open.remove(socket)
        return socket

    def _acknowledge(self, frame: aiohttp.WSMessage) -> None:
        if frame.type != aiohttp.WSMsgType.TEXT:
            return
        answer = decoded(frame.data, "application/json")
        future = self._waiting.get(answer.get("envelope_id", "")) if isinstance(answer, dict) else None
        if future is not None and not future.done():
            future.set_result(answer.get("payload"))

    async def send(self, parcel: Parcel, attempt: int, reason: str) -> Ack:
        """One envelope; silence when nobody is connected or nobody acknowledges in time."""
        began, name = time.monotonic(), f"envelope-{next(self._ids)}"
        if not self.open:
            return Ack(NO_ANSWER, 0.0, trouble="connection_failed")
        future = self._waiting[name] = asyncio.get_running_loop().create_future()
        try:
            await self.open[-1].send_json(_envelope(parcel, name, attempt, reason))
            body = await asyncio.wait_for(future, self.timeout)
            return Ack(200, time.monotonic() - began, body)
        except (TimeoutError, ConnectionError):
            return Ack(NO_ANSWER, time.monotonic() - began, trouble="http_timeout")
        finally:
            del self._waiting[name]

    async def refresh(self) -> None:
        """Ask the app to connect anew, as Slack does every few hours."""
        for socket in tuple(self.open):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})

    async def close(self) -> None:
        """End every connection."""
        for socket in tuple(self.open):
            await socket.close()


def _envelope(parcel: Parcel, name: str, attempt: int, reason: str) -> Mapping[str, Any]:
    return {
        "type": parcel.kind,
        "envelope_id": name,
        "payload": parcel.payload,
        "accepts_response_payload": parcel.kind != "events_api",
        "retry_attempt": attempt,
        "retry_reason": reason,
    }
