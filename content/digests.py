"""What came since the last digest, as a careful editor would tell it: the stories, what they change, what they add.

A story is told once, however many publish it: by whoever says what changed, else by whoever published it first. Beneath
it stand what it changes, where it differs from what others say, and the few figures nobody told before. Stories that
change or contradict something come first, then those that many tell. Advertising is left out, and so is what only
repeats an older document. Of a page that changed the figures are told that others took the place of.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import Literal

from content.citations import Quoted, ReadAt, linked, numbered, quotations, sentence_of, stands_in
from content.dates import dated, stated_date
from content.documents import Copy, Document, Figure, Passage, Quotation, Relation, Source
from content.gathering import gathered
from content.index import Index, inverse_document_frequency
from content.news import Differing, news
from content.provenance import PRESS_RELEASE
from content.store import Store
from content.summaries import Idf, telling_sentence
from content.tellings import Telling, stories

#: What differs and new figures told beneath a story; counts below which one says little: "three strategic bets".
_DIFFERING, _FIGURES, _TELLING_COUNT = 5, 2, 1_000
#: How much a new figure of each kind matters; others do not.
_KINDS = {"money": 3.0, "percent": 2.0, "multiple": 1.5, "count": 1.0}
#: Passages of a text among whose sentences the one is looked for that matters.
_READ = 40
#: What makes a story come first: what it changes, contradicts, tells differently; each other who tells it; each figure.
_WEIGHT: Mapping[Relation, float] = {"changed": 4.0, "contradicts": 3.0, "reported_differently": 1.5}
_TELLER, _MOST_TELLERS, _NEW_FIGURE = 1.0, 4, 0.5


@dataclass(frozen=True, slots=True)
class Side:
    """A figure of a digest and where it stands."""

    figure: Figure
    #: its sentence; ``None`` where its document no longer says it
    quotation: Quotation | None


@dataclass(frozen=True, slots=True)
class Teller:
    """Another document that tells a story in its own words."""

    document: str
    title: str | None
    publisher: str | None
    #: the documents that are copies of it
    also_in: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A story, told by one document."""

    #: items of one story have one number, and stand together
    story: int
    #: the sentence that matters; the documents that are copies are in its source's ``also_in``
    quotation: Quotation
    told_by: tuple[Teller, ...] = ()
    kind: Literal["document"] = "document"


@dataclass(frozen=True, slots=True)
class NewFigure:
    """A figure that nobody told before."""

    story: int
    side: Side
    kind: Literal["figure"] = "figure"


@dataclass(frozen=True, slots=True)
class Difference:
    """Figures of one quantity that do not say the same; one side is new."""

    story: int
    kind: Literal["changed", "disagreement"]
    relation: Relation
    about: str
    #: where it has changed, the old one and the new one
    sides: tuple[Side, ...]

    @property
    def quantity(self) -> str:
        """What it is about; "" where the figures' own words say so: "5 million customers"."""
        said = any(self.about.casefold() in side.figure.text.casefold() for side in self.sides)
        return "" if said else self.about


Item = NewDocument | NewFigure | Difference


@dataclass(frozen=True, slots=True)
class Digest:
    """What arrived with the changes after one number."""

    after: int
    #: the last change it includes: the ``after`` of the next one
    upto: int
    #: how many documents arrived, advertising aside
    documents: int
    #: the stories, the first matters most
    items: tuple[Item, ...]
    #: what the citations lead to
    sources: tuple[Source, ...]

    def stories(self) -> tuple[tuple[Item, ...], ...]:
        """The items of each story."""
        return tuple(tuple(items) for _, items in groupby(self.items, key=attrgetter("story")))

    def who(self, side: Side, beside: str) -> tuple[str, ...]:
        """Whom a figure's text names, who published it, and when; nobody where its document no longer says it.

        Of the document it is told ``beside`` only whom it names, if it names somebody.
        """
        source, named = self.source(side.quotation), side.figure.attributed_to
        if source is None or (named and source.document == beside):
            return (named,) if source and named else ()
        publisher = source.publisher or source.title or source.document
        told = (named, publisher, dated(source.published, source.inferred))
        return tuple(dict.fromkeys(one for one in told if one))

    def source(self, quotation: Quotation | None) -> Source | None:
        """Where a sentence stands."""
        return next((one for one in self.sources if quotation and one.n == quotation.citation), None)


@dataclass(frozen=True, slots=True)
class _Story:
    """A story before anything in it is cited."""

    #: the documents that tell it, whose sentence is quoted first; none where a known page was revised
    tellings: tuple[Telling, ...]
    quoted: Quoted | None
    differing: tuple[Differing, ...]
    figures: tuple[Figure, ...] = ()

    @property
    def weight(self) -> float:
        tellers = _TELLER * min(len(self.tellings) - 1, _MOST_TELLERS) if self.tellings else 0.0
        released = bool(self.tellings) and self.tellings[0].document.label == PRESS_RELEASE
        differing = sum(_WEIGHT[one.relation] for one in self.differing)
        return differing + tellers + _NEW_FIGURE * len(self.figures) - released

    @property
    def newest(self) -> str:
        return max((stated_date(one.document.published) for one in self.tellings), default="")


def digest(store: Store, index: Index, changes: tuple[int, int], read_at: ReadAt | None) -> Digest:
    """What arrived with the changes after the first number and up to the second."""
    after, upto = changes
    found = gathered(store, index, after, upto)

    def idf(term: str) -> float:
        return inverse_document_frequency(index.document_frequency(term), index.passages())

    told = news(found.figures, found.known, found.documents)
    revised = (Differing("changed", one.now.about or "", (one.before, one.now), one.now) for one in found.revisions)
    made = [_Story((), None, (one,)) for one in revised]
    for tellings in stories(found.tellings, idf, told.alike):
        names = {one.name for one in tellings}
        differing = [one for one in told.differing if one.new.document in names]
        made.append(_story(tellings, differing, [one for one in told.figures if one.document in names], idf))
    made.sort(key=lambda story: story.newest, reverse=True)
    made.sort(key=lambda story: story.weight, reverse=True)
    items, sources = _cited(store, made, read_at)
    return Digest(after, upto, found.arrived, items, sources)


def _story(tellings: Sequence[Telling], differing: Sequence[Differing], fresh: Sequence[Figure], idf: Idf) -> _Story:
    """Led by who says what changed, in that sentence; else by who published first."""
    differing = sorted(differing, key=lambda one: -_WEIGHT[one.relation])[:_DIFFERING]
    changed = next((one.new for one in differing if one.relation == "changed"), None)
    first = next((one for one in tellings if changed and one.name == changed.document), tellings[0])
    others = (one for one in tellings if one is not first)
    quoted = _standing(changed, first.passages) if changed else None
    quoted = quoted or telling_sentence(first.passages[:_READ], idf)
    shown = {one.new.sentence for one in differing} | ({quoted[1].text} if quoted else set())
    return _Story((first, *others), quoted, tuple(differing), _few(fresh, shown))


def _few(fresh: Sequence[Figure], shown: set[str]) -> tuple[Figure, ...]:
    """The new figures that matter most, one of a sentence, none of those that are quoted anyway."""
    ranked = sorted((one for one in fresh if _matters(one) and one.sentence not in shown), key=_matters, reverse=True)
    distinct = {one.sentence: one for one in reversed(ranked)}
    return tuple(one for one in ranked if distinct[one.sentence] is one)[:_FIGURES]


def _matters(figure: Figure) -> float:
    size = max(abs(figure.low or 0), abs(figure.high or 0))
    if figure.kind not in _KINDS or figure.unit is None or (figure.kind == "count" and size < _TELLING_COUNT):
        return 0.0
    return _KINDS[figure.kind] + bool(figure.about) + bool(figure.period)


def _cited(store: Store, made: Sequence[_Story], read_at: ReadAt | None) -> tuple[tuple[Item, ...], tuple[Source, ...]]:
    """The stories as items, and the passages they quote as numbered sources."""
    said = {figure for story in made for one in story.differing for figure in one.figures}
    said.update(figure for story in made for figure in story.figures)
    places = dict(_places(store, said))
    quoted = list(_in_order(made, places))
    sources = numbered(store, (passage for passage, _ in quoted))
    copies = sorted({name for story in made for one in story.tellings for name in one.copies})
    citing = _Citing(places, sources, store.headers(copies))
    items = tuple(item for n, story in enumerate(made, 1) for item in citing.items(n, story))
    return items, linked(sources, quotations(quoted, sources), read_at)


def _places(store: Store, figures: set[Figure]) -> Iterator[tuple[Figure, Quoted]]:
    """Where figures stand that their documents still say."""
    for name in sorted({figure.document for figure in figures}):
        passages = store.passages_of(name)
        for figure in figures:
            if figure.document == name and (place := _standing(figure, passages)):
                yield figure, place


def _standing(figure: Figure, passages: Iterable[Passage]) -> Quoted | None:
    there = (one for one in passages if stands_in(figure, one) and figure.sentence in one.text)
    return next((sentence_of(figure, one) for one in there), None)


def _in_order(made: Iterable[_Story], places: Mapping[Figure, Quoted]) -> Iterator[Quoted]:
    for story in made:
        if story.quoted:
            passage, sentence = story.quoted
            yield replace(passage, also_in=story.tellings[0].copies), sentence
        figures = [*(figure for one in story.differing for figure in one.figures), *story.figures]
        yield from (places[figure] for figure in figures if figure in places)


@dataclass(frozen=True, slots=True)
class _Citing:
    """What it takes to number what stories quote."""

    places: Mapping[Figure, Quoted]
    sources: Sequence[Source]
    #: the documents that are copies of others
    copied: Mapping[str, Document]

    def items(self, n: int, story: _Story) -> Iterator[Item]:
        if story.quoted:
            yield from (
                NewDocument(n, quotation, tuple(map(self._teller, story.tellings[1:])))
                for quotation in quotations([story.quoted], self.sources)
            )
        for one in story.differing:
            kind: Literal["changed", "disagreement"] = "changed" if one.relation == "changed" else "disagreement"
            yield Difference(n, kind, one.relation, one.about, tuple(map(self._side, one.figures)))
        yield from (NewFigure(n, self._side(figure)) for figure in story.figures)

    def _teller(self, one: Telling) -> Teller:
        copies = (self.copied[name] for name in one.copies if name in self.copied)
        also_in = tuple(Copy(copy.id, copy.title, copy.publisher) for copy in copies)
        return Teller(one.name, one.document.title, one.document.publisher, also_in)

    def _side(self, figure: Figure) -> Side:
        place = self.places.get(figure)
        return Side(figure, next(iter(quotations([place], self.sources)), None) if place else None)
