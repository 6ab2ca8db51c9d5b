"""When a question asks about, and the same question of another time."""

import re
from typing import Final

from content.dates import MONTHS

_MONTH: Final = f"(?:{'|'.join(MONTHS)})"
_YEAR: Final = r"(?:(?:19|20)\d\d)"
_ORDINALS: Final = ("first", "second", "third", "fourth")
_ORDINAL: Final = f"(?:{'|'.join(_ORDINALS)})"
#: what a time is counted in, for patterns
SPANS: Final = "year|quarter|month|week|decade|century|summer|winter|spring|autumn"
_PREPOSITION: Final = re.compile("(?:in|since|by|before|after|during|until|for|from|over) ", re.IGNORECASE)
#: of any year: "june", "the June quarter", "Q2", "the first half"
_PART: Final = rf"(?:the )?(?:{_MONTH}(?: quarter)?|q[1-4]|{_ORDINAL} (?:quarter|half)|h[12])"
_RELATIVE: Final = (
    rf"(?:the )?(?:last|this|next|past|previous|coming) (?:\w+ )?(?:{SPANS})s?"
    rf"|(?:an?|one|two|three|\d+) (?:{SPANS})s? ago"
    "|today|yesterday|tomorrow|now|nowadays|recently|lately|earlier|before|later"
)
#: a span beside another, which may be named or not
_BESIDE: Final = re.compile(
    rf"(?:(?:in|for|of) )?the (?:(?P<span>{SPANS}) (?P<way>before|after)(?: (?:that|it|this))?"
    rf"|(?P<former>previous|preceding|prior|following) (?P<spanned>{SPANS}))",
    re.IGNORECASE,
)
_ONE: Final = rf"(?:{_PART}(?: (?:of )?{_YEAR})?|{_YEAR}|{_RELATIVE})"
_TIME: Final = re.compile(rf"(?:{_PREPOSITION.pattern})?{_ONE}", re.IGNORECASE)
_TIMES: Final = re.compile(
    rf"(?:(?<= )|^)(?:{_PREPOSITION.pattern})?{_ONE}(?:,? (?:{_PREPOSITION.pattern})?{_ONE})*\b", re.IGNORECASE
)
#: what tells a time from other words within a question: "before" and "now" do not, "may" and "march" alone neither
_DATED: Final = re.compile(
    rf"\d|{SPANS}|half|day|(?:in|since|by|during|until|for|from) (?:may|march)"
    f"|{'|'.join(name for name in MONTHS if name not in ('may', 'march'))}",
    re.IGNORECASE,
)
#: each takes the place of its like, and leaves the rest of a time: "june" in "the September quarter of 2025"
_LIKES: Final = tuple(
    re.compile(rf"\b{each}\b", re.IGNORECASE) for each in (_MONTH, rf"(?:q[1-4]|{_ORDINAL} quarter)", _YEAR)
)
_NO_YEAR: Final = re.compile(_PART, re.IGNORECASE)
#: before or after when?
_OPEN: Final = frozenset({"before", "earlier", "later"})
_LATEST: Final = re.compile(r"\b(?:the )?(?:latest|newest|current|most recent) (?=\w)", re.IGNORECASE)
_ENDS: Final = "?!. "
_MONTHS_A_QUARTER: Final = 3


def is_time(words: str) -> bool:
    """Whether words say when: "last year", "in 2024", "the quarter before"."""
    return bool(_TIME.fullmatch(words) or _BESIDE.fullmatch(words))


def timed(question: str, when: str) -> str | None:
    """The same question of another time; ``None`` where it cannot be told which time is meant.

    >>> timed("How much did Acme earn in 2024?", "2025"), timed("How much did Acme earn?", "last year")
    ('How much did Acme earn in 2025?', 'How much did Acme earn last year?')
    >>> timed("profit in the June quarter of 2025", "the quarter before"), timed("profit", "the quarter before")
    ('profit in the March quarter of 2025', None)
    """
    said = next((match for match in _TIMES.finditer(question) if _DATED.search(match.group())), None)
    if when.lower() in _OPEN:
        return None
    if beside := _BESIDE.fullmatch(when):
        instead = _beside(said.group(), beside) if said else None
        return _with(question, said, instead) if said and instead else None
    if said:
        return _with(question, said, _instead(said.group(), when))
    return f"{_LATEST.sub('', question).rstrip(_ENDS)} {when}?"


def _with(question: str, said: re.Match[str], when: str) -> str:
    return question[: said.start()] + when + question[said.end() :]


def _instead(said: str, when: str) -> str:
    """Another time in the place of one: like for like, else the whole, in the year that was said."""
    linked, before = _PREPOSITION.match(when), _PREPOSITION.match(said)
    bare = re.sub("^the ", "", when[linked.end() :] if linked else when, flags=re.IGNORECASE)
    like = next((each for each in _LIKES if each.fullmatch(bare) and each.search(said)), None)
    if like:
        return like.sub(lambda _: bare, said, count=1)
    year = re.search(_YEAR, said)
    dated = f"{when} {year.group()}" if year and _NO_YEAR.fullmatch(bare) else when
    takes = before and not linked and not re.fullmatch(_RELATIVE, when, re.IGNORECASE)
    return f"{before.group()}{dated}" if before and takes else dated


def _beside(said: str, beside: re.Match[str]) -> str | None:
    """The time before or after one that is named: its year, its quarter or its month."""
    span = (beside["span"] or beside["spanned"]).lower()
    step = 1 if "after" in (beside["way"] or "").lower() or "following" in (beside["former"] or "").lower() else -1
    if span == "year":
        return _in_year(said, step) if re.search(_YEAR, said) else None
    month = re.search(rf"{_MONTH}(?P<quarter> quarter)?", said, re.IGNORECASE)
    if month and span == ("quarter" if month["quarter"] else "month"):
        name = month.group().split(" ")[0]
        moved = MONTHS.index(name.lower()) + step * (_MONTHS_A_QUARTER if month["quarter"] else 1)
        other = MONTHS[moved % len(MONTHS)]
        return _in_year(said.replace(name, _cased(other, name), 1), moved // len(MONTHS))
    number = re.search(rf"q(?P<digit>[1-4])|(?P<ordinal>{_ORDINAL})(?= quarter)", said, re.IGNORECASE)
    return _quarter(said, number, step) if number and span == "quarter" else None


def _quarter(said: str, number: re.Match[str], step: int) -> str:
    told = number["digit"] or number["ordinal"]
    moved = (int(told) - 1 if told.isdigit() else _ORDINALS.index(told.lower())) + step
    at = moved % len(_ORDINALS)
    other = str(at + 1) if told.isdigit() else _cased(_ORDINALS[at], told)
    return _in_year(said.replace(told, other, 1), moved // len(_ORDINALS))


def _in_year(said: str, years: int) -> str:
    """The same so many years later, where a year is named."""
    return re.sub(_YEAR, lambda year: str(int(year.group()) + years), said)


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() else word
