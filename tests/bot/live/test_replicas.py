"""Two bots on one PostgreSQL, each with a data directory of its own; a document may be written by a third process."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.memory import LEASE, Memory
from bot.playground.server import FakeSlack
from bot.settings import Settings, load
from content.documents import Document
from handlers.payloads import InConversation, Question
from handlers.services import Job, State
from tests.bot.live.conftest import DOCUMENTS, Live, joined
from tests.conftest import Storage

#: seconds; it takes a tenth of one, see the promise in DESIGN §3
SOON = 5.0


def settings_on(storage: Storage, slack: FakeSlack, name: str) -> Settings:
    directory: Path = storage.directory / name
    return load(
        _env_file=None,
        data_dir=directory,
        database_url=storage.url,
        port=0,
        slack_signing_secret=slack.signing_secret,
        slack_bot_token=slack.bot_token,
        slack_api_url=slack.api_url,
    )


@pytest.fixture
async def bots(slack: FakeSlack, on_postgres: Storage) -> AsyncIterator[list[Live]]:
    writer = on_postgres.library("writer")
    assert all(done.error is None for done in writer.add(DOCUMENTS))
    made = [await joined(slack, settings_on(on_postgres, slack, name)) for name in ("one", "two")]
    yield made
    for live in made:
        await live.bot.stop()
    assert slack.failures == []


def speak_to(live: Live) -> None:
    """What happens in Slack is sent to this bot from now on."""
    live.slack.request_url = f"http://127.0.0.1:{live.bot.port}/slack/events"


async def found(live: Live, question: str, word: str, there: bool = True) -> float:
    """Ask until the answer has a word, or has it no more; returns how many seconds that took."""
    speak_to(live)
    begun = time.monotonic()
    while (word in (await live.asked(question)).text) is not there:
        assert time.monotonic() - begun < SOON
    return time.monotonic() - begun


async def test_what_any_process_writes_every_bot_finds(bots: list[Live], on_postgres: Storage) -> None:
    writer = await asyncio.to_thread(on_postgres.library, "writer")
    news = Document("news", "The zeppelin carries forty tons of servers to Hangzhou.", title="Zeppelins")
    for there, write in ((True, lambda: list(writer.add([news]))), (False, lambda: writer.remove(["news"]))):
        assert await asyncio.to_thread(write)
        for live in bots:
            await found(live, "what does the zeppelin carry?", "forty tons", there)


async def test_a_request_delivered_to_both_is_answered_once(bots: list[Live]) -> None:
    slack = bots[0].slack
    speak_to(bots[0])
    slack.faults.slow("chat.postMessage", 0.5)
    delivery, asked = await bots[0].mention("what is Qwen?")
    speak_to(bots[1])
    assert (await slack.redeliver(delivery)).ok
    assert "Qwen is a family" in (await bots[0].replies(asked))[0].text
    await asyncio.sleep(0.7)
    assert len(slack.messages("CAIWATCH", thread_ts=asked)) == 2


@pytest.mark.parametrize("state", ["pending", "posting"])
@pytest.mark.parametrize(("ago", "replies"), [(0.0, 0), (LEASE, 1)], ids=["living", "dead"])
async def test_what_a_living_bot_works_a_starting_one_leaves_to_it(
    slack: FakeSlack, on_postgres: Storage, state: State, ago: float, replies: int
) -> None:
    """A post that is on its way is not to be seen yet: whoever looked for it would post it again."""
    assert all(done.error is None for done in on_postgres.library("writer").add(DOCUMENTS))
    await slack.say("no mention", channel="CAIWATCH")
    message = slack.messages("CAIWATCH")[-1].ts
    question = Question("mention", "what is Qwen?", "UANA", InConversation("CAIWATCH", message, message))
    job = Job("Ev9", question, f"CAIWATCH:{message}", state)
    assert Memory(on_postgres.engine()).claim(job, slack.clock() - ago)
    starting = await joined(slack, settings_on(on_postgres, slack, "starting"))
    if replies:
        await slack.wait_for(lambda: _thread(slack, message)[1:])
    await starting.bot.stop()
    assert len(_thread(slack, message)) == 1 + replies


def _thread(slack: FakeSlack, ts: str) -> list[Any]:
    return slack.messages("CAIWATCH", thread_ts=ts)
