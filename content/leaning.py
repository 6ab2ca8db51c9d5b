"""Whether a sentence can stand alone: many are about something named before them, or go on from what was said there."""

import re

from content.passages import MARKS

#: A sentence that opens so is about something named before it.
_LEANS = re.compile(
    r"(?:Here[’']s|It|Its|It[’']s|They|They[’'](?:re|ve)|Their|He|She|His|Her|This|That|That[’']s|These|Those|Such|Both"
    r"|None|Another|Second|Third|Fourth|The (?:company|firm|group|figure|funds|moves?|deal|plan|strategy|same|latter"
    r"|former|result|second|third|(?:larg|bigg|deep|broad|strong)er|more|\w+ \w+ giant))\b"
    r"|(?:\S+ ){1,4}(?:this|these|such) (?!year|month|week|quarter|decade|time)[a-z]|.*\bto do (?:that|so)\b"
    r"|.*\bthat (?:kind|sort|type|way|role|logic|status|case|point|view|approach)\b"
    r"|(?:What|How|Why|Where)\b[^,]*? (?:it|they|its|their)\b"
)
_GOES_ON = re.compile(
    r"(?:However|Moreover|Furthermore|Instead|Also|But|And|So|Yet|Nor|Then|Meanwhile|Still|Otherwise|Therefore|Thus|Hence"
    r"|Similarly|Likewise|Finally|Ultimately|Basically|Here|Of course|In that (?:sense|case)|For (?:that|this) reason"
    r"|As a result|In (?:turn|addition|other words|fact|particular|short|contrast)|Put together|Despite"
    r"|On the other hand|Once|Now(?=,)|Indeed|For (?:example|instance)|After all|Even so|That said|Again"
    r"|Speaking of|More importantly|Perhaps|By contrast|Either way|Above all)\b"
)


def leans(sentence: str) -> bool:
    """Whether a sentence is about something named before it.

    >>> leans("They pledged more."), leans("Alibaba pledged more.")
    (True, False)
    """
    return bool(_LEANS.match(sentence.lstrip(MARKS)))


def goes_on(sentence: str) -> bool:
    """Whether a sentence goes on from what was said before it.

    >>> goes_on("However, costs fell."), goes_on("Costs fell.")
    (True, False)
    """
    return bool(_GOES_ON.match(sentence.lstrip(MARKS)))
