"""Jobs: committed first, worked in the background, drained, taken up again."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from bot.jobs import YOUNG, Jobs
from bot.memory import LEASE, Memory
from handlers.payloads import Privately, Question
from handlers.reply import Reply
from handlers.services import Job, State
from handlers.views.blocks import Message
from tests.conftest import Storage, unfinished

NOW = 1_700_000_000.0


def _job(key: str = "T1", state: State = "pending", message: str | None = None) -> Job:
    return Job(key, Question("command", key, "U1", Privately("http://slack/1")), message, state)


@dataclass
class Notebook:
    """A worker that notes what it did; it waits in ``prepare`` until ``go``."""

    go: asyncio.Event = field(default_factory=asyncio.Event)
    done: list[tuple[str, str]] = field(default_factory=list)
    at_once: int = 0
    most: int = 0
    fails: bool = False

    async def prepare(self, job: Job) -> Reply:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await self.go.wait()
        self.at_once -= 1
        if self.fails:
            raise RuntimeError("broken")
        return Reply(Message(job.key, ()))

    async def deliver(self, job: Job, reply: Reply) -> None:
        self.done.append(("deliver", reply.message.text))

    async def settle(self, job: Job, reply: Reply) -> None:
        self.done.append(("settle", reply.message.text))


@dataclass
class Bench:
    """Jobs of several processes on one database, worked by one worker who sees all."""

    memory: Memory
    worker: Notebook
    jobs: Callable[[], Jobs]

    def states(self) -> dict[str, str]:
        return unfinished(self.memory.engine)

    def begun(self, state: State, age: float) -> None:
        """Another process took a job that long ago, and has not been heard of since."""
        assert Memory(self.memory.engine, "another").claim(_job(state=state), NOW - age)


@pytest.fixture
def bench(storage: Storage) -> Bench:
    memory = Memory(storage.engine())
    return Bench(memory, Notebook(), lambda: Jobs(Memory(memory.engine), lambda: NOW, at_once=3))


async def test_a_claim_is_committed_when_it_returns_and_done_after(bench: Bench) -> None:
    jobs = bench.jobs()
    await jobs.start(bench.worker)
    assert await jobs.claim(_job())
    assert bench.states() == {"T1": "pending"}
    bench.worker.go.set()
    assert await jobs.drain(5) == 0
    assert bench.worker.done == [("deliver", "T1")]
    assert bench.states() == {}


async def test_a_second_claim_does_nothing(bench: Bench) -> None:
    jobs = bench.jobs()
    await jobs.start(bench.worker)
    bench.worker.go.set()
    claims = await asyncio.gather(*(jobs.claim(_job()) for _ in range(20)))
    await jobs.drain(5)
    assert sum(claims) == 1
    assert bench.worker.done == [("deliver", "T1")]


async def test_so_many_at_once_and_no_more(bench: Bench) -> None:
    jobs = bench.jobs()
    await jobs.start(bench.worker)
    for number in range(10):
        await jobs.claim(_job(f"T{number}"))
    await asyncio.sleep(0.01)
    assert bench.worker.most == 3
    bench.worker.go.set()
    await jobs.drain(5)
    assert bench.worker.most == 3
    assert len(bench.worker.done) == 10


async def test_a_claim_does_not_wait_for_busy_threads(bench: Bench) -> None:
    jobs, release = bench.jobs(), threading.Event()
    await jobs.start(bench.worker)
    busy = [asyncio.ensure_future(asyncio.to_thread(release.wait)) for _ in range(64)]
    await asyncio.sleep(0.01)
    assert await asyncio.wait_for(jobs.claim(_job()), 2)
    release.set()
    await asyncio.gather(*busy)
    bench.worker.go.set()
    await jobs.drain(5)


async def test_what_takes_too_long_is_left_to_the_next_start(bench: Bench) -> None:
    first = bench.jobs()
    await first.start(bench.worker)
    await first.claim(_job())
    await asyncio.sleep(0.01)
    assert await first.drain(0.05) == 1
    assert bench.states() == {"T1": "pending"}
    bench.worker.go.set()
    second = bench.jobs()
    assert await second.start(bench.worker) == 1
    await second.drain(5)
    assert bench.worker.done == [("deliver", "T1")]


@pytest.mark.parametrize(
    ("state", "age", "done"),
    [
        ("pending", LEASE, [("deliver", "T1")]),
        ("posting", LEASE, [("settle", "T1")]),
        ("done", LEASE, []),
        ("pending", YOUNG - 1, [("deliver", "T1")]),
        ("posting", YOUNG - 1, [("settle", "T1")]),
        ("pending", YOUNG + 1, []),
        ("posting", YOUNG + 1, []),
    ],
)
async def test_what_a_crash_left(bench: Bench, state: State, age: float, done: list[tuple[str, str]]) -> None:
    bench.begun(state, age)
    bench.worker.go.set()
    jobs = bench.jobs()
    assert await jobs.start(bench.worker) == len(done)
    await jobs.drain(5)
    assert bench.worker.done == done


@pytest.mark.parametrize("state", ["pending", "posting"])
@pytest.mark.parametrize("age", [0, LEASE - 1])
async def test_what_a_living_process_works_is_left_to_it(bench: Bench, state: State, age: float) -> None:
    bench.begun(state, age)
    bench.worker.go.set()
    jobs = bench.jobs()
    assert await jobs.start(bench.worker) == 0
    assert await jobs.keep_up() == 0
    await jobs.drain(5)
    assert bench.worker.done == []
    assert bench.states() == {"T1": state}


async def test_what_a_process_known_to_be_dead_worked_does_not_wait_for_its_lease(bench: Bench) -> None:
    bench.begun("posting", 0)
    bench.worker.go.set()
    jobs = Jobs(bench.memory, lambda: NOW, lambda: ("another",))
    assert await jobs.start(bench.worker) == 1
    await jobs.drain(5)
    assert bench.worker.done == [("settle", "T1")]


async def test_a_running_process_takes_over_from_one_that_died(bench: Bench) -> None:
    now = [NOW]
    jobs = Jobs(bench.memory, lambda: now[0])
    await jobs.start(bench.worker)
    bench.begun("pending", 0)
    assert await jobs.keep_up() == 0
    now[0] += LEASE
    assert await jobs.keep_up() == 1
    bench.worker.go.set()
    await jobs.drain(5)
    assert bench.worker.done == [("deliver", "T1")]


async def test_a_process_that_keeps_up_keeps_its_jobs(bench: Bench) -> None:
    now = [NOW]
    slow, other = Jobs(bench.memory, lambda: now[0]), Jobs(Memory(bench.memory.engine), lambda: now[0])
    await slow.start(bench.worker)
    await other.start(bench.worker)
    await slow.claim(_job())
    for _ in range(4):
        now[0] += LEASE - 1
        assert await slow.keep_up() == 0
        assert await other.keep_up() == 0
    bench.worker.go.set()
    await slow.drain(5)
    await other.drain(5)
    assert bench.worker.done == [("deliver", "T1")]


async def test_a_process_that_was_given_up_does_not_deliver_after_all(bench: Bench) -> None:
    """It stood still for longer than its lease: the job is another's when it goes on."""
    now = [NOW]
    stopped, other = Jobs(bench.memory, lambda: now[0]), Jobs(Memory(bench.memory.engine), lambda: now[0])
    await stopped.start(bench.worker)
    await stopped.claim(_job())
    now[0] += LEASE
    assert await other.start(bench.worker) == 1
    bench.worker.go.set()
    await stopped.drain(5)
    await other.drain(5)
    assert bench.worker.done == [("deliver", "T1")]


async def test_of_many_processes_that_start_one_takes_up_a_job(bench: Bench) -> None:
    bench.begun("pending", LEASE)
    many = [bench.jobs() for _ in range(8)]
    taken = await asyncio.gather(*(jobs.start(bench.worker) for jobs in many))
    assert sum(taken) == 1
    bench.worker.go.set()
    for jobs in many:
        await jobs.drain(5)
    assert bench.worker.done == [("deliver", "T1")]


async def test_a_job_that_breaks_off_is_logged_and_stays(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    bench.worker.fails = True
    bench.worker.go.set()
    jobs = bench.jobs()
    await jobs.start(bench.worker)
    await jobs.claim(_job())
    await jobs.drain(5)
    assert bench.states() == {"T1": "pending"}
    assert "broke off" in caplog.text
    again = bench.jobs()
    bench.worker.fails = False
    assert await again.start(bench.worker) == 1
    await again.drain(5)
    assert bench.worker.done == [("deliver", "T1")]


async def test_work_without_a_claim_is_drained_too(bench: Bench) -> None:
    done: list[int] = []

    async def work() -> None:
        await asyncio.sleep(0.05)
        done.append(1)

    jobs = bench.jobs()
    jobs.soon(work())
    assert await jobs.drain(5) == 0
    assert done == [1]


async def test_draining_nothing(bench: Bench) -> None:
    assert await bench.jobs().drain(5) == 0


async def test_old_claims_are_forgotten(bench: Bench) -> None:
    for days in (1, 29, 31, 400):
        bench.memory.claim(_job(f"T{days}"), NOW - days * 86_400)
    jobs = bench.jobs()
    assert await jobs.forget(30) == 2
    await jobs.drain(1)
    assert set(bench.states()) == {"T1", "T29"}
