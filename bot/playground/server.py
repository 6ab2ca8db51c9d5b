"""The local Slack: a real server an unpatched app connects to, and the acts of the people in it.

It is the back of the playground's page and the fixture of the tests alike.
"""

import asyncio
import secrets
import socket
import time
from collections.abc import Callable, Collection, Coroutine, Mapping
from itertools import islice
from typing import Any, TypeVar

import aiohttp
from aiohttp import web

from bot.playground import payloads
from bot.playground.admission import Desk
from bot.playground.clock import Clock
from bot.playground.delivery import Delivery, Parcel, Post, Transport, nothing_to_tell
from bot.playground.faults import Faults
from bot.playground.grants import Grants
from bot.playground.payloads import Keys, Press
from bot.playground.routes import Call, Counter, local_only
from bot.playground.scopes import EVERY
from bot.playground.settling import settle
from bot.playground.signed import SignedHttp
from bot.playground.sockets import Sockets
from bot.playground.workspace import BOT, HOME_CHANNEL, Message, View, Workspace

T = TypeVar("T")
PERSON = "UANA"


class FakeSlack:
    """One workspace on this machine, with secrets of its own.

    ``retry_pauses`` are the seconds between attempts at an event the app did not acknowledge; ``ack_timeout`` is how
    long the app may take. With :attr:`request_url` unset, the app is reached through the websocket it opened.
    """

    def __init__(
        self,
        *,
        command: str = "/alibaba",
        clock: Callable[[], float] = time.time,
        ack_timeout: float = 3.0,
        retry_pauses: tuple[float, ...] = (0.0, 1.0, 3.0),
        hears_channels: bool = False,
        scopes: Collection[str] = EVERY,
    ) -> None:
        self.command = command
        self.clock = clock
        self.bot_user = BOT
        #: the app subscribed to every message of its channels
        self.hears_channels = hears_channels
        #: what the app was granted when it was installed
        self.scopes = frozenset(scopes)
        self.signing_secret = f"fake-{secrets.token_hex(16)}"
        self.bot_token = f"xoxb-fake-{secrets.token_hex(8)}"
        self.app_token = f"xapp-fake-{secrets.token_hex(8)}"
        self.request_url: str | None = None
        #: another way to the app, where it runs in the same loop
        self.transport: Transport | None = None
        self.url = ""
        #: the time that people see, which they may turn; what Slack signs and grants goes by the real one
        self.calendar = Clock(clock)
        #: when the app does something by itself next; it may block
        self.next_digest: Callable[[], float | None] = lambda: None
        self.workspace = Workspace(self.calendar)
        self.faults = Faults()
        self.calls: list[Call] = []
        #: channel → the most calls about it that were under way at a time
        self.at_a_time: Mapping[str, int] = {}
        #: what the app did not acknowledge
        self.failures: list[Delivery] = []
        self.app = web.Application(middlewares=[local_only])
        self._post = Post(ack_timeout, retry_pauses)
        self._grants = Grants(clock)
        self._sockets = Sockets(ack_timeout)
        self._session: aiohttp.ClientSession | None = None
        self._runner: web.AppRunner | None = None
        self._tasks: set[asyncio.Task[object]] = set()

    @property
    def api_url(self) -> str:
        """What an app sets as its base URL."""
        return f"{self.url}/api/"

    @property
    def desk(self) -> Desk:
        """What Web API calls work on."""
        return Desk(self.workspace, self._grants, self.url, self.scopes)

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; 0 takes any free port, and :attr:`url` tells which. ``OSError`` when the port is taken."""
        listening = socket.create_server((host, port))
        self._session = aiohttp.ClientSession(trust_env=False)
        self.url = f"http://{host}:{listening.getsockname()[1]}"
        counter = Counter(self.desk, self._sockets, self.faults, self.bot_token, self.app_token, self.calls)
        self.at_a_time = counter.most
        self.app.add_routes(counter.routes())
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.SockSite(self._runner, listening).start()

    async def stop(self) -> None:
        """End every connection and whatever is under way."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._sockets.close()
        if self._session:
            await self._session.close()
        if self._runner:
            await self._runner.cleanup()

    async def slash(self, text: str, *, user: str = PERSON, channel: str = HOME_CHANNEL) -> Delivery:
        """Somebody types the slash command."""
        keys = self._keys(user, channel)
        people, places = self.workspace.users, self.workspace.channels
        payload = payloads.slash(self.command, text, people[user], places[channel], keys)
        return await self._deliver(Parcel("slash_commands", keys.trigger_id, payload))

    async def say(self, text: str, *, channel: str, user: str = PERSON, thread_ts: str | None = None) -> Delivery:
        """Somebody posts ``text``, in Slack's wire format; the app hears of it when it is mentioned or spoken to."""
        place = self.workspace.channels[channel]
        message = Message(self.workspace.new_ts(), channel, user, text, thread_ts=thread_ts)
        self.workspace.post(message)
        hears = {"message": place.is_im or self.hears_channels, "app_mention": not place.is_im and f"<@{BOT}>" in text}
        kinds = [kind for kind, heard in hears.items() if heard and BOT in place.members]
        deliveries = [await self._deliver(self._said(message, kind)) for kind in kinds]
        return deliveries[-1] if deliveries else nothing_to_tell(self._said(message, "message"))

    async def click(self, message: Message, action_id: str, *, user: str = PERSON, index: int = 0) -> Delivery:
        """Somebody presses the ``index``-th thing of this name in a message."""
        press = _find(message.blocks, action_id, index)
        keys = self._keys(user, message.channel, message.ts)
        place = self.workspace.channels[message.channel]
        payload = payloads.pressed(press, message, self.workspace.users[user], place, keys)
        return await self._deliver(Parcel("interactive", keys.trigger_id, payload))

    async def react(self, message: Message, name: str, *, user: str = PERSON, add: bool = True) -> Delivery:
        """Somebody reacts to a message, or takes that back."""
        self.workspace.react(message.ts, name, user, add=add)
        event_id, ts = self.workspace.new_id("Ev"), self.workspace.new_ts()
        parcel = Parcel(
            "events_api", event_id, payloads.event(payloads.reacted(message, name, user, ts, add), event_id, ts)
        )
        heard = BOT in self.workspace.channels[message.channel].members and not message.ephemeral_to
        return await self._deliver(parcel) if heard else nothing_to_tell(parcel)

    async def open_app(self, tab: str = "home", *, user: str = PERSON) -> Delivery:
        """Somebody opens a tab of the app."""
        workspace = self.workspace
        channel = next(c.id for c in workspace.channels.values() if c.is_im and c.members == {BOT, user})
        event_id, ts = workspace.new_id("Ev"), workspace.new_ts()
        opened = payloads.home_opened(user, channel, tab, workspace.homes.get(user), ts)
        return await self._deliver(Parcel("events_api", event_id, payloads.event(opened, event_id, ts)))

    async def shortcut(self, message: Message, callback_id: str, *, user: str = PERSON) -> Delivery:
        """Somebody picks a shortcut from a message's menu."""
        if message.ephemeral_to:
            raise LookupError("what one person sees has no shortcuts")
        keys, place = self._keys(user, message.channel), self.workspace.channels[message.channel]
        payload = payloads.shortcut(callback_id, message, self.workspace.users[user], place, keys)
        return await self._deliver(Parcel("interactive", keys.trigger_id, payload))

    async def click_in_modal(self, action_id: str, *, user: str = PERSON, index: int = 0) -> Delivery:
        """Somebody presses a button of their topmost modal."""
        view = self._top(user)
        press = _find(view.payload["blocks"], action_id, index)
        keys = self._keys(user, "")
        payload = payloads.pressed_in_view(press, view, self.workspace.users[user], keys)
        return await self._deliver(Parcel("interactive", keys.trigger_id, payload))

    async def submit(self, user: str = PERSON, values: Mapping[str, object] | None = None) -> Delivery:
        """Somebody submits their topmost modal; ``values`` is ``{block_id: {action_id: {"type", "value"}}}``."""
        view, trigger = self._top(user), self._trigger(user)
        payload = payloads.submitted(view, self.workspace.users[user], values or {}, trigger)
        return await self._deliver(Parcel("interactive", trigger, payload))

    async def close_modal(self, user: str = PERSON) -> Delivery:
        """Somebody closes their topmost modal; the app hears of it if it asked to."""
        view, trigger = self._top(user), self._trigger(user)
        self.workspace.show(self.workspace.modals[user][:-1], user)
        parcel = Parcel("interactive", trigger, payloads.closed(view, self.workspace.users[user], trigger))
        return await self._deliver(parcel) if view.payload.get("notify_on_close") else nothing_to_tell(parcel)

    async def redeliver(self, delivery: Delivery) -> Delivery:
        """Slack tells the app the same thing again, as after an acknowledgement that was lost."""
        return await self._deliver(delivery.parcel, first=1)

    async def refresh_sockets(self) -> None:
        """Ask the app to connect anew, as Slack does every few hours."""
        await self._sockets.refresh()

    def messages(self, channel: str, *, viewer: str = PERSON, thread_ts: str | None = None) -> list[Message]:
        """What this person sees, oldest first; with ``thread_ts``, the thread with its first message."""
        return self.workspace.seen(channel, viewer, thread_ts)

    def modal(self, user: str = PERSON) -> dict[str, Any] | None:
        """The person's topmost modal as the Web API would return it."""
        stack = self.workspace.modals.get(user, ())
        return payloads.view_object(stack[-1]) if stack else None

    @property
    def connected(self) -> bool:
        """There is somebody to tell things."""
        return self.request_url is not None or bool(self._sockets.open)

    async def wait_for(self, predicate: Callable[[], T | None], timeout: float = 15.0) -> T:  # noqa: ASYNC109 - a test names its patience
        """The first truthy value, looked for at every change and every 50 ms; ``TimeoutError`` past the seconds."""
        async with asyncio.timeout(timeout):
            while not (found := predicate()):
                await self.workspace.changes.after(self.workspace.changes.revision, 0.05)
        return found

    def spawn(self, act: Coroutine[Any, Any, object]) -> None:
        """Run something a person did without waiting for it; :meth:`stop` ends it."""
        task = asyncio.ensure_future(act)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, parcel: Parcel, *, first: int = 0) -> Delivery:
        delivery = await self._post.deliver(parcel, self._transport(), first=first)
        if not delivery.ok:
            self.failures.append(delivery)
        settle(self.desk, delivery)
        self.workspace.changes.bump()
        return delivery

    def _said(self, message: Message, kind: str) -> Parcel:
        """A message as an event; one that the app hears of twice is two events."""
        event_id = self.workspace.new_id("Ev")
        told = payloads.said(message, kind, self.workspace.channels[message.channel])
        return Parcel("events_api", event_id, payloads.event(told, event_id, message.ts))

    def _transport(self) -> Transport:
        if self.transport:
            return self.transport
        if self.request_url is None or self._session is None:
            return self._sockets
        return SignedHttp(self._session, self.request_url, self.signing_secret, self._post.timeout, self.clock)

    def _trigger(self, user: str) -> str:
        return self._grants.trigger(f"{secrets.randbelow(10**12)}.{self.workspace.new_id('')}", user)

    def _keys(self, user: str, channel: str, message: str | None = None) -> Keys:
        name = self._grants.response_url(secrets.token_urlsafe(12), user, channel, message)
        return Keys(self._trigger(user), f"{self.url}/response/{name}", self.workspace.new_ts())

    def _top(self, user: str) -> View:
        stack = self.workspace.modals.get(user)
        if not stack:
            raise LookupError(f"{user} has no modal open")
        return stack[-1]


def _find(blocks: Any, action_id: str, index: int) -> Press:
    named = (press for press in payloads.presses(blocks) if press.action_id == action_id)
    found = next(islice(named, index, None), None)
    if found is None:
        raise LookupError(f"nothing to press is called {action_id!r} at position {index}")
    return found
