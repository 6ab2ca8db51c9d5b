"""Conversations about the four articles: every turn and all that may follow it."""

import pytest

from content.library import Library
from tests.handlers.thread import Thread, note, places, quoted

PLEDGE = "How much did Alibaba pledge for AI?"
REFUSED = "How much did Zebra pay?"
#: one of each kind of turn
TURNS = ("What risks does Alibaba face?", PLEDGE, "summary bold-pivot-to-ai", "summary investment")
TABLES = ("figures", "figures AI", "figures bold-pivot-to-ai")
MOST = 12
DONE = "That is all I found on this"


@pytest.mark.parametrize(
    ("first", "then", "text"),
    [
        (PLEDGE, "and the figures?", f"Figures: {PLEDGE} – 3 figures: more than $52 billion"),
        (PLEDGE, "adn the figuers?", f"Figures: {PLEDGE} – 3 figures: more than $52 billion"),
        (PLEDGE, "who said that?", "Reuters – “Earlier this year, Alibaba pledged more than $52 billion"),
        (PLEDGE, "in which document?", "In Alibaba’s Bold Pivot to AI Dominance, paragraph 3 and According to CNBC"),
        (PLEDGE, "summarize it", "Summary: Alibaba. “"),
        ("What is Qwen?", "and the figures?", "No figures for “Qwen” in the documents"),
        ("summary bold-pivot-to-ai", "and the figures?", "Figures: Alibaba’s Bold Pivot to AI Dominance – 4 figures: "),
        (
            "summary of the bold pivot article",
            "and the figures?",
            "Figures: Alibaba’s Bold Pivot to AI Dominance – 4 figures: ",
        ),
        ("summary investment", "AND THE FIGURES?", "Figures: investment – "),
        ("summary bold-pivot-to-ai", "who said that?", "Alibaba’s Bold Pivot to AI Dominance – “In the"),
        ("summary bold-pivot-to-ai", "summarize it", "Summary: Alibaba’s Bold Pivot to AI Dominance. “"),
        ("figures", "who said that?", "Reuters – more than $52 billion; Yahoo Finance – three strategic bets; "),
        ("figures", "in which document?", "In Alibaba’s Bold Pivot to AI Dominance, In a move that signals"),
        ("figures", "and the figures?", "Figures in the documents – 7 figures: "),
        ("figures", "more", "Those are all the figures I found on this."),
        ("figures", "summarize it", "A summary of what?"),
        ("figures", "what about AI?", "Figures: AI – 3 figures: "),
        ("figures AI", "who said that?", "Reuters – more than $52 billion; Technology Magazine – $53 billion; CNBC – "),
        ("figures AI", "source?", "In Alibaba’s Bold Pivot to AI Dominance and According to CNBC"),
        ("figures AI", "summarize it", "Summary: AI. “"),
        ("figures AI", "when?", "I am not sure what you mean by “when”."),
        ("figures zebra", "who said that?", "No figures for “zebra” in the documents"),
        ("figures zebra", "more", "No figures for “zebra” in the documents"),
        ("summary zebra", "more", "I found nothing about “zebra” in 4 documents"),
        ("summary zebra", "and the figures?", "I found nothing about “zebra” in 4 documents"),
        (REFUSED, "more", "I found no answer in 4 documents: none mentions Zebra."),
        (REFUSED, "who said that?", "I found no answer in 4 documents: none mentions Zebra."),
        (REFUSED, "in which document?", "I found no answer in 4 documents: none mentions Zebra."),
        (REFUSED, "and the figures?", "I found no answer in 4 documents: none mentions Zebra."),
        (REFUSED, "and Tencent?", "I found no answer in 4 documents: none mentions pay."),
        ("What dividend does Alibaba Cloud pay?", "and the figures?", "Figures: Alibaba Cloud – "),
        (
            PLEDGE,
            "what about it?",
            "I am not sure what you mean by “it”. Name it, or ask a whole question, such as “how",
        ),
        (PLEDGE, "which one is right?", "I am not sure what you mean by “which one is right”. Name it, or ask a"),
        (PLEDGE, "and the year before?", "I am not sure what you mean by “the year before”. Name the time, such as “"),
        ("sources", "more", "I am not sure what “more” is about. Ask me a whole question, such as “how"),
        ("hello", "who said that?", "I am not sure what “who said that” is about."),
        (PLEDGE, "thanks", "You are welcome."),
        (PLEDGE, "ok", "All right. Ask whenever you like."),
    ],
)
def test_what_follows(seeds: Library, first: str, then: str, text: str) -> None:
    thread = Thread(seeds)
    thread.says(first)
    assert thread.says(then).message.text.startswith(text)


@pytest.mark.parametrize(
    ("first", "then", "understood", "passage"),
    [
        (PLEDGE, "what about the risks?", "risks of Alibaba", "bold-pivot-to-ai 8"),
        (PLEDGE, "and last year?", "How much did Alibaba pledge for AI last year?", None),
        (PLEDGE, "what about Tencent?", "How much did Tencent pledge for AI?", None),
        ("What does Baidu focus on?", "and tencent?", "What does tencent focus on?", "full-commercialization 8"),
        (
            "What does Baidu focus on?",
            "same for ByteDance",
            "What does ByteDance focus on?",
            "full-commercialization 9",
        ),
        ("what's new with Qwen?", "and Quark?", "what's new with Quark?", "quiet-ai-revolution 1"),
        ("What is Qwen?", "tell me more about Quark", "summary Quark", "quiet-ai-revolution 1"),
        ("What does Baidu focus on?", "compare with Tencent", "Compare Baidu and Tencent", "full-commercialization 6"),
        ("What is Qwen?", "tell me more about Qwen", "more: What is Qwen?", "qwen-mass-market-layer 16"),
        ("figures", "who said that?", "who said it: all figures", None),
    ],
)
def test_how_it_was_understood_is_shown(
    seeds: Library, first: str, then: str, understood: str, passage: str | None
) -> None:
    thread = Thread(seeds)
    thread.says(first)
    reply = thread.says(then)
    assert note(reply) == understood
    assert passage is None or passage in places(reply)


@pytest.mark.parametrize("before", [(), ("more", "more"), ("and the figures?", "more")])
@pytest.mark.parametrize("first", TURNS)
def test_who_said_it_and_where_is_told_of_what_was_quoted_last(
    seeds: Library, first: str, before: tuple[str, ...]
) -> None:
    thread = Thread(seeds)
    last = [thread.says(words) for words in (first, *before)]
    shown = next(reply for reply in reversed(last) if quoted(reply))
    said, where = thread.says("who said that?"), thread.says("in which document?", user="U2")
    assert [each for each in quoted(shown) if f"“{each}”" not in said.message.text] == []
    assert places(said) == places(shown)
    assert set(places(where)) <= set(places(shown))
    assert places(where)


@pytest.mark.parametrize(
    ("said", "who", "where"),
    [
        (
            (PLEDGE, "more", "and the figures?"),
            "Reuters – more than $52 billion; CNBC – tens of billions of dollars; Technology Magazine – $53 billion",
            "In Alibaba’s Bold Pivot to AI Dominance and According to CNBC",
        ),
        (
            ("summary bold-pivot-to-ai", "and the figures?"),
            "Reuters – more than $52 billion; Yahoo Finance – three",
            "",
        ),
        (
            ("What dividend does Alibaba Cloud pay?", "and the figures?"),
            "Reuters – more than $52 billion",
            "In Alibaba’s Bold Pivot",
        ),
    ],
)
def test_of_a_table_shown_last_its_speakers_and_documents_are_told(
    seeds: Library, said: tuple[str, ...], who: str, where: str
) -> None:
    thread = Thread(seeds)
    for words in said:
        thread.says(words)
    assert thread.says("who said that?").message.text.startswith(who)
    assert thread.says("in which document?").message.text.startswith(where)


@pytest.mark.parametrize("aside", ["it?", "which one?", "which one is right?", "and the second?", "sources"])
def test_what_only_points_leaves_what_it_was_about(seeds: Library, aside: str) -> None:
    thread = Thread(seeds)
    thread.says("What is Quark?")
    thread.says(aside)
    assert note(thread.says("who owns it?")) == "who owns Quark?"
    assert note(thread.says("how many users does it have?")) == "how many users does Quark have?"


@pytest.mark.parametrize("first", TURNS)
def test_more_says_something_new_each_time_and_then_that_this_is_all(seeds: Library, first: str) -> None:
    thread = Thread(seeds)
    told = [quoted(thread.says(first))]
    while fresh := quoted(reply := thread.says("more")):
        assert not {each for part in told for each in part} & set(fresh)
        told.append(fresh)
    assert 2 <= len(told) <= MOST
    assert reply.message.text.startswith(DONE)
    assert thread.says("more please").message.text.startswith(DONE)


@pytest.mark.parametrize("first", TABLES)
@pytest.mark.parametrize("then", ["who said that?", "in which document?", "and the figures?", "more"])
def test_a_table_is_gone_on_from_without_a_question(seeds: Library, first: str, then: str) -> None:
    thread = Thread(seeds)
    before = thread.says(first).turn
    reply = thread.says(then)
    assert (thread.turn, quoted(reply)) == (before, [])


@pytest.mark.parametrize("then", ["what about it?", "when?", "more", "who said that?", "in which document?"])
def test_what_cannot_be_answered_is_met_with_silence_when_nobody_asked_us(seeds: Library, then: str) -> None:
    for first in ("figures zebra", "hello"):
        thread = Thread(seeds)
        thread.says(first)
        assert thread.says(then, kind="overheard").silent


@pytest.mark.parametrize("aside", ["xy " * 700, "thanks", "sources", "status", "what about it?"])
def test_an_error_or_an_aside_leaves_what_it_was_about(seeds: Library, aside: str) -> None:
    thread = Thread(seeds)
    first = thread.says(PLEDGE).turn
    thread.says(aside, user="U2")
    assert thread.turn == first
    assert note(thread.says("and the figures?")) == f"figures: {PLEDGE}"
