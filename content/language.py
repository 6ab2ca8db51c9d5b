"""Whether a question is in a language that neither its documents nor an English dictionary know."""

from typing import Final

from content.documents import Understanding
from content.spelling import english
from content.words import STOP_WORDS, fold, word_texts

#: what is said then; the documents may be in any language
HINT: Final = "I know only the words of the documents, so please ask in their language."
#: words of no known language that make a question foreign: one may be a slip or a name
_STRANGE: Final = 2


def is_foreign(asked: Understanding) -> bool:
    """Whether a question that found nothing seems to be in another language than the documents.

    >>> is_foreign(Understanding("Wie viel hat Alibaba zugesagt?", missing=("Wie", "viel", "hat", "zugesagt")))
    True
    """
    said = word_texts(asked.question)
    if any(len(word) > 1 and fold(word) in STOP_WORDS for word in said):
        return False
    if any(not _is_latin(word) for word in asked.missing) or "¿" in asked.question:
        return True
    plain = (word for word in asked.missing if word[:1].islower() or [word] == said[:1])
    return sum(fold(word) not in english() for word in plain) >= _STRANGE


def _is_latin(word: str) -> bool:
    return all(char < "\u0250" or not char.isalpha() for char in word)
