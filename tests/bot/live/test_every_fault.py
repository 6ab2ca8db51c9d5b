"""Every trouble that Slack may give × every call that the bot makes: one table, run once, with one bot in one Slack.

Each pair has a person, a channel and direct messages of its own, so all of them happen at the same time.
"""

import ast
import asyncio
import io
import json
import logging
import os
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot import database
from bot.app import build
from bot.history import History
from bot.playground.faults import RESPONSE_URL, Fault
from bot.playground.server import FakeSlack
from bot.playground.workspace import BOT, Channel, Message, User
from bot.settings import load
from content.documents import Document
from content.library import Library
from handlers.views import notices
from handlers.views.reader import WIDER
from tests.bot.live.conftest import DOCUMENTS

ROOT = Path(__file__).parents[3]
ASKED = "what is Qwen?"
ANSWER = "Qwen is a family"
#: a passage with more after it than is shown at first
LONG = Document("long", "\n\n".join(["Zebras are striped horses.", *(f"Paragraph {n}." for n in range(1, 9))]))
_SETTLED = 10.0
_ALWAYS = 12

_LIMITED = Fault(error="ratelimited", status=429)
#: name → the trouble, and how it ends: the call is made again, was lost, was taken, or was refused for good
FAULTS: Mapping[str, tuple[str, Fault]] = {
    "429 with a time": ("again", replace(_LIMITED, retry_after=0)),
    "429 without a time": ("again", _LIMITED),
    "500": ("lost", Fault(status=500)),
    "503": ("lost", Fault(status=503)),
    "500 once it was accepted": ("taken", Fault(status=500, accepted=True)),
    "too late once it was accepted": ("taken", Fault(delay=3.0, accepted=True)),
    "cut off once it was accepted": ("taken", Fault(drop=True, accepted=True)),
    **{code: ("unfit", Fault(error=code)) for code in ("invalid_blocks", "msg_too_long")},
    **{
        code: ("refused", Fault(error=code))
        for code in (
            "channel_not_found",
            "not_in_channel",
            "is_archived",
            "expired_trigger_id",
            "message_not_found",
            "user_not_found",
            "missing_scope",
        )
    },
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One trouble of one call: a person in places of their own, and Slack."""

    slack: FakeSlack
    history: History
    fault: Fault
    times: int
    user: str
    channel: str
    direct: str

    def plan(self, method: str, about: str, fault: Fault | None = None) -> None:
        """From now on the call about a place or person suffers the trouble, or once another one."""
        trouble = replace(fault or self.fault, about=about)
        self.slack.faults.plan(method, trouble, 1 if fault else self.times)

    async def mentioned(self, words: str = ASKED, thread: str | None = None) -> None:
        await self.slack.say(f"<@{BOT}> {words}", channel=self.channel, user=self.user, thread_ts=thread)

    async def command(self) -> Message:
        await self.slack.slash(ASKED, user=self.user, channel=self.channel)
        return await self.answer()

    async def answer(self) -> Message:
        """The first thing the bot says."""
        found: Message = await self.slack.wait_for(lambda: next(iter(self.seen()), None), timeout=_SETTLED)
        return found

    def seen(self) -> list[Message]:
        """What the bot said to the person, wherever."""
        here = (self.channel, self.direct)
        said = (m for m in self.slack.workspace.log.values() if m.channel in here and m.user == BOT)
        return [m for m in said if m.ephemeral_to in (None, self.user)]

    def everything(self) -> list[str]:
        """All the person can read in the end."""
        views = [*self.slack.workspace.modals.get(self.user, ()), self.slack.workspace.homes.get(self.user)]
        shown = [json.dumps(view.payload, ensure_ascii=False) for view in views if view]
        prompts = [str(each) for each in [self.slack.workspace.prompts.get(self.direct)] if each]
        return [f"{m.text} {'(alone)' if m.ephemeral_to else ''}" for m in self.seen()] + shown + prompts


async def _mention(cell: Cell) -> None:
    cell.plan("chat.postMessage", cell.channel)
    await cell.mentioned()


async def _direct(cell: Cell) -> None:
    cell.plan("chat.postMessage", cell.direct)
    await cell.slack.say(ASKED, channel=cell.direct, user=cell.user)


async def _command(cell: Cell) -> None:
    cell.plan(RESPONSE_URL, cell.user)
    await cell.slack.slash(ASKED, user=cell.user, channel=cell.channel)


async def _share(cell: Cell) -> None:
    message = await cell.command()
    cell.plan(RESPONSE_URL, cell.user)
    await cell.slack.click(message, "share", user=cell.user)


async def _read(cell: Cell) -> None:
    message = await cell.command()
    cell.plan("views.open", cell.user)
    await cell.slack.click(message, "read_in_context", user=cell.user)


async def _read_more(cell: Cell) -> None:
    await cell.slack.slash("what are zebras?", user=cell.user, channel=cell.channel)
    await cell.slack.click(await cell.answer(), "read_in_context", user=cell.user)
    await cell.slack.wait_for(lambda: cell.slack.modal(cell.user), timeout=_SETTLED)
    cell.plan("views.update", cell.user)
    await cell.slack.click_in_modal(WIDER, user=cell.user)


async def _title(cell: Cell) -> None:
    root = cell.slack.workspace.post(replace(_said(cell), channel=cell.direct))
    cell.plan("agents.sessions.setStatus", cell.direct)
    await cell.slack.say(ASKED, channel=cell.direct, user=cell.user, thread_ts=root.ts)


async def _dislike(cell: Cell) -> None:
    message = await cell.command()
    cell.plan("views.open", cell.user)
    await cell.slack.click(message, "rate", user=cell.user, index=1)


async def _home(cell: Cell) -> None:
    cell.plan("views.publish", cell.user)
    await cell.slack.open_app("home", user=cell.user)


async def _prompts(cell: Cell) -> None:
    cell.plan("assistant.threads.setSuggestedPrompts", cell.direct)
    await cell.slack.open_app("messages", user=cell.user)


async def _remove(cell: Cell) -> None:
    await cell.mentioned()
    message = await cell.answer()
    cell.plan("chat.delete", cell.channel)
    await cell.slack.click(message, "remove", user=cell.user)


async def _cross_out(cell: Cell) -> None:
    await cell.mentioned()
    message = await cell.answer()
    where = f"{message.channel}:{message.ts}"  # which is noted after it is said
    await cell.slack.wait_for(lambda: cell.history.asker(where), timeout=_SETTLED)
    cell.plan("chat.delete", cell.channel)
    await cell.slack.react(message, "x", user=cell.user)


async def _follow(cell: Cell) -> None:
    cell.plan("chat.update", cell.direct)
    await cell.slack.say("follow http://127.0.0.1/feed", channel=cell.direct, user=cell.user)


async def _digest(cell: Cell) -> None:
    cell.plan("users.info", cell.user)
    await cell.slack.say("digest daily at 9", channel=cell.direct, user=cell.user)


async def _tell(cell: Cell) -> None:
    cell.plan("chat.postMessage", cell.channel, Fault(error="not_in_channel"))
    cell.plan("chat.postEphemeral", cell.channel)
    await cell.mentioned()


async def _before(cell: Cell) -> None:
    cell.plan("conversations.replies", cell.channel)
    await cell.mentioned(thread=cell.slack.workspace.post(_said(cell)).ts)


def _said(cell: Cell) -> Message:
    return Message(cell.slack.workspace.new_ts(), cell.channel, "UBEN", "Look at this")


async def _look(cell: Cell) -> None:
    cell.plan("chat.postMessage", cell.channel, Fault(status=500, accepted=True))
    cell.plan("conversations.replies", cell.channel)
    await cell.mentioned()


async def _look_in_direct(cell: Cell) -> None:
    cell.plan("chat.postMessage", cell.direct, Fault(status=500, accepted=True))
    cell.plan("conversations.history", cell.direct)
    await cell.slack.say(ASKED, channel=cell.direct, user=cell.user)


async def _status(cell: Cell) -> None:
    cell.plan("conversations.replies", cell.channel, Fault(delay=1.15, accepted=True))
    cell.plan("assistant.threads.setStatus", cell.channel)
    await cell.mentioned(thread=cell.slack.workspace.post(_said(cell)).ts)


_SORRY = "Something went wrong on my side (reference "
_AGAIN = notices.TOO_LATE
_KEPT = (ANSWER, notices.NOT_REMOVED)
#: stands for what a refusal's code means in words
_REFUSED = "(refused)"
_FIVE = ("again", "lost", "taken", "unfit", "refused")


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to the bot, the call that suffers for it, and all that the person reads in the end."""

    method: str
    do: Callable[[Cell], Awaitable[None]]
    #: for each of the five endings, the messages, and then the views, by words of theirs
    read: Mapping[str, tuple[str, ...]]


def _act(method: str, do: Callable[[Cell], Awaitable[None]], *read: tuple[str, ...]) -> Act:
    return Act(method, do, dict(zip(_FIVE, read, strict=True)))


_ANSWERED = (ANSWER,)
_POSTED = (_ANSWERED, _ANSWERED, _ANSWERED, _ANSWERED, (_REFUSED,))
_LOOKED = (_ANSWERED, _ANSWERED, _ANSWERED, *[(ANSWER, notices.INTERRUPTED)] * 2)
_REMOVED: tuple[tuple[str, ...], ...] = ((), (), (), _KEPT, _KEPT)
_INVITED = "Invite me there"
_FOLLOWED = ("I could not follow",)
_NOTED = (ANSWER, notices.NOTED)

_ZONED = ("every day at 9:00, Europe/Madrid",)

#: what is done → what becomes of it
ACTS: Mapping[str, Act] = {
    "mention": _act("chat.postMessage", _mention, *_POSTED),
    "direct message": _act("chat.postMessage", _direct, *_POSTED),
    "command": _act(
        RESPONSE_URL,
        _command,
        _ANSWERED,
        (notices.INTERRUPTED,),
        (ANSWER, notices.INTERRUPTED),
        _ANSWERED,
        (_REFUSED,),
    ),
    "share": _act(
        RESPONSE_URL,
        _share,
        (ANSWER, ANSWER),
        (ANSWER, notices.INTERRUPTED),
        (ANSWER, ANSWER, notices.INTERRUPTED),
        (ANSWER, ANSWER),
        (ANSWER, _REFUSED),
    ),
    "read in context": _act(
        "views.open",
        _read,
        (ANSWER, "Read in context"),
        (ANSWER, _AGAIN),
        (ANSWER, _AGAIN, "Read in context"),
        (ANSWER, _SORRY),
        (ANSWER, _SORRY),
    ),
    "read more": _act("views.update", _read_more, *[("striped", "Paragraph 5")] * 3, *[("striped", "Paragraph 2")] * 2),
    "give a title": _act("agents.sessions.setStatus", _title, *[_ANSWERED] * 5),
    "dislike": _act("views.open", _dislike, (ANSWER, "wrong?"), _NOTED, (*_NOTED, "What was wrong?"), _NOTED, _NOTED),
    "open home": _act("views.publish", _home, *[("Documents",)] * 3, ("You can ask me in a direct message",), ()),
    "open messages": _act("assistant.threads.setSuggestedPrompts", _prompts, *[("sources",)] * 3, (), ()),
    "remove": _act("chat.delete", _remove, *_REMOVED),
    "cross out": _act("chat.delete", _cross_out, *_REMOVED),
    "follow": _act("chat.update", _follow, *[_FOLLOWED] * 4, ("Fetching", *_FOLLOWED)),
    "tell": _act("chat.postEphemeral", _tell, (_INVITED,), (_INVITED,), (_INVITED, _INVITED), (_INVITED,), (_INVITED,)),
    "read a thread": _act("conversations.replies", _before, *[_ANSWERED] * 5),
    "look in a thread": _act("conversations.replies", _look, *_LOOKED),
    "look in direct messages": _act("conversations.history", _look_in_direct, *_LOOKED),
    "set up a digest": _act("users.info", _digest, *[_ZONED] * 3, *[("every day at 9:00, UTC",)] * 2),
    "say it takes long": _act("assistant.threads.setStatus", _status, *[_ANSWERED] * 5),
}
#: what one trouble means to one call only
SPECIAL: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("read in context", "expired_trigger_id"): (ANSWER, _AGAIN),
    # it is gone already
    ("remove", "message_not_found"): _ANSWERED,
    ("cross out", "message_not_found"): _ANSWERED,
}
PAIRS = [(act, fault) for act in ACTS for fault in FAULTS]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is left when all is over."""

    cells: Mapping[tuple[str, str], list[str]]
    log: str
    secrets: tuple[str, ...]


async def _run(data_dir: Path) -> tuple[Mapping[tuple[str, str], list[str]], tuple[str, ...]]:
    slack = FakeSlack()
    await slack.start()
    engine = database.engine(f"sqlite:///{data_dir / 'claims.db'}")
    history = History(engine, time.time)
    cells = {pair: _cell(slack, history, number, pair[1]) for number, pair in enumerate(PAIRS)}
    settings = load(
        _env_file=None,
        slack_bot_token=slack.bot_token,
        slack_signing_secret=slack.signing_secret,
        slack_api_url=slack.api_url,
        data_dir=data_dir,
        port=0,
        admins=" ".join(cell.user for cell in cells.values()),
    )
    bot = build(settings, patience=2.5)
    await bot.start()
    slack.request_url = f"http://127.0.0.1:{bot.port}/slack/events"
    room = asyncio.Semaphore(32)

    async def act(pair: tuple[str, str]) -> None:
        async with room:
            await ACTS[pair[0]].do(cells[pair])

    await asyncio.gather(*map(act, PAIRS))
    await bot.stop()
    await slack.stop()
    engine.dispose()
    assert slack.failures == []
    return {pair: cell.everything() for pair, cell in cells.items()}, (slack.bot_token, slack.signing_secret)


def _cell(slack: FakeSlack, history: History, number: int, name: str) -> Cell:
    ending, fault = FAULTS[name]
    user, channel, direct = f"U{number}", f"C{number}", f"D{number}"
    slack.workspace.users[user] = User(user, user.lower(), user)
    slack.workspace.channels[channel] = Channel(channel, channel.lower(), frozenset({user, "UBEN", BOT}))
    slack.workspace.channels[direct] = Channel(direct, "", frozenset({user, BOT}), is_im=True)
    return Cell(slack, history, fault, _ALWAYS if ending == "refused" else 1, user, channel, direct)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """All of it, once."""
    data_dir = tmp_path_factory.mktemp("faults")
    engine = database.engine(f"sqlite:///{data_dir / 'alibaba.db'}")
    assert all(done.error is None for done in Library.open(data_dir, engine).add((*DOCUMENTS, LONG)))
    engine.dispose()
    handler = logging.StreamHandler(log := io.StringIO())
    with pytest.MonkeyPatch.context() as environment:
        for name in [name for name in os.environ if name.startswith(("ALIBABA_", "SLACK_"))]:
            environment.delenv(name)
        logging.getLogger("alibaba").addHandler(handler)
        cells, secrets = asyncio.run(_run(data_dir))
        logging.getLogger("alibaba").removeHandler(handler)
    return Outcome(cells, log.getvalue(), secrets)


@pytest.mark.parametrize(("act", "fault"), PAIRS)
def test_what_a_person_reads_in_the_end(outcome: Outcome, act: str, fault: str) -> None:
    read, due = outcome.cells[act, fault], SPECIAL.get((act, fault)) or ACTS[act].read[FAULTS[fault][0]]
    due = tuple(notices.refused(fault).text if words == _REFUSED else words for words in due)
    assert [words in text for words, text in zip(due, read, strict=True)] == [True] * len(due), read


def test_every_reference_is_in_the_log_and_no_secret(outcome: Outcome) -> None:
    texts = "\n".join(text for cell in outcome.cells.values() for text in cell)
    references = re.findall(r"\(reference (\w+)\)", texts)
    assert len(references) > 5
    assert [each for each in references if f"reference {each}" not in outcome.log] == []
    assert [secret for secret in (*outcome.secrets, "/response/", ASKED) if secret in outcome.log] == []


#: what is called before the bot works: tests/bot/test_slack.py
AT_THE_START = {"auth.test", "apps.connections.open"}


def test_every_call_has_its_rows() -> None:
    """A call that is new to the code needs a row of ACTS."""
    files = [path for part in ("bot", "handlers") for path in (ROOT / part).rglob("*.py")]
    nodes = (node for path in files if "playground" not in path.parts for node in ast.walk(ast.parse(path.read_text())))
    called = {name for node in nodes if isinstance(node, ast.Call) and (name := _method(node))}
    assert called - AT_THE_START == {act.method for act in ACTS.values()} - {RESPONSE_URL}
    assert called > AT_THE_START


def _method(call: ast.Call) -> str | None:
    """The Web API method of a call of the SDK's client: its own function, or the name given."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if name == "api_call":
        return str(call.args[0].value) if isinstance(call.args[0], ast.Constant) else "?"
    known = "_" in name and not name.startswith("_") and hasattr(AsyncWebClient, name)
    return name.replace("_", ".") if known else None
