"""What is new in a feed becomes a document, once; feeds that fail are told of and given up."""

from dataclasses import replace
from itertools import pairwise

import pytest

from content.documents import Document
from content.errors import ContentError
from content.feedreader import EVERY, GIVEN_UP, FeedReader
from content.library import Indexed
from content.store import Store
from content.web import Web
from tests.conftest import SEEDS, Storage, index_all
from tests.content.site import Page, Site, saying

NOW = 1_800_000_000.0
BODY = (
    "Alibaba says that its models are used by many people, and that it will build more of them over the next years. "
    "The plan is said to be the largest of its kind, and nobody knows as yet what exactly it is going to cost. "
)


@pytest.fixture
def reader(web: Web, storage: Storage) -> FeedReader:
    return FeedReader(web, storage.engine())


def entry(number: int, title: str = "Models", text: str = "Short.", guid: str = "", path: str = "") -> str:
    return (
        f"<item><title>{title} {number}</title><link>{path or f'/{number}'}</link>"
        f'<guid isPermaLink="false">{guid or number}</guid><description>{text}</description>'
        "<pubDate>Thu, 14 May 2026 10:00:00 GMT</pubDate></item>"
    )


def feed(*entries: str, etag: str = "") -> Page:
    channel = f"<channel><title>The News</title>{''.join(entries)}</channel>"
    text = f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'
    return saying(text.encode(), Content_Type="application/rss+xml", ETag=etag)


def page(number: int, text: str = BODY) -> Page:
    head = f"<html><head><title>Models {number}</title></head><body><article><h1>Models {number}</h1>"
    return saying(f"{head}<p>{text} The number is {number}.</p></article></body></html>".encode())


def ids(results: list[Indexed]) -> list[str]:
    assert [one.error for one in results if one.error] == []
    return [one.name for one in results]


def stored(storage: Storage, name: str) -> Document:
    document = Store(storage.engine()).document(name)
    assert document
    return document


def test_new_items_are_taken_in_full_once(reader: FeedReader, site: Site, storage: Storage) -> None:
    site.pages |= {"/feed": feed(entry(1), entry(2), etag='"1"'), "/1": page(1), "/2": page(2)}
    followed = reader.follow(site.url("/feed"), (), NOW)
    assert (followed.url, followed.title) == (site.url("/feed"), "The News")
    assert ids(list(reader.poll(NOW))) == [site.url("/1"), site.url("/2")]
    document = stored(storage, site.url("/1"))
    assert BODY.strip() in document.text
    assert (document.title, document.publisher) == ("Models 1", "The News")
    assert (document.published, document.inferred) == ("2026-05-14", None)
    assert list(reader.poll(NOW + EVERY - 1)) == []
    site.pages |= {"/feed": feed(entry(3), entry(1), entry(2)), "/3": page(3)}
    assert ids(list(reader.poll(NOW + EVERY))) == [site.url("/3")]
    assert len(site.asked) == len({*site.asked}) + 2  # only the feed was asked for more than once


@pytest.mark.parametrize(
    ("pages", "text"),
    [
        ({}, "What the feed has of it."),
        ({"/robots.txt": saying(b"User-agent: *\nDisallow: /1")}, "What the feed has of it."),
        ({"/1": saying(b"\x89PNG", Content_Type="image/png")}, "What the feed has of it."),
        ({"/1": saying(b"<html><body><p>Pay to read.</p></body></html>")}, "What the feed has of it."),
        ({"/1": page(1)}, f"Models 1\n\n{BODY}The number is 1."),
    ],
)
def test_where_a_page_cannot_be_had_the_feed_is_enough(
    reader: FeedReader, site: Site, storage: Storage, pages: dict[str, Page], text: str
) -> None:
    site.pages |= {"/feed": feed(entry(1, text="What the feed has of it.")), **pages}
    reader.follow(site.url("/feed"), (), NOW)
    assert ids(list(reader.poll(NOW))) == [site.url("/1")]
    assert stored(storage, site.url("/1")).text.split() == text.split()


def test_an_item_that_comes_again_is_one_document(reader: FeedReader, site: Site) -> None:
    site.pages |= {"/feed": feed(entry(1)), "/1": page(1), "/copy": page(1)}
    reader.follow(site.url("/feed"), (), NOW)
    assert ids(list(reader.poll(NOW))) == [site.url("/1")]
    again = [entry(1, guid="new id"), entry(1, path="/elsewhere"), entry(7, guid="x", path="/copy")]
    for number, each in enumerate(again, 1):
        site.pages["/feed"] = feed(each)
        assert [one.outcome for one in reader.poll(NOW + number * EVERY)] in ([], ["unchanged"])
    assert reader.web.library.searched().documents == 1


def test_only_what_is_about_a_topic_is_fetched(reader: FeedReader, site: Site) -> None:
    index_all(reader.web.library, SEEDS)
    site.pages |= {
        "/feed": feed(entry(1, "Ships"), entry(2, "Qwen"), entry(3, "Modelscope")),
        "/2": page(2),
        "/3": page(3),
    }
    reader.follow(site.url("/feed"), ("qwen", "modlescope"), NOW)
    assert ids(list(reader.poll(NOW))) == [site.url("/2"), site.url("/3")]
    assert "/1" not in [path for path, _ in site.asked]


def test_a_page_leads_to_its_feed(reader: FeedReader, site: Site) -> None:
    link = b'<html><head><link rel="alternate" type="application/atom+xml" href="feed"></head></html>'
    site.pages |= {"/": saying(link), "/feed": feed(entry(1))}
    assert reader.follow(site.url("/"), ("qwen",), NOW).url == site.url("/feed")
    assert [(one.title, one.topics) for one in reader.feeds()] == [("The News", ("qwen",))]
    reader.follow(site.url("/feed"), (), NOW)
    assert [one.topics for one in reader.feeds()] == [()]


@pytest.mark.parametrize("name", ["{url}", "The News", "news", "/feed"])
def test_what_is_followed_can_be_let_go(reader: FeedReader, site: Site, name: str) -> None:
    site.pages["/feed"] = feed(entry(1))
    url = reader.follow(site.url("/feed"), (), NOW).url
    assert [one.url for one in reader.unfollow(name.format(url=url))] == [url]
    assert reader.unfollow(name.format(url=url)) == ()
    assert reader.feeds() == ()
    assert list(reader.poll(NOW)) == []


def test_of_a_long_feed_the_newest_are_taken_and_then_what_is_new(reader: FeedReader, site: Site) -> None:
    site.pages["/feed"] = feed(*(entry(number, text=f"Text {number}.") for number in range(50)))
    reader.follow(site.url("/feed"), (), NOW)
    assert len(ids(list(reader.poll(NOW)))) == 20
    assert list(reader.poll(NOW + EVERY)) == []
    site.pages["/feed"] = feed(*(entry(number, text=f"Text {number}.") for number in range(100, 130)))
    later = [len(ids(list(reader.poll(NOW + 2 * EVERY)))) for _ in range(3)]
    assert later == [20, 10, 0]


def test_a_dead_feed_is_told_of_asked_ever_less_and_given_up(reader: FeedReader, site: Site) -> None:
    site.pages["/feed"] = feed(entry(1))
    url = reader.follow(site.url("/feed"), (), NOW).url
    site.pages["/feed"] = saying(b"", 404)
    moments = []
    now = NOW
    while not reader.feeds()[0].given_up:
        if found := list(reader.poll(now)):
            assert found == [Indexed(url, None, "there is nothing at that address")]
            moments.append(now)
        now += EVERY
    pauses = [(after - before) / EVERY for before, after in pairwise(moments)]
    assert len(moments) == GIVEN_UP
    assert pauses == [2, 4, 8, 16, 32, 48, 48]
    assert reader.feeds()[0].error == "there is nothing at that address"
    assert list(reader.poll(now + 1_000_000)) == []
    site.pages["/feed"] = feed(entry(1))
    assert not reader.follow(url, (), now).given_up
    assert ids(list(reader.poll(now))) == [site.url("/1")]


BROKEN = [b"<html></html>", b"<rss><chan", b'<rss><!ENTITY a "b"></rss>']


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_feed_leaves_the_others_alone(reader: FeedReader, site: Site, broken: bytes) -> None:
    site.pages |= {"/a": feed(entry(1)), "/b": feed(entry(2))}
    for path in ("/a", "/b"):
        reader.follow(site.url(path), (), NOW)
    site.pages["/a"] = saying(broken)
    failed, taken = reader.poll(NOW)
    assert (failed.name, failed.outcome, taken.name) == (site.url("/a"), None, site.url("/2"))
    assert [bool(one.error) for one in reader.feeds()] == [True, False]
    site.pages["/a"] = feed(entry(1))
    assert ids(list(reader.poll(NOW + 2 * EVERY))) == [site.url("/1")]
    assert [one.error for one in reader.feeds()] == [None, None]


def test_what_is_no_feed_is_not_followed(reader: FeedReader, site: Site) -> None:
    site.pages["/"] = saying(b"<html></html>")
    with pytest.raises(ContentError, match="neither a feed nor a page that names one"):
        reader.follow(site.url("/"), (), NOW)
    assert reader.feeds() == ()


def test_of_two_processes_one_looks_at_a_feed(reader: FeedReader, site: Site) -> None:
    site.pages["/feed"] = feed(entry(1))
    reader.follow(site.url("/feed"), (), NOW)
    first, second = reader.poll(NOW), reader.poll(NOW)
    assert next(first).name == site.url("/1")
    assert list(second) == []
    assert list(first) == []


def test_whoever_stops_goes_on_later(reader: FeedReader, site: Site) -> None:
    site.pages["/feed"] = feed(entry(1), entry(2))
    reader.follow(site.url("/feed"), (), NOW)
    seen: list[Indexed] = []
    stopping = replace(reader, stopped=lambda: bool(seen))
    for one in stopping.poll(NOW):
        seen += [one]
    assert ids(seen) == [site.url("/1")]
    assert ids(list(reader.poll(NOW))) == [site.url("/2")]
