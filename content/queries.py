"""Queries of the store that are made once and asked with other values."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select

from content.tables import FIGURES, KEYS_AT_ONCE, PASSAGES

#: Characters of a passage that nobody writes by chance as another did.
_TELLING = 60


@lru_cache(maxsize=KEYS_AT_ONCE)
def these_passages(count: int) -> Select[Any]:
    """The passages of so many keys, pair by pair: SQLite scans the table for a list of pairs."""
    table = PASSAGES.c
    pairs = (
        and_(table.document == bindparam(f"document{at}"), table.number == bindparam(f"number{at}"))
        for at in range(count)
    )
    return select(PASSAGES).where(or_(*pairs))


@lru_cache(maxsize=KEYS_AT_ONCE)
def figures_there(count: int) -> Select[Any]:
    """The figures that begin in so many spans."""
    table = FIGURES.c
    spans = (
        and_(
            table.document == bindparam(f"document{at}"),
            table.start >= bindparam(f"start{at}"),
            table.start < bindparam(f"end{at}"),
        )
        for at in range(count)
    )
    return select(FIGURES).where(or_(*spans))


def shared_passages() -> Select[Any]:
    """The texts of passages that several documents have, with each of these; none so short that it may be chance."""
    long = func.length(PASSAGES.c.text) >= _TELLING
    several = func.count(PASSAGES.c.document.distinct()) > 1
    copied = select(PASSAGES.c.text).where(long).group_by(PASSAGES.c.text).having(several)
    return select(PASSAGES.c.text, PASSAGES.c.document).where(PASSAGES.c.text.in_(copied))
