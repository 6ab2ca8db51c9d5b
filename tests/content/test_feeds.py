"""Feeds of every kind are read; hostile ones cost an error and little time."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.errors import UnreadableDocument
from content.feeds import MOST_ITEMS
from content.sandbox import Sandbox
from content.stories import Item, item, names, wanted

URL = {"url": "https://news.example/feed"}
LONG = (
    "Alibaba says that Qwen is used by many people in many places, for many things, on many days, "
    "and that more will come."
)
ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The &lt;b&gt;News&lt;/b&gt;</title>
<entry><id>tag:1</id><title type="html">Chips &amp;amp; cloud</title><link href="/a"/>
<updated>2026-05-14T07:00:00Z</updated><author><name>Ana Li</name></author>
<content type="html">&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two&lt;br&gt;three.&lt;/p&gt;</content>
<summary>Short.</summary></entry></feed>"""
HA = b"".join(b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in b"bcdefghi")
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">%s]><rss><channel><title>&i;</title></channel></rss>' % HA
SOUP = ["<item>", "</item>", "<title>", "<link>http://[", "<![CDATA[", "]]>", "&#0;", "x", "<pubDate>9"]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as made:
        yield made


def rss(*items: str) -> bytes:
    channel = f"<channel><title>News</title>{''.join(items)}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'.encode()


def listed(number: int) -> str:
    told = f'<link>https://news.example/{number}</link><guid isPermaLink="false">{number}</guid>'
    return f"<item><title>Story {number}</title>{told}</item>"


def test_atom(sandbox: Sandbox) -> None:
    found = sandbox.parse("feed", ATOM, URL)
    assert found["title"] == "The News"
    assert found["items"] == [
        {
            "id": "tag:1",
            "url": "https://news.example/a",
            "title": "Chips & cloud",
            "text": "One.\n\nTwo\n\nthree.",
            "published": "2026-05-14",
            "author": "Ana Li",
        }
    ]


def test_rss_and_items_that_tell_nothing(sandbox: Sandbox) -> None:
    found = sandbox.parse("feed", rss(listed(1), "<item/>", "<item><pubDate>soon</pubDate></item>"), URL)
    nothing = dict.fromkeys(("id", "url", "title", "text", "published", "author"), "")
    assert found["items"][0] == nothing | {"id": "1", "url": "https://news.example/1", "title": "Story 1"}
    assert found["items"][1:] == [nothing, nothing]


def test_a_page_names_its_feeds(sandbox: Sandbox) -> None:
    page = b'<html><head><link rel="alternate" type="application/RSS+xml" href="/feed"><link rel=alternate href=x>'
    assert sandbox.parse("feed", page, URL) == {"feeds": ["/feed"]}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (LAUGHS, "entities of its own"),
        (b"<html><body>No feed here.</body></html>", "neither a feed nor a page"),
        (b"", "neither a feed nor a page"),
        (b"{}", "neither a feed nor a page"),
        (b"<rss" + b"<a>" * 50_000, r"damaged|too deeply"),
    ],
    ids=["billion laughs", "page", "empty", "json", "deep"],
)
def test_what_is_no_feed_says_so(sandbox: Sandbox, data: bytes, says: str) -> None:
    with pytest.raises(UnreadableDocument, match=says):
        sandbox.parse("feed", data, URL)
    assert len(sandbox.parse("feed", rss(listed(1)), URL)["items"]) == 1


def test_of_a_hundred_thousand_items_the_first_are_read(sandbox: Sandbox) -> None:
    found = sandbox.parse("feed", rss(*map(listed, range(100_000))), URL)
    assert [each["id"] for each in found["items"]] == [str(number) for number in range(MOST_ITEMS)]


def test_a_cut_feed_gives_what_is_whole(sandbox: Sandbox) -> None:
    found = sandbox.parse("feed", rss(listed(1), listed(2))[:-60], URL)
    assert found["items"][0]["id"] == "1"


@given(st.lists(st.sampled_from(SOUP)))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_feed_is_items_or_an_error(sandbox: Sandbox, pieces: list[str]) -> None:
    found = sandbox.parse("feed", rss(listed(1), *pieces), URL)
    for told in found["items"]:
        names(item(told, URL["url"]), URL["url"])


def story(**told: str) -> Item:
    return item({"id": "", "url": "", "title": "", "text": "", "published": "", "author": "", **told}, URL["url"])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"id": "1", "url": "/a"}, {"id": "2", "url": "/a"}, True),
        ({"id": "1", "url": "/a"}, {"id": "1", "url": "/b"}, True),
        ({"url": "/a?utm_source=feed"}, {"url": "/a#top"}, True),
        ({"id": "1", "text": LONG}, {"id": "2", "text": LONG.upper().replace(",", "")}, True),
        ({"id": "1", "url": "/a", "text": "Markets close."}, {"id": "2", "url": "/b", "text": "Markets close."}, False),
        ({"id": "1", "url": "/a", "text": LONG}, {"id": "2", "url": "/b", "text": LONG + " Or less."}, False),
        ({"url": "javascript:x"}, {"url": "javascript:x"}, False),
    ],
)
def test_an_item_is_known_again(one: dict[str, str], other: dict[str, str], same: bool) -> None:
    first, second = names(story(**one), URL["url"]), names(story(**other), URL["url"])
    assert bool(set(first) & set(second)) == same


def test_ids_are_of_their_feed() -> None:
    assert not set(names(story(id="1"), "https://a.example")) & set(names(story(id="1"), "https://b.example"))


@pytest.mark.parametrize(
    ("topics", "title", "is_wanted"),
    [
        ((), "Anything", True),
        (("qwen",), "Qwen grows", True),
        (("qwne",), "Qwen grows", True),
        (("alibaba cloud",), "The clouds of Alibaba", True),
        (("alibaba cloud",), "Alibaba sells", False),
        (("qwen", "alibaba cloud"), "Alibba’s cloud", True),
        (("chips",), "Ships sail", False),
        (("!!",), "Anything", False),
    ],
)
def test_topics_are_matched_as_they_are_meant(topics: tuple[str, ...], title: str, is_wanted: bool) -> None:
    assert wanted(story(title=title), topics, lambda topic: topic.replace("qwne", "qwen")) == is_wanted
