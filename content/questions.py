"""What a question asks for, and whether a sentence holds such a thing: one table, read top down."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from content import figures
from content.documents import Figure, Kind
from content.words import STOP_WORDS, fold, stem, words

_CAPITALISED = re.compile(r"(?:(?<=[\w,;:’'\")] )|(?<=^)|(?<=[“\"(]))[A-Z][\w&’'-]*\w|\b[a-z]+[A-Z]\w*")
_DATE = re.compile(
    r"\b(?:(?:19|20)\d\d|Q[1-4]|(?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b(?= \d| of)"
    r"|(?:this|last|next|past|earlier this|later this) (?:year|month|week|quarter|decade)|yesterday|today"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_DURATION = re.compile(r"\b(?:day|week|month|quarter|year|decade)s?\b")
_REASON = re.compile(
    r"\b(?:because|since|due to|owing to|as a result|so that|in order to|thanks to|reason|driven by|that matters|"
    r"means|allows?|help(?:s|ing)?|to (?!the\b|a\b|an\b|its\b|their\b)\w+)\b",
    re.IGNORECASE,
)
_MANNER = re.compile(r"\b(?:by \w+ing|through|using|via|with|from|integrat\w+|leverag\w+|turn\w*)\b", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:in|into|at|across|from|outside|inside|beyond|to|particularly) (?:the )?"
    r"(?:[A-Z][\w’]+|international|global|domestic|overseas)"
)


#: How well a figure of an order of magnitude ("tens of billions") answers a question for a number.
_VAGUE = 0.7
#: What patterns of reasons and manners are worth: they are in many sentences.
_WEAK = 0.5
#: How well a single name answers a question for names.
_ONE_NAME = 0.85

#: Whether a stem cannot be what is asked for: the question has it itself, or it stands everywhere.
Given = Callable[[str], bool]
#: How well a sentence holds what is asked for, 0..1.
Holds = Callable[[str, Given], float]


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of question: how it is put, what must stand in an answer, and which figures it leads with."""

    name: str
    pattern: re.Pattern[str]
    holds: Holds
    #: what a sentence without it loses in confidence: a date is easily told, a reason is not
    doubt: float
    figures: frozenset[Kind] = frozenset()


def _matches(pattern: re.Pattern[str], strength: float = 1.0) -> Holds:
    return lambda sentence, _: strength if pattern.search(sentence) else 0.0


def _has_figure(*kinds: Kind) -> Holds:
    """A figure of one of the kinds; "tens of billions" answers less well than "more than $52 billion"."""

    def holds(sentence: str, _: Given) -> float:
        found = [figure for figure in figures.extract(sentence) if figure.kind in kinds]
        return max((1.0 if _is_precise(figure) else _VAGUE for figure in found), default=0.0)

    return holds


def _is_precise(figure: Figure) -> bool:
    return figure.low is None or figure.high is None or figure.high < 10 * figure.low or figure.low == figure.high


def _has_name(sentence: str, given: Given) -> float:
    """Capitals that are not there only because the sentence begins; two names answer better than one."""
    names = {
        stem(word.text)
        for match in _CAPITALISED.finditer(sentence)
        for word in words(match.group())
        if fold(word.text) not in STOP_WORDS and (match.start() > 0 or _names_something(sentence[match.end() :]))
    }
    return (0.0, _ONE_NAME, 1.0)[min(2, sum(not given(name) for name in names))]


def _names_something(rest: str) -> bool:
    """Whether a sentence's first word is a name, by what follows it."""
    return bool(re.match(r"(?:, [a-z]+ing\b|:| [A-Z]| (?:said|says|has|is|was|and|reports?|may|will)\b)", rest))


def _anything(sentence: str, given: Given) -> float:
    return 1.0


def _put(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_MONEY_WORDS = (
    r"money|invest\w*|spen[dt]\w*|pledg\w*|pay|paid|cost\w*|commit\w*|earn\w*|raise\w*|budget\w*|worth|fund\w*"
)

_AMOUNTS: frozenset[Kind] = frozenset({"money", "percent", "count", "multiple"})
_NAMED_THINGS = (
    r"compan\w+|firms?|brands?|partners?|rivals?|competitors?|models?|names?|publications?|sources?|platforms?"
    r"|assistants?|news\w*"
)

#: Words that say what sort of thing is asked for; no sentence that answers need have them.
FRAME_WORDS = frozenset(
    "money amount sum number percentage percent share year date people person name names reason way kind sort type"
    " thing things does mean meaning called".split()
)

#: The first row whose pattern is found decides; the last one takes everything.
KINDS = (
    Asked(
        "share",
        _put(r"\b(?:what|which) (?:share|percentage|proportion|percent)|how many percent"),
        _has_figure("percent"),
        0.75,
        frozenset({"percent"}),
    ),
    Asked(
        "money",
        _put(
            rf"\bhow (?:much|big|large)\b.*\b(?:{_MONEY_WORDS})\b"
            r"|\bhow many (?:dollars|billions?|millions?|yuan|euros?)|\bwhat (?:amount|sum|price|budget)"
            r"|\bwhat (?:is|was) the (?:size|cost|price|amount|value)"
        ),
        _has_figure("money"),
        0.75,
        frozenset({"money", "percent"}),
    ),
    Asked(
        "duration",
        _put(r"\bhow long\b|\bover (?:what period|how many years)|\bhow many (?:years|months|days|weeks)"),
        _matches(_DURATION),
        0.75,
        frozenset({"duration"}),
    ),
    Asked(
        "number",
        _put(r"\bhow many\b|\b(?:what|which) number\b|\bnumber of\b"),
        _has_figure("count", "percent", "multiple"),
        0.75,
        frozenset({"count", "percent", "multiple"}),
    ),
    Asked("amount", _put(r"\bhow (?:much|big|large|far|high|fast)\b"), _has_figure(*_AMOUNTS), 0.5, _AMOUNTS),
    Asked(
        "date",
        _put(r"^\W*(?:since |by |until )?when\b|\b(?:what|which) (?:year|date|day|month|quarter)\b"),
        _matches(_DATE),
        0.75,
    ),
    Asked(
        "place",
        _put(r"\bwhere\b|\b(?:what|which) (?:\w+ )?(?:countr|region|market|place|cit)\w+"),
        _matches(_PLACE),
        0.4,
    ),
    Asked(
        "definition",
        _put(
            r"^\W*(?:what|whats)(?:’s|'s|(?<=whats)| is| are| was| does) (?:an? |the )?(?:[\w’'-]+\s?){1,4}\W*"
            r"(?:mean\W*)?$"
            r"|\bdefine\b"
        ),
        _anything,
        0.0,
    ),
    Asked("person", _put(r"\bwho(?:m|se)?\b"), _has_name, 0.5),
    Asked("reason", _put(r"\bwhy\b|\bwhat (?:reason|makes)\b|\bhow come\b"), _matches(_REASON, _WEAK), 0.1),
    Asked("manner", _put(r"^\W*how\b|\bin what way\b"), _matches(_MANNER, _WEAK), 0.1),
    Asked(
        "name",
        _put(rf"\b(?:which|what) (?:\w+ ){{0,3}}(?:{_NAMED_THINGS})\b|^\W*name\b"),
        _has_name,
        0.4,
    ),
    Asked("other", _put(""), _anything, 0.0),
)


def asked(question: str) -> Asked:
    """The kind of question this is.

    >>> [asked(q).name for q in ("How much did Alibaba pledge?", "Who reported it?", "What is ModelScope?")]
    ['money', 'person', 'definition']
    """
    return next(kind for kind in KINDS if kind.pattern.search(question))


def leads_with(kind: Asked, figure: Figure) -> bool:
    """Whether a figure is of the sort the question asks for."""
    return figure.kind in kind.figures


def defines(focus: str, sentence: str) -> bool:
    """Whether a sentence says what something is: "X is a …", "X, a …", "X aims to …", "X: …".

    >>> defines("ModelScope", "They launched ModelScope as an open platform.")
    True
    """
    name = rf"{re.escape(focus)}\w{{0,3}}"  # a name is often cut short, or in the plural
    defining = r"(?:,? (?:is|are|was|were|means|refers to|as) (?:an?|the|not|about)\b|, an? |:)"
    return bool(re.search(rf"\b{name}\b(?: \([^)]{{1,40}}\))?{defining}", sentence, re.IGNORECASE))
