"""Quoted sentences → numbered sources and the figures that stand in them."""

import hashlib
from collections.abc import Iterable, Sequence

from content.documents import CitedFigure, Figure, Passage, Quotation, Sentence, Source
from content.store import PassageKey, Store

#: A sentence and the passage it stands in.
Quoted = tuple[Passage, Sentence]


def numbered(store: Store, passages: Iterable[Passage]) -> tuple[Source, ...]:
    """The passages as sources [1], [2] …, each once, in the order of their first mention."""
    distinct = {(passage.document, passage.number): passage for passage in passages}
    headers = store.headers(sorted({document for document, _ in distinct}))
    return tuple(
        Source(
            n=n,
            document=passage.document,
            title=headers[passage.document].title,
            publisher=headers[passage.document].publisher,
            published=headers[passage.document].published,
            url=headers[passage.document].url,
            paragraph=passage.number,
            passage=passage.text,
            start=passage.start,
            end=passage.end,
        )
        for n, passage in enumerate((one for one in distinct.values() if one.document in headers), 1)
    )


def quotations(quoted: Sequence[Quoted], sources: Sequence[Source]) -> tuple[Quotation, ...]:
    """The sentences with the number of the source each stands in."""
    number: dict[PassageKey, int] = {(source.document, source.paragraph): source.n for source in sources}
    return tuple(
        Quotation(sentence.text, number[passage.document, passage.number], sentence.start, sentence.end)
        for passage, sentence in quoted
        if (passage.document, passage.number) in number
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
    return next((_quoted(figure, one) for figure in found for one in passages if _stands_in(figure, one)), None)


#: of a character's place in a document
_MOST_DIGITS = 12


def _short(document: str) -> str:
    return hashlib.sha256(document.encode(errors="surrogatepass")).hexdigest()[:24]


def _stands_in(figure: Figure, passage: Passage) -> bool:
    return passage.start <= figure.start < passage.end


def _quoted(figure: Figure, passage: Passage) -> Quoted:
    """A sentence may stand twice in a passage: the last one that begins before the figure is the figure's."""
    at = figure.start - passage.start
    start = passage.start + max(0, passage.text.rfind(figure.sentence, 0, at + len(figure.sentence)))
    return passage, Sentence(figure.sentence, start, start + len(figure.sentence))
