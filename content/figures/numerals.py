"""Numbers as they are written: digits, number words, scales; and the tokens they are read from.

``scan`` cuts a text into tokens; ``numeral`` reads one number at a token. Neither knows what the number counts:
that is :mod:`content.figures.quantities`.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

#: A run without white space longer than this is data, not prose: it is one token and never a figure.
LONGEST_WORD = 100
#: More digits than this are an identifier.
LONGEST_NUMBER = 24

#: "hundred thousand million": more scales in a row are noise.
MOST_SCALES = 3

TokenKind = Literal["number", "word", "mark", "junk"]


class Token(NamedTuple):
    """A piece of text; ``joined`` when no white space stands before it."""

    text: str
    lower: str
    start: int
    end: int
    kind: TokenKind
    joined: bool


Tokens = Sequence[Token]

_CHUNK = re.compile(r"\n|[^\s]+")
_PIECE = re.compile(
    r"""
      (?P<symbol>(?:[A-Za-z]{1,3}|[Uu]\.?[Ss]\.?)?\$(?:(?:US|AU?|CA?|NZ|HK)(?=[ \d]))? | Y=(?=\d))
    | (?P<number>\d{1,3}(?:,\d{2,3})++(?:\.\d+)?(?![\d]) | \d++(?:\.\d++)*+ | \.\d++)
    | (?P<word>(?:[A-Za-z]\.){2,} | [^\W\d_]++(?:[’'][^\W\d_]++)*+)
    | (?P<mark>[\W_])(?P=mark)*+
    """,
    re.VERBOSE,
)
_JUNK = re.compile(r"://|^www\.|@|\w/\w+/\w|^\d+\.\d+\.\d+")


def scan(text: str) -> list[Token]:
    """The tokens of a text in order; web addresses, handles, paths and overlong runs are one "junk" token each.

    >>> [t.text for t in scan("RMB39.8 billion (US$5.5bn), up 8–10%.")]
    ['RMB', '39.8', 'billion', '(', 'US$', '5.5', 'bn', ')', ',', 'up', '8', '–', '10', '%', '.']
    """
    tokens: list[Token] = []
    for chunk in _CHUNK.finditer(text):
        word = chunk.group()
        if word.isalpha():
            tokens.append(Token(word, word.lower(), chunk.start(), chunk.end(), "word", False))
        elif len(word) > LONGEST_WORD or _JUNK.search(word):
            tokens.append(Token(word, "", chunk.start(), chunk.end(), "junk", False))
        else:
            tokens.extend(_pieces(word, chunk.start()))
    return tokens


def _pieces(chunk: str, offset: int) -> list[Token]:
    pieces: list[Token] = []
    for match in _PIECE.finditer(chunk):
        text, group = match.group(), match.lastgroup
        kind: TokenKind = "number" if group == "number" else "word" if group == "word" else "mark"
        start = match.start()
        pieces.append(Token(text, text.lower(), offset + start, offset + match.end(), kind, start > 0))
    return pieces


#: Scale words and letters; the letters count only where they touch digits (see ``_scale``).
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "million": 1_000_000,
    "mln": 1_000_000,
    "mn": 1_000_000,
    "crore": 10_000_000,
    "crores": 10_000_000,
    "billion": 1_000_000_000,
    "bln": 1_000_000_000,
    "bn": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "trn": 1_000_000_000_000,
    "tn": 1_000_000_000_000,
    "quadrillion": 10**15,
}
LETTER_SCALES = {"k": 1_000, "m": 1_000_000, "mm": 1_000_000, "b": 1_000_000_000, "t": 1_000_000_000_000}
#: "tens of", "millions of": the plural says no more than the order of magnitude.
VAGUE = {
    "tens": 10,
    "dozens": 12,
    "scores": 20,
    "hundreds": 100,
    "thousands": 1_000,
    "lakhs": 100_000,
    "millions": 1_000_000,
    "crores": 10_000_000,
    "billions": 1_000_000_000,
    "trillions": 1_000_000_000_000,
}
_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORDS = {word: n for n, word in enumerate(_ONES)} | {word: 20 + 10 * n for n, word in enumerate(_TENS)}
WORDS |= {"dozen": 12}
_DENOMINATORS = "third quarter fifth sixth seventh eighth ninth tenth".split()
DENOMINATORS = {word: n for n, word in enumerate(_DENOMINATORS, 3)} | {"hundredth": 100, "thousandth": 1000}
DENOMINATORS |= {word + "s": n for word, n in DENOMINATORS.items()} | {"halves": 2, "fourth": 4, "fourths": 4}


class Numeral(NamedTuple):
    """A number at ``tokens[first:last]``.

    ``plain`` is a digit string without separator, point or scale: what a year, a model number or a day looks like.
    """

    value: Decimal
    first: int
    last: int
    scale: int = 1
    spelled: bool = False
    plain: bool = False


def numeral(tokens: Tokens, at: int, *, money: bool = False, below: int | None = None) -> Numeral | None:
    """The number that begins at token ``at``, with its scale; ``None`` where none begins.

    ``money``: a currency stands before it, so that a single letter is a scale. ``below``: it is what remains after
    that scale, so no scale as large is read on.

    >>> [numeral(scan(s), 0).value for s in ("1.5 million", "4 hundred million", "two and a half billion")]
    [Decimal('1500000.0'), Decimal('400000000'), Decimal('2500000000.0')]
    >>> numeral(scan("half a million"), 0).value, numeral(scan("twenty-five"), 0).value
    (Decimal('500000.0'), Decimal('25'))
    """
    token = tokens[at]
    found = None
    if token.kind == "number":
        found = _digits(tokens, at)
    elif token.kind == "word":
        found = _spelled(tokens, at)
    return _scaled(tokens, found, money=money, below=below) if found else None


def _digits(tokens: Tokens, at: int) -> Numeral | None:
    text = tokens[at].text
    if len(text) > LONGEST_NUMBER or text.count(".") > 1:
        return None
    value = Decimal(text.replace(",", ""))
    last = at + 1
    if half := _mixed_fraction(tokens, last):
        return Numeral(value + half, at, last + 3)
    return Numeral(value, at, last, plain=text.isdigit())


def _mixed_fraction(tokens: Tokens, at: int) -> Decimal | None:
    """The "1/2" of "10 1/2 miles", or of "10 1 / 2"."""
    if at + 2 >= len(tokens) or tokens[at + 1].text not in ("/", "⁄") or tokens[at].joined:
        return None
    top, bottom = tokens[at].text, tokens[at + 2].text
    if len(top) == 1 and len(bottom) <= 2 and top.isdecimal() and bottom.isdecimal() and int(top) < int(bottom):
        return Decimal(top) / Decimal(bottom)
    return None


def _spelled(tokens: Tokens, at: int) -> Numeral | None:
    word = tokens[at].lower
    if word in ("a", "an", "half", "quarter"):
        return _article(tokens, at)
    if word not in WORDS:
        return None
    value, last = Decimal(WORDS[word]), at + 1
    if word in _TENS:
        digit = last + (_text(tokens, last) == "-")
        if 0 < WORDS.get(_text(tokens, digit), 0) < 10:
            value, last = value + WORDS[_text(tokens, digit)], digit + 1
    if _text(tokens, last) == "and" and _text(tokens, last + 1) == "a" and _text(tokens, last + 2) == "half":
        value, last = value + Decimal("0.5"), last + 3
    return Numeral(value, at, last, spelled=True)


#: "a hundred", "half a million", "a quarter million", "a dozen", "a couple of": the words and what they come to.
_ARTICLES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("a", "quarter", "of", "a"), "0.25"),
    (("half", "a"), "0.5"),
    (("half", "of", "a"), "0.5"),
    (("a", "half"), "0.5"),
    (("half",), "0.5"),
    (("a", "quarter"), "0.25"),
    (("quarter",), "0.25"),
    (("a", "couple", "of"), "2"),
    (("a",), "1"),
)


def _article(tokens: Tokens, at: int) -> Numeral | None:
    for words, value in _ARTICLES:
        last = at + len(words)
        if all(_text(tokens, at + n) == word for n, word in enumerate(words)):
            following = _text(tokens, last)
            if following in SCALES or following == "dozen":
                return Numeral(Decimal(value), at, last, spelled=True)
    return None


def _scaled(tokens: Tokens, found: Numeral, *, money: bool, below: int | None) -> Numeral:
    """``found`` with the scale words behind it: "hundred and twenty", "hundred thousand", "bn", "-million", "k"."""
    found = _hundreds(tokens, found) if found.spelled else found
    value, last, scale = found.value, found.last, found.scale
    for _ in range(MOST_SCALES):
        if not (step := _scale(tokens, last, money=money)):
            break
        factor, last = step
        scale *= factor
    value *= scale
    if found.spelled and 1 < scale < (below or scale + 1) and (rest := _remainder(tokens, last, scale)):
        value, last = value + rest.value, rest.last
    return found._replace(value=value, last=last, scale=scale, plain=found.plain and scale == 1)


def _hundreds(tokens: Tokens, found: Numeral) -> Numeral:
    """The "one hundred and twenty" of "one hundred and twenty thousand": hundreds end before the next scale begins."""
    if _text(tokens, found.last) != "hundred":
        return found
    value, last = found.value * 100, found.last + 1
    at = last + (_text(tokens, last) == "and")
    rest = _spelled(tokens, at) if _text(tokens, at) in WORDS else None
    if rest and rest.value < 100 and _text(tokens, rest.last) not in ("of", "hundred"):
        value, last = value + rest.value, rest.last
    return found._replace(value=value, last=last)


def _scale(tokens: Tokens, at: int, *, money: bool) -> tuple[int, int] | None:
    if at < len(tokens) and tokens[at].text == "-":
        at += 1
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.lower in SCALES:
        return SCALES[token.lower], at + 1
    if token.lower == "dozen":
        return 12, at + 1
    letter = token.joined and tokens[at - 1].kind == "number" and token.lower in LETTER_SCALES
    if not letter or not (money or _counts_a_noun(tokens, at)):
        return None
    return LETTER_SCALES[token.lower], at + 1


def _counts_a_noun(tokens: Tokens, at: int) -> bool:
    """Whether the letter at ``at`` scales a count, "4.3M sales", and is no unit, "37m long", or name, "4K"."""
    noun = tokens[at + 1] if at + 1 < len(tokens) else None
    named = tokens[at].text == "K" and tokens[at - 1].text in ("4", "8")
    return (
        noun is not None
        and noun.kind == "word"
        and not noun.joined
        and noun.text.islower()
        and len(noun.text) > 3
        and not named
    )


def _remainder(tokens: Tokens, at: int, below: int) -> Numeral | None:
    """What follows a spelled scale: "two hundred *and twenty*"; not "two hundred and three of them"."""
    at += _text(tokens, at) == "and"
    if at >= len(tokens) or tokens[at].lower not in WORDS:
        return None
    rest = numeral(tokens, at, below=below)
    return rest if rest and rest.value < below and _text(tokens, rest.last) != "of" else None


def _text(tokens: Tokens, at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else ""
