"""The seeds' questions: each kind has a floor, set where it stands and only raised."""

import tomllib
from pathlib import Path

import pytest

from content.documents import Answer
from content.library import Library
from handlers import onward
from handlers.conversation import follow_up
from handlers.reply import Reply
from handlers.services import Asked
from tests.handlers.thread import Thread, places

QUESTIONS: dict[str, dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "questions.toml").read_text("utf-8")
)
#: share of questions with the right passage first, or rightly declined
FLOORS = {
    "first": 1.0,
    "plain": 0.95,
    "misspelled": 0.95,
    "paraphrased": 0.81,
    "paraphrased_later": 0.75,
    "paraphrased_unseen": 0.50,
    "follow_ups": 1.0,
    "nowhere": 1.0,
    "own_words": 0.86,
    "plain_blind": 0.93,
    "misspelled_blind": 0.94,
    "paraphrased_blind": 0.41,
    "paraphrased_blind_unseen": 0.23,
    "nowhere_blind": 1.0,
    "own_words_blind": 0.69,
}


def right(library: Library, question: str, passages: list[str]) -> bool:
    """The first source is one of the passages; no answer where there are none."""
    if " / " in question:
        return goes_on_right(library, *question.split(" / "), *passages)
    answer = library.ask(question)
    if not isinstance(answer, Answer):
        return not passages
    return f"{answer.sources[0].document} {answer.sources[0].paragraph}" in passages


def goes_on_right(library: Library, first: str, then: str, verb: str, *passages: str) -> bool:
    """What is said next is taken for what it is, and the reply leads to one of the passages first."""
    thread = Thread(library)
    thread.says(first)
    read, reply = follow_up(thread.turn, then), thread.says(then)
    shown = [*places(reply), *figures_places(library, reply)]
    return (read.verb if read else "ask") == verb and (shown[0] in passages if shown else not passages)


def figures_places(library: Library, reply: Reply) -> list[str]:
    """The passages of the figures that a reply lists."""
    menus = (each for block in reply.message.blocks for each in block.get("elements", ()))
    options = (option["value"] for menu in menus for option in menu.get("options", ()))
    stand = (found[0] for name in options if (found := library.quoted(name)))
    return [f"{passage.document} {passage.number}" for passage in stand]


def test_every_kind_has_a_floor_and_there_are_enough_questions() -> None:
    assert QUESTIONS.keys() == FLOORS.keys()
    assert len(QUESTIONS["first"]) == 8
    count = {kind: len(questions) for kind, questions in QUESTIONS.items()}
    assert sum(count[kind] for kind in FLOORS if not kind.startswith(("nowhere", "own_words"))) >= 80
    assert count["misspelled"] >= 20 <= count["paraphrased"]
    assert count["nowhere"] + count["own_words"] >= 40 <= 2 * count["own_words"]


@pytest.mark.parametrize("kind", FLOORS)
def test_questions(seeds: Library, kind: str) -> None:
    wrong = [question for question, passages in QUESTIONS[kind].items() if not right(seeds, question, passages)]
    share = 1 - len(wrong) / len(QUESTIONS[kind])
    assert share >= FLOORS[kind], wrong


def test_most_answers_offer_questions_to_go_on_with(seeds: Library) -> None:
    """Those offered are answered (tests/handlers/test_onward.py); the share is a floor like the others."""
    asked: Asked = {}
    found = [seeds.ask(question) for kind in ("first", "plain") for question in QUESTIONS[kind]]
    answered = [each for each in found if isinstance(each, Answer)]
    offered = [onward.questions(seeds, each, asked) for each in answered]
    assert len(answered) >= 30
    assert sum(map(bool, offered)) / len(answered) >= 0.9
    assert len({question for each in offered for question in each}) >= 10


@pytest.mark.parametrize(
    "question",
    [
        "What dividend does Alibaba pay?",
        "How many employees does Alibaba have?",
        "How many customers does Alibaba Cloud have?",
        "What is the revenue of Alibaba Cloud?",
        "What is the revenue of Alibaba?",
        "How much did Alibaba Cloud earn?",
        "What was Alibaba's headcount in Hangzhou?",
        "How much did Tencent pledge for cloud?",
        "When was Qwen released?",
        "Which models did ByteDance release?",
        "Did Tencent pledge $52 billion?",
        "Did Baidu launch ModelScope?",
    ],
)
def test_what_no_article_answers_is_declined(seeds: Library, question: str) -> None:
    assert not isinstance(seeds.ask(question), Answer)


@pytest.mark.parametrize("kind", [kind for kind in FLOORS if kind not in ("nowhere", "own_words")])
def test_every_sentence_shown_is_a_quotation(seeds: Library, kind: str) -> None:
    for question in QUESTIONS[kind]:
        answer = seeds.ask(question)
        if not isinstance(answer, Answer):
            continue
        assert 1 <= len(answer.summary) <= 3
        assert sum(len(quotation.text) for quotation in answer.summary) <= 700
        for quotation in answer.summary:
            source = answer.sources[quotation.citation - 1]
            assert source.n == quotation.citation
            assert quotation.text in source.passage
