"""The ways a name or a code may be written, made alike: ``GPT-4``, ``gpt4`` and ``GPT 4``; ``R&D``; 阿里巴巴集团.

A text is extended by the other forms of what stands in it, a question likewise, so that the two meet in one of them.
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
        | (?:[^\W\d_]\.){2,}                        # A.I.
        | [^\W\d_]++\d[^\W_]* | \d++[^\W_]+         # gpt4, 52bn
        | (?<=\d\s)[bmt]n\b                         # 52 bn
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_WHOLE = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"\d+|[^\W\d_]+")
#: A scale after a number → its word.
MAGNITUDES = {"bn": "billion", "mn": "million", "tn": "trillion"}


def question_forms(text: str) -> str:
    """A question and the other forms of its codes; of a run of signs without blanks any two neighbours.

    >>> question_forms("What is GPT-4?")
    'What is GPT-4? GPT4'
    """
    plain = _apart(text)
    return " ".join([plain, *_codes(plain), *_signs(plain, single=False)])


def passage_forms(text: str) -> str:
    """A passage and the other forms of its codes; of a run of signs also every sign alone."""
    plain = _apart(text)
    return " ".join([plain, *_codes(plain), *_signs(plain, single=True)])


def vocabulary_forms(text: str) -> str:
    """A text and the words within its codes, for spelling: in ``Qwen3`` stands ``Qwen``."""
    plain = _apart(text)
    return " ".join([plain, *(piece for code in _CODE.findall(plain) for piece in _pieces(code))])


def _apart(text: str) -> str:
    """One code point for what looks the same, and runs of signs set off from the letters around them."""
    return text if text.isascii() else _RUN.sub(r" \g<0> ", normalize("NFKC", text))


def _codes(text: str) -> Iterator[str]:
    for code in _CODE.findall(text):
        if not code.isalnum():
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
