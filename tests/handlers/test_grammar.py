"""An order is understood, misspelled too; a question is never taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.grammar import VERBS, Request, parse


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("", Request("help")),
        ("   ", Request("help")),
        ("?!", Request("help")),
        ("help", Request("help")),
        ("HELP!", Request("help")),
        ("help please", Request("help")),
        ("figures", Request("figures")),
        ("Figures?", Request("figures")),
        ("figures cloud", Request("figures", "cloud")),
        ("figures: cloud", Request("figures", "cloud")),
        ("figures on AI spending", Request("figures", "AI spending")),
        ("figures  for\tthe  cloud", Request("figures", "the cloud")),
        ("summary Qwen", Request("summary", "Qwen")),
        ("summary of Qwen", Request("summary", "Qwen")),
        ("summarise The Quiet Revolution", Request("summary", "The Quiet Revolution")),
        ("summarize the figures", Request("summary", "the figures")),
        ("summary", Request("summary")),
        ("summary of", Request("summary", "of")),
        ("sources", Request("sources")),
        ("sources?", Request("sources")),
        ("status.", Request("status")),
    ],
)
def test_an_order(words: str, wanted: Request) -> None:
    assert parse(words) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("figurs cloud", Request("figures", "cloud", "figurs")),
        ("Figrues cloud", Request("figures", "cloud", "Figrues")),
        ("figures' cloud", Request("figures", "cloud", "figures'")),
        ("sumary Qwen", Request("summary", "Qwen", "sumary")),
        ("sumarize Qwen", Request("summary", "Qwen", "sumarize")),
        ("summaries of Qwen", Request("summary", "Qwen", "summaries")),
        ("soruces", Request("sources", "", "soruces")),
        ("source", Request("sources", "", "source")),
        ("statsu", Request("status", "", "statsu")),
        ("hlep", Request("help", "", "hlep")),
    ],
)
def test_a_misspelled_order_is_understood_and_said(words: str, wanted: Request) -> None:
    assert parse(words) == wanted


@pytest.mark.parametrize(
    "words",
    [
        "how much did Alibaba pledge for AI?",
        "sources of revenue?",
        "source of the figure",
        "soruces of revenue",
        "status of the IPO",
        "state of Qwen",
        "states",
        "help me understand Qwen",
        "hell",
        "help: what is Qwen",
        "figures are up?",
        "figures show what",
        "figure out the pledge",
        "failures of the cloud",
        "fixtures in the office",
        "summer in China",
        "summers in China",
        "Statue of Liberty",
        "summary says what?",
        "Qwen figures",
        "fig leaf",
        "stat",
        "who summarizes Qwen?",
        "what is the status?",
        "held by Alibaba",
    ],
)
def test_a_question_is_no_order(words: str) -> None:
    assert parse(words) == Request("ask", words)


@given(st.text())
def test_any_words_are_something(words: str) -> None:
    request = parse(words)
    assert request.verb in {"ask", "help", *VERBS.values()}
    assert request.about == " ".join(request.about.split())
    if request.verb == "ask":
        assert request.about == " ".join(words.split())


@given(st.sampled_from(sorted(VERBS)), st.text("abcdef ", max_size=20))
def test_case_does_not_matter(verb: str, rest: str) -> None:
    assert parse(f"{verb.upper()} {rest}").verb == parse(f"{verb} {rest}").verb
