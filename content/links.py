"""The address of a web document at a sentence: a text fragment, which browsers scroll to and mark.

A browser looks for whole words within one block of the page (WICG, URL fragment text directives): a line, a cell of a
table. What it does not find it leaves, and the page opens anyway.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote, urlsplit

#: Words at either end by which a long sentence is told.
_ENDS: Final = 5
#: Characters of a fragment, as encoded.
_LONGEST: Final = 500
#: Where words end; a script without blanks has its punctuation.
_WORD: Final = re.compile(r"\S+?(?:[、。，．；：！？]+|(?=\s)|$)")
#: What stands between the cells of a table's row in our text (:mod:`content.webpages`); the page has none of it.
_CELLS: Final = " | "


def deep_link(url: str | None, passage: str, marked: Sequence[tuple[int, int]] = ()) -> str | None:
    """The address of a web document at the first mark in a passage, else at all of it; ``None`` when it is none.

    >>> deep_link("https://a.b/c#top", "It rained. Costs fell, says one.", [(11, 32)])
    'https://a.b/c#top:~:text=Costs%20fell%2C%20says%20one.'
    """
    if not is_web(url):
        return None
    start, end = next(iter(marked), (0, len(passage)))
    address, _, fragment = str(url).partition("#")
    anchor = fragment.partition(":~:")[0]
    told = next((one for one in _directives(passage[start:end]) if 0 < len(one) <= _LONGEST), None)
    if told is None:
        return f"{address}#{anchor}" if anchor else address
    return f"{address}#{anchor}:~:text={told}"


def is_web(url: str | None) -> bool:
    """Whether an address is one that a browser opens, and names nobody's password."""
    try:
        parts = urlsplit(url or "")
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False


def _directives(text: str) -> Iterator[str]:
    """How a sentence may be told, the surest first; the first that is short enough will do."""
    if _CELLS in text:
        yield from _cell(text)
        return
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()] or [""]
    words = [[match.span() for match in _WORD.finditer(line)] for line in (lines[0], lines[-1])]
    if len(lines) == 1 and len(words[0]) <= 2 * _ENDS:
        yield _encoded(lines[0])
    for most in range(_ENDS, 0, -1):
        if len(lines) > 1 or len(words[0]) >= 2 * most:
            first, last = lines[0][: words[0][:most][-1][1]], lines[-1][words[1][-most:][0][0] :]
            yield f"{_encoded(first)},{_encoded(last)}"


def _cell(row: str) -> Iterator[str]:
    """The first cell of a table's row, by what stands beside it, which no other row need have."""
    first, second, *_ = [*(" ".join(cell.split()) for cell in row.split(_CELLS) if cell.strip()), "", ""]
    yield f"{_encoded(first)},-{_encoded(second)}" if second else _encoded(first)


def _encoded(text: str) -> str:
    return quote(text, safe="", errors="ignore").replace("-", "%2D")
