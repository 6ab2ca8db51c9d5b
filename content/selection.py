"""Which of the sentences found are quoted: the best, what it announces, and those nearly as good.

The best passage comes first, and each passage in its own order.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from rapidfuzz import fuzz

from content.citations import Quoted
from content.documents import Passage, Sentence
from content.leaning import leans
from content.passages import LONGEST_SENTENCE, sentences
from content.ranking import Candidate, Query, covers
from content.words import terms_of, word_texts

#: Characters and sentences an answer may have.
LONGEST_SUMMARY = LONGEST_SENTENCE
MOST_SENTENCES = 3
#: A further sentence is quoted when it scores this share of the best.
NEXT_BEST = 0.72
#: … and covers this share of what the best covers itself.
_AS_MUCH = 0.7
#: From this share of the best's score on, and of what it covers, sentences answer about as well: the newest wins.
ABOUT_AS_WELL = 0.9
#: rapidfuzz ratio (0..100) from which two sentences say the same, and from which they tell of the same.
_SAME_SENTENCE, _ALIKE = 85, 60
#: Words of a sentence that may do no more than announce the next, as one does that says what there is, not which.
_SHORT = 12
_THERE_ARE = re.compile(r"\b(?:remains?|exists?|abounds?|persists?|lies? ahead|there (?:is|are))\W*$", re.IGNORECASE)
#: Words among which a sentence names what it is about.
_OPENING = 3
#: "three bets", "several key reasons": what is announced is among the words that follow.
_SEVERAL = re.compile(
    r"\b(?:two|three|four|five|six|seven|several|key|main|following)\b((?: [\w-]+){1,3})", re.IGNORECASE
)
_ORDINALS = tuple(
    re.compile(rf"(?:The )?(?:{ordinal})\b", re.IGNORECASE)
    for ordinal in ("first(?:ly)?|one", "second(?:ly)?|another", "third(?:ly)?|finally", "fourth(?:ly)?|finally")
)

#: Whether a sentence may be quoted as an answer.
Sure = Callable[[Candidate], bool]
#: The passages that follow one in its document.
Following = Callable[[Passage], Sequence[Passage]]


def newest_first(ranked: list[Candidate], newest: bool, sure: Sure) -> list[Candidate]:
    """Of the sentences that answer about as well as the best the newest first; the undated keep their places.

    Who asks for the ``newest`` gets the sentences of one document, the newest that answers at all well.
    """
    if len({one.hit.dated for one in ranked}) < 2:
        return ranked
    near = (NEXT_BEST if newest else ABOUT_AS_WELL) * ranked[0].score
    good = [one for one in ranked if one.score >= near and as_good(one, ranked[0], newest) and sure(one)]
    dated = sorted((one for one in good if one.hit.dated), key=lambda one: one.hit.dated, reverse=True)
    if newest and dated:
        return [one for one in ranked if one.hit.passage.document == dated[0].hit.passage.document]
    in_turn = iter(dated)
    places = {id(one): next(in_turn) if one.hit.dated else one for one in good}
    return [places.get(id(one), one) for one in ranked]


def as_good(one: Candidate, best: Candidate, newest: bool) -> bool:
    """Whether a sentence covers what the best covers, and as well, and holds what is asked for if that does.

    Unless the ``newest`` is asked for it must tell the same, too, maybe with other numbers.
    """
    whole = one.covered >= best.covered and one.evidence.coverage >= ABOUT_AS_WELL * best.evidence.coverage
    alike = newest or fuzz.token_set_ratio(one.sentence.text, best.sentence.text) >= _ALIKE
    return whole and alike and bool(one.evidence.typed) == bool(best.evidence.typed)


def chosen(asked: Query, ranked: Sequence[Candidate], sure: Sure, following: Following) -> list[Quoted]:
    """The sentences to quote of those ranked, the first of which answers."""
    best = ranked[0]
    if listed := _listed(asked, best, following):
        return listed
    if best.dated and len(best.sentence.text) + len(best.dated.text) <= LONGEST_SUMMARY:
        return [(best.hit.passage, one) for one in sorted((best.sentence, best.dated), key=attrgetter("start"))]
    quoted = [quote_of(best), *_announced(asked, best), *_compared(asked, ranked)]
    for candidate in ranked[1:]:
        if len(quoted) >= MOST_SENTENCES or candidate.score < NEXT_BEST * best.score:
            break
        if sure(candidate) and _adds(asked, candidate, quoted, best):
            quoted.append(quote_of(candidate))
    return _with_antecedent(asked, best, _in_order(_fitting(quoted)))


def quote_of(candidate: Candidate) -> Quoted:
    """A candidate as it is quoted."""
    return candidate.hit.passage, candidate.sentence


def _listed(asked: Query, best: Candidate, following: Following) -> list[Quoted]:
    """The items that are asked for and announced ("three bets": "First, …"), with what does where there is room."""
    several = _SEVERAL.search(best.sentence.text)
    if not several or asked.kind.figures or not covers(asked, several[1]) - asked.called:
        return []
    passage = best.hit.passage
    after = [(passage, one) for one in sentences(passage) if one.start > best.sentence.start]
    if not (after and _ORDINALS[0].match(after[0][1].text)):
        return []
    after += ((later, one) for later in following(passage) for one in sentences(later))
    items = list(_items(after))
    whole = [quote_of(best), *items]
    return next((some for some in (whole, items) if len(items) > 1 and _fitting(some) == some), [])


def _items(after: Sequence[Quoted]) -> Iterator[Quoted]:
    """The sentences that begin with first, second, third … in turn."""
    rest = iter(after)
    for ordinal in _ORDINALS:
        item = next((one for one in rest if ordinal.match(one[1].text)), None)
        if item is None:
            return
        yield item


def _fitting(quoted: Sequence[Quoted]) -> list[Quoted]:
    """As many of the sentences as an answer may have."""
    fitting: list[Quoted] = []
    for one in quoted[:MOST_SENTENCES]:
        if sum(len(other.text) + 1 for _, other in fitting) + len(one[1].text) <= LONGEST_SUMMARY:
            fitting.append(one)
    return fitting


def _announced(asked: Query, best: Candidate) -> list[Quoted]:
    """The next sentence, when a short one ends with what was asked ("… is not without risks."): it tells of none."""
    said = word_texts(best.sentence.text)
    told = bool(asked.kind.figures and best.evidence.typed)
    where = best.sentence.text if _THERE_ARE.search(best.sentence.text) else said[-1]
    if told or len(said) > _SHORT or not covers(asked, where) - asked.called:
        return []
    return [(best.hit.passage, after) for one, after in pairwise(sentences(best.hit.passage)) if one == best.sentence]


def _compared(asked: Query, ranked: Sequence[Candidate]) -> list[Quoted]:
    """Of things to compare the best sentence that is about each alone, when there is one about each."""
    if asked.kind.name != "comparison" or len(asked.called) < MOST_SENTENCES - 1:
        return []
    about = (next((one for one in ranked if _is_about(asked, one, name)), None) for name in sorted(asked.called))
    found = [quote_of(one) for one in about if one]
    return [one for one in found if one != quote_of(ranked[0])] if len(found) == len(asked.called) else []


def _is_about(asked: Query, candidate: Candidate, name: str) -> bool:
    return candidate.covered & asked.called == {name} and name in terms_of(candidate.sentence.text)[:_OPENING]


def _adds(asked: Query, candidate: Candidate, quoted: Sequence[Quoted], best: Candidate) -> bool:
    """Whether a sentence says something that those quoted do not, and can be read beside them."""
    as_good = (
        bool(candidate.evidence.typed) == bool(best.evidence.typed) and candidate.evidence.named >= best.evidence.named
    )
    as_much = candidate.evidence.coverage >= _AS_MUCH * best.evidence.coverage
    return not is_said(candidate.sentence, quoted) and as_good and as_much and not _dangles(asked, candidate, quoted)


def is_said(sentence: Sentence, quoted: Sequence[Quoted]) -> bool:
    """Whether one of the sentences quoted says the same."""
    return any(fuzz.token_set_ratio(sentence.text, one.text) >= _SAME_SENTENCE for _, one in quoted)


def _dangles(asked: Query, candidate: Candidate, quoted: Sequence[Quoted]) -> bool:
    """Whether it is about something in a sentence that nobody quotes; one with a name asked about is about that."""
    before = _before(candidate.hit.passage, candidate.sentence)
    unread = bool(before) and (candidate.hit.passage, before) not in quoted
    return unread and leans(candidate.sentence.text) and not asked.called & candidate.covered


def _before(passage: Passage, sentence: Sentence) -> Sentence | None:
    return next((one for one, other in pairwise(sentences(passage)) if other == sentence), None)


def _in_order(quoted: Sequence[Quoted]) -> list[Quoted]:
    """The passages as they come, each in its own order."""
    places = {(passage.document, passage.number): at for at, (passage, _) in reversed(list(enumerate(quoted)))}
    return sorted(quoted, key=lambda one: (places[one[0].document, one[0].number], one[1].start))


def _with_antecedent(asked: Query, best: Candidate, quoted: list[Quoted]) -> list[Quoted]:
    """A first sentence that speaks of "the company" or "this figure" gets the one before, if that says more.

    Where it has itself a name that was asked about, and all the question's words the other has, it stands alone.
    """
    passage, sentence = quoted[0]
    before = _before(passage, sentence)
    if before is None or not leans(sentence.text) or any(one.match(sentence.text) for one in _ORDINALS):
        return quoted
    if asked.called & best.covered and covers(asked, before.text) <= best.covered:
        return quoted
    wider = _fitting([(passage, before), *quoted])
    return wider if quoted[0] in wider else quoted
