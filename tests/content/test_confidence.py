"""An answer has grounds: what it covers, and that it holds what is asked about whom it is asked."""

import pytest

from content.confidence import LINE, WEIGHTS, Grounds, confidence, grounds
from content.documents import Answer, NothingFound
from content.library import Library
from tests.content.test_ranking import asked, hit, ranked

SURE = Grounds(1, 1, 1, 1, 1, 0, 0, 0, 0, 0)


def test_confidence_is_a_probability_that_grows_with_what_speaks_for_an_answer() -> None:
    assert 0 <= confidence(Grounds(0, 0, 0, 0, 0, 1, 1, 1, 1, 1)) < LINE < confidence(SURE) <= 1


@pytest.mark.parametrize("against", ["doubt", "nameless", "unexplained", "unrelated", "unsaid"])
def test_what_speaks_against_lowers_it(against: str) -> None:
    assert getattr(WEIGHTS, against) < 0
    assert confidence(SURE._replace(**{against: 1.0})) < confidence(SURE)


@pytest.mark.parametrize(
    ("question", "sentence", "sure"),
    [
        ("Who founded the Acme?", "Jane Roe founded Acme.", True),
        ("Who founded the Acme?", "Jane Roe likes Acme.", False),
        ("Who founded the Acme?", "Jane Roe founded something.", False),
        ("How many models did the Acme release?", "Acme released 100 models.", True),
        ("How many models did the Acme release?", "Acme released models.", False),
        ("How many models did the Umbra release?", "Acme released 100 models.", False),
        ("When did the Acme release models?", "Acme released models in May 2026.", True),
        ("When did the Acme release models?", "Acme released models.", False),
        ("How much did the Acme pay?", "Acme paid 5 million dollars.", True),
        ("How much did the Acme pay?", "Acme paid its debts.", False),
        ("What was the revenue of the Acme?", "The Acme made a revenue of 5 million dollars.", True),
        ("What was the revenue of the Acme?", "The Acme pledged 5 million dollars for revenue.", False),
        ("Who is the boss of the Acme?", "Jane Roe, the president, founded Acme.", True),
        ("Who is the leader of the Acme?", "Acme dominates all that Umbra makes.", False),
        ("Who is the CEO of the Acme?", "The leader of Acme is Jane Roe.", False),
        ("Who leads the Acme Bank?", "Acme is led by Jane Roe.", False),
        ("shopkeepers", "Merchants need translation.", False),
        ("merchant", "Merchants need translation.", True),
        ("regulation", "Regulatory scrutiny grows.", True),
        ("regulatory", "It may be regulated.", True),
        ("regulation", "The government oversees it.", False),
    ],
)
def test_relation_name_and_kind_must_be_there(question: str, sentence: str, sure: bool) -> None:
    hits = [hit(sentence)]
    query = asked(question, hits)
    assert (confidence(grounds(query, ranked(question, *hits)[0], 0.0)) >= LINE) == sure


@pytest.mark.parametrize(
    "question",
    [
        "How much did Tencent pledge for cloud?",
        "Who founded Alibaba?",
        "Who leads Tencent?",
        "Who created WeChat?",
        "When did Alibaba launch ModelScope?",
        "What did Reuters report about Tencent?",
    ],
)
def test_words_that_never_stand_together_make_no_answer(seeds: Library, question: str) -> None:
    nothing = seeds.ask(question)
    assert isinstance(nothing, NothingFound)
    assert 0 < nothing.confidence < LINE
    assert 1 <= len(nothing.nearest) <= 3


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("What does that figure surpass?", "Earlier this year, Alibaba pledged more than $52 billion"),
        ("What can businesses rent?", "it is offering"),
    ],
)
def test_what_a_sentence_leans_on_is_quoted_before_it(seeds: Library, question: str, before: str) -> None:
    answer = seeds.ask(question)
    assert isinstance(answer, Answer)
    assert before in answer.summary[0].text
    assert [one.start for one in answer.summary] == sorted(one.start for one in answer.summary)
