"""Threads that go on without a mention, and a thread that the bot is called into."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot.playground.server import FakeSlack
from bot.settings import Settings
from tests.bot.live.conftest import Live, joined

QWEN = "Qwen is a family of language models."


@pytest.fixture
async def following(slack: FakeSlack, settings_for: Callable[[bool], Settings]) -> AsyncIterator[Live]:
    """A bot that hears its channels and follows its threads."""
    slack.hears_channels = True
    made = await joined(slack, settings_for(False).model_copy(update={"follow_threads": True}))
    yield made
    await made.bot.stop()
    assert slack.failures == []


async def _thread(live: Live, ts: str) -> list[Any]:
    """Everything under a message, once nothing is under way."""
    await live.bot.stop()
    return live.slack.messages("CAIWATCH", thread_ts=ts)[1:]


async def _begun(live: Live, question: str = "what is Qwen?") -> str:
    """A thread with an answer in it."""
    _, ts = await live.mention(question)
    await live.replies(ts)
    return ts


async def test_a_mention_that_is_heard_twice_is_answered_once(following: Live) -> None:
    ts = await _begun(following)
    assert len(await _thread(following, ts)) == 1


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("and ModelScope?", "ModelScope is an open platform"),
        ("in which document?", "In The Quiet Revolution, paragraph 1"),
        ("what is ModelScope?", "ModelScope is an open platform"),
        ("what is modlescope?", "ModelScope is an open platform"),
    ],
)
async def test_a_thread_goes_on_without_a_mention(following: Live, words: str, answer: str) -> None:
    ts = await _begun(following)
    delivery = await following.slack.say(words, channel="CAIWATCH", user="UBEN", thread_ts=ts)
    await following.slack.redeliver(delivery)
    said = await _thread(following, ts)
    assert [message.user for message in said] == ["UALIBABA", "UBEN", "UALIBABA"]
    assert answer in said[-1].text


@pytest.mark.parametrize(
    "words",
    [
        "that is interesting",
        "what is the dividend?",
        "<@UANA> what is ModelScope?",
        "<!here> what is ModelScope?",
        "thanks",
        "help",
        "x" * 4000,
        "🤷?",
    ],
)
async def test_what_is_not_for_the_bot_is_met_with_silence(following: Live, words: str) -> None:
    ts = await _begun(following)
    assert (await following.slack.say(words, channel="CAIWATCH", user="UBEN", thread_ts=ts)).ok
    assert len(await _thread(following, ts)) == 2


@pytest.mark.parametrize("changes", [{"subtype": "message_changed"}, {"bot_id": "B1"}, {"edited": {"ts": "1.1"}}])
async def test_bots_and_edits_are_not_followed(following: Live, changes: dict[str, Any]) -> None:
    ts = await _begun(following)
    heard = await following.slack.say("hm", channel="CAIWATCH", thread_ts=ts)
    event = heard.parcel.payload["event"] | {"ts": "9999999999.9", "text": "what is ModelScope?"} | changes
    parcel = type(heard.parcel)("events_api", "Ev9", {**heard.parcel.payload, "event_id": "Ev9", "event": event})
    await following.slack.redeliver(type(heard)(parcel, 200, 0.0, 1))
    assert len(await _thread(following, ts)) == 2


async def test_other_threads_and_the_channel_itself_are_left_alone(following: Live) -> None:
    await following.slack.say("what is Qwen?", channel="CAIWATCH", user="UBEN")
    root = following.slack.messages("CAIWATCH")[-1].ts
    await following.slack.say("what is ModelScope?", channel="CAIWATCH", user="UBEN", thread_ts=root)
    assert [message.user for message in await _thread(following, root)] == ["UBEN"]
    assert len(following.slack.messages("CAIWATCH")) == 1


async def test_an_error_inside_is_silence_too(following: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    ts = await _begun(following)
    following.slack.faults.error("chat.postMessage", "is_archived")
    await following.slack.say("what is ModelScope?", channel="CAIWATCH", user="UBEN", thread_ts=ts)
    said = await _thread(following, ts)
    assert [message.ephemeral_to for message in said] == [None, None]


async def test_without_the_setting_nothing_is_followed(http: Live) -> None:
    http.slack.hears_channels = True
    ts = await _begun(http)
    await http.slack.say("what is ModelScope?", channel="CAIWATCH", thread_ts=ts)
    assert len(await _thread(http, ts)) == 2


@pytest.mark.parametrize(
    ("said", "words", "shown"),
    [
        ("Is Qwen a family of models?", "what do our sources say?", QWEN),
        ("Is Qwen a family of models?", "is that true?", QWEN),
        ("what is Qwen?", "and ModelScope?", "ModelScope is an open platform"),
        ("what is Qwen?", "what is ModelScope?", "ModelScope is an open platform"),
    ],
)
async def test_called_into_a_thread_it_knows_what_was_said(http: Live, said: str, words: str, shown: str) -> None:
    await http.slack.say("Morning all", channel="CAIWATCH", user="UBEN")
    root = http.slack.messages("CAIWATCH")[0].ts
    await http.slack.say(said, channel="CAIWATCH", user="UBEN", thread_ts=root)
    await http.mention(words, thread_ts=root)
    replies = await _thread(http, root)
    assert shown in replies[-1].text
    assert [call.method for call in http.slack.calls].count("conversations.replies") == 1


@pytest.mark.parametrize("code", ["missing_scope", "ratelimited", "internal_error"])
async def test_a_thread_that_cannot_be_read_is_no_trouble(http: Live, code: str) -> None:
    await http.slack.say("what is Qwen?", channel="CAIWATCH", user="UBEN")
    root = http.slack.messages("CAIWATCH")[0].ts
    http.slack.faults.error("conversations.replies", code)
    await http.mention("what is ModelScope?", thread_ts=root)
    assert "ModelScope is an open platform" in (await _thread(http, root))[-1].text
