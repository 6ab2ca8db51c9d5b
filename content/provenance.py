"""Where a text comes from: passages somebody paid for, press releases, dates that nobody stated.

What is found is kept with the evidence for it: a passage that is advertising may be shown, with a label, but nothing
is ever answered from it. A rule is a row of a table; a passage is sponsored when its signs weigh enough together.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from content.documents import Document, Passage
from content.paid import GAP, LABEL_BEFORE, SAYS_PAID, says_so
from content.persuasion import ENOUGH, SIGNS, WEB

#: Characters of a text in which its date or its wire stands.
_HEAD: Final = 400
#: Characters on either side in which a firm may be spoken of.
_AROUND: Final = 50_000


_ADDRESS: Final = re.compile(rf"(?<![\w@.-]){WEB}(?:/\S*)?", re.IGNORECASE)
#: Firms that everybody calls by their address.
_CALLED_SO: Final = frozenset(
    "amazon alibaba aliexpress booking hotels trip jd salesforce 1688 weather match cars".split()
)
_FOREIGN_WEIGHT: Final = 2
_FOREIGN: Final = "names the address of a firm that is nowhere else in the document"

#: The segment of an address under which a publisher files what is paid for.
_FILED: Final = re.compile(
    r"sponsored(?:-(?:content|posts?|articles?|stories))?|advertorials?|paid-?(?:posts?|content)|partner-?content"
    r"|brand-?(?:studio|voice|posts?|content)|native-?ads?|promoted(?:-content)?",
    re.IGNORECASE,
)
_WIRES: Final = (
    r"PR ?Newswire|Business ?Wire|Globe ?Newswire|Access ?(?:Newswire|wire)|EIN ?Presswire|PRWeb|Newsfile Corp"
)
_WIRE: Final = re.compile(_WIRES, re.IGNORECASE)
_DATED_WIRE: Final = re.compile(rf"/\s?(?:{_WIRES})|\((?:{_WIRES})\)|^\W*(?:press|news) release\b", re.IGNORECASE)
#: What a firm says of itself at the end of its releases is nobody's evidence.
_ABOUT: Final = re.compile(r"(?:About|Contact|Media contacts?)\b.{0,60}", re.IGNORECASE)

PRESS_RELEASE: Final = "press release"
SPONSORED: Final = "sponsored"


def judged(document: Document, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages, the sponsored ones with the evidence for it.

    >>> ad = "Looking for panel PCs? Order yours today."
    >>> [one.sponsored for one in judged(Document("d", ad), [Passage("d", 1, 0, len(ad), ad)])]
    ['asks to buy (“Order yours today”), asks what its reader lacks (“Looking for panel PCs”)']
    """
    whole = _whole(document, passages)
    boilerplate = whole is None and label(document, passages) == PRESS_RELEASE
    return tuple(
        replace(
            passage, sponsored=whole or _evidence(document, passage) or (boilerplate and _boilerplate(passage)) or None
        )
        for passage in passages
    )


def label(document: Document, passages: Sequence[Passage]) -> str | None:
    """What a document as a whole is, other than somebody's report."""
    if passages and all(passage.sponsored for passage in passages):
        return SPONSORED
    stated = " ".join(filter(None, (document.publisher, document.author, document.url)))
    return PRESS_RELEASE if _WIRE.search(stated) or _DATED_WIRE.search(document.text[:_HEAD]) else None


def _whole(document: Document, passages: Sequence[Passage]) -> str | None:
    """What says of a whole document that it is paid for."""
    if document.sponsored:
        return _told("belongs to a document that states “sponsored” as", document.sponsored)
    for stated in (document.publisher, document.author, document.title):
        if stated and SAYS_PAID.fullmatch(stated):
            return _told("belongs to a document labelled", stated)
    filed = next((part for part in _segments(document.url) if _FILED.fullmatch(part)), None)
    if filed:
        return _told("belongs to a document filed under", filed)
    for said in says_so(document, passages):
        return _told("belongs to a document that says", said)
    return None


def _segments(url: str | None) -> Iterator[str]:
    try:
        yield from urlsplit(url or "").path.split("/")
    except ValueError:
        return


def _evidence(document: Document, passage: Passage) -> str | None:
    """The signs of advertising in a passage, in words, when they weigh enough."""
    if passage.heading and SAYS_PAID.fullmatch(passage.heading) and not GAP.fullmatch(passage.heading):
        return _told("stands under", passage.heading)
    if SAYS_PAID.fullmatch(passage.text):
        return _told("is labelled", passage.text)
    if stated := LABEL_BEFORE.search(passage.text):
        return _told("is labelled", stated.group().strip("\t\n :|–—*_"))
    lowered = passage.text.lower()
    found = [(sign, said) for sign in SIGNS if (said := sign.found(passage.text, lowered)) is not None]
    weight = sum(sign.weight for sign, _ in found)
    foreign = weight + _FOREIGN_WEIGHT >= ENOUGH and _names_a_foreign_address(document, passage)
    if weight + foreign * _FOREIGN_WEIGHT < ENOUGH:
        return None
    signs = [f"{sign.does} (“{_ADDRESS.sub('…', said)}”)" for sign, said in found if sign.weight > 0]
    return ", ".join([*signs, *([_FOREIGN] if foreign else [])])


def _names_a_foreign_address(document: Document, passage: Passage) -> bool:
    """Whether a passage names a web address whose owner the document around it does not know."""
    stated = (document.title, document.publisher, document.url, document.author)
    around = (document.text[max(0, passage.start - _AROUND) : passage.start], document.text[passage.end :][:_AROUND])
    known = _squeezed(" ".join(filter(None, (*stated, *around))))
    owners = [_squeezed(match[1]) for match in _ADDRESS.finditer(passage.text)]
    return any(owner not in known and owner not in _CALLED_SO for owner in owners)


def _squeezed(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _boilerplate(passage: Passage) -> str | None:
    return _told("stands under", passage.heading) if passage.heading and _ABOUT.fullmatch(passage.heading) else None


def _told(does: str, words: str) -> str:
    """Evidence in words that lead nowhere."""
    return f"{does} “{_ADDRESS.sub('…', words)}”"


def without_addresses(passage: Passage, heading: str | None = None) -> str:
    """What is shown of a passage, or of its heading: of a sponsored one nothing that leads to whoever paid for it.

    >>> without_addresses(Passage("d", 1, 0, 18, "Go to panels.com/x", sponsored="…"))
    'Go to (address left out)'
    """
    shown = passage.text if heading is None else heading
    return _ADDRESS.sub("(address left out)", shown) if passage.sponsored else shown
