"""The store → all that a digest looks at: what is new, and of what is old only that which the new can meet.

The figures of thousands of documents are not compared with each other every morning. The index knows the passages that
come nearest to a new sentence; what is of one quantity with its figures is among those.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from content.documents import Document, Figure
from content.index import Index, weights
from content.ledger import newest_first
from content.provenance import SPONSORED
from content.revisions import Revision, together
from content.store import PassageKey, Store
from content.tellings import Telling, without_copies
from content.words import stems

#: Of more new documents the last to come are looked at: nobody reads a digest of more.
MOST_DOCUMENTS = 300
#: Sentences with figures that are looked at in all, and in each document at least.
_SENTENCES, _FEWEST = 600, 3
#: Passages of older documents that come nearest to each, and their figures that are compared; passages it may copy.
_MET, _COMPARED, _COPIED = 10, 8, 3
#: Passages at the beginning of a text, the longest of which tells it.
_OPENING = 3


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a digest is made of."""

    #: documents that are new, advertising aside
    arrived: int
    #: those of them that say something new, first publications first
    tellings: tuple[Telling, ...]
    #: their figures
    figures: tuple[Figure, ...]
    #: those of older documents that may be of one quantity with a new one, the newest documents first
    known: tuple[Figure, ...]
    #: of all these
    documents: Mapping[str, Document]
    #: in documents that are not new
    revisions: tuple[Revision, ...]


def gathered(store: Store, index: Index, after: int, upto: int) -> Gathered:
    """What the changes after one number and not after another brought, and what it meets."""
    names = store.arrivals.documents(after, upto)
    new = frozenset(names + store.arrivals.documents(upto, store.last_change()))
    labels = {name: header.label for name, header in store.headers(names).items()}
    arrived = [name for name in names if labels.get(name, SPONSORED) != SPONSORED]
    latest = _tellings(store, arrived[-MOST_DOCUMENTS:])
    tellings = without_copies(latest, _tellings(store, _copied(index, latest, new)))
    figures = _looked_at(tellings)
    known = _known(store, index, figures, new)
    documents = store.headers(sorted({one.document for one in (*figures, *known)}))
    revised = (one for one in store.arrivals.revisions(after, upto) if one.now.document not in new)
    return Gathered(
        len(arrived), tuple(tellings), figures, newest_first(known, documents), documents, _present(store, revised)
    )


def _tellings(store: Store, names: Sequence[str]) -> list[Telling]:
    """The documents, in this order, with what may be quoted from them."""
    figures: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in store.figures(names):
        figures[figure.document].append(figure)
    found = {}
    for one in store.contents(names):
        fair = tuple(passage for passage in one.passages if not passage.sponsored)
        found[one.header.id] = Telling(one.header, fair, tuple(figures[one.header.id]))
    return [found[name] for name in names if name in found]


def _copied(index: Index, tellings: Iterable[Telling], new: frozenset[str]) -> list[str]:
    """Older documents that texts may be copies of: those nearest to their openings."""
    openings = (max(one.passages[:_OPENING], key=lambda passage: len(passage.text)).text for one in tellings)
    return sorted({name for opening in openings for name, _ in _near(index, opening, _COPIED, new)})


def _looked_at(tellings: Sequence[Telling]) -> tuple[Figure, ...]:
    """The figures of the first sentences of each text that have any: the fewer, the more texts there are."""
    most = max(_FEWEST, _SENTENCES // max(1, len(tellings)))
    firsts = [frozenset(list(dict.fromkeys(figure.sentence for figure in one.figures))[:most]) for one in tellings]
    return tuple(
        figure
        for one, first in zip(tellings, firsts, strict=True)
        for figure in one.figures
        if figure.sentence in first
    )


def _known(store: Store, index: Index, figures: Iterable[Figure], new: frozenset[str]) -> tuple[Figure, ...]:
    """The figures of older documents that come nearest to new ones: by their passages, then by their sentences."""
    told = sorted({figure.sentence for figure in figures})
    near = {sentence: _near(index, sentence, _MET, new) for sentence in told}
    there = store.figures_within(list(store.passages(sorted({key for keys in near.values() for key in keys})).values()))
    found: set[Figure] = set()
    for sentence, keys in near.items():
        said = frozenset(stems(sentence))
        beside = (figure for key in keys for figure in there.get(key, ()))
        found.update(sorted(beside, key=lambda one: -len(said.intersection(stems(one.sentence))))[:_COMPARED])
    return tuple(sorted(found, key=lambda figure: (figure.document, figure.start)))


def _near(index: Index, text: str, most: int, new: frozenset[str]) -> list[PassageKey]:
    """The passages of older documents that come nearest to a text; the new ones are nearest to themselves."""
    found = index.search(weights(stems(text)), 2 * most)
    return [one.key for one in found if one.key[0] not in new][:most]


def _present(store: Store, revised: Iterable[Revision]) -> tuple[Revision, ...]:
    """The revisions whose new figure stands in its document still, and where."""
    found = together(revised)
    standing = {
        (one.document, one.text, one.sentence): one for one in store.figures([one.now.document for one in found])
    }
    return tuple(
        Revision(one.before, standing[key])
        for one in found
        if (key := (one.now.document, one.now.text, one.now.sentence)) in standing
    )
