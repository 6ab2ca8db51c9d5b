"""A figure → what it measures, in a form two figures can be compared in: whose, of what, when, and how it is meant.

Everything is read from the figure, its sentence and what is stated of its document. A figure that only serves as a
base ("up from $40 billion") or as a part ("another $10 billion") measures nothing comparable.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from content.documents import Document, Figure
from content.periods import Period, read_period
from content.synonyms import synonyms
from content.words import STOP_WORDS, fold, stem, word_texts, words

#: Said as fact; as what somebody will do; as what somebody believes; a noun that leaves open whether it is done.
Stance = Literal["statement", "plan", "estimate", "open"]
#: A height ("rose to 41%", "of sales") or a movement ("rose 8%").
Shape = Literal["level", "movement"]


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure measures."""

    #: whose it is: the name nearest to it, folded; else the names its document is about
    owners: frozenset[str]
    #: stems of what is measured, fillers aside; empty when the sentence does not say
    terms: frozenset[str]
    #: the other stems of the sentence that matter
    context: frozenset[str]
    #: those of them that name no act: with whom or what it is done
    things: frozenset[str]
    #: what is done with it or what it is, as one of ``_ACTS``
    act: str | None
    period: Period
    stance: Stance
    shape: Shape
    #: places and fields the figure is confined to
    scope: frozenset[str]
    #: "a $2 billion plant": there may be others
    indefinite: bool
    #: the sentence says that an earlier value no longer holds
    supersedes: bool
    #: the sentence says that it was so before: "it had pledged", "an earlier plan of"
    earlier: bool


_ACTS = {
    "spend": "pledge invest spend commit pour allocate earmark investment commitment spending budget outlay capex"
    " expenditure bet promise vow",
    "earn": "revenue sales turnover takings",
    "profit": "profit earnings income",
    "lose": "lose lost loss losses deficit",
    "raise": "raise raised raising round funding",
    "buy": "buy bought acquire acquired acquisition takeover purchase stake",
    "value": "valuation valued worth capitalization capitalisation",
    "cost": "cost costs price priced",
    "fine": "fine fined penalty",
    "cut": "lay laid layoffs dismiss dismissed fire fired axe axed shed eliminate cut cuts slash slashed",
    "hire": "hire hires hired hiring recruit recruits recruited",
    "release": "release released releases releasing launched open sourced published unveiled",
    "ship": "ship shipped ships shipments deliver delivered deliveries sold sell sells",
    "train": "train trained training",
    "open": "opened opening",
    "close": "closed closing shut",
}
#: Acts that name a quantity by themselves: nothing else need be said of it.
QUANTITIES = frozenset({"earn", "profit", "lose", "value"})
#: Acts that are a movement in words only: "laid off 3,000".
_MOVING = frozenset({"cut", "hire"})
_FILLERS = frozenset(
    """development programme program plan package effort drive push initiative project total overall annual new entire
    original initial earlier previous prior whole own existing worldwide global
    figure amount sum money unit people time business group company firm massive
    huge major level rate growth increase rise decline drop year quarter month period one two three four five six seven
    eight nine ten twelve twenty hundred thousand million billion trillion dollar euro said say report reported reports
    according people familiar deal matter person source""".split()
)
#: To have, to be, to come to: what says nothing of what is done.
_NEUTRAL = """control controls hold holds held own owns command commands account accounts capture captures reach reaches
    reached hit hits stand stands stood count counts boast boasts number total totals amounts amounted made make serve
    serves""".split()
#: Written short in one text and out in another.
_LONG = {"capex": ("capital", "expenditure"), "datacenter": ("data", "center"), "datacentre": ("data", "center")}
_SPELLED = {"centre": "center", "centres": "center"}
_NO_NAMES = frozenset(
    """ai llm llms us usa uk eu u.s usd rmb cny eur hk hkd ceo cfo cto coo it gpu gpus cpu api ipo x i r&d esg ev evs ar
    vr saas january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday chinese american european
    japanese indian western asian korean british german french q1 q2 q3 q4 h1 h2 fy according despite earlier meanwhile
    moreover separately cloud capital operating net gross total global annual quarterly industry worldwide research
    artificial intelligence large generative analysts last next since analyst employees around nearly about roughly
    bank chief executive chairman president founder data centers group holding holdings inc ltd corp co plc
    corporation limited training reports""".split()
)
_SUFFIXES = frozenset("group holding holdings inc ltd corp co plc corporation limited company technologies".split())
#: What is not one company's: no owner need be named.
_EVERYBODY = frozenset(stem(word) for word in "market industry sector worldwide global".split())

_NAME = re.compile(r"\b[A-Z][\w&]*(?:-\w+)*(?: [A-Z][\w&]*(?:-\w+)*)*")
_PLACE = re.compile(r"\b(?:in|across|outside|within|throughout|for) (?:the )?((?:[A-Z]\w+[ -]?)+)")
_CLAUSE_END = re.compile(r"[;:](?=\s)|,(?=\s)|\b(?:while|whereas|but|although|though|versus|compared)\b")
_BASE = re.compile(r"\b(?:from|than|versus|vs|against|compared (?:with|to))(?: the| its| about| around)?\s*$", re.I)
_PART = re.compile(
    r"(?i)\b(?:additional|another|further|extra|includ\w+|of which|of that|first|initial|each|an? average|average of"
    r"|a separate|plus|and then)\s*$"
)
_PART_BEHIND = re.compile(r"\s*(?:each\b|apiece|more\b|extra\b|of (?:that|which|the total)|on average|alone\b)")
_LEVEL = frozenset("to at was is were be reached hit stood totaled totalled exceeded topped surpassed with".split())
_ESTIMATE = re.compile(
    r"\b(?:estimat\w+|forecast\w*|project(?:s|ed|ions?)|predict\w*|expect\w*|anticipat\w*|could|may|might|likely"
    r"|outlook|consensus|guidance|reckons?|(?:will|would|should) (?:\w+ )?(?:reach|hit|grow|be|rise|fall|total|exceed"
    r"|surpass|top|expand|double|climb))\b"
)
_EXPERTS = re.compile(r"\b(?:analysts?|economists?|estimates?|forecasts?)\b", re.I)
_PLAN = re.compile(
    r"\b(?:pledg\w+|commit(?:s|ted|ting|ments?)?|promis\w+|vow\w*|earmark\w*|allocat\w+|plan(?:s|ned|ning)?|aim\w*"
    r"|target\w*|goal|intend\w*|budget\w*|set(?:ting)? aside|to (?:invest|spend|pour|build|hire|raise|cut|open|lay)"
    r"|will|would|(?:is|are) (?:invest|spend)ing|invests|spends)\b"
)
_OPEN = re.compile(r"\b(?:invest(?:ments?|ing)|spending|bet|push|outlay)\b")
_DONE = re.compile(r"\b(?:spent|invested|poured|paid)\b")
_SUPERSEDES = re.compile(
    r"\b(?:revis(?:ed|es|ing)|restat(?:ed|es)|corrected|updated|now|no longer|up from|down from)\b"
    r"|\b(?:rais|lift|upp|increas|lower|cut|trim|boost|scal|slash)\w* (?:\S+ ){1,20}?to (?:\S+ ){0,2}$",
)


#: Past perfect, but for what somebody said he had done: that is news all the same.
_EARLIER = re.compile(
    r"\b(?:previous(?:ly)?|formerly|originally|initially|used to|until (?:then|now))\b"
    r"|\b(?:earlier|prior|original|initial) (?:\w+ ){0,3}?(?:plan|pledge|commitment|target|promise|estimate|forecast"
    r"|budget|figure|guidance|goal|offer|bid|investment|announcement)s?\b"
    r"|^(?!.*\b(?:said|says|reported|announced|told|confirmed|added|that)\b.*\bhad\b).*"
    r"\bhad (?:\w+ly |already |earlier |first )?"
    r"(?:\w{3,}ed|said|set|put|spent|bet|bought|made|grown|risen|fallen|been)\b",
    re.IGNORECASE,
)
_EARLIER_BEHIND = re.compile(
    r" (?:(?:that |which )?(?:it|they|he|she|the \w+)|that|which) had \w+|(?: \w+){0,3}? (?:previously|originally"
    r"|initially|earlier) (?:\w+ed|set|put|forecast)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A figure in its sentence: what stands around it, and its clause."""

    before: str
    behind: str
    clause_before: str
    clause_behind: str


def measure(figure: Figure, name: Sequence[str], document: Document | None, subjects: frozenset[str]) -> Measure | None:
    """What a figure measures, or ``None`` where it is a base or a part.

    ``name`` is its :func:`owner`; ``subjects`` are what its document is about.
    """
    place = _placed(figure)
    if _BASE.search(place.before) or _PART.search(place.before) or _PART_BEHIND.match(place.behind):
        return None
    act = _act(place, figure)
    shape = _shape(figure, place, act)
    terms = _terms(figure, place, act, name)
    said = frozenset(_stems(" ".join([figure.attributed_to or "", *name])))
    context = frozenset(_stems(f"{place.before} {place.behind}")) - said - terms - _fillers() - _act_words(act)
    return Measure(
        owners=frozenset() if _is_everybodys(figure, act, shape) else frozenset(name[:1]) or subjects,
        terms=terms,
        context=context,
        things=context - _acts().keys() - _neutral(),
        act=act,
        period=read_period(figure, document.published if document else None),
        stance=_stance(figure, place, spends=act == "spend"),
        shape=shape,
        scope=_scope(figure, place),
        indefinite=bool(re.search(r"\b[Aa]n?\s*$", place.before)),
        supersedes=bool(_SUPERSEDES.search(place.clause_before)),
        earlier=bool(_EARLIER.search(place.clause_before) or _EARLIER_BEHIND.match(place.clause_behind)),
    )


def _terms(figure: Figure, place: _Place, act: str | None, name: Sequence[str]) -> frozenset[str]:
    """What is measured; of revenue or profit, which, and the act itself."""
    named = act in QUANTITIES
    said = " ".join([_with_rest(figure), _narrowed(place, act) if named else "", *name[1:]])
    terms = frozenset(_stems(said)) - _fillers() - {stem(word) for word in name[:1]} - _act_words(act)
    return terms | {act} if act and named else terms


def _is_everybodys(figure: Figure, act: str | None, shape: Shape) -> bool:
    """The size or growth of a market, not a share of it, and nobody's doing: whoever is named does not own it."""
    share = figure.kind in ("percent", "other") and shape == "level"
    return act in (None, "value") and not share and bool(_EVERYBODY & frozenset(_stems(figure.about or "")))


def _placed(figure: Figure) -> _Place:
    at = figure.sentence.find(figure.text)
    before, behind = figure.sentence[: max(0, at)], figure.sentence[max(0, at) + len(figure.text) :]
    begins = [match.end() for match in _CLAUSE_END.finditer(before)]
    ends = _CLAUSE_END.search(behind)
    return _Place(before, behind, before[begins[-1] if begins else 0 :], behind[: ends.start() if ends else None])


@lru_cache(maxsize=1)
def _fillers() -> frozenset[str]:
    return frozenset(stem(word) for word in _FILLERS)


@lru_cache(maxsize=1)
def _neutral() -> frozenset[str]:
    return frozenset(stem(word) for word in _NEUTRAL)


@lru_cache(maxsize=1)
def _acts() -> dict[str, str]:
    acts = {other: "spend" for other in synonyms(stem("pledge")) - {stem("fund"), stem("money")}}
    return acts | {stem(word): act for act, listed in _ACTS.items() for word in listed.split()}


@lru_cache(maxsize=64)
def _act_words(act: str | None) -> frozenset[str]:
    return frozenset(word for word, means in _acts().items() if means == act)


def _stems(text: str) -> list[str]:
    """The stems that matter, one word as another text may write it."""
    return [one for word in word_texts(text) for one in _stems_of(word)]


@lru_cache(maxsize=50_000)
def _stems_of(word: str) -> tuple[str, ...]:
    folded = fold(word)
    idle = folded in STOP_WORDS or folded.isdigit() or len(folded) < 2
    return () if idle else tuple(map(stem, _LONG.get(folded, (_SPELLED.get(folded, folded),))))


def is_base(figure: Figure) -> bool:
    """Whether another figure is compared with it: "up from $40 billion", "from $40 billion to"."""
    return bool(_BASE.search(_placed(figure).before))


def acts_in(text: str) -> frozenset[str]:
    """What a text says is done or measured.

    >>> sorted(acts_in("What did it spend of its revenue?"))
    ['earn', 'spend']
    """
    return frozenset(_acts()[term] for term in _stems(text) if term in _acts())


def act_of(figure: Figure) -> str | None:
    """What is done with a figure, or what it is."""
    return _act(_placed(figure), figure)


def _act(place: _Place, figure: Figure) -> str | None:
    """The nearest act: ahead of the figure in its clause, behind it, in what it is about."""
    for text, step in ((place.clause_before, -1), (place.clause_behind, 1), (figure.about or "", 1)):
        if act := next((_acts()[term] for term in _stems(text)[::step] if term in _acts()), None):
            return act
    return None


#: "revenue from cloud", "users in finance": what follows the noun narrows it.
_REST = re.compile(r" (?:from|at|of|in|for|outside|excluding|with|on)((?: (?!(?:the|its|a)?\b[A-Z\d])[a-z-]+){1,3})")
_STOPS_REST = re.compile(
    r"\b(?:was|were|is|are|rose|fell|grew|hit|reached|to|by|over|during|this|last|next|the (?:first|second|third"
    r"|fourth|same|quarter|year|past)|and|as|that|which|since|until|an?|more|about|around|year|quarter)\b.*"
)


def _with_rest(figure: Figure) -> str:
    about = figure.about or ""
    at = figure.sentence.find(about) if about else -1
    match = _REST.match(figure.sentence, at + len(about)) if at >= 0 else None
    rest = _STOPS_REST.sub("", match[1]) if match else ""
    return f"{about} {rest}" if not figure.period or rest.strip() not in figure.period else about


def _narrowed(place: _Place, act: str | None) -> str:
    """The words that stand directly before the word of an act: "cloud" in "cloud revenue", "net" in "net profit"."""
    told = list(words(place.clause_before))
    at = next((n for n in range(len(told) - 1, -1, -1) if _acts().get(stem(told[n].text)) == act), 0)
    first = at
    while first > 0 and told[first].start - told[first - 1].end == 1 and fold(told[first - 1].text) not in STOP_WORDS:
        first -= 1
    kept = [n for n in range(first, at) if not place.clause_before[told[n].end :].startswith(("’s", "'s"))]
    return " ".join(told[n].text for n in kept)


def names(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """The names of a text with their places: runs of capitalised words, months, titles and the like apart."""
    found: list[tuple[int, tuple[str, ...]]] = []
    for match in _NAME.finditer(text):
        run: list[str] = []
        for word in match.group().split():
            plain = fold(word)
            opens = match.start() == 0 and not run and (plain in STOP_WORDS or synonyms(stem(word)))
            if opens or plain in STOP_WORDS or plain in _NO_NAMES or any(char.isdigit() for char in plain[:1]):
                break_run = plain not in _SUFFIXES and run
                if break_run:
                    found.append((match.start(), tuple(run)))
                    run = []
            elif plain not in _SUFFIXES:
                run.append(plain)
        if run:
            found.append((match.start(), tuple(run)))
    return found


def owner(figure: Figure) -> tuple[str, ...]:
    """Whose figure it is, in folded words: the nearest name before it, else one named behind it; the speaker last."""
    place = _placed(figure)
    speaker = {fold(word.text) for word in words(figure.attributed_to or "")}
    confined = {match.start(1) for match in _PLACE.finditer(place.before)}
    ahead = [run for at, run in names(place.before) if at not in confined]
    others = [run for run in ahead if not speaker.issuperset(run)]
    behind = [run for at, run in names(place.behind) if place.behind[:at].endswith((" by ", " of ", " from ", " at "))]
    behind = [run for run in behind if not speaker.issuperset(run)]
    leading = [] if re.search(r"\b(?:[Aa]ccording to|[Cc]iting|[Pp]er|by) ", place.before) else ahead
    return next(iter([*others[-1:], *behind[:1], *leading[-1:]]), ())


def _scope(figure: Figure, place: _Place) -> frozenset[str]:
    """What is named before it and in the rest of its clause: what comes after that is said of something else."""
    told = f"{place.before}{figure.text}{place.clause_behind}"
    found = {fold(word) for match in _PLACE.finditer(told) for word in word_texts(match[1])}
    known = (
        {fold(word) for word in word_texts(f"{figure.attributed_to or ''} {figure.about or ''}")} if found else set()
    )
    return frozenset(word for word in found - known - _NO_NAMES if not word.isdigit())


def _shape(figure: Figure, place: _Place, act: str | None) -> Shape:
    last = place.before.split()[-1:]
    still = figure.kind == "count" and act in _MOVING
    return "level" if figure.change is None or still or (last and last[0].lower() in _LEVEL) else "movement"


def _stance(figure: Figure, place: _Place, *, spends: bool) -> Stance:
    clause = f"{place.clause_before} {figure.hedge or ''} {place.clause_behind}"
    if _ESTIMATE.search(clause) or _EXPERTS.search(figure.attributed_to or ""):
        return "estimate"
    if _PLAN.search(clause):
        return "plan"
    return "open" if spends and _OPEN.search(clause) and not _DONE.search(clause) else "statement"
