"""When: "over the next three years", "in the September quarter", "year on year", "a day"."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from content.figures.numerals import Tokens


class Phrase(NamedTuple):
    """A phrase of the text: its offsets and what it says."""

    start: int
    end: int
    says: str


_N = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|twenty|fifty|few|several)"
_UNIT = r"(?:fiscal |calendar |trading )?(?:year|month|quarter|week|day|decade|half|hour|centur)(?:y|ie)?s?\b"
_YEAR = r"(?:(?:calendar|fiscal|financial|fy|fiscal year|financial year) ?)?(?:19|20)\d\d(?:[-–/]\d\d(?:\d\d)?)?\b"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_DATE = rf"(?:{_MONTH}(?: \d{{1,2}}\b(?:st|nd|rd|th)?)?(?:,? (?:19|20)\d\d\b)?|{_YEAR})"
_ORDER = "first|second|third|fourth|last|latest|current|same|next|final|previous|prior|past|coming|following"
_SPAN = rf"(?:(?:{_ORDER}|fiscal|full|whole|entire|holiday|{_N}|{_MONTH})[ -]){{0,4}}{_UNIT}"
_ENDED = rf"(?: (?:of|to|in|ended|ending|through)(?: the)?(?: {_DATE}| (?:last|this|next) (?:fiscal )?year))?"
_IN = (
    "over|in|during|for|within|across|through|throughout|by|from|since|at|until|before|after|of|to|towards?|as of"
    "|back in"
)
#: In lower case; at one place the first that fits is taken, so the longer phrases stand first.
_PATTERNS = (
    rf"(?:(?:{_IN}) )?(?:the )?(?:quarter|qtr|half)[ -](?:[1-4]|one|two|three|four)\b(?:,? (?:(?:of|in) )?"
    rf"(?:the )?(?:fiscal )?(?:year )?{_YEAR})?",
    rf"between {_DATE} and {_DATE}|from {_DATE} (?:to|through|until) {_DATE}",
    rf"(?:{_IN}) (?:the )?(?:end|start|beginning|middle|turn) of (?:{_DATE}|(?:the|this|next|last) (?:decade|{_UNIT}))",
    rf"(?:{_IN}) (?:the|its|their) {_SPAN}{_ENDED}",
    rf"(?:{_IN}) (?:the year |(?:early|late|mid)[- ]|the (?:first|second) half of )?{_DATE}(?! models?\b)",
    rf"(?:over|within|in|across) {_N} (?:years|months|quarters|weeks|days|decades)\b",
    rf"on (?:\w{{3,6}}day,? )?{_MONTH} \d{{1,2}}\b(?:,? (?:19|20)\d\d)?",
    rf"(?:(?:earlier|later) )?(?:(?:{_IN}) )?(?:last|this|next|the previous|the prior|the same) (?:fiscal |calendar )?"
    r"(?:year|quarter|month|week|half|decade|summer|spring|fall|autumn|winter)\b",
    r"(?:year|quarter|month|week)[- ](?:on|over)[- ](?:year|quarter|month|week)\b|(?:y/y|q/q|yoy|qoq)\b",
    rf"(?:(?:from|than) )?(?:{_N}|the) {_UNIT} (?:ago|earlier|before|later|prior)\b",
    r"(?:an?|per|each|every) (?:year|month|week|day|quarter|hour|minute|second|annum|decade|century)\b",
    r"(?:annually|yearly|monthly|daily|weekly|quarterly|today|currently|so far this year|to date)\b",
    rf"(?:{_ORDER}|fiscal)[- ](?:quarter|half)\b|(?:full|half)-year\b|{_N}-(?:year|month|week|day|decade)\b(?!-old)",
    rf"(?:(?:{_IN}) )?q[1-4]\b(?: (?:of )?{_YEAR})?|h[12] {_YEAR}|fy ?\d\d(?:\d\d)?\b",
    r"(?:19|20)\d\d q[1-4]\b|[1-4]q ?(?:20)?\d\d\b",
    rf"{_DATE}(?=[’']s\b|[’']? [a-z])",
)
#: Words a period can begin with: only there the patterns are tried.
_FIRST = frozenset(
    """between from over in during for within across through throughout by since at until before after of to toward
    towards as back on earlier later last this next the year quarter month week y q yoy qoq than a an per each every
    annually yearly monthly daily weekly quarterly today currently so first second third fourth fiscal full half h fy
    january february march april may june july august september october november december one two three four five six
    seven eight nine ten twelve eighteen twenty fifty few several calendar financial latest qtr""".split()
)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))


def periods(text: str, tokens: Tokens) -> list[Phrase]:
    """The periods a sentence names, in order, in its own words.

    >>> sentence = "Earlier this year it pledged $52 billion over the next three years."
    >>> from content.figures.numerals import scan
    >>> [p.says for p in periods(sentence, scan(sentence))]
    ['Earlier this year', 'over the next three years']
    """
    lower = text.lower() if len(text.lower()) == len(text) else text
    found: list[Phrase] = []
    past = 0
    for token in tokens:
        if token.start < past or not (token.lower in _FIRST or token.kind != "word"):
            continue
        if match := _pattern().match(lower, token.start):
            past = match.end()
            found.append(Phrase(token.start, past, text[token.start : past].strip()))
    return found


def nearest(phrases: Sequence[Phrase], start: int, end: int) -> tuple[Phrase | None, Phrase | None]:
    """The last phrase that ends by ``start`` and the first that begins from ``end`` on."""
    at = bisect_left(phrases, (start,))
    ahead = next((p for p in reversed(phrases[max(0, at - 2) : at]) if p.end <= start), None)
    after = bisect_left(phrases, (end,))
    return ahead, phrases[after] if after < len(phrases) else None


_TURN = re.compile(r";|\b(?:while|whereas|but|compared|versus)\b")


def turns(between: str) -> bool:
    """Whether what stands between two things leads on to another subject."""
    return len(between) > 300 or bool(_TURN.search(between))


def period_of(text: str, phrases: Sequence[Phrase], place: tuple[int, int], free: tuple[int, int]) -> str | None:
    """The period of the figure at ``place``; what lies outside ``free`` belongs to its neighbours first.

    A phrase inside the figure ("$3,500 a month") or touching it from the left ("a three-year, $5 billion plan"), then
    the next behind it, then the last ahead in the same clause, then the one that opens or closes the sentence.
    """
    start, end = place
    at = bisect_left(phrases, (start,))
    if at < len(phrases) and start < phrases[at].start < end:
        return phrases[at].says
    ahead, behind = nearest(phrases, start, end)
    if ahead and ahead.end + 2 >= start and "-" in ahead.says:
        return ahead.says
    if behind and behind.start < free[1] and not turns(text[end : behind.start]):
        return _dated(text, phrases, behind, start).says
    if ahead and ahead.start >= free[0] and "," not in text[ahead.end : start] and not turns(text[ahead.end : start]):
        return ahead.says
    return _frame(text, phrases, end)


_BASIS = re.compile(rf"(?:from|than) (?:{_N}|the|last|same|previous|prior)\b.*")
_RATES = re.compile(r"(?:year|quarter|month|week)[- ](?:on|over)|y/y|q/q|yoy|qoq|annually")


def _dated(text: str, phrases: Sequence[Phrase], found: Phrase, start: int) -> Phrase:
    """In "34% year-on-year in the September quarter" and "in Q3, up 34% from a year earlier", the quarter.

    What a growth is compared with is no period of its own where the sentence has one.
    """
    if not (_RATES.match(found.says.lower()) or _BASIS.match(found.says.lower())):
        return found
    following = phrases[bisect_left(phrases, found) + 1 :][:1]
    if following and following[0].start - found.end < 3:
        return following[0]
    ahead = next((p for p in reversed(phrases) if p.end <= start and not _is_basis(p)), None)
    return ahead if ahead and not turns(text[ahead.end : start]) else found


def _is_basis(phrase: Phrase) -> bool:
    said = phrase.says.lower()
    return bool(said.endswith(_RELATIVE) or _RATES.match(said) or _BASIS.match(said))


#: "a year earlier" belongs to the figure it stands by, to no other.
_RELATIVE = ("earlier", "ago", "before", "later", "prior")


def _frame(text: str, phrases: Sequence[Phrase], end: int) -> str | None:
    phrases = [p for p in (*phrases[:1], *phrases[-1:]) if not p.says.endswith(_RELATIVE)]
    if phrases and phrases[0].start < 2:
        return phrases[0].says
    closes = phrases and phrases[-1].start >= end and not text[phrases[-1].end :].strip(" .”\"'’)")
    return phrases[-1].says if closes and not turns(text[end : phrases[-1].start]) else None
