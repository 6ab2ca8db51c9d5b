"""What an answer costs in a large store: the seeds among 100,000 made-up passages, one thread.

python -m tests.bench.answer_speed [--passages N] [--keep DIR]

Asked are the questions of tests/quality, and made-up ones in words of the made-up passages. Measured is the time of
the thread, not the clock's: other work on the machine does not count.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bot.database import engine
from content import formats
from content.library import Library
from tests.bench.corpus import documents, queries
from tests.conftest import SEEDS
from tests.quality.test_questions import QUESTIONS

PASSAGES, ASKED = 100_000, 200
#: Milliseconds, the worst of a hundred.
WORST = 30.0
_PUT = ("who", "what", "how many", "why does", "where is", "when did", "which")


def library(data_dir: Path, passages: int) -> Library:
    """The seeds and the made-up passages, indexed unless they are there."""
    data_dir.mkdir(parents=True, exist_ok=True)
    made = Library.open(data_dir, engine(f"sqlite:///{data_dir / 'alibaba.db'}"))
    if not made.searched().documents:
        for source in (formats.documents(SEEDS), documents(passages)):
            for _ in made.add(source):
                pass
        made.refresh()
    made.warm()
    return made


def measured(asked: Library, questions: Sequence[str]) -> tuple[float, float]:
    """Milliseconds, the median and the worst of a hundred; a first round warms the system's cache."""
    for question in questions[:20]:
        asked.ask(question)
    taken = []
    for question in questions:
        before = time.thread_time()
        asked.ask(question)
        taken.append((time.thread_time() - before) * 1000)
    ranked = sorted(taken)
    return ranked[len(ranked) // 2], ranked[int(len(ranked) * 0.99)]


def main() -> int:
    """Measure and print; returns 1 when an answer takes too long."""
    options = argparse.ArgumentParser(prog="python -m tests.bench.answer_speed", description=__doc__)
    options.add_argument("--passages", type=int, default=PASSAGES, metavar="N")
    options.add_argument("--keep", type=Path, metavar="DIR", help="where the store stays, to be asked again")
    given = options.parse_args()
    made = [f"{_PUT[at % len(_PUT)]} {query}?" for at, query in enumerate(queries(given.passages, ASKED))]
    real = [question for questions in QUESTIONS.values() for question in questions]
    with tempfile.TemporaryDirectory() as folder:
        asked = library(given.keep or Path(folder), given.passages)
        slow = 0
        for what, questions in (("questions to the seeds", real), ("made-up questions", made)):
            median, worst = measured(asked, questions)
            print(f"{given.passages:,} passages, {what:24} p50 {median:.1f} ms, p99 {worst:.1f} ms (mark {WORST:.0f})")
            slow += worst > WORST
    return min(slow, 1)


if __name__ == "__main__":
    sys.exit(main())
