"""The composition root: settings in, a running bot out."""

import asyncio
import logging
import signal
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from functools import partial
from typing import Any, Final

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Engine

from bot import adding, database, logs, server, slack
from bot.adding import Adding
from bot.calls import DEAD, Calls
from bot.history import History
from bot.jobs import Jobs
from bot.memory import LEASE, Memory
from bot.presence import Presence
from bot.readingpage import Links, Pages, signing_key
from bot.scheduler import Scheduler
from bot.settings import Settings, SlackAccess, without_slack_variables
from bot.slack import Identity, StartError
from bot.subscriptions import Subscriptions
from content.library import Library
from handlers.delivery import Delivery
from handlers.register import register
from handlers.services import Digests, Services
from handlers.timetable import first
from handlers.views import digest

_LOG: Final = logging.getLogger("alibaba")
#: seconds; with what closing takes it stays below the 25 that are promised
_DRAIN: Final = 18.0
_REFRESH: Final = 0.05
_FORGET: Final = 3600.0
_POLL: Final = 5.0
_TICK: Final = 1.0
#: the longest pause after failures: on a full disk nothing is gained by trying at once
_PATIENT: Final = 5.0
_KEEP_UP: Final = LEASE / 6
#: seconds a thread keeps the interpreter while others want it: acknowledging must not wait for what is thought out
_SWITCH: Final = 0.001


class Bot:
    """A bot in a workspace, from ``start`` to ``stop``; each may be called once, in one event loop."""

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], float],
        patience: float,
        claims: str | None,
        calendar: Callable[[], float] | None,
    ) -> None:
        self._settings = settings
        self._claims = claims or settings.claims
        self._access = access = settings.slack()
        self._clock = clock
        self._calendar = calendar or clock
        self._patience = patience
        self._stack = AsyncExitStack()
        self._ready = False
        self._links = _links(settings, access, clock)
        self._pages: Pages | None = None
        self._book: Subscriptions | None = None
        #: where the web server listens, once started
        self.port = 0

    def next_digest(self) -> float | None:
        """When the next digest is due, in seconds since 1970; ``None`` where nobody wants one. It reads a database."""
        return first(self._book.every(), self._calendar()) if self._book else None

    async def start(self) -> None:
        """Join the workspace; raises ``StartError`` or ``SettingsError``, having undone what it began."""
        async with AsyncExitStack() as undo:
            self._stack = undo
            await self._start()
            self._stack = undo.pop_all()

    async def stop(self) -> None:
        """Refuse what is new, finish what is under way, let go of everything."""
        self._ready = False
        await self._stack.aclose()

    async def _start(self) -> None:
        session = slack.session(self._patience)
        self._stack.push_async_callback(session.close)
        reads = slack.reader(self._access, session)
        identity = await slack.identify(reads)
        if self._access.app_token:
            await slack.check_socket(reads, self._access.app_token)
        services, jobs, scheduler = await self._furnish(identity, reads, slack.writer(self._access, session))
        self._stack.push_async_callback(self._drain, jobs)
        left = await jobs.start(Delivery(services, settling=min(1.0, self._patience)))
        app = _bolt(self._access, identity, session)
        register(app, services)
        await asyncio.to_thread(scheduler.book.resume, DEAD)  # the token is good again
        self._keep(_TICK, scheduler.tick)
        await self._open(app, reads)  # the last, so that nothing new comes in while the rest ends
        self._ready = True
        where = "Socket Mode" if self._access.app_token else f"HTTP on port {self.port}"
        _LOG.info("the bot is in the workspace (%s), %d unfinished answers taken up again", where, left)

    async def _furnish(
        self, identity: Identity, reads: AsyncWebClient, writes: AsyncWebClient
    ) -> tuple[Services, Jobs, Scheduler]:
        """Everything the handlers need, and what has to be kept going for it."""
        engine = await asyncio.to_thread(database.engine, self._settings.database)
        claims = await asyncio.to_thread(database.engine, self._claims)
        self._stack.callback(engine.dispose)
        self._stack.callback(claims.dispose)
        library = await asyncio.to_thread(
            Library.open, self._settings.data_dir, engine, self._links.to if self._links else None, self._clock
        )
        self._pages = Pages(self._links, library.excerpt) if self._links else None
        await asyncio.to_thread(library.warm)
        web = await self._stack.enter_async_context(slack.web(self._access, self._patience))
        memory, history, book = Memory(claims), History(claims, self._clock), Subscriptions(claims)
        presence = Presence(self._settings.data_dir / "workers", memory.worker)
        self._stack.callback(presence.end)
        jobs = Jobs(memory, self._clock, presence.gone)
        self._keep(_REFRESH, partial(asyncio.to_thread, library.refresh, patience=0))
        self._keep(_FORGET, partial(jobs.forget, self._settings.retention_days))
        self._keep(_FORGET, partial(asyncio.to_thread, history.forget, self._settings.retention_days))
        corpus = self._corpus(library, engine)
        calls = Calls()
        posts, replies = slack.Posts(reads, writes, calls), slack.Replies(web, writes, calls=calls)
        self._keep(_KEEP_UP, jobs.keep_up)
        scheduler = self._scheduler(Scheduler(book, library, posts, digest, self._calendar, jobs.soon))
        named = (identity.user, self._settings.command, self._settings.follow_threads)
        admins = frozenset(self._settings.admins.replace(",", " ").split())
        people = slack.People(reads, asyncio.get_running_loop(), calls)
        digests = Digests(library, book, people, self._calendar, self._settings.timezone)
        found = (library, library, jobs, posts, replies, history)
        return Services(*found, *named, corpus=corpus, admins=admins, digests=digests), jobs, scheduler

    def _scheduler(self, made: Scheduler) -> Scheduler:
        """What digests need while they are posted: it ends after the jobs have."""
        self._book = made.book
        self._stack.push_async_callback(made.release)
        self._keep(_FORGET, partial(made.forget, self._settings.retention_days))
        self._keep(_KEEP_UP, made.keep_up)
        return made

    def _corpus(self, library: Library, engine: Engine) -> Adding:
        """What people add from Slack, and the feeds they follow, looked at again and again."""
        stopping = threading.Event()
        corpus = Adding(adding.feed_reader(self._settings, library, engine, stopping), self._clock)
        self._keep(_POLL, partial(asyncio.to_thread, corpus.poll))
        self._stack.callback(stopping.set)
        return corpus

    async def _open(self, app: AsyncApp, reads: AsyncWebClient) -> None:
        """Begin to take requests, by HTTP or by Socket Mode; the health routes are there either way."""
        settings, token, door = self._settings, self._access.app_token, None
        if not token:
            door = server.Door(app, server.verifier(self._access.signing_secret, self._clock))
        try:
            close, self.port = await server.listen(
                server.application(server.Health(lambda: self._ready), door, self._pages), settings.host, settings.port
            )
        except OSError as error:
            reason = f"Port {settings.port} of {settings.host} cannot be used: set ALIBABA_PORT to another one."
            raise StartError(reason) from error
        self._stack.push_async_callback(close)
        if token:
            await self._connect(app, token, reads)

    async def _connect(self, app: AsyncApp, token: str, reads: AsyncWebClient) -> None:
        handler = AsyncSocketModeHandler(app, token, web_client=reads)
        if self._access.local:
            handler.client.proxy = None
        self._stack.push_async_callback(_disconnect, handler)
        await handler.client.connect()  # type: ignore[no-untyped-call]  # the SDK leaves it untyped

    async def _drain(self, jobs: Jobs) -> None:
        if late := await jobs.drain(_DRAIN):
            _LOG.warning("%d answers are left to the next start", late)

    def _keep(self, seconds: float, work: Callable[[], Awaitable[object]]) -> None:
        """Do something again and again until the bot stops, which waits for what is under way."""
        stopping = asyncio.Event()
        task = asyncio.get_running_loop().create_task(_again(seconds, work, stopping))
        self._stack.push_async_callback(asyncio.wait, {task})
        self._stack.callback(stopping.set)


def build(
    settings: Settings,
    clock: Callable[[], float] = time.time,
    patience: float = 10.0,
    claims: str | None = None,
    calendar: Callable[[], float] | None = None,
) -> Bot:
    """A bot ready to start; raises ``SettingsError`` when Slack's settings are missing.

    ``patience`` is how long one call to Slack may take, in seconds. ``claims`` is the URL of the database of claims,
    where it is not the one of the settings: what one workspace asked is not answered in another. ``calendar`` tells the
    time by which digests are due, where it is not the clock's.
    """
    return Bot(settings, clock, patience, claims, calendar)


def _links(settings: Settings, access: SlackAccess, clock: Callable[[], float]) -> Links | None:
    """The links to reading pages, which open as long as questions are kept; none without a public address."""
    if settings.public_url is None:
        return None
    return Links(settings.public_url, signing_key(access.bot_token), clock, settings.retention_days)


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; raises ``SettingsError`` or ``StartError`` when that cannot begin."""
    logs.configure(settings.log_format, settings.log_level)
    sys.setswitchinterval(_SWITCH)
    asyncio.run(_serve(build(settings)))


def stop_requested() -> asyncio.Event:
    """Set when SIGTERM or SIGINT asks this process to stop."""
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    return stopped


async def _serve(bot: Bot) -> None:
    stopped = stop_requested()
    await bot.start()
    await stopped.wait()
    _LOG.info("stopping")
    await bot.stop()


def _bolt(access: SlackAccess, identity: Identity, session: aiohttp.ClientSession) -> AsyncApp:
    """Bolt with everything said explicitly: it asks Slack nothing and reads no environment.

    ``process_before_response`` makes it answer a request only when its listener, which does no more than claim it,
    is done; otherwise it would acknowledge events before they are claimed.
    """
    known = AuthorizeResult(
        enterprise_id=None,
        team_id=identity.team,
        bot_user_id=identity.user,
        bot_id=identity.bot,
        bot_token=access.bot_token,
    )

    async def authorize(**_: Any) -> AuthorizeResult:
        return known

    with without_slack_variables():
        client = AsyncWebClient(base_url=access.api_url, session=session)
        return AsyncApp(
            name="slack_bolt.alibaba",
            client=client,
            authorize=authorize,
            signing_secret=access.signing_secret,
            process_before_response=True,
            attaching_conversation_kwargs_enabled=False,
        )


async def _again(seconds: float, work: Callable[[], Awaitable[object]], stopping: asyncio.Event) -> None:
    """A failure is logged and does not end it; while it lasts, it is not logged again and tried ever less often."""
    failures = 0
    while not stopping.is_set():
        (failure,) = await asyncio.gather(work(), return_exceptions=True)
        if isinstance(failure, Exception) and not failures:
            _LOG.error("a recurring task failed and goes on", exc_info=failure)
        failures = failures + 1 if isinstance(failure, Exception) else 0
        pause = min(seconds * 2 ** min(failures, 9), max(seconds, _PATIENT))
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), pause)


async def _disconnect(handler: AsyncSocketModeHandler) -> None:
    """Leave without coming back: the SDK reconnects unless it is told not to."""
    handler.client.auto_reconnect_enabled = False
    handler.client.default_auto_reconnect_enabled = False
    await handler.client.close()  # type: ignore[no-untyped-call]  # the SDK leaves it untyped
