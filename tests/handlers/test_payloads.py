"""Slack's dicts become values, or nothing when they ask nothing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.documents import Place
from handlers.payloads import (
    InConversation,
    Part,
    PlaceClick,
    Privately,
    Question,
    SentenceClick,
    command,
    direct,
    figures,
    mention,
    page,
    place,
    plain,
    read_part,
    read_place,
    read_question,
    sentence,
    share,
    summary,
    write_part,
    write_place,
    write_question,
)

BOT = "UBOT"
MESSAGE = {"type": "message", "channel": "C1", "channel_type": "im", "user": "U1", "ts": "1.1", "text": "what is Qwen?"}


def _event(**changes: Any) -> dict[str, Any]:
    return {"event_id": "Ev1", "event": MESSAGE | changes}


def _click(value: str = "what is Qwen?", **container: Any) -> dict[str, Any]:
    return {
        "trigger_id": "T1",
        "response_url": "http://slack/1",
        "user": {"id": "U1"},
        "container": {"channel_id": "C1", "message_ts": "2.2", **container},
        "actions": [{"action_id": "share", "value": value, "block_id": "b1", "action_ts": "3.3"}],
    }


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<@UBOT> what is Qwen?", "what is Qwen?"),
        ("hey <@UBOT|alibaba>, what is Qwen?", "hey , what is Qwen?"),
        ("<@UBOT>", ""),
        ("ask <@U2|Ana> and <@U3>", "ask @Ana and @U3"),
        ("in <#C2|general> or <#C3>", "in #general or #C3"),
        ("<!here> <!subteam^S1|@team> <!subteam^S1> <!date^1^{date}|today>", "@here @team @subteam today"),
        ("<https://a.b/c|Qwen> <https://a.b/c>", "Qwen https://a.b/c"),
        ("<mailto:a@b.c|a@b.c>", "a@b.c"),
        ("AT&amp;T &lt;3 &gt; 2", "AT&T <3 > 2"),
        ("&amp;lt;", "&lt;"),
        ("a < b > c", "a < b > c"),
        ("two\nlines\t here", "two lines here"),
        ("<>", "<>"),
        ("half\ud800 a pair", "half a pair"),
    ],
)
def test_what_a_person_typed_comes_out_of_slacks_escapes(typed: str, read: str) -> None:
    assert plain(typed, BOT) == read


@given(st.text("<>|@#!&ampltUBOT; ", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert plain(text, BOT) == " ".join(plain(text, BOT).split())


@pytest.mark.parametrize(("text", "words"), [("figures cloud", "figures cloud"), ("AT&amp;T", "AT&T"), ("", "")])
def test_a_slash_command(text: str, words: str) -> None:
    body = {"trigger_id": "T1", "text": text, "user_id": "U1", "response_url": "http://slack/1"} | {"channel_id": "C1"}
    asked = command(body)
    assert (asked.key, asked.message) == ("T1", None)
    assert asked.question == Question("command", words, "U1", Privately("http://slack/1", channel="C1"))


@pytest.mark.parametrize(("thread", "answered_in"), [(None, "1.1"), ("0.9", "0.9")])
def test_a_mention_is_answered_in_a_thread(thread: str | None, answered_in: str) -> None:
    asked = mention(_event(thread_ts=thread, text="<@UBOT> what?"), BOT)
    assert asked
    assert (asked.key, asked.message) == ("Ev1", "C1:1.1")
    assert asked.question == Question("mention", "what?", "U1", InConversation("C1", answered_in, "1.1"))


@pytest.mark.parametrize("thread", [None, "0.9"])
def test_a_direct_message_is_answered_where_it_stands(thread: str | None) -> None:
    asked = direct(_event(thread_ts=thread), BOT)
    assert asked
    assert asked.question.to == InConversation("C1", thread, "1.1")


@pytest.mark.parametrize(
    "changes",
    [
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message"},
        {"bot_id": "B1"},
        {"edited": {"user": "U1", "ts": "1.2"}},
        {"user": None},
    ],
)
def test_what_bots_edits_and_joins_cause_is_no_question(changes: dict[str, Any]) -> None:
    assert mention(_event(**changes), BOT) is None
    assert direct(_event(**changes), BOT) is None


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_a_message_with_a_file_or_shown_in_the_channel_too_is_a_question(subtype: str) -> None:
    assert direct(_event(subtype=subtype), BOT)


@pytest.mark.parametrize("where", ["channel", "group", "mpim", None])
def test_other_messages_are_none_of_our_business(where: str | None) -> None:
    assert direct(_event(channel_type=where), BOT) is None


def test_an_event_without_text_asks_for_help() -> None:
    asked = mention({"event_id": "Ev1", "event": {key: MESSAGE[key] for key in MESSAGE if key != "text"}}, BOT)
    assert asked
    assert asked.question.words == ""


def test_pressing_share_twice_is_one_request() -> None:
    first, second = share(_click()), share(_click() | {"trigger_id": "T2", "response_url": "http://slack/2"})
    assert first.key == second.key == "share:C1:2.2"
    assert first.question == Question("share", "what is Qwen?", "U1", Privately("http://slack/1", channel="C1"))


@pytest.mark.parametrize("thread", [None, "0.9"])
def test_pressing_summary_privately_is_answered_privately(thread: str | None) -> None:
    inside = {"thread_ts": thread} if thread else {}
    asked = summary(_click("bold", is_ephemeral=True, **inside))
    assert (asked.key, asked.message) == ("T1", None)
    assert asked.question == Question("summary", "bold", "U1", Privately("http://slack/1", thread, channel="C1"))


@pytest.mark.parametrize("thread", [None, "0.9"])
def test_pressing_summary_in_the_open_is_answered_there_once(thread: str | None) -> None:
    body = _click("bold", **({"thread_ts": thread} if thread else {}))
    asked = summary(body)
    assert asked.question == Question("summary", "bold", "U1", InConversation("C1", thread, "3.3"))
    assert asked.key == summary(body | {"trigger_id": "T2", "response_url": "http://slack/2"}).key
    other = body | {"actions": [body["actions"][0] | {"block_id": "b2"}]}
    assert asked.key != summary(other).key


@pytest.mark.parametrize(
    ("body", "thread"),
    [
        (_click(), None),
        (_click(thread_ts="0.9"), "0.9"),
        (_click() | {"message": {"thread_ts": "0.8"}}, "0.8"),
        (_click() | {"message": None}, None),
    ],
)
def test_pressing_figures_answers_in_the_thread_of_the_button(body: dict[str, Any], thread: str | None) -> None:
    asked = figures(body)
    assert (asked.key, asked.question.kind) == ("T1", "figures")
    assert asked.question.to == Privately("http://slack/1", thread, channel="C1")


@pytest.mark.parametrize(
    ("container", "in_place"),
    [
        ({"is_ephemeral": True}, True),
        ({"channel_id": "D1"}, True),
        ({"is_ephemeral": False}, False),
        ({}, False),
    ],
)
def test_only_what_one_person_reads_is_turned_over_in_place(container: dict[str, Any], in_place: bool) -> None:
    asked = page(_click("1 cloud", **container))
    assert (asked.key, asked.question.kind, asked.question.words) == ("T1", "page", "1 cloud")
    assert asked.question.to == Privately("http://slack/1", None, in_place, container.get("channel_id", "C1"))


@given(st.builds(Part, st.text(), st.integers(0, 10**9 - 1)))
def test_a_page_survives_its_button(wanted: Part) -> None:
    assert read_part(write_part(wanted)) == wanted


@pytest.mark.parametrize("value", ["", "cloud", "-1 cloud", "² cloud", "9999999999 cloud", "1.5 cloud"])
def test_a_value_without_a_page_is_the_first(value: str) -> None:
    assert read_part(value).number == 0


@pytest.mark.parametrize(
    ("picked", "figure"),
    [({"selected_option": {"value": "26.ab"}}, "26.ab"), ({"selected_option": None}, ""), ({}, "")],
)
def test_picking_a_figure_names_it(picked: dict[str, Any], figure: str) -> None:
    assert sentence(_click() | {"actions": [picked]}) == SentenceClick(
        "T1", figure, Privately("http://slack/1", channel="C1")
    )


def test_pressing_read_in_context_names_a_place() -> None:
    where = Place("a/b", 3, ((5, 9), (10, 20)), "0a1b")
    assert place(_click(write_place(where))) == PlaceClick("T1", where, Privately("http://slack/1", channel="C1"))


@pytest.mark.parametrize(
    "value",
    [
        "",
        "x",
        "[]",
        "3",
        "null",
        '["a"]',
        '["a","b"]',
        '["a",1,2]',
        '["a",1,"",[2]]',
        '["a",1,"",["x","y"]]',
        "{}",
    ],
)
def test_a_value_that_is_not_ours_names_no_place(value: str) -> None:
    assert read_place(value) is None
    assert place(_click(value)) is None


@pytest.mark.parametrize("value", ['["a",1]', '["a",1,[700,720]]', '["a",1,""]'])
def test_a_button_without_a_hash_opens_unmarked(value: str) -> None:
    assert read_place(value) == Place("a", 1)


offsets = st.lists(st.tuples(st.integers(0), st.integers(0)), max_size=4).map(tuple)


@given(st.builds(Place, st.text(), st.integers(1), offsets, st.text()))
def test_a_place_survives_its_button(where: Place) -> None:
    assert read_place(write_place(where)) == where


@pytest.mark.parametrize(
    "to", [Privately("u"), Privately("u", "1.1", True), Privately("u", channel="C1"), InConversation("C1", None, "1.1")]
)
def test_a_question_survives_the_store(to: Privately | InConversation) -> None:
    question = Question("mention", "what <is> “this”?", "U1", to)
    assert read_question(write_question(question)) == question
