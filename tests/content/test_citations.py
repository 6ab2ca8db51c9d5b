"""A citation leads to its sentence, and whoever follows it learns when the source has changed."""

from dataclasses import replace
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.citations import deep_link, fingerprint
from content.documents import Answer, Document, Place
from content.library import Library

FIRST = "The cloud of Alibaba grew by 8% in 2025, and its chips were sold out."
SECOND = "Qwen is used by 90,000 firms that pay for it."
TEXT = f"{FIRST} It hired nobody.\n\n{SECOND}\n\nNothing else is known."
CLOUD = Document("cloud", TEXT, url="https://a.example/b?c=d#e", publisher="Reuters", published="2026-05-02")


@pytest.mark.parametrize(
    ("url", "sentence", "link"),
    [
        ("https://a.b/c", "Costs fell.", "https://a.b/c#:~:text=Costs%20fell."),
        ("http://a.b/#top", "Costs fell.", "http://a.b/#top:~:text=Costs%20fell."),
        ("http://a.b/#:~:text=old", "Costs fell.", "http://a.b/#:~:text=Costs%20fell."),
        ("https://a.b/", "A-b, c & d", "https://a.b/#:~:text=A%2Db%2C%20c%20%26%20d"),
        ("https://a.b/", "a b c d e f g h i j k", "https://a.b/#:~:text=a%20b%20c%20d%20e,g%20h%20i%20j%20k"),
        ("https://a.b/", "长" * 100, "https://a.b/"),
        ("https://a.b/", "\ud800x", "https://a.b/#:~:text=x"),
        ("javascript:alert(1)", "x", None),
        ("https://user@a.b/", "x", None),
        ("https://[a", "x", None),
        ("ftp://a.b/", "x", None),
        ("", "x", None),
        (None, "x", None),
    ],
)
def test_deep_links(url: str | None, sentence: str, link: str | None) -> None:
    assert deep_link(url, sentence) == link


@given(st.text())
def test_a_deep_link_stays_within_its_document(sentence: str) -> None:
    link = str(deep_link("https://a.example/b", sentence))
    assert link.startswith("https://a.example/b")
    assert not set(urlsplit(link).fragment) & set(" <>|\"'\n")
    assert not unquote(link).startswith("javascript")


def asked(library: Library) -> Answer:
    list(library.add([CLOUD]))
    library.refresh()
    answer = library.ask("How many firms use Qwen?")
    assert isinstance(answer, Answer)
    return answer


def place(answer: Answer) -> Place:
    source, quoted = answer.sources[0], answer.summary[0]
    marked = ((quoted.start - source.start, quoted.end - source.start),)
    return Place(source.document, source.paragraph, marked, source.digest)


def test_a_source_says_all_that_is_known_of_it(library: Library) -> None:
    (source,) = asked(library).sources
    assert (source.publisher, source.published, source.inferred, source.paragraph) == ("Reuters", "2026-05-02", None, 2)
    assert (
        source.link
        == "https://a.example/b?c=d#e:~:text=Qwen%20is%20used%20by%2090%2C000%20firms%20that%20pay%20for%20it."
    )
    assert source.digest == fingerprint(SECOND)


@pytest.mark.parametrize(
    ("text", "paragraph", "changed"),
    [
        (TEXT, 2, False),
        (f"A new beginning, which is a sentence of its own.\n\n{TEXT}", 3, False),
        (TEXT.replace("90,000", "80,000"), 2, True),
        (f"{SECOND}\n\nNothing else is known.", 1, False),
    ],
)
def test_a_passage_is_found_again_or_said_to_have_changed(
    library: Library, text: str, paragraph: int, changed: bool
) -> None:
    where = place(asked(library))
    list(library.add([replace(CLOUD, text=text)]))
    excerpt = library.excerpt(where)
    assert excerpt
    assert (excerpt.passage.number, excerpt.changed) == (paragraph, changed)
    ((start, end),) = where.marked
    assert (excerpt.passage.text[start:end] == SECOND) is not changed


def test_a_passage_that_is_gone_is_not_made_up(library: Library) -> None:
    where = place(asked(library))
    list(library.add([replace(CLOUD, text="One line is left of it.")]))
    assert library.excerpt(where) is None
    library.remove(["cloud"])
    assert library.excerpt(where) is None


def test_a_place_without_a_hash_is_taken_as_it_is(seeds: Library) -> None:
    excerpt = seeds.excerpt(Place("bold-pivot-to-ai", 3), around=1)
    assert excerpt
    assert [len(excerpt.before), excerpt.passage.number, len(excerpt.after), excerpt.changed] == [1, 3, 1, False]
