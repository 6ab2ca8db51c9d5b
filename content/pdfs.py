"""PDF → its text, put together from lines into paragraphs, without running heads and page numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from content.encodings import clean
from content.errors import Malformed, TooLarge
from content.layout import Part, laid_out
from content.pagedata import written_date

LONGEST_PDF = 2_000
#: A running head stands on at least so many pages, and on more than half of them.
_RUNNING = 3
#: A line shorter than this share of its page's long lines ends its paragraph.
_SHORT = 0.75
#: A closed line shorter than this one does, too.
_FULL = 0.9
_HYPHEN = re.compile(r"\w-$")
_CLOSED = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_LIST = re.compile(r"(?:[-*•‣▪–]|\d{1,2}[.)])\s")
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")
_NO_TITLE = re.compile(r"^(?:Microsoft Word|untitled|about:blank$)|\.(?:docx?|indd|pdf|tex|qxd|pptx?)$", re.IGNORECASE)


def parse(data: bytes, about: Mapping[str, str]) -> dict[str, Any]:
    """The "text", the "headings" (none are told) and the "fields" of a PDF; its date is always an inferred one."""
    if b"%PDF-" not in data[:1024]:
        raise Malformed("this is no PDF but a file of another kind")
    try:
        reader = _opened(data)
        pages = [_lines(page.extract_text()) for page in reader.pages]
        fields = _fields(reader)
    except PyPdfError as error:
        raise Malformed("the PDF is damaged and cannot be read") from error
    text, headings = laid_out(list(_paragraphs(_without_running(pages))))
    if not text:
        raise Malformed("there is no text in the PDF: its pages may be pictures")
    return {"text": text, "headings": headings, "fields": fields}


def _opened(data: bytes) -> PdfReader:
    reader = PdfReader(BytesIO(data))
    try:
        locked = reader.is_encrypted and not reader.decrypt("")
    except DependencyError:
        locked = True
    if locked:
        raise Malformed("the PDF is locked with a password; save it without one")
    if len(reader.pages) > LONGEST_PDF:
        raise TooLarge(f"the PDF has {len(reader.pages):,} pages, more than the {LONGEST_PDF:,} that are read")
    return reader


def _fields(reader: PdfReader) -> dict[str, str]:
    said = reader.metadata
    title, author = (said.title or "", said.author or "") if said else ("", "")
    made = _DATE.match(str(said.get("/CreationDate", ""))) if said else None
    date = written_date("-".join(made.groups())) if made else None
    found = {"title": "" if _NO_TITLE.search(title.strip()) else title, "author": author, "suggested": date or ""}
    return {key: clean(value).strip() for key, value in found.items() if value.strip()}


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in clean(text).split("\n")]


def _without_running(pages: Sequence[list[str]]) -> list[list[str]]:
    """Pages without the first and last lines that are the same on most of them but for a number."""
    edges = [[line for line in page if line] for page in pages]
    seen = Counter(each for page in edges for each in {_numberless(line) for line in (page[:1] + page[-1:])})
    running = {line for line, count in seen.items() if count >= _RUNNING and count * 2 > len(pages)}
    kept = []
    for page, lines in zip(pages, edges, strict=True):
        out = {line for line in lines[:1] + lines[-1:] if _numberless(line) in running}
        kept.append([line for line in page if line not in out])
    return kept


def _numberless(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _paragraphs(pages: Sequence[list[str]]) -> Iterator[Part]:
    words = frozenset(re.findall(r"\w+", " ".join(line for page in pages for line in page)))
    paragraph = ""
    for page in pages:
        long = sorted(map(len, page))[len(page) * 9 // 10] if page else 0
        for line in page:
            if not line or _LIST.match(line):
                yield Part(paragraph)
                paragraph = ""
            paragraph = _joined(paragraph, line, words)
            if _ends_paragraph(line, long):
                yield Part(paragraph)
                paragraph = ""
    yield Part(paragraph)


def _ends_paragraph(line: str, long: int) -> bool:
    if _HYPHEN.search(line):
        return False
    return len(line) < _SHORT * long or (bool(_CLOSED.search(line)) and len(line) < _FULL * long)


def _joined(before: str, line: str, words: frozenset[str]) -> str:
    """Two lines as one; a hyphen at the end goes only where the document has the whole word elsewhere.

    >>> _joined("cloud infra-", "structure", frozenset(["infrastructure"])), _joined("long-", "term", frozenset())
    ('cloud infrastructure', 'long-term')
    """
    if not _HYPHEN.search(before):
        return f"{before} {line}".strip()
    first, second = re.findall(r"\w+", before)[-1], re.match(r"\w+", line)
    whole = second and first + second[0] in words
    return (before[:-1] if whole else before) + line
