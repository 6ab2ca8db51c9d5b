"""Web pages give their article, and only what they state counts as stated."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content import formats
from content.documents import Document
from content.errors import UnreadableDocument
from content.pagedata import known_part, written_date
from content.passages import passages
from content.sandbox import Sandbox

ARTICLE = """<article><h1>Chips at home</h1><p>Alibaba pledged more than $52 billion over the next three years to
build its cloud, it said on a day in spring.</p><h2>What does it cost?</h2><table><tr><th>Year</th><th>Spent</th></tr>
<tr><td>2025</td><td>5 billion yuan</td></tr></table><ul><li>One thing</li><li>Another thing, which is longer</li></ul>
<p>The first line of a verse,<br>and the <b>second</b> line of it.</p></article>"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as made:
        yield made


def page(head: str = "", body: str = ARTICLE) -> bytes:
    return f"<!doctype html><html><head><title>Chips</title>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("date", "said", "known"),
    [
        ("2025-01-01", "It had pledged $53 billion in 2025.", None),
        ("2025-01-01", "© 2025 News Ltd.", "2025"),
        ("2025-01-01", "Copyright 2019–2025 by News", "2025"),
        ("2025-05-01", "It pledged more in May 2025.", "2025-05"),
        ("2025-01-01", "Published on January 1, 2025", "2025-01-01"),
        ("2025-05-01", "1st May 2025", "2025-05-01"),
        ("2025-05-01", '<a href="/2025/05/01/chips">', "2025-05-01"),
        ("2025-05-01", '<a href="/2025/05/chips">', "2025-05"),
        ("2025-05-01", "01.05.2025", "2025-05-01"),
        ("2025-05-14", "14 May", "2025-05-14"),
    ],
)
def test_of_a_guessed_date_only_what_is_written_counts(date: str, said: str, known: str | None) -> None:
    assert known_part(date, said) == known


def test_a_year_in_passing_is_no_date(sandbox: Sandbox) -> None:
    body = "<article><h1>Chips</h1><p>Alibaba pledged $66 billion for chips. It had pledged less in 2025.</p></article>"
    assert "suggested" not in fields(sandbox, "", body)


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


def fields(sandbox: Sandbox, head: str, body: str = ARTICLE, url: str = "https://news.example/a") -> dict[str, Any]:
    found: dict[str, Any] = sandbox.parse("html", page(head, body), {"url": url})["fields"]
    return found


def test_headings_stand_above_and_tables_and_lists_are_text(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(page())
    (document,) = formats.documents(tmp_path / "a.html")
    assert isinstance(document, Document)
    assert (document.id, document.title, document.title_source) == ("a", "Chips at home", "stated")
    assert [(one.heading, one.text) for one in passages(document)] == [
        (
            "Chips at home",
            "Alibaba pledged more than $52 billion over the next three years to build its cloud, it said on a day in "
            "spring.",
        ),
        ("Year | Spent", "2025 | 5 billion yuan"),
        ("What does it cost?", "One thing"),
        ("What does it cost?", "Another thing, which is longer"),
        ("What does it cost?", "The first line of a verse,"),
        ("What does it cost?", "and the second line of it."),
    ]


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (linked('{"@type": "NewsArticle", "datePublished": "2026-05-14T23:30:00-05:00"}'), "2026-05-14"),
        (linked('{"@graph": [{"@type": ["BlogPosting"], "datePublished": "14 May 2026"}]}'), "2026-05-14"),
        (linked('[{"@type": "Person"}, {"@type": "Article", "datePublished": "2026-05"}]'), "2026-05"),
        ('<meta property="article:published_time" content="2026-05-14T07:00Z">', "2026-05-14"),
        (linked("not json") + '<meta name="parsely-pub-date" content="2026-05-14">', "2026-05-14"),
    ],
)
def test_dates_that_are_stated(sandbox: Sandbox, head: str, published: str) -> None:
    found = fields(sandbox, head)
    assert (found["published"], found.get("suggested")) == (published, None)


@pytest.mark.parametrize(
    ("head", "before"),
    [
        (linked('{"@type": "Article", "datePublished": "0001-01-01T00:00:00Z"}'), ""),
        (linked('{"@type": "Article", "datePublished": 7}'), ""),
        (linked('{"@type": "Event", "startDate": "2026-05-14"}'), ""),
        (
            linked('[{"@type":"Article","datePublished":"2026-05-14"},{"@type":"Article","datePublished":"2026-05-15"}]'),
            "",
        ),
        (linked('{"a":' * 3_000), ""),
        ('<meta property="article:published_time" content="05/06/2026">', ""),
        ("", '<p class="byline">By Ana Li, updated May 14, 2026, published May 12, 2026</p>'),
        ("", "<p>On May 14, 2026 it rained.</p>"),
    ],
)  # fmt: skip
def test_dates_that_are_not_stated_are_never_called_so(sandbox: Sandbox, head: str, before: str) -> None:
    assert "published" not in fields(sandbox, head, before + ARTICLE)


def test_a_byline_states_a_date(sandbox: Sandbox) -> None:
    found = fields(sandbox, "", '<div class="byline">By Ana Li · May 14, 2026</div>' + ARTICLE)
    assert (found["published"], found.get("suggested")) == ("2026-05-14", None)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Nov. 18, 2019", "2019-11-18"),
        ("18th November 2019, 7 p.m.", "2019-11-18"),
        ("Sept 3 2025", "2025-09-03"),
        ("2019-11-18 and 2019-11-19", None),
        ("2019-13-01", None),
        ("18/11/2019", None),
        ("November 2019", None),
        (None, None),
    ],
)
def test_written_dates(text: str | None, date: str | None) -> None:
    assert written_date(text) == date


@pytest.mark.parametrize(
    ("head", "key", "value"),
    [
        ('<meta property="og:site_name" content="The News">', "publisher", "The News"),
        (linked('{"@type": "Article", "publisher": {"name": "The News"}}'), "publisher", "The News"),
        (linked('{"@type": "Article", "author": [{"name": "A"}, "B", {"name": "A"}]}'), "author", "A, B"),
        (linked('{"@type": "Article", "author": "https://x.example/ana"}'), "author", None),
        ('<meta name="author" content=" Ana\n Li ">', "author", "Ana Li"),
        ('<link rel="canonical" href="/b?c=1">', "url", "https://news.example/b?c=1"),
        ('<link rel="canonical" href="javascript:alert(1)">', "url", None),
        ('<meta property="og:title" content="Chips | The News"><meta property="og:site_name" content="The  news">',
         "title", "Chips"),
        ('<meta property="og:title" content="Chips | and more">', "title", "Chips | and more"),
    ],
)  # fmt: skip
def test_what_a_page_states(sandbox: Sandbox, head: str, key: str, value: str | None) -> None:
    assert fields(sandbox, head).get(key) == value


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (page().replace(b"spring", "Größe".encode("cp1252")).replace(b"<head>", b"<head><meta charset=cp1252>"), ""),
        (page().replace(b"spring", "Größe".encode("cp1252")), "windows-1252"),
        (page().replace(b"spring", "Größe".encode()).replace(b"<head>", b"<head><meta charset=nonsense>"), "\0"),
        (b"\xff\xfe" + page().decode().replace("spring", "Größe").encode("utf-16-le"), "utf-8"),
    ],
)
def test_pages_in_other_encodings(sandbox: Sandbox, data: bytes, charset: str) -> None:
    assert "Größe" in sandbox.parse("html", data, {"charset": charset})["text"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b" ", "empty"),
        (b"PK\x03\x04" + bytes(200), "another kind"),
        (page(body=""), "no article"),
        (b"<div>" * 4_000_000, "no HTML page"),
        (b"<html><body><p>" + b"<b>" * 1_000_000 + b"deep", "no article"),
        (b"just words and no page", "no HTML page|no article"),
        (b"{}", "no HTML page|no article"),
    ],
    ids=["empty", "zip", "bare", "20 MB deep", "bold", "words", "json"],
)
def test_what_is_no_page_says_so(sandbox: Sandbox, data: bytes, says: str) -> None:
    with pytest.raises(UnreadableDocument, match=says):
        sandbox.parse("html", data, {})


def test_a_page_of_a_hundred_megabytes_is_not_even_opened(tmp_path: Path) -> None:
    with (tmp_path / "a.html").open("wb") as file:
        for _ in range(20):
            file.write(b"<div>" * 1_000_000)
    (read,) = formats.documents(tmp_path / "a.html")
    assert read == formats.Unread(str(tmp_path / "a.html"), "the file has 100 MB, more than the 20 MB that are read")


@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<table>", "<tr>", "<td>", "<li>", "<br>", "Words, here. ", "&#0;", "<"]))
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_soup_is_a_text_or_an_error(sandbox: Sandbox, soup: list[str]) -> None:
    found = sandbox.parse("html", page(body=f"<p>Something to read.</p>{''.join(soup)}"), {})
    assert "Something to read." in found["text"]
    assert all(0 <= at < len(found["text"]) for at in found["headings"])
