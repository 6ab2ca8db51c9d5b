"""A thread and a direct message keep their topic; what an answer offers is asked by pressing it."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot import database
from content.documents import Document
from content.library import Library

FIGURES = "figures: how much did Alibaba pledge for AI?"


def _shown(message: Any) -> str:
    return json.dumps(message.blocks, ensure_ascii=False)


async def _under(live: Any, ts: str, count: int) -> Any:
    """The newest of ``count`` messages under a thread's first."""

    def all_there() -> list[Any]:
        replies: list[Any] = live.slack.messages("CAIWATCH", thread_ts=ts)[1:]
        return replies if len(replies) >= count else []

    return (await live.slack.wait_for(all_there))[-1]


async def test_a_thread_keeps_its_topic(live: Any) -> None:
    _, ts = await live.mention("how much did Alibaba pledge for AI?")
    await live.replies(ts)
    await live.mention("and the figures?", thread_ts=ts)
    reply = await _under(live, ts, 3)
    assert reply.thread_ts == ts
    assert f"Understood as: {FIGURES}" in "".join(run["text"] for run in reply.blocks[0]["elements"][0]["elements"])
    assert '"data_table"' in _shown(reply)
    await live.mention("who said that?", thread_ts=ts)
    assert (await _under(live, ts, 5)).text == "Reuters – more than $52 billion"


async def test_another_thread_has_its_own_topic(http: Any) -> None:
    _, ts = await http.mention("how much did Alibaba pledge for AI?")
    await http.replies(ts)
    _, other = await http.mention("and the figures?")
    (reply,) = await http.replies(other)
    assert "Understood as" not in _shown(reply)


async def test_a_direct_message_keeps_its_topic_in_its_thread_too(http: Any) -> None:
    await http.slack.say("what is Qwen?", channel="DANA")
    answer = (await http.slack.wait_for(lambda: http.slack.messages("DANA")[1:]))[0]
    await http.slack.say("and ModelScope?", channel="DANA")
    reply = (await http.slack.wait_for(lambda: http.slack.messages("DANA")[3:]))[0]
    assert "ModelScope is an open platform" in reply.text
    await http.slack.say("in which document?", channel="DANA", thread_ts=answer.ts)
    thread = await http.slack.wait_for(lambda: http.slack.messages("DANA", thread_ts=answer.ts)[2:])
    assert thread[0].text == "In The Quiet Revolution, paragraph 1"


async def test_a_topic_survives_a_restart(http: Any, join: Any) -> None:
    _, ts = await http.mention("what is Qwen?")
    await http.replies(ts)
    await http.bot.stop()
    again = await join(http.settings)
    await again.mention("in which document?", thread_ts=ts)
    assert "In The Quiet Revolution, paragraph 1" in (await _under(again, ts, 3)).text
    await again.bot.stop()


@pytest.fixture
def data_dir(data_dir: Path) -> Path:
    """With a document more, whose sentences are questions to each other."""
    engine = database.engine(f"sqlite:///{data_dir / 'alibaba.db'}")
    library = Library.open(data_dir, engine)
    text = "Acme is building a new plant in Ulm. Acme may sell chips to carmakers."
    assert [done.error for done in library.add([Document("acme", text, title="Acme")])] == [None]
    library.refresh()
    engine.dispose()
    return data_dir


async def test_what_an_answer_offers_is_asked_once_in_its_thread(live: Any) -> None:
    _, ts = await live.mention("what is Acme building?")
    (reply,) = await live.replies(ts)
    assert '"What may Acme sell?"' in _shown(reply)
    for user in ("UANA", "UBEN", "UANA"):
        await live.slack.click(reply, "follow_up_1", user=user)
    answer = await _under(live, ts, 2)
    await live.bot.stop()
    assert '"What may Acme sell?"' not in _shown(live.slack.messages("CAIWATCH", thread_ts=ts)[1])
    assert "chips" in answer.text
    assert (answer.thread_ts, answer.ephemeral_to) == (ts, None)
    assert len(live.slack.messages("CAIWATCH", thread_ts=ts)) == 3


async def test_what_a_private_answer_offers_is_answered_privately(http: Any) -> None:
    message = await http.asked("what is Acme building?")
    await http.slack.click(message, "follow_up_1")
    told = (await http.slack.wait_for(lambda: http.slack.messages("CGENERAL")[1:]))[0]
    assert told.ephemeral_to == "UANA"
    assert "chips" in told.text
