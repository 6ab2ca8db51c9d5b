"""Which figures may answer a question: those that count the thing asked for, or measure the quantity named."""

import re
from collections.abc import Callable, Iterable
from functools import cache

from content.documents import Figure
from content.forms import is_name
from content.measures import act_of, acts_in
from content.questions import Asked
from content.thesaurus import kin
from content.words import STOP_WORDS, fold, stem, word_texts

#: Whether a figure may be the answer.
Fits = Callable[[Figure], bool]

_HOW_MANY = re.compile(r"\b(?:how many|number of)\b([^?!.,;]*)", re.IGNORECASE)
#: Plurals without an s.
_PLURAL = frozenset("people men women children staff personnel police data media feet mice teeth".split())
#: Of what: it says nothing of what is counted.
_MEASURES = frozenset("kind sort type piece time total other different of".split())
#: What a question asks for → what a figure that answers it may measure. Others are met by any figure.
_MEANT = {
    "earn": "earn ship",
    "profit": "profit earn lose",
    "lose": "lose profit",
    "value": "value raise buy cost",
    "fine": "fine cost",
    "cost": "cost buy ship value fine",
    "spend": "spend raise buy cost fine",
    "raise": "raise value",
    "buy": "buy spend cost value",
}
#: Quantities of money that no other one stands for, though nothing is compared by them.
_APART = frozenset(map(stem, "salary wage dividend bonus tax debt rent loan tariff subsidy".split()))


def fits(kind: Asked, question: str) -> Fits:
    """What a question with a kind asks a figure for; figures of which nothing is told may be it.

    A question for an amount of money is answered by no count, and by a share or a growth if it asks for one.
    """
    counted = _counted(question) if kind.name == "number" else frozenset()
    meant = _meant(question)
    of_money = meant is not None and kind.name in _OF_MONEY
    relative = _RELATIVE.search(question) is not None or kind.name in _LOOSE

    def fitting(figure: Figure) -> bool:
        if figure.kind == "money":
            return meant is None or act_of(figure) in meant
        if of_money:
            return relative and figure.kind in ("percent", "multiple")
        return not counted or _counts(figure, counted)

    return fitting


#: Kinds of questions that ask for an amount, and those that may be about one: what grew by how much is about it, too.
_LOOSE = frozenset({"other", "definition"})
_OF_MONEY = _LOOSE | {"money", "amount", "quantity"}
_RELATIVE = re.compile(
    r"\b(?:gr[eo]w\w*|rises?|rose|risen|fall\w*|fell|increas\w*|decreas\w*|drop\w*|declin\w*|chang\w*|margins?|shares?"
    r"|percent\w*|rates?|faster|slower|up|down|how much of)\b",
    re.IGNORECASE,
)


def _counts(figure: Figure, counted: frozenset[str]) -> bool:
    if figure.kind != "count":
        return figure.kind in ("multiple", "other")
    things = [stem(word) for word in word_texts(figure.unit or "")]
    initials = stem("".join(word[0] for word in word_texts(figure.unit or "")))
    return not things or not counted.isdisjoint({initials, *things}) or any(counted & kin(thing) for thing in things)


def _counted(question: str) -> frozenset[str]:
    """The stems of the noun counted, with what may stand for it: of "how many large models are …", model."""
    match = _HOW_MANY.search(question)
    noun = _noun(word_texts(match[1])) if match else None
    forms = {stem(noun), stem(noun.removesuffix("s"))} if noun else set()  # LLMs
    return frozenset(forms).union(*map(kin, forms))


def _noun(behind: Iterable[str]) -> str | None:
    """The first plural, or the last word before one of grammar."""
    noun = None
    for word in behind:
        plain = fold(word)
        if stem(word) in _MEASURES or is_name(word):
            continue
        if plain in STOP_WORDS:
            break
        noun = word
        if plain in _PLURAL or (plain.endswith("s") and not plain.endswith("ss")):
            break
    return noun


def _meant(question: str) -> frozenset[str | None] | None:
    """What a figure of money may measure, ``None`` there for nothing told; ``None`` when any may be meant."""
    acts = acts_in(question)
    if not acts and _APART.isdisjoint(map(stem, word_texts(question))):
        return None
    if not acts <= _MEANT.keys():
        return None
    return frozenset([None]).union(*(_allowed(act) for act in acts))


@cache
def _allowed(act: str) -> frozenset[str]:
    return frozenset(_MEANT[act].split())
