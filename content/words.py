"""Text as words: the one place that says what a word, a stem and a stop word are.

The index and everything that reasons about words go through the same tantivy analyzer, so that a stem
computed here is a term there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

from content.forms import passage_forms, question_forms, vocabulary_forms

_WORD = re.compile(r"[^\W_]+")

#: Words of grammar: they say how a question is put, not what it is about.
STOP_WORDS = frozenset(
    """
    a about above after again against all also am an and any are aren as at be because been before being below between
    both but by can cannot could couldn d did didn do does doesn doing don down during each either else ever few for
    from further had hadn has hasn have haven having he her here hers herself him himself his how i if in into is isn it
    its itself just ll m many may me might mine more most much must my myself no nor not of off on once one only or
    other ought our ours ourselves out over please re s same say says shall she should so some such t than that the
    their theirs them themselves then there these they this those through to too u under until up upon us ve very was
    wasn we were weren what when where which while who whom whose why will with won would wouldn you your yours
    yourself tell show give know let
    """.split()
)
#: Words of grammar, too: documents are searched for them ("within"), but no sentence that answers need have them.
LINKING_WORDS = frozenset(
    """
    across although amid among amongst another anybody anyone anything around every everybody everyone everything
    however nobody non nothing per since somebody someone something therefore though toward towards unless via whether
    within without yet
    """.split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, with its offsets in the text it was found in."""

    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a text: runs of letters and digits of any script.

    >>> [w.text for w in words("Qwen3-235B isn’t small")]
    ['Qwen3', '235B', 'isn', 't', 'small']
    """
    for match in _WORD.finditer(text):
        yield Word(match.group(), match.start(), match.end())


def word_texts(text: str) -> list[str]:
    """The words alone, where their places do not matter: five times as fast.

    >>> word_texts("Qwen3-235B isn’t")
    ['Qwen3', '235B', 'isn', 't']
    """
    return _WORD.findall(text)


def _folding() -> TextAnalyzerBuilder:
    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(64))
    return builder.filter(Filter.lowercase()).filter(Filter.ascii_fold())


_FOLDING = _folding().build()
_STEMMING = _folding().filter(Filter.stemmer("english")).build()
_TELLING = _folding().filter(Filter.custom_stopword(sorted(STOP_WORDS))).filter(Filter.stemmer("english")).build()


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The index term of a word; empty when it has none (longer than 64 bytes).

    >>> stem("Pledged"), stem("Ambitions")
    ('pledg', 'ambit')
    """
    return "".join(_STEMMING.analyze(normalize("NFKC", word)))


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """The word in lower case without accents: how the vocabulary knows it.

    >>> fold("Économie")
    'economie'
    """
    return "".join(_FOLDING.analyze(normalize("NFKC", word)))


def content_words(text: str) -> list[Word]:
    """The words that say what the text is about; all of them when it has only stop words.

    >>> [w.text for w in content_words("How much did Alibaba pledge for AI?")]
    ['Alibaba', 'pledge', 'AI']
    """
    found = list(words(text))
    return [word for word in found if fold(word.text) not in STOP_WORDS] or found


def stems(text: str) -> list[str]:
    """The index terms of the words that matter, in order, repeats kept; of all words when only grammar is there.

    >>> stems("the GPT-4"), stems("How is it?")
    (['gpt', '4', 'gpt4'], ['how', 'is', 'it'])
    """
    forms = question_forms(text)
    return _TELLING.analyze(forms) or _STEMMING.analyze(forms)


@lru_cache(maxsize=1 << 13)
def terms_of(text: str) -> tuple[str, ...]:
    """The stems of all words of a text as written, in order: what is compared with a question's.

    >>> terms_of("The models, pledged.")
    ('the', 'model', 'pledg')
    """
    return tuple(_STEMMING.analyze(normalize("NFKC", text)))


def passage_stems(text: str) -> list[str]:
    """All terms by which a text is found, in order, repeats kept."""
    return _STEMMING.analyze(passage_forms(text))


#: Between a word as the vocabulary knows it and as it is written.
AS_WRITTEN = "\x1f"


def passage_writings(text: str) -> list[str]:
    """The words of a text as the vocabulary knows them, each with a way it is written, and each pair once.

    >>> [pair.split(AS_WRITTEN) for pair in passage_writings("on ModelScope")]
    [['modelscope', 'ModelScope'], ['on', 'on']]
    """
    return sorted(f"{fold(word)}{AS_WRITTEN}{word}" for word in {word.text for word in words(text)} if fold(word))


def passage_words(text: str) -> list[str]:
    """The words of a text as the vocabulary knows them, each once, those within codes too."""
    return sorted(set(_FOLDING.analyze(vocabulary_forms(text))))
