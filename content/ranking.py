"""How well a sentence answers a question: what of it it covers, how close together, and whether it holds what is asked.

Everything that speaks for a sentence is a number of :class:`Evidence`; :data:`WEIGHTS` is all there is to the ranking.
The weights were fitted on WikiQA and TREC-QA (``tests/bench/answers.py``), pair by pair, and rounded.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import pairwise
from operator import mul
from typing import NamedTuple

from content.documents import Figure, Hit, Sentence
from content.grids import CELLS, in_its_cell, with_columns
from content.inflections import derived
from content.leaning import goes_on, leans
from content.passages import sentences
from content.questions import Asked, asked, leads_with
from content.reading import StandingFor, acronyms, spelled_out, written_as_acronyms
from content.signs import Given, defines, figures_in
from content.wanted import Fits, fits
from content.words import content_words, is_grammar, stem, terms_of, word_texts, words

#: What an equal stem, one that continues the other, and one that may stand for it count.
_SAME, _CONTINUED, RELATED = 1.0, 0.7, 0.6
#: What a match in the sentence before counts for one that opens with no pronoun.
_BEFORE = 0.5
#: How well a sentence answers "when" by the date of its passage.
_DATED = 0.5
#: How much one that goes on from another ("However, …") needs it, beside one that is about it ("They …").
_GOING_ON = 0.7
#: Letters by which one stem may be longer than one of so many, and letters that make two stems of one family: four
#: letters begin much by chance (fact, factory; part, partner).
_LONGER, _CONTINUES, _FAMILY, _PREFIX = 4, 5, 6, 4
#: Sentences that are looked at closely, those that cover most.
_CLOSELY = 40
#: By how many words the second of two neighbours may follow the first.
_SIDE_BY_SIDE = (1, 2)

_PRESENT = re.compile(r"\b(?:now|today|currently|so far|as of|we|this (?:year|quarter|month|week))\b", re.IGNORECASE)
_CLOSED = re.compile(r"[.!?…]\W*$")

#: Stem → how well it is matched.
Matches = Mapping[str, float]
_NOTHING: Matches = {}


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready for weighing sentences."""

    kind: Asked
    #: stem → how telling it is; in the order of the question
    terms: Mapping[str, float]
    #: stems of the names asked about, and those of them that are not everywhere
    called: frozenset[str]
    names: frozenset[str]
    given: Given
    #: stem → its letters, of acronyms a sentence may spell out
    acronyms: Mapping[str, str]
    #: a stem of a document → stems of the question it is, may stand for or continues, and how well it does
    matching: Callable[[str], Matches]
    #: the stems asked about when the question asks what something is
    focus: frozenset[str]
    #: whether a figure measures or counts what is asked for
    fits: Fits

    def leads(self, figure: Figure) -> bool:
        """Whether a figure is of the sort the question asks for, and of the thing."""
        return leads_with(self.kind, figure) and self.fits(figure)

    def measures(self, figure: Figure) -> bool:
        """Whether a figure may be of the quantity that the question is about, if it is about one."""
        return self.leads(figure) if self.kind.figures else self.fits(figure)


class Evidence(NamedTuple):
    """What speaks for a sentence, each 0..1; shares are of the question's terms by how telling these are."""

    #: share of the question that the sentence covers; with its title, heading and the sentence before it
    coverage: float
    context: float
    #: share of the question's terms that it touches at all, be it by a word that may only stand for one
    breadth: float
    #: share of the names asked about that it or what it leans on has; 1 when none is
    named: float
    #: how close together neighbouring words of the question stand, and the share that stand side by side in order
    close: float
    in_order: float
    #: how well it holds what the question asks for, and says what the thing asked about is
    typed: float
    defined: float
    #: 1 for the first sentence of a passage, ½ for the second, ⅓ …
    early: float
    #: 1 when it is not closed like a sentence, or cannot stand alone though only one word is asked about
    fragment: float


#: What each piece of evidence is worth.
WEIGHTS = Evidence(
    coverage=0.4,
    context=1.6,
    breadth=0.8,
    named=0.5,
    close=0.6,
    in_order=0.4,
    typed=1.5,
    defined=0.3,
    early=0.5,
    fragment=-0.3,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence, where it stands, and how well it answers."""

    hit: Hit
    sentence: Sentence
    evidence: Evidence
    score: float
    #: stems of the question it covers
    covered: frozenset[str]
    #: the sentence of its passage that has the date it lacks, when one is asked for
    dated: Sentence | None = None


def query(
    question: str, terms: Mapping[str, float], others: StandingFor, common: Callable[[str], bool], hits: Sequence[Hit]
) -> Query:
    """Make a question ready: its kind, its weighted stems with what may stand for them, and which are names.

    ``common`` tells the stems so frequent that every sentence is about them.
    """
    kind = asked(question)
    called = frozenset((_written_as_names(question) | _names_in(hits, terms)) & terms.keys())
    names = frozenset(name for name in called if not common(name))
    if kind.name == "comparison":  # both count, be one of them everywhere
        terms = {term: max(terms.values()) if term in called else weight for term, weight in terms.items()}
    wide = [*others.items(), *acronyms(question, _stands_in(hits))]
    return Query(
        kind=kind,
        terms=terms,
        called=called,
        names=names,
        given=lambda term: term in terms or common(term),
        acronyms=written_as_acronyms(question),
        matching=cache(partial(_matching, _standing(terms, wide), _families(terms.keys() - names))),
        focus=frozenset(terms) if kind.name == "definition" else frozenset(),
        fits=fits(kind, question),
    )


def _standing(terms: Mapping[str, float], others: Iterable[tuple[str, frozenset[str]]]) -> dict[str, dict[str, float]]:
    standing: dict[str, dict[str, float]] = {}
    for term, some in others:
        for other in some if term in terms else ():
            standing.setdefault(other, {})[term] = RELATED
    for term in terms:
        standing.setdefault(term, {})[term] = _SAME
    return standing


def _families(terms: Iterable[str]) -> dict[str, list[str]]:
    """The first letters of stems → those that are no names: a name has no family (Apple, application)."""
    families: dict[str, list[str]] = {}
    for term in sorted(terms):
        families.setdefault(term[:_PREFIX], []).append(term)
    return families


def _stands_in(hits: Sequence[Hit]) -> Callable[[str], bool]:
    texts = [hit.passage.text.lower() for hit in hits]
    return lambda phrase: any(phrase in text for text in texts)


def _written_as_names(question: str) -> frozenset[str]:
    """Words with a capital inside a question that is not written in capitals throughout; years and codes too."""
    coded = frozenset(stem(word.text) for word in words(question) if any(char.isdigit() for char in word.text))
    if question.isupper() or question.istitle():
        return coded
    opening = next((word.end for word in words(question)), 0)
    called = (word.text for word in content_words(question) if word.end > opening or word.text[1:].isupper())
    return coded | {stem(word) for word in called if _capital(word)}


def _capital(word: str) -> bool:
    return any(letter.isupper() for letter in word) and not is_grammar(word)


def _names_in(hits: Sequence[Hit], terms: Mapping[str, float]) -> frozenset[str]:
    """Stems that the passages themselves nearly always write with a capital."""
    begin = tuple({letters for term in terms for letters in (term[:2], term[:2].capitalize(), term[:2].upper())})
    found = Counter(word for hit in hits for word in word_texts(hit.passage.text) if word.startswith(begin))
    capital, total = dict.fromkeys(terms, 0), dict.fromkeys(terms, 0)
    for word, often in found.items():
        if (term := stem(word)) in terms:
            total[term] += often
            capital[term] += often * _capital(word)
    return frozenset(term for term in terms if total[term] and capital[term] >= 0.9 * total[term])


def candidates(query: Query, hits: Sequence[Hit]) -> list[Candidate]:
    """The sentences of the passages that cover most, best first; ties by the passage's rank, then by place."""
    drafts = [draft for hit in hits for draft in _drafts(query, hit)]
    drafts.sort(key=lambda draft: (-draft.promise, draft.hit.rank, draft.sentence.start))
    found = [_weigh(query, draft) for draft in drafts[:_CLOSELY]]
    return sorted(found, key=lambda one: (leaves_unsaid(query, one), -one.score, one.hit.rank, one.sentence.start))


def leaves_unsaid(query: Query, candidate: Candidate) -> bool:
    """Whether the one word asked about does not stand there, nor one of its family, only one that may stand for it."""
    return len(query.terms) == 1 and candidate.evidence.coverage <= RELATED


@dataclass(frozen=True, slots=True)
class _Draft:
    """A sentence that may be looked at closely: its terms, and what it and what it leans on match."""

    hit: Hit
    sentence: Sentence
    position: int
    terms: Sequence[str]
    own: Matches
    around: Matches
    promise: float


def _drafts(query: Query, hit: Hit) -> Iterator[_Draft]:
    above = f"{hit.passage.heading or ''}\n{hit.title or ''}"
    leaning = matches(query, terms_of(above), above)
    previous: Matches = {}
    for position, sentence in enumerate(sentences(hit.passage)):
        said = with_columns(sentence.text, hit.passage.heading)
        terms = terms_of(said)
        own = matches(query, terms, said)
        around = _best_of(own, leaning, previous if leans(sentence.text) else _faded(previous))
        promise = WEIGHTS.coverage * share(query, own) + WEIGHTS.context * share(query, around)
        yield _Draft(hit, sentence, position, terms, own, around, promise)
        previous = own


def _faded(before: Matches) -> Matches:
    """What the sentence before has, for one that does not lean on it."""
    return {term: _BEFORE * match for term, match in before.items()}


def _best_of(*several: Matches) -> Matches:
    found: dict[str, float] = {}
    for some in several:
        for term, match in some.items():
            found[term] = max(match, found.get(term, 0.0))
    return found


def share(query: Query, found: Matches) -> float:
    """How much of the question these matches are, 0..1."""
    return sum(query.terms[term] * found[term] for term in query.terms if term in found) / _whole(query)


def _whole(query: Query) -> float:
    return sum(query.terms.values()) or 1.0


def _weigh(query: Query, draft: _Draft) -> Candidate:
    text = draft.sentence.text
    close, in_order = _together(query, draft.terms)
    typed = 0.0 if _measures_another(query, text) else query.kind.holds(text, query.given)
    if not typed and CELLS in text and query.kind.figures:
        typed = float(any(query.leads(in_its_cell(cell, draft.hit.passage)) for cell in _cells(draft)))
    dated = _dated(query, draft.hit) if query.kind.name == "date" and not typed else None
    evidence = Evidence(
        coverage=share(query, draft.own),
        context=share(query, draft.around),
        breadth=share(query, dict.fromkeys(filter(draft.own.get, draft.own), _SAME)),
        named=_named(query, draft.around),
        close=close,
        in_order=in_order,
        typed=_DATED if dated else typed,
        defined=_says_what(query, text),
        early=1 / (1 + draft.position),
        fragment=_fragment(query, text),
    )
    return Candidate(draft.hit, draft.sentence, evidence, weighted(evidence, WEIGHTS), frozenset(draft.own), dated)


def _cells(draft: _Draft) -> Iterator[Figure]:
    """The figures of a row, at their places in the document."""
    return (replace(one, start=one.start + draft.sentence.start) for one in figures_in(draft.sentence.text))


def _fragment(query: Query, text: str) -> float:
    """Where one word is asked about, all sentences with it are as good but those that need the one before them."""
    needs = 1.0 if leans(text) else _GOING_ON if goes_on(text) else 0.0
    return 1.0 if not _CLOSED.search(text) else needs * (len(query.terms) == 1)


def _measures_another(query: Query, text: str) -> bool:
    """Whether the figures of a sentence are of something else than what is asked for."""
    told = figures_in(text) if query.kind.figures else ()
    found = [figure for figure in told if figure.kind == "money" or query.kind.name != "money"]
    return bool(found) and not any(map(query.fits, found))


def _dated(query: Query, hit: Hit) -> Sentence | None:
    """The one dated sentence of a passage, when it tells the writer's present: what is reported there is of that time.

    "The firm was founded in 1999" dates nothing else.
    """
    found = [sentence for sentence in sentences(hit.passage) if query.kind.holds(sentence.text, query.given)]
    return found[0] if len(found) == 1 and _PRESENT.search(found[0].text) else None


def _named(query: Query, around: Matches) -> float:
    return sum(1 for name in query.names if name in around) / len(query.names) if query.names else 1.0


def _says_what(query: Query, text: str) -> float:
    """Whether the thing asked about is defined, or its acronym spelled out."""
    letters = (query.acronyms[term] for term in query.focus & query.acronyms.keys())
    return max([defines(query.focus, text), *(float(spelled_out(text, some)) for some in letters)])


def weighted(found: Sequence[float], weights: Sequence[float]) -> float:
    """The sum of what each piece of evidence is worth."""
    return float(sum(map(mul, found, weights)))


def matches(query: Query, terms: Iterable[str], text: str = "") -> dict[str, float]:
    """Which stems of the question some terms cover, and how well; of a text also the acronyms it spells out."""
    found: dict[str, float] = {}
    for term in terms:
        for asked_for, match in query.matching(term).items():
            if match > found.get(asked_for, 0.0):
                found[asked_for] = match
    for asked_for, letters in query.acronyms.items():
        if asked_for in query.terms and asked_for not in found and spelled_out(text, letters):
            found[asked_for] = _CONTINUED
    return found


def _matching(standing: Mapping[str, Matches], families: Mapping[str, Sequence[str]], term: str) -> Matches:
    """What a term stands for, and what by its first letters it continues."""
    stands = standing.get(term, _NOTHING)
    family = families.get(term[:_PREFIX])
    return _best_of({asked_for: _family(asked_for, term) for asked_for in family}, stands) if family else stands


def _family(term: str, other: str) -> float:
    shorter, longer = sorted((term, other), key=len)
    continued = len(shorter) >= _CONTINUES and longer.startswith(shorter) and len(longer) - len(shorter) <= _LONGER
    if continued or other in derived(term):
        return _CONTINUED
    return RELATED if len(shorter) >= _FAMILY and term[:_FAMILY] == other[:_FAMILY] else 0.0


def _places(query: Query, terms: Sequence[str]) -> dict[str, list[tuple[int, float]]]:
    """Where in a sentence each stem of the question is matched, and how well."""
    places: dict[str, list[tuple[int, float]]] = {}
    for place, term in enumerate(terms):
        for asked_for, match in query.matching(term).items():
            if match:
                places.setdefault(asked_for, []).append((place, match))
    return places


def _together(query: Query, terms: Sequence[str]) -> tuple[float, float]:
    """How close neighbouring stems of the question stand, and the share of them side by side and in order."""
    places = _places(query, terms)
    close = in_order = 0.0
    pairs = [(query.terms[a] + query.terms[b], places.get(a, ()), places.get(b, ())) for a, b in pairwise(query.terms)]
    for weight, first, second in pairs:
        apart = [(y - x, min(one, other)) for x, one in first for y, other in second if x != y]
        close += weight * max((match / abs(by) for by, match in apart), default=0.0)
        in_order += weight * max((match for by, match in apart if by in _SIDE_BY_SIDE), default=0.0)
    whole = sum(weight for weight, _, _ in pairs) or 1.0
    return close / whole, in_order / whole


def covers(query: Query, text: str) -> frozenset[str]:
    """The stems of the question that a text has, itself or by a relative."""
    return frozenset(matches(query, terms_of(text), text))
