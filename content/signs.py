"""What a sentence shows that a question may ask for: a date, a place, a name, a reason, a figure, a definition.

Each sign is a function (sentence, given) → 0..1, where ``given`` tells the stems that cannot be what is asked for:
the question has them itself, or they stand everywhere.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from content import figures
from content.documents import Figure, Kind
from content.forms import is_name
from content.passages import MARKS
from content.words import STOP_WORDS, fold, stem, words

#: Whether a stem cannot be what is asked for.
Given = Callable[[str], bool]
#: How well a sentence holds what is asked for, 0..1.
Holds = Callable[[str, Given], float]

_CAPITALISED = re.compile(r"(?:(?<=[\w,;:’'\")] )|(?<=^)|(?<=[“\"(]))[A-Z][\w&’'-]*\w|\b[a-z]+[A-Z]\w*")
_MONTH = r"(?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)[a-z]*"
DATE = re.compile(
    rf"(?<![\d.,$€£¥])\b(?:1\d|20)\d\d(?:s\b|(?![\d%]|[.,]\d))|\bQ[1-4]\b"
    rf"|\b{_MONTH}\b(?= \d| of)|\b\d{{1,2}} {_MONTH}\b"
    r"|\b(?:this|last|next|past|earlier this|later this) (?:year|month|week|quarter|decade)\b|\b(?:yesterday|today)\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b\d+(?:st|nd|rd|th)[ -]century\b|\b\d+ BCE?\b"
)
DURATION = re.compile(
    r"\b(?:second|minute|hour|day|week|month|quarter|year|decade|centur(?:y|ie))s?\b|\bfrom\b.*\b\d{4}\b.*\bto\b.*\d{4}\b"
)
FREQUENCY = re.compile(
    r"\b(?:once|twice|times|every|per|daily|weekly|monthly|yearly|annual(?:ly)?|each)\b", re.IGNORECASE
)
REASON = re.compile(
    r"\b(?:because|since|due to|owing to|as a result|so that|in order to|thanks to|reason|driven by|that matters|"
    r"means|allows?|help(?:s|ing)?|to (?!the\b|a\b|an\b|its\b|their\b)\w+)\b",
    re.IGNORECASE,
)
MANNER = re.compile(r"\b(?:by \w+ing|through|using|via|with|from|integrat\w+|leverag\w+|turn\w*)\b", re.IGNORECASE)
PLACE = re.compile(
    r"\b(?:[Ii]n|[Ii]nto|[Aa]t|across|from|outside|inside|beyond|to|near|of|off|particularly) (?:the )?(?:\w+ )?"
    r"(?:[A-Z][\w’]+|international|global|domestic|overseas)|\b[A-Z]\w+ ?-based|\b[A-Z]\w+ ?, [A-Z]\w+"
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundred|thousand|million|billion|trillion|dozen|half|third|quarter|twice|double|triple)",
    re.IGNORECASE,
)
OFFICES = (
    r"ceo|cfo|cto|coo|chief|chair(?:m[ae]n|wom[ae]n|person)?|president|director|head|boss|leader|founder|co-?founder"
    r"|owner|manager|minister|mayor|governor|chancellor|king|queen|secretary|commander|captain|coach|editor"
)
#: Who holds an office, or does what one who holds it does.
OFFICE = re.compile(rf"\b(?:(?:{OFFICES})s?|leadership|led|leads|heads|runs|founded|owns|chairs)\b", re.IGNORECASE)
_AT_A_PLACE_OR_TIME = re.compile(r"\b(?:in|at|on|from|since|until|near|during)(?: the)? $", re.IGNORECASE)

#: How well a figure of an order of magnitude ("tens of billions") answers a question for a number.
_VAGUE = 0.7
#: How well a count of something else does.
_UNLIKE = 0.5
#: How well a single name answers a question for names, and one that rather tells where or when.
_ONE_NAME, _ELSEWHERE = 0.85, 0.5
#: Characters between a name and the office of who bears it.
_NEAR = 60


def matches(pattern: re.Pattern[str], strength: float = 1.0) -> Holds:
    """Something of that form."""
    return lambda sentence, _: strength if pattern.search(sentence) else 0.0


def has_figure(*kinds: Kind) -> Holds:
    """A figure of one of the kinds, best one of what the question counts."""

    def holds(sentence: str, given: Given) -> float:
        found = (figure for figure in figures_in(sentence) if figure.kind in kinds)
        return max((_precision(figure) * _fitness(figure, given) for figure in found), default=0.0)

    return holds


@lru_cache(maxsize=1 << 12)
def figures_in(sentence: str) -> tuple[Figure, ...]:
    """The figures of a sentence, read once."""
    found = figures.extract(sentence) if _NUMBER.search(sentence) else ()
    return tuple(replace(figure, sentence=sentence) for figure in found)


def _precision(figure: Figure) -> float:
    """ "Tens of billions" answers less well than "more than $52 billion"; a share is no number of things."""
    vague = figure.low and figure.high and figure.high >= 10 * figure.low
    return _VAGUE if vague else 1.0


def _fitness(figure: Figure, given: Given) -> float:
    """A question for a number of models is answered by models, not by countries."""
    counted = figure.kind == "count" and figure.unit
    return 1.0 if not counted or any(given(stem(word.text)) for word in words(figure.unit or "")) else _UNLIKE


def anything(sentence: str, given: Given) -> float:
    """Nothing in particular is asked for."""
    return 1.0


def has_name(sentence: str, given: Given) -> float:
    """Capitals that are not there only because the sentence begins; two names answer better than one."""
    new = [(at, name) for at, name in _names(sentence) if not given(name)]
    if not new:
        return 0.0
    strength = _ONE_NAME if len({name for _, name in new}) == 1 else 1.0
    return strength * (1.0 if any(not _AT_A_PLACE_OR_TIME.search(sentence[:at]) for at, _ in new) else _ELSEWHERE)


def has_office(sentence: str, given: Given) -> float:
    """A new name near the word for an office: "Joe Tsai, the chairman", "led by Joe Tsai"."""
    offices = [match.start() for match in OFFICE.finditer(sentence)]
    places = [at for at, name in _names(sentence) if not given(name)]
    return float(any(abs(one - other) <= _NEAR for one in offices for other in places))


def _names(sentence: str) -> Iterator[tuple[int, str]]:
    """The stems of the names in a sentence, and where each begins."""
    opens = len(sentence) - len(sentence.lstrip(MARKS))
    for match in _CAPITALISED.finditer(sentence):
        if match.start() > opens or _names_something(sentence[match.end() :]):
            for word in words(match.group()):
                called = is_name(word.text) and match.start() > opens
                if (called or fold(word.text) not in STOP_WORDS) and not DATE.search(match.group()):
                    yield match.start(), stem(word.text)


def _names_something(rest: str) -> bool:
    """Whether a sentence's first word is a name, by what follows it."""
    return bool(re.match(r"(?:, [a-z]+ing\b|:| [A-Z]| (?:said|says|has|is|was|and|reports?|may|will)\b)", rest))


_DEFINING = re.compile(
    r"(?P<says>\b(?:is|are|was|were|means|describes|refers to|stands for)\b"
    r"(?P<article> (?:an?|the|one|any|not|about)\b)?|:(?= ))"
    r"|(?P<beside>, (?:an?|the)\b| as (?:an?|the)\b)"
)
_ASIDE = re.compile(r"\([^)]*\)?|,[^,]*,")
#: Words before the defining one among which its subject stands; an aside defines the words right before it.
_SUBJECT, _ADJACENT = 10, 1
#: How well "X is …" without an article defines.
_LOOSELY = 0.6


def defines(focus: frozenset[str], sentence: str) -> float:
    """How well a sentence says what something is, given by its stems: "X is a …", "X, a …", "X as a …", "X: …"; 0..1.

    >>> defines(frozenset({"modelscop"}), "They launched ModelScope as an open platform.")
    1.0
    """
    return max((_defined(focus, sentence, match) for match in _DEFINING.finditer(sentence)), default=0.0)


def _defined(focus: frozenset[str], sentence: str, match: re.Match[str]) -> float:
    """The share of the focus that is the subject of one defining word, when that is more than half."""
    subject = [stem(word.text) for word in words(_ASIDE.sub(" ", sentence[: match.start()]))]
    near = subject[-_ADJACENT - len(focus) :] if match["beside"] else subject
    if match["says"] and len(subject) > _SUBJECT:
        return 0.0
    share = len(focus & set(near)) / len(focus) if focus else 0.0
    plainly = match["article"] or match["beside"] or match.group() == ":"
    return (1.0 if plainly else _LOOSELY) * share if share > 0.5 else 0.0
