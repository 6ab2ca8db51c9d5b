"""Which document a name means, and how it was read."""

import pytest

from content.documents import SourceDocument
from content.topics import begun_by, find_document, read_as

DOCUMENTS = tuple(
    SourceDocument(document, title, None, None, None, 1, 0)
    for document, title in (
        ("bold-pivot", "Alibaba’s Bold Pivot to AI"),
        ("2026/memo", "Ernie 5"),
        ("https://news.example/a.html", "Alibaba gains"),
        ("notes.v2", None),
        ("old file", None),
    )
)


@pytest.mark.parametrize(
    ("name", "document", "read"),
    [
        ("bold-pivot", "bold-pivot", None),
        ("seeds/bold-pivot.txt", "bold-pivot", None),
        ("./BOLD-pivot.txt", None, None),
        ("bold-pivot.md", "bold-pivot", None),
        ("memo.md", None, None),
        ("/home/us/2026/memo.MD", "2026/memo", None),
        ("bold-pviot", "bold-pivot", "bold-pivot"),
        ("alibabas bold pivot to IA", "bold-pivot", "Alibaba’s Bold Pivot to AI"),
        ("pivot AI", "bold-pivot", None),
        ("ernie 5", "2026/memo", None),
        ("https://news.example/a.html", "https://news.example/a.html", None),
        ("notes.v2", "notes.v2", None),
        ("nothing.pdf", None, None),
        ("./my/old file.txt", "old file", None),
        ("bold", None, None),
        ("cloud", None, None),
    ],
)
def test_a_document_by_name(name: str, document: str | None, read: str | None) -> None:
    assert find_document(DOCUMENTS, name) == document
    for found in (each for each in DOCUMENTS if each.document == document):
        understood = read_as(found, name)
        assert (understood.question, understood.understood_as) == (name, read)
        assert [each.read for each in understood.corrections] == [read] * bool(read)


@pytest.mark.parametrize(
    ("word", "document"),
    [
        ("bold", "bold-pivot"),
        ("Ernie", "2026/memo"),
        ("alibaba", None),
        ("pivot", None),
        ("ernie five", None),
        ("", None),
    ],
)
def test_a_topic_with_which_a_document_begins(word: str, document: str | None) -> None:
    begun = begun_by(DOCUMENTS, word)
    assert (begun and begun.document) == document
