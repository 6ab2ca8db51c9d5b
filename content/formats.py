"""Files → Documents: one table, file ending → function. Nothing half-read: a document, or an error that says why."""

import datetime
import json
import os
import re
import stat
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from io import BufferedReader
from pathlib import Path

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from content.dates import written
from content.documents import Document, TitleSource
from content.encodings import clean, decode
from content.errors import Malformed, TooLarge, UnreadableDocument
from content.layout import Part, laid_out
from content.passages import passages
from content.sandbox import Kind, Sandbox

#: Bytes of a file, or of one line of a .jsonl file, that are still read.
LARGEST_DOCUMENT = 20_000_000
#: What a folder may say about its files; not a document itself.
METADATA_FILE = "index.toml"

#: Characters of a document's id: more is no name.
LONGEST_ID = 255

#: Characters at the beginning of a text among which its headline is, and of a date that is none which are shown.
_TOP, _SHOWN = 3_000, 40

#: What says under "sponsored" that somebody paid.
_PAID = re.compile(r"true|yes|y|on|1|by \S.*", re.IGNORECASE)

Fields = dict[str, object]


@dataclass(frozen=True, slots=True)
class Unread:
    """A file, or a line of one, that could not become a document, and why in words."""

    path: str
    error: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file of a folder, or something said of one, that is not taken in, and why; that is no error."""

    path: str
    reason: str


Read = Document | Unread | LeftOut


@dataclass(frozen=True, slots=True)
class File:
    """A file about to be read."""

    path: Path
    #: the id of its document, unless one is declared
    name: str
    #: what an index.toml says of it
    stated: Fields
    sandbox: Sandbox


def documents(*paths: Path) -> Iterator[Read]:
    """All documents of files and, sorted by path, of folders and the folders below them.

    A document's id is the declared one, else its path below the given folder without the ending. Files in a
    folder that nobody reads are left out, and it is said; a file that was named is always answered for.
    """
    return (read for _, read in located(*paths))


def located(*paths: Path) -> Iterator[tuple[Path, Read]]:
    """All documents as :func:`documents` reads them, each with the file it comes from."""
    with Sandbox() as sandbox:
        for path in paths:
            yield from _below(path, sandbox)


def _below(path: Path, sandbox: Sandbox) -> Iterator[tuple[Path, Read]]:
    try:
        kind = path.stat().st_mode
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        reason = "there is no such file or folder" if missing else f"cannot be opened: {error.strerror}"
        yield path, _unread(path, reason)
        return
    if stat.S_ISDIR(kind):
        yield from _folder(path, sandbox)
    elif path.suffix.lower() not in FORMATS:
        yield path, _unread(path, _only())
    elif not stat.S_ISREG(kind):
        yield path, _unread(path, "this is no ordinary file")
    else:
        yield from ((path, read) for read in _file(path, path.stem, sandbox))


def _folder(top: Path, sandbox: Sandbox) -> Iterator[tuple[Path, Read]]:
    closed: list[OSError] = []
    for file in sorted(_files(top, closed)):
        if file.name.startswith("."):
            yield file, LeftOut(clean(str(file)), "it is hidden")
        elif file.suffix.lower() in FORMATS:
            name = file.relative_to(top).with_suffix("").as_posix()
            yield from ((file, read) for read in _file(file, name, sandbox))
        elif file.name != METADATA_FILE:
            yield file, LeftOut(clean(str(file)), _only())
    for error in closed:
        path = Path(str(error.filename))
        yield path, _unread(path, f"cannot be opened: {error.strerror}")


def _files(top: Path, closed: list[OSError]) -> Iterator[Path]:
    """The files below a folder, and for what is in a hidden folder the folder itself."""
    for folder, folders, names in os.walk(top, onerror=closed.append):
        hidden = [name for name in folders if name.startswith(".")]
        folders[:] = [name for name in folders if name not in hidden]
        yield from (Path(folder, name) for name in (*names, *hidden))


def _only() -> str:
    return f"only {', '.join(FORMATS)} files can be read"


def _unread(path: Path, reason: str) -> Unread:
    return Unread(clean(str(path)), reason)


def _file(path: Path, name: str, sandbox: Sandbox) -> Iterator[Read]:
    try:
        yield from FORMATS[path.suffix.lower()](File(path, name, _stated(path), sandbox))
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


def _read_text(file: File) -> Iterator[Read]:
    yield from _read_as(file, decode(_bytes(file.path)), file.stated)


def _read_markdown(file: File) -> Iterator[Read]:
    front, body = _front_matter(decode(_bytes(file.path)))
    text, headings = laid_out(list(_parts(body)))
    yield from _read_as(file, text, {**file.stated, **front}, headings)


def _read_parsed(kind: Kind, file: File) -> Iterator[Read]:
    """A format that is taken apart in the sandbox; what people state of a file counts more than what it says itself."""
    parsed = file.sandbox.parse(kind, _bytes(file.path), {})
    yield from _read_as(file, parsed["text"], {**parsed["fields"], **file.stated}, tuple(parsed["headings"]))


def _read_as(file: File, text: str, fields: Fields, headings: tuple[int, ...] = ()) -> Iterator[Read]:
    """The document that a file is; where nobody states its title, the heading it begins with is it."""
    began = {"title": _headline(text, headings), "title_source": "first words"}
    yield document(file.name, text, fields if _said(fields.get("title")) else {**fields, **began}, headings)
    yield from _undated(str(file.path), fields)


def _headline(text: str, headings: tuple[int, ...]) -> str:
    """The heading at the top of a text, a blank line below it; ``""`` where it begins otherwise."""
    first = next(iter(passages(Document("", text[:_TOP].rstrip(), headings=headings))), None)
    headed = first.heading if first and first.number == 2 else None
    return headed if headed and re.match(rf"\s*{re.escape(headed)}[^\S\n]*\n[^\S\n]*\n", text) else ""


def _undated(where: str, fields: Fields) -> Iterator[LeftOut]:
    """What is said of a date that is none."""
    if (date := _date(fields)) and written(date) is None:
        yield LeftOut(clean(where), f"the date “{date[:_SHOWN]}”, which is none I know; write it as 2026-05-14")


def _date(fields: Fields) -> str:
    return _said(fields.get("published")) or _said(fields.get("date"))


def _read_jsonl(file: File) -> Iterator[Read]:
    with file.path.open("rb") as stream:
        number = 0
        for number, line in enumerate(_bounded_lines(stream), 1):
            if line.strip():
                yield from _record(f"{file.path} line {number}", line)
    if not number:
        raise Malformed("the file is empty")


#: file ending → how it is read
FORMATS: dict[str, Callable[[File], Iterator[Read]]] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".jsonl": _read_jsonl,
    ".html": partial(_read_parsed, "html"),
    ".pdf": partial(_read_parsed, "pdf"),
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


def _record(where: str, line: bytes) -> Iterator[Read]:
    try:
        if len(line) > LARGEST_DOCUMENT:
            raise TooLarge(f"the line is longer than {LARGEST_DOCUMENT // 1_000_000} MB")
        fields = json.loads(line.decode("utf-8-sig"))
        if not isinstance(fields, dict) or not _is_text(fields.get("id")) or not isinstance(fields.get("text"), str):
            raise Malformed('a document is an object with "id" and "text", both strings')
        yield document(fields["id"], clean(fields["text"]), fields)
        yield from _undated(where, fields)
    except (ValueError, RecursionError) as error:
        yield Unread(where, f"not a line of JSON in UTF-8: {error}")
    except (TooLarge, Malformed) as error:
        yield Unread(where, str(error))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def document(name: str, text: str, fields: Fields, headings: tuple[int, ...] = ()) -> Document:
    """A document from its text and what was stated about it; only words and dates count as stated.

    Raises :class:`Malformed` when there is no text, or no name that can be an id.
    """
    if not text.strip():
        raise Malformed("there is no text in it")
    stated = {key: said for key, value in fields.items() if (said := _said(value))}
    title = stated.get("title")
    source: TitleSource = "first words" if stated.get("title_source") == "first words" else "stated"
    published = written(_date(fields))
    return Document(
        id=_usable_id(stated.get("id") or clean(name).strip()),
        text=text,
        title=title,
        title_source=source if title else None,
        url=stated.get("url"),
        publisher=stated.get("publisher"),
        author=stated.get("author"),
        published=published,
        suggested=None if published else stated.get("suggested"),
        sponsored=_paid(fields.get("sponsored")),
        headings=headings,
    )


def _said(value: object) -> str:
    """A stated field on one line; dates as ISO 8601, anything but words and dates as nothing."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return " ".join(clean(value).split()) if isinstance(value, str) else ""


def _paid(value: object) -> str | None:
    """What states that somebody paid for a document: JSON and TOML may say it by a truth value or a number."""
    said = str(value).lower() if isinstance(value, int) else _said(value)
    return said if _PAID.fullmatch(said) else None


def _usable_id(name: str) -> str:
    if not 0 < len(name) <= LONGEST_ID:
        raise Malformed(f"its id must have 1 to {LONGEST_ID} characters; it has {len(name):,}")
    return name


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
    return laid_out(list(_parts(markdown)))[0]


def _parts(markdown: str) -> Iterator[Part]:
    cells: list[str] | None = None
    heading = False
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        heading = token.type == "heading_open" or (heading and token.type != "heading_close")
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            yield Part(" | ".join(cells or ()))
            cells = None
        elif token.type in _TEXT_TOKENS and cells is not None:
            cells.append(_inline(token))
        elif token.type in _TEXT_TOKENS:
            yield Part(_inline(token), heading)


_TEXT_TOKENS = {"inline", "fence", "code_block"}


def _inline(token: Token) -> str:
    if token.type != "inline":
        return token.content.rstrip("\n")
    pieces = {"softbreak": " ", "hardbreak": " "}
    kept = (pieces.get(child.type, child.content) for child in token.children or () if child.type != "html_inline")
    return "".join(kept).strip()
