"""How well a sentence answers a question: coverage of its words, what it asks for, and where the sentence stands.

The weights are those of EVIDENCE §4 ("hand-5") and what helped on the seeds beside it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from content.documents import Hit, Sentence
from content.passages import sentences
from content.questions import Asked, Given, asked, defines
from content.synonyms import synonyms
from content.words import STOP_WORDS, content_words, fold, stem, words

_TYPE, _DEFINITION, _FIRST, _FRAGMENT, _CONTEXT = 0.4, 0.3, 0.1, 0.2, 0.3
_INHERITED = 0.8
#: Two letters begin any two words: only longer acronyms are looked for spelled out.
_AI = 2
_CONTINUED, _RELATED = 0.7, 0.6

_PRONOUN = re.compile(r"(?:It|They|He|She|Its|Their|His|Her|This|That|These|Those|Such|Both)\b")
_NOUN_FOR_NAME = re.compile(r"The (?:company|firm|funds|move|figure|group|strategy|plan|\w+ \w+ giant)\b")
_CLOSED = re.compile(r"[.!?…][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready for weighing sentences."""

    kind: Asked
    #: stem → idf over passages; a stem that no document has weighs most
    terms: Mapping[str, float]
    #: stems of the names asked about, those that are everywhere aside
    names: frozenset[str]
    given: Given
    #: stem → its letters, of acronyms a sentence may spell out
    acronyms: Mapping[str, str]
    #: stem → stems that may stand for it: synonyms, an acronym
    related: Mapping[str, frozenset[str]]
    #: the words asked about, as one phrase, when the question asks what something is
    focus: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence, where it stands, and how well it answers."""

    hit: Hit
    sentence: Sentence
    score: float
    #: share of the question's idf that the sentence covers, alone and with what it leans on; 0..1
    coverage: float
    context: float
    #: how well it holds what the question asks for, 0..1
    typed: float
    #: share of the names asked about that neither it nor what it leans on has; 0..1
    nameless: float
    #: stems of the question it covers
    covered: frozenset[str]


def query(question: str, terms: Mapping[str, float], common: Callable[[str], bool], hits: Sequence[Hit]) -> Query:
    """Read a question: its kind, its weighted stems, and which of them are names.

    ``common`` tells the stems so frequent that every sentence is about them.
    """
    kind = asked(question)
    focus = " ".join(word.text for word in content_words(question)) if kind.name == "definition" else ""
    names = (_written_as_names(question) | _names_in(hits, terms)) & terms.keys()
    rare = frozenset(name for name in names if not common(name))
    standing_for = related(question, _stands_in(hits))
    return Query(
        kind, terms, rare, lambda term: term in terms or common(term), _acronyms_in(question), standing_for, focus
    )


def related(question: str, stands: Callable[[str], bool] = bool) -> dict[str, frozenset[str]]:
    """Stem of a question → the stems that may stand for it in a document: synonyms, and the acronym of a phrase.

    ``stands`` tells the phrases (lower case) that are written in documents: initials of any two words are no acronym.

    >>> "ai" in related("artificial intelligence")["intellig"]
    True
    """
    found = {stem(word.text): synonyms(stem(word.text)) for word in content_words(question)}
    for term, acronym in _acronyms(question, stands):
        found[term] = found.get(term, frozenset()) | {acronym}
    return found


def _acronyms(question: str, stands: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """The stems of neighbouring words, each with the word their initials make."""
    asked = [fold(word.text) for word in words(question)]
    for length in (2, 3, 4):
        for at in range(len(asked) - length + 1):
            some = asked[at : at + length]
            if STOP_WORDS.isdisjoint(some) and all(some) and stands(" ".join(some)):
                initials = stem("".join(word[0] for word in some))
                yield from ((stem(word), initials) for word in some)


def _stands_in(hits: Sequence[Hit]) -> Callable[[str], bool]:
    texts = [hit.passage.text.lower() for hit in hits]
    return lambda phrase: any(phrase in text for text in texts)


def _written_as_names(question: str) -> frozenset[str]:
    """Words with a capital inside a question that is not written in capitals throughout; years and codes too."""
    coded = frozenset(stem(word.text) for word in words(question) if any(char.isdigit() for char in word.text))
    if question.isupper() or question.istitle():
        return coded
    return coded | {stem(word.text) for word in list(words(question))[1:] if _capital(word.text)}


def _capital(word: str) -> bool:
    return any(letter.isupper() for letter in word) and fold(word) not in STOP_WORDS


def _names_in(hits: Sequence[Hit], terms: Mapping[str, float]) -> frozenset[str]:
    """Stems that the passages themselves nearly always write with a capital."""
    capital: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for hit in hits:
        for word in words(hit.passage.text):
            if (term := stem(word.text)) in terms:
                total[term] += 1
                capital[term] += _capital(word.text)
    return frozenset(term for term in terms if total[term] and capital[term] >= 0.9 * total[term])


def candidates(query: Query, hits: Sequence[Hit]) -> list[Candidate]:
    """All sentences of the passages, best first; ties by the passage's rank, then by place."""
    found = [candidate for hit in hits for candidate in _of_passage(query, hit)]
    return sorted(found, key=lambda one: (-one.score, one.hit.rank, one.sentence.start))


def _of_passage(query: Query, hit: Hit) -> Iterator[Candidate]:
    previous, inherited = "", 0.0
    above = hit.passage.heading or "", hit.title or ""
    for position, sentence in enumerate(sentences(hit.passage)):
        candidate = _weigh(query, hit, sentence, (*above, previous))
        score = candidate.score + (_FIRST if position == 0 else 0)
        if is_dependent(sentence.text):
            score = max(score, _INHERITED * inherited)
        yield replace(candidate, score=score)
        previous, inherited = sentence.text, score


def _weigh(query: Query, hit: Hit, sentence: Sentence, leans_on: Sequence[str]) -> Candidate:
    own = _matches(query, sentence.text)
    around = _matches(query, sentence.text, *leans_on)
    total = sum(query.terms.values()) or 1.0
    coverage = sum(query.terms[term] * match for term, match in own.items()) / total
    context = sum(query.terms[term] * match for term, match in around.items()) / total
    typed = _holds(query, sentence.text)
    score = coverage + _CONTEXT * context + _TYPE * typed
    score += _DEFINITION if typed and query.focus else 0
    score -= 0 if _CLOSED.search(sentence.text) else _FRAGMENT
    nameless = sum(1 for name in query.names if name not in around) / len(query.names) if query.names else 0.0
    return Candidate(hit, sentence, score, coverage, context, typed, nameless, frozenset(own))


def _holds(query: Query, sentence: str) -> float:
    return float(defines(query.focus, sentence)) if query.focus else query.kind.holds(sentence, query.given)


def covers(query: Query, text: str) -> frozenset[str]:
    """The stems of the question that a text has, itself or by a relative."""
    return frozenset(_matches(query, text))


def _matches(query: Query, *texts: str) -> dict[str, float]:
    """Which stems of the question some texts cover together, and how well: 1 the same, less for a relative."""
    present = frozenset[str]().union(*map(_stems_of, texts))
    found = {}
    for term in query.terms:
        match = 1.0 if term in present else _relative(query, term, present)
        if match or (term in query.acronyms and _spelled_out(" ".join(texts), query.acronyms[term])):
            found[term] = match or _CONTINUED
    return found


def _spelled_out(text: str, letters: str) -> bool:
    """Whether neighbouring words begin with these letters: "large language models" for "llm"."""
    return letters in "".join(word.text[0] for word in words(text)).lower()


def _acronyms_in(question: str) -> dict[str, str]:
    """Stem → letters of the words written as acronyms: LLMs → llm."""
    found = ((word.text, word.text.removesuffix("s")) for word in words(question))
    return {stem(text): letters.lower() for text, letters in found if letters.isupper() and len(letters) > _AI}


@lru_cache(maxsize=1 << 13)
def _stems_of(text: str) -> frozenset[str]:
    return frozenset(stem(word.text) for word in words(text))


def _relative(query: Query, term: str, present: frozenset[str]) -> float:
    """What a word that may stand for another is worth; a name has no word family: Apple is no application."""
    related = _RELATED if query.related.get(term, frozenset()) & present else 0.0
    if term in query.names:
        return related
    family = [other for other in present if other[:4] == term[:4]] if len(term) >= 4 else []
    if any(_continues(term, other) for other in family):
        return _CONTINUED
    if len(term) >= 6 and any(other[:6] == term[:6] for other in family):
        return _RELATED
    return related


def _continues(term: str, other: str) -> bool:
    shorter, longer = sorted((term, other), key=len)
    return len(shorter) >= 4 and longer.startswith(shorter) and len(longer) - len(shorter) <= 4


def points_back(sentence: str) -> bool:
    """Whether a sentence opens with a pronoun: alone it would not say what it is about.

    >>> points_back("They pledged more."), points_back("Alibaba pledged more.")
    (True, False)
    """
    return bool(_PRONOUN.match(sentence))


def is_dependent(sentence: str) -> bool:
    """Whether what a sentence is about was named in the one before: a pronoun, or "The company …".

    >>> is_dependent("The company pledged more.")
    True
    """
    return points_back(sentence) or bool(_NOUN_FOR_NAME.match(sentence))
