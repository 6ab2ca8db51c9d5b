"""Every kind of event and envelope comes four times, three of them at once: one reply each, over each transport."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest

from bot.manifest import SHORTCUTS
from bot.playground.delivery import Delivery
from bot.playground.faults import RESPONSE_URL
from bot.playground.server import FakeSlack
from bot.playground.workspace import BOT, Message
from tests.bot.live.conftest import Live, joined

ASKED = "what is Qwen?"
FIGURES = "how much did Alibaba pledge for AI?"
SAID = {"comment": {"comment": {"type": "plain_text_input", "value": "Say who uses it."}}}
Do = Callable[[], Awaitable[Delivery]]
#: what has to be there first → what is done then
Act = Callable[[Live], Awaitable[Do]]


async def _public(live: Live) -> Message:
    _, ts = await live.mention(ASKED, "CAIWATCH")
    reply: Message = (await live.replies(ts))[0]
    await _rest(live)
    return reply


def _pressed(action: str, words: str = ASKED, index: int = 0) -> Act:
    async def act(live: Live) -> Do:
        answer = await live.asked(words)
        return lambda: live.slack.click(answer, action, index=index)

    return act


def _simply(do: Callable[[FakeSlack], Awaitable[Delivery]]) -> Act:
    async def act(live: Live) -> Do:
        return lambda: do(live.slack)

    return act


async def _crossed_out(live: Live) -> Do:
    reply = await _public(live)
    return lambda: live.slack.react(reply, "x")


async def _removed(live: Live) -> Do:
    reply = await _public(live)
    return lambda: live.slack.click(reply, "remove")


async def _overheard(live: Live) -> Do:
    thread = (await _public(live)).thread_ts
    return lambda: live.slack.say("what is ModelScope?", channel="CAIWATCH", thread_ts=thread)


async def _submitted(live: Live) -> Do:
    await live.slack.click(await live.asked(ASKED), "rate", index=1)
    await live.slack.wait_for(live.slack.modal)
    return lambda: live.slack.submit(values=SAID)


async def _shortcut(live: Live) -> Do:
    await live.slack.say(ASKED, channel="CAIWATCH", user="UBEN")
    said = live.slack.messages("CAIWATCH")[-1]
    return lambda: live.slack.shortcut(said, str(SHORTCUTS[0]["callback_id"]))


#: kind → what is done, and what comes of it: uses of response_urls, messages of the bot, modals opened
KINDS: dict[str, tuple[Act, tuple[int, int, int]]] = {
    "command": (_simply(lambda slack: slack.slash(ASKED)), (1, 1, 0)),
    "mention": (_simply(lambda slack: slack.say(f"<@{BOT}> {ASKED}", channel="CAIWATCH")), (0, 1, 0)),
    "direct message": (_simply(lambda slack: slack.say(ASKED, channel="DANA")), (0, 1, 0)),
    "overheard": (_overheard, (0, 1, 0)),
    "crossed out": (_crossed_out, (0, -1, 0)),
    "home": (_simply(lambda slack: slack.open_app("home")), (0, 0, 0)),
    "messages": (_simply(lambda slack: slack.open_app("messages")), (0, 0, 0)),
    "share": (_pressed("share"), (2, 1, 0)),
    "figures": (_pressed("show_figures", FIGURES), (1, 1, 0)),
    "read": (_pressed("read_in_context"), (0, 0, 1)),
    "liked": (_pressed("rate"), (1, 1, 0)),
    "disliked": (_pressed("rate", index=1), (0, 0, 1)),
    "submitted": (_submitted, (0, 0, 0)),
    "removed": (_removed, (0, -1, 0)),
    "shortcut": (_shortcut, (1, 1, 0)),
}


def _state(live: Live) -> tuple[int, int, int]:
    """Uses of response_urls, what the bot says, modals opened."""
    uses = sum(each.method == RESPONSE_URL for each in live.slack.calls)
    said = sum(each.user == BOT for each in live.slack.workspace.log.values())
    return uses, said, sum(each.method == "views.open" for each in live.slack.calls)


async def _rest(live: Live) -> None:
    """Wait until nothing more happens: nothing has for a while."""
    before, calm = -1, 0
    while calm < 3:
        await asyncio.sleep(0.05)
        calm = calm + 1 if len(live.slack.calls) == before else 0
        before = len(live.slack.calls)


@pytest.mark.parametrize("socket", [False, True], ids=["http", "socket"])
async def test_what_comes_again_and_again_is_done_once(slack: FakeSlack, settings_for: Any, socket: bool) -> None:
    slack.hears_channels = True
    live = await joined(slack, settings_for(socket).model_copy(update={"follow_threads": True}))
    for kind, (act, due) in KINDS.items():
        do = await act(live)
        await _rest(live)
        before, delivery = _state(live), await do()
        again = await asyncio.gather(*(slack.redeliver(delivery) for _ in range(3)))
        assert all(each.ok for each in (delivery, *again)), kind
        await slack.wait_for(partial(_come, live, before, due))
        await _rest(live)
        assert _since(live, before) == due, kind
    await live.bot.stop()
    assert slack.failures == []


def _come(live: Live, before: tuple[int, int, int], due: tuple[int, int, int]) -> bool:
    return _since(live, before) == due


def _since(live: Live, before: tuple[int, int, int]) -> tuple[int, ...]:
    return tuple(now - then for now, then in zip(_state(live), before, strict=True))
