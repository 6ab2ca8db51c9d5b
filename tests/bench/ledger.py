"""Figures at scale: read from a stream of lines, and those of many documents compared with each other.

python -m tests.bench.ledger

The documents are made up from a few hundred companies and things, each told of by many with other values: harder than
a team's documents, of whose figures few are of one quantity.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from content.documents import Document
from content.extraction import figures_in
from content.ledger import compare
from tests.bench.speed import library, timed
from tests.conftest import SEEDS
from tests.content.test_ledger import CROWDS

DOCUMENTS = (1_000, 10_000)
LINES = (10_000, 100_000)
COMPANIES = [f"{begin}{end}" for begin in ("Ali", "Ten", "Bai", "Nov", "Zor", "Kel", "Mir", "Tal") for end in
             ("baba", "cent", "du", "ara", "ix", "on", "eth", "umi", "ost", "ward")]  # fmt: skip
THINGS = [f"{kind} {thing}" for kind in ("AI", "cloud", "retail", "logistics", "mobile") for thing in
          ("chips", "models", "data centers", "software", "services", "warehouses")]  # fmt: skip
TOLD = (
    "{who} pledged ${n} billion over the next three years for {what}, as reported by Reuters.",
    "{who}'s revenue from {what} rose {n}% to {m} billion yuan in the September quarter.",
    "{who} said that {m} million businesses use its {what}.",
    "Analysts expect {who} to spend more than ${n} billion on {what} by 2030.",
    "The market for {what} may be worth ${m} billion, according to {who}.",
)
#: prints its peak of memory, in MB, and its seconds of processor time when the stream ends (Linux)
STREAM = """
import re, sys, time
from bot.cli import main
main(["extract", "--json"])
peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024
print(f"{peak} {time.process_time()}", file=sys.stderr)
"""


def sentences(count: int, chance: random.Random) -> Iterator[str]:
    """Sentences with a figure or two."""
    for _ in range(count):
        values = {"n": chance.randint(2, 90), "m": chance.randint(100, 900) / 10}
        yield chance.choice(TOLD).format(who=chance.choice(COMPANIES), what=chance.choice(THINGS), **values)


def documents(count: int) -> list[Document]:
    """Documents of two such sentences, dated over some years."""
    chance = random.Random(1)
    dates = [f"20{year}-{month:02}" for year in range(20, 27) for month in range(1, 13)]
    return [Document(f"d{n}", " ".join(sentences(2, chance)), published=dates[n % len(dates)]) for n in range(count)]


def processed(work: Callable[[], object]) -> float:
    """Seconds of processor time it takes."""
    before = time.process_time()
    work()
    return time.process_time() - before


def compared(told: list[Document]) -> str:
    """How long their figures take side by side."""
    figures = [figure for one in told for figure in figures_in(one.text, 0, one.id)]
    headers = {one.id: one for one in told}
    seconds = processed(lambda: compare(figures, headers))
    return f"{len(figures):,} figures {seconds:.1f} s of processor time"


def streamed(lines: int) -> str:
    """Lines through ``extract`` on standard input in a second of processor time, and its peak of memory."""
    with tempfile.TemporaryFile("w+") as file:
        file.writelines(f"{one}\n" for one in sentences(lines, random.Random(2)))
        file.seek(0)
        command = [sys.executable, "-c", STREAM]
        done = subprocess.run(
            command, stdin=file, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=SEEDS.parent, check=True
        )
    peak, seconds = done.stderr.decode().split()
    return f"{lines / float(seconds):,.0f} a second, at most {peak} MB"


def main() -> None:
    """Measure and print."""
    for lines in LINES:
        print(f"extract, {lines:,} lines of standard input: {streamed(lines)}")
    for count in DOCUMENTS:
        print(f"figures of {count:,} documents compared: {compared(documents(count))}")
    for name, texts in CROWDS.items():
        crowd = [Document(str(n), text) for n, text in enumerate(texts)]
        print(f"2,000 figures of {name}: {compared(crowd)}")
    for count in DOCUMENTS:
        with tempfile.TemporaryDirectory() as folder:
            asked = library(Path(folder), documents(count))
            first, again = timed(asked.figures), timed(asked.figures)
            print(f"figures without a topic, {count:,} documents: {first:.1f} s, then {again:.2f} s")


if __name__ == "__main__":
    main()
