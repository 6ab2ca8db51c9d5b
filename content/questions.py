"""What a question asks for: one table, read top down."""

import re
from dataclasses import dataclass

from content.documents import Figure, Kind
from content.forms import named
from content.signs import (
    DATE,
    DURATION,
    FREQUENCY,
    MANNER,
    OFFICES,
    PLACE,
    REASON,
    Holds,
    anything,
    has_figure,
    has_name,
    has_office,
    matches,
)
from content.words import stem

#: What patterns of reasons and manners are worth: they are in many sentences.
_WEAK = 0.25


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of question: how it is put, what must stand in an answer, and which figures it leads with."""

    name: str
    pattern: re.Pattern[str]
    holds: Holds
    #: what a sentence without it loses in confidence, 0..1: a date is easily told, a reason is not
    doubt: float
    figures: frozenset[Kind] = frozenset()


def _put(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_MONEY_WORDS = (
    r"money|invest\w*|spen[dt]\w*|pledg\w*|pay|paid|cost\w*|commit\w*|earn\w*|raise\w*|budget\w*|worth|fund\w*"
)
_AMOUNTS: frozenset[Kind] = frozenset({"money", "percent", "count", "multiple"})
_NAMED_THINGS = (
    r"compan\w+|firms?|brands?|partners?|rivals?|competitors?|models?|names?|publications?|sources?|platforms?"
    r"|assistants?|news\w*|magazines?|films?|movies?|actors?|books?|songs?|languages?|teams?|universit\w+"
    r"|products?|versions?|apps?|(?:web)?sites?|vendors?|suppliers?|\w*makers?|manufacturers?|banks?"
    r"|channels?|stations?|organi[sz]ations?|giants?|providers?|retailers?|start-?ups?|businesses|enterprises"
)
_PLACES = r"countr\w+|regions?|markets?|places?|cit(?:y|ies)|state|county|towns?|continents?|locations?"
_BEFORE_A_THING = r"of|for|on|in|at|by|to|from|with|about|over|into"
_AUXILIARY = r"is|are|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must"

#: The first row whose pattern is found decides; the last one takes everything.
KINDS = (
    Asked(
        "comparison",
        _put(r"\bcompar(?:e|es|ed|ing|ison)\b|\bdifferences? between\b|\bdiffers? from\b|\b(?:vs|versus)\b"),
        anything,
        0.0,
    ),
    Asked(
        "share",
        _put(
            r"\b(?:what|which) (?:share|percentage|proportion|percent)|how many percent|\bmarket share\b|\bshare of\b"
        ),
        has_figure("percent"),
        0.75,
        frozenset({"percent"}),
    ),
    Asked(
        "money",
        _put(
            rf"\bhow (?:much|big|large)\b.*\b(?:{_MONEY_WORDS})\b"
            r"|\bhow (?:much|big|large)\b(?! of\b)"
            r"(?!.*\b(?:gr[eo]w|rise|rose|fall|fell|increas|decreas|drop|declin|chang))"
            r".*\b(?:revenues?|sales|turnover|profits?|earnings|income|loss(?:es)?|valuation|capex)\b"
            r"|\bhow many (?:dollars|billions?|millions?|yuan|euros?)|\bwhat (?:amount|sum|price|budget|revenue)"
            r"|\bwhat (?:is|was) the (?:\w+ )?(?:size|cost|price|amount|value|revenue|budget)"
            r"|^\W*(?:the )?(?:[\w’']+ ){0,2}(?:price|cost|salary|valuation)(?: (?:of|for|today|now)\b.*)?\W*$"
        ),
        has_figure("money"),
        0.75,
        frozenset({"money", "percent"}),
    ),
    Asked(
        "duration",
        _put(r"\bhow (?:long|old)\b|\bover (?:what period|how many years)|\bhow many (?:years|months|days|weeks)"),
        matches(DURATION),
        0.75,
        frozenset({"duration"}),
    ),
    Asked("frequency", _put(r"\bhow often\b"), matches(FREQUENCY), 0.5),
    Asked(
        "number",
        _put(r"\bhow many\b|\b(?:what|which) number\b|\bnumber of\b"),
        has_figure("count", "multiple", "other"),
        0.75,
        frozenset({"count", "percent", "multiple"}),
    ),
    Asked(
        "quantity",
        _put(rf"\bhow much (?!(?:{_AUXILIARY}|{_BEFORE_A_THING}|more|less|money)\b)[a-z]+\b(?<!er)"),
        has_figure("count", "percent", "multiple", "other"),
        0.75,
        frozenset({"count", "percent", "multiple"}),
    ),
    Asked(
        "amount",
        _put(r"\bhow (?:much|big|large|far|high|fast|tall|deep|hot|cold|heavy)\b"),
        has_figure(*_AMOUNTS, "other"),
        0.5,
        _AMOUNTS,
    ),
    Asked(
        "date",
        _put(
            r"^\W*(?:since |by |until |from |in )?when\b"
            r"|\b(?:what|which) (?:year|date|day|month|quarter|century|time)\b"
        ),
        matches(DATE),
        0.75,
    ),
    Asked("place", _put(rf"\bwhere\b|\b(?:what|which) (?:\w+ )?(?P<thing>{_PLACES})\b"), matches(PLACE), 0.4),
    Asked(
        "name",
        _put(
            rf"\b(?:which|what) (?:(?!(?:{_AUXILIARY})\b)\w+ ){{0,3}}(?P<thing>{_NAMED_THINGS})\b|^\W*name\b"
            rf"|^\W*what (?:{_AUXILIARY})\b.*\b(?:called|named)\W*$"
            r"|^\W*what(?:’s|'s|s| is| was| are| were) the names? of\b"
            r"|^\W*(?:(?:list|show|all|the|main|its|their|our|[\w-]+(?:’s|'s)?) ){0,4}"
            r"(?:competitors|rivals|partners|brands|vendors|suppliers|customers|clients|investors)\W*$"
        ),
        has_name,
        0.4,
    ),
    Asked(
        "definition",
        _put(
            r"^\W*(?:what|whats)(?:’s|'s|(?<=whats)| is| are| was| does) "
            r"(?!(?:an? |the )?\w+ (?:of|for|about)\b)(?:an? |the )?"
            r"(?:[\w-]+[\s?!.]*?){1,4}(?: (?:used|made) (?:for|of|from))?[\s?!.]*$"
            r"|\bdefine\b|^\W*what does .* (?:mean|stand for)\b"
        ),
        anything,
        0.0,
    ),
    Asked(
        "office",
        _put(
            rf"^\W*who(?:’s|'s|s)? (?:(?:is|are|was|were|the|current|present) )*(?:[\w’'-]+ ){{0,3}}?(?:{OFFICES})\b"
            r"|^\W*who (?:leads|led|heads|runs|ran|chairs|owns|founded)\b"
        ),
        has_office,
        0.75,
    ),
    Asked("person", _put(r"\bwho(?:m|se)?\b"), has_name, 0.5),
    Asked("reason", _put(r"\bwhy\b|\bwhat (?:reason|makes)\b|\bhow come\b"), matches(REASON, _WEAK), 0.1),
    Asked("manner", _put(r"^\W*how\b|\bin what way\b"), matches(MANNER, _WEAK), 0.1),
    Asked("sort", _put(rf"^\W*which (?:\w+ ){{0,3}}?(?P<thing>\w+) (?:{_AUXILIARY})\b"), anything, 0.0),
    Asked("choice", _put(rf"^\W*(?:{_AUXILIARY})\b"), anything, 0.0),
    Asked("other", _put(""), anything, 0.0),
)


def asked(question: str) -> Asked:
    """The kind of question this is.

    >>> [asked(q).name for q in ("How much did Alibaba pledge?", "Who reported it?", "What is ModelScope?")]
    ['money', 'person', 'definition']
    """
    told = named(question)
    return next(kind for kind in KINDS if kind.pattern.search(told))


def thing_asked_for(question: str) -> str | None:
    """The stem of the noun after "which" that says what sort of name is asked for: "Which firms …".

    >>> thing_asked_for("Which firms compete?")
    'firm'
    """
    match = asked(question).pattern.search(named(question))
    thing = match.groupdict().get("thing") if match else None
    return stem(thing) if thing else None


def leads_with(kind: Asked, figure: Figure) -> bool:
    """Whether a figure is of the sort the question asks for."""
    return figure.kind in kind.figures
