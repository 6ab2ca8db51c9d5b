"""What a sentence says somebody does, as the question for it: a pure function of the sentence."""

import re
from typing import Final

from content.spelling import english
from content.words import STOP_WORDS

#: no name begins with "If" or "Their"
_OPENER: Final = "|".join(sorted(each.capitalize() for each in STOP_WORDS))
NAME: Final = rf"(?!(?:{_OPENER})\b)[A-Z][\w-]*\w(?: [A-Z][\w-]*\w)*"
#: nouns that stand for something named before
_LEANS: Final = "company|firm|group|giant|move|figure|result|plan|deal|same|latter|former|question|problem|point|reason"
_NOUNS: Final = rf"[Tt]he (?!(?:[a-z-]+ )?(?:{_LEANS})s?\b)(?:[a-z-]+ )?[a-z]+"
#: what begins a sentence and has its capital from there
_NO_NAME: Final = re.compile(r"The |[A-Z][a-z]+(?:ness|ment|tion|ity|ism|ship)$")
#: at the beginning of a clause: "Alibaba", "the Chinese government"; of a sentence also "the third bet", "merchants"
_WHO: Final = rf"(?:(?:^|[,;] )(?P<who>{NAME}|[Tt]he (?:[A-Z][\w-]* )+[a-z]+):?|^(?P<noun>{_NOUNS}))"
_MANY: Final = rf"^(?P<who>(?!(?:{_OPENER})\b)[A-Z][a-z]+[a-rt-z]s|{_NOUNS}(?<=s))"
#: what comes after a verb and shows that it is one
_GOES_ON: Final = (
    r"(?= (?:the|its?|their|his|her|an?|all|more|most|new|no|several|two|three|strict|only"
    r"|about|on|in|into|with|for|from|at|over|against)\b| [A-Z$€£¥\d])"
)
_MONEY: Final = r"(?= (?:(?:more than|over|at least|about|nearly|some|around|up to) )?[$€£¥])"
#: verbs that need what stands beside them, or a whole clause: nobody asks "What do buyers include?"
_LEFT_OPEN: Final = frozenset(
    "include serve maintain remain become represent mark stand lie come mean show say suggest note argue believe think "
    "claim indicate add feel see continue keep tend seem appear act get".split()
)
#: how a statement is put, and what it becomes; ``{verb}`` is the verb's base
_STATEMENTS: Final = tuple(
    (re.compile(f"{who} {pattern}"), words)
    for who, pattern, words in (
        (_WHO, r"(?P<first>may|could|will|would|can) (?P<done>(?!be\b|have\b)[a-z]+)\b", "What {first} {who} {done}?"),
        (_WHO, r"(?P<first>is) (?P<done>[a-z]{3,}ing)\b" + _GOES_ON, "What {first} {who} {done}?"),
        (_WHO, r"(?P<first>is|are) (?P<done>[a-z]{3,}ed)\b(?= for\b)", "What {first} {who} {done} for?"),
        (
            _WHO,
            r"(?P<first>has) (?:also )?(?P<done>[a-z]{2,}(?:ed|ilt|ught))\b" + _GOES_ON,
            "What {first} {who} {done}?",
        ),
        (_WHO, r"(?P<done>[a-z]{3,}ed)\b" + _MONEY, "How much did {who} {verb}?"),
        (_WHO, r"(?P<done>[a-z]{3,}ed)\b" + _GOES_ON, "What did {who} {verb}?"),
        (_WHO, r"(?P<done>[A-Z]?[a-z]{2,}s)\b" + _GOES_ON, "What does {who} {verb}?"),
        (_MANY, r"(?P<done>[a-z]{3,}[a-rt-z])\b" + _GOES_ON, "What do {who} {bare}?"),
    )
)


def question(sentence: str) -> str | None:
    """What may be asked so that the sentence answers it; ``None`` where it does not say who does what.

    >>> question("Acme pledged more than $52 billion for AI."), question("Baidu: Focuses on search.")
    ('How much did Acme pledge?', 'What does Baidu focus on?')
    """
    return next((made for pattern, words in _STATEMENTS if (made := _made(sentence, pattern, words))), None)


def _made(sentence: str, pattern: re.Pattern[str], words: str) -> str | None:
    match = pattern.search(sentence)
    if not match:
        return None
    done, particle = match["done"].lower(), _particle(sentence[match.end() :])
    bases = {"verb": _base(done), "bare": _known(done)}
    if not _LEFT_OPEN.isdisjoint({done, *filter(None, bases.values())}):
        return None
    if any(base is None for name, base in bases.items() if f"{{{name}}}" in words):
        return None
    parts = match.groupdict() | {name: f"{base}{particle}" for name, base in bases.items()}
    who = str(parts.get("noun") or parts["who"])
    parts["who"] = who[:1].lower() + who[1:] if "{bare}" in words or _NO_NAME.match(who) else who
    return words.format(**parts)


def _base(form: str) -> str | None:
    """The base of a regular verb's form: "pledged" → "pledge", "planned" → "plan", "carries" → "carry"."""
    if form.endswith(("ied", "ies")):
        return _known(f"{form[:-3]}y")
    doubled = form[:-3] if form[-3:-2] == form[-4:-3] else ""
    cuts = (form[:-1], form[:-2], doubled) if form.endswith("ed") else (form[:-1], form[:-2])
    return next((base for base in cuts if _known(base)), None)


def _known(word: str) -> str | None:
    """A word that is English and says something by itself."""
    return word if word in english() and word not in STOP_WORDS else None


def _particle(rest: str) -> str:
    """The word that belongs to a verb: "focus on"."""
    first = re.match(r" (about|on|into|for|against|with)\b", rest)
    return f" {first[1]}" if first else ""
