"""A question said anew: about something else, with another question word, with its subject for a pronoun."""

import re
from typing import Final

from content.forms import names_asked
from content.spelling import english
from handlers.times import is_time

_AUXILIARY: Final = (
    r"(?i:is|are|was|were|do|does|did|has|have|had|can|could|will|would|may|might|should|must|[’']s|[’']re)"
)
_NAMES: Final = r"[A-Z][\w-]*(?: [A-Z][\w-]*)*"
#: what a question is about: what follows its auxiliary verb, else a name that does not begin it
_SUBJECTS: Final = (
    re.compile(
        rf"(?:\b|(?=[’'])){_AUXILIARY} (?!(?i:new|there|it|they|we|you|I)\b)"
        rf"(?P<subject>(?:(?i:the|an?) )?(?:{_NAMES}|[\w-]+))"
    ),
    re.compile(rf"(?<=[\w,] )(?P<subject>{_NAMES})"),
    re.compile(
        r"^\W*who [a-z]+(?: (?:with|for|to|in|on|at|about|by))? (?!(?:it|they|them|you|me|us)\b)"
        r"(?P<subject>(?:(?:the|an?) )?[^\W\d][\w-]+)",
        re.IGNORECASE,
    ),
)
_CAPITALS: Final = re.compile(r"[A-Z]{2,3}s?")
_WORD: Final = re.compile(r"(?<=[\w,] )(?P<subject>[a-z][\w-]+)")
_PREPOSITION: Final = re.compile(r"(?i:of|about|in|for|on|at|to|from|with|outside|inside|over|since|by) (?=\S)")
_ARTICLE: Final = re.compile(
    r"(?:for|of|on|about) (?:(?:the|an?) )?(?=\S)|(?:the|an?|any|some|its|their|his|her) (?=\S)", re.IGNORECASE
)
#: a question: its word, what that is of ("which models"), and the rest from the auxiliary verb on
_STATED: Final = re.compile(
    r"\W*(?:(?:over |in |by |for |since )?(?:what|which|whom?|why|when|where|how(?: much| many| long| far)?)"
    r"(?: (?P<of>.+?))??)?"
    rf"(?:\s*\b|(?=[’']))(?P<rest>{_AUXILIARY} .+)",
    re.IGNORECASE,
)
#: these stand before what is counted
_COUNTS: Final = frozenset({"how many", "how much"})
#: a country that is not what a question asks of, but where it asks: "partners in the US"
_COUNTRY: Final = re.compile(r"(?:the )?(?:US|U\.S\.?|USA|United States)", re.IGNORECASE)
_COMPARES: Final = re.compile(r"^\W*compare\b.+ (?:and|with|to) |\bdifferences? between\b", re.IGNORECASE)
_POSSESSIVE: Final = re.compile("(?:its|their|his|her) ", re.IGNORECASE)
_ENDS: Final = "?!. "


def subject(question: str) -> str | None:
    """What a question is about, without its article.

    >>> subject("Which models did ByteDance release?"), subject("Who competes with the Acme Group?")
    ('ByteDance', 'Acme Group')
    """
    found = _found(question)
    return plain(found["subject"]) if found else None


def topic(question: str) -> str | None:
    """The name a question is about, else what it is about at all.

    >>> topic("What is the budget of Acme?"), topic("what do merchants need?")
    ('Acme', 'merchants')
    """
    found = _name_in(question) or _found(question)
    return plain(found["subject"]) if found else None


def plain(words: str) -> str:
    """Words without the article, or what else links them, before them."""
    return _ARTICLE.sub("", words.strip(_ENDS), count=1) if _ARTICLE.match(words) else words.strip(_ENDS)


def capitalised(words: str) -> str:
    """Words with the capitals of what is a name in them though it is typed small.

    >>> capitalised("what about the us?"), capitalised("tell us more")
    ('what about the US?', 'tell us more')
    """
    for name in names_asked(words):
        words = words[: name.start()] + name.group().upper() + words[name.end() :] if name.group() == "us" else words
    return words


def is_name(words: str) -> bool:
    """Whether words are a name, as people type them: each with a capital, or one of them no English word.

    Short capitals are none: who knows whether "IPO" is somebody.

    >>> [is_name(words) for words in ("Tencent", "tencent", "The Acme Group", "the risks", "AI", "GPUs", "2024")]
    [True, True, True, False, False, False, False]
    """
    parts = [part for part in re.findall(r"[^\W_]+", plain(words)) if not part.isdigit()]
    named = (part.istitle() or (part.casefold() not in english() and not _CAPITALS.fullmatch(part)) for part in parts)
    return bool(parts) and all(named)


def about(question: str, other: str) -> str:
    """The same question about something else: a name for a name, a thing of what it was about.

    >>> about("What does Baidu focus on?", "Tencent"), about("How much did Acme pledge for AI?", "for cloud")
    ('What does Tencent focus on?', 'How much did Acme pledge for cloud?')
    >>> about("How much did Acme pledge?", "the risks")
    'risks of Acme'
    """
    other = re.sub("[’']s?$", "", other)
    if _COUNTRY.fullmatch(other):
        other = f"in {other}"
    if linked := _PREPOSITION.match(other):
        every = re.finditer(rf"\b{linked.group()}(?P<subject>{_NAMES}|[\w-]+)", question, re.IGNORECASE)
        said = next((each for each in every if not is_time(each.group())), None)
        return _with(question, said, other[linked.end() :]) if said else _ending(question, other)
    if _POSSESSIVE.match(other):
        return thing_of(other, topic(question))
    found = _found(question)
    alike = found and bool(_CAPITALS.fullmatch(found["subject"])) is bool(_CAPITALS.fullmatch(other))
    if is_name(other):
        named = _name_in(question)
        return _with(question, named, other) if named else _ending(question, f"for {other}")
    if found and alike and not is_name(found["subject"]):
        return _with(question, found, other)
    return thing_of(other, topic(question))


def thing_of(thing: str, owner: str | None) -> str:
    """A thing, and what it is of where that is a name and nobody else's is said.

    >>> thing_of("the risks", "Acme"), thing_of("Acme’s risks", "Acme"), thing_of("the risks", "merchants")
    ('risks of Acme', 'Acme’s risks', 'risks')
    """
    said = plain(thing)
    own = owner and is_name(owner) and not re.search("[’']s? | of ", said) and not is_name(said.split(" ")[0])
    return f"{said} of {owner}" if own else said


def asked(question: str, word: str) -> str | None:
    """The same statement after another question word; ``None`` where the question has no auxiliary verb.

    >>> asked("How much did Acme pledge?", "when"), asked("Which models did Acme release?", "why")
    ('When did Acme pledge?', 'Why did Acme release models?')
    >>> asked("Which models did Acme release?", "how many")
    'How many models did Acme release?'
    """
    stated = _STATED.match(question)
    if not stated:
        return None
    of = f" {stated['of']}" if stated["of"] else ""
    rest = stated["rest"].rstrip(_ENDS)
    asks = f" {rest[:1].lower()}{rest[1:]}"
    return f"{word[:1].upper()}{word[1:]}{of + asks if word.casefold() in _COUNTS else asks + of}?"


def named(words: str, pronoun: re.Match[str], name: str) -> str:
    """``words`` with a name for a pronoun.

    >>> words = "what are its risks?"
    >>> named(words, re.search("its", words), "Qwen")
    'what are Qwen’s risks?'
    """
    owner = f"{name}’s" if pronoun.group().casefold() in ("its", "their", "his") else name
    return words[: pronoun.start()] + owner + words[pronoun.end() :]


def _found(question: str) -> re.Match[str] | None:
    return next((found for pattern in _SUBJECTS if (found := pattern.search(question))), None)


def _name_in(question: str) -> re.Match[str] | None:
    """Where a question has its name: what it is about, else the first name that does not begin it."""
    every = (found for pattern in (*_SUBJECTS, _WORD) for found in pattern.finditer(question))
    return next((found for found in every if is_name(found["subject"])), None)


def _with(question: str, found: re.Match[str], instead: str) -> str:
    start, end = found.span("subject")
    return question[:start] + instead + question[end:]


def several(question: str) -> bool:
    """Whether a question is about two or more, so that "it" may be either.

    >>> several("Compare Acme and Baidu"), several("qwen vs baidu?"), several("What is Acme?")
    (True, True, False)
    """
    pairs = re.findall(r"([\w-]+),? (?:and|or|vs\.?|versus|with|to) ((?:the )?[\w-]+)", question)
    return bool(_COMPARES.search(question)) or any(is_name(one) and is_name(other) for one, other in pairs)


def _ending(question: str, words: str) -> str:
    return f"{question.rstrip(_ENDS)} {words}?"
