"""Up or down: the words of movement."""

import re

from content.documents import Change
from content.figures.nouns import word
from content.figures.numerals import Token, Tokens

_UP = re.compile(
    r"(?:rose|ris(?:e|es|en|ing)|gr[eo]w(?:s|n|ing|th)?|gain\w*|jump\w*|climb\w*|up|surg\w+|soar\w*|increas\w+|advanc\w+"
    r"|expand\w*|higher|add(?:ed|s|ing)?|rall(?:y|ied)|boost\w*|accelerat\w+|widen\w*|upward|doubled|tripled|quadrupled|improv\w+|\+)$"
)
_DOWN = re.compile(
    r"(?:fell|fall(?:s|en|ing)?|drop\w*|lost|los[ei]\w*|declin\w+|down|slid\w*|plung\w+|plummet\w*|decreas\w+|shr[aiu]nk\w*"
    r"|cut(?:s|ting)?|lower\w*|slump\w*|sank|sink\w*|tumbl\w+|slipp\w+|dipp?\w*|reduc\w+|eas(?:ed|es|ing)|contracted"
    r"|shed|narrow\w*|halved|slow(?:ed|s|ing)?|downward)$"
)
_CLAUSE_ENDS = frozenset(", ; ( ) and while but from than".split())
#: Nouns and adverbs that say it behind a figure: "a 5% rise", "3% lower".
_BEHIND = frozenset("higher lower increase drop decline growth rise fall gain".split())
#: "made up", "signed up": no movement.
_PARTICLES = frozenset("made make makes making signed set picked gave took ended end backed start".split())


def change_of(tokens: Tokens, first: int, last: int) -> Change | None:
    """Up or down, by the nearest word of movement: in the figure, ahead in the same breath, or just behind it."""
    words = [t for t in tokens[first:last] if t.lower in ("doubled", "tripled", "quadrupled", "halved")]
    target = word(tokens, first - 1) == "to"
    for at in range(first - 1, max(-1, first - 9), -1):
        if tokens[at].lower in _CLAUSE_ENDS and not (target and tokens[at].lower == "from"):
            break
        if not tokens[at].joined and word(tokens, at - 1) not in _PARTICLES:
            words.append(tokens[at])
    words += [t for t in tokens[last : last + 2] if t.lower in _BEHIND]
    return next((change for t in words if (change := direction(t))), None)


def direction(token: Token) -> Change | None:
    """Which way a word moves, if it does."""
    if _UP.match(token.lower):
        return "up"
    return "down" if _DOWN.match(token.lower) else None
