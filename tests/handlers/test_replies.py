"""Words in, messages out: every verb, every way to ask."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from handlers.conversation import Turn
from handlers.payloads import InConversation, Kind, Privately, Question
from handlers.replies import compose
from handlers.reply import Reply
from handlers.services import Services
from handlers.views import outgoing
from tests.handlers.conftest import CannedLibrary, Notebook

Ask = Callable[..., Reply]
PLACE = InConversation("C1", None, "1.1")


class Asking(CannedLibrary):
    """Notes what is to be summarised."""

    def __init__(self, canned: Any) -> None:
        super().__init__(canned)
        self.names: list[str] = []

    def summarize(self, name: str, beyond: int = 0) -> Any:
        self.names.append(name)
        return super().summarize(name, beyond)


def _services(shelf: Any) -> Services:
    """Only the documents are needed to compose."""
    unused: Any = None
    return Services(shelf, shelf, unused, unused, unused, Notebook(), "UBOT", "/ask")


@pytest.fixture
def ask(shelf: Any) -> Ask:
    """Compose the reply to words asked in some way."""
    services = _services(shelf)

    def asked(words: str, kind: Kind = "command") -> Reply:
        to = PLACE if kind in ("mention", "direct") else Privately("http://slack/1")
        return compose(services, Question(kind, words, "U1", to))

    return asked


def _shown(reply: Reply) -> str:
    return json.dumps(reply.message.blocks, ensure_ascii=False)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("how much?", "More than $52 billion"),
        ("what is the dividend?", "I found no answer in 4 documents: none mentions dividend."),
        ("hello, how much?", "More than $52 billion"),
        ("which document mentions AI?", "More than $52 billion"),
        ("show me the figures for cloud", "Figures: cloud – 1 figure"),
        ("figures cloud", "Figures: cloud – 1 figure"),
        ("figures", "Figures in the documents – 1 figure"),
        ("summary bold", "Summary: A Bold Pivot"),
        ("summary", "A summary of what?"),
        ("summary of the pivot article", "Summary: A Bold Pivot"),
        ("summary nobody", "I found nothing about “nobody” in 4 documents: sources lists the documents, figures"),
        ("which documents do you have?", "I read 2 documents"),
        ("sources", "I read 2 documents"),
        ("digest now", "Digests are not available here."),
        ("status", "I am here. I search 4 documents with 3 figures"),
        ("help", "I answer from your documents, word for word"),
        ("", "I answer from your documents, word for word"),
        ("hi", "Hello! I answer from your documents"),
        ("ok", "All right. Ask whenever you like."),
        ("add foo", "Nobody can add documents from Slack here or follow feeds"),
        ("unfollow The News", "Whoever runs me can put your Slack id there, U1, and start me anew"),
        ("who are you?", "Happy to explain. I answer from your documents"),
        ("thanks!", "You are welcome."),
        ("bye", "Goodbye."),
        ("xy " * 700, "That question is too long. Ask it in fewer words. It began: “xy xy"),
    ],
)
@pytest.mark.parametrize("kind", ["command", "mention", "direct"])
def test_the_same_words_work_everywhere(ask: Ask, words: str, text: str, kind: Kind) -> None:
    reply = ask(words, kind)
    assert text in reply.message.text
    assert (reply.in_channel, reply.instead) == (False, None)


@pytest.mark.parametrize("words", ["thanks", "bye", "ok", "no"])
def test_thanks_need_no_help(ask: Ask, words: str) -> None:
    assert len(_shown(ask(words))) < 200


@pytest.mark.parametrize(("kind", "command"), [("command", "/ask "), ("mention", ""), ("direct", "")])
@pytest.mark.parametrize("words", ["help", "hi", "summary"])
def test_the_command_is_taught_only_where_it_works(ask: Ask, words: str, kind: Kind, command: str) -> None:
    shown = _shown(ask(words, kind))
    assert f'"{command}summary A Bold Pivot"' in shown
    assert ("/ask" in shown) is bool(command)


@pytest.mark.parametrize(("kind", "command"), [("command", "/ask "), ("mention", "")])
def test_the_help_begins_with_a_question_that_is_answered(ask: Ask, kind: Kind, command: str) -> None:
    reply = ask("help", kind)
    assert f"Try: {command}what is said about AI?" in reply.message.text
    assert f'"{command}what is said about AI?"' in _shown(reply)


@pytest.mark.parametrize("words", ["how much?", "what is the dividend?", "Which document mentions AI?", "q " * 200])
@pytest.mark.parametrize(("kind", "shown"), [("command", True), ("mention", False), ("direct", False)])
def test_a_private_answer_shows_its_question(ask: Ask, words: str, kind: Kind, shown: bool) -> None:
    reply = ask(words, kind)
    first = reply.message.blocks[0]
    assert (first["type"] == "context") is shown
    if shown:
        question = first["elements"][0]["text"]
        assert question.startswith(f"“{words[:20]}")
        assert len(question) <= 152
        assert reply.message.text.startswith(f"{question} – ")


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
    assert reply.instead.blocks[0]["elements"][0]["text"] == f"“{words}”"
    assert reply.instead.blocks[-1]["elements"][0]["text"] == "Shared to the channel."
    assert '"share"' not in json.dumps(reply.instead.blocks) + _shown(reply)


@pytest.mark.parametrize("words", ["what is the dividend?", "summary nobody"])
def test_what_the_documents_no_longer_answer_is_not_shared(ask: Ask, words: str) -> None:
    reply = ask(words, "share")
    assert (reply.in_channel, reply.instead) == (False, None)
    assert "nothing was shared" in reply.message.text


def test_the_figures_of_an_answer(ask: Ask) -> None:
    assert '"data_table"' in _shown(ask("how much?", "figures"))
    assert '"data_table"' in _shown(ask("hello, which document mentions AI?", "figures"))
    assert "mentions dividend" in ask("what is the dividend?", "figures").message.text


class Shelf(CannedLibrary):
    """Has three pages of figures on any topic, and notes the topics."""

    def __init__(self, canned: Any) -> None:
        super().__init__(canned)
        self.topics: list[str | None] = []

    def figures(self, topic: str | None) -> Any:
        self.topics.append(topic)
        return replace(self.canned.compared(), topic=topic)


@pytest.mark.parametrize(
    ("value", "topic", "foot"),
    [
        ("0 cloud", "cloud", "1–10 of 25"),
        ("1 cloud revenue", "cloud revenue", "11–20 of 25"),
        ("2 ", None, "21–25 of 25"),
        ("99 ", None, "21–25 of 25"),
        ("x cloud", "cloud", "1–10 of 25"),
        ("-1 cloud", "cloud", "1–10 of 25"),
        ("", None, "1–10 of 25"),
    ],
)
def test_another_page_of_figures(canned: Any, value: str, topic: str | None, foot: str) -> None:
    shelf = Shelf(canned)
    reply = compose(_services(shelf), Question("page", value, "U1", Privately("http://slack/1")))
    assert shelf.topics == [topic]
    assert f"Figures {foot}" in _shown(reply)


@pytest.mark.parametrize(("to", "shareable"), [(Privately("http://slack/1"), True), (PLACE, False)])
def test_the_summary_of_a_document_that_came_close(shelf: Any, to: Privately | InConversation, shareable: bool) -> None:
    reply = compose(_services(shelf), Question("summary", "bold", "U1", to))
    assert reply.message.text.startswith("Summary: A Bold Pivot")
    assert ('"action_id": "share", "value": "summary bold"' in _shown(reply)) is shareable


@pytest.mark.parametrize(
    ("words", "asked_for"),
    [
        ("summary of the pivot article", "bold"),
        ("summarize the article about a Bold Pivot", "bold"),
        ("summarize the document called plain1", "plain1"),
        ("summary pivot", "pivot"),
        ("summary of the article on cloud", "cloud"),
        ("summary of the article on the", "the"),
    ],
)
def test_an_article_is_found_by_some_of_its_words(canned: Any, words: str, asked_for: str) -> None:
    shelf = Asking(canned)
    compose(_services(shelf), Question("direct", words, "U1", PLACE))
    assert shelf.names == [asked_for]


def test_the_unexpected_is_not_caught_here(ask: Ask) -> None:
    with pytest.raises(RuntimeError):
        ask("break")


BEFORE = Turn("ask", "How much did Alibaba pledge?")


@pytest.mark.parametrize(
    ("words", "understood", "text"),
    [
        ("what about Tencent?", "How much did Tencent pledge?", "More than $52 billion"),
        ("and the figures?", "figures: How much did Alibaba pledge?", "Figures: how much?"),
        ("who said that?", "who said it: How much did Alibaba pledge?", "Reuters – “Alibaba pledged"),
        ("in which document?", "where it stands: How much did Alibaba pledge?", "In A Bold Pivot, paragraph 3"),
        ("more", "more: How much did Alibaba pledge?", "That is all I found on this in the documents."),
        ("what about the dividend?", "dividend of Alibaba", "none mentions dividend"),
        ("summarize it", "summary Alibaba", "Summary: A Bold Pivot"),
    ],
)
@pytest.mark.parametrize("kind", ["mention", "direct"])
def test_a_follow_up_says_how_it_was_understood(shelf: Any, words: str, understood: str, text: str, kind: Kind) -> None:
    reply = compose(_services(shelf), Question(kind, words, "U1", PLACE), BEFORE)
    first = reply.message.blocks[0]["elements"][0]["elements"]
    assert "".join(run["text"] for run in first) == f"Understood as: {understood}"
    assert text in reply.message.text
    assert outgoing.message(reply.message)
    assert (reply.turn is None) is reply.vain


@pytest.mark.parametrize("words", ["what about Tencent?", "and the figures?"])
def test_what_goes_on_from_nothing_stands_for_itself(ask: Ask, words: str) -> None:
    assert "Understood as" not in _shown(ask(words, "mention"))


@pytest.mark.parametrize(
    ("words", "turn", "silent"),
    [
        ("how much?", BEFORE, False),
        ("and the figures?", BEFORE, False),
        ("what about the dividend?", BEFORE, True),
        ("what is the dividend?", BEFORE, True),
        ("that is a lot of money", BEFORE, True),
        ("thanks", BEFORE, True),
        ("help", BEFORE, True),
        ("status", BEFORE, True),
        ("summary nobody?", BEFORE, True),
        ("xy " * 700 + "?", BEFORE, True),
        ("how much?", None, False),
        ("and the figures", None, True),
    ],
)
def test_what_speaks_to_nobody_is_answered_or_met_with_silence(
    shelf: Any, words: str, turn: Turn | None, silent: bool
) -> None:
    reply = compose(_services(shelf), Question("overheard", words, "U1", PLACE), turn)
    assert reply.silent is silent
    assert (reply.turn is None) is silent


@pytest.mark.parametrize(
    ("words", "turn"),
    [
        ("how much?", Turn("ask", "how much?")),
        ("what is the dividend?", Turn("ask", "q", answered=False)),
        ("figures cloud", Turn("figures", "cloud")),
        ("summary bold", Turn("summary", "bold")),
        ("summary nobody", Turn("summary", "nobody", answered=False)),
        ("help", None),
        ("thanks", None),
        ("sources", None),
    ],
)
def test_what_was_asked_of_the_documents_is_what_the_conversation_is_about(
    ask: Ask, words: str, turn: Turn | None
) -> None:
    assert ask(words, "mention").turn == turn


@pytest.mark.parametrize(("to", "private"), [(Privately("http://slack/1"), True), (PLACE, False)])
def test_an_offered_question_is_as_private_as_its_answer(
    shelf: Any, to: Privately | InConversation, private: bool
) -> None:
    reply = compose(_services(shelf), Question("follow", "how much?", "U1", to))
    assert "More than $52 billion" in reply.message.text
    assert ('"share"' in _shown(reply)) is private
