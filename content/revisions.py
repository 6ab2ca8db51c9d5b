"""A document that changed → its figures that others took the place of: "$60 billion" where it said "$53 billion".

A figure was revised when its sentence is gone and one that was not there before differs from it in numbers, and in few
words at most.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from content.documents import Figure
from content.values import same, value

#: rapidfuzz ratio (0..100) from which two sentences without their numbers are one that was mended.
_SAME_SENTENCE = 85
#: Figures of a document that are looked at: what bounds the work.
_MOST = 200
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure of a document and the one that took its place."""

    before: Figure
    now: Figure


def revisions(old: Sequence[Figure], new: Sequence[Figure]) -> Iterator[Revision]:
    """The figures of a document that were revised between two versions of it, in the order of the new one."""
    gone = {one.sentence for one in old} - {one.sentence for one in new}
    came = {one.sentence for one in new} - {one.sentence for one in old}
    before = [one for one in old if one.sentence in gone][:_MOST]
    left = {at: _frame(one) for at, one in enumerate(before)}
    for figure in [one for one in new if one.sentence in came][:_MOST]:
        alike = {at: frame for at, frame in left.items() if _comparable(before[at], figure)}
        best = process.extractOne(_frame(figure), alike, scorer=fuzz.ratio, score_cutoff=_SAME_SENTENCE)
        if best:
            del left[best[2]]
            if not _same_value(before[best[2]], figure):
                yield Revision(before[best[2]], figure)


def together(found: Iterable[Revision]) -> list[Revision]:
    """Revisions of one figure after the other as one; what is as it was at first was not revised."""
    chains: dict[tuple[str, str, str], Revision] = {}
    for one in found:
        earlier = chains.pop(_identity(one.before), one)
        chains[_identity(one.now)] = Revision(earlier.before, one.now)
    return [one for one in chains.values() if not _same_value(one.before, one.now)]


def _identity(figure: Figure) -> tuple[str, str, str]:
    return figure.document, figure.text, figure.sentence


def _frame(figure: Figure) -> str:
    """The sentence without its numbers, and where the figure stands in it."""
    before, text, behind = figure.sentence.partition(figure.text)
    return "#".join(_NUMBER.sub("0", part) for part in (before, behind)) if text else figure.sentence


def _comparable(left: Figure, right: Figure) -> bool:
    return (left.kind, left.unit) == (right.kind, right.unit)


def _same_value(left: Figure, right: Figure) -> bool:
    a, b = value(left, signed=True), value(right, signed=True)
    return left.text == right.text or (a is not None and b is not None and same(a, b))
