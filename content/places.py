"""Places that outlive how their passage is set: only its words count, not the blanks between them.

A page that is read again may have another blank here and there. A fingerprint is of the words; a place's marks count
characters as if one blank stood between each two words.
"""

import hashlib
import re
from collections.abc import Iterable

Span = tuple[int, int]


def fingerprint(passage: str) -> str:
    """A short hash of a passage's words: a quotation carries it, so that a later change of the passage shows.

    >>> fingerprint("Costs  fell.") == fingerprint("Costs fell.") != fingerprint("Costs fel l.")
    True
    """
    return hashlib.sha256(" ".join(passage.split()).encode(errors="replace")).hexdigest()[:16]


def to_keep(passage: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Stretches of a passage, as a place keeps them; :func:`found_again` leads back.

    >>> to_keep("It  rained. Costs fell.", [(12, 23)])
    ((11, 22),)
    """
    return tuple((_kept(passage, start), _kept(passage, end)) for start, end in spans)


def _kept(passage: str, at: int) -> int:
    before = " ".join(passage[:at].split())
    return len(before) + (bool(before) and passage[:at][-1:].isspace())


def found_again(passage: str, kept: Iterable[Span]) -> tuple[Span, ...]:
    """The stretches that a place keeps, in the passage as it is now, in order; those outside of it are left out.

    >>> found_again("It rained.\\tCosts   fell.", [(11, 22)])
    ((11, 24),)
    """
    at: list[int] = []
    for word in re.finditer(r"\S+", passage):
        at += [*([word.start() - 1] if at else []), *range(*word.span())]
    within = ((max(start, 0), min(end, len(at))) for start, end in sorted(kept))
    return tuple((at[start], at[end - 1] + 1) for start, end in within if start < end)
