"""What a person names: a document, by id or by (part of) its title; a topic, by its words."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from rapidfuzz import fuzz, process

from content.documents import Correction, Document, Figure, SourceDocument, Understanding
from content.formats import FORMATS
from content.grids import told
from content.ledger import compare
from content.recency import without_newest
from content.words import fold, stem, stems, words

#: Figures beyond which none are looked through for some that disagree.
_MOST_BESIDE = 1_000
#: rapidfuzz ratio (0..100) from which a name is taken for a title.
_SAME_TITLE = 88


def find_document(sources: Sequence[SourceDocument], name: str) -> str | None:
    """The id of the document a person means, spelling forgiven; ``None`` when the name is rather a topic."""
    known = {source.document for source in sources}
    exact = name if name in known else next((each for each in _of_file(name) if each in known), None)
    if exact or names_file(name):
        return exact
    titles = {source.document: _plain(source.title) for source in sources if source.title}
    ids = {source.document: _plain(source.document) for source in sources}
    for named in (titles, ids):
        best = process.extractOne(_plain(name), named, scorer=fuzz.ratio, score_cutoff=_SAME_TITLE)
        if best:
            return str(best[2])
    return _by_part(
        {source.document: f"{titles.get(source.document, '')} {ids[source.document]}" for source in sources}, name
    )


def names_file(name: str) -> bool:
    """Whether a name is evidently that of a file: "notes/memo.md"."""
    return len(name.split()) == 1 and bool(_of_file(name))


def _of_file(name: str) -> list[str]:
    """The ids that the document of a file may have, by the folder it was indexed with.

    >>> _of_file("./notes/my memo.md"), _of_file("memo")
    (['notes/my memo', 'my memo'], [])
    """
    path = PurePosixPath(name)
    parts = path.with_suffix("").parts if path.suffix.lower() in FORMATS else ()
    return ["/".join(parts[at:]) for at in range(len(parts))]


def read_as(source: SourceDocument, name: str) -> Understanding:
    """How the name of a document was read: corrected, where it has words that neither its title nor its id has."""
    said, known = set(_plain(name).split()), _plain(f"{source.title or ''} {source.document}").split()
    if source.document in _of_file(name) or said <= set(known):
        return Understanding(name)
    alike = [fuzz.ratio(_plain(name), _plain(each)) for each in (source.title or "", source.document)]
    read = source.title if source.title and alike[0] > alike[1] else source.document
    return Understanding(name, (Correction(name, read),), read)


def begun_by(sources: Sequence[SourceDocument], word: str) -> SourceDocument | None:
    """The one document whose title or id begins with a word that is a topic all the same; ``None`` if several do."""
    begun = [each for each in sources if any(_begins(called, word) for called in (each.title or "", each.document))]
    return begun[0] if len(begun) == 1 and len(_plain(word).split()) == 1 else None


def _begins(called: str, word: str) -> bool:
    return _plain(called).split()[:1] == _plain(word).split()


def _by_part(named: Mapping[str, str], name: str) -> str | None:
    """The one document whose title or id has all of several words: "bold pivot"; one word alone is a topic."""
    wanted = set(_plain(name).split())
    having = [document for document, plain in named.items() if wanted <= set(plain.split())]
    return having[0] if len(wanted) > 1 and len(having) == 1 else None


def _plain(name: str) -> str:
    return " ".join(fold(word.text) for word in words(name))


def about_topic(figures: Sequence[Figure], topic: str) -> tuple[Figure, ...]:
    """The figures whose sentence, or row with its column, has every word of the topic."""
    wanted = set(stems(without_newest(topic)))
    return tuple(figure for figure in figures if wanted <= set(_said(figure)))


def _said(figure: Figure) -> Iterator[str]:
    return (stem(word.text) for word in words(f"{told(figure)}{figure.sentence}"))


def with_rivals(
    topical: Sequence[Figure], there: Sequence[Figure], documents: Mapping[str, Document]
) -> tuple[Figure, ...]:
    """The figures of a topic, and of those ``there`` beside them the ones of a quantity that is told otherwise.

    Both in the order of documents and their texts.
    """
    about = frozenset(topical)
    units = {(figure.kind, figure.unit) for figure in topical}
    alike = [figure for figure in there if figure in about or (figure.kind, figure.unit) in units]
    if len(alike) - len(about) > _MOST_BESIDE:
        return tuple(topical)
    compared = compare(alike, documents)
    groups = (compared.members(one) for one in compared.disagreements)
    rivals = {at for members in groups if any(alike[at] in about for at in members) for at in members}
    return tuple(figure for at, figure in enumerate(alike) if figure in about or at in rivals)
