"""How fast requests are acknowledged under load: ``python tests/bench/ack_load.py [--rate 20] [--count 200]``.

A real bot answers real signed slash commands from the seeds; the local Slack plays Slack in a process of its own loop.
Prints one JSON object. Exits 1 when a command was lost, answered twice, or acknowledged after more than ``--ceiling``
seconds.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

from bot.app import build
from bot.database import engine
from bot.playground.server import FakeSlack
from bot.settings import Settings, load
from content import formats
from content.library import Library

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ("how much did Alibaba pledge for AI?", "what is modlescope?", "figures cloud", "what is the dividend?")


def _indexed(data_dir: Path) -> None:
    opened = engine(f"sqlite:///{data_dir / 'alibaba.db'}")
    library = Library.open(data_dir, opened)
    assert all(done.error is None for done in library.add(formats.documents(ROOT / "seeds")))
    library.refresh()
    opened.dispose()


def _settings(slack: FakeSlack, data_dir: Path) -> Settings:
    return load(
        _env_file=None,
        slack_bot_token=slack.bot_token,
        slack_signing_secret=slack.signing_secret,
        slack_api_url=slack.api_url,
        data_dir=data_dir,
        port=0,
    )


async def measure(rate: float, count: int) -> dict[str, float]:
    """Send ``count`` commands at ``rate`` a second; how many were answered, and the seconds until acknowledged."""
    slack = FakeSlack()
    await slack.start()
    with tempfile.TemporaryDirectory() as folder:
        _indexed(Path(folder))
        bot = build(_settings(slack, Path(folder)))
        await bot.start()
        slack.request_url = f"http://127.0.0.1:{bot.port}/slack/events"
        await slack.slash(QUESTIONS[0], user="UBEN")

        async def ask(number: int) -> float:
            await asyncio.sleep(number / rate)
            delivery = await slack.slash(QUESTIONS[number % len(QUESTIONS)])
            return delivery.seconds if delivery.ok else float("inf")

        started = time.perf_counter()
        acks = sorted(await asyncio.gather(*(ask(number) for number in range(count))))
        await bot.stop()
        seconds = time.perf_counter() - started
    answered = len(slack.messages("CGENERAL"))
    await slack.stop()
    return {
        "commands": count,
        "answered": answered,
        "seconds": round(seconds, 2),
        "ack_p50": round(acks[count // 2], 4),
        "ack_p99": round(acks[min(count - 1, count * 99 // 100)], 4),
        "ack_max": round(acks[-1], 4),
    }


def main() -> int:
    """Measure and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--ceiling", type=float, default=1.0, help="seconds within which every command is acknowledged")
    options = parser.parse_args()
    measured = asyncio.run(measure(options.rate, options.count))
    print(json.dumps(measured))
    return 0 if measured["answered"] == options.count and measured["ack_max"] <= options.ceiling else 1


if __name__ == "__main__":
    sys.exit(main())
