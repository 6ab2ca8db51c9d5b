"""Summaries of news articles against those their editors wrote, beside the usual yardstick: the first three sentences.

ROUGE F1 (Lin 2004) is counted here: stems of words, n-grams clipped, L of the whole summary by the longest common
subsequences of its sentences. "Two of one story": every article beside a second version of it as another paper prints
it (another opening, every fourth sentence left out, some words exchanged), summarised together as a topic is.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bot.database import engine
from content.documents import Document, Summary
from content.library import Library
from content.passages import sentence_spans
from content.summaries import SHORTEST
from content.words import stem, words

#: what both are cut to
_SENTENCES = 3
_REPEATED = 4
#: words of news that replace each other, for the second version of a story
_EXCHANGED = {"said": "told reporters", "also": "moreover", "but": "yet", "new": "recent", "people": "persons"}


class Rouge(NamedTuple):
    """F1 of one-grams, two-grams and the longest common subsequence, 0..100."""

    one: float
    two: float
    longest: float


def rouge(found: Sequence[str], wanted: Sequence[str]) -> Rouge:
    """How much of the sentences of a summary stands in those of another.

    >>> [round(share) for share in rouge(["the cat sat"], ["the cat lay"])]
    [67, 50, 67]
    """
    ours, theirs = [[_stems(one) for one in some] for some in (found, wanted)]
    all_ours, all_theirs = list(chain.from_iterable(ours)), list(chain.from_iterable(theirs))
    one, two = (_f1(_overlap(all_ours, all_theirs, n), len(all_ours) - n + 1, len(all_theirs) - n + 1) for n in (1, 2))
    together = sum(len(set().union(*(_common(line, other) for other in ours))) for line in theirs)
    return Rouge(one, two, _f1(together, len(all_ours), len(all_theirs)))


def _stems(text: str) -> list[str]:
    return [stem(word.text) for word in words(text)]


def _grams(stems: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(stems[at : at + n]) for at in range(len(stems) - n + 1))


def _overlap(ours: Sequence[str], theirs: Sequence[str], n: int) -> int:
    return (_grams(ours, n) & _grams(theirs, n)).total()


def _common(line: Sequence[str], other: Sequence[str]) -> set[int]:
    """The places of a line that its longest common subsequence with another takes."""
    rows: list[list[tuple[int, ...]]] = [[()] * (len(other) + 1)]
    for place, word in enumerate(line):
        new: list[tuple[int, ...]] = [()]
        for at, their in enumerate(other):
            best = (*rows[-1][at], place) if word == their else max(rows[-1][at + 1], new[at], key=len)
            new.append(best)
        rows.append(new)
    return set(rows[-1][-1])


def _f1(same: int, ours: int, theirs: int) -> float:
    return 100 * (2 * same / (ours + theirs)) if same else 0.0


def repeated(summary: Sequence[str]) -> int:
    """Runs of four words that a summary has more than once."""
    return sum(count - 1 for count in sum((_grams(_stems(one), _REPEATED) for one in summary), Counter()).values())


def lead(text: str, most: int = _SENTENCES) -> list[str]:
    """The first sentences of a text; bylines and the like, shorter than any sentence we take, are none."""
    told = (text[start:end] for start, end in sentence_spans(text))
    return [sentence for sentence in told if len(list(words(sentence))) >= SHORTEST][:most]


def reprinted(text: str) -> str:
    """The same story as another paper prints it."""
    told = [text[start:end] for start, end in sentence_spans(text)]
    kept = [sentence for at, sentence in enumerate(told) if at % 4 != 2]
    changed = [" ".join(_EXCHANGED.get(word, word) for word in sentence.split(" ")) for sentence in kept]
    return " ".join([f"Our readers asked for more about it. {changed[0]}", *changed[1:]])


def summarised(library: Library, name: str) -> list[str]:
    """The key sentences of a document or a topic, as the program gives them."""
    found = library.summarize(name)
    return [quotation.text for quotation in found.summary] if isinstance(found, Summary) else []


def _library(folder: str, documents: Sequence[Document]) -> Library:
    library = Library.open(Path(folder), engine(f"sqlite:///{folder}/alibaba.db"))
    failed = [one for one in library.add(documents) if one.error]
    assert not failed, failed
    library.refresh()
    return library


def _articles(rows: Sequence[dict[str, str]]) -> tuple[list[list[str]], list[list[str]]]:
    """What the program and the yardstick make of each article."""
    documents = [Document(row["id"], row["article"]) for row in rows]
    with TemporaryDirectory() as folder:
        library = _library(folder, documents)
        return [summarised(library, one.id) for one in documents], [lead(row["article"]) for row in rows]


def _stories(rows: Sequence[dict[str, str]]) -> tuple[list[int], list[int]]:
    """The repetitions where two versions of a story are summarised together, each story in a library of its own."""
    ours, theirs = [], []
    for row in rows:
        again = reprinted(row["article"])
        topic = max(_grams(_stems(row["article"]), 1).items(), key=lambda item: (len(item[0][0]) > 4, item[1], item[0]))
        with TemporaryDirectory() as folder:
            library = _library(folder, [Document("one", row["article"]), Document("two", again)])
            ours.append(repeated(summarised(library, topic[0][0])))
        theirs.append(repeated([*lead(row["article"]), *lead(again)]))
    return ours, theirs


def main() -> int:
    """Print the table; returns 1 when the yardstick is better."""
    options = argparse.ArgumentParser(prog="python -m tests.bench.summaries", description=__doc__)
    options.add_argument("--data", metavar="DIR", required=True, help="a folder with cnndm_dev.jsonl in it")
    file = Path(options.parse_args().data) / "cnndm_dev.jsonl"
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    ours, theirs = _articles(rows)
    means = []
    as_many = [lead(row["article"], len(summary)) for row, summary in zip(rows, ours, strict=True)]
    for name, made in (("ours", ours), ("lead-3", theirs), ("lead, as many as ours", as_many)):
        scores = [rouge(summary, row["summary"].split("\n")) for summary, row in zip(made, rows, strict=True)]
        means.append(Rouge(*(mean(column) for column in zip(*scores, strict=True))))
        size = mean(len(_stems(" ".join(summary))) for summary in made)
        print(f"{name:21} ROUGE-1/2/L {' / '.join(f'{value:.1f}' for value in means[-1])}  {size:.0f} words")
    again, leading = _stories(rows)
    print(f"two of one story, repeated runs of {_REPEATED} words: ours {mean(again):.1f}, lead-3 {mean(leading):.1f}")
    return int(any(a < b for a, b in pairwise([tuple(means[0]), tuple(means[1])])) or mean(again) >= mean(leading))


if __name__ == "__main__":
    sys.exit(main())
