"""How long a person waits: the start of a command, an answer in a running bot, indexing.

python -m tests.bench.speed
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bot.database import engine
from content import formats
from content.documents import Document
from content.figures import extract
from content.library import Library
from handlers.grammar import parse
from tests.conftest import SEEDS
from tests.content.test_figures import HOSTILE
from tests.handlers.test_grammar import LONG_WINDED
from tests.quality.test_questions import QUESTIONS

STARTS = 7
#: documents for the larger measure: the seeds, copied under other names
COPIES = 250


def percentiles(seconds: Sequence[float]) -> str:
    """The median and the worst of a hundred, in milliseconds."""
    ranked = sorted(seconds)
    worst = ranked[min(len(ranked) - 1, int(len(ranked) * 0.99))]
    return f"p50 {ranked[len(ranked) // 2] * 1000:.0f} ms, p99 {worst * 1000:.0f} ms"


def timed(work: Callable[[], object]) -> float:
    """Seconds it takes."""
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def starts(data_dir: Path) -> list[float]:
    """`ask` from the start of its process to its end, the seeds being indexed."""
    environment = os.environ | {"ALIBABA_DATA_DIR": str(data_dir), "PYTHONPATH": str(SEEDS.parent)}
    command = [sys.executable, "-m", "bot", "ask", "how much did Alibba pledge for AI?", "--json"]
    return [
        timed(lambda: subprocess.run(command, env=environment, capture_output=True, check=True)) for _ in range(STARTS)
    ]


def library(data_dir: Path, documents: Sequence[Document]) -> Library:
    """A library with these documents."""
    made = Library.open(data_dir, engine(f"sqlite:///{data_dir / 'alibaba.db'}"))
    for _ in made.add(documents):
        pass
    made.refresh()
    return made


def answers(asked: Library) -> list[float]:
    """Every question of tests/quality, three times."""
    questions = [question for kind in QUESTIONS.values() for question in kind]
    asked.warm()
    return [timed(partial(asked.ask, question)) for _ in range(3) for question in questions]


def main() -> None:
    """Measure and print."""
    seeds = [one for one in formats.documents(SEEDS) if isinstance(one, Document)]
    copies = [Document(f"{one.id}-{n}", f"{one.text}\nCopy {n}.", one.title) for n in range(COPIES) for one in seeds]
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small", Path(folder) / "large"
        small.mkdir()
        large.mkdir()
        few = library(small, seeds)
        print(f"ask, process start to answer, seeds        {percentiles(starts(small))}")
        print(f"an answer in a running bot, 4 documents     {percentiles(answers(few))}")
        seconds = timed(lambda: library(large, copies))
        many = library(large, [])
        print(f"indexing {len(copies):,} documents                    {len(copies) / seconds:.0f} documents a second")
        print(f"an answer in a running bot, {len(copies):,} documents {percentiles(answers(many))}")
    figures = {name: timed(partial(extract, text)) for name, text in HOSTILE.items()}
    requests = {words[:10]: timed(partial(parse, words)) for words in LONG_WINDED}
    for what, seconds_of in {"figures of 100 kB of hostile text": figures, "a hostile request": requests}.items():
        slowest = max(seconds_of, key=lambda name: seconds_of[name])
        print(f"{what}, the slowest ({slowest}) {seconds_of[slowest] * 1000:.0f} ms")


if __name__ == "__main__":
    main()
