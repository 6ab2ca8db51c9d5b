"""Two figures or the ends of a range: "fell from 5 to 3" tells two, "prices from 3 to 5" are one."""

import re
from itertools import takewhile

from content.figures.amounts import Amount
from content.figures.nouns import word
from content.figures.numerals import Tokens

_MOVES = re.compile(
    r"(?:rose|ris(?:e|es|en|ing)|f[ea]ll\w*|gr[eo]w\w*|jump\w*|drop\w*|climb\w*|slump\w*|plung\w*|plummet\w*|\w+creas\w+|declin\w*"
    r"|cut\w*|rais\w+|lower\w*|up|down|slow\w*|expand\w*|doubl\w*|tripl\w*|surg\w*|went|gone|improv\w*|soar\w*|shr[aiu]nk|slid"
    r"|slipp\w+|edg\w+|moved?|swung|chang\w+|reduc\w+|boost\w*|revis\w+|upgrad\w+|dipp\w+|creeping|gain\w*|lift\w*"
    r"|hik(?:es?|ed|ing)|trim\w*|slash\w*|scal(?:ed|es|ing)|going|goes)$"
)
#: Tokens before "from" among which such a word is looked for, and how many more in the same clause.
_NEARBY, _FARTHER = 7, 20
_CLAUSE_ENDS = frozenset(", ; : ( ) . but while which that".split())
#: "startups valued from $5 million to $10 million": a range, whatever was raised.
_SPANS = frozenset("valued ranging ranged ranges range priced costing anywhere varying vary varies".split())


def is_moved(tokens: Tokens, left: Amount, right: Amount | None = None) -> bool:
    """Whether "fell from X to Y", "rose by X to Y" tells two figures, and not a range ("rose by 5 to 7%")."""
    at = left.first - 1
    if word(tokens, at) not in ("from", "by", "to"):
        return bool(_MOVES.match(word(tokens, at)))
    if right and word(tokens, at) == "by" and right.value < 3 * left.value:
        return False
    near = max(0, at - _NEARBY)
    return any(_MOVES.match(word(tokens, n)) for n in range(near, at)) or (
        word(tokens, at) == "from" and word(tokens, at - 1) not in _SPANS and _moved_before(tokens, near)
    )


def _moved_before(tokens: Tokens, near: int) -> bool:
    """ "Raised its investment in clouds over the next three years from": the verb may stand a whole clause away."""
    before = range(near - 1, max(-1, near - _FARTHER), -1)
    clause = takewhile(lambda one: one not in _CLAUSE_ENDS, (word(tokens, n) for n in before))
    return any(map(_MOVES.match, clause))
