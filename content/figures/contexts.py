"""What a sentence says about its figures: when, of what, who says so, up or down."""

from collections.abc import Sequence
from typing import NamedTuple

from content.documents import Change
from content.figures.movements import change_of
from content.figures.nouns import word
from content.figures.numerals import Tokens
from content.figures.periods import Phrase, period_of, periods
from content.figures.quantities import Quantity
from content.figures.speakers import speaker_of, speakers
from content.figures.subjects import subject_of


class Context(NamedTuple):
    """The circumstances of one figure, each in the words of the sentence."""

    period: str | None = None
    about: str | None = None
    attributed_to: str | None = None
    change: Change | None = None


def describe(text: str, tokens: Tokens, quantities: Sequence[Quantity]) -> list[Context | None]:
    """The context of each quantity, in order; ``None`` for a duration that only says when ("over three years").

    A bracket that restates, "380 billion yuan ($53 billion)", has the context of what it restates.
    """
    if not quantities:
        return []
    places = [(tokens[q.first].start, tokens[q.last - 1].end) for q in quantities]
    begun = {start for start, _ in places}
    said = speakers(text, tokens)
    named = [p for p in periods(text, tokens) if p.start not in begun and not _inside(said.trailing, p[:2])]
    dated = _dated(tokens, named)
    contexts: list[Context | None] = []
    for n, quantity in enumerate(quantities):
        if quantity.unit.kind == "duration" and _inside(named, places[n]):
            contexts.append(None)
        elif n and contexts[-1] and _restates(tokens, quantities[n - 1], quantity):
            contexts.append(contexts[-1])
        else:
            following = next(
                (m for m in range(n + 1, len(places)) if not _restates(tokens, *quantities[m - 1 : m + 1])), None
            )
            past = next((places[m][1] for m in range(n - 1, -1, -1) if contexts[m] is not None), 0)
            free = (past, places[following][0] if following else len(text))
            when, who = period_of(text, named, places[n], free), speaker_of(text, said, places[n])
            if n and contexts[-1] and text[places[n - 1][1] : places[n][0]] == " to ":
                when = when or contexts[-1].period  # "in the March quarter rose 5% to $7 billion" is one movement
            about, change = subject_of(tokens, quantity, dated), change_of(tokens, quantity.first, quantity.last)
            contexts.append(Context(when, about, who, change))
    return contexts


def _dated(tokens: Tokens, named: Sequence[Phrase]) -> frozenset[int]:
    """The tokens that say when."""
    found, at = [], 0
    for phrase in named:
        while at < len(tokens) and tokens[at].end <= phrase.end:
            if tokens[at].start >= phrase.start:
                found.append(at)
            at += 1
    return frozenset(found)


def _inside(named: Sequence[Phrase], place: tuple[int, int]) -> bool:
    return any(p.start < place[0] and place[1] <= p.end for p in named)


def _restates(tokens: Tokens, left: Quantity, right: Quantity) -> bool:
    opened = right.first == left.last + 1 and word(tokens, left.last) == "("
    return opened and left.unit.kind == right.unit.kind
