"""What a question asks for is read off a visible table."""

import pytest

from content.library import Library
from content.questions import asked, thing_asked_for
from content.signs import defines
from content.words import stem


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
        ("Who is the company's chief executive?", "office"),
        ("who runs it", "office"),
        ("What is the name of the assistant?", "name"),
        ("Which shopping sites are there?", "name"),
        ("list the competitors", "name"),
        ("alibaba partners", "name"),
        ("What are Acme's main customers?", "name"),
        ("share price today?", "money"),
        ("cost of the chips", "money"),
        ("what do they say of the price?", "other"),
        ("Why does it matter?", "reason"),
        ("What is ModelScope?", "definition"),
        ("whats a MaaS", "definition"),
        ("How does it work?", "manner"),
        ("Which companies compete?", "name"),
        ("What can companies rent?", "other"),
        ("Does it work?", "choice"),
        ("How often does it run?", "frequency"),
        ("How much electricity does it use?", "quantity"),
        ("how much for AI?", "amount"),
        ("What is the market share of it?", "share"),
        ("Compare Baidu and Tencent", "comparison"),
        ("How does it differ from others?", "comparison"),
        ("What is the assistant called?", "name"),
        ("What is linkedin used for?", "definition"),
        ("What does AARP stand for?", "definition"),
        ("What is the function of albumin?", "other"),
        ("Which limits does it face?", "sort"),
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
        ("Who said it?", "“Innovation, it was said.”", False),
        ("Where is it?", "It is made in China.", True),
        ("How long is it?", "It took three years.", True),
        ("When was it?", "It was in 1883 or in the 1990s.", True),
        ("When was it?", "It cost $1999.", False),
        ("Where is it?", "Philadelphia -based it is.", True),
        ("How often is it?", "It comes once a year.", True),
        ("What percentage is it?", "It is 5 percent.", True),
        ("How many are there?", "It is 5 percent.", False),
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
        ("stanzas", "In poetry, a stanza is a unit.", True),
        ("Quark", "Quark (or QRK, as some say) is an assistant.", True),
        ("Quark", "It was long ago that all of them, far from home, came to like Quark and are a team.", False),
    ],
)
def test_definitions(focus: str, sentence: str, holds: bool) -> None:
    assert bool(defines(frozenset({stem(focus)}), sentence)) == holds


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


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("Which firms compete?", "firm"),
        ("Which foreign regions are next?", "region"),
        ("Which export limits does it face?", "limit"),
        ("Who competes?", None),
        ("What is Quark?", None),
    ],
)
def test_the_noun_of_which(question: str, thing: str | None) -> None:
    assert thing_asked_for(question) == thing
