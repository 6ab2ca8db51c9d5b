"""Pages of the web become documents, once for each version of them."""

import pytest

from content.errors import UnreadableDocument
from content.fetch import Fetched
from content.library import Indexed
from content.sandbox import Sandbox
from content.store import Store
from content.web import Web, page
from tests.conftest import Storage
from tests.content.pdf_files import of_pages
from tests.content.site import Site, saying

ARTICLE = (
    b"<html><head><title>Chips</title></head><body><article><h1>Chips</h1><p>The firm makes chips of its own at home, "
    b"it says, and spent $3 billion on them.</p></article></body></html>"
)
PDF = of_pages(["The firm makes chips."])


def test_pages_are_documents_under_their_addresses(site: Site, web: Web, storage: Storage) -> None:
    site.pages |= {
        "/a?utm_source=x": saying(ARTICLE),
        "/b": saying(PDF, Content_Type="application/pdf"),
        "/c": saying(b"Plain words.", Content_Type="text/plain"),
        "/d": saying(PDF, Content_Type=""),
        "/e": saying(b"\x89PNG", Content_Type="image/png"),
        "/f": saying(b"%PDF-1.7 but no more", Content_Type="application/pdf"),
        "/g": saying(PDF),
    }
    urls = [site.url(path) for path in (*site.pages, "/h")]
    assert list(web.add([*urls, "file:///etc/passwd"])) == [
        Indexed(site.url("/a"), "added"),
        Indexed(site.url("/b"), "added"),
        Indexed(site.url("/c"), "added"),
        Indexed(site.url("/d"), "added"),
        Indexed(urls[4], None, "there is image/png at that address, no page, PDF or text"),
        Indexed(urls[5], None, "the PDF is damaged and cannot be read"),
        Indexed(urls[6], None, "this is no HTML page"),
        Indexed(urls[7], None, "there is nothing at that address"),
        Indexed("file:///etc/passwd", None, "only http and https addresses can be fetched, not “file:///etc/passwd”"),
    ]
    document = Store(storage.engine()).document(site.url("/a"))
    assert document
    assert (document.title, document.url) == ("Chips", site.url("/a"))
    web.library.refresh()
    assert web.library.search("chips of its own").hits[0].passage.document == site.url("/a")


def test_a_page_is_sent_again_only_when_it_has_changed(site: Site, web: Web) -> None:
    url = site.url("/a")
    site.pages["/a"] = saying(ARTICLE, ETag='"1"')
    assert list(web.add([url, url])) == [Indexed(url, "added"), Indexed(url, "unchanged")]
    site.pages["/a"] = saying(b"", 304)
    assert list(web.add([url])) == [Indexed(url, "unchanged")]
    site.pages["/a"] = saying(ARTICLE.replace(b"$3", b"$4"), ETag='"2"')
    assert list(web.add([url])) == [Indexed(url, "changed")]
    web.library.remove([url])
    assert list(web.add([url])) == [Indexed(url, "added")]


def test_a_page_cannot_take_the_place_of_somebody_elses() -> None:
    claim = ARTICLE.replace(b"<head>", b'<head><link rel="canonical" href="https://news.example/chips">')
    with Sandbox() as sandbox:
        assert page(Fetched("https://evil.example/", claim), sandbox).id == "https://evil.example/"
        assert page(Fetched("https://www.news.example/x", claim), sandbox).id == "https://news.example/chips"
        with pytest.raises(UnreadableDocument, match="empty"):
            page(Fetched("https://news.example/", b"", unchanged=True), sandbox)
