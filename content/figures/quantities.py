"""Quantities: a number with its unit, a range, a count, a share, a multiple; each read by one rule of ``RULES``.

A rule is given the tokens and a place, and says what quantity begins exactly there, if any.
"""

from typing import NamedTuple

from content.figures.amounts import DASHES, MINUS, Amount, amount_at, sign_at, unit_at
from content.figures.nouns import STOPS, counted, single, word, written
from content.figures.numerals import DENOMINATORS, SCALES, VAGUE, WORDS, Tokens
from content.figures.spans import is_moved
from content.figures.units import Unit, measures, signs


class Quantity(NamedTuple):
    """A figure without its circumstances, at ``tokens[first:last]``."""

    low: float | None
    high: float | None
    unit: Unit
    first: int
    last: int
    #: words inside the quantity that loosen it ("tens of")
    hedge: str | None = None


_UNNAMED = Unit(None, "other")


def starts(tokens: Tokens, at: int) -> bool:
    """Whether any rule could apply at a token: a cheap look before the rules are tried."""
    token = tokens[at]
    if token.kind == "number":
        return True
    if token.kind == "mark":
        return token.text in MINUS or token.lower in signs()
    if token.lower in ("a", "an"):
        return word(tokens, at + 1) in _BEHIND_ARTICLE
    if token.kind == "word":
        return (
            token.lower in _STARTS
            or token.lower.endswith("fold")
            or (_numbered(tokens, at) and sign_at(tokens, at) is not None)
        )
    return False


def _numbered(tokens: Tokens, at: int) -> bool:
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following is not None and (following.kind == "number" or following.text == "$")


# --- numbers, ranges, counts ---


def _number(tokens: Tokens, at: int) -> Quantity | None:
    """A number or range with its unit, or with the noun it counts."""
    left = amount_at(tokens, at)
    if left is None or (not left.prefixed and left.unit is None and _is_name(tokens, left)):
        return None
    right = _upper(tokens, left)
    amount = right or left
    unit = amount.unit or left.unit
    low = _low(left, right) if right else left.value
    if unit is None:
        return _count(tokens, left, amount, low)
    if unit.kind == "duration" and _is_adjective(tokens, amount):
        return None
    return Quantity(low, amount.value, unit, left.first, _past_rate(tokens, amount.last))


def _low(left: Amount, right: Amount) -> float:
    """The lower end; in "3 to 5 billion" it takes the scale of the upper one, in "$200 to $4 million" not."""
    inherits = left.number.scale == 1 < right.number.scale and left.value < right.value / right.number.scale
    return left.value * right.number.scale if inherits else left.value


def _upper(tokens: Tokens, left: Amount) -> Amount | None:
    """The upper end of a range that begins with ``left``."""
    link, at = word(tokens, left.last), left.last + 1
    between = word(tokens, left.first - 1) == "between"
    if not (link in DASHES or link in ("to", "or") or (link == "and" and between)):
        return None
    at += word(tokens, at) in DASHES or word(tokens, at) == "to"
    right = amount_at(tokens, at) if at < len(tokens) and tokens[at].kind != "junk" else None
    if right is None or (link == "or" and right.value > 12) or _is_year(tokens, left) != _is_year(tokens, right):
        return None
    same = left.unit is None or left.unit == right.unit or (left.prefixed and right.unit is None)
    if not same or (link == "to" and is_moved(tokens, left, right) and word(tokens, right.last) != "to"):
        return None
    return right if left.unit or right.unit or left.value < right.value else None


def _is_adjective(tokens: Tokens, amount: Amount) -> bool:
    """ "three-year plan": how long a thing is, not a figure of its own; "35-year-old" is one."""
    return word(tokens, amount.number.last) in DASHES and tokens[amount.last - 1].lower not in ("old", "long")


def _is_name(tokens: Tokens, left: Amount) -> bool:
    """Whether a number is part of a name: "Qwen3", "GPT-4", "Windows 11", "5G", "iPhone 12 Mini"."""
    number = left.number
    token, first = tokens[number.first], number.first
    behind = tokens[number.last] if number.last < len(tokens) else None
    if behind and behind.kind == "word" and behind.joined and not _times(tokens, number.last):
        return True
    before = tokens[first - 1] if first else None
    if before is None or number.spelled:
        return False
    if token.joined and before.kind == "word":
        return True
    if token.joined and before.text in DASHES and (before.joined or (first > 1 and tokens[first - 2].text.isupper())):
        return word(tokens, first - 2) not in ("minus", "sub")
    capital = before.kind == "word" and not before.text.islower() and before.lower not in _BEFORE_NUMBERS
    return capital and number.scale == 1 and len(token.text) < 5


#: Words that stand before a number at the start of a sentence, and make no name with it.
_BEFORE_NUMBERS = frozenset(
    """about above after all almost an and another around as at barely before below between but by during each even
    every exactly for from in is it its just last less more most nearly next nor of on only or our over roughly since
    some than that the their these those to under until up was we were when where which while with within some such than
    approximately only fewer least among there have has had adding""".split()
)


def _is_year(tokens: Tokens, amount: Amount) -> bool:
    plain = amount.number.plain and amount.unit is None
    dated = word(tokens, amount.first - 1) in ("in", "since", "between", "from", "until", "by", "circa", "and")
    return plain and (1500 if dated else 1900) <= amount.value < 2100


def _count(tokens: Tokens, left: Amount, amount: Amount, low: float) -> Quantity | None:
    """A number that counts a noun, or that stands alone and is too precise for a label."""
    at, high = amount.last, amount.value
    if _is_year(tokens, amount) and word(tokens, left.first - 1) not in (
        "than",
        "over",
        "least",
        "nearly",
        "about",
        "some",
    ):
        return None
    if times := _times(tokens, at):
        return Quantity(low, high, Unit("times", "multiple"), left.first, times)
    if sign := _open_end(tokens, at):
        return _open(tokens, left, amount, sign)
    hyphen = word(tokens, at) == "-" and tokens[at].joined
    if amount.number.spelled and (hyphen or high in (0, 1) or word(tokens, left.first - 1) in ("those", "these")):
        return None
    if hyphen:
        return _hyphenated(tokens, left, amount, low)
    if end := counted(tokens, at) or (single(tokens, at) if high == 1 else None):
        unit = measures().get(word(tokens, end - 1))
        if unit is None or (unit.kind != "duration" and end > at + 1):
            unit = Unit(written(tokens, at, end), "count")
        return Quantity(low, high, unit, left.first, _past_rate(tokens, end))
    return Quantity(low, high, _UNNAMED, left.first, at) if _stands_alone(tokens, left, amount) else None


def _open_end(tokens: Tokens, at: int) -> int | None:
    """Where the "+" of "100+ languages" ends, the "-plus" of "5 million-plus users", the "-odd" of "300-odd stores"."""
    if word(tokens, at) == "+" and tokens[at].joined:
        return at + 1
    return at + 2 if word(tokens, at) == "-" and word(tokens, at + 1) in ("plus", "odd") else None


def _open(tokens: Tokens, left: Amount, amount: Amount, at: int) -> Quantity:
    hedge = tokens[at - 1].text
    unit, last = _thing(tokens, at) or (_UNNAMED, at)
    return Quantity(left.value, amount.value if hedge == "odd" else None, unit, left.first, last, hedge)


def _hyphenated(tokens: Tokens, left: Amount, amount: Amount, low: float) -> Quantity | None:
    """ "70-billion-parameter": the noun behind the hyphen is counted."""
    noun = tokens[amount.last + 1] if amount.last + 1 < len(tokens) else None
    if noun is None or not noun.joined or not noun.text.islower() or len(noun.text) < 3:
        return None
    return Quantity(low, amount.value, Unit(noun.text, "count"), left.first, amount.last + 2)


def _stands_alone(tokens: Tokens, left: Amount, amount: Amount) -> bool:
    """ "1.356 billion", "64,900", "at 2483805", "fell to 193": figures though nothing is named."""
    before = word(tokens, left.first - 1)
    if amount.number.scale > 1 or before == "between":
        return True
    if amount.number.spelled:
        return False
    if not amount.number.plain:
        return True
    led = before in ("to", "by", "from", "at", "of")
    return led and (amount.value >= 10_000 or (before != "of" and is_moved(tokens, left)))


def _times(tokens: Tokens, at: int) -> int | None:
    """Where "times", "x" or "-fold" ends, if it stands here."""
    at += word(tokens, at) == "-"
    sign = word(tokens, at) in ("x", "×") and tokens[at].joined
    return at + 1 if sign or word(tokens, at) in ("times", "fold") else None


_PER = frozenset(
    """share barrel ounce gallon pound kilo kilogram ton tonne head piece unit night person gram litre liter mile user
    seat token tokens year month week day hour minute second quarter square sq kwh watt employee customer
    million""".split()
)


def _past_rate(tokens: Tokens, last: int) -> int:
    """Past "per share", "a barrel", "-a-day", "/month", where a rate is meant."""
    link = word(tokens, last)
    if link == "-" and word(tokens, last + 1) in ("a", "per") and word(tokens, last + 3) in _PER:
        return last + 4
    if link in ("per", "/") or (link in ("a", "an", "each", "every") and word(tokens, last + 1) in _PER):
        noun = last + 1 + (word(tokens, last + 1) in ("square", "sq", "million"))
        end = noun + (noun < len(tokens) and tokens[noun].kind == "word" and tokens[noun].lower not in STOPS)
        return last if end == last + 1 or word(tokens, end) in ("ago", "earlier", "before", "later") else end
    return last


# --- orders of magnitude, shares, multiples ---

_SPENDING = frozenset(
    "poured pouring pour pours invested investing invest spent spending spend raised raising worth".split()
)


def _vague(tokens: Tokens, at: int) -> Quantity | None:
    """ "tens of billions of dollars", "millions of users", and bare "billions" where money is spent."""
    token, last = tokens[at], at + 1
    if token.lower not in VAGUE or (at and token.text[0].isupper()):
        return None
    low, high, hedge = float(VAGUE[token.lower]), None, None
    if word(tokens, last) == "of" and (inner := VAGUE.get(word(tokens, at + 2))):
        low, high, last, hedge = low * inner, low * inner * 10, at + 3, f"{token.text} of"
    if word(tokens, last) == "of" and (unit := _thing(tokens, last + 1)):
        return Quantity(low, high, unit[0], at, unit[1], hedge)
    near = {word(tokens, n) for n in range(at - 4, last + 2)}
    return Quantity(low, high, Unit(None, "money"), at, last, hedge) if low >= 1000 and near & _SPENDING else None


def _thing(tokens: Tokens, at: int) -> tuple[Unit, int] | None:
    """A unit, or the noun counted, behind a vague number."""
    if at < len(tokens) and (unit := unit_at(tokens, at, 1_000)):
        return unit[0], _past_rate(tokens, unit[1])
    end = counted(tokens, at)
    return (Unit(written(tokens, at, end), "count"), end) if end else None


def _few(tokens: Tokens, at: int) -> Quantity | None:
    """ "several hundred", "a few million": two to ten of the scale."""
    first = at
    at += word(tokens, at) == "a"
    if word(tokens, at) not in ("several", "few") or word(tokens, at + 1) not in SCALES:
        return None
    scale, last = SCALES[word(tokens, at + 1)], at + 2
    if step := SCALES.get(word(tokens, last)):
        scale, last = scale * step, last + 1
    unit, end = _thing(tokens, last) or (_UNNAMED, last)
    return Quantity(2.0 * scale, 10.0 * scale, unit, first, end, written(tokens, first, at + 1))


def _share(tokens: Tokens, at: int) -> Quantity | None:
    """ "a third of", "two-thirds", "half of", "one in five", "3 out of 10", "1/16 of": a number below one."""
    if word(tokens, at) == "half":
        follows = word(tokens, at + 1) in ("of", "the", "its", "their", "that", "all")
        return Quantity(0.5, 0.5, _UNNAMED, at, at + 1) if follows else None
    top = 1 if word(tokens, at) in ("a", "an") else _whole(tokens, at)
    under, end = _denominator(tokens, at, top) or _ratio(tokens, at, top) or (0, 0)
    return Quantity(top / under, top / under, _UNNAMED, at, end) if under else None


def _denominator(tokens: Tokens, at: int, top: int) -> tuple[int, int] | None:
    at += 1 + (word(tokens, at + 1) == "-")
    name, behind = word(tokens, at), word(tokens, at + 1)
    if not top or name not in DENOMINATORS or (top == 1) == name.endswith("s") or behind == "-":
        return None
    certain = top > 1 or behind == "of" or word(tokens, at - 1) == "one"
    return (DENOMINATORS[name], at + 1) if certain and name != "second" else None


def _ratio(tokens: Tokens, at: int, top: int) -> tuple[int, int] | None:
    link = at + 1 + (word(tokens, at + 1) == "out")
    slash = word(tokens, at + 1) in ("/", "⁄") and word(tokens, at + 3) == "of"
    if not (slash or word(tokens, link) == "in" or (word(tokens, link) == "of" and link > at + 1)):
        return None
    under = _whole(tokens, link + 1)
    return (under, link + 2) if 0 < top < under else None


def _whole(tokens: Tokens, at: int) -> int:
    text = word(tokens, at)
    return WORDS.get(text) or (int(text) if text.isdecimal() and len(text) < 4 else 0)


_VERBS = {"doubl": 2.0, "tripl": 3.0, "trebl": 3.0, "quadrupl": 4.0, "quintupl": 5.0, "halv": 0.5}
_MULTIPLES = {stem + end: factor for stem, factor in _VERBS.items() for end in ("ed", "ing")}
_MULTIPLES |= {"double": 2.0, "triple": 3.0, "twice": 2.0}


def _multiple(tokens: Tokens, at: int) -> Quantity | None:
    """ "doubled", "twice the", "tenfold"."""
    name = tokens[at].lower
    factor = _MULTIPLES.get(name) or (WORDS.get(name[:-4]) if name.endswith("fold") else None)
    following = word(tokens, at + 1)
    compares = following in ("the", "as", "that", "its", "what", "their") and word(tokens, at + 2).isalpha()
    if not factor or (name in ("double", "triple", "twice") and not compares):
        return None
    if following == "as" and not tokens[at + 2].text.islower():
        return None
    return Quantity(factor, factor, Unit("times", "multiple"), at, at + 1)


_BEHIND_ARTICLE = SCALES.keys() | DENOMINATORS.keys() | frozenset("dozen couple few half quarter".split())
#: Tried in this order at every token where a quantity may begin.
RULES = (_vague, _few, _share, _multiple, _number)
_STARTS = (
    WORDS.keys()
    | VAGUE.keys()
    | SCALES.keys()
    | _MULTIPLES.keys()
    | frozenset("a an half quarter minus several few".split())
)
