"""Each surface, each verb, each way it may end: exactly one reply, whole, to the right people, in the right place."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import text

from bot.database import engine
from bot.playground.workspace import Message
from handlers.views.limits import check

#: verb → words: found, not found, misspelled, without what it is about
VERBS = {
    "question": ("what is Qwen?", "what is the Qwen dividend?", "what is modlescope?", ""),
    "figures": ("figures AI", "figures zebra", "figurs AI", "figures"),
    "summary": ("summary quiet", "summary zebra", "sumary quiet", "summary"),
    "sources": ("sources", "which documents do you have?", "sourcs", "list the sources"),
    "status": ("status", "are you there?", "staus", "ping"),
    "help": ("help", "hi", "hlep", "?"),
    "documents": ("add https://news.example/a", "follow news.example/feed only: chips", "unfollow news", "add"),
    "long": ("what is Qwen? " + "x" * 4000, "word " * 800, "figures " + "zebra " * 660, "summary " + "y" * 4000),
}
ALL = [(verb, words) for verb, every in VERBS.items() for words in every]
Asked = Callable[[Any, str], Awaitable[tuple[list[Message], str | None]]]


async def _command(live: Any, words: str) -> tuple[list[Message], str | None]:
    seen = len(live.slack.messages("CGENERAL"))
    await live.slack.redeliver(await live.slack.slash(words))
    return await _new(live, lambda: live.slack.messages("CGENERAL")[seen:]), None


async def _mention(live: Any, words: str) -> tuple[list[Message], str | None]:
    delivery, ts = await live.mention(words)
    await live.slack.redeliver(delivery)
    return await _new(live, lambda: live.slack.messages("CAIWATCH", thread_ts=ts)[1:]), ts


async def _direct(live: Any, words: str) -> tuple[list[Message], str | None]:
    seen = len(live.slack.messages("DANA"))
    await live.slack.redeliver(await live.slack.say(words, channel="DANA"))
    return await _new(live, lambda: live.slack.messages("DANA")[seen + 1 :]), None


async def _direct_thread(live: Any, words: str) -> tuple[list[Message], str | None]:
    root = live.slack.workspace.post(Message(live.slack.workspace.new_ts(), "DANA", "UALIBABA", "Morning"))
    await live.slack.redeliver(await live.slack.say(words, channel="DANA", thread_ts=root.ts))
    return await _new(live, lambda: live.slack.messages("DANA", thread_ts=root.ts)[2:]), root.ts


async def _shortcut(live: Any, words: str) -> tuple[list[Message], str | None]:
    root = live.slack.workspace.post(Message(live.slack.workspace.new_ts(), "CAIWATCH", "UBEN", words))
    seen = len(live.slack.messages("CAIWATCH"))
    await live.slack.redeliver(await live.slack.shortcut(root, "ask_about_message"))
    return await _new(live, lambda: live.slack.messages("CAIWATCH")[seen:]), None


async def _offered(live: Any, words: str) -> tuple[list[Message], str | None]:
    """A button under a public answer that asks something."""
    button = {"type": "button", "action_id": "follow_up_1", "text": {"type": "plain_text", "text": "?"}}
    row = {"type": "actions", "elements": [{**button, "value": words[:2000] or "?"}]}
    posted = Message(live.slack.workspace.new_ts(), "CAIWATCH", "UALIBABA", "Look", (row,))
    answer = live.slack.workspace.post(posted)
    seen = len(live.slack.messages("CAIWATCH"))
    await live.slack.redeliver(await live.slack.click(answer, "follow_up_1", user="UBEN"))
    return await _new(live, lambda: live.slack.messages("CAIWATCH")[seen:]), None


async def _new(live: Any, seen: Callable[[], list[Message]]) -> list[Message]:
    found: list[Message] = await live.slack.wait_for(seen, timeout=15)
    return found


#: surface → how it is asked, and whether only the asker sees the answer
SURFACES: dict[str, tuple[Asked, bool]] = {
    "command": (_command, True),
    "mention": (_mention, False),
    "direct": (_direct, False),
    "direct thread": (_direct_thread, False),
    "shortcut": (_shortcut, True),
    "offered": (_offered, False),
}


def _whole(replies: list[Message], thread: str | None, private: bool) -> Message:
    (reply,) = replies
    assert (reply.user, reply.thread_ts, reply.ephemeral_to) == ("UALIBABA", thread, "UANA" if private else None)
    assert reply.text
    assert reply.blocks
    assert check("message", {"text": reply.text, "blocks": reply.blocks}) == ()
    return reply


def _replies(live: Any) -> list[Message]:
    """What the bot itself has said in all."""
    return [m for m in live.slack.workspace.log.values() if m.user == "UALIBABA" and m.text not in ("Morning", "Look")]


@pytest.mark.parametrize("surface", SURFACES)
async def test_every_verb_is_answered_once_to_the_right_people(http: Any, surface: str) -> None:
    asked, private = SURFACES[surface]
    for verb, words in ALL:
        reply = _whole(*await asked(http, words), private)
        assert "Something went wrong" not in reply.text, (verb, words)
    await http.bot.stop()
    assert len(_replies(http)) == len(ALL)


@pytest.mark.parametrize("surface", SURFACES)
async def test_an_error_inside_is_told_once_to_the_right_people(
    http: Any, surface: str, caplog: pytest.LogCaptureFixture
) -> None:
    documents = engine(http.settings.database)
    with documents.begin() as connection:
        for table in ("figures", "passages", "changes", "documents"):
            connection.execute(text(f"DROP TABLE {table}"))
    documents.dispose()
    asked, private = SURFACES[surface]
    for verb in ("question", "figures", "summary", "sources", "status", "help"):
        reply = _whole(*await asked(http, VERBS[verb][0]), private)
        assert "Something went wrong on my side (reference " in reply.text
        assert reply.text.split("(reference ")[1][:4] in caplog.text
