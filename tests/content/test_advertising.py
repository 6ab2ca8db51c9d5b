"""Advertising is quoted for who asks for it by name, with its label, and for nobody else."""

import pytest

from content.advertising import ONLY_SPONSORED, advertised, asks_for_advertising
from content.documents import Answer, Document, NothingFound, Passage, Summary, Understanding
from content.library import Library
from handlers.views.answer import answer, no_summary, nothing
from tests.content.test_library import outcomes

FIRM = "IndustrialMonitorDirect.com"


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("What does the sponsored article say?", True),
        ("show sponsored", True),
        ("sponsored?", True),
        ("Which documents are sponsored?", True),
        ("sponsored passages about panel PCs", True),
        ("What do the ads say?", True),
        ("is there any advertorial", True),
        ("paid content", True),
        ("Which football club has Alibaba sponsored?", False),
        ("How much does Alibaba earn from the ads?", False),
        ("Is the Olympics sponsored?", False),
        ("What is the advertising part of revenue?", False),
        ("Who pays for promoted posts on Taobao?", False),
        ("Who sponsored the race?", False),
        ("Which race was sponsored by Acme?", False),
        ("How much does Acme spend on ads?", False),
        ("What is Acme's advertising revenue?", False),
        ("Does Acme advertise?", False),
        ("What is Qwen?", False),
    ],
)
def test_who_asks_for_advertising(question: str, asks: bool) -> None:
    assert asks_for_advertising(question) is asks


@pytest.mark.parametrize("question", ["What does the sponsored article say?", "show the ads about panel PCs"])
def test_the_seeds_have_one_such_passage_and_it_is_labelled(seeds: Library, question: str) -> None:
    found, summary = seeds.ask(question), seeds.summarize(question)
    assert isinstance(found, Answer)
    assert isinstance(summary, Summary)
    for shown in (found, summary):
        assert FIRM in shown.summary[0].text
        assert [(one.label, one.link) for one in shown.sources] == [("sponsored", None)]
        assert shown.figures == ()
    assert found.understanding.missing == ()
    assert "· sponsored" in str(answer(found, question, private=False).blocks)


@pytest.mark.parametrize("question", ["Who supplies panel PCs?", "Who sponsored the race?", "industrial panel PCs"])
def test_nobody_else_is_shown_it(seeds: Library, question: str) -> None:
    for found in (seeds.ask(question), seeds.summarize(question)):
        assert FIRM not in str(found)


@pytest.mark.parametrize(
    ("question", "sponsored"),
    [("Who supplies panel PCs?", True), ("panel PCs", True), ("Who owns Umbra?", False), ("Umbra", False)],
)
def test_who_asks_for_what_only_advertising_says_is_told_so(seeds: Library, question: str, sponsored: bool) -> None:
    found = seeds.ask(question)
    assert isinstance(found, NothingFound)
    assert found.sponsored == sponsored
    assert (ONLY_SPONSORED in nothing(found).text) == sponsored


@pytest.mark.parametrize(("topic", "sponsored"), [("panel PCs", True), ("Umbra", False)])
def test_so_is_who_wants_it_summed_up(seeds: Library, topic: str, sponsored: bool) -> None:
    found = seeds.summarize(topic)
    assert isinstance(found, NothingFound)
    assert found.sponsored == sponsored
    assert (ONLY_SPONSORED in no_summary(found, topic).text) == sponsored


def test_where_nothing_is_sponsored_the_question_is_one_like_any_other(library: Library) -> None:
    assert outcomes(library, Document("race", "Acme sponsored the race of Ningbo in May 2026.")) == [("race", "added")]
    found = library.ask("Which race is sponsored?")
    assert isinstance(found, Answer)
    assert [one.label for one in found.sources] == [None]


def test_an_advertisement_of_several_papers_is_quoted_once(library: Library) -> None:
    ad = "Need servers? Check out AcmeServers.com, the leading provider of 400 kinds of refurbished racks."
    papers = [
        Document(name, f"The cloud of {name} grew by 8% in 2025.\n\n{ad}\n\nThat is all.", published=f"2026-0{month}")
        for name, month in (("a", 3), ("b", 1), ("c", 2))
    ]
    assert outcomes(library, *papers) == [("a", "added"), ("b", "added"), ("c", "added")]
    for found in (library.ask("sponsored article"), library.summarize("show the ads about servers")):
        assert isinstance(found, Answer | Summary)
        assert len({one.text for one in found.summary}) == len(found.summary)
        assert [(one.document, [copy.document for copy in one.also_in]) for one in found.sources] == [("b", ["a", "c"])]


def _bought(number: int, text: str, sign: str) -> Passage:
    return Passage("d", number, 0, len(text), text, sponsored=f"asks to buy (“{sign}”)")


def test_the_sentences_that_show_it_are_quoted_of_the_passages_asked_about() -> None:
    chairs = _bought(1, "Chairs are old. Buy a chair now. All is well.", "Buy a chair")
    tables = _bought(2, "Tables are old. Order a table today.", "a sign of the whole document")
    told = [[one.text for _, one in advertised((chairs, tables), Understanding(asked))] for asked in ASKED]
    assert told == [
        ["Buy a chair now.", "Tables are old.", "Order a table today."],
        ["Buy a chair now."],
        ["Tables are old.", "Order a table today."],
    ]


def test_nothing_is_quoted_twice() -> None:
    labels = [_bought(1, "Sponsored content", "a label"), _bought(2, "Sponsored content", "a label")]
    assert len(advertised(labels, Understanding("show sponsored"))) == 1


ASKED = ("show sponsored", "sponsored passages about chairs", "the ads about tables")
