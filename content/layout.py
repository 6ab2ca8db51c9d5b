"""Parts of a page → one text, in which paragraphs stand apart and headings can be found again."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, a list item, a table's row, or a heading."""

    text: str
    heading: bool = False


def laid_out(parts: Sequence[Part]) -> tuple[str, tuple[int, ...]]:
    """The text of all parts, a blank line between them, and the offsets at which its headings begin.

    >>> laid_out([Part("Chips", heading=True), Part(" "), Part("Made at home.")])
    ('Chips\\n\\nMade at home.', (0,))
    """
    text: list[str] = []
    headings = []
    offset = 0
    for part in parts:
        if part.text.strip():
            headings += [offset] if part.heading else []
            text.append(part.text)
            offset += len(part.text) + 2
    return "\n\n".join(text), tuple(headings)
