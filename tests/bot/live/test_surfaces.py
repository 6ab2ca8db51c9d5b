"""What people see, over signed HTTP and over a real websocket."""

import json
from typing import Any

import pytest

from bot import database
from content.documents import Document
from content.library import Library


def _names(message: Any) -> list[str]:
    return [block["type"] for block in message.blocks]


def _pressable(message: Any) -> list[str]:
    elements = [element for block in message.blocks for element in block.get("elements", ())]
    return [element["action_id"] for element in elements if element.get("type") == "button"]


async def test_a_slash_command_is_answered_to_its_asker_alone(live: Any) -> None:
    message = await live.asked("how much did Alibaba pledge for AI?")
    assert message.ephemeral_to == "UANA"
    assert "more than $52 billion" in json.dumps(message.blocks)
    assert "[1]" in message.text
    assert _names(message)[:2] == ["context", "header"]
    assert message.blocks[0]["elements"][0]["text"] == "“how much did Alibaba pledge for AI?”"
    assert _pressable(message) == ["share", "show_figures", "follow_up_1"]
    assert live.slack.messages("CGENERAL", viewer="UBEN") == []
    assert "chat.postMessage" not in {call.method for call in live.slack.calls}


async def test_a_slash_command_works_where_the_bot_is_no_member(live: Any) -> None:
    live.slack.workspace.move("CGENERAL", "UALIBABA", joins=False)
    assert "Qwen" in (await live.asked("what is Qwen?")).text


async def test_a_mention_is_answered_in_its_thread_for_everybody(live: Any) -> None:
    _, ts = await live.mention("what is ModelScope?")
    (reply,) = await live.replies(ts, viewer="UBEN")
    assert (reply.user, reply.thread_ts, reply.ephemeral_to) == ("UALIBABA", ts, None)
    assert reply.metadata["event_type"] == "alibaba_reply"
    assert "share" not in _pressable(reply)
    post = next(call for call in live.slack.calls if call.method == "chat.postMessage")
    assert (post.arguments["unfurl_links"], post.arguments["unfurl_media"]) == (False, False)


async def test_a_mention_within_a_thread_is_answered_in_that_thread(live: Any) -> None:
    await live.slack.say("what do we know?", channel="CAIWATCH", user="UBEN")
    root = live.slack.messages("CAIWATCH")[0].ts
    await live.mention("what is Qwen?", thread_ts=root)
    replies = await live.slack.wait_for(lambda: live.slack.messages("CAIWATCH", thread_ts=root)[2:])
    assert replies[0].user == "UALIBABA"


async def test_a_direct_message_is_a_conversation(live: Any) -> None:
    await live.slack.say("what is Qwen?", channel="DANA")
    reply = (await live.slack.wait_for(lambda: live.slack.messages("DANA")[1:]))[0]
    assert reply.thread_ts is None
    await live.slack.say("sources", channel="DANA", thread_ts=reply.ts)
    thread = await live.slack.wait_for(lambda: live.slack.messages("DANA", thread_ts=reply.ts)[2:])
    assert "2 documents" in thread[0].text
    assert {call.method for call in live.slack.calls} <= {"apps.connections.open", "auth.test", "chat.postMessage"}


async def test_sharing_shows_it_to_everybody_once_and_takes_the_button_away(live: Any) -> None:
    private = await live.asked("what is Qwen?")
    await live.slack.click(private, "share")
    shared = (await live.slack.wait_for(lambda: live.slack.messages("CGENERAL", viewer="UBEN")))[0]
    assert shared.blocks[0]["elements"][0]["elements"][0] == {"type": "user", "user_id": "UANA"}
    assert "Qwen is a family" in shared.text

    def without_button() -> Any:
        return [m for m in live.slack.messages("CGENERAL") if m.ts == private.ts and "share" not in _pressable(m)]

    copy = (await live.slack.wait_for(without_button))[0]
    assert copy.ephemeral_to == "UANA"
    assert "Shared to the channel." in json.dumps(copy.blocks)
    await live.slack.click(private, "share")
    await live.asked("status")
    assert len(live.slack.messages("CGENERAL", viewer="UBEN")) == 1


async def test_reading_in_context_opens_the_passage_with_the_sentence_marked(live: Any) -> None:
    _, ts = await live.mention("what is ModelScope?")
    (reply,) = await live.replies(ts)
    await live.slack.click(reply, "read_in_context", user="UBEN")
    view = await live.slack.wait_for(lambda: live.slack.modal("UBEN"))
    text = json.dumps(view["blocks"], ensure_ascii=False)
    assert {"type": "text", "text": "ModelScope is an open platform for developers.", "style": {"bold": True}} in (
        view["blocks"][-2]["elements"][0]["elements"]
    )
    assert "Analysts call it a bold pivot." in text
    assert live.slack.modal("UANA") is None


async def test_the_figures_of_an_answer_are_shown_to_whoever_asks(live: Any) -> None:
    _, ts = await live.mention("how much did Alibaba pledge for AI?")
    (reply,) = await live.replies(ts)
    await live.slack.click(reply, "show_figures", user="UBEN")
    shown = await live.slack.wait_for(
        lambda: [m for m in live.slack.messages("CAIWATCH", viewer="UBEN", thread_ts=ts) if m.ephemeral_to]
    )
    assert shown[0].ephemeral_to == "UBEN"
    assert "data_table" in _names(shown[0])


def _cells(message: Any) -> list[str]:
    (table,) = (block for block in message.blocks if block["type"] in ("data_table", "table"))
    return [row[0]["text"] for row in table["rows"][1:]]


async def _many_figures(live: Any) -> None:
    """Twelve figures on robots, the newest document last in the alphabet; asked for until the bot has seen them."""
    engine = database.engine(live.settings.database)
    library = Library.open(live.settings.data_dir, engine)
    many = [Document(f"r{n:02}", f"It has {n + 20} robots.", published=f"2024-{n + 1:02}") for n in range(12)]
    assert all(done.error is None for done in library.add(many))
    library.refresh()
    engine.dispose()
    for _ in range(100):
        if "12 figures" in (await live.asked("figures robots", channel="DANA")).text:
            return
    pytest.fail("The bot does not see the new documents.")


async def test_figures_are_turned_over_in_place_and_their_sentences_shown(live: Any) -> None:
    await _many_figures(live)
    first = await live.asked("figures robots")
    assert _cells(first) == [f"{n + 20} robots" for n in range(11, 1, -1)]
    await live.slack.click(first, "figures_older")
    await live.slack.wait_for(lambda: [m for m in live.slack.messages("CGENERAL") if len(_cells(m)) == 2])
    (second,) = live.slack.messages("CGENERAL")
    assert (second.ts, _cells(second)) == (first.ts, ["21 robots", "20 robots"])
    await live.slack.click(second, "show_sentence", index=1)
    view = await live.slack.wait_for(lambda: live.slack.modal("UANA"))
    assert {"type": "text", "text": "It has 20 robots.", "style": {"bold": True}} in (
        view["blocks"][-1]["elements"][0]["elements"]
    )
    await live.slack.click(second, "figures_newer")
    assert await live.slack.wait_for(lambda: _cells(live.slack.messages("CGENERAL")[0]) == _cells(first))


async def test_in_a_channel_a_page_is_turned_for_its_reader_alone(http: Any) -> None:
    await _many_figures(http)
    _, ts = await http.mention("figures robots")
    (reply,) = await http.replies(ts)
    await http.slack.click(reply, "figures_older", user="UBEN")
    shown = await http.slack.wait_for(lambda: http.slack.messages("CAIWATCH", viewer="UBEN", thread_ts=ts)[2:])
    assert (shown[0].ephemeral_to, _cells(shown[0])) == ("UBEN", ["21 robots", "20 robots"])
    assert _cells((await http.replies(ts))[0]) == _cells(reply)


async def test_a_sentence_that_is_gone_is_said(http: Any) -> None:
    shown = await http.asked("figures AI")
    engine = database.engine(http.settings.database)
    Library.open(http.settings.data_dir, engine).remove(["bold"])
    engine.dispose()
    await http.slack.click(shown, "show_sentence")
    told = await http.slack.wait_for(lambda: http.slack.messages("CGENERAL")[1:])
    assert "no longer in the documents" in told[0].text


async def test_what_the_workspace_does_not_take_is_tried_once(http: Any) -> None:
    http.slack.workspace.unknown_blocks = frozenset({"data_table", "data_visualization"})
    assert "table" in _names(await http.asked("figures AI"))
    _, ts = await http.mention("figures AI")
    assert "table" in _names((await http.replies(ts))[0])
    assert [call.error for call in http.slack.calls if call.error] == ["invalid_blocks"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("", "word for word"),
        ("help", "word for word"),
        ("figures", "more than $52 billion – AI, over the next three years (Reuters)"),
        ("figurs AI", "more than $52 billion – AI, over the next three years (Reuters)"),
        ("summary quiet", "Summary: The Quiet Revolution"),
        ("summary", "A summary of what?"),
        ("sources", "I read 2 documents"),
        ("status", "I search 2 documents"),
        ("what is the dividend?", "I found no answer in 2 documents: none mentions dividend."),
        ("hi", "Hello! I answer from your documents"),
        ("thanks", "You are welcome."),
        ("show me the figures for AI", "more than $52 billion – AI, over the next three years (Reuters)"),
        ("which documents do you have?", "I read 2 documents"),
        ("summarize the article about the bold pivot", "Summary: A Bold Pivot"),
        ("summary zebra", "I found nothing about “zebra” in 2 documents"),
        ("figures zebra", "No figures for “zebra” in the documents"),
        ("x" * 2500, "2,500 characters"),
        ("word " * 2000, "9,999 characters"),
        ("word " * 2000, "It began: “word word"),
        ("🤷", "no word in that question"),
        ("\x00\x07", "no word in that question"),
        ("什么是云？", "2 documents"),
        ("<!channel> <@UANA>", "I found no answer in 2 documents: none mentions"),
        ("what is modlescope?", "ModelScope is an open platform"),
    ],
)
async def test_every_word_of_the_grammar_gets_its_page(http: Any, words: str, shown: str) -> None:
    assert shown in (await http.asked(words)).text


async def test_what_was_misspelled_is_said(http: Any) -> None:
    assert "you wrote “figurs”" in json.dumps((await http.asked("figurs AI")).blocks, ensure_ascii=False)
    assert "you wrote “modlescope”" in json.dumps((await http.asked("what is modlescope?")).blocks, ensure_ascii=False)


def _offered(message: Any) -> list[str]:
    return [block["accessory"]["action_id"] for block in message.blocks if "accessory" in block]


async def test_nothing_found_has_no_references(http: Any) -> None:
    message = await http.asked("what is the Qwen dividend?")
    assert _pressable(message) == []
    assert set(_offered(message)) == {"summarize"}
    assert "[1]" not in json.dumps(message.blocks)


async def test_the_summary_of_a_close_document_is_as_private_as_its_question(live: Any) -> None:
    message = await live.asked("what is the Qwen dividend?")
    await live.slack.click(message, "summarize")
    told = (await live.slack.wait_for(lambda: live.slack.messages("CGENERAL")[1:]))[0]
    assert told.ephemeral_to == "UANA"
    assert told.text.startswith("Summary: The Quiet Revolution")
    assert _pressable(told) == ["share"]
    assert live.slack.messages("CGENERAL", viewer="UBEN") == []


async def test_the_summary_of_a_close_document_stands_in_the_thread_once(live: Any) -> None:
    _, ts = await live.mention("what is the Qwen dividend?")
    (reply,) = await live.replies(ts)
    for user in ("UANA", "UBEN"):
        await live.slack.click(reply, "summarize", user=user)
    replies = await live.slack.wait_for(lambda: live.slack.messages("CAIWATCH", viewer="UBEN", thread_ts=ts)[2:])
    await live.mention("status", thread_ts=ts)
    await live.slack.wait_for(
        lambda: [m for m in live.slack.messages("CAIWATCH", thread_ts=ts) if "I am here" in m.text]
    )
    replies = [m for m in live.slack.messages("CAIWATCH", thread_ts=ts) if m.text.startswith("Summary: ")]
    assert len(replies) == 1
    assert (replies[0].ephemeral_to, replies[0].thread_ts, _pressable(replies[0])) == (None, ts, [])


async def test_the_summary_of_a_close_document_continues_a_direct_message(http: Any) -> None:
    await http.slack.say("what is the Qwen dividend?", channel="DANA")
    reply = (await http.slack.wait_for(lambda: http.slack.messages("DANA")[1:]))[0]
    await http.slack.click(reply, "summarize")
    told = (await http.slack.wait_for(lambda: http.slack.messages("DANA")[2:]))[0]
    assert (told.ephemeral_to, told.thread_ts) == (None, None)
    assert told.text.startswith("Summary: ")


async def test_help_in_a_thread_teaches_no_command(http: Any) -> None:
    _, ts = await http.mention("help")
    (reply,) = await http.replies(ts)
    assert "/alibaba" not in json.dumps(reply.blocks)
    assert "Try: how much did Alibaba pledge?" in reply.text
    assert "/alibaba figures" in json.dumps((await http.asked("help")).blocks)


async def test_a_document_that_calls_the_channel_calls_nobody(http: Any) -> None:
    message = await http.asked("may everybody read this?")
    assert "Everybody may read \u2060*\u2060this\u2060*\u2060." in message.text
    titles = [block["text"] for block in message.blocks if block["type"] == "section"]
    assert titles[0]["type"] == "mrkdwn"
    assert "A Bold Pivot &lt;!here&gt;" in titles[0]["text"]


async def test_a_passage_that_is_gone_is_said_privately(http: Any) -> None:
    message = await http.asked("what is Qwen?")
    section = next(block for block in message.blocks if block["type"] == "section")
    section["accessory"]["value"] = '["gone",1]'
    await http.slack.click(message, "read_in_context")
    told = await http.slack.wait_for(lambda: http.slack.messages("CGENERAL")[1:])
    assert told[0].ephemeral_to == "UANA"
    assert "no longer in the documents" in told[0].text
    assert http.slack.modal() is None


@pytest.mark.parametrize("code", ["expired_trigger_id", "trigger_exchanged"])
async def test_a_modal_that_came_too_late_is_said_privately(http: Any, code: str) -> None:
    message = await http.asked("what is Qwen?")
    http.slack.faults.error("views.open", code)
    await http.slack.click(message, "read_in_context")
    told = await http.slack.wait_for(lambda: http.slack.messages("CGENERAL")[1:])
    assert "press the button again" in told[0].text


async def test_a_modal_that_slack_refuses_for_our_fault_is_said_with_a_reference(http: Any) -> None:
    message = await http.asked("what is Qwen?")
    http.slack.faults.error("views.open", "invalid_arguments")
    await http.slack.click(message, "read_in_context")
    told = await http.slack.wait_for(lambda: http.slack.messages("CGENERAL")[1:])
    assert "Something went wrong" in told[0].text


async def test_a_new_document_is_found_without_a_restart(http: Any, data_dir: Any) -> None:
    engine = database.engine(http.settings.database)
    library = Library.open(data_dir, engine)
    assert list(library.add([Document("new", "Zebras graze in Hangzhou.", title="Zebras")]))
    engine.dispose()

    async def answer() -> str:
        return str((await http.asked("where do zebras graze?")).text)

    for _ in range(40):
        if "Hangzhou" in (text := await answer()):
            break
    assert "Zebras graze in Hangzhou." in text
