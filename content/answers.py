"""Question → Answer | NothingFound.

The best sentences of the best passages are quoted as they stand. Below a line of confidence nothing is: what the
documents do not answer is said so, without references.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from content.citations import Quoted, cited_figures, figures_of, numbered, quotations
from content.documents import (
    Answer,
    CitedFigure,
    Disagreement,
    Figure,
    Hit,
    Nearest,
    NothingFound,
    Passage,
    Searched,
    Source,
    Understanding,
)
from content.index import Index, inverse_document_frequency, weights
from content.ledger import disagreements
from content.passages import sentences
from content.questions import FRAME_WORDS, leads_with
from content.ranking import Candidate, Query, candidates, covers, points_back, query, related
from content.search import hits
from content.spelling import rarity
from content.store import Store
from content.synonyms import synonyms
from content.words import STOP_WORDS, content_words, fold, stem, stems

#: Passages whose sentences are weighed.
_PASSAGES = 30
_SYNONYM_WEIGHT = 0.4
#: A name in more than this share of the passages is what the documents are about: no sentence need repeat it.
_EVERYWHERE = 0.2
#: Characters and sentences a summary may have.
LONGEST_SUMMARY = 700
MOST_SENTENCES = 3
#: A further sentence is quoted when it scores this share of the best.
_NEXT_BEST = 0.72
#: rapidfuzz ratio (0..100) from which two sentences say the same.
_SAME_SENTENCE = 85
_MOST_NEAREST = 3
#: Figures an answer names beside those it quotes, because they differ from one.
_MOST_RIVALS = 4
#: What the sentence's surroundings, and names it lacks, weigh beside its own coverage of the question.
_LEANING, _NAMELESS, _UNEXPLAINED = 0.5, 0.6, 0.2
#: The evidence at which confidence is ½, and how steeply it rises there; set on tests/quality.
_EVIDENCE_LINE, _STEEPNESS = 0.62, 6.0
#: The confidence an answer must reach; tests/quality holds it to its floor.
ANSWER_LINE = 0.5


def answer(store: Store, index: Index, understanding: Understanding, searched: Searched) -> Answer | NothingFound:
    """The sentences that answer a question, or that none does."""
    terms = _terms(index, understanding.effective)
    found = hits(store, index.search(_widened(understanding.effective), _PASSAGES))
    often = _EVERYWHERE * index.passages()
    asked = query(understanding.effective, terms, lambda term: index.document_frequency(term) > often, found)
    ranked = candidates(asked, found)
    foreign = _unexplained(index, understanding)
    confidence = _confidence(asked, ranked[0], foreign) if ranked and terms else 0.0
    if confidence < ANSWER_LINE:
        return NothingFound(understanding, confidence, _nearest(found), searched)
    quoted = _chosen(asked, ranked, foreign)
    sources = numbered(store, (passage for passage, _ in quoted))
    summary = quotations(quoted, sources)
    figures = _leading(asked, cited_figures(store, summary, sources))
    wants_figure = any(leads_with(asked.kind, cited.figure) for cited in figures)
    if wants_figure:
        rivals = _rivals(store, figures, [hit.passage for hit in found])
        sources = numbered(store, [*(passage for passage, _ in quoted), *(passage for _, passage in rivals)])
        figures += tuple(_cited(figure, passage, sources) for figure, passage in rivals)
    differing = _disagreements(store, [cited.figure for cited in figures])
    return Answer(understanding, confidence, summary, figures, differing, sources, searched, wants_figure)


def _terms(index: Index, question: str) -> dict[str, float]:
    """The stems that matter with their idf; words that only frame the question count when there are no others."""
    matter = [word.text for word in content_words(question) if fold(word.text) not in STOP_WORDS]
    framed = [word for word in matter if fold(word) not in FRAME_WORDS] or matter
    return {term: _weight(index, term, word) for word in framed if (term := stem(word))}


def _weight(index: Index, term: str, word: str) -> float:
    """A stem's idf; a word no document has weighs no more than one that may stand for it, or than English makes it."""
    total = index.passages()
    if frequency := index.document_frequency(term):
        return inverse_document_frequency(frequency, total)
    others = [index.document_frequency(other) for other in synonyms(term)]
    commonest = max([*others, 0])
    return inverse_document_frequency(commonest, total) * (1.0 if commonest else rarity(word))


def _widened(question: str) -> dict[str, float]:
    """The question's stems and, for less, those that may stand for them in the documents."""
    wider = {other: _SYNONYM_WEIGHT for others in related(question).values() for other in sorted(others)}
    return wider | weights(stems(question))


def _unexplained(index: Index, understanding: Understanding) -> float:
    """How telling (0..1) the most telling word is that no document has, nor any word that may stand for it."""
    foreign = (word for word in understanding.missing if not any(map(index.contains, synonyms(stem(word)))))
    return max(map(rarity, foreign), default=0.0)


def _confidence(asked: Query, candidate: Candidate, unexplained: float) -> float:
    """How sure one can be, 0..1, that a sentence answers; ½ is the line."""
    evidence = candidate.coverage + _LEANING * candidate.context - _NAMELESS * candidate.nameless
    evidence -= _UNEXPLAINED * unexplained
    evidence -= 0 if candidate.typed else asked.kind.doubt
    return round(1 / (1 + math.exp(-_STEEPNESS * (evidence - _EVIDENCE_LINE))), 3)


def _chosen(asked: Query, ranked: Sequence[Candidate], unexplained: float) -> list[Quoted]:
    """The best sentence and those nearly as good, the best passage first, each passage in reading order."""
    best = ranked[0]
    chosen: list[Candidate] = []
    for candidate in ranked:
        if len(chosen) == MOST_SENTENCES or candidate.score < _NEXT_BEST * best.score:
            break
        sure = candidate is best or _confidence(asked, candidate, unexplained) >= ANSWER_LINE
        if sure and _adds(candidate, chosen, best):
            chosen.append(candidate)
    order = {candidate.hit.rank: place for place, candidate in reversed(list(enumerate(chosen)))}
    chosen.sort(key=lambda candidate: (order[candidate.hit.rank], candidate.sentence.start))
    return _with_antecedent(asked, chosen[0].covered, [(one.hit.passage, one.sentence) for one in chosen])


def _adds(candidate: Candidate, chosen: Sequence[Candidate], best: Candidate) -> bool:
    """Whether a sentence fits beside those chosen and says something they do not."""
    length = sum(len(one.sentence.text) + 1 for one in chosen) + len(candidate.sentence.text)
    alike = any(fuzz.token_set_ratio(candidate.sentence.text, one.sentence.text) >= _SAME_SENTENCE for one in chosen)
    as_good = bool(candidate.typed) == bool(best.typed) and candidate.nameless <= best.nameless
    return candidate is best or (length <= LONGEST_SUMMARY and not alike and as_good)


def _with_antecedent(asked: Query, covered: frozenset[str], quoted: list[Quoted]) -> list[Quoted]:
    """A first sentence that points back gets the one it points at, where that has a word of the question it lacks."""
    passage, sentence = quoted[0]
    before = next((one for one, other in pairwise(sentences(passage)) if other == sentence), None)
    room = LONGEST_SUMMARY - sum(len(one.text) + 1 for _, one in quoted)
    if before is None or not points_back(sentence.text) or len(before.text) > room:
        return quoted
    if covers(asked, before.text) <= covered:
        return quoted
    return [(passage, before), *quoted][:MOST_SENTENCES]


def _leading(asked: Query, figures: tuple[CitedFigure, ...]) -> tuple[CitedFigure, ...]:
    """The figures of the kind asked for before the others."""
    return tuple(sorted(figures, key=lambda cited: not leads_with(asked.kind, cited.figure)))


def _rivals(
    store: Store, cited: Sequence[CitedFigure], passages: Sequence[Passage]
) -> tuple[tuple[Figure, Passage], ...]:
    """Figures of the passages found that nobody quotes, but that disagree with one that is quoted."""
    quoted = [one.figure for one in cited]
    others = [(figure, passage) for figure, passage in figures_of(store, passages) if figure not in quoted]
    differing = _disagreements(store, [*quoted, *(figure for figure, _ in others)])
    positions = {at for one in differing if min(one.figures) < len(quoted) for at in one.figures}
    return tuple(others[at - len(quoted)] for at in sorted(positions) if at >= len(quoted))[:_MOST_RIVALS]


def _cited(figure: Figure, passage: Passage, sources: Sequence[Source]) -> CitedFigure:
    key = (passage.document, passage.number)
    return CitedFigure(figure, next(source.n for source in sources if (source.document, source.paragraph) == key))


def _disagreements(store: Store, figures: Sequence[Figure]) -> tuple[Disagreement, ...]:
    if len(figures) < 2:
        return ()
    return disagreements(figures, store.headers(sorted({figure.document for figure in figures})))


def _nearest(found: Sequence[Hit]) -> tuple[Nearest, ...]:
    """The documents of the best passages, each once."""
    documents = {hit.passage.document: Nearest(hit.passage.document, hit.title) for hit in found}
    return tuple(documents.values())[:_MOST_NEAREST]
