"""Reading left to right: what is excluded is passed over, everywhere else the rules of ``quantities`` are tried.

What they find takes along the hedge that touches it; ``contexts`` then says when, of what, by whom.
"""

import re
from collections.abc import Iterator, Sequence

from content.documents import Figure
from content.figures.contexts import Context, describe
from content.figures.exclusions import excluded
from content.figures.nouns import word, written
from content.figures.numerals import DENOMINATORS, SCALES, VAGUE, WORDS, Tokens, numeral, scan
from content.figures.quantities import RULES, Quantity, starts
from content.figures.units import Unit

#: A longer line that is hardly letters is data, not text.
LONGEST_TABLE = 4_000
_LETTERS = re.compile(r"[^\W\d_]")
_HINTS = sorted(WORDS.keys() | VAGUE.keys() | SCALES.keys() | DENOMINATORS.keys())
_HINT = re.compile(
    rf"\d|\b(?:{'|'.join(_HINTS)}|doubl\w+|tripl\w+|trebl\w+|quadrupl\w+|halv\w+|twice|half|\w+fold)\b", re.IGNORECASE
)

_AT_LEAST = """more than|over|above|at least|greater than|upwards of|upward of|in excess of|a minimum of|minimum of
    |no less than|no fewer than|not less than|well over|just over|well above|just above|north of|exceeding|surpassing
    |topping|higher than|much more than|far more than|>|≥|better than|longer than|larger than|bigger than|well more than
    |slightly more than|over than"""
_AT_MOST = """less than|fewer than|under|below|up to|at most|as much as|as many as|no more than|not more than
    |a maximum of|maximum of|just under|well under|just below|well below|lower than|smaller than|<|≤|sub -|south of
    |as high as|slightly less than|little more than|much less than|shorter than"""
_ABOUT = """about|around|nearly|almost|some|roughly|approximately|approx|approx .|circa|ca .|~|≈|close to|an estimated
    |estimated|in the region of|on the order of|in the order of|practically|virtually|somewhere around|just about|an
    approximate|reportedly|a reported|barely"""
#: Hedges before a number, by the bound that stays.
_HEDGES = {
    " ".join(phrase.split()): bound
    for bound, phrases in (("low", _AT_LEAST), ("high", _AT_MOST), ("", _ABOUT))
    for phrase in phrases.split("|")
}
_HEDGE_ENDS = frozenset(phrase.split()[-1] for phrase in _HEDGES)
#: "for over three years" is a length; "over three years" says when.
_LASTING = frozenset("for after took lasted lasting takes is was of by".split())
#: Hedges behind a number, likewise.
_TAILS = {
    **dict.fromkeys(
        ("or more", "or higher", "or above", "or over", "and above", "and up", "or longer", "plus", "+"), "low"
    ),
    **dict.fromkeys(("or less", "or fewer", "or lower", "or under", "or below"), "high"),
    **dict.fromkeys(("or so", "or thereabouts"), ""),
}


def extract(text: str) -> tuple[Figure, ...]:
    """The figures of a sentence or line, in order, never overlapping; offsets are characters of ``text``.

    Period, subject and speaker are looked for in all of ``text``: give it one sentence at a time. ``sentence`` and
    ``document`` are left empty for whoever knows them.

    >>> [(f.text, f.low, f.high, f.unit) for f in extract("It pledged more than $52 billion over three years.")]
    [('more than $52 billion', 52000000000.0, None, 'USD')]
    """
    if not _HINT.search(text) or not _is_prose(text):
        return ()
    tokens = excluded(text, scan(text))
    quantities = _resolved(text, tokens, list(_quantities(tokens, title=_is_title(text))))
    contexts = describe(text, tokens, quantities)
    return tuple(_figure(text, tokens, q, c) for q, c in zip(quantities, contexts, strict=True) if c is not None)


def _is_prose(text: str) -> bool:
    """Whether a long line has words at all: a dump of digits is not worth reading."""
    return len(text) < LONGEST_TABLE or len(_LETTERS.findall(text)) * 4 > len(text)


def _figure(text: str, tokens: Tokens, quantity: Quantity, context: Context) -> Figure:
    start, end = tokens[quantity.first].start, tokens[quantity.last - 1].end
    return Figure(
        text=text[start:end],
        start=start,
        end=end,
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit.name,
        kind=quantity.unit.kind,
        hedge=quantity.hedge,
        period=context.period,
        about=context.about,
        attributed_to=context.attributed_to,
        change=context.change,
    )


def _is_title(text: str) -> bool:
    """Whether a line is a heading In Title Case: what it counts, the text below will say."""
    words = [w for w in text.split() if len(w) > 3]
    return len(words) > 2 and text.rstrip()[-1:] not in ".!?:;" and all(not w[0].islower() for w in words)


def _quantities(tokens: Tokens, *, title: bool) -> Iterator[Quantity]:
    """What the rules find, left to right; a number that no rule takes is passed over whole."""
    at = floor = 0
    while at < len(tokens):
        if tokens[at].kind == "junk" or not starts(tokens, at):
            at += 1
        elif found := next((q for rule in RULES if (q := rule(tokens, at))), None):
            if not (title and found.unit.kind == "count" and tokens[found.first].kind == "word"):
                yield _hedged(tokens, found, floor)
            at = floor = found.last
        else:
            number = numeral(tokens, at)
            at = number.last if number else at + 1


def _hedged(tokens: Tokens, found: Quantity, floor: int) -> Quantity:
    """The quantity with the words that loosen it, before it (not before ``floor``) or behind it."""
    first, last, bound = found.first, found.last, ""
    while step := _hedge_before(tokens, first, floor):
        if found.unit.kind == "duration" and step[1] == "over" and word(tokens, step[0] - 1) not in _LASTING:
            break
        first, phrase = step
        bound = _HEDGES[phrase] or bound
    hedge = written(tokens, first, found.first) or None
    if tail := _tail(tokens, last):
        last, bound = tail
        hedge = written(tokens, found.last, last)
    if found.hedge:
        hedge = f"{hedge} {found.hedge}" if hedge else found.hedge
    exact = found.low == found.high
    low = None if bound == "high" and exact else found.low
    high = None if bound == "low" and exact else found.high
    return found._replace(low=low, high=high, first=first, last=last, hedge=hedge)


def _hedge_before(tokens: Tokens, first: int, floor: int) -> tuple[int, str] | None:
    if first <= floor or word(tokens, first - 1) not in _HEDGE_ENDS:
        return None
    for start in range(max(floor, first - 4), first):
        phrase = " ".join(t.lower for t in tokens[start:first])
        if phrase in _HEDGES:
            return start, phrase
    return None


def _tail(tokens: Tokens, last: int) -> tuple[int, str] | None:
    for length in (2, 1):
        phrase = " ".join(t.lower for t in tokens[last : last + length])
        if last + length <= len(tokens) and phrase in _TAILS:
            return last + length, _TAILS[phrase]
    return None


#: Between the cells of a table, where brackets mean a minus: "(3.1)".
_GAPS = re.compile(r"\t|\||\S {2,}(?=\S)")
_YEN = re.compile(r"\b(?:japan\w*|tokyo|yen|nikkei|jpy)\b", re.IGNORECASE)
_YUAN = re.compile(r"\b(?:chin(?:a|ese)|beijing|shanghai|shenzhen|hangzhou|yuan|renminbi|rmb|cny)\b", re.IGNORECASE)


def _resolved(text: str, tokens: Tokens, quantities: list[Quantity]) -> list[Quantity]:
    """What the number alone leaves open: "¥" by the places named, "from 21 mpg to 23" by the number before, "(3.1)"."""
    table = len(_GAPS.findall(text)) > 1
    for n, quantity in enumerate(quantities):
        if table and _in_brackets(tokens, quantity):
            quantities[n] = _negative(quantity)
        if quantity.unit.name is not None:
            continue
        if quantity.unit.kind == "money" and any(
            t.lower in ("¥", "￥", "y=") for t in tokens[quantity.first : quantity.last]
        ):
            yen, yuan = bool(_YEN.search(text)), bool(_YUAN.search(text))
            name = None if yen == yuan else "JPY" if yen else "CNY"
            quantities[n] = quantity._replace(unit=Unit(name, "money"))
        elif _shares_the_next(tokens, quantity, quantities[n + 1 :]):
            quantities[n] = quantity._replace(unit=quantities[n + 1].unit)
        elif n and _continues(tokens, quantities[n - 1], quantity):
            quantities[n] = quantity._replace(unit=quantities[n - 1].unit)
    return quantities


#: From here on a bare number is an amount: "380 billion".
_SCALED = 1_000


def _shares_the_next(tokens: Tokens, quantity: Quantity, following: Sequence[Quantity]) -> bool:
    """Whether "from 380 billion to 480 billion yuan" leaves the first unit to the second."""
    scaled = quantity.unit.kind == "other" and (quantity.low or 0) >= _SCALED
    if not (scaled and following and following[0].unit.kind == "money"):
        return False
    between = [t.lower for t in tokens[quantity.last : following[0].first]]
    return word(tokens, quantity.first - 1) == "from" and between == ["to"]


def _in_brackets(tokens: Tokens, quantity: Quantity) -> bool:
    opened = word(tokens, quantity.first - 1) == "(" and tokens[quantity.first].joined
    return opened and word(tokens, quantity.last) == ")" and quantity.unit.kind in ("other", "percent")


def _negative(quantity: Quantity) -> Quantity:
    low, high = quantity.low, quantity.high
    return quantity._replace(low=None if high is None else -high, high=None if low is None else -low)


def _continues(tokens: Tokens, left: Quantity, right: Quantity) -> bool:
    """Whether "21 mpg combined to 23" leaves the second unit to the first."""
    between = [t.lower for t in tokens[left.last : right.first]]
    return (
        right.unit.kind == "other"
        and len(between) < 4
        and between[-1:] in (["to"], ["from"])
        and left.unit.kind != "percent"
    )
