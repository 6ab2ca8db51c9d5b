"""Questions offered after an answer: the documents do answer them."""

from dataclasses import replace

import pytest

from content.documents import Answer
from content.library import Library
from handlers import onward
from handlers.services import Asked

ASKED = (
    "Who are Alibaba's competitors?",
    "What is ModelScope?",
    "Which global brands does Alibaba partner with?",
    "What are Alibaba's three strategic bets?",
    "What do merchants need?",
)


@pytest.mark.parametrize("question", ASKED)
def test_what_is_offered_is_answered_by_something_new(seeds: Library, question: str) -> None:
    found = seeds.ask(question)
    assert isinstance(found, Answer)
    offered = onward.questions(seeds, found, {})
    assert 1 <= len(offered) <= onward.MOST
    assert len(set(offered)) == len(offered)
    for each in offered:
        answer = seeds.ask(each)
        assert isinstance(answer, Answer)
        assert {quoted.text for quoted in answer.summary} - {quoted.text for quoted in found.summary}
        assert len(each) <= 75


@pytest.mark.parametrize("question", [*ASKED, "How much did Alibaba pledge for AI?", "Which business units use AI?"])
def test_only_names_are_asked_for_and_only_what_is_said_of_them(seeds: Library, question: str) -> None:
    found = seeds.ask(question)
    assert isinstance(found, Answer)
    offered = " ".join(onward.questions(seeds, found, {}))
    assert offered
    assert not {"According", "Central", "If", "Their", "CNBC"} & set(offered.replace("?", "").split())


def test_where_nothing_is_answered_nothing_is_offered(seeds: Library, library: Library) -> None:
    found = seeds.ask("What is ModelScope?")
    assert isinstance(found, Answer)
    assert onward.questions(library, found, {}) == ()


def test_what_was_asked_before_is_not_asked_again(seeds: Library, library: Library) -> None:
    found = seeds.ask(ASKED[0])
    assert isinstance(found, Answer)
    asked: Asked = {}
    offered = onward.questions(seeds, found, asked)
    assert offered
    assert onward.questions(library, found, asked) == offered
    grown = replace(found, searched=replace(found.searched, documents=5))
    assert onward.questions(library, grown, asked) == ()


def test_not_everything_is_remembered(seeds: Library) -> None:
    found = seeds.ask(ASKED[0])
    assert isinstance(found, Answer)
    asked: Asked = {(str(number), found.searched): () for number in range(5_000)}
    assert onward.questions(seeds, found, asked) == onward.questions(seeds, found, {})
    assert len(asked) < 10
