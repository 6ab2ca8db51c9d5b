"""The words after the command, the same for every surface, and what they ask for."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz.distance import OSA

Verb = Literal["ask", "figures", "summary", "sources", "status", "help"]


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants: a verb and the words it is about."""

    verb: Verb
    #: the question, the topic, the document; ``""`` where the verb takes none or none was given
    about: str = ""
    #: the verb as typed, where it was misspelled
    misspelled: str | None = None


#: every word that names a verb; anything else begins a question
VERBS: Final[dict[str, Verb]] = {
    "figures": "figures",
    "summary": "summary",
    "summarize": "summary",
    "summarise": "summary",
    "sources": "sources",
    "status": "status",
    "help": "help",
}
#: these stand alone: with a word after them it is a question ("sources of revenue?", "status of the IPO")
_ALONE: Final[frozenset[Verb]] = frozenset({"sources", "status", "help"})
_LINK: Final = re.compile(r"(?:of|about|on|for)\s+(?=\S)", re.I)
#: after "figures" or "summary" these make a sentence rather than an order
_SENTENCE: Final = frozenset(
    "is are was were do does did has have had can could will would should may might say says show shows "
    "suggest suggests mean means".split()
)
#: right words within a slip of a verb
_NOT_SLIPS: Final = frozenset(
    "figure figured failures fissures fixtures figurines fires futures figural fugues sourced states statue statues "
    "stats stratus summer summers summery summarily summarized summarised summarizes summarises summarizer "
    "summat summa sugary submarine summative held helps helm heap hell hemp".split()
)


def parse(words: str) -> Request:
    """What ``words`` ask for; nothing at all asks for help.

    >>> parse("figures on cloud spending").about
    'cloud spending'
    >>> parse("figurs cloud").misspelled
    'figurs'
    >>> parse("sources of revenue?").verb
    'ask'
    """
    text = " ".join(words.split())
    first, _, rest = text.partition(" ")
    if not text.strip("?!. "):
        return Request("help")
    word = first.rstrip("?:,.!").casefold()
    known = word if word in VERBS else _meant(word)
    if known is None or not _is_order(VERBS[known], rest):
        return Request("ask", text)
    about = "" if VERBS[known] in _ALONE else _LINK.sub("", rest, count=1) if _LINK.match(rest) else rest
    return Request(VERBS[known], about, first if known != word else None)


def _meant(word: str) -> str | None:
    """The word of ``VERBS`` that ``word`` is a slip of; the first letter is right even then."""
    if len(word) < 4 or word in _NOT_SLIPS:
        return None
    near = sorted((OSA.distance(word, known), known) for known in VERBS if known[0] == word[0])
    if not near:
        return None
    distance, known = near[0]
    allowed = 1 if len(word) < 6 or VERBS[known] in _ALONE else 2
    return known if distance <= allowed else None


def _is_order(verb: Verb, rest: str) -> bool:
    if verb in _ALONE:
        return rest.strip("?!. ").casefold() in ("", "please")
    return rest.split(" ")[0].casefold() not in _SENTENCE
