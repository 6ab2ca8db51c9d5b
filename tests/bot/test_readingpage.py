"""The reading page: opens for who has our link, for as long as we said, and runs nothing."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote, unquote, urlencode, urlsplit

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot import server
from bot.database import engine
from bot.readingpage import Links, Pages, Unreadable, notice, page, signing_key
from content.citations import place_of, sentences_shown
from content.documents import Answer, Document, Excerpt, Passage, Place
from content.library import Library
from content.places import fingerprint
from handlers.views.blocks import clean
from tests.conftest import SEEDS, index_all

DAY = 86_400
NOW = 20_000 * DAY + 5_000
PLACE = Place("bold-pivot-to-ai", 3, ((60, 120),), "")


def links(at: float = NOW, token: str = "xoxb-1", days: int = 30) -> Links:
    return Links("https://bot.example/alibaba", signing_key(token), lambda: at, days)


def taken_apart(link: str) -> tuple[str, dict[str, str]]:
    parts = urlsplit(link)
    return unquote(parts.path.removeprefix("/alibaba/read/")), dict(parse_qsl(parts.query, keep_blank_values=True))


def test_a_link_says_the_document_and_the_paragraph() -> None:
    link = str(links().to(PLACE))
    assert link.startswith("https://bot.example/alibaba/read/bold-pivot-to-ai?")
    assert link.endswith("#p3")
    assert parse_qs(urlsplit(link).query)["until"] == [str((20_000 + 31) * DAY)]


spans = st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 9999)), max_size=4).map(tuple)
places = st.builds(
    Place, st.text(st.characters(codec="utf-8"), min_size=1), st.integers(1), spans, st.text("0123456789abcdef")
)


@given(places)
def test_a_link_leads_to_its_place(place: Place) -> None:
    link = links().to(place)
    assert (link is None) == (place.document in (".", ".."))
    assert link is None or links().place(*taken_apart(link)) == place


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"p": "4"}, "not one of ours"),
        ({"p": "x"}, "not one of ours"),
        ({"m": "0-9"}, "not one of ours"),
        ({"m": "9"}, "not one of ours"),
        ({"m": "1-2-3"}, "not one of ours"),
        ({"h": "0"}, "not one of ours"),
        ({"until": "99999999999"}, "not one of ours"),
        ({"until": ""}, "not one of ours"),
        ({"by": ""}, "not one of ours"),
        ({"by": "é\ud800"}, "not one of ours"),
    ],
)
def test_a_link_that_was_changed_does_not_open(change: dict[str, str], says: str) -> None:
    document, query = taken_apart(str(links().to(PLACE)))
    with pytest.raises(Unreadable, match=says):
        links().place(document, query | change)


def test_nor_does_one_of_another_document_or_of_another_bot() -> None:
    document, query = taken_apart(str(links().to(PLACE)))
    for at, name in ((links(), "another"), (links(token="xoxb-2"), document)):
        with pytest.raises(Unreadable, match="not one of ours"):
            at.place(name, query)
    with pytest.raises(Unreadable, match="not one of ours"):
        links().place(document, {})


@pytest.mark.parametrize(("later", "opens"), [(0, True), (30 * DAY, True), (31 * DAY - 5_001, True), (31 * DAY, False)])
def test_a_link_expires(later: int, opens: bool) -> None:
    link = taken_apart(str(links().to(PLACE)))
    if opens:
        assert links(NOW + later).place(*link) == PLACE
    else:
        with pytest.raises(Unreadable, match="expired"):
            links(NOW + later).place(*link)


class Seen(HTMLParser):
    """What a browser makes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.marked: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] == ["mark"]:
            self.marked.append(data)
            self.tags.append("text")
        if "style" not in self.tags[-1:]:
            self.text += data


HARMLESS = set("html head meta title style body main h1 h2 p div span mark a small text".split())
TEXT = "<script>alert(1)</script> & <img src=x onerror=alert(1)> \"quoted\" 'too' </p></div>{{ 7*7 }}"


def excerpt(text: str = TEXT, **fields: Any) -> Excerpt:
    passage = Passage("d", 2, 100, 100 + len(text), text, TEXT)
    before = Passage("d", 1, 0, 9, TEXT, None, sponsored=TEXT)
    return replace(Excerpt(TEXT, None, TEXT, TEXT, (before,), passage, ()), **fields)


@pytest.mark.parametrize("fields", [{}, {"label": TEXT}, {"inferred": TEXT, "published": None}, {"changed": True}])
def test_whatever_a_document_says_is_only_text(fields: dict[str, Any]) -> None:
    seen = Seen(page(excerpt(**fields), Place("d", 2, ((0, 25),))))
    assert set(seen.tags) <= HARMLESS
    assert not [name for name, _ in seen.attributes if name.startswith("on") or name == "src"]
    assert seen.text.count("<script>alert(1)</script>") >= 5
    assert seen.marked == ([] if fields.get("changed") else ["<script>alert(1)</script>"])


@given(st.text(max_size=80), spans)
def test_whatever_is_marked_nothing_is_lost(text: str, marked: Any) -> None:
    shown = page(excerpt(text, title=None, before=()), Place("d", 2, marked))
    body = shown.partition('class="paragraph quoted"')[2].partition("<p>")[2].partition("</p>")[0]
    assert "".join(Seen(f"<p>{re.sub('</?mark>', '', body)}").text.split()) == "".join(clean(text).split())


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/b", "https://a.example/b#:~:text=Two%20words."),
        ("javascript:alert(1)", None),
        ("https://user@a.example", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, link: str | None) -> None:
    seen = Seen(page(excerpt("One. Two words.", url=url), Place("d", 2, ((5, 15),))))
    assert [value for name, value in seen.attributes if name == "href"] == ([link] if link else [])


def test_a_link_opens_at_a_passage_that_has_moved() -> None:
    """Which paragraph that is, its link says as it was; where that number stands now, another passage has no anchor."""
    html = page(excerpt("It was quoted."), Place("d", 1))
    anchors = re.findall(r'<div( id="p\d+")? class="paragraph( quoted)?', html)
    assert anchors == [("", ""), (' id="p1"', " quoted")]


def test_a_sponsored_passage_says_so_and_leads_nowhere() -> None:
    ad = Passage("d", 2, 0, 30, "Order now at https://acme.com.", None, sponsored="asks to buy (“Order now”)")
    html = page(excerpt(url="https://a.example", passage=ad, before=()), Place("d", 2, ((0, 9),)))
    assert "Sponsored" in html
    assert "asks to buy" in html
    assert "acme" not in html
    assert "<mark>" not in html
    assert "href" not in html


@pytest.fixture
async def served(library: Library) -> AsyncIterator[tuple[str, Links, Library]]:
    document = Document("a/b?c#d ü", "First words here.\n\nThe cloud grew by 8% in 2025. It rained.\n\nThe end of it.")
    list(library.add([document]))
    library.refresh()
    made = links()
    application = server.application(server.Health(lambda: True), None, Pages(made, library.excerpt))
    close, port = await server.listen(application, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{port}", made, library
    await close()


async def opened(base: str, link: str) -> tuple[int, str, dict[str, str]]:
    parts = urlsplit(link)
    address = f"{base}{parts.path.removeprefix('/alibaba')}?{parts.query}"
    async with aiohttp.ClientSession() as session, session.get(URL(address, encoded=True)) as response:
        return response.status, await response.text(), dict(response.headers)


async def test_the_page_of_an_answer(served: tuple[str, Links, Library]) -> None:
    base, made, library = served
    answer = library.ask("How much did the cloud grow in 2025?")
    assert isinstance(answer, Answer)
    place = place_of(answer.sources[0], answer.summary)
    status, html, headers = await opened(base, str(made.to(place)))
    assert status == 200
    assert Seen(html).marked == ["The cloud grew by 8% in 2025."]
    assert 'id="p2"' in html
    assert "script" not in headers["Content-Security-Policy"]
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert (headers["Referrer-Policy"], headers["X-Content-Type-Options"]) == ("no-referrer", "nosniff")
    assert headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("place", "change", "status", "says"),
    [
        (Place("a/b?c#d ü", 2, (), fingerprint("another text")), {}, 200, "has changed since it was quoted"),
        (Place("a/b?c#d ü", 9), {}, 404, "no longer in the documents"),
        (Place("nothing", 1), {}, 404, "no longer in the documents"),
        (Place("a/b?c#d ü", 2), {"p": "3"}, 403, "not one of ours"),
        (Place("a/b?c#d ü", 2), {"until": "1"}, 403, "not one of ours"),
    ],
)
async def test_what_cannot_be_read_is_said_in_words(
    served: tuple[str, Links, Library], place: Place, change: dict[str, str], status: int, says: str
) -> None:
    base, made, _ = served
    document, query = taken_apart(str(made.to(place)))
    answered, html, headers = await opened(base, f"/read/{quote(document, safe='')}?{urlencode(query | change)}")
    assert (answered, says in html) == (status, True)
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


async def test_an_expired_link_is_gone(served: tuple[str, Links, Library]) -> None:
    base, made, _ = served
    old = str(replace(made, clock=lambda: NOW - 90 * DAY).to(Place("a/b?c#d ü", 2)))
    assert (await opened(base, old))[:1] == (410,)
    assert "expired" in (await opened(base, old))[1]


def test_a_notice_is_a_whole_page() -> None:
    assert Seen(notice(TEXT)).text.count(TEXT[:20]) == 1


def test_sources_without_an_address_lead_to_their_page(served_library: Library) -> None:
    answer = served_library.ask("How much did Alibaba pledge?")
    assert isinstance(answer, Answer)
    for source in answer.sources:
        document, query = taken_apart(str(source.link))
        assert links().place(document, query) == place_of(source, sentences_shown(answer))


@pytest.fixture
def served_library(tmp_path: Any) -> Library:
    library = Library.open(tmp_path, engine(f"sqlite:///{tmp_path}/alibaba.db"), links().to)
    index_all(library, SEEDS)
    return library
