"""A bot that is killed while it answers, and started again: nothing is lost, nothing is said twice."""

import asyncio
import os
import signal
import socket
import sys
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot import database
from bot.memory import Memory
from bot.playground.delivery import Delivery
from bot.playground.faults import NO_FAULT, RESPONSE_URL, Fault
from bot.playground.server import FakeSlack
from handlers.payloads import InConversation, Question
from handlers.services import Job
from tests.conftest import unfinished
from tests.content.site import Site, saying

ROOT = Path(__file__).parents[3]
_SERVE = "from bot.app import run; from bot.settings import load; run(load(_env_file=None))"
#: longer than any test: a call that a killed process never hears the end of
NEVER = 60.0
PAGE = b"<html><head><title>Zeppelins</title></head><body><p>The firm bought seven zeppelins.</p></body></html>"


@dataclass
class Process:
    """A real bot process, started and killed at will."""

    slack: FakeSlack
    data_dir: Path
    port: int
    #: more settings
    more: dict[str, str] = field(default_factory=dict)
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
            **self.more,
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


@dataclass
class Asked:
    """Requests of every kind, and what each of them got."""

    slack: FakeSlack
    threads: list[str] = field(default_factory=list)
    #: channel of direct messages → how many questions
    direct: Counter[str] = field(default_factory=Counter)
    urls: list[str] = field(default_factory=list)

    async def many(self, count: int) -> None:
        """Ask in mentions, direct messages and commands by turns; every request is acknowledged on return."""
        assert all(each.ok for each in await asyncio.gather(*map(self._one, range(count))))

    async def _one(self, number: int) -> Delivery:
        words = f"what is Qwen{'?' * number}"
        channel = ("CAIWATCH", "DANA", "CGENERAL", "DBEN")[number % 4]
        if channel == "CGENERAL":
            delivery = await self.slack.slash(words)
            self.urls.append(str(delivery.parcel.payload["response_url"]))
            return delivery
        if channel == "CAIWATCH":
            delivery = await self.slack.say(f"<@UALIBABA> {words}", channel=channel)
            self.threads.append(str(delivery.parcel.payload["event"]["ts"]))
            return delivery
        self.direct[channel] += 1
        return await self.slack.say(words, channel=channel, user="UBEN" if channel == "DBEN" else "UANA")

    def answers(self) -> list[int]:
        """How often each thread, each person in direct messages and each command was answered."""
        posted = [len(_replies(self.slack, ts)) for ts in self.threads]
        said = [m for m in self.slack.workspace.log.values() if m.user == "UALIBABA" and "Qwen is a" in m.text]
        return [*posted, *(sum(m.channel == channel for m in said) for channel in self.direct), *self._through_urls()]

    def _through_urls(self) -> list[int]:
        """Who cannot be answered without risking it twice is told so, and that counts as once."""
        calls = [each.arguments for each in self.slack.calls if each.method == RESPONSE_URL and not each.error]
        texts = [[str(each["text"]) for each in calls if each[RESPONSE_URL] == url] for url in self.urls]
        answers = [sum("Qwen is a" in text for text in used) for used in texts]
        return [max(count, int(any(used))) for count, used in zip(answers, texts, strict=True)]

    @property
    def due(self) -> list[int]:
        """The same, as it must be in the end."""
        return [1] * len(self.threads) + list(self.direct.values()) + [1] * len(self.urls)

    async def answered(self) -> bool:
        """Wait for that."""
        return await self.slack.wait_for(lambda: self.answers() == self.due or None, timeout=40)


async def test_killed_or_asked_to_stop_in_the_middle_of_fifty_requests_each_is_answered_once(process: Process) -> None:
    slack, asked = process.slack, Asked(process.slack)
    await process.start()
    slack.faults.plan("chat.postMessage", Fault(delay=NEVER, status=500), times=9)
    slack.faults.plan("chat.postMessage", Fault(delay=NEVER, accepted=True), times=3)
    slack.faults.plan("response_url", Fault(delay=0.3, accepted=True), times=50)
    await asked.many(50)
    await process.end(signal.SIGKILL)
    _forget_faults(slack)
    await process.start()
    assert await asked.answered()
    slack.faults.plan("chat.postMessage", Fault(delay=0.2, accepted=True), times=50)
    await asked.many(50)
    async with asyncio.timeout(25):
        assert await process.end(signal.SIGTERM) == 0
    assert asked.answers() == asked.due
    assert _under_way(process.data_dir) == {}


async def test_killed_while_it_fetches_what_told_of_that_becomes_the_result(process: Process, site: Site) -> None:
    """Of three pages one is on its way, and two wait their turn."""
    slack, hold = process.slack, threading.Event()
    site.pages["/page"] = lambda request: (hold.wait(NEVER), saying(PAGE)(request))[1]
    process.more = {"ALIBABA_ADMINS": "UANA", "ALIBABA_FETCH_ALLOW": site.place}
    await process.start()
    await slack.slash(f"add {site.url('/page')}")
    await slack.wait_for(lambda: slack.messages("CGENERAL"))
    await slack.say(f"add {site.url('/page')}", channel="DANA")
    await slack.say(f"<@UALIBABA> add {site.url('/page')}", channel="CAIWATCH")
    mention = slack.messages("CAIWATCH")[0].ts

    def told() -> list[str]:
        said = [*slack.messages("CGENERAL"), *slack.messages("DANA")[1:], *_replies(slack, mention)]
        return [each.text for each in said]

    await slack.wait_for(lambda: len(told()) == 3 or None)
    await process.end(signal.SIGKILL)
    hold.set()
    assert all("Fetching" in text or "something else" in text for text in told())
    await process.start()
    await slack.wait_for(lambda: not any("Fetching" in text for text in told()) or None, timeout=30)
    await process.end(signal.SIGTERM)
    assert len(told()) == 3
    assert any("Added: Zeppelins" in text for text in told())
