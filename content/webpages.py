"""HTML → the text of its article, with the headings it has and what the page states about itself."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from trafilatura.core import bare_extraction
from trafilatura.utils import load_html

from content.encodings import clean, decode, looks_binary
from content.errors import Malformed, NotText
from content.layout import Part, laid_out
from content.pagedata import Element, known_part, stated

#: An article shorter than this, in characters, may be a teaser of the real one.
_TEASER = 500
_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?([\w:.-]{2,40})", re.IGNORECASE)
_INLINE = {"hi", "ref", "lb", "del", "graphic", "span", "a"}


def parse(data: bytes, about: Mapping[str, str]) -> dict[str, Any]:
    """The "text", the "headings" (offsets of lines) and the "fields" of a page.

    A date among those that it does not state is "suggested". ``about`` may have the "url" it came from and the
    "charset" it was sent with.
    """
    page = _decoded(data, about.get("charset"))
    tree = load_html(page)
    if tree is None:
        raise Malformed("this is no HTML page")
    fields = stated(tree, about.get("url"))
    article = _article(tree, about.get("url"))
    text, headings = laid_out(list(_parts(article.body))) if article else ("", ())
    if not text:
        raise Malformed("there is no article in the page")
    title = _without(fields.get("publisher"), article.title or "")
    named = {"title": title} if title else {}
    date = known_part(article.date, page) if article.date and "published" not in fields else None
    suggested = {"suggested": date} if date else {}
    return {"text": text, "headings": headings, "fields": named | suggested | fields}


def _decoded(data: bytes, charset: str | None) -> str:
    if not data.strip():
        raise Malformed("the file is empty")
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff") and looks_binary(data):
        raise NotText("this is no HTML page but a file of another kind")
    declared = _CHARSET.search(data[:4096])
    for name in (charset, declared and declared[1].decode("ascii")):
        try:
            if name and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
                return clean(data.decode(name, errors="replace"))
        except (LookupError, ValueError):
            continue  # an encoding nobody knows
    return decode(data)


def _article(tree: Element, url: str | None) -> Any:
    """trafilatura's reading of a page, ``None`` without one.

    Its backups are other programs' opinions, which take in the teasers of other articles: they are asked only where
    the first opinion is short.
    """
    found = _extracted(tree, url, fast=True)
    if found is None or len(found.text or "") < _TEASER:
        found = _extracted(tree, url, fast=False) or found
    return found


def _extracted(tree: Element, url: str | None, fast: bool) -> Any:
    return bare_extraction(
        tree, url=url, fast=fast, favor_precision=True, include_comments=False, include_tables=True, with_metadata=True
    )


def _without(publisher: str | None, title: str) -> str:
    """A title without the name of its publisher at the end: "Chips grow | The News"."""
    match = re.fullmatch(r"(.+)\s+[|–—-]\s+(.+)", title, re.DOTALL)
    bare = [re.sub(r"\W+", "", name.casefold()) for name in (match[2] if match else "", publisher or "")]
    return match[1] if match and bare[0] == bare[1] else title


def _parts(element: Element) -> Iterator[Part]:
    """Paragraphs, list items, table rows and headings in the order of the page."""
    if element.tag == "row":
        cells = (" ".join("".join(cell.itertext()).split()) for cell in element)
        yield Part(" | ".join(cell for cell in cells if cell))
        return
    pieces = [_flat(element.text)]
    for child in element:
        if child.tag in _INLINE:
            pieces.append("\n" if child.tag == "lb" else _flat("".join(child.itertext())))
        else:
            yield Part(_lines("".join(pieces)), element.tag == "head")
            yield from _parts(child)
            pieces = []
        pieces.append(_flat(child.tail))
    yield Part(_lines("".join(pieces)), element.tag == "head")


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _lines(text: str) -> str:
    return "\n".join(line for part in text.split("\n") if (line := part.strip()))
