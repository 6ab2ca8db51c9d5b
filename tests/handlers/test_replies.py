"""Words in, messages out: every verb, every way to ask."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from handlers.payloads import InConversation, Kind, Privately, Question
from handlers.replies import Reply, compose
from handlers.services import Services

Ask = Callable[..., Reply]


@pytest.fixture
def ask(shelf: Any) -> Ask:
    """Compose the reply to words asked in some way; only the documents are needed for that."""
    unused: Any = None
    services = Services(shelf, shelf, unused, unused, unused, "UBOT", "/ask")

    def asked(words: str, kind: Kind = "command") -> Reply:
        to = InConversation("C1", None, "1.1") if kind in ("mention", "direct") else Privately("http://slack/1")
        return compose(services, Question(kind, words, "U1", to))

    return asked


def _shown(reply: Reply) -> str:
    return json.dumps(reply.message.blocks, ensure_ascii=False)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("how much?", "More than $52 billion"),
        ("what is the dividend?", "Nothing in 4 documents mentions dividend."),
        ("figures cloud", "Figures: cloud – 1 figure"),
        ("figures", "Figures in the documents – 1 figure"),
        ("summary bold", "Summary: A Bold Pivot"),
        ("summary", "A summary of what?"),
        ("summary nobody", "Nothing in 4 documents mentions nobody."),
        ("sources", "I read 2 documents"),
        ("status", "I am here. I search 4 documents with 3 figures"),
        ("help", "Try: /ask summary A Bold Pivot"),
        ("", "Try: /ask summary A Bold Pivot"),
        ("x" * 2001, "That question is too long. Ask it in fewer words."),
    ],
)
@pytest.mark.parametrize("kind", ["command", "mention", "direct"])
def test_the_same_words_work_everywhere(ask: Ask, words: str, text: str, kind: Kind) -> None:
    reply = ask(words, kind)
    assert text in reply.message.text
    assert (reply.in_channel, reply.instead) == (False, None)


@pytest.mark.parametrize("words", ["how much?", "summary bold"])
@pytest.mark.parametrize(("kind", "shareable"), [("command", True), ("mention", False), ("direct", False)])
def test_only_what_is_private_can_be_shared(ask: Ask, words: str, kind: Kind, shareable: bool) -> None:
    assert ('"share"' in _shown(ask(words, kind))) is shareable


def test_a_misspelled_verb_is_said_first(ask: Ask) -> None:
    first = ask("figurs cloud").message.blocks[0]
    assert "".join(run["text"] for run in first["elements"][0]["elements"]) == "Showing figures (you wrote “figurs”)"


@pytest.mark.parametrize("words", ["how much?", "summary bold"])
def test_sharing_says_who_asked_and_what(ask: Ask, words: str) -> None:
    reply = ask(words, "share")
    assert reply.in_channel
    assert reply.message.blocks[0]["elements"][0]["elements"] == [
        {"type": "user", "user_id": "U1"},
        {"type": "text", "text": " asked: "},
        {"type": "text", "text": words, "style": {"italic": True}},
    ]
    assert reply.instead
    assert reply.instead.blocks[-1]["elements"][0]["text"] == "Shared to the channel."
    assert '"share"' not in json.dumps(reply.instead.blocks) + _shown(reply)


@pytest.mark.parametrize("words", ["what is the dividend?", "summary nobody"])
def test_what_the_documents_no_longer_answer_is_not_shared(ask: Ask, words: str) -> None:
    reply = ask(words, "share")
    assert (reply.in_channel, reply.instead) == (False, None)
    assert "nothing was shared" in reply.message.text


def test_the_figures_of_an_answer(ask: Ask) -> None:
    assert '"table"' in _shown(ask("how much?", "figures"))
    assert "mentions dividend" in ask("what is the dividend?", "figures").message.text


def test_the_unexpected_is_not_caught_here(ask: Ask) -> None:
    with pytest.raises(RuntimeError):
        ask("break")
