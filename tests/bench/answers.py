"""Which sentence answers, and when none does, on judged questions: WikiQA and TREC-QA.

python -m tests.bench.answers --data DIR

DIR has ``*.jsonl`` files of questions with candidate sentences and labels. Selection is measured beside hand-5
(``tests/bench/hand5.py``), with ties averaged over their orders. Refusal: each question is put to the document that
answers it, to another one (one that shares a word of its title where there is such), and to its own without the
sentences that answer. Shipped weights are measured as they are, and learned anew in ten folds.
"""

import argparse
import json
import math
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import comb
from pathlib import Path
from typing import Any

from content.confidence import LINE, confidence, grounds
from content.documents import Hit, Passage
from content.questions import thing_asked_for
from content.ranking import Candidate, Query, candidates, query, weighted
from content.reading import THING, related
from content.words import matter, stem
from tests.bench.fitting import Row, Vector, ten_fold
from tests.bench.hand5 import Frequencies, hand5, stems_of

#: hit@3 on WikiQA above hand-5's by so many points; false answers where so many of the answerable are answered.
BETTER, FALSE, ANSWERED = 3.0, 12.0, 0.75
SHARES = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
#: A stem in more than this share of the sentences is what they are about, as in ``content.answers``.
_EVERYWHERE = 0.2
#: What a question to its own document less the answer counts in learning: some of these are answered all the same.
_HARD = 0.3
#: What a pair of a right and a wrong sentence counts against the ridge.
_PAIR = 6.0
#: How sure: of the answer in its own document, in another one, in its own less the answer.
Sures = tuple[float, float, float | None]
_CLOSED = re.compile(r"[.!?…:]\W*$")


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and the sentences of a document, those that answer marked."""

    id: str
    question: str
    title: str | None
    sentences: tuple[str, ...]
    labels: tuple[bool, ...]

    @property
    def answered(self) -> bool:
        return any(self.labels)

    def without_answer(self) -> "Judged":
        """The same with the sentences taken out that answer."""
        kept = tuple(one for one, right in zip(self.sentences, self.labels, strict=True) if not right)
        return Judged(self.id, self.question, self.title, kept, (False,) * len(kept))


@dataclass(frozen=True, slots=True)
class Weighed:
    """A question put to a document: what its sentences are worth, and the grounds for the best one."""

    labels: Sequence[bool]
    scores: Sequence[float]
    evidence: Sequence[Vector]
    grounds: Vector
    sure: float


def read(file: Path) -> list[Judged]:
    """The answered questions of a file."""
    rows: Iterator[Mapping[str, Any]] = map(json.loads, file.read_text("utf-8").splitlines())
    judged = (
        Judged(row["qid"], row["question"], row.get("title"), tuple(row["candidates"]), tuple(map(bool, row["labels"])))
        for row in rows
    )
    return [one for one in judged if one.answered]


def weigh(judged: Judged, frequencies: Frequencies, question: str | None = None) -> Weighed:
    """Put a question (its own unless another is given) to a document; the program does the rest."""
    hits, places = _as_passages(judged)
    asked = _query(question or judged.question, frequencies, hits)
    ranked = candidates(asked, hits)
    best = {at: _best(ranked, place) for at, place in enumerate(places)}
    found = grounds(asked, ranked[0], 0.0)
    return Weighed(
        judged.labels,
        [one.score if (one := best[at]) else -1.0 for at in range(len(places))],
        [tuple(one.evidence) if (one := best[at]) else (0.0,) * len(ranked[0].evidence) for at in range(len(places))],
        tuple(found),
        confidence(found),
    )


def _query(question: str, frequencies: Frequencies, hits: Sequence[Hit]) -> Query:
    thing = thing_asked_for(question)
    terms = {term: frequencies.idf(term) * (THING if term == thing else 1.0) for term in map(stem, matter(question))}
    often = _EVERYWHERE * frequencies.sentences
    return query(question, terms, related(question), lambda term: frequencies.having[term] > often, hits)


def _as_passages(judged: Judged) -> tuple[list[Hit], list[tuple[int, int]]]:
    """A titled document's sentences are one paragraph, captions apart; without a title each has a document."""
    groups: list[list[int]] = []
    for at in range(len(judged.sentences)):
        follows = judged.title and groups and all(_CLOSED.search(judged.sentences[one]) for one in (at, groups[-1][-1]))
        if follows:
            groups[-1].append(at)
        else:
            groups.append([at])
    hits, places, start = [], [], 0
    for rank, group in enumerate(groups, 1):
        text = " ".join(judged.sentences[at] for at in group)
        hits.append(Hit(rank, Passage("judged", rank, start, start + len(text), text), judged.title, 1.0))
        for at in group:
            places.append((start, start + len(judged.sentences[at])))
            start += len(judged.sentences[at]) + 1
    return hits, places


def _best(ranked: Sequence[Candidate], place: tuple[int, int]) -> Candidate | None:
    """The best of the program's sentences within a judged one."""
    return next((one for one in ranked if one.sentence.start < place[1] and one.sentence.end > place[0]), None)


def hit_at(depth: int, scores: Sequence[float], labels: Sequence[bool]) -> float:
    """The chance that a right sentence is among the first, sentences of one score being in any order."""
    missed, left = 1.0, depth
    for score in sorted({round(score, 9) for score in scores}, reverse=True):
        tied = [label for one, label in zip(scores, labels, strict=True) if round(one, 9) == score]
        taken = min(left, len(tied))
        missed *= comb(len(tied) - sum(tied), taken) / comb(len(tied), taken)
        left -= taken
        if not left:
            break
    return 1 - missed


def hits_of(scored: Sequence[tuple[Sequence[float], Sequence[bool]]]) -> tuple[float, float]:
    """hit@1 and hit@3 in per cent."""
    first, third = (100 * sum(hit_at(depth, *one) for one in scored) / len(scored) for depth in (1, 3))
    return first, third


def _pairs(weighed: Weighed) -> list[Row]:
    """What a right sentence has more than a wrong one; of a question with many pairs each is shorter."""
    right = [one for one, label in zip(weighed.evidence, weighed.labels, strict=True) if label]
    wrong = [one for one, label in zip(weighed.evidence, weighed.labels, strict=True) if not label]
    length = math.sqrt(len(right) * len(wrong))
    return [
        (tuple((a - b) / length for a, b in zip(more, less, strict=True)), True, _PAIR)
        for more in right
        for less in wrong
    ]


def other_document(at: int, judged: Sequence[Judged]) -> Judged:
    """The next document that shares a word of the title, else the next about something else."""
    own = judged[at]
    others = [judged[(at + step) % len(judged)] for step in range(1, len(judged))]
    others = [other for other in others if other.title != own.title or own.title is None]
    words = stems_of(own.title or "")
    sharing = (other for other in others if words & stems_of(other.title or ""))
    series = own.id.split(".")[0]
    return next(sharing, None) or next(other for other in others if other.id.split(".")[0] != series or own.title)


@dataclass(frozen=True, slots=True)
class Put:
    """A question put to its document, to another, and to its own less the answer."""

    own: Weighed
    other: Weighed
    taken_out: Weighed | None

    def rows(self) -> list[Row]:
        """For learning the confidence; the last column is the constant."""
        rows: list[Row] = [((*self.own.grounds, 1.0), True, 1.0), ((*self.other.grounds, 1.0), False, 1.0)]
        if self.taken_out:
            rows.append(((*self.taken_out.grounds, 1.0), False, _HARD))
        return rows


def put(judged: Sequence[Judged], frequencies: Frequencies) -> list[Put]:
    """Every question, three times."""
    found = []
    for at, one in enumerate(judged):
        less = one.without_answer()
        other = weigh(other_document(at, judged), frequencies, one.question)
        taken_out = weigh(less, frequencies) if less.sentences else None
        found.append(Put(weigh(one, frequencies), other, taken_out))
    return found


def false_at(share: float, right: Sequence[float], wrong: Sequence[float]) -> float:
    """Per cent of the unanswerable answered where the line lets that share of the answerable through."""
    line = sorted(right, reverse=True)[max(0, round(share * len(right)) - 1)]
    return 100 * sum(one >= line for one in wrong) / len(wrong)


def curve(name: str, sure: Sequence[Sures]) -> float:
    """Print false answers against answered; returns what the mark is on."""
    right, other = [one[0] for one in sure], [one[1] for one in sure]
    out = [one[2] for one in sure if one[2] is not None]
    print(f"  {name:22}" + "".join(f"{share:7.0%}" for share in SHARES) + "  of the answerable answered")
    for what, wrong in (("another document", other), ("answer taken out", out)):
        print(f"  {what:22}" + "".join(f"{false_at(share, right, wrong):6.1f}%" for share in SHARES) + "  false")
    return false_at(ANSWERED, right, other)


@dataclass(frozen=True, slots=True)
class Set:
    """A set of questions, each put to three documents, and the weights learned without the tenth it is in."""

    name: str
    judged: Sequence[Judged]
    frequencies: Frequencies
    asked: Sequence[Put]
    ranking: Sequence[Vector]
    sureness: Sequence[Vector]


def selection(one: Set) -> bool:
    """Print both rankers; whether the marks are kept."""
    ours = hits_of([(asked.own.scores, asked.own.labels) for asked in one.asked])
    theirs = hits_of([(hand5(each.question, each.sentences, one.frequencies), each.labels) for each in one.judged])
    anew = [
        ([weighted(each, weights) for each in asked.own.evidence], asked.own.labels)
        for asked, weights in zip(one.asked, one.ranking, strict=True)
    ]
    print(f"{one.name}, {len(one.judged)} questions{'hit@1':>14}{'hit@3':>8}")
    for what, (first, third) in (("hand-5", theirs), ("ours", ours), ("learned, ten folds", hits_of(anew))):
        print(f"  {what:30}{first:8.1f}{third:8.1f}")
    return ours[0] >= theirs[0] and (one.name != "wikiqa" or ours[1] >= theirs[1] + BETTER)


def refusal(one: Set) -> bool:
    """Print the curves with the shipped weights and with learned ones, and where the shipped line lies."""
    shipped = [_sures(asked, lambda weighed: weighed.sure) for asked in one.asked]
    false = curve("shipped", shipped)
    learned = zip(one.asked, one.sureness, strict=True)
    curve("learned, ten folds", [_sures(asked, partial(_worth, weights)) for asked, weights in learned])
    shares = ([each[which] for each in shipped] for which in range(3))
    above = [_share_above(LINE, some) for some in shares]
    print("  at the shipped line: {:.1f}% answered, {:.1f}% and {:.1f}% false".format(*above))
    return false <= FALSE


def _sures(asked: Put, sure: Callable[[Weighed], float]) -> Sures:
    return sure(asked.own), sure(asked.other), sure(asked.taken_out) if asked.taken_out else None


def _share_above(line: float, sure: Sequence[float | None]) -> float:
    known = [one for one in sure if one is not None]
    return 100 * sum(one >= line for one in known) / len(known)


def _worth(weights: Vector, weighed: Weighed) -> float:
    return weighted((*weighed.grounds, 1.0), weights)


def sets(files: Sequence[Path]) -> Iterator[Set]:
    """All questions put; what is learned is learned from all sets together."""
    judged = [read(file) for file in files]
    frequencies = [Frequencies.of(sentence for one in some for sentence in one.sentences) for some in judged]
    asked = [put(some, counted) for some, counted in zip(judged, frequencies, strict=True)]
    everything = [one for some in asked for one in some]
    ranking, sureness = iter(ten_fold([one.own for one in everything], _pairs)), iter(ten_fold(everything, Put.rows))
    for file, some, counted, puts in zip(files, judged, frequencies, asked, strict=True):
        learned = [[next(weights) for _ in puts] for weights in (ranking, sureness)]
        yield Set(file.stem.split("_")[0], some, counted, puts, *learned)


def main() -> int:
    """Measure every set; returns 1 below a mark."""
    options = argparse.ArgumentParser(prog="python -m tests.bench.answers", description=__doc__)
    options.add_argument("--data", metavar="DIR", required=True, type=Path, help="a folder of judged questions")
    files = sorted(options.parse_args().data.glob("*.jsonl"))
    kept = [mark for one in sets(files) for mark in (selection(one), refusal(one))]
    print("all marks kept" if kept and all(kept) else "a mark is missed")
    return int(not kept or not all(kept))


if __name__ == "__main__":
    sys.exit(main())
