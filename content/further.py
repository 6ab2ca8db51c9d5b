"""Question → what else the documents say to it, beyond the few sentences of an answer."""

from collections.abc import Iterator

from rapidfuzz import fuzz

from content.citations import Quoted
from content.confidence import LINE, confidence, grounds
from content.documents import Understanding
from content.index import Index
from content.ranking import candidates, query
from content.reading import reading
from content.search import hits
from content.store import Store

#: Passages whose sentences are weighed.
_PASSAGES = 24
#: A name in more than this share of the passages is what the documents are about: no sentence need repeat it.
_EVERYWHERE = 0.2
#: rapidfuzz ratio (0..100) from which two sentences say the same.
_SAME_SENTENCE = 85


def further(store: Store, index: Index, understanding: Understanding) -> list[Quoted]:
    """Every sentence that alone would do for an answer, the best first, none that says what another has said."""
    told: list[Quoted] = []
    for quoted in _sure(store, index, understanding):
        if all(fuzz.token_set_ratio(quoted[1].text, other.text) < _SAME_SENTENCE for _, other in told):
            told.append(quoted)
    return told


def _sure(store: Store, index: Index, understanding: Understanding) -> Iterator[Quoted]:
    read = reading(index, understanding)
    found = hits(store, index.search(read.widened(), _PASSAGES))
    often = _EVERYWHERE * index.passages()
    asked = query(read.question, read.terms, read.others, lambda term: index.document_frequency(term) > often, found)
    for candidate in candidates(asked, found) if read.terms else ():
        if confidence(grounds(asked, candidate, read.unexplained)) >= LINE:
            yield candidate.hit.passage, candidate.sentence
