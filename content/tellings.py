"""New documents → stories: copies of one text together, and texts that tell the same in their own words.

A later text is a copy of an earlier one when half of its runs of three words stand there (EVIDENCE §5) and it has no
figure of its own: a copy that says another number is news. Two texts tell one story when their openings are alike; less
alike will do where both open with figures of one quantity.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from content.copies import SHARED, Run, runs
from content.documents import Document, Figure, Passage
from content.summaries import Vector, cosine
from content.words import stems

#: Runs of three words from which a text is more than a phrase that anybody may use.
_TELLING = 15
#: Passages that open a text.
_OPENING = 3
#: Cosine of two openings from which they tell one story, and where both tell of one quantity.
_ALIKE, _ALIKE_IN_FIGURES = 0.4, 0.18
#: How telling a stem is, as BM25 weighs it.
Weight = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Telling:
    """A document and what of it may be quoted."""

    #: without the text
    document: Document
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]
    #: the documents that are copies of it
    copies: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The document's id."""
        return self.document.id

    @property
    def published(self) -> str:
        """When, to order by; what nobody dated comes last."""
        return self.document.published or self.document.inferred or "~"

    def opens_with(self, figure: Figure) -> bool:
        """Whether a figure stands where the text opens."""
        return figure.document == self.name and any(
            one.start <= figure.start < one.end for one in self.passages[:_OPENING]
        )


@dataclass(frozen=True, slots=True)
class _Text:
    """A telling being sorted in."""

    telling: Telling
    runs: frozenset[Run]
    values: frozenset[object]
    copies: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Texts, and which of them have a run of words."""

    texts: list[_Text] = field(default_factory=list)
    having: dict[Run, list[int]] = field(default_factory=dict)

    def put(self, text: _Text) -> None:
        for run in text.runs:
            self.having.setdefault(run, []).append(len(self.texts))
        self.texts.append(text)

    def original(self, text: _Text) -> _Text | None:
        """What a text is a copy of: what it shares most with, of those the first."""
        if len(text.runs) < _TELLING:
            return None
        shared = Counter(at for run in text.runs for at in self.having.get(run, ()))
        least = SHARED * len(text.runs)
        fits = [at for at in shared if shared[at] >= least and text.values <= self.texts[at].values]
        return self.texts[min(fits, key=lambda at: (-shared[at], at))] if fits else None


def without_copies(new: Sequence[Telling], before: Iterable[Telling] = ()) -> list[Telling]:
    """The new documents, first publications first, each with its copies; none that copies one from ``before``."""
    shelf, found = _Shelf(), list[_Text]()
    for text in map(_text, before):
        shelf.put(text)
    for text in map(_text, sorted(new, key=lambda one: one.published)):
        if original := shelf.original(text):
            original.copies.append(text.telling.name)
        else:
            shelf.put(text)
            found.append(text)
    return [replace(one.telling, copies=tuple(one.copies)) for one in found]


def _text(telling: Telling) -> _Text:
    said = runs(" ".join(passage.text for passage in telling.passages))
    values = frozenset((one.kind, one.unit, one.low, one.high) for one in telling.figures)
    return _Text(telling, said, values)


def stories(
    tellings: Sequence[Telling], weight: Weight, quantities: Iterable[Collection[Figure]]
) -> list[tuple[Telling, ...]]:
    """The tellings of each story, in the order given; ``quantities`` are the figures that tell of one quantity each."""
    openings = [_opening(one, weight) for one in tellings]
    shared = list(_share_a_quantity(tellings, quantities))
    found: list[list[int]] = []
    for at, opening in enumerate(openings):
        fits = {
            n: likeness
            for n, story in enumerate(found)
            if (likeness := cosine(opening, openings[story[0]]))
            >= (_ALIKE_IN_FIGURES if any({at, story[0]} <= both for both in shared) else _ALIKE)
        }
        if fits:
            found[max(fits, key=lambda n: (fits[n], -n))].append(at)
        else:
            found.append([at])
    return [tuple(tellings[at] for at in story) for story in found]


def _share_a_quantity(
    tellings: Sequence[Telling], quantities: Iterable[Collection[Figure]]
) -> Iterator[frozenset[int]]:
    """Which of them open with figures of one quantity."""
    for figures in quantities:
        having = frozenset(at for at, one in enumerate(tellings) if any(map(one.opens_with, figures)))
        if len(having) > 1:
            yield having


def _opening(telling: Telling, weight: Weight) -> Vector:
    """How much each stem tells of what a text is about; its title counts like a passage.

    One is added to every weight: in a small store, whose documents all tell one story, no word is rare but odd ones.
    """
    parts = [telling.document.title or "", *(passage.text for passage in telling.passages[:_OPENING])]
    counts = Counter(chain.from_iterable(map(stems, parts)))
    return {term: (1 + weight(term)) * count / (count + 1) for term, count in counts.items()}
