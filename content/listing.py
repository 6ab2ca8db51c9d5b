"""The order in which documents are listed for people."""

import re
from collections.abc import Sequence

from content.dates import known_date
from content.documents import SourceDocument

_NUMBER = re.compile(r"(\d+)")


def newest_first(documents: Sequence[SourceDocument]) -> tuple[SourceDocument, ...]:
    """The newest first, those without a date last; of one date as a person orders their ids: 2 before 10."""
    by_id = sorted(documents, key=lambda one: (_natural(one.document), one.document))
    return tuple(sorted(by_id, key=date_of, reverse=True))


def date_of(document: SourceDocument) -> str:
    """When it was published, or seems to have been, to order by; ``""`` where nobody knows."""
    return known_date(document.published, document.inferred)


def _natural(name: str) -> list[tuple[bool, int, str]]:
    """A name to order by, its numbers by what they are worth.

    >>> sorted(["a10", "a2", "b"], key=_natural)
    ['a2', 'a10', 'b']
    """
    parts = (part for part in _NUMBER.split(name.casefold()) if part)
    return [(not part.isdecimal(), int(part[:18]) if part.isdecimal() else 0, part) for part in parts]
