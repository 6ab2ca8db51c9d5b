"""The sentences of the passages found for a question, weighed, and how sure each is to answer it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from content.confidence import LINE, confidence, grounds
from content.documents import Hit, Understanding
from content.index import Index
from content.ranking import Candidate, Query, candidates, query
from content.reading import Reading, reading
from content.search import evidence
from content.selection import newest_first
from content.store import Store

#: Passages whose sentences are weighed.
_PASSAGES = 24
#: A name in more than this share of the passages, and in more than so many, is what the documents are about: no
#: sentence need repeat it.
_EVERYWHERE, _FEW = 0.2, 2


@dataclass(frozen=True, slots=True)
class Weighing:
    """A question as it was read, the passages found for it, and their sentences, best first."""

    read: Reading
    asked: Query
    found: Sequence[Hit]
    ranked: list[Candidate]

    def sure(self, candidate: Candidate) -> float:
        """How sure a sentence is to answer, 0..1; a question without a word that matters is answered by none."""
        return confidence(grounds(self.asked, candidate, self.read.unexplained)) if self.read.terms else 0.0

    def answers(self, candidate: Candidate) -> bool:
        """Whether a sentence may be quoted as an answer."""
        return self.sure(candidate) >= LINE


def weighing(store: Store, index: Index, understanding: Understanding) -> Weighing:
    """Find the passages for a question and weigh their sentences; of those that answer as well the newest first."""
    read = reading(index, understanding)
    found = evidence(store, index, read.widened(), _PASSAGES)
    often = max(_EVERYWHERE * index.passages(), _FEW)
    asked = query(read.question, read.terms, read.others, lambda term: index.document_frequency(term) > often, found)
    weighed = Weighing(read, asked, found, candidates(asked, found))
    return replace(weighed, ranked=newest_first(weighed.ranked, read.newest, weighed.answers))
