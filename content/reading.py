"""A question read against the documents: the words that matter, how telling each is, and what may stand for it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from content.documents import Understanding
from content.forms import is_name
from content.index import Index, inverse_document_frequency, weights
from content.questions import thing_asked_for
from content.recency import asks_newest, without_newest
from content.spelling import rarity
from content.thesaurus import idle_phrases, kin, phrases
from content.words import STOP_WORDS, content_words, fold, matter, stem, stems, words

#: What a word that may stand for one of the question counts in the search.
_STANDING_IN = 0.4
#: Verbs that say no more than that somebody has what is asked for ("the risks it faces"), and what they count.
_HAVING, _BARELY = frozenset({"face", "encount", "experienc", "confront"}), 0.6
#: What the noun of "Which firms …" counts: the answer has a name instead.
THING = 0.3
#: A word this rare in English, and of so many letters, may be a misspelling of another.
_RARE, _LONG = 0.99, 5

#: Two letters begin any two words: only longer acronyms are looked for spelled out.
_AI = 2

#: Stem → the stems that may stand for it.
StandingFor = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A question's stems with how telling each is, in the order of the question, and what may stand for them."""

    question: str
    terms: Mapping[str, float]
    others: StandingFor
    #: how telling (0..1) the most telling word is that no document has, nor any word that may stand for it
    unexplained: float
    #: it asks for what holds now; the words that say so are left out of ``question``
    newest: bool = False

    def widened(self) -> dict[str, float]:
        """What to search for: the question's stems and, for less, those that may stand for them."""
        initials = {other for _, others in acronyms(self.question) for other in others}
        wider = initials.union(*self.others.values())
        return dict.fromkeys(sorted(wider), _STANDING_IN) | weights(stems(self.question))


def reading(index: Index, understanding: Understanding) -> Reading:
    """Read a question."""
    question = without_newest(understanding.effective)
    others = dict(related(question))
    for word in understanding.missing:
        others[stem(word)] = others.get(stem(word), frozenset()) | _meant(index, word)
    terms, unexplained = _terms(index, question, others), _unexplained(index, understanding, others)
    return Reading(question, terms, others, unexplained, asks_newest(understanding.effective))


def related(question: str) -> StandingFor:
    """Stem of a question → the stems that may stand for it in a document, in a phrase or alone.

    >>> "merchant" in related("What do shopkeepers want?")["shopkeep"]
    True
    """
    found = {stem(word.text): kin(stem(word.text)) for word in content_words(question)}
    for term, others in phrases(question):
        found[term] = found.get(term, frozenset()) | others
    return found


def acronyms(question: str, stands: Callable[[str], bool] = bool) -> Iterator[tuple[str, frozenset[str]]]:
    """The stems of neighbouring words, each with the word their initials make.

    ``stands`` tells the phrases (lower case) that are written in documents: initials of any two words are no acronym.

    >>> list(acronyms("artificial intelligence"))
    [('artifici', frozenset({'ai'})), ('intellig', frozenset({'ai'}))]
    """
    asked = [fold(word.text) for word in words(question)]
    for length in (2, 3, 4):
        for at in range(len(asked) - length + 1):
            some = asked[at : at + length]
            if STOP_WORDS.isdisjoint(some) and all(some) and stands(" ".join(some)):
                initials = "".join(word[0] for word in some)
                yield from ((stem(word), frozenset([stem(initials)])) for word in some if initials not in STOP_WORDS)


def spelled_out(text: str, letters: str) -> bool:
    """Whether neighbouring words begin with these letters: "large language models" for "llm"."""
    return letters in "".join(word.text[0] for word in words(text)).lower()


def written_as_acronyms(question: str) -> dict[str, str]:
    """Stem → letters of the words written as acronyms: LLMs → llm. Any words may begin as "WHO" does."""
    found = ((word.text, word.text.removesuffix("s")) for word in words(question) if not is_name(word.text))
    return {stem(text): letters.lower() for text, letters in found if letters.isupper() and len(letters) > _AI}


def _meant(index: Index, word: str) -> frozenset[str]:
    """The documents' words one edit from a word that is in no document and hardly English: billon, billion."""
    plain = fold(word)
    if len(plain) < _LONG or rarity(plain) < _RARE:
        return frozenset()
    near = {known.word for known in index.vocabulary().beside(plain) if OSA.distance(known.word, plain) == 1}
    return frozenset(map(stem, near))


def _terms(index: Index, question: str, others: StandingFor) -> dict[str, float]:
    """How telling each word is that matters; a phrase of words that do not ("up against") matters by its last."""
    asked = matter(question)
    terms = {term: _weight(index, word, others.get(term, frozenset())) for word in asked if (term := stem(word))}
    for *_, last in idle_phrases(question, terms):
        terms[last] = _weight(index, last, others[last])
    less = dict.fromkeys(_HAVING, _BARELY) | {thing_asked_for(question): THING}
    return {term: weight * less.get(term, 1.0) for term, weight in terms.items()}


def _weight(index: Index, word: str, others: Iterable[str]) -> float:
    """A word's idf; one no document has weighs no more than one that may stand for it, or than English makes it."""
    total = index.passages()
    if frequency := index.document_frequency(stem(word)):
        return inverse_document_frequency(frequency, total)
    commonest = max((index.document_frequency(other) for other in others), default=0)
    return inverse_document_frequency(commonest, total) * (1.0 if commonest else rarity(word))


def _unexplained(index: Index, understanding: Understanding, others: StandingFor) -> float:
    foreign = (word for word in understanding.missing if not any(map(index.contains, others.get(stem(word), ()))))
    return max(map(rarity, foreign), default=0.0)
