"""The web server: Slack's requests, checked before anybody parses them, and the two questions of an orchestrator."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import Clock, SignatureVerifier

from bot.readingpage import Pages

#: bytes; Slack's largest payload, an interaction with its whole message, stays far below
_MOST: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Door:
    """Lets in what Slack signed, and hands it to Bolt."""

    app: AsyncApp
    verifier: SignatureVerifier

    async def events(self, request: web.Request) -> web.Response:
        """One request of Slack: 401 unless it is signed and recent, 400 when it cannot be read."""
        body = _text(await request.read())
        if body is None or not self._signed(body, request.headers):
            return web.json_response({"error": "invalid request"}, status=401)
        received = _parsed(body, request)
        if received is None:
            return web.json_response({"error": "unreadable request"}, status=400)
        return await to_aiohttp_response(await self.app.async_dispatch(received))

    def _signed(self, body: str, headers: Mapping[str, str]) -> bool:
        """Checks the form first: the verifier itself fails on times that are no numbers and on odd letters."""
        time = headers.get("x-slack-request-timestamp", "")
        signature = headers.get("x-slack-signature", "")
        if not (time.isascii() and time.isdigit() and len(time) <= 12 and signature.isascii()):
            return False
        return self.verifier.is_valid(body, time, signature)


@dataclass(frozen=True, slots=True)
class Health:
    """What an orchestrator asks."""

    ready: Callable[[], bool]

    async def healthz(self, _request: web.Request) -> web.Response:
        """The process runs."""
        return web.Response(text="ok")

    async def readyz(self, _request: web.Request) -> web.Response:
        """The bot takes requests."""
        ready = self.ready()
        return web.Response(text="ready" if ready else "not ready", status=200 if ready else 503)


def application(health: Health, door: Door | None, pages: Pages | None = None) -> web.Application:
    """The routes; without a door (Socket Mode) only those about the bot's health and the pages people read."""
    made = web.Application(client_max_size=_MOST)
    made.router.add_get("/healthz", health.healthz)
    made.router.add_get("/readyz", health.readyz)
    if door:
        made.router.add_post("/slack/events", door.events)
    if pages:
        made.router.add_get("/read/{document:.+}", pages.read)
    return made


async def listen(application: web.Application, host: str, port: int) -> tuple[Callable[[], Awaitable[None]], int]:
    """Serve; returns how to stop it and the port it got. Raises ``OSError`` when the address is taken."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=5)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner.cleanup, int(runner.addresses[0][1])


def verifier(secret: str, clock: Callable[[], float]) -> SignatureVerifier:
    """The check of Slack's signatures, five minutes wide."""
    return SignatureVerifier(secret, _Clock(clock))


class _Clock(Clock):
    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock()


def _text(raw: bytes) -> str | None:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None


def _parsed(body: str, request: web.Request) -> AsyncBoltRequest | None:
    """What Slack sent, or ``None`` when it is no JSON object or form of one."""
    try:
        made = AsyncBoltRequest(
            body=body, query=request.query_string, headers={name: [value] for name, value in request.headers.items()}
        )
    except (json.JSONDecodeError, AttributeError, TypeError):
        return None
    return made if isinstance(made.body, dict) else None
