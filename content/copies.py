"""Syndicated copies: a passage, or a figure, is shown once, as it was first published, with the names of the others.

Two passages are copies when at least half of the longer one's runs of three words stand in the other (EVIDENCE §5)
and both have the same numbers: a copy that says another number is news.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations

from content.documents import Figure, Hit, SourceDocument

#: Share of the runs of one text that must stand in the other.
SHARED = 0.5
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
        shared = len(self.runs & other.runs) >= SHARED * max(len(self.runs), len(other.runs))
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
        shared = Counter(at for run in having.keys() & other.runs for at in having[run])
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


def runs(text: str) -> frozenset[Run]:
    """The runs of three words of a text.

    >>> sorted(runs("It pledged $53 billion."))
    [('it', 'pledged', '53'), ('pledged', '53', 'billion')]
    """
    said = _WORD.findall(text.lower())
    return frozenset(zip(said, said[1:], said[2:], strict=False))


def _story(hit: Hit) -> _Story:
    found = runs(hit.passage.text)
    telling = found if len(found) >= _TELLING else frozenset[Run]()
    return _Story(telling, frozenset(_NUMBER.findall(hit.passage.text)))


def _shown(rank: int, copies: Sequence[Hit], dates: Mapping[str, str | None]) -> Hit:
    first = min(copies, key=lambda hit: (dates.get(hit.passage.document) or "~", hit.rank))
    others = tuple(hit.passage.document for hit in copies if hit is not first)
    return replace(first, rank=rank, passage=replace(first.passage, also_in=others), score=copies[0].score)


#: Documents beyond which a common paragraph is a formula rather than a story.
_MOST_COPIES = 20
#: A figure, and the other documents that have its very sentence.
ToldOnce = tuple[Figure, tuple[str, ...]]


def told_once(figures: Iterable[Figure], dates: Mapping[str, str | None]) -> list[ToldOnce]:
    """Figures without those of copied sentences, each in the place of its first.

    Shown is the one of the earliest dated document, as in :func:`first_publications`. Short sentences copy nothing:
    anybody may write "It has 10 robots."
    """
    groups: dict[tuple[object, ...], list[Figure]] = {}
    seen: Counter[tuple[object, ...]] = Counter()
    for figure in figures:
        said = (figure.text, *_WORD.findall(figure.sentence.lower()))
        told = said if len(said) > _TELLING + 2 else (figure.document, *said)
        seen[figure.document, told] += 1
        groups.setdefault((seen[figure.document, told], *told), []).append(figure)
    return [_first(group, dates) for group in groups.values()]


def _first(copied: Sequence[Figure], dates: Mapping[str, str | None]) -> ToldOnce:
    first = min(copied, key=lambda figure: dates.get(figure.document) or "~")
    return first, tuple(figure.document for figure in copied if figure is not first)


def same_stories(shared: Mapping[str, Sequence[str]], passages: Mapping[str, int]) -> dict[str, set[str]]:
    """Document → those that are copies of it or it of them: at least half of the longer one's passages stand in both.

    ``shared`` are texts of passages with the documents that have them, ``passages`` how many each document has. What
    very many have ("About Alibaba Group …") is no story.
    """
    distinct = map(sorted, map(set, shared.values()))
    both = Counter(pair for having in distinct if len(having) <= _MOST_COPIES for pair in permutations(having, 2))
    found: dict[str, set[str]] = {}
    for (one, other), count in both.items():
        if count >= SHARED * max(passages.get(one, 0), passages.get(other, 0)):
            found.setdefault(one, set()).add(other)
    return found


def labelled(documents: Sequence[SourceDocument], shared: Mapping[str, Sequence[str]]) -> tuple[SourceDocument, ...]:
    """The documents, those that are copies of each other labelled: the first "also in …", the others "copy of …"."""
    copies = same_stories(shared, {one.document: one.passages for one in documents})
    dates = {one.document: (one.published or one.inferred or "~", one.document) for one in documents}
    return tuple(
        replace(one, labels=(*one.labels, _told(one.document, copies[one.document], dates)))
        if one.document in copies
        else one
        for one in documents
    )


def _told(document: str, others: Iterable[str], dates: Mapping[str, tuple[str, str]]) -> str:
    first, *rest = sorted((document, *others), key=dates.__getitem__)
    return f"also in {', '.join(rest)}" if first == document else f"copy of {first}"
