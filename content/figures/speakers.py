"""Who says so: "according to CNBC", "as reported by Reuters", "said Alibaba", "a report from Gartner"."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from content.figures.numerals import Tokens
from content.figures.periods import Phrase, turns


class Speakers(NamedTuple):
    """The speakers a sentence names: those who speak of what comes after them, and those of what came before."""

    leading: Sequence[Phrase] = ()
    trailing: Sequence[Phrase] = ()


_NAME = r"[A-Z][\w&.’'-]*(?: (?:(?:of|and|for|&|de|the) )?[A-Z][\w&’'-]*(?:\.(?=[a-zA-Z]))?){0,5}"
_ROLE = r"(?:executives?|analysts?|officials?|spokes\w+|researchers?)"
_SOME = r"[Tt]he (?:company|firm|group|bank|report|agency|government|regulator)"
_EXPERTS = r"(?:[Aa]nalysts?|[Rr]esearchers|[Ee]conomists)"
_SPEAKER = rf"(?:{_EXPERTS} (?:at|from|with) {_NAME}|(?:an? |the )?{_NAME}(?: {_ROLE})?|{_SOME})"
_ADVERB = r"(?: on \w{3,6}day| last \w+| this \w+| also| has| have| had){0,2}"
_SAYING = """
    said says say reported reports estimate estimates estimated projects projected forecast forecasts predicts
    predicted expects expected announced claims claimed noted notes wrote added told disclosed revealed stated
    states expect predict project believe believes reckon reckons calculate calculates put puts found finds find
    note confirmed argues highlights shows showed
"""
_REPORTED = """reported noted cited estimated projected forecast compiled published disclosed announced echoed described
    quoted measured revealed carried repeated confirmed said calculated tracked mentioned discussed highlighted"""
_WORKS = (
    "report analysis study survey note estimate estimates data research figures numbers poll filing forecast forecasts"
)
_SOURCES = "estimates estimate forecasts forecast projections projection"
#: Each pattern with the speaker as its group, and whether it speaks of what follows.
_PATTERNS = (
    (
        rf"\b[Aa]ccording to (?:(?:a|an|the|its|new) (?:\w+ ){{1,3}}(?:by|from|of) )?(?P<s>{_SPEAKER}|[^,.;]{{3,60}})",
        False,
    ),
    (rf"\b(?:{'|'.join(_REPORTED.split())}) (?:\w{{1,20}} )?(?:by|in) (?P<s>{_SPEAKER})", False),
    (rf"\b(?:[Pp]er|[Cc]iting) (?P<s>{_SPEAKER})(?=[,.;)]|$)", False),
    (rf"[,”\"'’] ?said (?P<s>{_SPEAKER})", False),
    (rf"\b(?:{'|'.join(_WORKS.split())}) (?:from|by) (?P<s>{_SPEAKER})", True),
    (
        rf"(?P<s>{_SPEAKER}){_ADVERB} (?:{'|'.join(_SAYING.split())})\b(?! by\b)",
        True,
    ),
    (rf"(?P<s>{_SPEAKER}) (?:{'|'.join(_SOURCES.split())})\b", True),
)
#: Verbs of saying, for whoever must not take them for nouns.
SAYING = frozenset(_SAYING.split())
#: A sentence without one of these names no speaker.
_CUES = frozenset(f"{_SAYING} {_REPORTED} {_WORKS} {_SOURCES} according per citing".split())
#: When or where it was said: it may stand between a speaker behind a comma and the end of the clause.
_SAID_WHEN = re.compile(
    r"(?: (?:(?:late|early|earlier|later) )?(?:on )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today)"
    r"(?: (?:morning|afternoon|evening|night))?| (?:earlier |late |early )?(?:last|this) (?:week|month|year|quarter)"
    r"| (?:on|in) (?:\d{1,2} )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?(?: \d{1,2}\b(?!\d))?"
    r"(?:,? (?:19|20)\d\d)?| in (?:an?|its|the) (?:\w+ ){0,3}?(?:statement|report|filing|note|interview|post|blog))+",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    """it he she they we i you this that these those there in but and if january february march april may june july
    august september october november december jan feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday
    thursday friday saturday sunday""".split()
)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    return tuple((re.compile(pattern), leads) for pattern, leads in _PATTERNS)


def speakers(text: str, tokens: Tokens) -> Speakers:
    """The speakers named in a sentence, in order."""
    if _CUES.isdisjoint(token.lower for token in tokens):
        return Speakers()
    leading: list[Phrase] = []
    trailing: list[Phrase] = []
    for pattern, leads in _patterns():
        for match in pattern.finditer(text):
            name = match["s"].strip(" ,").rstrip(".’'").removesuffix("’s").removesuffix("'s")
            if name and name.split()[0].lower() not in _NOBODY | ({name.lower()} & {"the"}):
                phrase = Phrase(match.start(), match.end(), name)
                said = phrase._replace(end=_said_until(text, phrase.end))
                (leading.append(phrase) if _leads(text, said, leads=leads) else trailing.append(said))
    return Speakers(_distinct(leading), _distinct(trailing))


def _distinct(phrases: Sequence[Phrase]) -> list[Phrase]:
    """In order, each speaker once where several patterns saw the same."""
    ordered = sorted(phrases)
    return [p for n, p in enumerate(ordered) if not n or p.start > ordered[n - 1].end or p.says != ordered[n - 1].says]


def _leads(text: str, phrase: Phrase, *, leads: bool) -> bool:
    """Whether a phrase speaks of what follows: by its kind, unless it opens the clause or is closed off by commas."""
    before, after = text[: phrase.start].rstrip()[-1:], text[phrase.end :].lstrip()[:1]
    if not leads:
        return before in ("", ";", ":")
    return not (before in (",", "”", '"') and after in ("", ".", ",", ";"))


def _said_until(text: str, end: int) -> int:
    """Where the time of saying ends that follows a speaker, else ``end``."""
    when = _SAID_WHEN.match(text, end)
    return when.end() if when else end


def speaker_of(text: str, named: Speakers, place: tuple[int, int]) -> str | None:
    """The speaker named behind a figure, up to a turn of the sentence; else the last who leads up to it."""
    start, end = place
    after = bisect_left(named.trailing, (end,))
    if after < len(named.trailing) and not turns(text[end : named.trailing[after].start]):
        return named.trailing[after].says
    before = bisect_left(named.leading, (start,))
    return named.leading[before - 1].says if before else None
