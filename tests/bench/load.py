"""The bot under load: a real ``serve`` process, and people in this one, who are its Slack as well.

python -m tests.bench.load [--minutes 1] [--rate 100] [--faults 0] [--compare]

Prints one JSON object; exits 1 when a request that was acknowledged was lost, or one answered twice or wrongly.
"""

import argparse
import asyncio
import json
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.database import engine
from bot.playground.server import FakeSlack
from content.library import Library
from tests.bench.crowd import Crowd, Request, Seen, Unruly, documents

ROOT = Path(__file__).parents[2]
BOT, ECHO = ("bot", "serve"), ("tests.bench.echo",)
#: minutes after which the memory is looked at
LOOKS = (1, 5, 10, 20, 30)
#: seconds that answers may take to come after the last request
PATIENCE = 180.0
#: requests under way at a time, and seconds, where throughput is compared
AT_ONCE, COMPARED = 32, 20.0


@asynccontextmanager
async def serving(slack: FakeSlack, data_dir: Path, module: Sequence[str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that the local Slack speaks to."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "ALIBABA_"))}
    settings = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "ALIBABA_DATA_DIR": str(data_dir),
        "ALIBABA_PORT": str(port),
        "ALIBABA_LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(ROOT),
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", *module, env=environment | settings)
    slack.request_url = f"http://127.0.0.1:{port}/slack/events"
    try:
        await _ready(port)
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()


async def _ready(port: int) -> None:
    async with aiohttp.ClientSession() as session, asyncio.timeout(60):
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/readyz") as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.1)


async def steady(crowd: Crowd, faults: Unruly, options: argparse.Namespace, pid: int) -> dict[str, Any]:
    """Requests at a rate, and what became of them."""
    memory: dict[str, str] = {}
    looking = asyncio.ensure_future(_looks(pid, memory))
    faults.share = options.faults
    await crowd.come(options.rate, options.minutes * 60)
    behind = await _answered(crowd)
    await asyncio.sleep(5)  # in which a second reply would come
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)
    for each in crowd.due():
        print("lost:", each, file=sys.stderr)
    return {
        **crowd.tally(),
        "calls that suffered": crowd.seen.faulty,
        "last answer after, s": round(behind, 1),
        **_acks(crowd.asked),
        "memory at minute, MB (resident / anonymous)": memory,
    }


async def _answered(crowd: Crowd) -> float:
    """Wait until everybody has got something; returns the seconds that took."""
    began = time.monotonic()
    while crowd.due() and time.monotonic() < began + PATIENCE:
        await crowd.slack.workspace.changes.after(crowd.slack.workspace.changes.revision, 0.5)
    return time.monotonic() - began


async def _looks(pid: int, memory: dict[str, str]) -> None:
    """Note the resident and, of it, the anonymous memory of a process."""
    began = time.monotonic()
    for minute in (0, *LOOKS):
        await asyncio.sleep(max(0.0, began + minute * 60 - time.monotonic()))
        status = dict(line.split(":", 1) for line in _status(pid).splitlines())
        memory[str(minute)] = " / ".join(str(int(status[each].split()[0]) // 1024) for each in ("VmRSS", "RssAnon"))
        print("minute", minute, memory[str(minute)], file=sys.stderr, flush=True)


def _status(pid: int) -> str:
    return Path(f"/proc/{pid}/status").read_text()


def _acks(asked: Sequence[Request]) -> Mapping[str, float]:
    times = sorted(each.seconds * 1000 for each in asked if each.acknowledged)
    at = {"p50": len(times) // 2, "p99": len(times) * 99 // 100, "worst": len(times) - 1}
    return {f"ack {label}, ms": round(times[index], 1) for label, index in at.items()}


async def throughput(crowd: Crowd) -> float:
    """Slash commands answered in a second, so many at a time."""
    until, done = time.monotonic() + COMPARED, 0

    async def one(number: int) -> None:
        nonlocal done
        while time.monotonic() < until:
            request = await crowd.command(number)
            while not crowd.seen.shown[request.place, request.about]:
                await crowd.slack.workspace.changes.after(crowd.slack.workspace.changes.revision, 1.0)
            done += 1

    began = time.monotonic()
    await asyncio.gather(*map(one, range(AT_ONCE)))
    return done / (time.monotonic() - began)


async def measure(options: argparse.Namespace, data_dir: Path) -> dict[str, Any]:
    """One run, or the comparison."""
    if options.compare:
        rates = {}
        for module in (ECHO, BOT):
            rates[module[0]] = await _with(module, data_dir, lambda crowd, _faults, _pid: throughput(crowd))
        echoed, ours = rates.values()
        return {"echo, a second": round(echoed, 1), "ours": round(ours, 1), "ratio": round(ours / echoed, 2)}
    measured: dict[str, Any] = await _with(
        BOT, data_dir, lambda crowd, faults, pid: steady(crowd, faults, options, pid)
    )
    return measured


async def _with(module: Sequence[str], data_dir: Path, work: Any) -> Any:
    seen, faults = Seen(), Unruly()
    slack = FakeSlack(retry_pauses=(0.0, 1.0, 5.0))
    slack.calls, slack.faults = seen, faults
    await slack.start()
    crowd = Crowd(slack, seen)
    crowd.settle_in()
    async with serving(slack, data_dir, module) as process:
        found = await work(crowd, faults, process.pid)
        faults.share = 0.0
    await slack.stop()
    return found


def main() -> int:
    """Measure and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--rate", type=float, default=100)
    parser.add_argument("--faults", type=float, default=0.0, metavar="SHARE", help="of the calls that suffer")
    parser.add_argument("--compare", action="store_true", help="requests a second beside an app that only echoes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        opened = engine(f"sqlite:///{Path(folder) / 'alibaba.db'}")
        for _ in Library.open(Path(folder), opened).add(documents()):
            pass
        opened.dispose()
        measured = asyncio.run(measure(options, Path(folder)))
    print(json.dumps(measured))
    return 1 if any(measured.get(each) for each in ("lost", "doubled", "wrong")) else 0


if __name__ == "__main__":
    sys.exit(main())
