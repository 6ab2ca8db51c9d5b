"""Lines that say of the text below them that somebody paid for it: "Sponsored content", "Paid for by Acme Ltd."."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from content.documents import Document, Passage

_LABELS: Final = (
    r"sponsored(?: (?:content|post|article|message|section|feature|stor(?:y|ies)|links?))?",
    r"paid (?:post|content|promotion|programme?|partnership|advertisement)",
    r"advertorial|advertisement(?: feature)?|partner(?:ed)? content|promoted(?: content| post)?",
    r"brand ?(?:studio|post|content|voice)|(?:special )?advertising (?:section|feature)",
)
ANY_LABEL: Final = f"(?:{'|'.join(_LABELS)})"
_DONE: Final = "sponsored|presented|brought to you|promoted|paid for"
_BY: Final = rf"(?:{_DONE}) by [^.,;!?]{{1,60}}"
#: Whoever pays: words with a capital, or an address. What goes on in small letters is a sentence: “by Acme the race …”.
_WORD: Final = r"(?:(?=[a-z]{0,2}[A-Z\d])[\w&’'+-]+(?:\.\w+)*|(?![a-z]{0,2}[A-Z\d])[\w-]+(?:\.[\w-]+)+)"
_PAYER: Final = (
    rf"(?-i:(?:(?:the|our|an?) )*(?:{_WORD}|partners?|advertisers?|sponsors?)(?: (?:(?:and|of|the|for|&) )*{_WORD})*"
    r"(?:[.,]{1,2} ?(?:Co|Ltd|Inc|LLC|Corp|Limited|PLC|GmbH|AG))*)"
)

#: A title, heading or line of its own that says what follows is paid for.
SAYS_PAID: Final = re.compile(
    rf"\W*(?:{ANY_LABEL}(?:\.|\s*(?:[:|\]–—-].*)?)|{_BY}"
    rf"|(?:{ANY_LABEL},? (?:(?:{_DONE}) )?|(?:{_DONE}) )by {_PAYER}\.?"
    rf"|(?:in )?(?:a )?paid partnership with {_PAYER}\.?)[\s\])*_]*",
    re.IGNORECASE,
)
#: What is left of a web page where its advertisement was: the text below goes on.
GAP: Final = re.compile(r"\W*advertisements?\W*", re.IGNORECASE)
#: A line above a text that is too short to head anything: the label may stand below it.
_TITLE: Final = re.compile(r".{1,100}(?<![.!?:;,…])")


def labels_above(document: Document, passages: Sequence[Passage]) -> Iterator[str]:
    """The labels that stand above the text of a document: before its first passage, or below its title."""
    for first in passages[:1]:
        under = passages[1] if passages[1:] and _TITLE.fullmatch(first.text) else first
        top = (*document.text[: under.start].splitlines(), under.text)
        above = [line for line in top if not GAP.fullmatch(line)]
        yield from (said for said in (*above, first.heading, first.text) if said and SAYS_PAID.fullmatch(said))
