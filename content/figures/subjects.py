"""Of what: the noun phrase a figure measures, by the construction it stands in."""

from content.figures.movements import direction
from content.figures.nouns import counted, word, written
from content.figures.numerals import SCALES, Tokens
from content.figures.quantities import Quantity
from content.figures.speakers import SAYING

#: Tokens that say when: no part of a subject.
Dated = frozenset[int]

_DETERMINERS = frozenset("a an the its their his her our this that these those some all any each every".split())
_BREAKS = frozenset(
    """and or but as that which who while when where because since by with from at to over during through until after
    before if than about is are was were will would has have had per via according so amid for in into on toward
    towards of between up down more less""".split()
)
_SPENDING = frozenset(
    """invest invests invested investing spend spends spent spending pledge pledged pledges pledging pour poured pouring
    commit committed commits allocate allocated earmark earmarked put raise raised raising""".split()
)
_MEASURING = frozenset(
    """was is were are be reached reach reaches totaled totalled total totals hit hits came stood stands amounted exceed
    exceeds exceeded surpass surpassed top topped averaged cost costs closed traded valued lasted made accounts
    accounted""".split()
)
_AUXILIARIES = frozenset(
    "also has have had was were will would is are to could should may might forecast expected projected set".split()
)
#: Nothing is measured there: "raised it to $5 billion on Tuesday".
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow".split())


def subject_of(tokens: Tokens, quantity: Quantity, dated: Dated) -> str | None:
    """What is measured: the noun counted, or what the first rule of ``_RULES`` finds; its entity included."""
    if quantity.unit.kind == "count":
        return quantity.unit.name
    return next((found for rule in _RULES if (found := rule(tokens, quantity, dated))), None)


def _whole(tokens: Tokens, quantity: Quantity, dated: Dated) -> str | None:
    """ "60% of the workers", "64GB of storage", "one in five enterprises"."""
    if word(tokens, quantity.last) == "of":
        return _forwards(tokens, quantity.last + 1, dated)
    ratio = quantity.unit.name is None and word(tokens, quantity.last - 2) in ("in", "of")
    return _forwards(tokens, quantity.last, dated) if ratio else None


def _head(tokens: Tokens, quantity: Quantity, dated: Dated) -> str | None:
    """ "a $53 billion infrastructure commitment", "Huawei's ¥64 billion profit"."""
    before, at = word(tokens, quantity.first - 1), quantity.last
    plain = at < len(tokens) and tokens[at].kind == "word" and tokens[at].text.islower()
    attributive = before in _DETERMINERS or before.endswith(("’s", "'s")) or word(tokens, at - 2) == "-"
    if not (plain and attributive):
        return None
    moved = direction(tokens[at]) and word(tokens, at + 1) in ("in", "of")
    return _forwards(tokens, at + 2 if moved else at, dated)


def _noun_of(tokens: Tokens, quantity: Quantity, dated: Dated) -> str | None:
    """ "revenue of $5 billion", "orders worth $2 billion"."""
    at = quantity.first - 1
    at -= word(tokens, at) == "between" and word(tokens, at - 1) == "of"
    return _backwards(tokens, at, dated) if word(tokens, at) in ("of", "worth", "totaling", "totalling") else None


def _object(tokens: Tokens, quantity: Quantity, dated: Dated) -> str | None:
    """ "cut prices by up to 97%": what was moved stands between the verb and "by"."""
    at = quantity.first - 1
    if word(tokens, at) != "by":
        return None
    verb = next((n for n in range(at - 1, max(-1, at - 7), -1) if direction(tokens[n])), at)
    return _forwards(tokens, verb + 1, dated) if verb + 1 < at else None


def _purpose(tokens: Tokens, quantity: Quantity, dated: Dated) -> str | None:
    """ "pledged $52 billion … to bolster its AI infrastructure", "billions poured into models"."""
    near = [*tokens[max(0, quantity.first - 5) : quantity.first], *tokens[quantity.last : quantity.last + 2]]
    if quantity.unit.kind != "money" or _SPENDING.isdisjoint(t.lower for t in near):
        return None
    for at in range(quantity.last, min(quantity.last + 14, len(tokens))):
        link = tokens[at].lower
        if link in (",", ";", ".", "and", "but", "while", "which", "from"):
            return None
        if link in ("for", "into", "on", "toward", "towards", "in") and at not in dated:
            if word(tokens, at + 1) in _DAYS:
                continue
            return _forwards(tokens, at + 1, dated)
        if link == "to" and word(tokens, at + 1).isalpha() and at not in dated:
            return _forwards(tokens, at + (2 if tokens[at + 1].text.islower() else 1), dated)
    return None


def _subject(tokens: Tokens, quantity: Quantity, dated: Dated) -> str | None:
    """ "Cloud revenue in the quarter rose to $7 billion", "profit doubled": what stands before the verb."""
    if quantity.last - 1 < len(tokens) and word(tokens, quantity.last - 1).endswith("ed"):
        return _backwards(tokens, quantity.first, dated, wide=True)
    for at in range(quantity.first - 1, max(0, quantity.first - 14), -1):
        if tokens[at].text in (";", "(", ")"):
            return None
        moves = not tokens[at].joined and direction(tokens[at])
        if (moves or tokens[at].lower in _MEASURING) and (found := _backwards(tokens, at, dated, wide=True)):
            return found
    return None


def _use(tokens: Tokens, quantity: Quantity, dated: Dated) -> str | None:
    """ "$2 billion in costs", "$500 million for chips"."""
    linked = word(tokens, quantity.last) in ("in", "for", "on") and quantity.last not in dated
    return _forwards(tokens, quantity.last + 1, dated) if linked else None


_RULES = (_whole, _head, _noun_of, _object, _purpose, _subject, _use)


def _forwards(tokens: Tokens, at: int, dated: Dated) -> str | None:
    """The noun phrase at ``at``, without its determiner: to its plural head, else up to a break."""
    while word(tokens, at) in _DETERMINERS:
        at += 1
    last = at if word(tokens, at) in _DAYS else counted(tokens, at) or at
    if last == at and word(tokens, at) not in _DAYS:
        while last < min(len(tokens), at + 7) and _goes_on(tokens, last, at, dated):
            last += 1
    last = next((n for n in range(at + 1, last) if _is_participle(tokens, n)), last)
    return written(tokens, at, last) if last > at else None


def _is_participle(tokens: Tokens, at: int) -> bool:
    return tokens[at].text.islower() and tokens[at].text.endswith("ed")


def _goes_on(tokens: Tokens, at: int, first: int, dated: Dated) -> bool:
    token, following = tokens[at], word(tokens, at + 1)
    if at > first and (token.text in ("-", "&", "/") or token.lower == "and"):
        return following.isalpha() and following not in _BREAKS | _DETERMINERS
    plain = token.kind == "word" and token.lower not in _BREAKS and at not in dated
    return plain and not _is_participle(tokens, at)


#: what a subject does not begin with
_OPENING = _DETERMINERS | {"of", "in", "on", "for", "and"}


def _backwards(tokens: Tokens, at: int, dated: Dated, *, wide: bool = False) -> str | None:
    """The noun phrase that ends before ``at``; ``wide``: a subject, so auxiliaries are skipped and "of …" is kept."""
    last = at
    while wide and (word(tokens, last - 1) in _AUXILIARIES or last - 1 in dated):
        last -= 1
    first = last
    while first > max(0, last - 9) and _extends_back(tokens, first - 1, dated, wide=wide):
        first -= 1
    while first < last and (first in dated or word(tokens, first) in _OPENING):
        first += 1
    last = next((n for n in range(first + 1, last) if word(tokens, n) in ("in", "for", "during", "on", "over")), last)
    return written(tokens, first, last) if last > first else None


def _extends_back(tokens: Tokens, at: int, dated: Dated, *, wide: bool) -> bool:
    token = tokens[at]
    if wide and (token.lower in ("of", "in", "on", "for", "and") or at in dated):
        return True
    verb = token.lower in SAYING or token.lower in _MEASURING or _is_participle(tokens, at)
    return token.kind == "word" and token.lower not in _BREAKS and token.lower not in SCALES and not verb
