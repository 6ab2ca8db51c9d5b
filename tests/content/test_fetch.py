"""Fetching is polite, and no address can make it reach inside, take for ever or fill the memory."""

import gzip
import ipaddress
import ssl
from dataclasses import dataclass, field, replace

import httpx
import pytest
import respx
import trustme

from content import robots
from content.addresses import Address, Allowed
from content.errors import FetchFailed, Refused, TooLarge, Unfetchable
from content.fetch import Fetcher, Manners, Validators
from tests.content.site import Page, Site, endless, endless_headers, saying

PAGE = b"<html><body><p>Something to read.</p></body></html>"
NEWS = "https://news.example"
#: a status, or what goes wrong
Answers = list[int | type[httpx.TransportError]]


@dataclass
class Clock:
    """Time that passes when somebody sleeps, and a little with every look at it."""

    tick: float = 0.0
    now: float = 1_000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        self.now += self.tick
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fetcher(clock: Clock) -> Fetcher:
    return Fetcher(Manners("alibaba-bot/1 (+https://us.example)", clock=clock, sleep=clock.sleep))


def reaching(site: Site, clock: Clock) -> Fetcher:
    """A fetcher that may ask a site of this machine, by its name only."""
    return Fetcher(Manners(allowed=Allowed.read(site.place), clock=clock, sleep=clock.sleep))


def test_a_page_is_fetched_with_manners(fetcher: Fetcher, clock: Clock) -> None:
    with respx.mock:
        rules = respx.get(f"{NEWS}/robots.txt").respond(404)
        pages = respx.get(url__startswith=f"{NEWS}/a").respond(200, html=PAGE.decode(), headers={"ETag": '"1"'})
        found = fetcher.get(f"{NEWS}/a")
        fetcher.get(f"{NEWS}/a2")
    assert (found.url, found.content_type, found.charset) == (f"{NEWS}/a", "text/html", "utf-8")
    assert found.validators == Validators('"1"', None)
    assert rules.call_count == 1
    assert clock.slept == [1.0, 1.0]
    assert pages.calls[0].request.headers["user-agent"] == "alibaba-bot/1 (+https://us.example)"
    assert "cookie" not in pages.calls[1].request.headers


def test_what_has_not_changed_is_not_sent_again(fetcher: Fetcher) -> None:
    with respx.mock:
        respx.get(f"{NEWS}/robots.txt").respond(404)
        page = respx.get(f"{NEWS}/a").respond(304)
        assert fetcher.get(f"{NEWS}/a", Validators('"1"', "Sun, 22 Nov 2026 06:00:00 GMT")).unchanged
    assert page.calls[0].request.headers["if-none-match"] == '"1"'
    assert page.calls[0].request.headers["if-modified-since"] == "Sun, 22 Nov 2026 06:00:00 GMT"


@pytest.mark.parametrize(
    ("answers", "waits", "says"),
    [
        ([503, 200], [1.0], None),
        ([httpx.ConnectError, httpx.ReadTimeout, 200], [1.0, 3.0], None),
        ([503, 503, 503], [1.0, 3.0], r"an error \(503\)"),
        ([httpx.ConnectError] * 3, [1.0, 3.0], "cannot be reached"),
        ([httpx.ReadTimeout] * 3, [1.0, 3.0], "does not answer in time"),
        ([404], [], "nothing at that address"),
        ([403], [], "does not let this program in"),
        ([418], [], r"an error \(418\)"),
    ],
)
def test_what_may_pass_is_tried_again(
    fetcher: Fetcher,
    clock: Clock,
    answers: list[int | type[httpx.TransportError]],
    waits: list[float],
    says: str | None,
) -> None:
    with respx.mock:
        respx.get(f"{NEWS}/robots.txt").respond(404)
        route = respx.get(f"{NEWS}/a")
        responses = [httpx.Response(one, content=PAGE) if isinstance(one, int) else one for one in answers]
        route.side_effect = responses
        if says is None:
            assert fetcher.get(f"{NEWS}/a").data == PAGE
        else:
            with pytest.raises(FetchFailed, match=says):
                fetcher.get(f"{NEWS}/a")
    assert clock.slept == [1.0, *waits]
    assert route.call_count == len(answers)


@pytest.mark.parametrize(("told", "waited"), [("7", 7.0), ("100000", 30.0), ("soon", 1.0)])
def test_a_server_may_ask_for_time_within_reason(fetcher: Fetcher, clock: Clock, told: str, waited: float) -> None:
    with respx.mock:
        respx.get(f"{NEWS}/robots.txt").respond(404)
        answers = [httpx.Response(429, headers={"Retry-After": told}), httpx.Response(200, content=PAGE)]
        respx.get(f"{NEWS}/a").side_effect = answers
        assert fetcher.get(f"{NEWS}/a").data == PAGE
    assert clock.slept == [1.0, waited]


@pytest.mark.parametrize(
    ("status", "text", "outcome"),
    [
        (200, "User-agent: *\nDisallow: /a", Refused),
        (200, "User-agent: alibaba-bot\nDisallow: /\n\nUser-agent: *\nAllow: /", Refused),
        (200, "User-agent: other\nDisallow: /", None),
        (200, "x" * 600_000, Refused),
        (301, "", None),
        (403, "", None),
        (500, "", FetchFailed),
    ],
)
def test_robots_txt_is_heeded(fetcher: Fetcher, status: int, text: str, outcome: type[Exception] | None) -> None:
    with respx.mock:
        respx.get(f"{NEWS}/robots.txt").respond(status, text=text, headers={"Location": "/r"} if status == 301 else {})
        respx.get(f"{NEWS}/r").respond(404)
        page = respx.get(f"{NEWS}/a").respond(200, content=PAGE)
        if outcome is None:
            assert fetcher.get(f"{NEWS}/a").data == PAGE
        else:
            with pytest.raises(outcome):
                fetcher.get(f"{NEWS}/a")
    assert page.call_count == (outcome is None)


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /\nAllow: /a", "/a/b", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*?", "/a?b", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf.html", True),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: x\nUser-agent: ALIBABA-bot # us\nDisallow: /\n", "/a", False),
        ("User-agent: x\nDisallow: /\nUser-agent: *\nAllow: /", "/a", True),
        ("Disallow: /", "/a", True),
        ("User-agent: *\nDisallow: /" + "*a" * 50_000, "/" + "a" * 1_000, True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
    ],
)
def test_rules_of_robots_txt(text: str, path: str, allowed: bool) -> None:
    assert robots.read(text, "alibaba-bot").allow(path) == allowed


def test_a_real_site_is_reached_by_its_name(site: Site, clock: Clock) -> None:
    site.pages["/a"] = saying(b"", 302, Location="/b?c")
    site.pages["/b?c"] = saying(gzip.compress(PAGE), Content_Encoding="gzip")
    found = reaching(site, clock).get(site.url("/a"))
    assert (found.url, found.data) == (site.url("/b?c"), PAGE)
    assert site.asked == [(path, site.place) for path in ("/robots.txt", "/a", "/b?c")]


@pytest.mark.parametrize(
    ("page", "outcome", "says"),
    [
        (endless(b"x" * 1_000_000), TooLarge, "larger than the 20 MB"),
        (saying(b"", Content_Length="1000000000"), TooLarge, "larger than the 20 MB"),
        (saying(gzip.compress(bytes(100_000_000)), Content_Encoding="gzip"), TooLarge, "larger than the 20 MB"),
        (saying(b"PK", Content_Encoding="gzip"), FetchFailed, "damaged"),
        (saying(gzip.compress(PAGE)[:-9], Content_Encoding="gzip"), FetchFailed, "damaged"),
        (saying(PAGE, Content_Encoding="gzip, gzip"), FetchFailed, "nobody asked for"),
        (saying(PAGE, Content_Encoding="br"), FetchFailed, "nobody asked for"),
        (saying(PAGE, Content_Length="4000"), FetchFailed, "makes no sense"),
        (lambda handler: handler.wfile.write(b"SSH-2.0\r\n"), FetchFailed, "makes no sense"),
        (saying(b"", 302, Location="/hostile"), FetchFailed, "more than 5 times"),
        (saying(b"", 302, Location=""), FetchFailed, r"an error \(302\)"),
    ],
    ids=["1 GB", "said 1 GB", "gzip bomb", "no gzip", "cut gzip", "twice", "br", "short", "ssh", "loop", "nowhere"],
)
def test_hostile_bodies(site: Site, clock: Clock, page: Page, outcome: type[Unfetchable], says: str) -> None:
    site.pages |= {"/hostile": page, "/good": saying(PAGE)}
    fetcher = reaching(site, clock)
    with pytest.raises(outcome, match=says):
        fetcher.get(site.url("/hostile"))
    assert fetcher.get(site.url("/good")).data == PAGE


@pytest.mark.parametrize("page", [endless(b"x"), endless_headers], ids=["body", "headers"])
def test_a_slow_drip_ends_at_the_deadline(site: Site, page: Page) -> None:
    site.pages["/drip"] = page
    with pytest.raises(FetchFailed, match=r"in time|makes no sense"):
        reaching(site, Clock(tick=1.0)).get(site.url("/drip"))


@pytest.mark.parametrize(
    ("location", "says"),
    [
        ("http://127.0.0.1:{port}/secret", "not on the public web"),
        ("//127.0.0.1:{port}/secret", "not on the public web"),
        ("http://127.1:{port}/secret", "no web address"),
        ("http://2130706433:{port}/secret", "no web address"),
        ("http://0177.0.0.1:{port}/secret", "makes no sense"),
        ("http://0x7f000001:{port}/secret", "no web address"),
        ("http://0:{port}/secret", "no web address"),
        ("http://[::1]:{port}/secret", "not on the public web"),
        ("http://[::ffff:127.0.0.1]:{port}/secret", "not on the public web"),
        ("http://169.254.169.254/latest/meta-data", "not on the public web"),
        ("http://10.0.0.1/", "not on the public web"),
        ("http://localhost:1/", "not on the public web"),
        ("file:///etc/passwd", "only http and https"),
        ("gopher://127.0.0.1/", "only http and https"),
        ("http://ana:secret@localhost:{port}/secret", "user name or password"),
    ],
)
def test_no_redirect_leads_inside(site: Site, clock: Clock, location: str, says: str) -> None:
    site.pages |= {"/a": saying(b"", 302, Location=location.format(port=site.port)), "/secret": saying(PAGE)}
    with pytest.raises(Unfetchable, match=says):
        reaching(site, clock).get(site.url("/a"))
    assert {path for path, _ in site.asked} == {"/robots.txt", "/a"}


@pytest.mark.parametrize(
    ("known", "reached"),
    [
        (["127.0.0.1"], True),
        (["127.0.0.9"], False),
        (["8.8.8.8", "127.0.0.9"], False),
        (["127.0.0.1", "10.0.0.1"], False),
    ],
)
def test_a_connection_goes_to_the_address_that_was_checked(
    site: Site, clock: Clock, known: list[str], reached: bool
) -> None:
    """A name that means something else every time it is asked for gains nothing: it is asked once for a connection."""
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[Address]:
        asked.append(host)
        return [ipaddress.ip_address(each) for each in (known if len(asked) == 2 else ["127.0.0.1"])]

    site.pages["/a"] = saying(PAGE)
    manners = Manners(allowed=Allowed.read("127.0.0.1"), clock=clock, sleep=clock.sleep, resolve=resolve)
    url = f"http://rebinding.example:{site.port}/a"
    if reached:
        assert Fetcher(manners).get(url).data == PAGE
    else:
        with pytest.raises(Refused, match=r"rebinding\.example is not on the public web"):
            Fetcher(manners).get(url)
    assert asked == ["rebinding.example"] * 2
    assert site.asked == [(path, f"rebinding.example:{site.port}") for path in ("/robots.txt", "/a")[: 1 + reached]]


@pytest.mark.parametrize(
    ("issued_for", "believed", "says"),
    [
        ("news.example", True, None),
        ("other.example", True, "certificate cannot be trusted: Hostname mismatch"),
        ("news.example", False, "certificate cannot be trusted: unable to get local issuer certificate"),
    ],
    ids=["good", "another name", "unknown authority"],
)
def test_a_certificate_has_to_be_of_the_name_that_was_asked_for(
    clock: Clock, issued_for: str, believed: bool, says: str | None
) -> None:
    """The connection goes to an address, and what is said there is believed of the name alone."""
    authority, server = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(issued_for).configure_cert(server)
    with Site(server) as site:
        site.pages["/a"] = saying(PAGE)
        manners = replace(
            reaching(site, clock).manners,
            allowed=Allowed.read("127.0.0.1"),
            resolve=lambda host, port: [ipaddress.ip_address("127.0.0.1")],
        )
        fetcher = Fetcher(manners)
        if believed:
            authority.configure_trust(fetcher.trust)
        url = f"https://news.example:{site.port}/a"
        if says is None:
            assert fetcher.get(url).data == PAGE
        else:
            with pytest.raises(FetchFailed, match=says):
                fetcher.get(url)
        assert [path for path, _ in site.asked] == ([] if says else ["/robots.txt", "/a"])


def test_without_leave_nothing_of_this_machine_is_fetched(site: Site, clock: Clock) -> None:
    fetcher = replace(reaching(site, clock), manners=Manners(clock=clock, sleep=clock.sleep))
    with pytest.raises(Refused, match="ALIBABA_FETCH_ALLOW"):
        fetcher.get(site.url("/a"))
    assert site.asked == []
