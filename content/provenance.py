"""Where a text comes from: passages somebody paid for, press releases, dates that nobody stated.

What is found is kept with the evidence for it: a passage that is advertising may be shown, with a label, but nothing
is ever answered from it. A rule is a row of a table; a passage is sponsored when its signs weigh enough together.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from content.documents import Document, Passage
from content.paid import ANY_LABEL, GAP, SAYS_PAID, labels_above

#: What signs must weigh together. A label does so alone; of the turns of phrase of an advertisement it takes several.
_ENOUGH: Final = 4
_LABEL: Final = 9
#: Characters of a text in which its date or its wire stands.
_HEAD: Final = 400
#: Characters on either side in which a firm may be spoken of.
_AROUND: Final = 50_000


@dataclass(frozen=True, slots=True)
class _Sign:
    """Words that mark advertising, what they do in words, and what they weigh."""

    does: str
    #: one of these, with bars between, stands in lower case wherever the words do: a quick look
    hint: str
    words: re.Pattern[str]
    weight: int = 1

    def found(self, text: str, lowered: str) -> str | None:
        """What of a passage is this sign."""
        match = self.words.search(text) if any(hint in lowered for hint in self.hint.split("|")) else None
        return match.group().strip(" .!?") if match else None


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_TEXT: Final = r"(?:article|post|story|content|page|video|newsletter|episode|column|piece|report)"
_PAID: Final = (
    r"(?:is|was|has been) (?:\w+ ){0,2}?(?:sponsored|paid for|brought to you|presented) by\b",
    r"(?:is|was) (?:an? )(?:advertisement|advertorial|paid (?:post|partnership|promotion)|sponsored \w+)",
    r"(?:is|was|has been) (?:produced|created|written)[^.!?]{0,40} in (?:a )?paid partnership",
    r"contains? (?:affiliate|sponsored|promotional) (?:links|content)",
)
_STARTS: Final = r"(?:^|[.!?:]\s+)"
_WEB: Final = (
    r"(?:https?://)?(?:www\.)?([a-z\d][a-z\d-]*)(?:\.[a-z\d-]+)*"
    r"\.(?:com|net|org|io|ai|co|shop|store|biz|info|us|uk|de|eu|cn)\b"
)
_ADDRESS: Final = re.compile(rf"(?<![\w@.-]){_WEB}(?:/\S*)?", re.IGNORECASE)

#: A sentence that says so of the whole text.
_TEXT_IS_PAID: Final = _any_of(rf"\b(?:this|the following|the above) {_TEXT} (?:{'|'.join(_PAID[:3])})")

_SIGNS: Final = (
    _Sign(
        "is labelled as paid for",
        "sponsored|paid|advert|partner|promoted|brand",
        re.compile(rf"^\W*{ANY_LABEL}\s*[:|\]–—]", re.IGNORECASE),
        _LABEL,
    ),
    _Sign(
        "says it is paid for",
        "sponsored|paid|brought to|presented|advert|affiliate|promotional",
        _any_of(rf"\bth(?:is|e following) (?:{_TEXT}|section) (?:{'|'.join(_PAID)})"),
        _LABEL,
    ),
    _Sign(
        "earns by its links",
        "commission",
        _any_of(
            r"\b(?:we|i) (?:may|might|can|could|will)\b[^.]{0,40}\bcommissions?\b[^.]{0,60}\b(?:links?|purchases?)\b"
        ),
        _LABEL,
    ),
    _Sign(
        "earns by its links",
        "affiliate|amzn",
        _any_of(r"\baffiliate links?\b[^.]{0,60}\b(?:we|i|us)\b|\bcontain affiliate links", r"\bamzn\.to/"),
        _LABEL,
    ),
    _Sign(
        "offers a code",
        "code",
        re.compile(r"\b(?:[Uu]se|[Ww]ith|[Ee]nter|[Aa]pply) (?:\w+ ){0,3}code [“\"']?[A-Z][A-Z\d]{3,}"),
        _LABEL,
    ),
    _Sign(
        "asks to subscribe",
        "subscribe|sign up|join",
        _any_of(
            rf"{_STARTS}(?:please )?(?:subscribe|sign up|join)\b[^.!?]{{0,60}}\b(?:newsletter|mailing list|inbox|"
            r"our (?:channel|updates|community|webinar)|(?:exclusive|weekly|daily) (?:updates|news|insights))"
        ),
        _LABEL,
    ),
    _Sign("asks to subscribe", "newsletter", _any_of(r"\bsubscribe to (?:our|the) (?:\w+ ){0,3}newsletter\b"), _LABEL),
    _Sign(
        "asks to buy",
        "click here| now| today|demo|quote|trial|consultation|sample",
        _any_of(
            rf"{_STARTS}(?:click here|(?:shop|order|buy|book|reserve|claim|try|enroll?)(?: \w+){{0,2}} (?:now|today)"
            r"|(?:book|request|get|start|claim|schedule) (?:an?|your) (?:free |no-obligation )?"
            r"(?:demo|quote|trial|consultation|sample))\b(?!,? pay later)"
        ),
        2,
    ),
    _Sign(
        "asks what its reader lacks",
        "?",
        _any_of(rf"{_STARTS}(?:(?:are you )?(?:looking|shopping|in the market) for|need|ready to) [^.!?]{{3,80}}\?"),
        2,
    ),
    _Sign(
        "has a sponsor, or nobody beside it",
        "look no further|our sponsor",
        _any_of(r"\b(?:look no further|our sponsors?)\b"),
        2,
    ),
    _Sign(
        "changes the subject",
        "speaking of|note|by the way",
        _any_of(rf"{_STARTS}(?:speaking of|on a (?:related|similar) note|by the way)\b[^,.]*"),
    ),
    _Sign(
        "puts itself in its reader’s place",
        "need|you",
        _any_of(
            r"\b(?:when (?:you|businesses|companies|teams|your \w+) needs?|(?:if|whether) you(?:[’']re| are| need"
            r"| want)|(?:ideal|perfect|great) for (?:your|any|every) \w+|your (?:business|team|company|home|needs))\b"
        ),
    ),
    _Sign(
        "says whom everybody buys from",
        "turn to|rely on|choose|trust|check out",
        _any_of(
            r"\b(?:(?:many|businesses|companies|professionals|engineers|organi[sz]ations|teams|experts|manufacturers)"
            r" (?:\w+ )?(?:turn to|rely on|choose|trust)|check out"
            r"|trusted by (?:thousands|millions|hundreds|leading|over|more|the world))\b"
        ),
    ),
    _Sign(
        "praises a supplier",
        "supplier|provider|manufacturer|vendor|source|distributor|reseller|dealer|destination|choice|marketplace|retailer|brand",
        _any_of(
            r"(?<!\w)(?:leading|premier|trusted|top(?:-rated)?|#1|number one|go-to|best|favou?rite)(?:[ -][\w-]+)"
            r"{0,3}? (?:suppliers?|providers?|manufacturers?|vendors?|source|distributors?|resellers?|dealers?"
            r"|destination|choice|marketplace|retailers?|brand)\b"
        ),
    ),
    _Sign(
        "lures with a price",
        "%|save|limited|money-back|last|free",
        _any_of(
            r"\b(?:\d+ ?% off|save (?:up to )?(?:[$€£]\d|\d+ ?%)|limited[- ]time offer|money-back guarantee"
            r"|while (?:stocks?|supplies) lasts?|free (?:shipping|trial))\b"
        ),
    ),
    _Sign(
        "sends its reader to an address",
        "visit|head|learn more|find|available at|go to",
        _any_of(
            rf"\b(?:visit|head (?:over )?to|learn more at|find \w+(?: \w+)? at|available at|go to) (?:us at )?{_WEB}"
        ),
    ),
    _Sign(
        "reports what somebody said",
        "said|says|told|reported|announced|according to",
        _any_of(r"\b(?:said|says|told|reported|announced|according to)\b"),
        -1,
    ),
)
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
    for said in _said_of_the_whole(document, passages):
        return _told("belongs to a document that says", said)
    return None


def _said_of_the_whole(document: Document, passages: Sequence[Passage]) -> Iterator[str]:
    """Labels above the text, and sentences at its beginning or end."""
    yield from labels_above(document, passages)
    for passage in (*passages[:2], *passages[-2:]):
        if found := _TEXT_IS_PAID.search(passage.text):
            yield found.group()


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
    lowered = passage.text.lower()
    found = [(sign, said) for sign in _SIGNS if (said := sign.found(passage.text, lowered)) is not None]
    weight = sum(sign.weight for sign, _ in found)
    foreign = weight + _FOREIGN_WEIGHT >= _ENOUGH and _names_a_foreign_address(document, passage)
    if weight + foreign * _FOREIGN_WEIGHT < _ENOUGH:
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
