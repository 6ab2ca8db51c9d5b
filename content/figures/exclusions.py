"""What looks like a number and is no figure: dates, times, ordinals, labels, idioms."""

import re
from functools import lru_cache

from content.figures.numerals import Token

_MONTHS = """january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec""".split()
_LABELS = """no nos number unit section chapter page level channel room phase title tier group version game week day
    step part volume figure table category type class model round stage article series highway route generation
    line""".split()
_INDEXES = "ftse fortune nikkei csi russell stoxx asx cac dax dow topix forbes big top sp".split()
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
#: Behind a number: it is an amount after all.
_AMOUNT = r"(?![,.]\d| ?(?:%|per ?cent|hundred|thousand|billion|million|bn\b))"
#: In lower case, tried at numbers and at the words of ``_FIRST``.
_PATTERNS = (
    rf"{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? (?:19|20)\d\d\b)?{_AMOUNT}",  # May 4, Oct. 31, 2025
    rf"\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\b\.?(?:,? \d{{4}}\b)?",  # 4 May 2025
    rf"{_MONTH}\.?,? (?:19|20)\d\d\b",  # May 2026
    r"\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b\.?|\d{1,2}:\d\d(?::\d\d)?\b",  # 9.30am, 10:27 PM
    r"\d{1,4}[/.]\d{1,2}[/.]\d{2,4}\b|\d{4}-\d\d-\d\d\b",  # 10/12/2024
    r"\d+(?:st|nd|rd|th)\b|\d{2,4}[’'′]?s\b",  # 21st, 1990s
    r"(?:fy|cy|q[1-4]|h[12])[ -]?(?:of )?[’']?\d{2,4}\b",  # FY2025
    r"[qh][1-4]\b|\d{4} ?[qh][1-4]\b|[1-4][qh](?:\d\d)?\b",  # 2025 Q2
    r"(?:19|20)\d\d[–/-]\d\d(?:\d\d)?\b|(?:19|20)\d\d[’′']",  # 2024-25
    rf"(?:{'|'.join(_LABELS)})\.? ?#?\d+(?:\.\d+)?\b{_AMOUNT}|#\d+",  # No. 1, version 2.5
    rf"(?:{'|'.join(_INDEXES)}|s ?& ?p(?:/\w{{1,9}})?|s p(?:/\w{{1,9}})?) \d{{1,4}}\b{_AMOUNT}",  # S&P 500, Big 12
    r"\d(?:\.\d+)?[×x]10[−^-]?\d*",  # 1.99×10−30
    r"(?:half|quarter|zero|single|double|triple|multi|one|two|three|four|all)"
    r"-(?:digit|coupon|figure|time|off|sided|stop|way|to|on)\b",
    r"(?:(?:a )?(?:million|billion|trillion|64,000)[ -])+dollar (?:question|idea|mistake|baby)\b",
    r"(?:multi-?)?(?:m|b|tr)illion(?:-dollar|aires?)\b",
    r"(?:24/7|9/11|50/50|360-degree|catch-22|zero[ -]sum|fifty-fifty)\b",
)
_FIRST = frozenset(_MONTHS + _LABELS + _INDEXES) | frozenset(
    """fy cy q h s half quarter zero single double triple multi one two three four all million billion trillion
    multimillion multibillion millionaire millionaires billionaire billionaires catch fifty a #""".split()
)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))


def excluded(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens, those of dates, times, labels, ordinals and idioms turned into junk.

    >>> from content.figures.numerals import scan
    >>> line = "No. 1 of the S&P 500 on 4 May 2025"
    >>> [t.text for t in excluded(line, scan(line)) if t.kind != "junk"]
    ['of', 'the', 'on']
    """
    lower = text.lower() if len(text.lower()) == len(text) else text
    past = 0
    kept: list[Token] = []
    for token in tokens:
        if token.start >= past and (token.kind == "number" or token.lower in _FIRST):
            found = None if token.joined and kept[-1].kind == "number" else _pattern().match(lower, token.start)
            past = found.end() if found else past
        kept.append(token._replace(kind="junk") if token.start < past else token)
    return kept
