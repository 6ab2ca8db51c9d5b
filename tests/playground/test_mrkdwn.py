"""Slack's markup as HTML, and never anything else's."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.mrkdwn import mrkdwn, plain, web_address

NAMES = {"U1": "@Ana Torres", "C1": "#general"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "plain"),
        ("two\nlines", "two<br>lines"),
        ("*bold* _italic_ ~gone~", "<strong>bold</strong> <em>italic</em> <s>gone</s>"),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("2*3*4 snake_case_name", "2*3*4 snake_case_name"),
        ("* not bold *", "* not bold *"),
        ("`a *b* <c>`", "<code>a *b* &lt;c&gt;</code>"),
        ("```\na *b*\n&lt;c&gt;\n```", "<pre>a *b*\n&lt;c&gt;</pre>"),
        ("before\n```x```\nafter", "before<pre>x</pre>after"),
        ("&gt; said *so*\nthen", "<blockquote>said <strong>so</strong></blockquote>then"),
        ("> one\n> two", "<blockquote>one<br>two</blockquote>"),
        ("<@U1> in <#C1>", '<span class="mention">@Ana Torres</span> in <span class="mention">#general</span>'),
        ("<@U9|eve>", '<span class="mention">@eve</span>'),
        ("a <|> <|x>", "a &lt;|&gt; &lt;|x&gt;"),
        ("<!here>", '<span class="mention">@here</span>'),
        ("<!date^1^{date}|May 14>", '<span class="mention">May 14</span>'),
        (":thumbsup: :no_such:", "👍 :no_such:"),
        ("a &lt;b&gt; &amp;amp; c", "a &lt;b&gt; &amp;amp; c"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<javascript:alert(1)|click>", "&lt;javascript:alert(1)|click&gt;"),
    ],
)
def test_what_a_message_looks_like(text: str, html: str) -> None:
    assert str(mrkdwn(text, NAMES)) == html


@pytest.mark.parametrize(
    ("text", "href", "label"),
    [
        ("<https://example.org|a *b* &lt;c&gt;>", "https://example.org", "a *b* &lt;c&gt;"),
        ("<https://example.org/?a=1&amp;b=2>", "https://example.org/?a=1&amp;b=2", "https://example.org/?a=1&amp;b=2"),
        ("see https://example.org/a.", "https://example.org/a", "https://example.org/a"),
        ("<mailto:a@example.org|a>", "mailto:a@example.org", "a"),
        ('<https://e.org/"onmouseover="x|y>', "https://e.org/&#34;onmouseover=&#34;x", "y"),
    ],
)
def test_links_open_beside_the_page(text: str, href: str, label: str) -> None:
    assert f'<a href="{href}" target="_blank" rel="noopener noreferrer">{label}</a>' in mrkdwn(text, NAMES)


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://example.org", "https://example.org"),
        ("javascript:alert(1)", "#"),
        (" https://example.org", "#"),
        ("data:text/html,x", "#"),
        (None, "#"),
        (7, "#"),
    ],
)
def test_only_web_addresses_are_opened(url: object, href: str) -> None:
    assert web_address(url) == href


def test_plain_text_has_emoji_and_lines_only() -> None:
    assert str(plain("*a* <b>\n:eyes:")) == "*a* &lt;b&gt;<br>👀"


ALLOWED = {"strong", "em", "s", "code", "pre", "br", "blockquote", "a", "span"}
PIECES = [*"<>&*_~`|:@#!\n\"'/ abU1", "```", "&lt;", "https://e.org", "javascript:"]
SPIKY = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@given(SPIKY)
def test_no_text_becomes_a_tag_of_its_own(text: str) -> None:
    html = str(mrkdwn(text, NAMES))
    tags = re.findall(r"<\s*/?\s*([^\s>/]*)", html)
    assert set(tags) <= ALLOWED
    assert all(re.match(r"(https?://|mailto:)", href, re.IGNORECASE) for href in re.findall(r'href="([^"]*)"', html))
    assert not re.search(r"<[^>]*\son\w+=", html)
