"""The page of the playground: what the browser asks for, and what a person does there.

Reading needs no more than this machine's own name (:func:`bot.playground.routes.local_only`); acting needs the page's
own origin and the token it was served with.
"""

import asyncio
import secrets
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.playground import payloads
from bot.playground.charts import drawn
from bot.playground.compose import read
from bot.playground.mrkdwn import Names, anchor, emoji, mention, mrkdwn, plain, web_address
from bot.playground.scene import look, partner
from bot.playground.server import PERSON, FakeSlack
from bot.playground.workspace import BOT, HOME_CHANNEL, SLACKBOT, Message

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_PAGE = "page.html"
TOKEN_HEADER = "X-Playground-Token"
#: seconds after which the stream of changes says something, so that nobody takes it for dead
HEARTBEAT = 15.0
#: seconds that a digest may take, once its time has come
_NIGHT = 3.0
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Hints:
    """What the page tells somebody who does not know the app yet."""

    usage: str = "[your question]"
    description: str = "Ask your documents"
    examples: tuple[str, ...] = ()
    #: what stands in the menu of a message: name, callback_id
    shortcuts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The page of one local Slack; :meth:`routes` go into its app before it starts."""

    slack: FakeSlack
    hints: Hints
    templates: Environment
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    def routes(self) -> list[web.AbstractRouteDef]:
        """What the browser asks for."""
        return [
            web.get("/", partial(self.show, _PAGE)),
            web.get("/parts", partial(self.show, "parts.html")),
            web.get("/changes", self.changes),
            web.post("/do/{act}", self.act),
            web.static("/static", HERE / "static"),
        ]

    async def show(self, template: str, request: web.Request) -> web.Response:
        """The page, or the parts of it that change."""
        channel = request.query.get("channel", HOME_CHANNEL)
        channels = self.slack.workspace.channels
        if channel not in channels or PERSON not in channels[channel].members:
            raise web.HTTPNotFound(text="There is no such channel.")
        tab = "home" if request.query.get("tab") == "home" else "messages"
        scene = look(self.slack.workspace, PERSON, channel, request.query.get("thread") or None, tab)
        if scene.channel.is_im and template == _PAGE and self.slack.connected:
            self.slack.spawn(self.slack.open_app(tab))
        html = self.templates.get_template(template).render(
            scene=scene, slack=self.slack, hints=self.hints, token=self.token
        )
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        return web.Response(text=html, content_type="text/html", headers=headers)

    async def changes(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: the number of the latest change, whenever there is one."""
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await stream.prepare(request)
        changes, seen = self.slack.workspace.changes, -1
        try:
            while True:
                seen = await changes.after(seen, HEARTBEAT)
                await stream.write(f"data: {seen}\n\n".encode())
        except ConnectionError:
            return stream

    async def act(self, request: web.Request) -> web.Response:
        """Something the person does: say, click, submit, close."""
        if request.headers.get("Origin") != f"http://{request.host}" or not secrets.compare_digest(
            request.headers.get(TOKEN_HEADER, ""), self.token
        ):
            raise web.HTTPForbidden(text="Only the page itself may do this.")
        act = ACTS.get(request.match_info["act"])
        if act is None:
            raise web.HTTPNotFound(text="Nobody can do that.")
        try:
            await act(self.slack, await request.json())
        except (LookupError, ValueError, TypeError) as gone:
            raise web.HTTPConflict(text="That is not there any more.") from gone
        return web.Response(status=204)


def _templates(slack: FakeSlack) -> Environment:
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    people = {user.id: f"@{user.real_name}" for user in slack.workspace.users.values()}
    names: Names = people | {c.id: f"#{c.name}" for c in slack.workspace.channels.values()}
    templates.filters |= {
        "mrkdwn": partial(mrkdwn, names=names),
        "plain": plain,
        "emoji": emoji,
        "mention": lambda target: mention(names.get(target, target)),
        "href": web_address,
        "drawn": drawn,
    }
    templates.globals |= {
        "anchor": anchor,
        "bot": slack.workspace.users[BOT],
        "partner": partial(partner, users=slack.workspace.users),
    }
    return templates


async def _say(slack: FakeSlack, body: Json) -> None:
    """The composer: what it says is delivered without keeping the page waiting."""
    channel, thread, text = str(body["channel"]), body.get("thread") or None, str(body["text"])
    if not text.strip():
        return
    if thread is not None and thread not in slack.workspace.log:
        raise LookupError(f"thread {thread} is of an earlier run")
    typed = read(text, slack.command, slack.workspace.users.values(), in_thread=thread is not None)
    if typed.kind == "command":
        slack.spawn(slack.slash(typed.text, channel=channel))
    elif typed.kind == "message":
        slack.spawn(slack.say(typed.text, channel=channel, thread_ts=thread))
    else:
        ts = slack.workspace.new_ts()
        slack.workspace.post(Message(ts, channel, SLACKBOT, typed.text, thread_ts=thread, ephemeral_to=PERSON))


async def _click(slack: FakeSlack, body: Json) -> None:
    """A button; it is pending on the page until the app has acknowledged it."""
    view, choice = slack.modal(), int(body.get("choice", 0))
    if view and body.get("view") == view["id"]:
        index = payloads.position(view["blocks"], body["block"], body["action"], choice)
        await slack.click_in_modal(body["action"], index=index)
        return
    message = slack.workspace.log[body["message"]]
    index = payloads.position(message.blocks, body["block"], body["action"], choice)
    await slack.click(message, body["action"], index=index)


async def _shortcut(slack: FakeSlack, body: Json) -> None:
    slack.spawn(slack.shortcut(slack.workspace.log[body["message"]], str(body["shortcut"])))


async def _react(slack: FakeSlack, body: Json) -> None:
    """A reaction, or its end when it is there."""
    message, name = slack.workspace.log[body["message"]], str(body["name"])
    slack.spawn(slack.react(message, name, add=(name, PERSON) not in message.reactions))


async def _submit(slack: FakeSlack, body: Json) -> None:
    await slack.submit(values=body["values"])


async def _close(slack: FakeSlack, body: Json) -> None:
    await slack.close_modal()


async def _morning(slack: FakeSlack, body: Json) -> None:
    """The clock is turned to the next digest; returns when it is there."""
    moment = await asyncio.to_thread(slack.next_digest)
    if moment is None:
        raise web.HTTPConflict(text=f"Nobody wants a digest yet. Say {slack.command} digest here daily at 9:00")
    slack.calendar.turn(moment)
    since = f"{moment:.6f}"
    try:
        await slack.wait_for(lambda: any(m.user == BOT and m.ts >= since for m in slack.workspace.log.values()), _NIGHT)
    except TimeoutError:
        raise web.HTTPConflict(text="Good morning. Nothing is new, so nothing was posted.") from None


#: what the page can do: name → function
ACTS: Mapping[str, Callable[[FakeSlack, Json], Coroutine[Any, Any, None]]] = {
    "say": _say,
    "click": _click,
    "shortcut": _shortcut,
    "react": _react,
    "submit": _submit,
    "close": _close,
    "morning": _morning,
}


def add_page(slack: FakeSlack, hints: Hints) -> Page:
    """Give a local Slack its page; before it starts."""
    page = Page(slack, hints, _templates(slack))
    slack.app.add_routes(page.routes())
    return page
