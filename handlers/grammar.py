"""The words after the command, the same for every surface, and what they ask for."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz.distance import OSA

from handlers import orders

#: from "numbers" on, what goes on from a reply before, or cannot; from "hello" on, what is said to the bot itself
Verb = Literal[
    "ask", "figures", "summary", "sources", "status", "help", "add", "follow", "unfollow", "digest",
    "numbers", "said", "where", "more", "unclear",
    "hello", "thanks", "okay", "about", "bye", "forget",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants: a verb and the words it is about."""

    verb: Verb
    #: the question, the topic, the document; ``""`` where the verb takes none or none was given
    about: str = ""
    #: the verb as typed, where it was misspelled
    misspelled: str | None = None
    #: it was called an article: ``about`` names a document rather than a topic
    names_document: bool = False


#: every word that names a verb; anything else begins a question
VERBS: Final[dict[str, Verb]] = {
    "figures": "figures",
    "summary": "summary",
    "summarize": "summary",
    "summarise": "summary",
    "tldr": "summary",
    "sources": "sources",
    "documents": "sources",
    "articles": "sources",
    "status": "status",
    "help": "help",
    "add": "add",
    "follow": "follow",
    "unfollow": "unfollow",
    "digest": "digest",
}
_GREETING: Final = r"(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|morning)"
_EVERYBODY: Final = r"(?: (?:there|all|everyone|everybody|team|folks|bot|alibaba|again|to you))*"
#: what people say to the bot rather than ask the documents: verb → whole messages, in lower case, without punctuation
SAID: Final[dict[Verb, tuple[str, ...]]] = {
    "hello": (_GREETING + _EVERYBODY, r"how (?:are|r) you(?: doing)?(?: today)?"),
    "thanks": (
        r"(?:ok |okay |great |perfect )?(?:many |no )?(?:thanks|thank you|thx|cheers)"
        r"(?: (?:a lot|so much|very much|again|all|for (?:the|your) (?:help|answers?)))*" + _EVERYBODY,
    ),
    "bye": (r"(?:good)?bye(?: bye)?", r"good night", r"see you(?: later| soon| tomorrow)?"),
    "okay": (
        r"ok|okay|k|yes|yes please|yep|yeah|no|nope|sure|all right|alright",
        r"fine|good|great|nice|cool|perfect|got it|i see|understood",
    ),
    "about": (
        r"(?:so )?what (?:can|do) you do(?: for (?:me|us))?",
        r"what can (?:i|we) (?:do|ask)(?: you| here)?",
        r"how (?:do|does|can) (?:you|this|it|the bot) work",
        r"how (?:do|can) (?:i|we) (?:use (?:you|this|it)|ask(?: you)?)",
        r"(?:who|what) are you|what is this|(?:can you )?help (?:me|us)|can you help",
    ),
    "sources": (
        r"(?:what|which) (?:documents|articles|sources|files|texts) do you (?:have|read|know|use|search)",
        r"(?:what|which) (?:documents|articles|sources|files|texts) (?:have you (?:got|read)|are (?:there|indexed))",
        r"what (?:do you|have you) read|what are (?:your|the) (?:documents|articles|sources)",
        r"where do you get your (?:answers|information)(?: from)?",
    ),
    "forget": (
        r"(?:please )?forget (?:about )?(?:me|my questions|(?:all|everything|what) i(?: have|ve)? (?:asked|said))",
        r"(?:delete|erase) (?:all )?my (?:data|questions|history)",
    ),
    "digest": (
        r"(?:so )?(?:what(?: s|s| is) new|(?:is there )?anything new|any news)(?: here| today| this (?:morning|week))?",
    ),
    "status": (r"ping|are you (?:there|alive|awake|up|working)",),
}
_LONGEST_SAID: Final = 80
#: these stand alone: with a word after them it is a question ("sources of revenue?", "status of the IPO")
_ALONE: Final[frozenset[Verb]] = frozenset({"sources", "status", "help"})
#: these are about a web address: with other words after them it is a question ("add up the pledges")
_OF_ADDRESSES: Final[frozenset[Verb]] = frozenset({"add", "follow"})
_ADDRESS: Final = re.compile(r"(?:https?://|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?=[/:?#\s]|$))\S*", re.I)
#: a word or three after "add" or "follow" that are no address, nor what makes a question of them: "add up the pledges"
_NO_ADDRESS: Final = re.compile(
    r"(?!(?:up|to|the|an?|on|in|into|from|for|by|with|through|together|more|and|vs?|suit)\b)\S+(?: \S+){0,2}", re.I
)
#: what may follow them all the same: "list the sources you have"
_NOTHING_MORE: Final = re.compile(r"|(?:that )?you (?:have|read|know|use|search)|there are|here|again", re.I)
_LINK: Final = re.compile(r"(?:of|about|on|for)\s+(?=\S)", re.I)
#: a greeting before something else; without a comma only where a question or an order evidently follows
_GREETED: Final = re.compile(
    rf"{_GREETING}{_EVERYBODY}(?:\s*,\s*|\s*[!.:–-]+\s+|\s+(?=(?:what|who|when|where|why|how|which|is|are|does|do|did|can"
    r"|could|please|show|give|list|tell|summar)))(?=\w)",
    re.I,
)
#: "show me the", "can you give us a", "please", "what are the": what comes before an order
_LEAD: Final = re.compile(
    r"(?:(?:please|pls|kindly|can you|could you|would you|will you),? )*"
    r"(?:(?:(?:show|give|get|make|write|tell)(?: me| us)?|list(?: me| us)?|display"
    r"|i(?:[’']d| would)? (?:like|want|need)(?: to see)?)(?: all| the| your| a| of)* |what are (?:the|your|all the) )?",
    re.I,
)
#: before words that are a question whatever they order, as those of somebody's message are
LITERALLY: Final = "ask: "
_PLEASE: Final = re.compile(r"(?: ?,)? (?:please|pls|thanks|thank you)[ .!?]*$", re.I)
_ARTICLE: Final = r"(?:the |this |that |an? |your )?"
#: a document by what it is about or called; the group is its name
_NAMED: Final = (
    re.compile(
        _ARTICLE + r"(?:article|document|text|piece) (?:about|on|of|from|called|named|titled|entitled) (.+)", re.I
    ),
    re.compile(_ARTICLE + r"(.+) (?:article|document)", re.I),
)
#: a document that is not named at all
_UNNAMED: Final = re.compile(
    r"(?:(?:the|this|that|all|these|your|an?) )*(?:articles?|documents?|text|all|everything|it|this|that|them)", re.I
)
#: "which document talks about Taobao?": every answer names its documents, so the rest is the question
_WHICH: Final = re.compile(
    r"(?:which|what) (?:documents?|articles?|texts?|sources?) (?:(?:talk|speak|write)s? (?:about|of|on)|mentions?"
    r"|discuss(?:es)?|covers?|(?:is|are) (?:about|on)) (.+)",
    re.I,
)
#: after "figures" or "summary" these make a sentence rather than an order
_SENTENCE: Final = frozenset(
    "is are was were do does did has have had can could will would should may might say says show shows "
    "suggest suggests mean means that which who".split()
)
#: right words within a slip of a verb
_NOT_SLIPS: Final = frozenset(
    "figure figured failures fissures fixtures figurines fires futures figural fugues sourced states statue statues "
    "stats stratus summer summers summery summarily summarized summarised summarizes summarises summarizer "
    "summat summa sugary submarine summative held helps helm heap hell hemp documented particles "
    "digested digests digestion digestive digit digits divest diet direst".split()
)


def parse(words: str) -> Request:
    """What ``words`` ask for; nothing at all asks for help.

    >>> parse("show me the figures on cloud spending").about
    'cloud spending'
    >>> parse("figurs cloud").misspelled
    'figurs'
    >>> parse("sources of revenue?").verb
    'ask'
    """
    text = " ".join(words.split())
    if not text.strip("?!. "):
        return Request("help")
    if text.startswith(LITERALLY):
        return Request("ask", text.removeprefix(LITERALLY))
    if said := _said(text):
        return Request(said, "preview" if said == "digest" else "")
    if re.fullmatch(r"https?://\S+", text):
        return Request("add", text)
    text = _GREETED.sub("", text, count=1) if _GREETED.match(text) else text
    return _order(text) or _question(text)


def _said(text: str) -> Verb | None:
    """The verb of a message that only speaks to the bot; Slack's names of emoji do not count."""
    if len(text) > _LONGEST_SAID:
        return None
    spoken = " ".join(re.sub(r":[\w+-]+:|[^\w\s]", " ", text.casefold()).split())
    return next((verb for verb, patterns in SAID.items() if re.fullmatch("|".join(patterns), spoken)), None)


def _question(text: str) -> Request:
    which = _WHICH.fullmatch(text)
    return Request("ask", which.group(1) if which else text)


def _order(text: str) -> Request | None:
    """The order ``text`` is; ``None`` when it is a question."""
    lead = _LEAD.match(text)
    first, _, rest = text[lead.end() if lead else 0 :].partition(" ")
    word = first.rstrip("?:,.!").casefold()
    known = word if word in VERBS else _meant(word)
    rest = _PLEASE.sub("", f" {rest}").strip().rstrip("?! ")
    if known is None or not _is_order(VERBS[known], rest):
        return None
    verb, misspelled = VERBS[known], first if known != word else None
    if verb in _ALONE:
        return Request(verb, "", misspelled)
    if verb == "digest":
        return Request(verb, rest, misspelled)
    if verb in _OF_ADDRESSES and not _ADDRESS.match(rest):
        return Request(verb, "", misspelled)
    about = _LINK.sub("", rest, count=1) if _LINK.match(rest) else rest
    return _of_document(about, misspelled) if verb == "summary" else Request(verb, about, misspelled)


def _of_document(about: str, misspelled: str | None) -> Request:
    if _UNNAMED.fullmatch(about):
        return Request("summary", "", misspelled)
    named = next((match.group(1) for pattern in _NAMED if (match := pattern.fullmatch(about))), None)
    return Request("summary", named or about, misspelled, named is not None)


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
    if verb in _OF_ADDRESSES:
        return not rest or bool(_ADDRESS.match(rest) or _NO_ADDRESS.fullmatch(rest))
    if verb == "digest":
        return orders.read(rest) is not None
    if verb in _ALONE:
        return bool(_NOTHING_MORE.fullmatch(rest.strip("?!. ")))
    return rest.split(" ")[0].casefold() not in _SENTENCE
