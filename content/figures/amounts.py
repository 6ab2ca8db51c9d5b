"""Amounts: a number with the sign and the unit that touch it; "−$1.2bn", "RMB 39.8 billion", "8 per cent"."""

from typing import NamedTuple

from content.figures.nouns import STOPS, word, written
from content.figures.numerals import Numeral, Tokens, numeral
from content.figures.units import NATIONS, Unit, american, currencies, letter, measures, signs

DASHES = frozenset("- – — ‑ −".split())
MINUS = frozenset("- − – minus".split())


class Amount(NamedTuple):
    """A number with the sign and the unit that touch it, at ``tokens[first:last]``."""

    number: Numeral
    unit: Unit | None
    first: int
    last: int
    negative: bool = False
    #: the unit stands before the number
    prefixed: bool = False

    @property
    def value(self) -> float:
        """The number, signed."""
        return float(-self.number.value if self.negative else self.number.value)


def amount_at(tokens: Tokens, at: int) -> Amount | None:
    """The amount that begins at ``at``; its unit is ``None`` where none touches the number."""
    first = at
    at, negative = _minus(tokens, at)
    unit = None
    if at < len(tokens) and tokens[at].kind != "number" and (prefix := sign_at(tokens, at)):
        unit, at = prefix
        at, negative = (at, negative) if negative else _minus(tokens, at)
    if at >= len(tokens) or not (number := numeral(tokens, at, money=unit is not None)):
        return None
    if unit is None:
        unit, last = _unit_behind(tokens, number)
        return Amount(number, unit, first, last, negative)
    nation = NATIONS.get(word(tokens, number.last), "")
    if unit.name == "USD" and nation.endswith("D") and not _is_noun(word(tokens, number.last + 1)):
        return Amount(number, Unit(nation, "money"), first, number.last + 1, negative, prefixed=True)
    return Amount(number, unit, first, number.last, negative, prefixed=True)


def _is_noun(text: str) -> bool:
    return text.isalpha() and text not in STOPS


def _minus(tokens: Tokens, at: int) -> tuple[int, bool]:
    """Past a minus sign, if one stands here; a hyphen between two things is none, nor is the one of "COVID -19"."""
    if word(tokens, at) not in MINUS or at + 1 >= len(tokens):
        return at, False
    token = tokens[at]
    if token.kind == "word":
        return at + 1 + (word(tokens, at + 1) == "-"), True
    free = at == 0 or tokens[at - 1].text in ("(", "$", "[") or not (token.joined or tokens[at - 1].text.isupper())
    return (at + 1, True) if free and tokens[at + 1].joined else (at, False)


def sign_at(tokens: Tokens, at: int) -> tuple[Unit, int] | None:
    """The currency sign or code before a number, and where it ends: "US$", "HK $", "RMB", "€"."""
    token = tokens[at]
    if token.kind == "word" and word(tokens, at + 1) == "$" and token.lower not in ("a", "s", "r"):
        unit = signs().get(token.lower.rstrip(".") + "$")
        return (unit, at + 2) if unit else None
    unit = signs().get(token.text) or signs().get(token.lower)
    return (unit, at + 1) if unit else None


def _unit_behind(tokens: Tokens, number: Numeral) -> tuple[Unit | None, int]:
    at = number.last
    at += at < len(tokens) and tokens[at].text in ("-", "‑") and tokens[at].joined
    return unit_at(tokens, at, number.scale) or (None, number.last)


def unit_at(tokens: Tokens, at: int, scale: int) -> tuple[Unit, int] | None:
    """The currency, percent or measure at ``at``, the longest that fits, and where it ends."""
    for length in (4, 3, 2, 1):
        if at + length <= len(tokens) and (unit := _lookup(tokens, at, length, scale)):
            return unit, at + length
    return None


def _lookup(tokens: Tokens, at: int, length: int, scale: int) -> Unit | None:
    piece = tokens[at : at + length]
    if any(t.kind == "junk" or (t.kind == "number" and not t.joined) for t in piece):
        return None
    text = written(tokens, at, at + length)
    lower = american(text.lower())
    if lower in ("pound", "pounds"):
        return currencies()[lower] if scale > 1 else measures()["pounds"]
    if len(text) == 1 and (unit := letter(text, touching=piece[0].joined)):
        return unit
    unit = currencies().get(text) or currencies().get(lower)
    if unit and (len(lower) > 1 or piece[0].joined or lower == "p" or not lower.isalpha()):
        return unit
    return measures().get(text) or (measures().get(lower) if len(lower) > 3 or lower == "day" else None)
