"""Words that say of a text that somebody paid for it: "Sponsored content", "This story was paid for by Acme Ltd."."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from content.documents import Document, Passage

_LABELS: Final = (
    r"sponsored(?: (?:content|post|article|message|section|feature|stor(?:y|ies)|links?))?",
    r"paid (?:post|content|promotion|programme?|partnership|advertisement)",
    r"advertorial|advertisement(?: feature)?|partner(?:ed)? content|promoted(?: content| post)?(?! by)",
    r"brand ?(?:studio|post|content|voice)|(?:special )?advertising (?:section|feature)",
    r"(?:branded|advertiser) content|native advertising|sponsor message",
)
_ANY_LABEL: Final = f"(?:{'|'.join(_LABELS)})"
#: A label and what sets it apart from the words after it. “Ad” is one where it looks like one: “[Ad]”, “AD |”.
LABEL_BEFORE: Final = re.compile(
    rf"^\W*{_ANY_LABEL}\s*[:|\])–—]|^[\[(]ad[\])]|^ad\s*[:|]\s|^#(?:ad|sponsored)\b"
    r"|^from our (?:partner|sponsor)s?\s*:",
    re.IGNORECASE,
)
#: Whoever pays: words with a capital, or an address. What goes on in small letters is a sentence: “by Acme the race …”.
_WORD: Final = r"(?:(?=[a-z]{0,2}[A-Z\d])[\w&’'+-]+(?:\.\w+)*|(?![a-z]{0,2}[A-Z\d])[\w-]+(?:\.[\w-]+)+)"
_LEGAL_FORM: Final = r"(?:[.,]{1,2} ?(?:Co|Ltd|Inc|LLC|Corp|Limited|PLC|GmbH|AG))*"
_PAYER: Final = (
    r"(?-i:(?!(?:the )?(?:Sen|Senator|Rep|Representative|MP|Mr|Mrs|Ms|Dr|Prof|President|Minister|CEO|CFO|CTO|Chief)\b)"
    rf"(?:(?:the|our|an?) )*(?:{_WORD}|partners?|advertisers?|sponsors?)(?: (?:(?:and|of|the|for|&) )*{_WORD})*"
    rf"{_LEGAL_FORM})"
)
#: People present and promote too: “Presented by Joe Tsai” is no label. So who does is to look like a firm.
_TRADES: Final = (
    "Airlines|Airways|Bank|Brands|Capital|Cloud|Co|Company|Corp|Electronics|Energy|Foods|Foundation|Group|Holdings"
    "|Hosting|Hotels|Inc|Insurance|Labs|Leasing|Limited|LLC|Ltd|Media|Mobile|Motors|Networks|Partners|Pharma|Power"
    "|Software|Solutions|Studios?|Systems|Technologies|Technology|Telecom|University|Ventures"
)
_FIRM: Final = (
    rf"(?-i:(?=[^.!?]*(?:\b(?:{_TRADES})\b|\b[\w-]+\.[a-z]{{2,}}\b|\b(?:partner|sponsor)s?\b)"
    rf"|(?=[^.!?]*[a-z])[^.!?]*\b[A-Z\d&]{{2,}}\b|[A-Z]\w+\W*$)){_PAYER}"
)
_DONE: Final = "sponsored|brought to you|paid for"
_SHOWN: Final = "presented|promoted"
#: A title, heading or line of its own that says what follows is paid for.
SAYS_PAID: Final = re.compile(
    rf"\W*(?:{_ANY_LABEL}(?:\.|(?:\s*[:|\])–—]|\s+-\s).*)?"
    rf"|(?:{_ANY_LABEL},? (?:(?:{_DONE}|{_SHOWN}) )?(?:by|from)|(?:(?:article|post|story|content) )?(?:{_DONE}) by)"
    rf" {_PAYER}\.?|(?:{_SHOWN}) by {_FIRM}\.?"
    rf"|(?:in )?(?:a )?paid partnership with {_PAYER}\.?"
    rf"|(?:presented|produced|created|brought to you) in partnership with {_PAYER}\.?)[\s\])*_]*",
    re.IGNORECASE,
)
#: What is left of a web page where its advertisement was: the text below goes on.
GAP: Final = re.compile(
    r"\W*advertisements?(?:\W+(?:(?:continue reading|(?:story|article) continues|scroll)\b[^.!?]*))?\W*", re.IGNORECASE
)
#: A line above a text that is too short to head anything: the label may stand below it.
_TITLE: Final = re.compile(r".{1,100}(?<![.!?:;,…])")

_TEXT: Final = r"(?:article|post|story|content|newsletter|column)"
#: What may be another than the text at hand: an article speaks of “this report”, and goes on to say who paid for it.
_PART: Final = r"(?:page|video|episode|piece|report|section|series|issue|edition|podcast|show)"
#: What comes after whoever paid, where the sentence says no more than that: “by Acme on Monday” tells of an event.
_SO_MUCH: Final = r"(?=\s*(?:[.,;:!?()*]|$|[–—]|and\b))"
_KINDS: Final = (
    r"(?:an? )?(?:advertisement|advertorial|paid (?:content|post|partnership|promotion|announcement)"
    r"|sponsored (?:content|article|post|story|message|feature|video|section|episode))\b"
)
#: How a text is said to be paid for. A report that “was presented by” somebody was that elsewhere; this one is.
_PAID: Final = (
    rf"(?:is|was|has been) (?:\w+ ){{0,2}}?(?:sponsored|paid for|brought to you) by {_PAYER}{_SO_MUCH}",
    rf"is (?:proudly )?presented (?:to you )?by {_FIRM}{_SO_MUCH}",
    rf"(?:is|was) {_KINDS}",
    rf"(?:is|was|has been) (?:produced|created|written|commissioned)(?: by {_PAYER})?"
    rf"(?: and)? paid for by {_PAYER}{_SO_MUCH}",
    r"(?:is|was|has been) (?:produced|created|written)[^.!?]{0,40} in (?:a )?paid partnership",
)
#: Words after these are somebody’s who is quoted.
_SAID: Final = re.compile(
    r"\b(?:said|says|told|wrote|writes|heard|reported|announced|allege[ds]?|claim(?:s|ed)?|asked"
    r"|insist(?:s|ed)?|according to)\b|[”\"],? (?:is|was|are|were)\b"
)
_SENTENCE_END: Final = re.compile(r"[.!?](?=\s|$)")
#: A sentence that says so of the whole text, and one that may say so of a part of it.
_OF_THE_TEXT: Final = re.compile(
    rf"\b(?:this|the following|the above) {_TEXT} (?:{'|'.join(_PAID)})|^\W*this is {_KINDS}", re.IGNORECASE
)
OF_A_PART: Final = re.compile(
    rf"\b(?:this|the following|today[’']s|this week[’']s) (?:{_TEXT}|{_PART}) (?:{'|'.join(_PAID)})"
    rf"|^\W*(?:this|the following) is {_KINDS}|\bpart of (?:a|the|our) series sponsored by {_PAYER}"
    rf"|\bth(?:is|e following) (?:{_TEXT}|{_PART}) (?:may )?contains? (?:affiliate|sponsored|promotional)"
    r" (?:links|content)",
    re.IGNORECASE,
)


def unsaid(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Where a pattern first stands in a text, unless its sentence goes on to say that these are somebody's words.

    >>> text = "Click here, said the mail. Click now."
    >>> [unsaid(re.compile(asked), text) is None for asked in ("Click here", "Click now")]
    [True, False]
    """
    return next((found for found in pattern.finditer(text) if not _SAID.search(_rest(text, found.end()))), None)


def _rest(text: str, start: int) -> str:
    """What is left of a sentence."""
    end = _SENTENCE_END.search(text, max(0, start - 1))
    return text[start : end.start() if end else len(text)]


def says_so(document: Document, passages: Sequence[Passage]) -> Iterator[str]:
    """What says of a whole document that it is paid for: labels above it, sentences at its beginning or its end."""
    yield from _labels_above(document, passages)
    for passage in (*passages[:2], *passages[-2:]):
        if found := unsaid(_OF_THE_TEXT, passage.text):
            yield found.group()


def _labels_above(document: Document, passages: Sequence[Passage]) -> Iterator[str]:
    """The labels that stand above the text of a document: before its first passage, or below its title."""
    for first in passages[:1]:
        under = passages[1] if passages[1:] and _TITLE.fullmatch(first.text) else first
        top = (*document.text[: under.start].splitlines(), under.text, first.heading, first.text)
        yield from (said for said in top if said and SAYS_PAID.fullmatch(said) and not GAP.fullmatch(said))
