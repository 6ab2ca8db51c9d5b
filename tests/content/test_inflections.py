"""A verb is one word in whatever form it is asked about and told."""

import pytest

from content.documents import Answer, Document
from content.inflections import derived, inflections
from content.library import Library
from content.words import stem
from tests.content.test_library import outcomes

ZINC = Document(
    "zinc", "ZincCorp spent 3 million euros on furnaces. The sales of ZincCorp fell in May 2026. Rivals sold more zinc."
)


@pytest.mark.parametrize(
    ("asked", "told"),
    [("spend", "spent"), ("spent", "spending"), ("fallen", "falls"), ("sells", "sold"), ("risen", "rose")],
)
def test_forms_of_one_verb_meet(asked: str, told: str) -> None:
    assert stem(told) in inflections(stem(asked))


@pytest.mark.parametrize(
    ("one", "other"), [("founded", "find"), ("saws", "says"), ("led", "lead-free"), ("spend", "sold")]
)
def test_other_words_do_not(one: str, other: str) -> None:
    assert stem(other) not in inflections(stem(one))


@pytest.mark.parametrize("asked", ["regulation", "regulator", "regulate"])
def test_a_noun_and_its_adjective_are_one_family(asked: str) -> None:
    assert derived(stem(asked)) == {stem("regulatory")}
    assert derived(stem("regulatory")) == {stem(asked)}


@pytest.mark.parametrize(
    "question",
    [
        "how much did ZincCorp spend on furnaces?",
        "how much is ZincCorp spending on furnaces?",
        "when did the sales of ZincCorp fall?",
        "what do rivals sell?",
    ],
)
def test_a_question_in_another_form_is_answered_and_nothing_called_missing(library: Library, question: str) -> None:
    outcomes(library, ZINC)
    answer = library.ask(question)
    assert isinstance(answer, Answer)
    assert answer.understanding.missing == ()


def test_a_verb_in_no_form_is_missing_still(library: Library) -> None:
    outcomes(library, ZINC)
    assert library.ask("did ZincCorp withdraw furnaces?").understanding.missing == ("withdraw",)
