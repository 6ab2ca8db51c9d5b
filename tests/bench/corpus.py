"""A made-up corpus of any size: the same seed makes the same texts, words are as frequent as Zipf found them."""

import random
from collections.abc import Iterator
from itertools import accumulate

from content.documents import Document

_SEED = 2026
_SYLLABLES = [onset + vowel for onset in "b c d f g h l m n p r s t v w st tr pl gr ch sh".split() for vowel in "aeiou"]
_ENDINGS = ["", "n", "r", "s", "l", "nt", "st", "m", "ck"]
_WORDS_IN_ALL = 300_000
_PASSAGE = (30, 80)
PASSAGES_PER_DOCUMENT = 20


def vocabulary() -> list[str]:
    """Pronounceable words, the commonest and shortest first."""
    chance = random.Random(_SEED)
    words: dict[str, None] = {}
    while len(words) < _WORDS_IN_ALL:
        syllables = chance.choices((1, 2, 3, 4), (1, 6, 10, 6))[0] if len(words) > 200 else chance.choice((1, 2))
        words["".join(chance.choices(_SYLLABLES, k=syllables)) + chance.choice(_ENDINGS)] = None
    return list(words)


def documents(passages: int) -> Iterator[Document]:
    """Documents of twenty passages each."""
    chance, words = random.Random(_SEED), vocabulary()
    heaped = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    for number in range(passages // PASSAGES_PER_DOCUMENT):
        texts = []
        for _ in range(PASSAGES_PER_DOCUMENT):
            drawn = chance.choices(words, cum_weights=heaped, k=chance.randint(*_PASSAGE))
            texts.append(" ".join(drawn).capitalize() + ".")
        yield Document(f"made-{number:06}", "\n".join(texts), title=" ".join(chance.choices(words[200:], k=4)))


def queries(passages: int, count: int, leave_out: int = 0) -> list[str]:
    """Six to ten words of a passage each, as frequent as they come there, but for so many of the commonest."""
    chance = random.Random(_SEED + 1)
    common = set(vocabulary()[:leave_out])
    asked = []
    for document in documents(min(passages, count * PASSAGES_PER_DOCUMENT)):
        passage = chance.choice(document.text.lower().split("\n")).rstrip(".").split()
        telling = [word for word in passage if word not in common]
        asked.append(" ".join(chance.sample(telling, min(len(telling), chance.randint(6, 10)))))
    return asked[:count]


def misspelled(query: str) -> str:
    """The query with a typo in two of its words of four letters or more."""
    chance = random.Random(query)
    words = query.split()
    long = [at for at, word in enumerate(words) if len(word) >= 4]
    for at in chance.sample(long, min(2, len(long))):
        words[at] = _typo(words[at], chance)
    return " ".join(words)


def _typo(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    edits = (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return chance.choice(edits)
