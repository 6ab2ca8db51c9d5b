"""Noun phrases without a parser: how far "large language models" reaches in a run of tokens."""

from content.figures.numerals import WORDS, Token, Tokens

#: Words that end a noun phrase: neither noun nor adjective, and common enough to matter.
STOPS = frozenset(
    """a about above across after again against ago all along already also although am amid among an and any apart are
    around as at away back be because been before behind being below beneath beside between beyond both but by came can
    cannot come could despite did do does done down due during each either else even ever every except far few fewer for
    from further gave get gets given go going got had has have having he her here him his how however if in inside
    instead into is it its itself just last late later least less like made make many may me might more much must my
    near nearly neither never next no nor not now of off often on once one only onto or other our out outside over own
    per percent plus put rather said same saw say says she should since so some soon still such take taken than that the
    their them then there these they this those though through throughout thus till to together too took toward towards
    under until up upon us versus via vs was we well went were what when where whether which while who whom whose why
    will with within without would yet you your according including involving worth wide long tall deep high old left
    january february march april june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday""".split()
)
#: Plurals that do not look it, and nouns counted without one.
_PLURALS = frozenset(
    """people women media staff personnel aircraft police cattle sheep fish criteria feet teeth crew mice children
    spacecraft species series data phenomena indices folk youth troops headcount ups ads""".split()
)
_COMPARATIVES = frozenset("more most other such".split())
#: Behind these begins an object: what stands before them is what somebody does, no noun.
_DETERMINERS = frozenset("a an the its his her their our your".split())
_HEDGES = frozenset("over nearly almost about roughly some".split())
#: "a year" tells how often, of a noun too.
_OFTEN = frozenset("hour day night week month quarter year decade minute second".split())
LONGEST_PHRASE = 6


def word(tokens: Tokens, at: int) -> str:
    """The word at ``at`` in lower case; "" beyond either end."""
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def written(tokens: Tokens, first: int, last: int) -> str:
    """``tokens[first:last]`` as they stand in the text, runs of white space as one blank."""
    return "".join(("" if t.joined or not n else " ") + t.text for n, t in enumerate(tokens[first:last]))


def is_plural(token: Token) -> bool:
    """Whether a word looks like a plural: "models", "fishermen", "people"; not "business", "analysis", "has".

    A guess by its ending: the caller knows that a number stands before it.
    """
    text = token.lower
    if text in _PLURALS or text.endswith("men") or (token.text[-1] == "s" and token.text[:-1].isupper()):
        return text not in STOPS
    return len(text) > 3 and text[-1] == "s" and text[-2] not in "sui'’" and token.kind == "word" and text not in STOPS


def counted(tokens: Tokens, at: int) -> int | None:
    """Where the noun phrase that begins at ``at`` ends: after its plural head, and a second one behind "and".

    ``None`` where no plural comes within a few words: what stands there is not counted.
    """
    last = at
    while last < min(len(tokens), at + LONGEST_PHRASE) and _continues(tokens, last, at):
        last += 1
        if is_plural(tokens[last - 1]):
            return _with_second(tokens, last)
    return None


def _with_second(tokens: Tokens, last: int) -> int:
    while last < len(tokens) and is_plural(tokens[last]):
        last += 1
    second = last + 1
    if word(tokens, last) in ("and", "or") and second < len(tokens) and is_plural(tokens[second]):
        return last if _governs(tokens, second) else second + 1
    return last


def _governs(tokens: Tokens, verb: int) -> bool:
    """Whether an object follows: "counts 16 million", "employs a lawyer" are what one does, whatever the ending."""
    at = verb + 1
    if word(tokens, at) in _DETERMINERS:
        return word(tokens, at + 1) not in _OFTEN
    at += word(tokens, at) in _HEDGES
    return at < len(tokens) and (tokens[at].kind == "number" or tokens[at].lower in WORDS)


def _continues(tokens: Tokens, at: int, first: int) -> bool:
    """Whether a phrase that began at ``first`` may go on with token ``at``."""
    token = tokens[at]
    if token.kind == "word" and token.lower != "and":
        return token.lower not in STOPS or (at == first and token.lower in _COMPARATIVES)
    if at == first or at + 1 >= len(tokens):
        return False
    following = tokens[at + 1]
    if token.lower == "and":
        return following.kind == "word" and any(is_plural(t) for t in tokens[at + 2 : at + 3])
    if token.kind == "number":
        return following.text[0].isupper() or following.text == "s"
    return token.text == "&" or (token.text == "-" and token.joined and following.joined)


def single(tokens: Tokens, at: int) -> int | None:
    """Where the singular noun behind "1" ends: one word."""
    if at < len(tokens) and tokens[at].kind == "word" and tokens[at].text.islower() and tokens[at].lower not in STOPS:
        return at + 1
    return None
