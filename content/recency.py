"""Questions for the newest: the words that say so, which no sentence that answers need have."""

import re

from content.words import STOP_WORDS, fold, word_texts

#: In "alternating current" or "USA Today" they ask for nothing: those stand before what is asked for, or at the end.
_NEWEST = re.compile(
    r"\b(?:(?:most |more )?recent(?:ly)?|latest|newest|up[- ]to[- ]date|currently|nowadays|right now"
    r"|as of (?:now|today)|today['’]s(?= [a-z])"
    r"|(?<!usa )(?<!usa-)(?:now|today|at present|at the moment)(?=[\s?!.]*$))(?!\w)"
    r"|(?:^\W*|\b(?:the|its|their|his|her|our|your|is|are|was|what|which|much|many|of|for|in|and)\s+|['’]s?\s+)"
    r"(?P<word>current|present)(?=\s+(?!and\b|or\b|is\b|of\b|in\b|flow)[a-z])",
    re.IGNORECASE,
)


def asks_newest(question: str) -> bool:
    """Whether a question asks for what holds now.

    >>> asks_newest("What is the latest cloud revenue?"), asks_newest("What is alternating current?")
    (True, False)
    """
    return _NEWEST.search(question) is not None


def without_newest(question: str) -> str:
    """A question without the words that ask for the newest, unless there are no others.

    >>> without_newest("What is the most recent cloud revenue?"), without_newest("latest")
    ('What is the cloud revenue?', 'latest')
    """
    if not asks_newest(question):
        return question
    rest = re.sub(r" (?=[?!.,;]*$)", "", " ".join(_NEWEST.sub(_but_word, question).split()))
    return question if STOP_WORDS.issuperset(map(fold, word_texts(rest))) else rest


def _but_word(match: re.Match[str]) -> str:
    """What stood before the word is kept."""
    return match.group()[: match.start("word") - match.start()] if match["word"] else ""
