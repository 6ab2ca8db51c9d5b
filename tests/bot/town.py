"""The real handlers, jobs and documents in one loop with the local Slack: no server between them."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from sqlalchemy import Engine

from bot import database
from bot.history import History
from bot.jobs import Jobs
from bot.memory import Memory
from bot.playground import admission, responses
from bot.playground.delivery import Ack, Parcel
from bot.playground.server import FakeSlack
from bot.playground.web_api import call
from bot.playground.workspace import BOT, BOT_ID, TEAM, Message
from bot.subscriptions import Subscriptions
from content.errors import ContentError
from content.feedreader import Feed
from content.library import Indexed, Library
from handlers.delivery import Delivery
from handlers.payloads import InConversation
from handlers.register import register
from handlers.services import Digests, Job, Payload, Refused, Services

ADMIN = "UANA"
FEED = Feed("https://news.example/feed", "News", ())


@dataclass(frozen=True, slots=True)
class Inside:
    """The way from Slack to an app in the same loop (``bot.playground.delivery.Transport``)."""

    app: AsyncApp

    async def send(self, parcel: Parcel, attempt: int, reason: str) -> Ack:
        told = json.loads(json.dumps(parcel.payload))
        answer = await self.app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=told))
        return Ack(answer.status, 0.0, json.loads(answer.body) if answer.body.startswith("{") else answer.body)


@dataclass(frozen=True, slots=True)
class Direct:
    """The way from the app to Slack (``Posts`` and ``Replies``), by the functions behind its Web API."""

    slack: FakeSlack

    async def post(self, message: Payload) -> str:
        return str(self._call("chat.postMessage", **message)["ts"])

    async def update(self, channel: str, ts: str, message: Payload) -> None:
        self._call("chat.update", channel=channel, ts=ts, **message)

    async def remove(self, channel: str, ts: str) -> None:
        self._call("chat.delete", channel=channel, ts=ts)

    async def tell(self, message: Payload) -> None:
        self._call("chat.postEphemeral", **message)

    async def posted(self, job: Job) -> bool | None:
        return None

    async def progress(self, job: Job) -> str | None:
        return None

    async def before(self, place: InConversation) -> tuple[str, ...]:
        told = self._call("conversations.replies", channel=place.channel, ts=place.thread, latest=place.asked)
        return tuple(str(each["text"]) for each in told["messages"] if not each.get("bot_id"))

    async def status(self, place: InConversation, words: str) -> None:
        self._call("assistant.threads.setStatus", channel_id=place.channel, thread_ts=place.thread, status=words)

    async def title(self, place: InConversation, words: str) -> None:
        session = {"channel_id": place.channel, "thread_ts": place.thread, "status": "active", "title": words}
        self._call("agents.sessions.setStatus", **session)

    async def respond(self, url: str, message: Payload) -> None:
        try:
            responses.respond(self.slack.desk, url.rpartition("/")[2], message)
        except admission.Refused as refused:
            raise Refused(refused.code) from refused

    async def open(self, trigger: str, view: Payload) -> None:
        self._call("views.open", trigger_id=trigger, view=view)

    async def change(self, view: str, instead: Payload) -> None:
        self._call("views.update", view_id=view, view=instead)

    async def publish(self, user: str, view: Payload) -> None:
        self._call("views.publish", user_id=user, view=view)

    async def suggest(self, channel: str, prompts: Sequence[Mapping[str, str]]) -> None:
        self._call("assistant.threads.setSuggestedPrompts", channel_id=channel, prompts=prompts)

    def _call(self, method: str, **arguments: object) -> Any:
        try:
            return call(self.slack.desk, method, arguments)
        except admission.Refused as refused:
            raise Refused(refused.code) from refused


@dataclass(frozen=True, slots=True)
class Shelf:
    """A web of one page and one feed (``handlers.services.Corpus``)."""

    def add(self, address: str) -> Indexed:
        return Indexed("quiet", "added") if "news.example" in address else Indexed(address, None, "there is no page")

    def follow_feed(self, address: str, topics: Sequence[str]) -> Feed:
        if "news.example" in address:
            return replace(FEED, topics=tuple(topics))
        raise ContentError("there is no feed")

    def unfollow_feed(self, name: str) -> tuple[Feed, ...]:
        return (FEED,) if name.casefold() == "news" else ()

    def feeds(self) -> tuple[Feed, ...]:
        return (FEED,)


class Strangers:
    """People of whom nothing is known (``handlers.services.People``)."""

    def zone(self, user: str) -> str | None:
        return None


class Broken:
    """Whatever is asked of it goes wrong."""

    def __getattr__(self, name: str) -> Any:
        def fail(*_: object) -> None:
            raise RuntimeError("secret detail")

        return fail


@dataclass
class Town:
    """A workspace, and the bot in it twice: as it is, and with everything inside it broken."""

    slack: FakeSlack
    whole: Inside
    broken: Inside
    jobs: tuple[Jobs, ...]
    engine: Engine
    documents: Library
    services: Services
    _seen: set[str] = field(default_factory=set)

    def new(self) -> list[Message]:
        """What the bot has said since the last time."""
        log = self.slack.workspace.log
        fresh = [message for ts, message in log.items() if ts not in self._seen and message.user == BOT]
        self._seen.update(log)
        return fresh

    def scene(self, user: str, text: str, thread: str | None = None, blocks: Sequence[Any] = ()) -> Message:
        """What somebody said in a channel before, without anybody hearing it."""
        space = self.slack.workspace
        return space.post(Message(space.new_ts(), "CAIWATCH", user, text, tuple(blocks), thread_ts=thread))

    async def rest(self) -> None:
        """Wait until nothing is under way."""
        while under_way := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(under_way)

    async def stop(self) -> None:
        """Everybody goes home."""
        await asyncio.gather(*(each.drain(1) for each in self.jobs))
        self.engine.dispose()


async def settled(folder: Path, library: Library, slack: FakeSlack | None = None) -> Town:
    """A town whose bot answers from these documents, with Ana its admin; to be stopped."""
    slack = slack or FakeSlack(hears_channels=True)
    engine = database.engine(f"sqlite:///{folder / 'claims.db'}")
    edge, broken = Direct(slack), cast(Any, Broken())
    apps, jobs, parcels = [], [], []
    for documents, corpus in ((library, Shelf()), (broken, broken)):
        work = Jobs(Memory(engine), slack.clock)
        history, admins = History(engine, slack.clock), frozenset({ADMIN})
        known = Services(documents, documents, work, edge, edge, history, BOT, follow_threads=True)
        book = Subscriptions(engine) if documents is library else broken
        digests = Digests(documents, book, Strangers(), slack.clock)
        services = replace(known, corpus=corpus, admins=admins, digests=digests)
        await work.start(Delivery(services))
        apps.append(Inside(_app(services)))
        parcels.append(services)
        jobs.append(work)
    slack.transport = apps[0]
    return Town(slack, apps[0], apps[1], tuple(jobs), engine, library, parcels[0])


def _app(services: Services) -> AsyncApp:
    known = AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_user_id=BOT, bot_id=BOT_ID, bot_token="xoxb-1")

    async def authorize(**_: Any) -> AuthorizeResult:
        return known

    app = AsyncApp(
        authorize=authorize,
        signing_secret="none",
        process_before_response=True,
        attaching_conversation_kwargs_enabled=False,
    )
    register(app, services)
    return app
