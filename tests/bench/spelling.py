"""How often the word that was meant comes first, and how long that takes: real misspellings, without any context.

python -m tests.bench.spelling --data DIR

DIR has tab-separated files of misspelling and word. The vocabulary is the 200,000 most frequent alphabetic words of
``wordfreq``, which is no part of the project: ``pip install wordfreq``.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from content.likeness import likeliest
from content.vocabulary import Vocabulary, WordFile, packed

WORDS = 200_000
#: The share of misspellings whose word must come first, and milliseconds in ninety-nine of a hundred.
FIRST, SLOWEST = 0.55, 5.0

Pair = tuple[str, str]


def frequencies() -> dict[str, int]:
    """The vocabulary, with occurrences in a billion words."""
    wordfreq = import_module("wordfreq")
    words = [word for word in wordfreq.top_n_list("en", 2 * WORDS) if word.isalpha()][:WORDS]
    return {word: max(1, round(wordfreq.word_frequency(word, "en") * 1e9)) for word in words}


def pairs(file: Path, known: dict[str, int]) -> list[Pair]:
    """Misspelling and word in lower case, of single words of letters that the vocabulary has."""
    lines = [line.lower().split("\t") for line in file.read_text("utf-8").splitlines()]
    return [(wrong, right) for wrong, right in lines if wrong.isalpha() and right in known and wrong != right]


def measured(vocabulary: Vocabulary, some: Sequence[Pair]) -> tuple[float, float]:
    """Print a list's figures; returns the share right at first and the 99th percentile in milliseconds."""
    places, seconds = [], []
    for wrong, right in some:
        before = time.process_time()
        found = likeliest(wrong, vocabulary.near(wrong))
        seconds.append(time.process_time() - before)
        places.append(next((place for place, one in enumerate(found[:3]) if one.word == right), 9))
    first, three = (statistics.mean(place < most for place in places) for most in (1, 3))
    slow = statistics.quantiles(seconds, n=100)[98] * 1000
    print(f"{len(some):,} misspellings: first {first:.3f}, in the first three {three:.3f}", end="; ")
    print(f"p50 {statistics.median(seconds) * 1000:.2f} ms, p99 {slow:.2f} ms of processor time")
    return first, slow


def main() -> int:
    """Measure every list; returns 1 below a mark."""
    options = argparse.ArgumentParser(prog="python -m tests.bench.spelling", description=__doc__)
    options.add_argument("--data", metavar="DIR", required=True, type=Path, help="a folder of .tsv files")
    data = options.parse_args().data
    if not find_spec("wordfreq"):
        print("left out: it needs the words of wordfreq (pip install wordfreq)")
        return 0
    known = frequencies()
    before = time.perf_counter()
    content = packed(known)
    print(f"{len(known):,} words filed in {time.perf_counter() - before:.1f} s, {len(content) / 1e6:.0f} MB")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "words"
        file.write_bytes(content)
        vocabulary = Vocabulary([WordFile.open(file)], lambda word: known.get(word, 0))
        results = [measured(vocabulary, pairs(list_, known)) for list_ in sorted(data.glob("*.tsv"))]
    print(f"marks: first {FIRST}, p99 {SLOWEST} ms")
    return int(not results or min(first for first, _ in results) < FIRST or max(slow for _, slow in results) > SLOWEST)


if __name__ == "__main__":
    sys.exit(main())
