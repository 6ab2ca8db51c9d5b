"""A question said anew: about something else, with another question word, with its subject for a pronoun."""

import re
from typing import Final

_AUXILIARY: Final = (
    r"(?i:is|are|was|were|do|does|did|has|have|had|can|could|will|would|may|might|should|must|[’']s|[’']re)"
)
_NAMES: Final = r"[A-Z][\w-]*(?: [A-Z][\w-]*)*"
#: what a question is about: what follows its auxiliary verb, else a name that does not begin it
_SUBJECTS: Final = (
    re.compile(rf"(?:\b|(?=[’'])){_AUXILIARY} (?P<subject>(?:(?i:the|an?) )?(?:{_NAMES}|[\w-]+))"),
    re.compile(rf"(?<=[\w,] )(?P<subject>{_NAMES})"),
)
_PREPOSITION: Final = re.compile(r"(?i:in|for|on|at|to|from|with|outside|inside|over|since|by) (?=\S)")
#: a question: its word, what that is of ("which models"), and the rest from the auxiliary verb on
_STATED: Final = re.compile(
    r"\W*(?:(?:over |in |by |for )?(?:what|which|whom?|why|when|where|how(?: much| many| long| far)?)"
    r"(?: (?P<of>.+?))??)?"
    rf"(?:\s*\b|(?=[’']))(?P<rest>{_AUXILIARY} .+)",
    re.IGNORECASE,
)
_ENDS: Final = "?!. "


def subject(question: str) -> str | None:
    """What a question is about, without its article.

    >>> subject("Which models did ByteDance release?"), subject("Who competes with the Acme Group?")
    ('ByteDance', 'Acme Group')
    """
    found = _found(question)
    return re.sub(r"^(?:the|an?) ", "", found["subject"], flags=re.IGNORECASE) if found else None


def about(question: str, other: str) -> str:
    """The same question about something else.

    >>> about("What does Baidu focus on?", "Tencent"), about("How much did Acme pledge for AI?", "for cloud")
    ('What does Tencent focus on?', 'How much did Acme pledge for cloud?')
    """
    linked = _PREPOSITION.match(other)
    if linked:
        found = re.search(rf"\b{linked.group()}(?P<subject>{_NAMES}|[\w-]+)", question, re.IGNORECASE)
        instead = other[linked.end() :]
    else:
        found, instead = _found(question), other
    if found:
        start, end = found.span("subject")
        return question[:start] + instead + question[end:]
    return f"{question.rstrip(_ENDS)} {other if linked else f'for {other}'}?"


def asked(question: str, word: str) -> str | None:
    """The same statement after another question word; ``None`` where the question has no auxiliary verb.

    >>> asked("How much did Acme pledge?", "when"), asked("Which models did Acme release?", "why")
    ('When did Acme pledge?', 'Why did Acme release models?')
    """
    stated = _STATED.match(question)
    if not stated:
        return None
    of = f" {stated['of']}" if stated["of"] else ""
    rest = stated["rest"].rstrip(_ENDS)
    return f"{word[:1].upper()}{word[1:]} {rest[:1].lower()}{rest[1:]}{of}?"


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
