"""The turns of phrase of advertising: a table of signs, and what each weighs."""

import re
from dataclasses import dataclass
from typing import Final

from content.paid import OF_A_PART, unsaid

#: What signs must weigh together. A label does so alone; of the turns of phrase of an advertisement it takes several.
ENOUGH: Final = 4
_LABEL: Final = 9


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that mark advertising, what they do in words, and what they weigh."""

    does: str
    #: one of these, with bars between, stands in lower case wherever the words do: a quick look
    hint: str
    words: re.Pattern[str]
    weight: int = 1

    def found(self, text: str, lowered: str) -> str | None:
        """What of a passage is this sign, unless somebody is quoted with it."""
        if not any(hint in lowered for hint in self.hint.split("|")):
            return None
        match = unsaid(self.words, text) if self.weight > 0 else self.words.search(text)
        return match.group().strip(" .!?:") if match else None


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_STARTS: Final = r"(?:^|[.!?:]\s+)"
#: A web address; its group is the owner’s name.
WEB: Final = (
    r"(?:https?://)?(?:www\.)?([a-z\d][a-z\d-]*)(?:\.[a-z\d-]+)*"
    r"\.(?:com|net|org|io|ai|co|shop|store|biz|info|us|uk|de|eu|cn)\b"
)
_OFFER: Final = r"(?:promo(?:tional)?|discount|coupon|voucher|offer|referral)"
_CODE: Final = r"code [“\"']?(?-i:[A-Z][A-Z\d]{3,})"
#: What a code is good for; an error, a building or a country has one too.
_CHEAPER: Final = (
    r"\b(?:(?:\d ?%|[$€£]\d+|half) off|off (?:your|the price|everything)|for free|save (?:up to )?[\d$€£]"
    r"|free (?:\w+ )?(?:weeks?|months?|years?|trial|shipping|delivery|gift)|discounts?|check-?out)\b"
)
_EARN: Final = (
    r"(?:(?:may|might|can|could|will) )?(?:be (?:paid|compensated)"
    r"|(?:earn|receive|get)\b[^.!?”\"]{0,30}\b(?:fee|commission|cut|share|money|percentage)s?)\b"
)
_LINK: Final = r"(?:\w+ ){0,2}links?\b"

SIGNS: Final = (
    Sign(
        "says it is paid for",
        "sponsored|paid|brought to|presented|advert|affiliate|promotional",
        OF_A_PART,
        _LABEL,
    ),
    Sign(
        "says that no reporter wrote it",
        "newsroom|editorial|reporters|journalists",
        _any_of(
            r"\b(?:newsroom|editorial (?:staff|team|department)|(?:our|the) (?:journalists|reporters)) "
            r"(?:was|were|is|are|had|has|have) (?:not involved|no (?:role|part|hand))"
            r"(?: in (?:the )?(?:creation|production|making|writing) of\b|(?=\W*$|[.!]))",
            r"\bthis (?:content|article|post)\b[^.!?]{0,20}\bnot (?:written|produced|created) by (?:our|the) "
            r"(?:reporters|journalists|newsroom|editorial)\b",
        ),
        _LABEL,
    ),
    Sign(
        "thanks a sponsor",
        "sponsor",
        _any_of(
            r"\b(?:message|word) from (?:our|today[’']s|this week[’']s) sponsors?\b",
            r"\bthank(?:s| you) to [^.!?]{1,60} for sponsoring (?:this|our|today[’']s) (?:week[’']s )?"
            r"(?:newsletter|issue|edition|episode|post|article|show|podcast|video)\b",
        ),
        _LABEL,
    ),
    Sign(
        "earns by its links",
        "link|commission|amzn",
        _any_of(
            r"\b(?:we|i) (?:may|might|can|could|will)\b[^.]{0,40}\bcommissions?\b[^.]{0,60}\b(?:links?|purchases?)\b",
            rf"\b(?:we|i) {_EARN}[^.!?”\"]{{0,60}}"
            rf"\b(?:through|via|from|on|click) (?:one of )?(?:our|these|the) {_LINK}",
            rf"\b(?:buy|purchase|shop|click)\b[^.!?]{{0,30}}\b{_LINK}[^.!?]{{0,40}}\bwe {_EARN}",
            r"\baffiliate links?\b[^.]{0,60}\b(?:we|i|us)\b|\bcontain affiliate links",
            r"\bamzn\.to/",
        ),
        _LABEL,
    ),
    Sign(
        "offers a code",
        "code",
        _any_of(
            rf"\b(?:use|with|enter|apply) (?:(?:the|our|my|this|your) )?(?:\w+ )?{_OFFER} {_CODE}",
            rf"\b(?:use|enter|apply|with) (?:(?:the|our|my|this|your) )?{_CODE}(?=[^.!?]*{_CHEAPER})",
            rf"{_CHEAPER}[^.!?]*(?:\.\w[^.!?]*)*\bwith (?:(?:the|our|my|this|your) )?{_CODE}",
        ),
        _LABEL,
    ),
    Sign(
        "asks to subscribe",
        "subscribe|sign up|join|inbox|member|register",
        _any_of(
            rf"{_STARTS}(?:please )?(?:subscribe|sign up|join)\b[^.!?]{{0,60}}\b(?:(?:our|my) (?:\w+ ){{0,3}}"
            r"(?:newsletter|mailing list|channel|updates|community|webinar)"
            r"|(?<!the )(?:newsletter|mailing list)(?! of\b))\b",
            rf"{_STARTS}(?:please )?(?:subscribe|sign up)\b[^.!?]{{0,60}}\b(?:inbox\b|(?:exclusive|weekly|daily)"
            r" (?:updates|news|insights)(?=\W*(?:$|[.!,;]| (?:by|from|in|on|and|straight)\b)))",
            r"\bsubscribe to (?:our|the) (?:\w+ ){0,3}newsletter\b(?! of\b)",
            r"\b(?:our|the (?:latest|best|top)) (?:\w+ ){0,2}(?:stories|news|headlines|updates|newsletter)\b"
            r"[^.!?]{0,40}\b(?:to|in) your inbox\b",
            rf"{_STARTS}become an? (?:member|subscriber|supporter)\b[^.!?]{{0,20}}\b(?:for (?:just|only)|today|now)\b",
            rf"{_STARTS}register (?:now |today )?for (?:our|the free) (?:\w+ )?webinar\b",
        ),
        _LABEL,
    ),
    Sign(
        "asks to take what it gives away",
        "download",
        _any_of(rf"{_STARTS}download (?:our|your) free\b"),
        ENOUGH,
    ),
    Sign(
        "asks to buy",
        "click here| now| today|demo|quote|trial|consultation|sample|order|shop|buy|claim|start|book|call",
        _any_of(
            rf"{_STARTS}(?:click here|(?:shop|order|buy|book|reserve|claim|try|enroll?)(?: \w+){{0,2}} (?:now|today)"
            r"|(?:book|request|get|start|claim|schedule) (?:an?|your) (?:free |no-obligation )?"
            r"(?:demo|quote|trial|consultation|sample)"
            r"|shop the (?:range|collection|sale)|claim yours|start (?:for )?free|book your (?:ticket|place|seat)"
            r"|buy one\b[^.!?]{0,40}, get (?:one|another))\b(?!,? pay later)",
            rf"{_STARTS}(?:[^.!?:]{{0,40}} )?(?:order|buy|try it(?: free)?|claim yours) (?:it )?(?:at|on|from) {WEB}",
            r"\bcontact our sales\b|\bcall (?:us )?(?:on |at )?[\d(+][\d() -]{6,}",
        ),
        2,
    ),
    Sign(
        "asks what its reader lacks",
        "?|stop ",
        _any_of(
            rf"{_STARTS}(?:(?:are you )?(?:looking|shopping|in the market) for|need|ready to|tired of)"
            r" [^.!?]{3,80}\?",
            rf"{_STARTS}stop (?:over|under)?(?:paying|spending|wasting|worrying)\b",
        ),
        2,
    ),
    Sign(
        "gives its readers a price",
        "offer|rate|deal|discount|readers",
        _any_of(
            r"\b(?:special|exclusive) (?:offer|rate|deal|discount|price)s? for (?:our )?readers\b"
            r"|\bour readers (?:get|save|receive|enjoy)\b"
        ),
        2,
    ),
    Sign(
        "has a sponsor, or nobody beside it",
        "look no further|our sponsor",
        _any_of(r"\b(?:look no further|our sponsors?)\b"),
        2,
    ),
    Sign(
        "changes the subject",
        "speaking of|note|by the way",
        _any_of(rf"{_STARTS}(?:speaking of|on a (?:related|similar) note|by the way)\b[^,.]*"),
    ),
    Sign(
        "puts itself in its reader’s place",
        "need|you",
        _any_of(
            r"\bwhatever the (?:size|kind|age|state) of your\b",
            r"\b(?:when (?:you|businesses|companies|teams|your \w+) needs?|(?:if|whether) you(?:[’']re| are| need"
            r"| want)|(?:ideal|perfect|great) for (?:your|any|every) \w+|your (?:business|team|company|home|needs))\b",
        ),
    ),
    Sign(
        "says whom everybody buys from",
        "turn to|rely on|choose|trust|check out",
        _any_of(
            r"\b(?:(?:many|businesses|companies|professionals|engineers|organi[sz]ations|teams|experts|manufacturers)"
            r" (?:\w+ )?(?:turn to|rely on|choose|trust)|check out"
            r"|trusted by (?:thousands|millions|hundreds|leading|over|more|the world))\b"
        ),
    ),
    Sign(
        "praises a supplier",
        "supplier|provider|manufacturer|vendor|source|distributor|reseller|dealer|destination|choice"
        "|marketplace|retailer|brand|range|selection",
        _any_of(
            r"(?<!\w)(?:leading|premier|trusted|top(?:-rated)?|#1|number one|go-to|best|favou?rite)(?:[ -][\w-]+)"
            r"{0,3}? (?:suppliers?|providers?|manufacturers?|vendors?|source|distributors?|resellers?|dealers?"
            r"|destination|choice|marketplace|retailers?|brand)\b|\bthe (?:widest|largest|finest) (?:range|selection)\b"
        ),
    ),
    Sign(
        "lures with a price",
        "%|save|limited|money-back|last|free|deals",
        _any_of(
            r"\b(?:\d+ ?% off|save (?:up to )?(?:[$€£]\d|\d+ ?%)|limited[- ]time offer|money-back guarantee"
            r"|while (?:stocks?|supplies) lasts?|free (?:shipping|trial|months?)|months? free"
            r"|the best deals on)\b"
        ),
    ),
    Sign(
        "sends its reader to an address",
        "visit|head|learn more|find|available at|go to",
        _any_of(
            rf"\b(?:visit|head (?:over )?to|learn more at|find \w+(?: \w+)? at|available at|go to) (?:us at )?{WEB}"
        ),
    ),
    Sign(
        "reports what somebody said",
        "said|says|told|reported|announced|according to",
        _any_of(r"\b(?:said|says|told|reported|announced|according to)\b"),
        -1,
    ),
)
