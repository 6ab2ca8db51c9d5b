"""The sentences of the passages found for a question, weighed, and how sure each is to answer it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from content.confidence import LINE, confidence, grounds
from content.documents import Hit, Understanding
from content.index import Index
from content.occasions import asked_when
from content.ranking import Candidate, Query, candidates, query
from content.reading import Reading, reading
from content.search import evidence
from content.selection import newest_first
from content.store import Store
from content.timeliness import in_period, latest_first

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
    #: whether the best passage of all is a sponsored one, which is not among those found
    sponsored: bool
    ranked: list[Candidate]
    #: the period asked for, where what would answer is of another
    unmet: str = ""

    def sure(self, candidate: Candidate) -> float:
        """How sure a sentence is to answer, 0..1; a question without a word that matters is answered by none."""
        return confidence(grounds(self.asked, candidate, self.read.unexplained)) if self.read.terms else 0.0

    def answers(self, candidate: Candidate) -> bool:
        """Whether a sentence may be quoted as an answer."""
        return self.sure(candidate) >= LINE


def weighing(store: Store, index: Index, understanding: Understanding) -> Weighing:
    """Find the passages for a question and weigh their sentences; of those that answer as well the newest first."""
    read = reading(index, understanding)
    found, sponsored = evidence(store, index, read.widened(), _PASSAGES)
    often = max(_EVERYWHERE * index.passages(), _FEW)
    asked = query(read.question, read.terms, read.others, lambda term: index.document_frequency(term) > often, found)
    weighed = Weighing(read, asked, found, sponsored, candidates(asked, found))
    return _timely(store, weighed) if weighed.ranked else weighed


def _timely(store: Store, weighed: Weighing) -> Weighing:
    """Of the period asked for; the newest first, in a document those of its latest period."""
    read, asked, sure = weighed.read, weighed.asked, weighed.answers
    figures = store.figures_within([hit.passage for hit in weighed.found])
    timely = in_period(asked, asked_when(asked.kind.name, read.question), weighed.ranked, figures, sure)
    if not timely.ranked:
        return replace(weighed, ranked=[], unmet=timely.unmet)
    ranked = newest_first(timely.ranked, read.newest, sure)
    return replace(weighed, ranked=latest_first(asked, ranked, read.newest, figures, sure))
