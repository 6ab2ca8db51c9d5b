"""A local Slack, and a small real Bolt app that talks to it over either transport."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.page import Hints, add_page
from bot.playground.server import FakeSlack

CARD: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*Fifty-two* billion"}},
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "read",
                "text": {"type": "plain_text", "text": "Read in context"},
                "value": "7",
            },
            {
                "type": "button",
                "action_id": "share",
                "style": "primary",
                "text": {"type": "plain_text", "text": "Share to channel"},
            },
            {"type": "button", "action_id": "broken", "text": {"type": "plain_text", "text": "Broken"}},
        ],
    },
]
MODAL = {
    "type": "modal",
    "callback_id": "form",
    "notify_on_close": True,
    "title": {"type": "plain_text", "text": "In context"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "why",
            "label": {"type": "plain_text", "text": "Why?"},
            "element": {"type": "plain_text_input", "action_id": "words"},
        },
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "The passage"},
            "accessory": {"type": "button", "action_id": "next", "text": {"type": "plain_text", "text": "Next"}},
        },
    ],
}


@dataclass(frozen=True, slots=True)
class SmallBot:
    app: AsyncApp
    #: body and headers of every request, oldest first
    heard: list[Any]


def small_bot(slack: FakeSlack) -> SmallBot:
    """The bot of these tests: it notes what it was told, and answers each act in the plainest way."""
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    app = AsyncApp(client=client, signing_secret=slack.signing_secret, attaching_conversation_kwargs_enabled=False)
    heard: list[Any] = []

    @app.middleware
    async def hear(body: dict[str, Any], request: Any, next: Any) -> None:
        heard.append((body, {name: values[0] for name, values in request.headers.items()}))
        await next()

    @app.command(slack.command)
    async def command(ack: Any, respond: Any, command: dict[str, Any]) -> None:
        await ack("Looking…" if command["text"] == "ack" else "")
        if command["text"] != "ack":
            await respond(text=f"You asked: {command['text']}", blocks=CARD)

    @app.event("app_mention")
    async def mention(event: dict[str, Any]) -> None:
        await client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="Here.", blocks=CARD)

    @app.event("message")
    async def direct(event: dict[str, Any]) -> None:
        await client.chat_postMessage(channel=event["channel"], text=f"You said: {event['text']}")

    @app.action("read")
    async def read(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.action("share")
    async def share(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Shared.", response_type="in_channel", replace_original=False)

    @app.action("next")
    async def turn(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        view = {**MODAL, "title": {"type": "plain_text", "text": "Turned"}}
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)

    @app.view("form")
    async def form(ack: Any, view: dict[str, Any]) -> None:
        words = view["state"]["values"]["why"]["words"]["value"]
        await (ack(response_action="errors", errors={"why": "Say more."}) if len(words) < 3 else ack())

    @app.event("app_home_opened")
    async def opened(event: dict[str, Any]) -> None:
        if event["tab"] == "home":
            blocks = [{"type": "header", "text": {"type": "plain_text", "text": "At home"}}]
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})
        else:
            prompts = [{"title": "what is Qwen?", "message": "what is Qwen?"}]
            await client.assistant_threads_setSuggestedPrompts(channel_id=event["channel"], prompts=prompts)

    @app.event("reaction_added")
    async def reacted(event: dict[str, Any]) -> None:
        text = f"You reacted with {event['reaction']}."
        await client.chat_postMessage(channel=event["item"]["channel"], text=text)

    @app.shortcut("about")
    async def about(ack: Any, respond: Any, shortcut: dict[str, Any]) -> None:
        await ack()
        await respond(text=f"About: {shortcut['message']['text']}")

    @app.view_closed("form")
    async def closed(ack: Any) -> None:
        await ack()

    return SmallBot(app, heard)


HINTS = Hints(
    "[your question]",
    "Ask your documents",
    ("how much did Alibaba pledge?", "what is Qwen?"),
    (("About this message", "about"),),
)


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    fake = FakeSlack(ack_timeout=1.0, retry_pauses=(0.0, 0.05))
    add_page(fake, HINTS)
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
async def client(slack: FakeSlack) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, session=session)


async def over_http(slack: FakeSlack, app: AsyncApp) -> AsyncIterator[None]:
    runner = web.AppRunner(app.web_app(path="/slack/events"), access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield
    await runner.cleanup()


async def over_socket(slack: FakeSlack, app: AsyncApp) -> AsyncIterator[None]:
    handler: Any = AsyncSocketModeHandler(app, slack.app_token)
    await handler.connect_async()
    await slack.wait_for(lambda: slack.connected)
    yield
    await handler.close_async()


@pytest.fixture(params=[over_http, over_socket], ids=["http", "socket"])
async def bolt(request: pytest.FixtureRequest, slack: FakeSlack) -> AsyncIterator[SmallBot]:
    small = small_bot(slack)
    async for _ in request.param(slack, small.app):
        yield small


@pytest.fixture
async def bot(slack: FakeSlack) -> AsyncIterator[SmallBot]:
    """The same over one transport, where the transport is beside the point."""
    small = small_bot(slack)
    async for _ in over_socket(slack, small.app):
        yield small
