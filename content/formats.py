"""Files → Documents: one table, file ending → function. Nothing half-read: a document, or an error that says why."""

import datetime
import json
import os
import re
import stat
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from io import BufferedReader, TextIOWrapper
from pathlib import Path

import charset_normalizer
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from content.documents import Document, TitleSource
from content.errors import Malformed, NotText, TooLarge, UnreadableDocument

#: Bytes of a .txt or .md file, or of one line of a .jsonl file, that are still read.
LARGEST_DOCUMENT = 20_000_000
#: What a folder may say about its files; not a document itself.
METADATA_FILE = "index.toml"

_LONGEST_LINE = 1_000_000
#: Characters of a document's id: more is no name.
LONGEST_ID = 255

Fields = dict[str, object]


@dataclass(frozen=True, slots=True)
class Unread:
    """A file, or a line of one, that could not become a document, and why in words."""

    path: str
    error: str


Read = Document | Unread


def documents(path: Path) -> Iterator[Read]:
    """All documents of a file or, sorted by path, of a folder and the folders below it.

    A document's id is the declared one, else its path below the given folder without the ending. Files in a
    folder whose ending nobody reads are passed over; a file that was named is always answered for.
    """
    try:
        kind = path.stat().st_mode
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        yield _unread(path, "there is no such file or folder" if missing else f"cannot be opened: {error.strerror}")
        return
    if stat.S_ISDIR(kind):
        yield from _folder(path)
    elif path.suffix.lower() not in FORMATS:
        yield _unread(path, f"only {', '.join(FORMATS)} files can be read")
    elif not stat.S_ISREG(kind):
        yield _unread(path, "this is no ordinary file")
    else:
        yield from _file(path, path.stem)


def _folder(top: Path) -> Iterator[Read]:
    closed: list[OSError] = []
    found = [Path(folder, name) for folder, _, names in os.walk(top, onerror=closed.append) for name in names]
    for file in sorted(found):
        below = file.relative_to(top)
        if file.suffix.lower() in FORMATS and not any(part.startswith(".") for part in below.parts):
            yield from _file(file, below.with_suffix("").as_posix())
    for error in closed:
        yield _unread(Path(str(error.filename)), f"cannot be opened: {error.strerror}")


def _unread(path: Path, reason: str) -> Unread:
    return Unread(clean(str(path)), reason)


def _file(path: Path, name: str) -> Iterator[Read]:
    try:
        stated = _stated(path)
        yield from FORMATS[path.suffix.lower()](path, name, stated)
    except UnreadableDocument as error:
        yield _unread(path, str(error))
    except OSError as error:
        yield _unread(path, f"cannot be opened: {error.strerror}")


def _stated(path: Path) -> Fields:
    """What the index.toml beside a file says about it."""
    metadata = path.parent / METADATA_FILE
    if not metadata.is_file():
        return {}
    entry = _metadata(metadata, metadata.stat().st_mtime_ns).get(path.name, {})
    return entry if isinstance(entry, dict) else {}


@lru_cache(maxsize=16)
def _metadata(file: Path, _changed: int) -> Fields:
    """An index.toml, read once for all the files beside it, and again when it has changed."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Malformed(f"{METADATA_FILE} beside it is not valid TOML: {error}") from error


def _read_text(path: Path, name: str, stated: Fields) -> Iterator[Read]:
    yield _document(name, decode(_bytes(path)), stated)


def _read_markdown(path: Path, name: str, stated: Fields) -> Iterator[Read]:
    text = decode(_bytes(path))
    front, body = _front_matter(text)
    yield _document(name, plain_text(body), {**stated, **front})


def _read_jsonl(path: Path, name: str, stated: Fields) -> Iterator[Read]:
    with path.open("rb") as file:
        number = 0
        for number, line in enumerate(_bounded_lines(file), 1):
            if line.strip():
                yield _record(f"{path} line {number}", line)
    if not number:
        raise Malformed("the file is empty")


#: file ending → how it is read
FORMATS: dict[str, Callable[[Path, str, Fields], Iterator[Read]]] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".jsonl": _read_jsonl,
}


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise UnreadableDocument("this is no ordinary file")
    size = path.stat().st_size
    if size > LARGEST_DOCUMENT:
        limit = LARGEST_DOCUMENT // 1_000_000
        raise TooLarge(f"the file has {size / 1_000_000:.0f} MB, more than the {limit} MB that are read")
    return path.read_bytes()


def _bounded_lines(file: BufferedReader) -> Iterator[bytes]:
    """Lines, none held in memory beyond the limit: the rest of an overlong one is skipped."""
    while line := file.readline(LARGEST_DOCUMENT + 1):
        yield line
        while len(line) > LARGEST_DOCUMENT and not line.endswith(b"\n"):
            line = file.readline(LARGEST_DOCUMENT + 1)


def _record(where: str, line: bytes) -> Read:
    try:
        if len(line) > LARGEST_DOCUMENT:
            raise TooLarge(f"the line is longer than {LARGEST_DOCUMENT // 1_000_000} MB")
        fields = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return Unread(where, f"not a line of JSON in UTF-8: {error}")
    except TooLarge as error:
        return Unread(where, str(error))
    if not isinstance(fields, dict) or not _is_text(fields.get("id")) or not isinstance(fields.get("text"), str):
        return Unread(where, 'a document is an object with "id" and "text", both strings')
    try:
        return _document(fields["id"], clean(fields["text"]), fields)
    except Malformed as error:
        return Unread(where, str(error))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _document(name: str, text: str, fields: Fields) -> Document:
    """A document from its text and what was stated about it; only words and dates count as stated."""
    if not text.strip():
        raise Malformed("there is no text in it")
    stated = {key: said for key, value in fields.items() if (said := _said(value))}
    title = stated.get("title")
    source: TitleSource = "first words" if stated.get("title_source") == "first words" else "stated"
    return Document(
        id=_usable_id(stated.get("id") or clean(name).strip()),
        text=text,
        title=title,
        title_source=source if title else None,
        url=stated.get("url"),
        publisher=stated.get("publisher"),
        author=stated.get("author"),
        published=stated.get("published") or stated.get("date"),
    )


def _said(value: object) -> str:
    """A stated field on one line; dates as ISO 8601, anything but words and dates as nothing."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return " ".join(clean(value).split()) if isinstance(value, str) else ""


def _usable_id(name: str) -> str:
    if not 0 < len(name) <= LONGEST_ID:
        raise Malformed(f"its id must have 1 to {LONGEST_ID} characters; it has {len(name):,}")
    return name


def decode(data: bytes) -> str:
    """Bytes of a text file → its text with newlines as \\n and no control characters.

    UTF-8, anything with a byte order mark, Windows' Western encoding, and what charset-normalizer can tell. A stray
    byte in UTF-8 is shown as �. Raises :class:`NotText` for anything else.

    >>> decode("Größe\\r\\n".encode("utf-16"))
    'Größe\\n'
    """
    if not data.strip():
        raise Malformed("the file is empty")
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return clean(data.decode(encoding, errors="replace"))
    if _looks_binary(data):
        raise NotText("this is not a text file")
    text = data.decode("utf-8", errors="replace")
    if "�" not in text or _is_damaged_utf_8(text):
        return clean(text)
    return clean(_in_an_old_encoding(data))


def _is_damaged_utf_8(text: str) -> bool:
    """Mostly UTF-8: other letters than English ones came out right, and far more of them than did not."""
    right = sum(not char.isascii() for char in text) - text.count("�")
    return right > 4 * text.count("�")


def _in_an_old_encoding(data: bytes) -> str:
    """Western text with few letters that are not English is Windows-1252; of the rest charset-normalizer decides."""
    if sum(byte > 127 for byte in data) < len(data) // 8:
        with suppress(UnicodeDecodeError):
            return data.decode("cp1252")
    best = charset_normalizer.from_bytes(data[:200_000]).best()
    if best is None:
        raise NotText("the file is in an encoding nobody can tell; save it as UTF-8")
    return data.decode(best.encoding, errors="replace")


_BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
#: Control characters, lone surrogates, and marks that turn the direction of what follows.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_CONTROL_BYTES = bytes([*range(9), 14, 15, *range(16, 27), *range(28, 32)])


def _looks_binary(data: bytes) -> bool:
    """More than a stray control byte or two in a hundred, in the first 64 kB; text has none."""
    head = data[:65_536]
    return len(head) - len(head.translate(None, _CONTROL_BYTES)) > 2 + len(head) // 100


def lines(file: BufferedReader) -> Iterator[str]:
    """The lines of a text stream without their ends, in constant memory: one of over a million characters is cut.

    Raises :class:`NotText` when the stream begins like a binary file; what is not UTF-8 in a line is shown as �.
    """
    head = file.peek(65_536)
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS.items() if head.startswith(mark)), "utf-8")
    if encoding == "utf-8" and _looks_binary(head):
        raise NotText("this is not a text file")
    text = TextIOWrapper(file, encoding, errors="replace", newline=None)
    while line := text.readline(_LONGEST_LINE):
        yield clean(line.removesuffix("\n"))
        while len(line) == _LONGEST_LINE and not line.endswith("\n"):
            line = text.readline(_LONGEST_LINE)


def clean(text: str) -> str:
    """Newlines as \\n; control characters and what else no database or terminal should get as blanks.

    >>> clean("a\\x00b\\r\\nc")
    'a b\\nc'
    """
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _front_matter(text: str) -> tuple[Fields, str]:
    """The YAML head of a Markdown file between two lines of ---, and the rest."""
    match = re.match(r"---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|$)", text, re.DOTALL)
    if not match:
        return {}, text
    try:
        fields = yaml.load(match.group(1) or "", Loader=yaml.BaseLoader)  # every scalar stays the string it was
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise Malformed(f"the front matter is not valid YAML: {error.problem}, line {line}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise Malformed("the front matter is not valid YAML") from error
    if fields is not None and not isinstance(fields, dict):
        raise Malformed("the front matter is not a list of “name: value” lines")
    return fields or {}, text[match.end() :]


def plain_text(markdown: str) -> str:
    """What a reader of rendered Markdown would read: a line per heading, paragraph, list item and table row.

    >>> plain_text("# Chips\\n\\nMade *at home*, says [the firm](https://example.com).")
    'Chips\\n\\nMade at home, says the firm.'
    """
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    lines: list[str] = []
    cells: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            lines.append(" | ".join(cells or ()))
            cells = None
        elif token.type in _TEXT_TOKENS:
            (lines if cells is None else cells).append(_inline(token))
    return "\n\n".join(line for line in lines if line.strip())


_TEXT_TOKENS = {"inline", "fence", "code_block"}


def _inline(token: Token) -> str:
    if token.type != "inline":
        return token.content.rstrip("\n")
    pieces = {"softbreak": " ", "hardbreak": " "}
    kept = (pieces.get(child.type, child.content) for child in token.children or () if child.type != "html_inline")
    return "".join(kept).strip()
