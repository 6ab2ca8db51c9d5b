"""The addresses an app calls: the Web API, response URLs, and the websocket of Socket Mode."""

import asyncio
import collections
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import hdrs, web

from bot.playground.admission import Desk, Refused, Result
from bot.playground.arguments import arguments, bearer
from bot.playground.faults import RESPONSE_URL, Fault, Faults
from bot.playground.responses import respond
from bot.playground.sockets import Sockets
from bot.playground.web_api import call

CONNECT = "apps.connections.open"
_NAMED = ("channel", "channel_id", "user", "user_id")
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost"})

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Call:
    """One Web API call, or one use of a response URL (method ``response_url``)."""

    method: str
    #: with the address itself where that is a response URL
    arguments: Mapping[str, Any]
    #: Slack's error code; ``None`` when it took effect
    error: str | None
    #: what the app was told, had the answer reached it
    result: Result


@dataclass(frozen=True, slots=True)
class Counter:
    """Where the app's calls arrive: what they work on, who may make them, and the record of them."""

    desk: Desk
    sockets: Sockets
    faults: Faults
    bot_token: str
    app_token: str
    calls: list[Call]
    #: channel → calls about it that are not answered yet; and the most there were at a time
    under_way: collections.Counter[str] = field(default_factory=collections.Counter)
    most: dict[str, int] = field(default_factory=dict)

    def routes(self) -> list[web.RouteDef]:
        """The addresses an app calls."""
        return [
            web.route("*", "/api/{method}", self.api),
            web.post("/response/{name}", self.response_url),
            web.get("/link", self.sockets.serve),
        ]

    async def api(self, request: web.Request) -> web.StreamResponse:
        """One Web API call."""
        method, args = request.match_info["method"], await arguments(request)
        refusal = self._refusal(method, bearer(request))
        if refusal:
            return web.json_response(self._record(method, args, refusal.answer()))
        channel = str(args.get("channel"))
        self.under_way[channel] += 1
        self.most[channel] = max(self.most.get(channel, 0), self.under_way[channel])
        try:
            return await self._served(request, method, args, lambda: self._result(method, args))
        finally:
            self.under_way[channel] -= 1

    async def response_url(self, request: web.Request) -> web.StreamResponse:
        """One use of a response URL; it answers ``ok`` as plain text."""
        name, body = request.match_info["name"], await arguments(request)

        def use() -> Result:
            respond(self.desk, name, body)
            return {"ok": True}

        return await self._served(request, RESPONSE_URL, body | {RESPONSE_URL: str(request.url)}, use)

    async def _served(
        self, request: web.Request, method: str, args: Mapping[str, Any], act: Callable[[], Result]
    ) -> web.StreamResponse:
        fault = self.faults.take(method, self._about(args, request.match_info.get("name")))
        result = (
            _tried(act) if fault.accepted or fault.answers else {"ok": False, "error": fault.error or "not_accepted"}
        )
        self._record(method, args, result)
        await asyncio.sleep(fault.delay)
        if fault.drop and request.transport is not None:
            request.transport.abort()
        return _answer(method, fault, result, self.desk.scopes)

    def _about(self, args: Mapping[str, Any], response_url: str | None) -> set[str]:
        """The channels and people that a call names, if only by what they granted or look at."""
        view = self.desk.workspace.view(str(args.get("view_id")))
        granted = self.desk.grants.find(response_url or str(args.get("trigger_id")))
        view = self.desk.workspace.view(str(args.get("view_id")))
        named = {str(args[name]) for name in _NAMED if args.get(name)}
        return named | ({granted.user, granted.channel} if granted else set()) | ({view.user} if view else set())

    def _result(self, method: str, args: Mapping[str, Any]) -> Result:
        if method == CONNECT:
            link = self.desk.url.replace("http", "ws", 1)
            return {"ok": True, "url": f"{link}/link?ticket={self.sockets.ticket()}"}
        return call(self.desk, method, args)

    def _refusal(self, method: str, token: str) -> Refused | None:
        if not token:
            return Refused("not_authed")
        if token not in (self.bot_token, self.app_token):
            return Refused("invalid_auth")
        needed = self.app_token if method == CONNECT else self.bot_token
        return None if token == needed else Refused("not_allowed_token_type")

    def _record(self, method: str, args: Mapping[str, Any], result: Result) -> Result:
        self.calls.append(Call(method, args, None if result["ok"] else result["error"], result))
        self.desk.workspace.changes.bump()
        return result


def _tried(act: Callable[[], Result]) -> Result:
    try:
        return act()
    except Refused as refused:
        return refused.answer()


def _answer(method: str, fault: Fault, result: Result, scopes: Collection[str]) -> web.Response:
    headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
    if fault.status != 200:
        told = {"ok": False, "error": fault.error} if fault.error else {}
        return web.json_response(told, status=fault.status, headers=headers)
    if fault.error:
        return web.json_response({"ok": False, "error": fault.error})
    if method == RESPONSE_URL:
        return web.Response(text="ok") if result["ok"] else web.json_response(result, status=404)
    return web.json_response(result, headers={"x-oauth-scopes": ",".join(sorted(scopes))})


@web.middleware
async def local_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Serve only those who ask for this machine by its own name, so that no web page can reach in by DNS."""
    asked = request.headers.get(hdrs.HOST, "").rpartition(":")[0] or request.headers.get(hdrs.HOST, "")
    if asked not in LOCAL_HOSTS:
        raise web.HTTPForbidden(text="The playground answers on this machine only.")
    return await handler(request)
