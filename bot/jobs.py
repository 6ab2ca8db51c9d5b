"""The claim is the job: committed before the request is acknowledged, supervised, taken up again after a crash."""

import asyncio
import logging
from collections.abc import Callable, Collection, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Protocol, TypeVar

from bot.memory import Memory
from handlers.reply import Reply
from handlers.services import Job

_LOG: Final = logging.getLogger("alibaba.jobs")
#: seconds: older claims are not taken up again, as nobody waits for them and their response_url is dead
YOUNG: Final = 30 * 60
T = TypeVar("T")


class Worker(Protocol):
    """What is done for a job. ``prepare`` may be repeated, as it shows nobody a reply."""

    async def prepare(self, job: Job) -> Reply:
        """Find out what to say."""
        ...

    async def deliver(self, job: Job, reply: Reply) -> None:
        """Say it for the first time."""
        ...

    async def settle(self, job: Job, reply: Reply) -> None:
        """Say it unless it was said: nobody knows whether it was."""
        ...


class Jobs:
    """The claimed jobs of this process.

    ``memory`` is used from one thread of its own, so that slow answers in the loop's threads delay no claim.
    ``gone`` names the processes that are known to have died: their jobs need not wait for the lease to run out.
    """

    def __init__(
        self,
        memory: Memory,
        clock: Callable[[], float],
        gone: Callable[[], Collection[str]] = tuple,
        at_once: int = 16,
    ) -> None:
        self._memory = memory
        self._clock = clock
        self._gone = gone
        self._room = asyncio.Semaphore(at_once)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="claims")
        self._tasks: set[asyncio.Task[None]] = set()
        self._worker: Worker | None = None

    async def start(self, worker: Worker) -> int:
        """Begin to work, first on what a crash left behind; returns how many jobs that is."""
        self._worker = worker
        return await self._take_up(worker)

    async def keep_up(self) -> int:
        """Say that this process lives, and take over from those that do not; returns how many jobs that is.

        To be called several times in the span of a lease.
        """
        now = self._clock()
        await self._remember(self._memory.renew, now, now - YOUNG)
        return await self._take_up(self._worker) if self._worker else 0

    async def _take_up(self, worker: Worker) -> int:
        now = self._clock()
        left = await self._remember(lambda: self._memory.take_up(now, now - YOUNG, self._gone()))
        for job in left:
            self.soon(self._see_through(job, worker))
        return len(left)

    async def claim(self, job: Job) -> bool:
        """Commit a job and see to it in the background; false when it was claimed before."""
        claimed = await self._remember(self._memory.claim, job, self._clock())
        if claimed and self._worker:
            self.soon(self._see_through(job, self._worker))
        return claimed

    async def progressed(self, job: Job, where: str) -> None:
        """Commit where the progress of a job is told."""
        await self._remember(self._memory.progressed, job, where)

    def soon(self, work: Coroutine[object, object, None]) -> None:
        """Run ``work`` in the background; it is awaited when the bot stops, and forgotten by a crash."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    async def forget(self, days: int) -> int:
        """Erase the claims older than ``days``; returns how many."""
        return await self._remember(self._memory.forget, self._clock() - days * 86_400)

    async def drain(self, seconds: float) -> int:
        """Wait for what is under way; what takes longer is left to others. Returns how many that is."""
        self._worker = None  # so that nothing more is taken up meanwhile
        _, late = await asyncio.wait(self._tasks, timeout=seconds) if self._tasks else (set(), set())
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        await self._remember(self._memory.release)
        self._thread.shutdown()
        return len(late)

    async def _see_through(self, job: Job, worker: Worker) -> None:
        async with self._room:
            reply = await worker.prepare(job)
            if job.state == "posting":
                await worker.settle(job, reply)
            elif await self._remember(self._memory.advance, job.key, "pending", "posting"):
                await worker.deliver(job, reply)
            else:
                return
            await self._remember(self._memory.advance, job.key, "posting", "done")

    async def _remember(self, work: Callable[..., T], *arguments: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *arguments)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _LOG.error("a job broke off and is taken up again at the next start", exc_info=error)
