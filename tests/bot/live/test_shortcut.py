"""The message shortcut, and being forgotten."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from bot.database import engine
from bot.history import History
from bot.manifest import SHORTCUTS

(ASK,) = [each["callback_id"] for each in SHORTCUTS]


async def _used(live: Any, words: str, user: str = "UANA", thread_ts: str | None = None) -> Any:
    """What the shortcut shows on a message that Ben wrote."""
    await live.slack.say(words, channel="CAIWATCH", user="UBEN", thread_ts=thread_ts)
    (message,) = [m for m in live.slack.messages("CAIWATCH", thread_ts=thread_ts) if m.text == words]
    delivery = await live.slack.shortcut(message, ASK, user=user)
    assert delivery.ok
    await live.slack.redeliver(delivery)
    seen = lambda: [m for m in live.slack.messages("CAIWATCH", viewer=user, thread_ts=thread_ts) if m.ephemeral_to]  # noqa: E731
    (told,) = await live.slack.wait_for(seen)
    return told


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Alibaba pledged $52 billion for AI", "more than $52 billion"),
        ("what is <https://qwen.example|Qwen>?", "Qwen is a family"),
        ("figures of Qwen", "“figures of Qwen” – “"),
        ("figures", "none mentions figures"),
        ("the dividend of zebras", "none mentions"),
        ("what is modlescope?", "ModelScope is an open platform"),
        ("word " * 1000, "I found no answer"),
        ("🤷", "no word in that question"),
    ],
)
async def test_a_message_is_asked_about_privately(http: Any, words: str, shown: str) -> None:
    told = await _used(http, words)
    assert shown in told.text
    assert told.ephemeral_to == "UANA"
    assert http.slack.messages("CAIWATCH", viewer="UBEN")[1:] == []


@pytest.mark.parametrize("words", ["figures of Qwen", "help Qwen models", "what is Qwen?"])
async def test_what_a_message_got_can_be_shared_whatever_it_orders(http: Any, words: str) -> None:
    told = await _used(http, words)
    assert f"“{words}” – “" in told.text
    await http.slack.click(told, "share")
    shared = await http.slack.wait_for(lambda: http.slack.messages("CAIWATCH", viewer="UBEN")[1:])
    assert told.text == f"“{words}” – {shared[0].text}"
    assert words in json.dumps(shared[0].blocks[0], ensure_ascii=False)
    assert "ask:" not in json.dumps([told.blocks[0], shared[0].blocks[0]])


async def test_it_works_over_both_transports_and_where_the_bot_is_no_member(live: Any) -> None:
    live.slack.workspace.move("CAIWATCH", "UALIBABA", joins=False)
    assert "Qwen is a family" in (await _used(live, "what is Qwen?")).text


async def test_in_a_thread_it_is_answered_in_the_thread(http: Any) -> None:
    await http.slack.say("news?", channel="CAIWATCH")
    root = http.slack.messages("CAIWATCH")[0].ts
    assert (await _used(http, "what is Qwen?", thread_ts=root)).thread_ts == root


@pytest.mark.parametrize("words", ["forget me", "Please forget what I asked.", "erase my questions"])
async def test_who_wants_to_be_forgotten_is(http: Any, words: str) -> None:
    await http.asked("what is Qwen?")
    await http.slack.click(await http.asked("what is the dividend?"), "rate", index=1)
    await http.asked("what is ModelScope?", user="UBEN")
    told = await http.asked(words)
    assert "I have forgotten what you asked (2 questions)." in told.text
    await http.bot.stop()
    history = History(engine(http.settings.claims), lambda: 0.0)
    assert (history.recent("UANA", 9), history.recent("UBEN", 9)) == ((), ("what is ModelScope?",))
    assert (history.unanswered(), history.disliked()) == ((), ())
    with history.engine.connect() as db:
        kept = [json.dumps(row.payload) for row in db.execute(text("SELECT payload FROM claims"))]
    assert set(kept) == {"{}"} or set(kept) == {'"{}"'}


async def test_what_was_forgotten_is_not_answered_again(http: Any) -> None:
    delivery, ts = await http.mention("what is Qwen?")
    await http.replies(ts)
    await http.asked("forget me")
    await http.slack.redeliver(delivery)
    await http.bot.stop()
    assert len(http.slack.messages("CAIWATCH", thread_ts=ts)) == 2


async def test_being_forgotten_twice_is_no_trouble(http: Any) -> None:
    await http.asked("forget me")
    assert "I remembered nothing that you asked." in (await http.asked("forget me")).text
