"""Quoted sentences → numbered sources and the figures that stand in them."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from content.documents import (
    Answer,
    CitedFigure,
    Copy,
    Document,
    Excerpt,
    Figure,
    Passage,
    Place,
    Quotation,
    Sentence,
    Source,
)
from content.links import deep_link
from content.places import fingerprint, to_keep
from content.provenance import SPONSORED
from content.store import PassageKey, Store

#: The address at which a place can be read by people; ``None`` when there is none.
ReadAt = Callable[[Place], str | None]
#: A sentence and the passage it stands in.
Quoted = tuple[Passage, Sentence]


def numbered(store: Store, passages: Iterable[Passage]) -> tuple[Source, ...]:
    """The passages as sources [1], [2] …, each once, in the order of their first mention."""
    distinct = {(passage.document, passage.number): passage for passage in passages}
    named = {name for passage in distinct.values() for name in (passage.document, *passage.also_in)}
    headers = store.headers(sorted(named))
    present = [passage for passage in distinct.values() if passage.document in headers]
    return tuple(_source(n, passage, headers) for n, passage in enumerate(present, 1))


def _source(n: int, passage: Passage, headers: Mapping[str, Document]) -> Source:
    header = headers[passage.document]
    copies = (headers[name] for name in passage.also_in if name in headers)
    return Source(
        n=n,
        document=passage.document,
        title=header.title,
        publisher=header.publisher,
        published=header.published,
        url=header.url,
        paragraph=passage.number,
        passage=passage.text,
        start=passage.start,
        end=passage.end,
        fingerprint=fingerprint(passage.text),
        inferred=header.inferred,
        label=SPONSORED if passage.sponsored else header.label,
        also_in=tuple(Copy(copy.id, copy.title, copy.publisher) for copy in copies),
    )


def quotations(quoted: Sequence[Quoted], sources: Sequence[Source]) -> tuple[Quotation, ...]:
    """The sentences with the number of the source each stands in."""
    number: dict[PassageKey, int] = {(source.document, source.paragraph): source.n for source in sources}
    return tuple(
        Quotation(sentence.text, number[passage.document, passage.number], sentence.start, sentence.end)
        for passage, sentence in quoted
        if (passage.document, passage.number) in number
    )


def place_of(source: Source, quoted: Sequence[Quotation]) -> Place:
    """Where a source stands, with the sentences quoted from it marked."""
    return Place(source.document, source.paragraph, to_keep(source.passage, _spans(source, quoted)), source.fingerprint)


def _spans(source: Source, quoted: Sequence[Quotation]) -> list[tuple[int, int]]:
    """Where the sentences quoted from a source stand in its passage."""
    return [(one.start - source.start, one.end - source.start) for one in quoted if one.citation == source.n]


def sentences_shown(answer: Answer) -> tuple[Quotation, ...]:
    """What an answer shows of its sources: what it quotes, and where that is only a figure the sentence of that."""
    told = {one.citation for one in answer.summary}
    others = {source.n: source for source in answer.sources if source.n not in told}
    beside = ((cited.figure, others[cited.citation]) for cited in answer.figures if cited.citation in others)
    found = (
        Quotation(figure.sentence, source.n, start, start + len(figure.sentence))
        for figure, source in beside
        if (start := _begins(figure, source.passage, source.start)) is not None
    )
    return (*answer.summary, *dict.fromkeys(found))


def linked(sources: Sequence[Source], quoted: Sequence[Quotation], read_at: ReadAt | None) -> tuple[Source, ...]:
    """The sources, each leading to the first sentence quoted from it, else to where it can be read, if anywhere."""
    return tuple(replace(source, link=_link(source, quoted, read_at)) for source in sources)


def _link(source: Source, quoted: Sequence[Quotation], read_at: ReadAt | None) -> str | None:
    """Nobody is led to what somebody paid for: it is read where we show it."""
    paid = source.label == SPONSORED
    link = None if paid else deep_link(source.url, source.passage, _spans(source, quoted))
    return read_at(place_of(source, quoted)) if link is None and read_at else link


def excerpt(store: Store, place: Place, around: int) -> Excerpt | None:
    """A quoted passage and its neighbours on either side; ``None`` when it is no longer there.

    One that has moved is found by its text; of one that was rewritten what stands in its place is shown as changed.
    """
    header = store.headers([place.document]).get(place.document)
    passages = store.passages_of(place.document)
    prints = [fingerprint(passage.text) if place.fingerprint else "" for passage in passages]
    same = [at for at, passage in enumerate(passages) if passage.number == place.paragraph]
    moved = [at for at, fingerprint in enumerate(prints) if fingerprint == place.fingerprint and place.fingerprint]
    at = next(iter([*(one for one in same if prints[one] == place.fingerprint), *moved, *same]), None)
    if header is None or at is None:
        return None
    return Excerpt(
        title=header.title,
        url=header.url,
        publisher=header.publisher,
        published=header.published,
        before=passages[max(0, at - around) : at],
        passage=passages[at],
        after=passages[at + 1 : at + 1 + around],
        changed=prints[at] != place.fingerprint,
        inferred=header.inferred,
        label=header.label,
    )


def cited_figures(store: Store, summary: Sequence[Quotation], sources: Sequence[Source]) -> tuple[CitedFigure, ...]:
    """The figures of the quoted sentences, in the order they are quoted."""
    documents = {source.n: source.document for source in sources}
    return tuple(
        CitedFigure(figure, quotation.citation)
        for quotation in summary
        for figure in store.figures_between(documents[quotation.citation], quotation.start, quotation.end)
    )


def figures_of(store: Store, passages: Sequence[Passage]) -> tuple[tuple[Figure, Passage], ...]:
    """The figures of some passages, in the order of these."""
    found = store.figures_within(passages)
    return tuple((figure, passage) for passage in passages for figure in found[passage.document, passage.number])


def reference(figure: Figure) -> str:
    """A short name of a figure that the store can find again at any time: where it begins, in which document.

    It has at most 40 characters, however long the id of the document is.
    """
    return f"{figure.start}.{_short(figure.document)}"


def quoted_by(store: Store, name: str) -> Quoted | None:
    """The sentence of a figure by its :func:`reference`; ``None`` when it is no longer there, or is no reference."""
    start, _, short = name.partition(".")
    document = next((one for one in store.ids() if _short(one) == short), None)
    if document is None or not start.isdecimal() or len(start) > _MOST_DIGITS:
        return None
    found = store.figures_between(document, int(start), int(start) + 1)
    passages = store.passages_of(document)
    return next((sentence_of(figure, one) for figure in found for one in passages if stands_in(figure, one)), None)


#: of a character's place in a document
_MOST_DIGITS = 12


def _short(document: str) -> str:
    return hashlib.sha256(document.encode(errors="surrogatepass")).hexdigest()[:24]


def stands_in(figure: Figure, passage: Passage) -> bool:
    """Whether a figure begins in a passage of its document."""
    return passage.start <= figure.start < passage.end


def sentence_of(figure: Figure, passage: Passage) -> Quoted:
    """The sentence of a figure in its passage.

    A sentence may stand twice in a passage: the last one that begins before the figure is the figure's.
    """
    start = _begins(figure, passage.text, passage.start) or passage.start
    return passage, Sentence(figure.sentence, start, start + len(figure.sentence))


def _begins(figure: Figure, passage: str, start: int) -> int | None:
    """Where the sentence of a figure begins in its document; ``None`` when the passage has no such sentence."""
    at = passage.rfind(figure.sentence, 0, figure.start - start + len(figure.sentence)) if figure.sentence else -1
    return start + at if at >= 0 else None
