"""Question → Answer | NothingFound.

The best sentences of the best passages are quoted as they stand. Below a line of confidence nothing is: what the
documents do not answer is said so, without references.
"""

from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

from rapidfuzz import fuzz

from content.citations import Quoted, cited_figures, figures_of, numbered, quotations
from content.confidence import LINE, confidence, grounds
from content.documents import (
    Answer,
    CitedFigure,
    Figure,
    Hit,
    Nearest,
    NothingFound,
    Passage,
    Searched,
    Source,
    Understanding,
)
from content.index import Index
from content.ledger import Comparison, compare
from content.passages import sentences
from content.ranking import Candidate, Query, candidates, covers, is_dependent, query
from content.reading import reading
from content.search import evidence
from content.store import Store

#: Passages whose sentences are weighed.
_PASSAGES = 24
#: A name in more than this share of the passages, and in more than so many, is what the documents are about: no
#: sentence need repeat it.
_EVERYWHERE, _FEW = 0.2, 2
#: Characters and sentences a summary may have.
LONGEST_SUMMARY = 700
MOST_SENTENCES = 3
#: A further sentence is quoted when it scores this share of the best.
_NEXT_BEST = 0.72
#: … and covers this share of what the best covers itself.
_AS_MUCH = 0.7
#: rapidfuzz ratio (0..100) from which two sentences say the same.
_SAME_SENTENCE = 85
_MOST_NEAREST = 3
#: Figures an answer names beside those it quotes, because they differ from one.
_MOST_RIVALS = 4


def answer(store: Store, index: Index, understanding: Understanding, searched: Searched) -> Answer | NothingFound:
    """The sentences that answer a question, or that none does."""
    read = reading(index, understanding)
    found = evidence(store, index, read.widened(), _PASSAGES)
    often = max(_EVERYWHERE * index.passages(), _FEW)
    asked = query(read.question, read.terms, read.others, lambda term: index.document_frequency(term) > often, found)
    ranked = candidates(asked, found)
    sure = _sure(asked, ranked[0], read.unexplained) if ranked and read.terms else 0.0
    if sure < LINE:
        return NothingFound(understanding, sure, _nearest(found), searched)
    quoted = _chosen(asked, ranked, read.unexplained)
    sources = numbered(store, (passage for passage, _ in quoted))
    summary = quotations(quoted, sources)
    figures = _leading(asked, cited_figures(store, summary, sources))
    wants_figure = any(asked.leads(cited.figure) for cited in figures)
    if wants_figure:
        rivals = _rivals(store, figures, [hit.passage for hit in found])
        sources = numbered(store, [*(passage for passage, _ in quoted), *(passage for _, passage in rivals)])
        figures += tuple(_cited(figure, passage, sources) for figure, passage in rivals)
    differing = _compared(store, [cited.figure for cited in figures]).disagreements
    return Answer(understanding, sure, summary, figures, differing, sources, searched, wants_figure)


def _sure(asked: Query, candidate: Candidate, unexplained: float) -> float:
    return confidence(grounds(asked, candidate, unexplained))


def _chosen(asked: Query, ranked: Sequence[Candidate], unexplained: float) -> list[Quoted]:
    """The best sentence and those nearly as good, the best passage first, each passage in reading order."""
    best = ranked[0]
    chosen: list[Candidate] = []
    for candidate in ranked:
        if len(chosen) == MOST_SENTENCES or candidate.score < _NEXT_BEST * best.score:
            break
        sure = candidate is best or _sure(asked, candidate, unexplained) >= LINE
        if sure and _adds(candidate, chosen, best):
            chosen.append(candidate)
    if best.dated and len(best.sentence.text) + len(best.dated.text) <= LONGEST_SUMMARY:
        return [(best.hit.passage, one) for one in sorted((best.sentence, best.dated), key=attrgetter("start"))]
    order = {candidate.hit.rank: place for place, candidate in reversed(list(enumerate(chosen)))}
    chosen.sort(key=lambda candidate: (order[candidate.hit.rank], candidate.sentence.start))
    return _with_antecedent(asked, chosen[0], [(one.hit.passage, one.sentence) for one in chosen])


def _adds(candidate: Candidate, chosen: Sequence[Candidate], best: Candidate) -> bool:
    """Whether a sentence fits beside those chosen and says something they do not."""
    length = sum(len(one.sentence.text) + 1 for one in chosen) + len(candidate.sentence.text)
    alike = any(fuzz.token_set_ratio(candidate.sentence.text, one.sentence.text) >= _SAME_SENTENCE for one in chosen)
    as_good = (
        bool(candidate.evidence.typed) == bool(best.evidence.typed) and candidate.evidence.named >= best.evidence.named
    )
    as_much = candidate.evidence.coverage >= _AS_MUCH * best.evidence.coverage
    return candidate is best or (length <= LONGEST_SUMMARY and not alike and as_good and as_much)


def _with_antecedent(asked: Query, first: Candidate, quoted: list[Quoted]) -> list[Quoted]:
    """A first sentence that speaks of "the company" or "this figure" gets the one before, if that says more.

    Where it has itself a name that was asked about, and all the question's words the other has, it stands alone.
    """
    passage, sentence = quoted[0]
    before = next((one for one, other in pairwise(sentences(passage)) if other == sentence), None)
    room = LONGEST_SUMMARY - sum(len(one.text) + 1 for _, one in quoted)
    if before is None or not is_dependent(sentence.text) or len(before.text) > room:
        return quoted
    if asked.called & first.covered and covers(asked, before.text) <= first.covered:
        return quoted
    return [(passage, before), *quoted][:MOST_SENTENCES]


def _leading(asked: Query, figures: tuple[CitedFigure, ...]) -> tuple[CitedFigure, ...]:
    """The figures of the kind asked for before the others."""
    return tuple(sorted(figures, key=lambda cited: not asked.leads(cited.figure)))


def _rivals(
    store: Store, cited: Sequence[CitedFigure], passages: Sequence[Passage]
) -> tuple[tuple[Figure, Passage], ...]:
    """Figures of the passages found that nobody quotes, but that disagree with one that is quoted."""
    quoted = [one.figure for one in cited]
    others = [(figure, passage) for figure, passage in figures_of(store, passages) if figure not in quoted]
    compared = _compared(store, [*quoted, *(figure for figure, _ in others)])
    met = (one for one in compared.disagreements if min(compared.members(one)) < len(quoted))
    positions = {at for one in met for at in one.figures}
    return tuple(others[at - len(quoted)] for at in sorted(positions) if at >= len(quoted))[:_MOST_RIVALS]


def _cited(figure: Figure, passage: Passage, sources: Sequence[Source]) -> CitedFigure:
    key = (passage.document, passage.number)
    return CitedFigure(figure, next(source.n for source in sources if (source.document, source.paragraph) == key))


def _compared(store: Store, figures: Sequence[Figure]) -> Comparison:
    documents = store.headers(sorted({figure.document for figure in figures})) if len(figures) > 1 else {}
    return compare(figures, documents)


def _nearest(found: Sequence[Hit]) -> tuple[Nearest, ...]:
    """The documents of the best passages, each once."""
    documents = {hit.passage.document: Nearest(hit.passage.document, hit.title) for hit in found}
    return tuple(documents.values())[:_MOST_NEAREST]
