"""Syndicated copies among passages: each is shown once, as it was first published, with the names of the others.

Two passages are copies when at least half of the longer one's runs of three words stand in the other (EVIDENCE §5)
and both have the same numbers: a copy that says another number is news.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from content.documents import Hit

_SHARED = 0.5
#: Runs of three words from which a passage is more than a phrase that anybody may use.
_TELLING = 5
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"\w+")

Run = tuple[str, str, str]


@dataclass(slots=True)
class _Story:
    """A passage, by rank the first of its kind, and its copies in other documents."""

    runs: frozenset[Run]
    numbers: frozenset[str]
    hits: list[Hit] = field(default_factory=list)

    def takes(self, hit: Hit, other: "_Story") -> bool:
        """Whether a passage is a copy of this one; a document does not copy itself."""
        shared = len(self.runs & other.runs) >= _SHARED * max(len(self.runs), len(other.runs))
        return shared and self.numbers == other.numbers and not self._has(hit.passage.document)

    def _has(self, document: str) -> bool:
        return any(hit.passage.document == document for hit in self.hits)


def first_publications(hits: Sequence[Hit], dates: Mapping[str, str | None]) -> list[Hit]:
    """The passages without their copies, ranked anew; ``dates`` are those of the documents, as ISO 8601.

    In the place of the best copy stands the earliest that is dated, else the best; it names the documents of the rest.
    """
    found = _alone(hits) if len({hit.passage.document for hit in hits}) < 2 else list(_stories(hits))
    return [_shown(rank, story.hits, dates) for rank, story in enumerate(found, 1)]


def _alone(hits: Sequence[Hit]) -> list[_Story]:
    return [_Story(frozenset(), frozenset(), [hit]) for hit in hits]


def _stories(hits: Sequence[Hit]) -> Iterator[_Story]:
    stories: list[_Story] = []
    having: dict[Run, list[int]] = {}
    for hit in hits:
        other = _story(hit)
        shared = Counter(at for run in other.runs for at in having.get(run, ()))
        copied = next(
            (at for at in sorted(shared, key=lambda at: (-shared[at], at)) if stories[at].takes(hit, other)), None
        )
        if copied is None:
            copied = len(stories)
            stories.append(other)
            for run in other.runs:
                having.setdefault(run, []).append(copied)
        stories[copied].hits.append(hit)
    yield from stories


def _story(hit: Hit) -> _Story:
    said = _WORD.findall(hit.passage.text.lower())
    runs = frozenset(zip(said, said[1:], said[2:], strict=False))
    telling = runs if len(runs) >= _TELLING else frozenset[Run]()
    return _Story(telling, frozenset(_NUMBER.findall(hit.passage.text)))


def _shown(rank: int, copies: Sequence[Hit], dates: Mapping[str, str | None]) -> Hit:
    first = min(copies, key=lambda hit: (dates.get(hit.passage.document) or "~", hit.rank))
    others = tuple(hit.passage.document for hit in copies if hit is not first)
    return replace(first, rank=rank, passage=replace(first.passage, also_in=others), score=copies[0].score)
