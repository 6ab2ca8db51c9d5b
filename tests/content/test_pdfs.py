"""PDFs give their text in paragraphs, or say why not; none of them stops or delays the others."""

import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from content import formats
from content.documents import Document
from content.errors import UnreadableDocument
from content.formats import Unread
from content.sandbox import Sandbox
from tests.content.pdf_files import CATALOG, locked, of_blank_pages, of_objects, of_pages

REPORT = of_pages(
    [
        "The News 1",
        "Alibaba pledged more than $52 billion over the next three years to build its cloud infra-",
        "structure, it said. The infrastructure serves a long-",
        "term plan that everybody in the company is to work on for the whole of the coming decade.",
        "",
        "1. First.",
        "2. Second.",
    ],
    ["The News 2", "More text."],
    ["The News 3", "The end."],
)
LOOP = of_objects(CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>")
NESTED = of_objects(CATALOG, b"[" * 100_000)
PAGE = b"<</Type/Page/Parent 2 0 R/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
DRAWS = b"<<%s/Length 5>>\nstream\n/X Do\nendstream"
DRAWS_ITSELF = of_objects(
    CATALOG, PAGES, PAGE, DRAWS % b"", DRAWS % b"/Type/XObject/Subtype/Form/Resources<</XObject<</X 5 0 R>>>>"
)
INFLATED = zlib.compress(b"(x) Tj " * 15_000_000, 9)
BOMB = of_objects(
    CATALOG, PAGES, PAGE, b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(INFLATED), INFLATED)
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as made:
        yield made


def test_lines_become_paragraphs_without_running_heads(sandbox: Sandbox) -> None:
    assert sandbox.parse("pdf", REPORT, {})["text"].split("\n\n") == [
        "Alibaba pledged more than $52 billion over the next three years to build its cloud infrastructure, it said. "
        "The infrastructure serves a long-term plan that everybody in the company is to work on for the whole of the "
        "coming decade.",
        "1. First.",
        "2. Second.",
        "More text.",
        "The end.",
    ]


@pytest.mark.parametrize(
    ("info", "fields"),
    [
        (b"/Title(Chips)/Author(Ana Li)/CreationDate(D:20260514120000Z)", ("Chips", "Ana Li", "2026-05-14")),
        (b"/Title(Microsoft Word - x.doc)/CreationDate(D:00010101)", (None, None, None)),
        (b"/Title(report.docx)/CreationDate 7", (None, None, None)),
        (b"/Title(about:blank)", (None, None, None)),
        (b"", (None, None, None)),
    ],
)
def test_the_date_of_a_pdf_is_only_suggested(tmp_path: Path, info: bytes, fields: tuple[str | None, ...]) -> None:
    (tmp_path / "a.pdf").write_bytes(of_pages(["Some text."], info=b"/Info<<%s>>" % info))
    (read,) = formats.documents(tmp_path / "a.pdf")
    assert isinstance(read, Document)
    assert (read.title, read.author, read.suggested, read.published) == (*fields, None)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<html></html>", "this is no PDF"),
        (REPORT[:400], "the PDF is damaged"),
        (locked(REPORT, "secret"), "locked with a password"),
        (of_blank_pages(10_000), "10,000 pages, more than the 2,000"),
        (of_blank_pages(3), "its pages may be pictures"),
        (LOOP, "the PDF is damaged"),
        (DRAWS_ITSELF, "its pages may be pictures"),
        (NESTED, "nested too deeply"),
        (BOMB, "the PDF is damaged"),
        (of_objects(b"null"), "the PDF is damaged"),
    ],
    ids=["html", "cut", "locked", "long", "pictures", "loop", "draws itself", "nested", "bomb", "rootless"],
)
def test_what_cannot_be_read_says_why(sandbox: Sandbox, data: bytes, says: str) -> None:
    with pytest.raises(UnreadableDocument, match=says):
        sandbox.parse("pdf", data, {})
    assert sandbox.parse("pdf", REPORT, {})["text"]


def test_a_password_nobody_needs_is_none(sandbox: Sandbox) -> None:
    assert sandbox.parse("pdf", locked(REPORT, ""), {})["text"].endswith("The end.")


def test_a_hostile_file_leaves_the_rest_of_a_folder_alone(tmp_path: Path) -> None:
    for name, data in {"a.pdf": LOOP, "b.pdf": locked(REPORT, "x"), "c.pdf": REPORT, "d.html": b"\0\1\2\3"}.items():
        (tmp_path / name).write_bytes(data)
    found = list(formats.documents(tmp_path))
    assert [one.id for one in found if isinstance(one, Document)] == ["c"]
    assert len([one for one in found if isinstance(one, Unread)]) == 3
