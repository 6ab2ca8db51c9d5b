"""How well passages are ranked on judged collections, clean and misspelled: nDCG@10 and recall@100.

python -m tests.bench.retrieval --data DIR

DIR has a folder for each collection: corpus.jsonl, queries.jsonl, qrels.tsv and any number of queries.typo*.jsonl.
Of ours it is the commands themselves that are measured: `index`, then `search --queries … --run …`. Beside it stand
the other engines of the bench, each with a document as one passage.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from content import formats
from content.documents import Document
from tests.bench.engines import ENGINES

ROOT = Path(__file__).parent.parent.parent
#: nDCG@10 of Lucene's BM25 where it is known, what we must reach of it on each, and on their mean.
LUCENE = {"cranfield": 0.359, "npl": 0.432}
EACH, MEAN = 1.03, 1.06
#: What is left of our own clean score with two typos in each query.
KEPT = 0.98

#: How deep recall is looked at.
DEPTH = 100

#: query → document → grade
Judged = Mapping[str, Mapping[str, int]]
#: query → documents, best first
Run = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Score:
    """Means over the judged queries of a collection."""

    ndcg: float
    recall: float


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """nDCG with linear gain (it reproduces the published figures)."""
    ideal = _gained(sorted(grades.values(), reverse=True)[:depth])
    return _gained([grades.get(document, 0) for document in ranked[:depth]]) / ideal if ideal else 0.0


def _gained(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def recall(ranked: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """The share of the relevant documents among the first."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant & set(ranked[:depth])) / len(relevant) if relevant else 0.0


def scored(run: Run, judged: Judged) -> Score:
    """The means over all judged queries, those without a result included."""
    return Score(
        statistics.mean(ndcg(run.get(query, ()), grades) for query, grades in judged.items()),
        statistics.mean(recall(run.get(query, ()), grades) for query, grades in judged.items()),
    )


def read_judged(file: Path) -> Judged:
    """Lines of query, document, grade."""
    judged: dict[str, dict[str, int]] = defaultdict(dict)
    for line in file.read_text("utf-8").splitlines():
        query, document, grade = line.split("\t")
        judged[query][document] = int(grade)
    return judged


def read_queries(file: Path) -> list[tuple[str, str]]:
    """Names and texts."""
    rows = map(json.loads, file.read_text("utf-8").splitlines())
    return [(str(row["id"]), row["text"]) for row in rows]


def read_run(file: Path) -> Run:
    """A TREC run; the order is that of the scores, as evaluators read it."""
    lines = [line.split() for line in file.read_text("utf-8").splitlines()]
    run: dict[str, list[str]] = defaultdict(list)
    for query, _, document, *_ in sorted(lines, key=lambda line: (line[0], -float(line[4]), int(line[3]))):
        run[query].append(document)
    return run


class Collection:
    """A judged collection, indexed into a data directory by the command."""

    def __init__(self, folder: Path, data_dir: Path) -> None:
        self._folder, self._data_dir = folder, data_dir
        self.name = folder.name
        self.judged = read_judged(folder / "qrels.tsv")
        self._command("index", str(folder / "corpus.jsonl"), "--json", fails=True)  # some documents have no text

    def score(self, queries: Path) -> Score:
        """What a run of these queries is worth."""
        asked, run = self._data_dir / "queries.tsv", self._data_dir / f"{queries.stem}.run"
        asked.write_text("".join(f"{name}\t{text}\n" for name, text in read_queries(queries)), "utf-8")
        self._command("search", "--queries", str(asked), "--run", str(run))
        return scored(read_run(run), self.judged)

    def clean(self) -> Score:
        """The queries as they were asked."""
        return self.score(self._folder / "queries.jsonl")

    def misspelled(self) -> list[Score]:
        """The same with typos, each set of them."""
        return [self.score(file) for file in self._misspelled()]

    def beside(self, name: str) -> tuple[Score, list[Score]]:
        """What another engine makes of the same: clean, and each set with typos."""
        build, opened, _ = ENGINES[name]
        read = [one for one in formats.documents(self._folder / "corpus.jsonl") if isinstance(one, Document)]
        build(self._data_dir / name, (replace(one, text=" ".join(one.text.split())) for one in read))
        search = opened(self._data_dir / name)

        def score(queries: Path) -> Score:
            found = {query: search(text, DEPTH) for query, text in read_queries(queries)}
            return scored({query: [read[int(at)].id for at in places] for query, places in found.items()}, self.judged)

        return score(self._folder / "queries.jsonl"), [score(file) for file in self._misspelled()]

    def _misspelled(self) -> list[Path]:
        return sorted(self._folder.glob("queries.typo*.jsonl"))

    def _command(self, *words: str, fails: bool = False) -> None:
        environment = os.environ | {"ALIBABA_DATA_DIR": str(self._data_dir), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "bot", *words]
        subprocess.run(command, env=environment, check=not fails, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def measured(folder: Path) -> tuple[float | None, float]:
    """Print a collection's figures; returns its ratio to Lucene's, where known, and what typos leave of it."""
    with tempfile.TemporaryDirectory() as data_dir:
        collection = Collection(folder, Path(data_dir))
        clean, typos = collection.clean(), collection.misspelled()
        others = {name: collection.beside(name) for name, (*_, most) in ENGINES.items() if most and name != "ours"}
    lucene = LUCENE.get(collection.name)
    ratio = clean.ndcg / lucene if lucene else None
    kept = statistics.mean(one.ndcg for one in typos) / clean.ndcg if typos else 1.0
    beside = f"{ratio:.3f} × Lucene" if ratio else ""
    print(f"{collection.name:12} clean  nDCG@10 {clean.ndcg:.4f}  recall@100 {clean.recall:.4f}  {beside}")
    for number, one in enumerate(typos, 1):
        print(f"{'':12} typo {number} nDCG@10 {one.ndcg:.4f}  recall@100 {one.recall:.4f}  {one.ndcg / clean.ndcg:.3f}")
    for name, (other, misspelled) in others.items():
        some = statistics.mean(one.ndcg for one in misspelled) if misspelled else 0.0
        print(f"{name:12} clean  nDCG@10 {other.ndcg:.4f}  recall@100 {other.recall:.4f}  with typos {some:.4f}")
    return ratio, kept


def main() -> int:
    """Measure every collection; returns 1 below a mark."""
    options = argparse.ArgumentParser(prog="python -m tests.bench.retrieval", description=__doc__)
    options.add_argument("--data", metavar="DIR", required=True, type=Path, help="a folder of judged collections")
    folders = sorted(file.parent for file in options.parse_args().data.glob("*/qrels.tsv"))
    results = [measured(folder) for folder in folders]
    ratios = [ratio for ratio, _ in results if ratio]
    if not ratios:
        print("no collection with known figures there")
        return 1
    kept = min(share for _, share in results)
    print(f"mean ratio {statistics.mean(ratios):.3f} (mark {MEAN}); typos keep {kept:.3f} at worst (mark {KEPT})")
    return int(min(ratios) < EACH or statistics.mean(ratios) < MEAN or kept < KEPT)


if __name__ == "__main__":
    sys.exit(main())
