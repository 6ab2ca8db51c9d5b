"""Text as words: the one place that says what a word, a stem and a stop word are.

The index and everything that reasons about words go through the same tantivy analyzer, so that a stem
computed here is a term there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from unicodedata import normalize

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

from content.forms import LETTERS, comparable, is_name, names_asked, passage_forms, question_forms, vocabulary_forms

_WORD = re.compile(rf"{LETTERS}|[^\W_]+")

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
    whats whos wheres whens whys hows thats theres heres dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt
    cant couldnt wouldnt shouldnt wont im ive youre youve theyre theyve weve
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
#: Words that say what sort of thing is asked for; no sentence that answers need have them.
FRAME_WORDS = frozenset(
    "money amount sum number percentage percent share year date people person name names reason way kind sort type"
    " thing things does mean meaning called compare compared comparison difference differ versus vs happen happened"
    " located stand used made others way ways put puts putting get gets got list true main major key"
    " biggest largest".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, with its offsets in the text it was found in."""

    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a text: runs of letters and digits of any script, and letters that are one word.

    >>> [w.text for w in words("Qwen3-235B isn’t from the U.S.")]
    ['Qwen3', '235B', 'isn', 't', 'from', 'the', 'U.S.']
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

    >>> stem("Pledged"), stem("GPUs")
    ('pledg', 'gpu')
    """
    return "".join(_STEMMING.analyze(comparable(word)))


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """The word in lower case without accents: how the vocabulary knows it.

    >>> fold("Économie")
    'economie'
    """
    return "".join(_FOLDING.analyze(normalize("NFKC", word)))


def is_grammar(word: str) -> bool:
    """Whether a word as written says how a question is put rather than what it is about: "us", but not "US"."""
    return fold(word) in STOP_WORDS and not is_name(word)


def content_words(text: str) -> list[Word]:
    """The words that say what a question is about; names among them with their capitals.

    >>> [w.text for w in content_words("How much did Alibaba, and the us, pledge for AI?")]
    ['Alibaba', 'US', 'pledge', 'AI']
    """
    named = {match.end() for match in names_asked(text)}
    found = (word for word in words(text) if word.end in named or fold(word.text) not in STOP_WORDS)
    return [replace(word, text=word.text.upper()) if word.text == "us" else word for word in found]


def matter(question: str) -> list[str]:
    """The words that say what is asked; those that only frame a question when there are no others.

    >>> matter("What is the name of Alibaba's assistant?")
    ['Alibaba', 'assistant']
    """
    telling = [word.text for word in content_words(question)]
    return [word for word in telling if fold(word) not in FRAME_WORDS | LINKING_WORDS] or telling


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
    return tuple(_STEMMING.analyze(comparable(text)))


def passage_stems(text: str) -> list[str]:
    """All terms by which a text is found, in order, repeats kept."""
    return _STEMMING.analyze(passage_forms(text))


#: Between a word as the vocabulary knows it and as it is written.
AS_WRITTEN = "\x1f"


def passage_writings(text: str) -> list[str]:
    """The words of a text as the vocabulary knows them, each with a way it is written, and each pair once.

    >>> [pair.split(AS_WRITTEN) for pair in passage_writings("M & A on ModelScope")]
    [['ma', 'M&A'], ['modelscope', 'ModelScope'], ['on', 'on']]
    """
    written = {"".join(word.text.split()) for word in words(text)}
    return sorted(f"{fold(word)}{AS_WRITTEN}{word}" for word in written if fold(word))


def passage_words(text: str) -> list[str]:
    """The words of a text as the vocabulary knows them, each once, those within codes too."""
    return sorted(set(_FOLDING.analyze(vocabulary_forms(text))))
