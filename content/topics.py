"""What a person names: a document, by id or by (part of) its title; a topic, by its words."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from content.documents import Figure, SourceDocument
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
    return None


def _plain(name: str) -> str:
    return " ".join(fold(word.text) for word in words(name))


def about_topic(figures: Sequence[Figure], topic: str) -> tuple[Figure, ...]:
    """The figures whose sentence has every word of the topic."""
    wanted = set(stems(topic))
    return tuple(figure for figure in figures if wanted <= {stem(word.text) for word in words(figure.sentence)})
