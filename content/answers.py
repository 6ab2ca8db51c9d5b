"""Question → Answer | NothingFound.

The best sentences of the best passages are quoted as they stand. Below a line of confidence nothing is: what the
documents do not answer is said so, without references.
"""

from collections.abc import Sequence
from functools import partial
from itertools import islice

from content.citations import cited_figures, figures_of, numbered, quotations
from content.confidence import LINE
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
from content.index import Index
from content.ledger import Comparison, compare
from content.measures import is_base
from content.ranking import Query
from content.selection import chosen
from content.store import Store
from content.weighing import weighing

_MOST_NEAREST = 3
#: Passages that may go on with what one begins to enumerate.
_GOING_ON = 3
#: Figures an answer names beside those it quotes, because they differ from one.
_MOST_RIVALS = 4


def answer(store: Store, index: Index, understanding: Understanding, searched: Searched) -> Answer | NothingFound:
    """The sentences that answer a question, or that none does."""
    weighed = weighing(store, index, understanding)
    asked, ranked = weighed.asked, weighed.ranked
    sure = weighed.sure(ranked[0]) if ranked else 0.0
    if sure < LINE:
        return NothingFound(understanding, sure, _nearest(weighed.found), searched, weighed.sponsored, weighed.unmet)
    quoted = chosen(asked, ranked, weighed.answers, partial(_following, store))
    sources = numbered(store, (passage for passage, _ in quoted))
    summary = quotations(quoted, sources)
    figures = _leading(asked, cited_figures(store, summary, sources))
    wants_figure = any(asked.leads(cited.figure) for cited in figures)
    if wants_figure:
        rivals = _rivals(store, asked, figures, [hit.passage for hit in weighed.found])
        sources = numbered(store, [*(passage for passage, _ in quoted), *(passage for _, passage in rivals)])
        figures += tuple(_cited(figure, passage, sources) for figure, passage in rivals)
    told = [cited.figure for cited in figures]
    differing = _asked_about(asked, _compared(store, told).disagreements, told)
    return Answer(understanding, sure, summary, figures, differing, sources, searched, wants_figure)


def _following(store: Store, passage: Passage) -> tuple[Passage, ...]:
    """The passages after one, none of them sponsored."""
    later = (one for one in store.passages_of(passage.document) if one.number > passage.number and not one.sponsored)
    return tuple(islice(later, _GOING_ON))


def _leading(asked: Query, figures: tuple[CitedFigure, ...]) -> tuple[CitedFigure, ...]:
    """The figures of the kind asked for before the others, and before what they are only compared with."""
    return tuple(sorted(figures, key=lambda cited: (not asked.leads(cited.figure), is_base(cited.figure))))


def _rivals(
    store: Store, asked: Query, cited: Sequence[CitedFigure], passages: Sequence[Passage]
) -> tuple[tuple[Figure, Passage], ...]:
    """Figures of the passages found that nobody quotes, but that disagree with one that is quoted."""
    quoted = [one.figure for one in cited]
    others = [(figure, passage) for figure, passage in figures_of(store, passages) if figure not in quoted]
    compared = _compared(store, [*quoted, *(figure for figure, _ in others)])
    about = _asked_about(asked, compared.disagreements, [*quoted, *(figure for figure, _ in others)])
    met = (one for one in about if min(compared.members(one)) < len(quoted))
    positions = {at for one in met for at in one.figures}
    return tuple(others[at - len(quoted)] for at in sorted(positions) if at >= len(quoted))[:_MOST_RIVALS]


def _asked_about(
    asked: Query, differing: Sequence[Disagreement], figures: Sequence[Figure]
) -> tuple[Disagreement, ...]:
    """The disagreements on the quantity that is asked for, if one is."""
    return tuple(one for one in differing if any(asked.measures(figures[at]) for at in one.figures))


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
