"""A document's text → its paragraphs and their sentences, with offsets into that text.

A paragraph is a line, or several lines that were wrapped at a fixed width. Headings are counted, as a reader
would count them, but stand above the passages that follow instead of being passages themselves; so does the row of a
table that names its columns.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import sentencex

from content.documents import Document, Passage, Sentence
from content.grids import CELLS, rows

#: A paragraph longer than this is read as several: a passage is something one can show.
LONGEST_PASSAGE = 2_000
#: Lines of one paragraph that were wrapped by an editor are no longer than this.
_WRAP_WIDTH = 120
_SHORTEST_WRAPPED = 50
_LONGEST_HEADING = 100

_BULLET = re.compile(r"[-*•‣▪–]\s+")
_CLOSED = re.compile(r"[.!?:;,…。！？][\"'”’»)\]]*$")

Span = tuple[int, int]


def passages(document: Document) -> tuple[Passage, ...]:
    """The passages of a document in reading order. Which lines are headings, the document says itself or their looks.

    >>> text = "Chips\\nNew chips are made at home now, says the firm.\\n"
    >>> [(p.number, p.heading, p.text) for p in passages(Document("chips", text))]
    [(2, 'Chips', 'New chips are made at home now, says the firm.')]
    """
    paragraphs = list(_paragraphs(document.text))
    declared = frozenset(document.headings)
    heads = rows([document.text[start:end] for start, end in paragraphs])
    columns = frozenset(heads.values())
    heading = None
    found = []
    for number, (start, end) in enumerate(paragraphs, 1):
        if number - 1 in columns:
            continue
        head = heads.get(number - 1)
        following = paragraphs[number] if number < len(paragraphs) and head is None else None
        if following and (start in declared or (not declared and _is_heading(document.text, (start, end), following))):
            heading = document.text[start:end]
        else:
            above = heading if head is None else document.text[slice(*paragraphs[head])]
            found.append(Passage(document.id, number, start, end, document.text[start:end], above))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[Span]:
    for start, end in _joined(text, list(_lines(text))):
        yield from _cut(text, start, end)


def _lines(text: str) -> Iterator[Span]:
    """Non-blank lines without their indentation and bullets."""
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        if not (stripped := line.strip()):
            continue
        start = match.start() + line.index(stripped)
        bullet = _BULLET.match(stripped)
        yield start + (bullet.end() if bullet else 0), start + len(stripped)


def _joined(text: str, lines: list[Span]) -> Iterator[Span]:
    """Lines wrapped at a fixed width, put together again."""
    if not lines:
        return
    start, end = lines[0]
    for before, line in pairwise(lines):
        if _wrapped(text, before, line):
            end = line[1]
        else:
            yield start, end
            start, end = line
    yield start, end


def _wrapped(text: str, before: Span, line: Span) -> bool:
    between = text[before[1] : line[0]]
    fits = _SHORTEST_WRAPPED <= before[1] - before[0] <= _WRAP_WIDTH and line[1] - line[0] <= _WRAP_WIDTH
    return fits and between.count("\n") == 1 and not between.strip() and not _CLOSED.search(text[before[0] : before[1]])


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """An overlong paragraph at its last sentence end, else its last blank, that still fits."""
    while end - start > LONGEST_PASSAGE:
        window = text[start : start + LONGEST_PASSAGE]
        cut = max(window.rfind(". "), window.rfind("? "), window.rfind("! ")) + 1
        cut = cut if cut > LONGEST_PASSAGE // 2 else max(window.rfind(" "), 0)
        cut = cut if cut > LONGEST_PASSAGE // 2 else LONGEST_PASSAGE
        yield start, start + cut
        start += cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _is_heading(text: str, span: Span, following: Span) -> bool:
    """Short, not closed like a sentence, no row of a table, and above something longer."""
    line = text[span[0] : span[1]]
    longer = following[1] - following[0] > span[1] - span[0]
    title = line[:1] != line[:1].lower() and not _CLOSED.search(line) and CELLS not in line
    return len(line) <= _LONGEST_HEADING and longer and title


def sentences(passage: Passage) -> tuple[Sentence, ...]:
    """The sentences of a passage; offsets are the document's. What no full stop ends comes in parts."""
    return tuple(
        Sentence(passage.text[start:end], passage.start + start, passage.start + end)
        for start, end in _remembered_spans(passage.text)
    )


@lru_cache(maxsize=1 << 12)
def _remembered_spans(passage: str) -> tuple[Span, ...]:
    """Passages are bounded, and those that answer one question often answer the next."""
    return tuple(part for span in sentence_spans(passage) for part in _parts(passage, *span))


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence as it is; one too long to be quoted in parts that end behind a clause, else behind a word."""
    while end - start > LONGEST_SENTENCE:
        room = text[start : start + LONGEST_SENTENCE]
        length = next((match.end() for pattern in _PARTS if (match := pattern.match(room))), len(room))
        yield _trimmed(text, (start, start + length))
        start, end = _trimmed(text, (start + length, end))
    if start < end:
        yield start, end


#: Characters of a sentence that can be quoted; where a longer one is cut: clauses, cells and list items, words.
LONGEST_SENTENCE = 700
_PARTS = tuple(re.compile(pattern, re.DOTALL) for pattern in (r".*[;:,|–](?=\s)", r".*(?=\s)"))
_QUOTE = re.compile(r"[\"“”«»]")
_CLOSING = re.compile(r"[\"”»’')\]]+")
#: Marks that open what comes next, at the end of a piece: after a blank and before none, or such as can only open.
_OPENING = re.compile(r"(?<=\s)(?:[\"“”«»„‘'(\[]+|[“«„‘(\[]+\s+)$")
#: Marks before and behind the words of a sentence.
MARKS = "\"“”«»„‘’'()[]"
#: A full stop after these, though followed by a capital, ends no sentence.
_ABBREVIATED = re.compile(r"(?:\b(?:approx|est|p\.m|a\.m|y/y|q/q|vs|No|Inc|Corp|Co|Ltd|Mr|Mrs|Ms|Dr|U\.S))\.$")
_ENDS_COMPANY = re.compile(r"(?:\b(?:p\.m|a\.m|Inc|Corp|Co|Ltd|U\.S))\.$")
_ASKED = re.compile(r"(?:[A-Z]\w+\s){1,3}(?:asked|said|says|wrote|added)\b")


def sentence_spans(text: str) -> tuple[Span, ...]:
    """Half-open spans of the sentences in one paragraph.

    sentencex keeps a quotation of several sentences in one piece and splits after some abbreviations: double
    quotes are masked with blanks of equal length, and what was split wrongly is joined again.

    >>> text = '“We grow. We invest,” Joe Tsai said. Sales rose to approx. 5 billion yuan.'
    >>> [text[a:b] for a, b in sentence_spans(text)]
    ['“We grow.', 'We invest,” Joe Tsai said.', 'Sales rose to approx. 5 billion yuan.']
    """
    spans: list[Span] = []
    for start, end in _split(text):
        if spans and _belongs(text, spans[-1], start, end):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(_trimmed(text, span) for span in spans if text[span[0] : span[1]].strip())


def _split(text: str) -> Iterator[Span]:
    """sentencex's pieces, each with the marks that close it and those that open it."""
    masked = _QUOTE.sub(" ", text)
    offset = kept = 0
    opening = None
    for piece in sentencex.segment("en", masked):
        offset = masked.index(piece, offset) + len(piece)
        closing = _CLOSING.match(text, kept)
        if closing and kept and text[kept] in "”»)]" and not opening:
            yield kept, closing.end()
            kept = closing.end()
        opening = _OPENING.search(text, kept, offset) if offset < len(text) else None
        end = opening.start() if opening else offset
        if kept < end:
            yield kept, end
            kept = end


def _belongs(text: str, before: Span, start: int, end: int) -> bool:
    """Whether a piece continues the sentence before it."""
    previous, piece = text[before[0] : before[1]].rstrip(), text[start:end].strip()
    if not piece.strip(MARKS):
        return True
    if _ABBREVIATED.search(previous):
        return not (_ENDS_COMPANY.search(previous) and piece.lstrip(MARKS)[:1].isupper())
    return previous.endswith(("?”", "!”", '?"', '!"')) and bool(_ASKED.match(piece))


def _trimmed(text: str, span: Span) -> Span:
    piece = text[span[0] : span[1]]
    return span[0] + len(piece) - len(piece.lstrip()), span[1] - len(piece) + len(piece.rstrip())
