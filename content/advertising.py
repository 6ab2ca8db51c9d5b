"""Advertising, for whoever asks for it by name: quoted with its label, where otherwise nothing quotes it.

A question about advertising ("How much does Acme spend on ads?") asks for none: it is the bot's own word for such a
passage that does, or one for the passage itself ("the sponsored article", "show the ads").
"""

import re
from collections.abc import Sequence

from content.citations import Quoted
from content.copies import first_publications
from content.documents import Hit, Passage, Sentence, Understanding
from content.passages import sentences
from content.store import Store
from content.words import content_words, stem, terms_of

#: What is said where nothing else comes near a question.
ONLY_SPONSORED = "A sponsored passage comes nearest, which no answer quotes: to see it, ask for the sponsored article."
_TEXT = r"(?:article|passage|paragraph|part|section|content|text|post|story|stories|document|source|page|link)s?"
_SHOW = r"(?:show|list|see|summary|are there)"
_ASKS = re.compile(
    rf"\bsponsored {_TEXT}\b"
    r"|\b(?:paid(?:[ -]for)?|promoted|advertising|promotional) (?:article|passage|paragraph|content)s?\b"
    rf"|\badvertorials?\b|^\W*(?:{_SHOW}(?: me)?|what do) (?:the |an |any |all )*(?:ads?|adverts?|advertisements?)\b"
    rf"|^\W*{_SHOW}\b.*\bsponsored\W*$|^\W*(?:sponsored|ads?|adverts?)\W*$"
    rf"|^\W*(?:what|which|is the|is this|are the|are any) {_TEXT}(?: is| are| was| were)? sponsored\W*$",
    re.IGNORECASE,
)
#: Words of the asking, not of what it is about.
_ASKING = frozenset(
    stem(word)
    for word in (
        "sponsored paid promoted promotional advertising advertorial advertisement advert ad show list see summary"
        " summarize say tell about there article passage paragraph part section content text post story document source"
        " page link"
    ).split()
)
#: Passages looked at, and sentences quoted.
_LOOKED_AT, _MOST = 200, 3
#: What the evidence for advertising quotes.
_SIGN = re.compile(r"“([^”]+)”")


def asks_for_advertising(question: str) -> bool:
    """Whether a question names advertising as what it wants to see.

    >>> asks_for_advertising("What does the sponsored article say?"), asks_for_advertising("Who sponsored the race?")
    (True, False)
    """
    return bool(_ASKS.search(question))


def bought(store: Store, asked: Understanding) -> list[Quoted]:
    """The sponsored sentences that are asked for; none for who does not ask for them."""
    return advertised(_distinct(store), asked) if asks_for_advertising(asked.question) else []


def _distinct(store: Store) -> list[Passage]:
    """The sponsored passages, each as it was first published."""
    found = store.sponsored(_LOOKED_AT)
    headers = store.headers(sorted({passage.document for passage in found}))
    dates = {name: header.published or header.inferred for name, header in headers.items()}
    hits = [Hit(rank, passage, None, 0.0) for rank, passage in enumerate(found, 1)]
    return [hit.passage for hit in first_publications(hits, dates)]


def advertised(sponsored: Sequence[Passage], asked: Understanding) -> list[Quoted]:
    """The sentences that show their passage to be advertising, or where none does the first.

    Of the passages that have a word of the question; of all where it is about nothing else.
    """
    wanted = {stem(word.text) for word in content_words(asked.effective)} - _ASKING
    about = [passage for passage in sponsored if not wanted.isdisjoint(terms_of(passage.text))]
    meant = about if wanted else sponsored
    quoted: dict[str, Quoted] = {}
    for passage in meant:
        for sentence in _telling(passage):
            quoted.setdefault(sentence.text, (passage, sentence))
    return list(quoted.values())[:_MOST]


def _telling(passage: Passage) -> Sequence[Sentence]:
    signs = _SIGN.findall(passage.sponsored or "")
    every = sentences(passage)
    return [sentence for sentence in every if any(sign in sentence.text for sign in signs)] or every[:_MOST]
