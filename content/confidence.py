"""How sure one can be that a sentence answers a question: the evidence for it, as a probability.

The weights and the line were fitted on WikiQA and TREC-QA (``tests/bench/answers.py``): questions put to the document
that answers them, to another one, and, for less, to the right one without the sentence that answers.
"""

import math
from typing import NamedTuple

from content.ranking import Candidate, Query, leaves_unsaid, weighted


class Grounds(NamedTuple):
    """What makes one sure or unsure, each 0..1."""

    coverage: float
    context: float
    close: float
    in_order: float
    defined: float
    #: what the question asks for is not there, by how easily that is told: a date is, a reason is not
    doubt: float
    #: share of the names asked about that neither the sentence nor what it leans on has
    nameless: float
    #: how telling the most telling word is that stands nowhere, nor any that may stand for it
    unexplained: float
    #: 1 when who did something is asked, and the sentence itself has not the deed, or not whom it concerns
    unrelated: float
    #: 1 when the one word asked about does not stand there, only one that may stand for it
    unsaid: float


#: What each ground is worth.
WEIGHTS = Grounds(
    coverage=2.4,
    context=0.8,
    close=0.3,
    in_order=0.8,
    defined=0.4,
    doubt=-4.5,
    nameless=-3.0,
    unexplained=-2.0,
    unrelated=-1.0,
    unsaid=-1.0,
)
#: Kinds of questions that ask who did or is something, or whether somebody did or is it.
_OF_PEOPLE = frozenset({"person", "office", "choice"})
_AT_FIRST = -1.1
#: The confidence an answer must reach.
LINE = 0.5


def grounds(asked: Query, candidate: Candidate, unexplained: float) -> Grounds:
    """What speaks for and against a sentence as the answer."""
    evidence = candidate.evidence
    return Grounds(
        coverage=evidence.coverage,
        context=evidence.context,
        close=evidence.close,
        in_order=evidence.in_order,
        defined=evidence.defined,
        doubt=asked.kind.doubt * (1 - evidence.typed),
        nameless=1 - evidence.named,
        unexplained=unexplained,
        unrelated=_unrelated(asked, candidate),
        unsaid=float(leaves_unsaid(asked, candidate)),
    )


def _unrelated(asked: Query, candidate: Candidate) -> float:
    """Words that occur apart but never together make no answer: who did what must stand in the sentence itself."""
    did, whom = asked.terms.keys() - asked.called, asked.called
    lacks_deed = bool(did and asked.names) and did.isdisjoint(candidate.covered)
    lacks_name = bool(whom - candidate.covered)
    return float(asked.kind.name in _OF_PEOPLE and (lacks_deed or lacks_name))


def confidence(found: Grounds, weights: Grounds = WEIGHTS) -> float:
    """The probability, 0..1, rounded."""
    return round(1 / (1 + math.exp(-_AT_FIRST - weighted(found, weights))), 3)
