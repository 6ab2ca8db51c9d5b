"""Of the sentences that may answer, those of the period asked for; of one document those of the latest period first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content.documents import Figure
from content.occasions import Occasion, is_of, when_of
from content.ranking import Candidate, Query
from content.selection import ABOUT_AS_WELL, NEXT_BEST, Sure, as_good
from content.words import terms_of

#: The figures of passages, by document and number.
Figures = Mapping[tuple[str, int], Sequence[Figure]]


@dataclass(frozen=True, slots=True)
class Timely:
    """The sentences that may answer, best first, and where none does the period of which nothing is told."""

    ranked: list[Candidate]
    unmet: str = ""


def in_period(asked: Query, when: Sequence[Occasion], ranked: list[Candidate], figures: Figures, sure: Sure) -> Timely:
    """The sentences of a period that is asked for, else those that do not say of which they are.

    What does not say when answers unless one of another period answers better.
    """
    if not when or not ranked:
        return Timely(ranked)
    told = [is_of(when, _occasions(asked, one, figures)) for one in ranked]
    fits = [one for one, verdict in zip(ranked, told, strict=True) if verdict]
    fits = [one for one in fits if one.score >= NEXT_BEST * ranked[0].score and sure(one)]
    if fits:
        return Timely(fits)
    other = next(filter(sure, ranked), ranked[0])
    whole = [one for one in ranked if _lacks_only(asked, when, one)]
    denied = {id(one) for one, verdict in zip(ranked, told, strict=True) if verdict is False}
    if id(other) in denied and (sure(other) or (other in whole and denied.issuperset(map(id, whole)))):
        return Timely([], when[0].says)
    return Timely([one for one, verdict in zip(ranked, told, strict=True) if verdict is not False])


def _lacks_only(asked: Query, when: Sequence[Occasion], one: Candidate) -> bool:
    """Whether a sentence has all words of the question but those that say when."""
    said = {term for each in when for term in terms_of(each.says)}
    return asked.terms.keys() - said <= one.covered


def latest_first(asked: Query, ranked: list[Candidate], newest: bool, figures: Figures, sure: Sure) -> list[Candidate]:
    """Of the sentences of the best one's document that answer about as well those of the latest period first.

    Who asks for the ``newest`` gets none of an earlier period.
    """
    dated = _alike(asked, ranked, newest, figures, sure)
    if len(dated) < 2 or len({bool(order[0]) for order, _ in dated}) > 1:
        return ranked
    latest = max(order for order, _ in dated)
    if newest:
        older = {id(one) for order, one in dated if order < latest}
        ranked = [one for one in ranked if id(one) not in older]
    in_turn = iter(sorted(dated, key=lambda one: one[0], reverse=True))
    places = {id(one) for _, one in dated}
    return [next(in_turn)[1] if id(one) in places else one for one in ranked]


def _alike(
    asked: Query, ranked: Sequence[Candidate], newest: bool, figures: Figures, sure: Sure
) -> list[tuple[tuple[int, int], Candidate]]:
    """The sentences of one document that answer about as well and say when, each with its latest period."""
    best = ranked[0]
    near = (NEXT_BEST if newest else ABOUT_AS_WELL) * best.score
    same = (one for one in ranked if one.score >= near and one.hit.passage.document == best.hit.passage.document)
    told = ((one, _occasions(asked, one, figures)) for one in same if as_good(one, best, newest) and sure(one))
    return [(max(when.order for when in occasions), one) for one, occasions in told if occasions]


def _occasions(asked: Query, one: Candidate, figures: Figures) -> tuple[Occasion, ...]:
    """When the figures of a sentence hold that may be what is asked for."""
    passage, sentence = one.hit.passage, one.sentence
    stored = figures.get((passage.document, passage.number), ())
    there = [figure for figure in stored if sentence.start <= figure.start < sentence.end]
    meant = [figure for figure in there if asked.leads(figure)] or there
    told = (when_of(figure, (each for each in there if each is not figure), passage.heading) for figure in meant)
    return tuple(dict.fromkeys(when for some in told for when in some))
