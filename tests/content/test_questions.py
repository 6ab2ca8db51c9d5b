"""What a question asks for is read off a visible table."""

import pytest

from content.library import Library
from content.questions import asked, defines


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How much did Alibaba pledge for AI?", "money"),
        ("how big is the investment", "money"),
        ("What was the price of the chips?", "money"),
        ("How much faster is it?", "amount"),
        ("How many models are there?", "number"),
        ("What share of revenue is cloud?", "share"),
        ("How long will it take?", "duration"),
        ("Over how many years is it spent?", "duration"),
        ("When was it released?", "date"),
        ("Which year was it?", "date"),
        ("Where will it expand?", "place"),
        ("Who said so?", "person"),
        ("Why does it matter?", "reason"),
        ("What is ModelScope?", "definition"),
        ("whats a MaaS", "definition"),
        ("How does it work?", "manner"),
        ("Which companies compete?", "name"),
        ("Does it work?", "other"),
        ("qwen", "other"),
    ],
)
def test_kinds(question: str, kind: str) -> None:
    assert asked(question).name == kind


@pytest.mark.parametrize(
    ("kind", "sentence", "holds"),
    [
        ("How much is it worth?", "It pledged $52 billion.", True),
        ("How much is it worth?", "It pledged a lot.", False),
        ("How many are there?", "There are over 100 models.", True),
        ("How many are there?", "There are models such as GPT-4.", False),
        ("When was it?", "It came in May 2026.", True),
        ("When was it?", "It came late.", False),
        ("Who said it?", "It was said, Reuters reports.", True),
        ("Who said it?", "It was said by nobody.", False),
        ("Who said it?", "However, it was said.", False),
        ("Where is it?", "It is made in China.", True),
        ("How long is it?", "It took three years.", True),
    ],
)
def test_what_a_sentence_must_hold(kind: str, sentence: str, holds: bool) -> None:
    assert bool(asked(kind).holds(sentence, lambda _: False)) == holds


@pytest.mark.parametrize(
    ("focus", "sentence", "holds"),
    [
        ("Quark", "Quark is an assistant.", True),
        ("Quark", "Quark, a new assistant, is liked.", True),
        ("Tencent", "Tencent: leverages WeChat.", True),
        ("Quark", "They like Quark.", False),
        ("a(b", "a(b is a thing", True),
    ],
)
def test_definitions(focus: str, sentence: str, holds: bool) -> None:
    assert defines(focus, sentence) == holds


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("How much did Alibaba pledge for AI?", "more than $52 billion"),
        ("How many large language models did it release?", "over 100"),
    ],
)
def test_a_question_for_a_number_leads_with_it(seeds: Library, question: str, first: str) -> None:
    answer = seeds.ask(question)
    assert answer.wants_figure  # type: ignore[union-attr]
    assert answer.figures[0].figure.text.startswith(first)  # type: ignore[union-attr]
