"""Escaping, cutting, and blocks that Slack takes whatever is put into them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.views import blocks
from handlers.views.blocks import clean, cut, data_table, escape, linked, plain, web

LIVE = re.compile(r"<[!@#]")


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("plain", "plain"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("<@U1> <#C1>", "&lt;@U1&gt; &lt;#C1&gt;"),
        ("AT&T", "AT&amp;T"),
        ("&lt;!here&gt;", "&amp;lt;!here&amp;gt;"),
        ("*bold*", "\u2060*\u2060bold\u2060*\u2060"),
        ("a_b ~c~ `d`", "a\u2060_\u2060b \u2060~\u2060c\u2060~\u2060 \u2060`\u2060d\u2060`\u2060"),
        ("<\x00!channel>", "&lt;!channel&gt;"),
        ("a\u202eb\u2066c", "abc"),
        ("a\ud800b", "ab"),
        ("two\nlines\tand", "two\nlines\tand"),
    ],
)
def test_escaping(said: str, written: str) -> None:
    assert escape(said) == written


@given(st.text())
def test_nothing_that_is_escaped_is_live(text: str) -> None:
    written = escape(text)
    assert "<" not in written
    assert ">" not in written
    shown = written.replace("\u2060", "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert shown == clean(text).replace("\u2060", "")


@pytest.mark.parametrize(
    ("text", "most", "left"),
    [
        ("short", 10, "short"),
        ("One fine sentence. Another one.", 25, "One fine sentence. …"),
        ("One. Many words without an end", 25, "One. Many words without…"),
        ("abcdefghijklmnopqrstuvwxyz", 10, "abcdefgh…"),
        ("“Is it?” she said, and went on for long", 20, "“Is it?” she said,…"),
        ("", 10, ""),
    ],
)
def test_cutting(text: str, most: int, left: str) -> None:
    assert cut(text, most) == left


@given(st.text(min_size=0, max_size=300), st.integers(10, 200))
def test_a_cut_fits_and_begins_as_the_text_does(text: str, most: int) -> None:
    left = cut(text, most)
    assert len(left) <= most
    assert left == text or (left.endswith("…") and text.startswith(left[:-1].rstrip()))


@pytest.mark.parametrize(
    ("url", "linked_to"),
    [
        ("https://a.b/c", "https://a.b/c"),
        ("http://a.b", "http://a.b"),
        ("https://a.b/c|<!channel>", "https://a.b/c%7C%3C!channel%3E"),
        ("https://a.b/ü d", "https://a.b/%C3%BC%20d"),
        ("https://a.b/%20x", "https://a.b/%20x"),
        ("https://a.b/?x=1&y=2", "https://a.b/?x=1&y=2"),
        ("javascript:alert(1)", None),
        ("ftp://a.b", None),
        ("mailto:a@b.c", None),
        ("https://user@a.b", None),
        ("https://[broken", None),
        ("//a.b", None),
        ("https://a.b/" + "x" * 2000, None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, linked_to: str | None) -> None:
    assert web(url) == linked_to


@given(st.one_of(st.none(), st.text(), st.text().map(lambda text: f"https://a.b/{text}")), st.text(), st.text())
def test_a_link_holds_one_address_and_nothing_live(url: str | None, label: str, rest: str) -> None:
    made = linked(url, label, rest)
    if made["type"] == "mrkdwn":
        assert made["text"].count("<") == made["text"].count(">") == 1
        assert re.match(r"<https?://[^\s<>|]+\|", made["text"])
    assert made["type"] == "plain_text" or not LIVE.search(made["text"])


def test_an_empty_text_is_a_dash() -> None:
    assert plain("\x00") == {"type": "plain_text", "text": "—", "emoji": False}
    assert data_table("c", [["a", ""]], 9)["rows"][0][1] == {"type": "raw_text", "text": "—"}


def test_runs_without_text_are_left_out() -> None:
    assert blocks.paragraph(blocks.run(""), blocks.person("U1"))["elements"] == [{"type": "user", "user_id": "U1"}]


def test_styles() -> None:
    assert blocks.run("a", bold=True, italic=True)["style"] == {"bold": True, "italic": True}
    assert "style" not in blocks.run("a")
    assert blocks.button("a", "b", "c", "primary")["style"] == "primary"
    assert "style" not in blocks.button("a", "b", "c")
