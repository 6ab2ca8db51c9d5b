"""Quoted sentences → numbered sources and the figures that stand in them."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import quote, urlsplit

from content.documents import CitedFigure, Copy, Document, Excerpt, Figure, Passage, Place, Quotation, Sentence, Source
from content.provenance import SPONSORED
from content.store import PassageKey, Store

#: Words at either end by which a long sentence is told, and characters of all that.
_ENDS: Final = 5
_LONGEST_FRAGMENT: Final = 500

#: The address at which a place can be read by people; ``None`` when there is none.
Reading = Callable[[Place], str | None]
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
        digest=fingerprint(passage.text),
        inferred=header.inferred,
        label=SPONSORED if passage.sponsored else header.label,
        also_in=tuple(Copy(copy.id, copy.title, copy.publisher) for copy in copies),
    )


def fingerprint(text: str) -> str:
    """A short hash of a passage: a quotation carries it, so that a later change of the passage shows."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16]


def deep_link(url: str | None, sentence: str) -> str | None:
    """The address of a web document at a sentence (a text fragment); ``None`` when it is none of the web.

    A long sentence is told by its first and last words. What a browser does not find it leaves: the page opens anyway.

    >>> deep_link("https://a.b/c#top", "Costs fell, says one.")
    'https://a.b/c#top:~:text=Costs%20fell%2C%20says%20one.'
    """
    if not is_web(url):
        return None
    address, _, anchor = str(url).partition("#")
    words = sentence.split()
    ends = (words[:_ENDS], words[-_ENDS:]) if len(words) > 2 * _ENDS else (words,)
    told = ",".join(quote(" ".join(some), safe="", errors="ignore").replace("-", "%2D") for some in ends)
    return f"{address}#{anchor.partition(':~:')[0]}:~:text={told}" if len(told) <= _LONGEST_FRAGMENT else address


def is_web(url: str | None) -> bool:
    """Whether an address is one that a browser opens, and names nobody's password."""
    try:
        parts = urlsplit(url or "")
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False


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
    marked = ((one.start - source.start, one.end - source.start) for one in quoted if one.citation == source.n)
    return Place(source.document, source.paragraph, tuple(marked), source.digest)


def linked(sources: Sequence[Source], quoted: Sequence[Quotation], reading: Reading | None) -> tuple[Source, ...]:
    """The sources, each leading to the first sentence quoted from it, else to where it can be read, if anywhere."""
    return tuple(replace(source, link=_link(source, place_of(source, quoted), reading)) for source in sources)


def _link(source: Source, place: Place, reading: Reading | None) -> str | None:
    """Nobody is led to what somebody paid for: it is read where we show it."""
    start, end = place.marked[0] if place.marked else (0, _LONGEST_FRAGMENT)
    link = deep_link(source.url, source.passage[start:end]) if source.label != SPONSORED else None
    return reading(place) if link is None and reading else link


def excerpt(store: Store, place: Place, around: int) -> Excerpt | None:
    """A quoted passage and its neighbours on either side; ``None`` when it is no longer there.

    One that has moved is found by its text; of one that was rewritten what stands in its place is shown as changed.
    """
    header = store.headers([place.document]).get(place.document)
    passages = store.passages_of(place.document)
    prints = [fingerprint(passage.text) if place.digest else "" for passage in passages]
    same = [at for at, passage in enumerate(passages) if passage.number == place.paragraph]
    moved = [at for at, fingerprint in enumerate(prints) if fingerprint == place.digest and place.digest]
    at = next(iter([*(one for one in same if prints[one] == place.digest), *moved, *same]), None)
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
        changed=prints[at] != place.digest,
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
    at = figure.start - passage.start
    start = passage.start + max(0, passage.text.rfind(figure.sentence, 0, at + len(figure.sentence)))
    return passage, Sentence(figure.sentence, start, start + len(figure.sentence))
