"""The ways a name or a code may be written, made alike: ``GPT-4``, ``gpt4`` and ``GPT 4``; ``R&D``; 阿里巴巴集团.

A text is extended by the other forms of what stands in it, a question likewise, so that the two meet in one of them.
What is grammar in small letters and a name in capitals ("US") has one form that only the name has.
"""

import re
from collections.abc import Iterator
from unicodedata import normalize

#: Scripts written without blanks: Thai, Lao, Burmese, Khmer, kana, Chinese characters, Hangul.
_RUN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff"
    "\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_CODE = re.compile(
    r"""(?<![^\W_])(?:
        [^\W_]++(?:(?:[-‐‑–_]|\s?&\s?)[^\W_]++)+    # Model-as-a-Service, Qwen3-235B, R & D
        | [^\W\d_]++\d[^\W_]* | \d++[^\W_]+         # gpt4, 52bn
        | (?<=\d\s)[bmt]n\b                         # 52 bn
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_STARTS, _ENDS = r"(?<![^\W_])", r"(?![^\W_])"
#: Letters around "&" and letters with full stops, which are one word: AT&T, R & D, U.S. A look ahead halves the time.
_AROUND = r"(?=\w{1,2}\s?&)(?:[^\W\d_]{1,2}&[^\W\d_]|[^\W\d_]&[^\W\d_]{2}|[^\W\d_]\s&\s[^\W\d_])"
_STOPPED = r"(?=\w\.)(?<![^\W\d_]\.)(?:[^\W\d_]\.){2,}"
LETTERS = rf"{_STARTS}(?:{_AROUND}|{_STOPPED}){_ENDS}"
_LETTERS = re.compile(LETTERS)
#: An acronym with the s of its plural, which no stemmer takes away: LLMs, GPUs; written small, those that can be told.
_ACRONYMS = r"(?P<one>[A-Z]{2,}(?=s)|(?i:[bcdfghjklmnpqrtvwxz]{3,}|[cgnt]pu|pc|tv|vm))[sS]"
_PLURAL = re.compile(rf"{_STARTS}{_ACRONYMS}{_ENDS}")
#: They say whose a name is and are no part of it; NFKC makes letters of them.
_SIGNS = re.compile("[™®℠]")
_DOTTED = r"(?i:U\.S\.|I\.T\.|W\.H\.O\.)"
_SPELLED = r"United States|[Ii]nformation [Tt]echnology|World Health Organi[sz]ation"
#: Names that are words of grammar but for their capitals, as documents write them …
_WRITTEN = rf"(?=[UuIiWwM])(?:US|IT|WHO|Will|May|{_DOTTED}|(?<=\b[Tt]he )us|{_SPELLED})"
_NAME = re.compile(rf"{_STARTS}{_WRITTEN}{_ENDS}")
#: … as a question does, which may begin with any word and stress its "WHO" …
_ASKED = re.compile(
    rf"{_STARTS}(?:US|IT|(?<!^)WHO|WHO(?=\W*$)|{_DOTTED}|(?<=\b[Tt]he )us|[a-z]+,? (?:Will|May)){_ENDS}"
)
#: … and as one in nothing but capitals does.
_SHOUTED = re.compile(rf"(?<=\bTHE )(?:US|IT|WHO){_ENDS}")
#: Words up to which a question in capitals is a name or two.
_NAMES = 2
#: All that is compared in another form than it is written in: one look takes half the time of three.
_OTHERWISE = re.compile(rf"{_STARTS}(?:{_AROUND}|(?P<name>{_WRITTEN})|{_STOPPED}|{_ACRONYMS}){_ENDS}")
#: What ends the form of such a name: a letter that no word has.
_MARK = "ʘ"
_WHOLE = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"\d+|[^\W\d_]+")
#: A scale after a number → its word.
MAGNITUDES = {"bn": "billion", "mn": "million", "tn": "trillion"}


def question_forms(text: str) -> str:
    """A question and the other forms of its codes and names; of a run of signs without blanks any two neighbours.

    >>> question_forms("What is GPT-4?")
    'What is GPT-4? GPT4'
    """
    plain = _PLURAL.sub(r"\g<one>", _apart(text))
    return " ".join([named(plain), *_codes(plain), *_signs(plain, single=False)])


def passage_forms(text: str) -> str:
    """A passage and the other forms of its codes and names; of a run of signs also every sign alone."""
    plain = _PLURAL.sub(r"\g<one>", _apart(text))
    return " ".join([plain, *_codes(plain), *_signs(plain, single=True), *map(_as_name, _NAME.findall(plain))])


def names_asked(question: str) -> Iterator[re.Match[str]]:
    """Where a question has a name that is grammar but for its capitals; each match ends with it.

    >>> [match.group() for match in names_asked("Who is it that tells us of the US, IT and the WHO?")]
    ['US', 'IT', 'WHO']
    """
    return _asked_in(question).finditer(question)


def named(question: str) -> str:
    """A question with these names in the form that only names have, so that no "WHO" asks for a person."""
    return _asked_in(question).sub(lambda match: f"{match.group().replace('.', '')}{_MARK}", question)


def _asked_in(question: str) -> re.Pattern[str]:
    shouted = question.isupper() and len(question.split()) > _NAMES
    return _SHOUTED if shouted else _ASKED


def is_name(word: str) -> bool:
    """Whether capitals make a name of a word that is grammar without: US, U.S., WHO, May."""
    return bool(_NAME.fullmatch(word))


def comparable(text: str) -> str:
    """A text as it is compared word by word: letters that are one word put together, plurals and names told.

    >>> comparable("AT&T rents GPUs")
    'ATT rents GPU'
    """
    return _OTHERWISE.sub(_compared, _plain(text))


def _compared(match: re.Match[str]) -> str:
    if name := match["name"]:
        return f"{name} {_as_name(name)}" if " " in name else _as_name(name)
    return match["one"] or "".join(_WHOLE.findall(match.group()))


def vocabulary_forms(text: str) -> str:
    """A text and the words within its codes, for spelling: in ``Qwen3`` stands ``Qwen``."""
    plain = _apart(text)
    return " ".join([plain, *(piece for code in _CODE.findall(plain) for piece in _pieces(code))])


def _as_name(name: str) -> str:
    """The form that only such a name has; of one spelled out, that of its initials."""
    return ("".join(word[0] for word in name.split()) if " " in name else name.replace(".", "")) + _MARK


def _plain(text: str) -> str:
    """One code point for what looks the same."""
    return text if text.isascii() else normalize("NFKC", _SIGNS.sub(" ", text))


def _apart(text: str) -> str:
    """The same, and runs of signs set off from the letters around them."""
    return text if text.isascii() else _RUN.sub(r" \g<0> ", _plain(text))


def _codes(text: str) -> Iterator[str]:
    yield from ("".join(_WHOLE.findall(letters)) for letters in _LETTERS.findall(text))
    for code in _CODE.findall(text):
        if not (code.isalnum() or _LETTERS.fullmatch(code)):
            yield "".join(_WHOLE.findall(code))
        for piece in _pieces(code):
            yield MAGNITUDES.get(piece.lower(), piece)


def _pieces(code: str) -> list[str]:
    """The letters and the digits of the words that mix them, each apart."""
    mixed = [word for word in _WHOLE.findall(code) if not (word.isalpha() or word.isdecimal())]
    alone = [code] if code.lower() in MAGNITUDES else []
    return alone + [piece for word in mixed for piece in _PIECE.findall(word)]


def _signs(text: str, single: bool) -> Iterator[str]:
    if text.isascii():
        return
    for run in _RUN.findall(text):
        if len(run) > 1:
            yield from (run[at : at + 2] for at in range(len(run) - 1))
        if single and len(run) > 1:
            yield from run
