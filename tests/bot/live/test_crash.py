"""A bot that is killed while it answers, and started again: nothing is lost, nothing is said twice."""

import asyncio
import os
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot import database
from bot.memory import Memory
from bot.playground.faults import NO_FAULT, Fault
from bot.playground.server import FakeSlack
from handlers.payloads import InConversation, Question
from handlers.services import Job
from tests.conftest import unfinished

ROOT = Path(__file__).parents[3]
_SERVE = "from bot.app import run; from bot.settings import load; run(load(_env_file=None))"
#: longer than any test: a call that a killed process never hears the end of
NEVER = 60.0


@dataclass
class Process:
    """A real bot process, started and killed at will."""

    slack: FakeSlack
    data_dir: Path
    port: int
    running: list[asyncio.subprocess.Process] = field(default_factory=list)

    async def start(self) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "ALIBABA_"))}
        settings = {
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_SIGNING_SECRET": self.slack.signing_secret,
            "SLACK_API_URL": self.slack.api_url,
            "ALIBABA_DATA_DIR": str(self.data_dir),
            "ALIBABA_PORT": str(self.port),
            "PYTHONPATH": str(ROOT),
        }
        self.running.append(
            await asyncio.create_subprocess_exec(sys.executable, "-c", _SERVE, env=environment | settings)
        )
        self.slack.request_url = f"http://127.0.0.1:{self.port}/slack/events"
        await self._ready()

    async def _ready(self) -> None:
        async with aiohttp.ClientSession() as session, asyncio.timeout(30):
            while True:
                try:
                    async with session.get(f"http://127.0.0.1:{self.port}/readyz") as response:
                        if response.status == 200:
                            return
                except aiohttp.ClientConnectionError:
                    assert self.running[-1].returncode is None
                await asyncio.sleep(0.05)

    async def end(self, number: signal.Signals) -> int:
        """Signal the process and wait for it; returns its exit status."""
        process = self.running.pop()
        process.send_signal(number)
        return await process.wait()


@pytest.fixture
async def process(slack: FakeSlack, data_dir: Path) -> AsyncIterator[Process]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    made = Process(slack, data_dir, port)
    yield made
    for left in made.running:
        left.kill()
        await left.wait()


def _calls(slack: FakeSlack, method: str) -> int:
    return sum(call.method == method for call in slack.calls)


async def _mentioned(slack: FakeSlack, count: int) -> list[str]:
    """Ask in ``count`` messages; returns where the answers are to come."""
    for number in range(count):
        assert (await slack.say(f"<@UALIBABA> what is Qwen{'?' * number}", channel="CAIWATCH")).ok
    return [message.ts for message in slack.messages("CAIWATCH")]


def _replies(slack: FakeSlack, ts: str) -> list[Any]:
    return slack.messages("CAIWATCH", thread_ts=ts)[1:]


def _all_answered(slack: FakeSlack, asked: list[str]) -> Callable[[], bool | None]:
    return lambda: all(_replies(slack, ts) for ts in asked) or None


@pytest.mark.parametrize(
    "held",
    [
        pytest.param(Fault(delay=NEVER, accepted=True), id="after the post was accepted"),
        pytest.param(Fault(delay=NEVER, status=500), id="before the post was accepted"),
    ],
)
async def test_killed_while_posting_every_question_gets_one_reply(process: Process, held: Fault) -> None:
    """Twenty questions at once: the first are being posted when the process dies, the others wait their turn."""
    slack = process.slack
    await process.start()
    slack.faults.plan("chat.postMessage", held, times=16)
    asked = await _mentioned(slack, 20)
    await slack.wait_for(lambda: _states(process.data_dir) == {"posting": 16, "pending": 4} or None, timeout=15)
    assert await process.end(signal.SIGKILL) == -signal.SIGKILL
    _forget_faults(slack)
    await process.start()
    await slack.wait_for(_all_answered(slack, asked), timeout=30)
    assert await process.end(signal.SIGTERM) == 0
    assert [len(_replies(slack, ts)) for ts in asked] == [1] * 20
    assert all("Qwen is a family" in _replies(slack, ts)[0].text for ts in asked)
    assert _under_way(process.data_dir) == {}


def _under_way(data_dir: Path) -> dict[str, str]:
    engine = database.engine(f"sqlite:///{data_dir / 'claims.db'}")
    states = unfinished(engine)
    engine.dispose()
    return states


def _states(data_dir: Path) -> Counter[str]:
    return Counter(_under_way(data_dir).values())


def _forget_faults(slack: FakeSlack) -> None:
    while slack.faults.take("chat.postMessage") is not NO_FAULT:
        pass


async def test_killed_while_a_private_answer_is_on_its_way_the_asker_is_told(process: Process) -> None:
    slack = process.slack
    await process.start()
    slack.faults.plan("response_url", Fault(delay=NEVER, accepted=True))
    await slack.slash("what is Qwen?")
    await slack.wait_for(lambda: slack.messages("CGENERAL"))
    await process.end(signal.SIGKILL)
    await process.start()
    await slack.wait_for(lambda: slack.messages("CGENERAL")[1:], timeout=20)
    await process.end(signal.SIGTERM)
    texts = [message.text for message in slack.messages("CGENERAL")]
    assert ["Qwen is a family" in text for text in texts] == [True, False]
    assert "interrupted" in texts[1]


@pytest.mark.parametrize(("age", "replies"), [(60, 1), (29 * 60, 1), (31 * 60, 0)])
async def test_claimed_but_not_begun_is_answered_while_it_is_young(process: Process, age: int, replies: int) -> None:
    slack = process.slack
    asked = await _mentioned_while_away(slack)
    engine = database.engine(f"sqlite:///{process.data_dir / 'claims.db'}")
    memory = Memory(engine)
    question = Question("mention", "what is Qwen?", "UANA", InConversation("CAIWATCH", asked, asked))
    assert memory.claim(Job("Ev1", question, f"CAIWATCH:{asked}"), slack.clock() - age)
    memory.release()
    engine.dispose()
    await process.start()
    if replies:
        await slack.wait_for(lambda: _replies(slack, asked))
    await process.end(signal.SIGTERM)
    assert len(_replies(slack, asked)) == replies


async def _mentioned_while_away(slack: FakeSlack) -> str:
    """A message that no running bot hears."""
    slack.workspace.move("CAIWATCH", "UALIBABA", joins=False)
    await slack.say("<@UALIBABA> what is Qwen?", channel="CAIWATCH")
    slack.workspace.move("CAIWATCH", "UALIBABA", joins=True)
    return slack.messages("CAIWATCH")[-1].ts


async def test_asked_to_stop_it_finishes_what_is_under_way(process: Process) -> None:
    slack = process.slack
    await process.start()
    slack.faults.slow("chat.postMessage", 1.0)
    (asked,) = await _mentioned(slack, 1)
    assert await process.end(signal.SIGTERM) == 0
    assert len(_replies(slack, asked)) == 1
    assert _under_way(process.data_dir) == {}
