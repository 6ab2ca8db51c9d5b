"""Which addresses may be fetched, and by which name a page is known."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.addresses import Allowed, canonical, document_id, is_public, web_address
from content.errors import Refused
from content.formats import LONGEST_ID


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("2002:7f00:1::", False),
        ("64:ff9b::a00:1", False),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", False),
    ],
)
def test_addresses_of_the_public_internet(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) == public


@pytest.mark.parametrize(
    ("listed", "host", "port", "address", "admitted"),
    [
        ("", "wiki.corp", 80, "10.0.0.1", False),
        ("wiki.corp", "wiki.corp", 80, "10.0.0.1", True),
        ("Wiki.corp:8080", "WIKI.corp", 8080, "10.0.0.1", True),
        ("wiki.corp:8080", "wiki.corp", 80, "10.0.0.1", False),
        ("10.0.0.0/8, other.corp", "wiki.corp", 80, "10.9.9.9", True),
        ("10.0.0.0/8", "wiki.corp", 80, "192.168.0.1", False),
        ("10.0.0.1", "wiki.corp", 80, "10.0.0.1", True),
        ("", "news.example", 443, "8.8.8.8", True),
    ],
)
def test_what_is_allowed_besides(listed: str, host: str, port: int, address: str, admitted: bool) -> None:
    assert Allowed.read(listed).admits(host, port, ipaddress.ip_address(address)) == admitted


@pytest.mark.parametrize("listed", ["http://wiki.corp", "wiki.corp/x", "a@b", "host:port"])
def test_what_allows_nothing_is_said(listed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Allowed.read(listed)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" https://News.Example:443/a?b=c#d ", "https://news.example/a?b=c"),
        ("news.example/a", "https://news.example/a"),
        ("news.example:8080/a", "https://news.example:8080/a"),
        ("http://bücher.example", "http://xn--bcher-kva.example/"),
        ("http://[::1]:80/", "http://[::1]/"),
    ],
)
def test_web_addresses(text: str, address: str) -> None:
    assert web_address(text) == address


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("ftp://news.example/", "only http and https"),
        ("https://", "no web address"),
        ("https://ana:secret@news.example/", "user name or password"),
        ("https://news.example:99999/", "no web address"),
        ("https://[::1", "no web address"),
        ("https://a b/", "no web address"),
        ("https://a¯b.example/", "no web address"),  # a blank and a line, as domain names are read
        ("https://a［b.example/", "no web address"),
        ("https://a…b.example/", "no web address"),
        ("http://2130706433/", "no web address"),
        ("http://0177.0.0.1/", "no web address"),
        ("http://0x7f.1/", "no web address"),
        ("http://127.1./", "no web address"),
        ("https://news.example/\0", "no web address"),
        ("https://" + "x" * 64 + ".example/", "no web address"),
        ("https://news.example/" + "x" * 3_000, "no web address"),
    ],
)
def test_what_is_no_web_address(text: str, says: str) -> None:
    with pytest.raises(Refused, match=says) as refused:
        web_address(text)
    assert "secret" not in str(refused.value)


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_is_an_address_or_refused(text: str, below: str) -> None:
    try:
        found = web_address(text, below)
    except Refused:
        return
    assert found.startswith(("http://", "https://"))
    assert web_address(found) == found


@pytest.mark.parametrize(
    ("fetched", "stated", "known"),
    [
        ("https://news.example/a?utm_source=x&id=7", None, "https://news.example/a?id=7"),
        ("https://news.example/a?id=%20&x", None, "https://news.example/a?id=%20&x"),
        ("https://news.example/amp/a", "https://www.news.example/a", "https://www.news.example/a"),
        ("https://evil.example/a", "https://news.example/a", "https://evil.example/a"),
        ("https://news.example/a", "javascript:1", "https://news.example/a"),
    ],
)
def test_the_address_a_page_is_known_by(fetched: str, stated: str | None, known: str) -> None:
    assert canonical(fetched, stated) == known


def test_a_long_address_is_an_id_all_the_same() -> None:
    long = "https://news.example/" + "x" * 900
    assert len(document_id(long)) <= LONGEST_ID
    assert document_id(long) != document_id(long + "y")
    assert document_id("https://news.example/a") == "https://news.example/a"
