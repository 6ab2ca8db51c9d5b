"""What words mean after others: a pure function of what a conversation is about and what is said next."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from handlers import rewording
from handlers.grammar import VERBS, Request, Verb, parse


@dataclass(frozen=True, slots=True)
class Turn:
    """What a conversation is about: the last thing that was asked of the documents."""

    verb: Verb
    #: the question, topic or document, as understood
    about: str
    answered: bool = True


Meaning = Callable[[Turn, re.Match[str]], Request | None]


def _same(verb: Verb) -> Meaning:
    """Something else of what the turn was about."""
    return lambda turn, _: Request(verb, turn.about)


def _again(turn: Turn, _: re.Match[str]) -> Request:
    return Request(turn.verb, turn.about)


def _numbers(turn: Turn, _: re.Match[str]) -> Request:
    return Request("numbers" if turn.verb == "ask" else "figures", turn.about)


def _summed_up(turn: Turn, _: re.Match[str]) -> Request:
    return Request("summary", _subject(turn) or turn.about)


def _instead(turn: Turn, match: re.Match[str]) -> Request:
    other = match["other"]
    return Request(turn.verb, rewording.about(turn.about, other) if turn.verb == "ask" else other)


def _asked_anew(turn: Turn, match: re.Match[str]) -> Request | None:
    question = rewording.asked(turn.about, match["word"]) if turn.verb == "ask" else None
    return Request("ask", question) if question else None


def _named(turn: Turn, match: re.Match[str]) -> Request | None:
    name, pronoun = _subject(turn), _PRONOUN.search(match.string)
    if name is None or pronoun is None or name.casefold() in match.string.casefold():
        return None
    return Request("ask", f"{rewording.named(match.string, pronoun, name)}?")


def _subject(turn: Turn) -> str | None:
    return rewording.subject(turn.about) if turn.verb == "ask" else turn.about


_IT: Final = "(?:that|this|it|so|these|those|them)"
_FILE: Final = "(?:documents?|articles?|sources?|texts?|paragraphs?)"
_BE: Final = "(?:is|are|was|were|[’']s)"
_ASKS: Final = (
    "(?:(?:in |on |for |by )?(?:what|which|whom?|whose|why|when|where|how)|is|are|was|were|do|does|did|has|have|can"
    "|could|will|would|may|might|should)"
)
#: "this" and "that" only where they stand for something: nothing, or what they do, follows
_PRONOUN: Final = re.compile(
    rf"\b(?:its?|they|them|their|he|him|his|she|(?:this|that|these|those)(?=$| {_BE}\b| (?:mean|matter|work)s?\b))\b",
    re.IGNORECASE,
)
_OF: Final = "(?:any|the|its|their|those)"
_NUMBERS: Final = "(?:figures|numbers|amounts)"
#: the one table, read from the top: how people go on, in whole messages without their last sign, and what that means
FOLLOW_UPS: Final[Mapping[str, Meaning]] = {
    rf"(?:(?:what|how) about |show (?:me )?|give me |are there |what |which )(?:{_OF} )*{_NUMBERS}"
    rf"|(?:{_OF} )+{_NUMBERS}": _numbers,
    rf"who (?:has |have )?(?:said|says|reported|reports|claimed|claims|wrote|writes|stated|states) {_IT}"
    rf"|(?:according to|by) whom?|says who|whose (?:figure|number|word)s? {_BE} {_IT}": _same("said"),
    rf"(?:in |from )?(?:which|what) {_FILE}(?: (?:{_BE}|says?) {_IT}(?: in| from)?)?"
    rf"|where (?:does|do|did|have) (?:it|they|you) (?:say|stand|find|found|read|get|got)(?: {_IT})?(?: from)?"
    rf"|where {_BE} {_IT}(?: from| written)?"
    rf"|(?:(?:what ?{_BE} )?(?:the|your) )?source(?: (?:of|for) {_IT})?": _same("where"),
    rf"what do (?:you|(?:our|the|your) (?:sources|documents|articles)) (?:say|know|think)(?: (?:about|on|of) {_IT})?"
    rf"|(?:is|was) {_IT} (?:true|right|correct|so)"
    rf"|(?:can you )?check {_IT}|any sources?(?: (?:for|on) {_IT})?": _again,
    rf"(?:(?:tell|show|give) (?:me |us )?)?more(?: please| details?| (?:about|on|of) {_IT})?|go on|continue|keep going"
    "|(?:what|anything|something) (?:else|more)|is there (?:more|anything else)": _same("more"),
    rf"(?:a )?(?:summary|summari[sz]e|sum up)(?: (?:of )?{_IT})?": _summed_up,
    rf"(?P<word>whom?|when|where|why|how(?: long| far| often)?|(?:over|in|since|by) (?:how many|what|which) \w+)"
    rf"(?: {_BE} {_IT})?": _asked_anew,
    "(?:what|how) about (?P<other>.+)": _instead,
    rf"{_ASKS} .*": _named,
}
_ROWS: Final = tuple((re.compile(pattern, re.IGNORECASE), meant) for pattern, meant in FOLLOW_UPS.items())
#: what may come before, and what makes a bare name a question: "and Tencent?"
_AND: Final = re.compile(r"(?:(?:and|but|also|so|then|ok(?:ay)?)[, ]+)+(?=\S)", re.IGNORECASE)
_QUESTION: Final = re.compile(rf"{_ASKS}\b", re.IGNORECASE)
_ENDS: Final = "?!. "
#: words of the table that are recognised when they are misspelled
_CUES: Final = (
    "about article document figures more numbers paragraph reported said source summary what where which".split()
)
#: in longer messages they are not, and nothing is a bare name
_FEW: Final = 8
_SHORTEST: Final = 4
#: what is said to the bot itself goes on with nothing
_SPOKEN: Final = frozenset({"hello", "thanks", "okay", "about", "bye", "help", "status", "forget"})


def follow_up(turn: Turn | None, words: str) -> Request | None:
    """What ``words`` ask for after a turn; ``None`` where they stand for themselves.

    >>> follow_up(Turn("ask", "What does Baidu focus on?"), "and Tencent?").about
    'What does Tencent focus on?'
    >>> follow_up(Turn("ask", "What is Qwen?"), "who said that?").verb
    'said'
    """
    alone = parse(words)
    if turn is None or alone.verb in _SPOKEN:
        return None
    text = " ".join(words.split()).rstrip(_ENDS)
    # "sourcs" is the order that it is everywhere, not a slip of "source"
    spelled = text if alone.verb == "sources" else _spelled(text)
    return _read(turn, text) or _read(turn, spelled)


def asks(words: str, turn: Turn | None) -> bool:
    """Whether words that speak to nobody are a question: by their form, or as they go on from one."""
    text = words.strip()
    return text.endswith("?") or bool(_QUESTION.match(text)) or follow_up(turn, text) is not None


def _read(turn: Turn, text: str) -> Request | None:
    joined = _AND.match(text)
    rest = text[joined.end() :] if joined else text
    if joined and len(rest.split()) <= _FEW and not _QUESTION.match(rest):
        return _meant(turn, rest) or _meant(turn, f"what about {rest}")
    return _meant(turn, rest)


def _meant(turn: Turn, text: str) -> Request | None:
    matches = ((meant, pattern.fullmatch(text)) for pattern, meant in _ROWS)
    return next((found for meant, match in matches if match and (found := meant(turn, match))), None)


def _spelled(text: str) -> str:
    """A short message with its cues as they are spelled."""
    words = text.split()
    return " ".join(map(_cue, words)) if len(words) <= _FEW else text


def _cue(word: str) -> str:
    typed = word.casefold()
    if len(typed) < _SHORTEST or typed in VERBS or typed in _CUES:
        return word
    return next((cue for cue in _CUES if cue[0] == typed[0] and OSA.distance(typed, cue) == 1), word)
