"""The thin edge to Slack: calls that say whether they did something, and nothing else (:mod:`bot.calls`)."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from weakref import WeakValueDictionary

import aiohttp
import httpx
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.calls import PASSING, PAUSES, Calls, code_of
from bot.settings import SlackAccess
from handlers.delivery import METADATA, PROGRESS, mark
from handlers.payloads import InConversation
from handlers.services import Job, OutcomeUnknown, Payload, Refused, SlackFailure

_LOG: Final = logging.getLogger("alibaba.slack")
#: codes that say nothing about a token
_THEIRS: Final = frozenset({"fatal_error", "internal_error", "ratelimited", "request_timeout", "service_unavailable"})
_PAGES: Final = 5
#: messages of a thread that are read to know what it is about
_SAID: Final = 100
_MOST_WAIT: Final = 60.0


class StartError(Exception):
    """The bot cannot start; the text is one line that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in its workspace."""

    user: str
    bot: str
    team: str


def session(patience: float) -> aiohttp.ClientSession:
    """The one session of all calls; ``patience`` is the longest a call may take, in seconds."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=patience, connect=min(5.0, patience)))


def reader(access: SlackAccess, shared: aiohttp.ClientSession) -> AsyncWebClient:
    """A client for calls that change nothing: it tries again whatever the trouble."""
    again = [AsyncRateLimitErrorRetryHandler(3), AsyncConnectionErrorRetryHandler(2), AsyncServerErrorRetryHandler(2)]
    return _client(access, shared, again)


def writer(access: SlackAccess, shared: aiohttp.ClientSession) -> AsyncWebClient:
    """A client for calls that show something: it waits when told to, and never repeats what may have happened."""
    return _client(access, shared, [AsyncRateLimitErrorRetryHandler(5)])


def _client(access: SlackAccess, shared: aiohttp.ClientSession, handlers: list[Any]) -> AsyncWebClient:
    client = AsyncWebClient(access.bot_token, access.api_url, session=shared, retry_handlers=handlers)
    if access.local:
        # the SDK takes the proxy of the environment and knows no NO_PROXY
        client.proxy = None
    return client


async def identify(client: AsyncWebClient) -> Identity:
    """Ask Slack who we are; raises ``StartError`` when it does not know us or cannot be reached."""
    try:
        known = await client.auth_test()
    except SlackApiError as error:
        raise _unusable(error, "SLACK_BOT_TOKEN", "copy it anew from your app's page") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise StartError(f"Slack cannot be reached at {client.base_url}: check the network and the proxy.") from error
    return Identity(str(known["user_id"]), str(known.get("bot_id") or ""), str(known.get("team_id") or ""))


async def check_socket(client: AsyncWebClient, app_token: str) -> None:
    """Try to open a Socket Mode connection, as the SDK itself would try for ever; raises ``StartError``."""
    try:
        await client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        raise _unusable(error, "SLACK_APP_TOKEN", "make one with the scope connections:write") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise StartError(f"Slack cannot be reached at {client.base_url}: check the network and the proxy.") from error


def _unusable(error: SlackApiError, token: str, remedy: str) -> StartError:
    """Slack said no to a token, or has trouble of its own."""
    code = code_of(error)
    if code.startswith("http_") or code in _THEIRS:
        return StartError(f"Slack has trouble just now ({code}): try again in a few minutes.")
    return StartError(f"Slack refused {token} ({code}): {remedy}.")


@dataclass(frozen=True, slots=True)
class Posts:
    """Messages in conversations (``handlers.services.Posts``)."""

    reads: AsyncWebClient
    writes: AsyncWebClient
    calls: Calls = field(default_factory=Calls)
    #: channel → the queue of its posts, as long as there is one
    turns: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    async def post(self, message: Payload) -> str:
        """Post a message, after those that wait for the same channel: Slack takes about one a second in each."""
        turn = self.turns.setdefault(str(message.get("channel")), asyncio.Lock())
        async with turn:
            posted = await self.calls.once(lambda: self.writes.api_call("chat.postMessage", json=dict(message)))
        return str(posted.get("ts", ""))

    async def remove(self, channel: str, ts: str) -> None:
        """Take a message away; doing so again does no harm, so it is tried again whatever the trouble."""
        try:
            await self.calls.surely(lambda: self.reads.chat_delete(channel=channel, ts=ts))
        except Refused as refusal:
            if refusal.code != "message_not_found":
                raise

    async def update(self, channel: str, ts: str, message: Payload) -> None:
        """Change a message; doing so again does no harm, so it is tried again whatever the trouble."""
        fields = {name: value for name, value in message.items() if not name.startswith("unfurl_")}
        there = fields | {"channel": channel, "ts": ts}
        await self.calls.surely(lambda: self.reads.api_call("chat.update", json=there))

    async def tell(self, message: Payload) -> None:
        """Show a message to one person; as it is an apology, rather twice than never."""
        fields = {name: value for name, value in message.items() if not name.startswith("unfurl_")}
        await self.calls.surely(lambda: self.writes.api_call("chat.postEphemeral", json=fields))

    async def posted(self, job: Job) -> bool | None:
        """Look for our own metadata among what was said since the question."""
        to = job.question.to
        found = await self.sent(job.key, to) if isinstance(to, InConversation) else None
        return None if found is None else bool(found)

    async def progress(self, job: Job) -> str | None:
        """Look for what told of the progress."""
        to = job.question.to
        return await self.sent(job.key, to, PROGRESS) or None if isinstance(to, InConversation) else None

    async def sent(self, key: str, place: InConversation, kind: str = METADATA) -> str | None:
        """The ts of a message with that mark of ours; "" when there is none, ``None`` when nobody can know."""
        cursor = ""
        for _ in range(_PAGES):
            try:
                page = await self.calls.surely(lambda at=cursor: self._page(place, at))  # type: ignore[misc]
            except Refused as refusal:
                if refusal.code in PASSING:
                    raise OutcomeUnknown(refusal.code) from refusal
                return None
            if found := _marked(page.get("messages") or [], mark(key, kind)["metadata"]):
                return found
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return ""
        return None

    async def status(self, place: InConversation, words: str) -> None:
        """Show what the bot is doing."""
        wanted = {"channel_id": place.channel, "thread_ts": place.thread, "status": words}
        await self.calls.once(lambda: self.writes.api_call("assistant.threads.setStatus", json=wanted))

    async def title(self, place: InConversation, words: str) -> None:
        """Begin an agent's session in a thread: only then does Slack take its title."""
        session = {"channel_id": place.channel, "thread_ts": place.thread, "status": "active", "title": words}
        await self.calls.once(lambda: self.writes.api_call("agents.sessions.setStatus", json=session))

    async def before(self, place: InConversation) -> tuple[str, ...]:
        """What people said in a thread before a message, as far as one page holds it."""
        wanted: dict[str, Any] = {
            "channel": place.channel,
            "ts": place.thread or place.asked,
            "latest": place.asked,
            "limit": _SAID,
        }
        page = await self.calls.once(lambda: self.writes.conversations_replies(**wanted))
        said = [each for each in page.get("messages") or [] if not each.get("bot_id") and each.get("ts") != place.asked]
        return tuple(str(each.get("text") or "") for each in said)

    def _page(self, to: InConversation, cursor: str) -> Awaitable[Any]:
        wanted: dict[str, Any] = {
            "channel": to.channel,
            "oldest": to.asked,
            "limit": 200,
            "include_all_metadata": True,
        }
        wanted |= {"cursor": cursor} if cursor else {}
        if to.thread:
            return self.reads.conversations_replies(ts=to.thread, **wanted)
        return self.reads.conversations_history(**wanted)


@dataclass(frozen=True, slots=True)
class People:
    """What Slack knows of people (``handlers.services.People``); asked from other threads than the loop's."""

    reads: AsyncWebClient
    loop: asyncio.AbstractEventLoop
    calls: Calls = field(default_factory=Calls)

    def zone(self, user: str) -> str | None:
        """A person's time zone; ``None`` where Slack does not say, or may not be asked (users:read)."""
        asked = self.calls.surely(lambda: self.reads.users_info(user=user))
        try:
            found = asyncio.run_coroutine_threadsafe(asked, self.loop).result()
        except SlackFailure as failure:
            _LOG.info("the time zone of %s is not known: %s", user, failure)
            return None
        return str((found.get("user") or {}).get("tz") or "") or None


@dataclass(frozen=True, slots=True)
class Replies:
    """Answers to one interaction (``handlers.services.Replies``)."""

    web: httpx.AsyncClient
    writes: AsyncWebClient
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    calls: Calls = field(default_factory=Calls)

    async def open(self, trigger: str, view: Payload) -> None:
        """Open a modal."""
        await self.calls.once(lambda: self.writes.views_open(trigger_id=trigger, view=dict(view)))

    async def change(self, view: str, instead: Payload) -> None:
        """Show something else in an open modal."""
        await self.calls.surely(lambda: self.writes.views_update(view_id=view, view=dict(instead)))

    async def publish(self, user: str, view: Payload) -> None:
        """Show App Home; doing so again does no harm."""
        await self.calls.surely(lambda: self.writes.views_publish(user_id=user, view=dict(view)))

    async def suggest(self, channel: str, prompts: Sequence[Mapping[str, str]]) -> None:
        """Suggest messages; without a thread, in which agents' suggestions are silently lost. Twice does no harm."""
        wanted = {"channel_id": channel, "prompts": [dict(each) for each in prompts]}
        await self.calls.surely(lambda: self.writes.api_call("assistant.threads.setSuggestedPrompts", json=wanted))

    async def respond(self, url: str, message: Payload) -> None:
        """Post to a response_url, again while it was certainly not accepted."""
        for pause in (*PAUSES, None):
            try:
                response = await self.web.post(url, json=dict(message))
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
                wait = pause
                failure: Exception = error
            except httpx.TransportError as error:
                raise OutcomeUnknown(str(error)) from error
            else:
                if response.status_code != 429:
                    return _judged(response)
                wait = _retry_after(response, pause)
                failure = Refused("ratelimited")
            if wait is None:
                break
            await self.sleep(wait)
        raise Refused("unreachable") from failure


def web(access: SlackAccess, patience: float) -> httpx.AsyncClient:
    """The client of all response_urls, through the environment's proxy unless Slack is on this machine."""
    timeout = httpx.Timeout(patience, connect=min(5.0, patience))
    return httpx.AsyncClient(timeout=timeout, trust_env=not access.local)


def _marked(messages: list[dict[str, Any]], metadata: dict[str, Any]) -> str:
    """The ts of the first message with this metadata."""
    return next((str(each.get("ts")) for each in messages if each.get("metadata") == metadata), "")


def _judged(response: httpx.Response) -> None:
    if response.status_code >= 500:
        raise OutcomeUnknown(f"http_{response.status_code}")
    # a response_url says so in JSON or in a word, whatever the status
    said = re.match(r'\{"ok": ?false.*"error": ?"(\w+)"', response.text)
    if said or response.status_code >= 400:
        raise Refused(said[1] if said else response.text[:80] or f"http_{response.status_code}")


def _retry_after(response: httpx.Response, pause: float | None) -> float | None:
    """Seconds to wait as told, within reason; ``None`` after the last attempt."""
    told = response.headers.get("retry-after", "")
    return None if pause is None else min(float(told), _MOST_WAIT) if told.isdecimal() else pause
