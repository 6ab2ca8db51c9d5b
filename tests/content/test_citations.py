"""A citation leads to its sentence, and whoever follows it learns when the source has changed."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.citations import place_of, sentences_shown
from content.documents import Answer, Document, Place
from content.library import Library
from content.links import deep_link
from content.places import fingerprint, found_again, to_keep

W = "word" * 15
LONG = "长" * 9
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
        ("https://a.b/#top", "长" * 100, "https://a.b/#top"),
        ("https://a.b/#:~:text=old", "长" * 100, "https://a.b/"),
        (
            "https://a.b/",
            f"{'长' * 9}，{'短' * 60}，好。",
            "https://a.b/#:~:text=" + quote(f"{'长' * 9}，") + "," + quote("好。"),
        ),
        (
            "https://a.b/",
            " ".join(["word" * 15] * 11),
            f"https://a.b/#:~:text={W}%20{W}%20{W}%20{W},{W}%20{W}%20{W}%20{W}",
        ),
        ("https://a.b/", "x" * 501, "https://a.b/"),
        ("https://a.b/", "a\tb \u00a0 c", "https://a.b/#:~:text=a%20b%20c"),
        ("https://a.b/", "a b\nc d", "https://a.b/#:~:text=a%20b,c%20d"),
        ("https://a.b/", "a b c d e f\ng h i j k l m", "https://a.b/#:~:text=a%20b%20c%20d%20e,i%20j%20k%20l%20m"),
        ("https://a.b/", "Shimmer | $9 million | 2021", "https://a.b/#:~:text=Shimmer,-%249%20million"),
        ("https://a.b/", "Two-way | ", "https://a.b/#:~:text=Two%2Dway"),
        ("https://a.b/", "", "https://a.b/"),
        ("https://a.b/#top", " \n ", "https://a.b/#top"),
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


@given(st.text("ab 。\n|", max_size=300))
def test_a_deep_link_cuts_no_word(passage: str) -> None:
    _, _, told = unquote(str(deep_link("https://a.example/b", passage))).partition("#:~:text=")
    words = set(re.findall(r"[ab|]+", passage))
    assert set(re.findall(r"[ab|]+", told)) <= words


@pytest.mark.parametrize(
    ("marked", "link"),
    [
        ((), "It%20rained%20on%20Monday.%20Costs%20fell."),
        (((22, 33),), "Costs%20fell."),
        (((0, 21), (22, 33)), "It%20rained%20on%20Monday."),
    ],
)
def test_a_deep_link_leads_to_the_first_mark_else_to_the_passage(marked: Any, link: str) -> None:
    assert deep_link("https://a.b/", "It rained on Monday. Costs fell.".replace("day. ", "day.  "), marked) == (
        f"https://a.b/#:~:text={link}"
    )


spaced = st.text("ab \t\n\u00a0", max_size=60)


@given(spaced, st.integers(0, 60), st.integers(0, 60), st.sampled_from([" ", "  ", "\n", "\t "]))
def test_a_mark_is_found_again_however_the_passage_is_set(text: str, start: int, end: int, blank: str) -> None:
    again = blank.join(text.split())
    kept = to_keep(text, [(start, min(end, len(text)))])
    (was,), now = [text[start:end]], [again[a:b] for a, b in found_again(again, kept)]
    assert fingerprint(again) == fingerprint(text)
    assert ["".join(one.split()) for one in now if one.strip()] == ["".join(was.split())] * bool(was.strip())


def test_the_figure_of_a_rival_is_linked_and_marked_where_it_stands(library: Library) -> None:
    long = f"However, the firm said that it would do more, {'and more, ' * 60} as its owners wish."
    pledge = "Alibaba’s pledge for its cloud and AI is $53 billion."
    papers = (f"Alibaba pledged $52 billion for its cloud and AI. {long}", f"{long} {pledge}")
    list(library.add([Document(f"d{n}", text, url=f"https://a.example/{n}") for n, text in enumerate(papers)]))
    library.refresh()
    answer = library.ask("How much did Alibaba pledge for its cloud and AI?")
    assert isinstance(answer, Answer)
    assert [figure.figure.text for figure in answer.figures] == ["$52 billion", "$53 billion"]
    quoted, rival = sentences_shown(answer)
    assert (quoted,) == answer.summary
    source = answer.sources[rival.citation - 1]
    assert source.link == deep_link(source.url, pledge)
    ((start, end),) = found_again(source.passage, place_of(source, [rival]).marked)
    assert source.passage[start:end] == pledge


def asked(library: Library) -> Answer:
    list(library.add([CLOUD]))
    library.refresh()
    answer = library.ask("How many firms use Qwen?")
    assert isinstance(answer, Answer)
    return answer


def place(answer: Answer) -> Place:
    source, quoted = answer.sources[0], answer.summary[0]
    marked = ((quoted.start - source.start, quoted.end - source.start),)
    return Place(source.document, source.paragraph, marked, source.fingerprint)


def test_a_source_says_all_that_is_known_of_it(library: Library) -> None:
    (source,) = asked(library).sources
    assert (source.publisher, source.published, source.inferred, source.paragraph) == ("Reuters", "2026-05-02", None, 2)
    assert (
        source.link
        == "https://a.example/b?c=d#e:~:text=Qwen%20is%20used%20by%2090%2C000%20firms%20that%20pay%20for%20it."
    )
    assert source.fingerprint == fingerprint(SECOND)


@pytest.mark.parametrize(
    ("text", "paragraph", "changed"),
    [
        (TEXT, 2, False),
        (f"A new beginning, which is a sentence of its own.\n\n{TEXT}", 3, False),
        (TEXT.replace("90,000", "80,000"), 2, True),
        (f"{SECOND}\n\nNothing else is known.", 1, False),
        (TEXT.replace("firms that", "firms\u00a0 that"), 2, False),
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
    marked = [excerpt.passage.text[start:end] for start, end in found_again(excerpt.passage.text, where.marked)]
    assert (fingerprint(marked[0]) == fingerprint(SECOND)) is not changed


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
