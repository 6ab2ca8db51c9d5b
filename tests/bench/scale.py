"""How search grows: our store, raw tantivy, SQLite FTS5, bm25s and rapidfuzz side by side, on a made-up corpus.

python -m tests.bench.scale [--passages N …] [--keep DIR]

Each engine is built and asked in a process of its own, so that its memory is its own. Queries are six to ten words of
a passage: clean, with a typo in two of them, and the same of telling words only. The made-up language has no grammar,
so its commonest words stand for grammar in the first two: every engine but bm25s looks for them, which is most of what
the others' time is spent on. Telling words leave out the sixty commonest, a quarter of any text.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.corpus import documents, misspelled, queries
from tests.bench.engines import ENGINES, open_ours

SIZES = (10_000, 100_000, 1_000_000)
QUERIES, MOST = 200, 10
#: The commonest words, left out of queries of telling words.
GRAMMAR = 60
#: At a million passages, two typos in each query: at least so many times FTS5's speed, at most so many times
#: tantivy's time, milliseconds, megabytes, seconds from the start of a process to its first result.
FASTER, SLOWER, WORST, MEMORY, START = 20.0, 3.5, 40.0, 400.0, 2.0
HOSTILE = {
    "10,000 characters": "x" * 10_000,
    "5,000 words": " ".join(f"chelo{n}" for n in range(5_000)),
    "query syntax": '+body:x -title:"y" (AND OR NOT) [1 TO 2] {a} ^3 ~2 * ? \\ /',
    "stop words": "what is the of and to in",
    "punctuation": "?!… --- ***",
    "NUL": "chelo\0banu\0tresi",
    "2,000 signs": "云计算" * 700,
}
HOSTILE_WORST = 100.0


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of processor time, p50 and p99, for each kind of queries; megabytes of anonymous memory."""

    clean: tuple[float, float]
    misspelled: tuple[float, float]
    telling: tuple[float, float]
    memory: float


def _anonymous() -> float:
    """Megabytes of memory that are this process's own; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    found = re.search(r"RssAnon:\s+(\d+)", status.read_text("ascii") if status.exists() else "")
    return int(found[1]) / 1024 if found else 0.0


def asked(name: str, folder: Path, passages: int) -> Times:
    """Open an engine and ask it everything; a first round warms the system's cache.

    Processor time is counted: all engines answer in one thread, and other work on the machine is not theirs.
    """
    search = ENGINES[name][1](folder)
    clean = queries(passages, QUERIES)
    typos = [misspelled(query) for query in clean]
    telling = [misspelled(query) for query in queries(passages, QUERIES, GRAMMAR)]
    measured = []
    for some in (clean[:20], clean, typos, telling):
        seconds = []
        for query in some:
            start = time.process_time()
            search(query, MOST)
            seconds.append(time.process_time() - start)
        ranked = statistics.quantiles(seconds, n=100)
        measured.append((ranked[49] * 1000, ranked[98] * 1000))
    return Times(measured[1], measured[2], measured[3], _anonymous())


def _apart(*words: str) -> str:
    command = [sys.executable, "-m", "tests.bench.scale", *words]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def _size(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def side_by_side(passages: int, keep: Path) -> dict[str, Times]:
    """Print a line for each engine."""
    kinds = "".join(f"{kind:>18}" for kind in ("clean", "misspelled", "telling words"))
    print(f"\n{passages:>9,} passages{kinds}{'build':>11}{'disk':>9}{'memory':>9}")
    results = {}
    for name, (_, _, most) in ENGINES.items():
        if passages >= most:
            print(f"{name:14} left out: {'too large for it' if most else 'not installed'}", flush=True)
            continue
        folder = keep / f"{name}-{passages}"
        built = ""
        if not folder.exists():
            peak = float(_apart("--build", name, "--folder", str(folder), "--passages", str(passages)))
            built = f"{peak:.0f} s"
        times = Times(**json.loads(_apart("--ask", name, "--folder", str(folder), "--passages", str(passages))))
        results[name] = times
        spans = "".join(f"{p50:10.2f} /{p99:6.1f}" for p50, p99 in (times.clean, times.misspelled, times.telling))
        print(f"{name:14}{spans} ms{built:>8}{_size(folder):6.0f} MB{times.memory:6.0f} MB", flush=True)
    return results


def to_first_result(folder: Path) -> float:
    """Seconds from the start of a process to a first result."""
    before = time.perf_counter()
    _apart("--first", "--folder", str(folder))
    return time.perf_counter() - before


def hostile(folder: Path) -> float:
    """Print the time of each hostile query; returns the worst in milliseconds."""
    search = open_ours(folder)
    search("warm", MOST)
    worst = 0.0
    for name, query in HOSTILE.items():
        before = time.process_time()
        search(query, MOST)
        taken = (time.process_time() - before) * 1000
        worst = max(worst, taken)
        print(f"hostile: {name:18} {taken:6.1f} ms")
    return worst


def judged(results: dict[str, Times], start: float, worst: float) -> bool:
    """Print our figures beside the marks; whether all are kept."""
    ours = results["ours"]
    faster = results["SQLite FTS5"].misspelled[0] / ours.misspelled[0]
    slower = ours.misspelled[0] / results["tantivy"].misspelled[0]
    print(f"{faster:.1f} × as fast as FTS5 (mark {FASTER:.0f}), {slower:.1f} × tantivy's time (mark {SLOWER})")
    fts5, tantivy = (results[name].telling[0] for name in ("SQLite FTS5", "tantivy"))
    print(f"telling words: {fts5 / ours.telling[0]:.1f} ×, {ours.telling[0] / tantivy:.1f} × (no mark)")
    print(f"p99 {ours.misspelled[1]:.1f} ms (mark {WORST:.0f}), {ours.memory:.0f} MB (mark {MEMORY:.0f})", end=", ")
    print(f"start to first result {start:.2f} s (mark {START:.0f})")
    kept = faster >= FASTER and slower <= SLOWER and ours.misspelled[1] <= WORST and ours.memory <= MEMORY
    return kept and start <= START and worst <= HOSTILE_WORST


def compared(sizes: Sequence[int], keep: Path) -> int:
    """Everything, for each size; returns 1 when a million passages miss a mark."""
    kept = True
    for passages in sizes:
        results = side_by_side(passages, keep)
        folder = keep / f"ours-{passages}"
        met = judged(results, to_first_result(folder), hostile(folder))
        kept &= met or passages < 1_000_000
    return int(not kept)


def main() -> int:
    """Measure, or do one part of it in a process of its own."""
    options = argparse.ArgumentParser(prog="python -m tests.bench.scale", description=__doc__)
    options.add_argument("--passages", type=int, nargs="*", default=SIZES, metavar="N")
    options.add_argument("--keep", type=Path, metavar="DIR", help="where indexes stay, to be asked again")
    for part in ("--build", "--ask", "--folder"):
        options.add_argument(part, help=argparse.SUPPRESS)
    options.add_argument("--first", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.build:
        before = time.perf_counter()
        ENGINES[given.build][0](Path(given.folder), documents(given.passages[0]))
        print(time.perf_counter() - before)
    elif given.ask:
        print(json.dumps(asdict(asked(given.ask, Path(given.folder), given.passages[0]))))
    elif given.first:
        open_ours(Path(given.folder))("chelo banu tresi", MOST)
    else:
        with tempfile.TemporaryDirectory() as folder:
            return compared(given.passages, given.keep or Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
