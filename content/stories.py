"""Which items of feeds are wanted, and which of them were there before under another name."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from content.addresses import canonical, web_address
from content.errors import Refused
from content.words import fold, passage_stems, stems, words

#: An item of fewer words has no text to be known by: two may say "Markets close".
_FEWEST_WORDS = 20
#: Shorter words have too many neighbours to be forgiven a letter.
_FORGIVEN = 5


@dataclass(frozen=True, slots=True)
class Item:
    """Something a feed lists; "" is what it does not tell."""

    id: str
    #: absolute, or ""
    url: str
    title: str
    text: str
    published: str = ""
    author: str = ""


def item(told: dict[str, str], feed: str) -> Item:
    """An item as a feed at an address tells it."""
    try:
        url = canonical(web_address(told["url"], below=feed)) if told["url"] else ""
    except Refused:
        url = ""
    return Item(told["id"], url, told["title"], told["text"], told["published"], told["author"])


def names(one: Item, feed: str) -> tuple[str, ...]:
    """All by which an item is known again; two items that share one are the same.

    >>> names(Item("7", "https://news.example/a", "A", "Short."), "https://news.example/feed")
    ('id:https://news.example/feed 7', 'url:https://news.example/a')
    """
    found = [f"id:{feed} {one.id}"] if one.id else []
    found += [f"url:{one.url}"] if one.url else []
    return tuple(found) + text_name(one.text)


def text_name(text: str) -> tuple[str, ...]:
    """The name of a text, whatever its marks and capitals; of a short one none."""
    said = " ".join(fold(word.text) for word in words(text))
    if said.count(" ") + 1 < _FEWEST_WORDS:
        return ()
    return (f"text:{hashlib.sha256(said.encode()).hexdigest()}",)


def wanted(one: Item, topics: Sequence[str], corrected: Callable[[str], str]) -> bool:
    """Whether an item is about one of the topics: has all its words, give or take a letter. No topics: every item is.

    ``corrected`` is a topic as the documents spell it.
    """
    told = frozenset(passage_stems(f"{one.title} {one.text}"))
    spellings = (spelling for topic in topics for spelling in dict.fromkeys((topic, corrected(topic))))
    return not topics or any(_has_all(told, stems(spelling)) for spelling in spellings)


def _has_all(told: frozenset[str], topic: Iterable[str]) -> bool:
    asked = list(topic)
    return bool(asked) and all(word in told or _nearly(word, told) for word in asked)


def _nearly(word: str, told: frozenset[str]) -> bool:
    return len(word) >= _FORGIVEN and any(
        OSA.distance(word, other, score_cutoff=1) <= 1 for other in told if other[:1] == word[:1]
    )
