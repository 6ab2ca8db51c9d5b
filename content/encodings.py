"""Bytes → text: which encoding it is, and what no database or terminal should get taken out."""

import re
from collections.abc import Iterator
from contextlib import suppress
from io import BufferedReader, TextIOWrapper

import charset_normalizer

from content.errors import Malformed, NotText

_LONGEST_LINE = 1_000_000


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
    if looks_binary(data):
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


def looks_binary(data: bytes) -> bool:
    """More than a stray control byte or two in a hundred, in the first 64 kB; text has none."""
    head = data[:65_536]
    return len(head) - len(head.translate(None, _CONTROL_BYTES)) > 2 + len(head) // 100


def lines(file: BufferedReader) -> Iterator[str]:
    """The lines of a text stream without their ends, in constant memory: one of over a million characters is cut.

    Raises :class:`NotText` when the stream begins like a binary file; what is not UTF-8 in a line is shown as �.
    """
    head = file.peek(65_536)
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS.items() if head.startswith(mark)), "utf-8")
    if encoding == "utf-8" and looks_binary(head):
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
