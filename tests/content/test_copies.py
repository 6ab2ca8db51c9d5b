"""Syndicated copies are shown once, as they were first published; news is never taken for a copy."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from content.copies import first_publications, same_stories, told_once
from content.documents import Answer, Document, Figure, Hit, Passage, Summary
from content.library import Library

STORY = (
    "Alibaba pledged more than $52 billion over the next three years to bolster its cloud infrastructure, the firm "
    "said on Monday, as rivals such as Tencent and ByteDance spend ever more on chips and data centers."
)
REPRINT = STORY.replace("the firm said on Monday", "the company said this week").replace("ever more", "heavily")
UPDATE = STORY.replace("$52 billion", "$53 billion")
LONGER = (
    f"{STORY} Analysts doubt that all of it will be spent, for want of buyers, of power and of people who know how to "
    "build it. Shareholders took the news calmly. Baidu, which has no such plan, lost a tenth of its value in a day."
)
OTHER = "Qwen is an open family of models that developers everywhere may use, change and sell as they like."
SHORT = "Alibaba declined to comment."


def hits(*texts: str) -> list[Hit]:
    return [
        Hit(rank, Passage(name, 1, 0, len(text), text), None, 9.0 - rank)
        for rank, (name, text) in enumerate(zip("abcdefgh", texts, strict=False), 1)
    ]


def shown(found: Sequence[Hit], **dates: str) -> list[tuple[int, str, tuple[str, ...]]]:
    return [
        (hit.rank, hit.passage.document, hit.passage.also_in)
        for hit in first_publications(found, {name: dates.get(name) for name in "abcdefgh"})
    ]


@pytest.mark.parametrize(
    ("texts", "groups"),
    [
        ((STORY, OTHER), ["a", "b"]),
        ((STORY, STORY), ["ab"]),
        ((STORY, REPRINT, OTHER, STORY.upper()), ["abd", "c"]),
        ((STORY, UPDATE), ["a", "b"]),
        ((STORY, LONGER), ["a", "b"]),
        ((SHORT, SHORT), ["a", "b"]),
        ((OTHER, STORY, OTHER), ["ac", "b"]),
        ((), []),
    ],
)
def test_groups(texts: tuple[str, ...], groups: list[str]) -> None:
    found = shown(hits(*texts))
    assert [name + "".join(others) for _, name, others in found] == groups
    assert [rank for rank, _, _ in found] == list(range(1, len(groups) + 1))


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        ({}, "a"),
        ({"b": "2026-05"}, "b"),
        ({"a": "2026-05-02", "b": "2026-05-01"}, "b"),
        ({"a": "2026", "b": "2026-05-01"}, "a"),
        ({"a": "2026-05-01", "b": "2026-05-01"}, "a"),
    ],
)
def test_the_first_publication_stands_where_the_best_copy_stood(dates: dict[str, str], first: str) -> None:
    other = "b" if first == "a" else "a"
    assert shown(hits(STORY, STORY, OTHER), **dates) == [(1, first, (other,)), (2, "c", ())]
    assert first_publications(hits(STORY, STORY), dates)[0].score == 8.0


def test_a_document_does_not_copy_itself() -> None:
    one, two, other = hits(STORY, STORY, OTHER)
    again = replace(two, passage=replace(two.passage, document="a", number=2))
    assert [name for _, name, _ in shown([one, again, other])] == ["a", "a", "c"]


def syndicated(library: Library) -> None:
    stated = (("two", "The Second", "2026-05-03"), ("one", "The First", "2026-05-01"), ("three", None, None))
    documents = [
        Document(name, f"{text}\n\n{name} has more.", publisher=publisher, published=published)
        for (name, publisher, published), text in zip(stated, (REPRINT, STORY, STORY), strict=True)
    ]
    list(library.add([*documents, Document("other", OTHER)]))
    library.refresh()


def test_an_answer_names_the_first_and_the_others(library: Library) -> None:
    syndicated(library)
    answer = library.ask("How much did Alibaba pledge for cloud infrastructure?")
    assert isinstance(answer, Answer)
    assert [(source.document, source.published) for source in answer.sources] == [("one", "2026-05-01")]
    assert sorted(copy.publisher or copy.document for copy in answer.sources[0].also_in) == ["The Second", "three"]
    assert answer.disagreements == ()


def test_a_topic_is_summed_up_without_repeating_a_story(library: Library) -> None:
    syndicated(library)
    summary = library.summarize("pledged")
    assert isinstance(summary, Summary)
    assert [source.document for source in summary.sources] == ["one"]


def test_a_search_shows_copies_once_when_asked_to(library: Library) -> None:
    syndicated(library)
    assert len(library.search("Alibaba pledged chips", 2).hits) == 2
    found = library.search("Alibaba pledged chips models", 2, distinct=True).hits
    assert [hit.passage.document for hit in found] == ["one", "other"]
    assert sorted(found[0].passage.also_in) == ["three", "two"]


def figure(document: str, text: str, said: str) -> Figure:
    """``said`` is "A" or "B" for two sentences in whatever case, anything else for a short one."""
    whole = f"The plants that {said} runs in the north of the country have {text} robots"
    sentence = whole if said.upper() in ("A", "B") else said
    return Figure(text, 0, len(text), 5.0, 5.0, "USD", "money", sentence=sentence, document=document)


@pytest.mark.parametrize(
    ("told", "dates", "once"),
    [
        (["a 5 A", "b 5 A", "c 5 B"], {}, ["a5 b", "c5"]),
        (["a 5 A", "b 5 A"], {"b": "2026-05"}, ["b5 a"]),
        (["a 5 A", "b 6 A"], {}, ["a5", "b6"]),
        (["a 5 A", "a 5 A", "b 5 A"], {}, ["a5 b", "a5"]),
        (["a 5 A", "c 7 B", "b 5 a"], {}, ["a5 b", "c7"]),
        (["a 5 short", "b 5 short"], {}, ["a5", "b5"]),
        ([], {}, []),
    ],
)
def test_a_figure_of_a_copied_sentence_is_told_once(told: list[str], dates: dict[str, str], once: list[str]) -> None:
    figures = [figure(*one.split()) for one in told]
    found = told_once(figures, dates)
    assert [" ".join((f"{one.document}{one.text}", *copies)) for one, copies in found] == once


@pytest.mark.parametrize(
    ("shared", "passages", "same"),
    [
        ({"x": "ab"}, {"a": 1, "b": 1, "c": 1}, {"a": {"b"}, "b": {"a"}}),
        ({"x": "ab", "y": "ab"}, {"a": 4, "b": 2}, {"a": {"b"}, "b": {"a"}}),
        ({"x": "ab"}, {"a": 3, "b": 1}, {}),
        ({"x": "aab"}, {"a": 4, "b": 4}, {}),
        ({"x": "abc"}, {"a": 1, "b": 1, "c": 9}, {"a": {"b"}, "b": {"a"}}),
        ({}, {}, {}),
        # what everybody has below an article is no story
        ({"x": "abcdefghijklmnopqrstu"}, dict.fromkeys("abcdefghijklmnopqrstu", 1), {}),
    ],
)
def test_documents_that_share_half_of_their_passages_are_one_story(
    shared: dict[str, str], passages: dict[str, int], same: dict[str, set[str]]
) -> None:
    assert same_stories({text: list(having) for text, having in shared.items()}, passages) == same


def test_the_list_of_documents_says_which_are_copies_when_asked_to(library: Library) -> None:
    syndicated(library)
    list(library.add([Document("three", STORY), Document("late", STORY, published="2026-06-01")]))
    library.refresh()
    labels = {one.document: one.labels for one in library.sources(copies=True) if one.labels}
    assert labels == {"one": ("also in late, three",), "late": ("copy of one",), "three": ("copy of one",)}
    assert {one.labels for one in library.sources()} == {()}
