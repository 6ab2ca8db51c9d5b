"""Which of the values told before a new one took the place of: one step, from old to new (DESIGN §6, relations)."""

import re
from functools import lru_cache

from content.documents import Figure
from content.extraction import figures_in
from content.values import same, value

_FROM = re.compile(r"\bfrom(?: (?:an? |the |its )?(?:earlier|initial|original|previous|prior))?\s*$", re.IGNORECASE)


def comes_from(new: Figure, old: Figure) -> bool:
    """Whether the new one's sentence names the old one: "to $69 billion, up from $52 billion"."""
    before = value(old, signed=False)
    bases = ((base.unit, value(base, signed=False)) for base in _bases(new.sentence))
    return any(before and said and unit == old.unit and same(before, said) for unit, said in bases)


def is_vague(figure: Figure) -> bool:
    """Whether it gives only an order of magnitude: "tens of billions"."""
    said = value(figure, signed=False)
    return said is not None and said.vague


@lru_cache(maxsize=1_000)
def _bases(sentence: str) -> tuple[Figure, ...]:
    if "from " not in sentence.lower():
        return ()
    return tuple(figure for figure in figures_in(sentence, 0, "") if _FROM.search(sentence[: figure.start]))
