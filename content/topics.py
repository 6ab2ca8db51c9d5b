"""What a person names: a document, by id or by (part of) its title; a topic, by its words."""

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from content.documents import Figure, SourceDocument
from content.recency import without_newest
from content.words import fold, stem, stems, words

#: rapidfuzz ratio (0..100) from which a name is taken for a title.
_SAME_TITLE = 88


def find_document(sources: Sequence[SourceDocument], name: str) -> str | None:
    """The id of the document a person means, spelling forgiven; ``None`` when the name is rather a topic."""
    if any(source.document == name for source in sources):
        return name
    titles = {source.document: _plain(source.title) for source in sources if source.title}
    ids = {source.document: _plain(source.document) for source in sources}
    for named in (titles, ids):
        best = process.extractOne(_plain(name), named, scorer=fuzz.ratio, score_cutoff=_SAME_TITLE)
        if best:
            return str(best[2])
    return _by_part(
        {source.document: f"{titles.get(source.document, '')} {ids[source.document]}" for source in sources}, name
    )


def _by_part(named: Mapping[str, str], name: str) -> str | None:
    """The one document whose title or id has all of several words: "bold pivot"; one word alone is a topic."""
    wanted = set(_plain(name).split())
    having = [document for document, plain in named.items() if wanted <= set(plain.split())]
    return having[0] if len(wanted) > 1 and len(having) == 1 else None


def _plain(name: str) -> str:
    return " ".join(fold(word.text) for word in words(name))


def about_topic(figures: Sequence[Figure], topic: str) -> tuple[Figure, ...]:
    """The figures whose sentence has every word of the topic."""
    wanted = set(stems(without_newest(topic)))
    return tuple(figure for figure in figures if wanted <= {stem(word.text) for word in words(figure.sentence)})
