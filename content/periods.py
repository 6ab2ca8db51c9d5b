"""The words that say when → periods that can be compared: "Q3 2025" and "the third quarter of 2025" are one."""

import re
from dataclasses import dataclass, replace

from content.dates import MONTHS
from content.documents import Figure


@dataclass(frozen=True, slots=True)
class Period:
    """When a figure holds. Empty parts are not stated, and fit any."""

    #: a length: "over the next three years"
    span: frozenset[str] = frozenset()
    #: a date, "in the September quarter", or a basis, "year on year"
    date: frozenset[str] = frozenset()
    #: "a month": never the same as a figure without it
    rate: str = ""
    #: what a growth is compared with: growth "year on year" is another one than growth over the quarter before
    basis: str = ""

    @property
    def named(self) -> bool:
        """Whether its date says which one: "the September quarter" does, "last quarter" is another in every month."""
        return not self.date <= _RELATIVE

    @property
    def has_year(self) -> bool:
        """Whether its date says in which year."""
        return any(len(token) == 4 and token.isdecimal() for token in self.date)


_RELATIVE = frozenset(
    """same this last next past previous prior current latest coming earlier later ago year years quarter quarters month
    months week weeks day days half fiscal financial full summer spring fall autumn winter decade from than""".split()
) | {"on year", "on quarter", "on month", "on week"}


_RATE = re.compile(r"\b(?:an?|per|each|every) (year|month|week|day|quarter|hour|minute|second|annum|decade|century)$")
_ADVERBS = {
    **{"annually": "year", "yearly": "year", "monthly": "month", "daily": "day", "weekly": "week"},
    **{"quarterly": "quarter", "annum": "year"},
}
_PER = re.compile(r"(?:\bper|/) ?(\w+(?: \w+)?)$|\ban? (month|year|day|week|share|unit|user)$")
_BASIS = re.compile(r"(year|quarter|month|week)[- ](?:on|over)[- ]\1|(y/y|yoy)|(q/q|qoq)")
_CLAUSE = re.compile(r"[;,](?=\s)|\b(?:and|while|but)\b")
_COMPARED = tuple(
    (
        length,
        re.compile(
            rf"\b{length}[- ](?:on|over)[- ]{length}\b|\b{short}\b|\b(?:from|than|over|with|to) (?:an?|the|one)"
            rf" (?:{length} (?:ago|earlier|before|prior)|(?:previous|prior|preceding) {length})"
        ),
    )
    for length, short in (
        ("year", "(?:y/y|yoy|year-ago|annually)"),
        ("quarter", "(?:q/q|qoq|sequential(?:ly)?)"),
        ("month", "(?:m/m|mom)"),
        ("week", "w/w"),
    )
)
_NOW = frozenset({"today", "currently", "to date", "so far this year"})
_NUMBERS = {
    **{"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8"},
    **{"nine": "9", "ten": "10", "twelve": "12", "eighteen": "18", "twenty": "20", "fifty": "50"},
}
_LENGTH = re.compile(
    r"\b(\d{1,2}|few|several)[- ](?:fiscal |calendar |full )?(year|month|week|day|decade|quarter)s?\b"
    r"(?! (?:ago|earlier|before|ended|ending|to|through))"
)
_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4"}
#: "quarter 1", "half 2": as "q1" and "h2".
_NUMBERED = re.compile(r"\b([qh])(?:uarter|tr|alf)[ -]([1-4])\b")
_QUARTER = re.compile(r"\b(first|second|third|fourth)(?: fiscal)?[- ](quarter|half)\b|\b([1-4])(q)|\b([qh])([1-4])\b")
_SHORT_YEAR = re.compile(r"\bfy ?(?:20)?(\d\d)\b|\b(?:fiscal|financial)(?: year)? (?:20)?(\d\d)\b|(?<=\dq)(\d\d)\b")
_MONTHS = {name: name[:3] for name in MONTHS} | {"sept": "sep"}
_LIMITS = {"by": "by", "until": "by", "before": "by", "since": "since", "after": "since"}
#: A quarter told by its end, wherever it stands in the sentence.
_ENDED = re.compile(r"\b(?:quarter|months|year|half) (?:ended|ending|through) [A-Z][a-z]+\.?(?: \d{1,2})?(?:,? \d{4})?")
_DAY = re.compile(r"\bon (?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_PLAIN = frozenset(
    """in over the of during for within across through throughout to at on as a an back its their calendar full
    whole entire and ended ending end three-month months""".split()
)


def read_period(figure: Figure, published: str | None) -> Period:
    """The period of a figure; "this year" is resolved where the date of the document is stated."""
    return replace(_period(figure, published), basis=_compared_with(figure))


def _compared_with(figure: Figure) -> str:
    """Of a growth, the length of time over which it is one, in its own clause."""
    if figure.kind != "percent" and figure.change is None:
        return ""
    at = max(0, figure.sentence.find(figure.text))
    before, behind = figure.sentence[:at], figure.sentence[at + len(figure.text) :]
    near = f"{_CLAUSE.split(before)[-1]}{_CLAUSE.split(behind)[0]}".lower()
    return next((length for length, told in _COMPARED if told.search(near)), "")


def _period(figure: Figure, published: str | None) -> Period:
    said = (figure.period or _elsewhere(figure)).lower()
    if rate := _PER.search(figure.text.lower()):
        return Period(rate=rate[1] or rate[2])
    if said in _ADVERBS or (rate := _RATE.search(said)):
        named = said if said in _ADVERBS else rate[1] if rate else ""
        return Period(rate=_ADVERBS.get(named, named))
    if basis := _BASIS.search(said):
        return Period(date=frozenset({"on " + ("quarter" if basis[3] else basis[1] or "year")}))
    if said in _NOW:
        return Period()
    for spelled, digits in _NUMBERS.items():
        said = re.sub(rf"\b{spelled}\b", digits, said)
    if length := _LENGTH.search(said):
        past = {"past"} if re.search(r"\b(?:past|last|previous|prior)\b", said) else set()
        return Period(span=frozenset({length[1], length[2]} | past))
    return Period(date=frozenset(_dated(_resolved(said, published))))


def _elsewhere(figure: Figure) -> str:
    """The end of the quarter, or of a movement the day, told far from the figure."""
    told = _ENDED.search(figure.sentence) or (_DAY.search(figure.sentence) if figure.change else None)
    return told.group() if told else ""


def _resolved(said: str, published: str | None) -> str:
    if published is None or not published[:4].isdigit():
        return said
    year = int(published[:4])
    for word, shift in (("this", 0), ("last", -1), ("next", 1)):
        said = re.sub(rf"\b(?:(?:earlier|later) )?{word} year\b", str(year + shift), said)
    return said


def _dated(said: str) -> set[str]:
    said = _NUMBERED.sub(r"\1\2", said)
    said = _SHORT_YEAR.sub(lambda m: f"fiscal 20{m[1] or m[2]}" if m[1] or m[2] else f" 20{m[3]}", said)
    said = _QUARTER.sub(lambda m: f" {(m[2] or m[4] or m[5])[0]}{_ORDINALS[m[1]] if m[1] else m[3] or m[6]} ", said)
    found = set()
    for token in re.findall(r"[a-z]+\d?|\d+", said):
        if token in _LIMITS:
            found.add(_LIMITS[token])
        elif token not in _PLAIN or (token == "this" and not found):
            found.add(_MONTHS.get(token, token))
    return found
