"""What words mean after others: a pure function of what a conversation is about and what is said next."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from content.words import content_words
from handlers import rewording, times
from handlers.grammar import VERBS, Request, Verb, parse


@dataclass(frozen=True, slots=True)
class Turn:
    """What a conversation is about: the last thing that was asked of the documents."""

    verb: Verb
    #: the question, topic or document, as understood
    about: str
    answered: bool = True
    #: how often *more* was told of it: pages of further sentences, or of figures
    told: int = 0
    #: its figures were shown last, not its sentences
    tabled: bool = False


Meaning = Callable[[Turn, re.Match[str]], Request | None]


def _same(verb: Verb) -> Meaning:
    """Something else of what the turn was about."""
    return lambda turn, _: Request(verb, turn.about)


def _again(turn: Turn, _: re.Match[str]) -> Request:
    return Request(turn.verb, turn.about)


def _summed_up(turn: Turn, _: re.Match[str]) -> Request:
    return Request("summary", _subject(turn) or turn.about)


def _instead(turn: Turn, match: re.Match[str]) -> Request:
    other = match["other"]
    if times.is_time(other):
        return _then(turn, other)
    if pointing := _only_points(other):
        return pointing
    if turn.verb == "ask":
        return Request("ask", rewording.about(turn.about, other))
    thing = rewording.thing_of(other, turn.about) if turn.verb == "summary" else rewording.plain(other)
    return Request("ask" if thing != rewording.plain(other) else turn.verb, thing)


def _then(turn: Turn, when: str) -> Request:
    """The same of another time."""
    again = times.timed(turn.about, when)
    if again is None:
        return Request("unclear", when)
    return Request(turn.verb, again if turn.verb == "ask" else again.strip(_ENDS))


def _compared(turn: Turn, match: re.Match[str]) -> Request | None:
    name, other = _subject(turn), rewording.plain(match["other"])
    if pointing := _only_points(other):
        return pointing
    known = not name or other.casefold() == name.casefold()
    return None if known else Request("ask", f"Compare {name} and {other}")


def _more_about(turn: Turn, match: re.Match[str]) -> Request:
    other, name = rewording.plain(match["other"]), _subject(turn)
    if name and other.casefold() == name.casefold():
        return Request("more", turn.about)
    return Request("summary", other) if rewording.is_name(other) else _instead(turn, match)


def _asked_anew(turn: Turn, match: re.Match[str]) -> Request:
    question = rewording.asked(turn.about, match["word"]) if turn.verb == "ask" else None
    return Request("ask", question) if question else Request("unclear", match.string)


def _named(turn: Turn, match: re.Match[str]) -> Request | None:
    words, pronoun = match.string, _PRONOUN.search(match.string)
    if pronoun is None:
        return None
    asked, one = turn.verb == "ask", _ONE_THING.fullmatch(pronoun.group())
    name = rewording.subject(turn.about) or rewording.topic(turn.about) if asked else turn.about
    if asked and (not name or (one and rewording.several(turn.about))):
        own = rewording.topic(words[: pronoun.start()])
        return None if own and rewording.is_name(own) else Request("unclear", words)
    if not name or name.casefold() in words.casefold():
        return None
    return Request("ask", f"{rewording.named(words, pronoun, name)}?")


def _subject(turn: Turn) -> str | None:
    return rewording.topic(turn.about) if turn.verb == "ask" else turn.about


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
#: what is said of a reply itself; with grammar alone beside it, it asks for nothing that documents have
_OF_REPLIES: Final = frozenset(
    """thing things right wrong correct true first second third last next other former latter neither none better
    explain said says mean understand repeat sure serious interesting nice hm hmm wow lol haha huh oh""".split()
)
_POINTS: Final = re.compile(r"\b(?:it|this|that|these|those|they|them|ones?|he|him|she|her)\b", re.IGNORECASE)
_ONE_THING: Final = re.compile("its?|he|him|his|she|this|that", re.IGNORECASE)
_OF: Final = "(?:any|the|its|their|those)"
_NUMBERS: Final = "(?:figures|numbers|amounts)"
#: how people go on, in whole messages without their last sign, and what that means, read from the top: first what is
#: said of any reply, …
_OF_THE_REPLY: Final[Mapping[str, Meaning]] = {
    rf"(?:(?:what|how) about |show (?:me |us )?|give (?:me|us) |are there |what (?:are )?|which )(?:{_OF} )*{_NUMBERS}"
    rf"(?: (?:for|of|on|to) {_IT})?|(?:{_OF} )+{_NUMBERS}": _same("numbers"),
    rf"who (?:has |have )?(?:said|says|reported|reports|claimed|claims|wrote|writes|stated|states) {_IT}"
    rf"|(?:according to|by) whom?|says who|whose (?:figure|number|word)s? {_BE} {_IT}"
    rf"|who {_BE} (?:the|its|their) (?:authors?|writers?|publishers?)|really|seriously|are you (?:sure|certain)"
    "": _same("said"),
    rf"(?:in |from )?(?:which|what) {_FILE}(?: (?:{_BE}|says?) {_IT}(?: in| from)?)?"
    rf"|where (?:does|do|did|have) (?:it|they|you) (?:say|stand|find|found|read|get|got)(?: {_IT})?(?: from)?"
    rf"|where {_BE} {_IT}(?: from| written)?|show (?:me|us)(?: where| {_IT})?|(?:any |the )?(?:proof|evidence)"
    rf"|(?:what ?{_BE} |(?:show|give|tell) (?:me |us )?)?(?:the |your |a )?(?:source|links?|url|reference|citation)"
    rf"(?: (?:of|for|to) {_IT})?": _same("where"),
    rf"what do (?:you|(?:our|the|your) (?:sources|documents|articles)) (?:say|know|think)(?: (?:about|on|of) {_IT})?"
    rf"|(?:is|was) {_IT} (?:true|right|correct|so)"
    rf"|(?:can you )?check {_IT}|any sources?(?: (?:for|on) {_IT})?": _again,
    rf"(?:(?:tell|show|give) (?:me |us )?)?(?:(?:some|any|even|a bit) )?more(?: details?)?(?: (?:about|on|of) {_IT})?"
    rf"|(?:any )?(?:more )?details|(?:(?:can|could) you )?explain(?: {_IT})?|what does {_IT} mean"
    "|elaborate|go (?:on|ahead)|continue|keep going"
    "|(?:what|anything|something) (?:else|more)|is there (?:more|anything else)|(?:the )?(?:next|rest)": _same("more"),
    rf"(?:a )?(?:summary|summari[sz]e|sum up|tl;?dr)(?: (?:of )?{_IT})?": _summed_up,
    "(?P<word>whom?|since when|when|where|why|how(?: long| far| often| much| many)?"
    rf"|(?:over|in|since|by) (?:how many|what|which) \w+)(?: {_BE} {_IT})?": _asked_anew,
}
#: … then what names something else
_OF_ANOTHER: Final[Mapping[str, Meaning]] = {
    "(?:(?:what|how) about|(?:the )?same (?:question )?(?:for|about|with|of)) (?P<other>.+)": _instead,
    r"(?P<other>(?:in|for|of|since|from|by|outside) (?!course\b|example\b|sure\b|short\b|fact\b)\S+(?: \S+){0,2}"
    rf"|(?:last|this|next) (?:{times.SPANS})|(?:19|20)\d\d)": _instead,
    rf"(?:compared? (?:{_IT} )?(?:with|to|and|against)|versus|vs\.?) (?P<other>.+)": _compared,
    "(?:(?:tell|show|give) (?:me |us )?)?(?:some )?more (?:about|on) (?P<other>.+)": _more_about,
    rf"{_ASKS} .*": _named,
}
_Rows = tuple[tuple[re.Pattern[str], Meaning], ...]


def _rows(table: Mapping[str, Meaning]) -> _Rows:
    return tuple((re.compile(pattern, re.IGNORECASE), meant) for pattern, meant in table.items())


_REPLY: Final = _rows(_OF_THE_REPLY)
_ANOTHER: Final = _rows(_OF_ANOTHER)
#: what may come before, and what makes a bare name a question: "and Tencent?"
_AND: Final = re.compile(r"(?:(?:and|adn|nad|&|but|also|so|then|ok(?:ay)?)[, ]+)+(?=\S)", re.IGNORECASE)
_PLEASE: Final = re.compile(r"^please,? |,? (?:please|pls|thanks|thank you)$", re.IGNORECASE)
_QUESTION: Final = re.compile(rf"{_ASKS}\b", re.IGNORECASE)
_BEGINS: Final = ",;:–- "
_ENDS: Final = "?!. "
#: words of the table that are recognised when they are misspelled
_CUES: Final = (
    "about anything article details document figures more numbers paragraph reported said same source summary what"
    " where which".split()
)
#: in longer messages they are not, and nothing is a bare name
_FEW: Final = 8
_SHORTEST: Final = 4
#: what is said to the bot itself goes on with nothing
_SPOKEN: Final = frozenset({"hello", "thanks", "okay", "about", "bye", "help", "status", "forget"})
#: what needs something said before
_LEANING: Final = frozenset({"numbers", "said", "where", "more"})


def follow_up(turn: Turn | None, words: str) -> Request | None:
    """What ``words`` ask for after a turn; ``None`` where they stand for themselves.

    What can mean nothing, or not one thing, is "unclear".

    >>> follow_up(Turn("ask", "What does Baidu focus on?"), "and Tencent?").about
    'What does Tencent focus on?'
    >>> follow_up(Turn("ask", "What is Qwen?"), "who said that?").verb
    'said'
    >>> follow_up(None, "who said that?").verb
    'unclear'
    """
    alone = parse(words)
    if alone.verb in _SPOKEN or (turn is None and alone.verb != "ask"):
        return None
    text = _PLEASE.sub("", " ".join(rewording.capitalised(words).split()).strip(_BEGINS).rstrip(_ENDS)).rstrip(_ENDS)
    # "sourcs" is the order that it is everywhere, not a slip of "source"
    spelled = text if alone.verb == "sources" else _spelled(text)
    if turn is None:
        found = _of_the_reply(Turn("status", ""), text)
        leans = (found and found.verb in _LEANING) or (_POINTS.search(text) and _only_points(text))
        return Request("unclear", text) if leans else None
    every = (read(turn, each) for read in (_of_the_reply, _of_another) for each in (text, spelled))
    return next((found for found in every if found), None) or _only_points(text)


def asks(words: str, turn: Turn | None) -> bool:
    """Whether words that speak to nobody are a question: by their form, or as they go on from one."""
    text = words.strip()
    return text.endswith("?") or bool(_QUESTION.match(text)) or follow_up(turn, text) is not None


def _of_the_reply(turn: Turn, text: str) -> Request | None:
    joint = _joint(text)
    rest = text[len(joint) :]
    return _meant(_REPLY, turn, rest) or (_meant(_REPLY, turn, f"what about {rest}") if joint else None)


def _of_another(turn: Turn, text: str) -> Request | None:
    joint = _joint(text)
    rest = text[len(joint) :]
    if joint and len(rest.split()) <= _FEW and not _QUESTION.match(rest):
        return _meant(_ANOTHER, turn, rest) or _meant(_ANOTHER, turn, f"what about {rest}")
    return _meant(_ANOTHER, turn, rest)


def _only_points(text: str) -> Request | None:
    """Words that name nothing: "it", "the second?", "which one is right?", "hmm"."""
    told = (word.text.casefold() for word in content_words(text))
    only = any(map(str.isalnum, text)) and all(word in _OF_REPLIES for word in told)
    return Request("unclear", text) if only else None


def _joint(text: str) -> str:
    """The words that join a message to what was said before: "and ", "ok, so "."""
    joined = _AND.match(text)
    return joined.group() if joined else ""


def _meant(rows: _Rows, turn: Turn, text: str) -> Request | None:
    matches = ((meant, pattern.fullmatch(text)) for pattern, meant in rows)
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
