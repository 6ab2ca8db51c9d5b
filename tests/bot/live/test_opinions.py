"""👍, 👎 with a comment, and taking an answer away."""

import json
from typing import Any

import pytest

from bot.cli import main
from bot.database import engine
from bot.history import History
from bot.opinions import Disliked, Unanswered
from bot.playground.faults import Fault

ASKED = "what is Qwen?"


def _history(live: Any) -> History:
    return History(engine(live.settings.claims), lambda: 0.0)


def _rated(message: Any) -> dict[str, Any]:
    row: dict[str, Any] = next(block for block in message.blocks if block["type"] == "context_actions")
    return row


async def _answer(live: Any) -> tuple[Any, str]:
    _, ts = await live.mention(ASKED)
    (reply,) = await live.replies(ts)
    return reply, ts


async def test_every_answer_can_be_rated_and_removed_by_its_asker(live: Any) -> None:
    reply, _ = await _answer(live)
    rate, remove = _rated(reply)["elements"]
    assert (rate["positive_button"]["value"], rate["negative_button"]["value"]) == (f"+{ASKED}", f"-{ASKED}")
    assert (remove["icon"], remove["visible_to_user_ids"]) == ("trash", ["UANA"])
    assert _rated(await live.asked("what is the dividend?"))


async def test_who_likes_an_answer_is_thanked(live: Any) -> None:
    reply, ts = await _answer(live)
    await live.slack.click(reply, "rate", user="UBEN")
    told = await live.slack.wait_for(lambda: live.slack.messages("CAIWATCH", viewer="UBEN", thread_ts=ts)[2:])
    assert (told[0].text, told[0].ephemeral_to) == ("Thank you, that is noted.", "UBEN")
    assert _history(live).disliked() == ()


async def test_who_dislikes_an_answer_is_asked_why(live: Any) -> None:
    reply, _ = await _answer(live)
    await live.slack.click(reply, "rate", index=1)
    view = await live.slack.wait_for(live.slack.modal)
    assert ASKED in json.dumps(view["blocks"])
    assert [(each.question, each.comment) for each in _history(live).disliked()] == [(ASKED, None)]
    said = {"comment": {"comment": {"type": "plain_text_input", "value": "Say who  uses it. <!channel>"}}}
    assert (await live.slack.submit(values=said)).ok
    assert "Thank you, that is noted." in json.dumps((live.slack.modal() or {})["blocks"])
    assert [(each.question, each.comment) for each in _history(live).disliked()] == [
        (ASKED, "Say who uses it. <!channel>")
    ]


async def test_a_form_sent_empty_leaves_the_dislike(http: Any) -> None:
    reply, _ = await _answer(http)
    await http.slack.click(reply, "rate", index=1)
    await http.slack.wait_for(http.slack.modal)
    assert (await http.slack.submit(values={"comment": {"comment": {"value": None}}})).ok
    assert http.slack.modal() is None
    assert [each.comment for each in _history(http).disliked()] == [None]


async def test_a_mind_may_be_changed(http: Any) -> None:
    reply, _ = await _answer(http)
    for index in (0, 1, 0):
        delivery = await http.slack.click(reply, "rate", index=index)
        await http.slack.redeliver(delivery)
    assert _history(http).disliked() == ()


@pytest.mark.parametrize("code", ["expired_trigger_id", "internal_error"])
async def test_a_form_that_cannot_open_leaves_thanks(http: Any, code: str) -> None:
    message = await http.asked(ASKED)
    http.slack.faults.error("views.open", code)
    await http.slack.click(message, "rate", index=1)
    told = await http.slack.wait_for(lambda: http.slack.messages("CGENERAL")[1:])
    assert told[0].text == "Thank you, that is noted."
    assert len(_history(http).disliked()) == 1


async def test_the_asker_removes_an_answer(live: Any) -> None:
    reply, ts = await _answer(live)
    for _ in range(2):
        await live.slack.click(reply, "remove")
    await live.slack.wait_for(lambda: not live.slack.messages("CAIWATCH", thread_ts=ts)[1:])


async def test_a_private_answer_is_removed_too(live: Any) -> None:
    await live.slack.click(await live.asked(ASKED), "remove")
    await live.slack.wait_for(lambda: not live.slack.messages("CGENERAL"))


async def test_nobody_else_removes_an_answer(http: Any) -> None:
    reply, ts = await _answer(http)
    await http.slack.click(reply, "remove", user="UBEN")
    seen = await http.slack.wait_for(lambda: http.slack.messages("CAIWATCH", viewer="UBEN", thread_ts=ts)[2:])
    assert (seen[0].text, seen[0].ephemeral_to) == ("Only the person who asked can remove this.", "UBEN")
    assert reply.ts in {message.ts for message in http.slack.messages("CAIWATCH", thread_ts=ts)}


async def test_what_slack_does_not_remove_is_said(http: Any) -> None:
    reply, ts = await _answer(http)
    http.slack.faults.error("chat.delete", "cant_delete_message")
    await http.slack.click(reply, "remove")
    told = await http.slack.wait_for(lambda: http.slack.messages("CAIWATCH", thread_ts=ts)[2:])
    assert "Slack did not let me remove this" in told[0].text


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(error="ratelimited", status=429, retry_after=1), id="429"),
        pytest.param(Fault(status=500, accepted=True), id="500, accepted"),
        pytest.param(Fault(status=503), id="503"),
        pytest.param(Fault(drop=True, accepted=True), id="dropped, accepted"),
        pytest.param(Fault(error="message_not_found", accepted=True), id="gone already"),
    ],
)
async def test_an_answer_goes_whatever_befalls_its_removal(http: Any, fault: Fault) -> None:
    reply, ts = await _answer(http)
    http.slack.faults.plan("chat.delete", fault)
    await http.slack.click(reply, "remove")
    await http.bot.stop()
    assert http.slack.messages("CAIWATCH", thread_ts=ts)[1:] == []


@pytest.mark.parametrize(
    ("user", "name", "gone"), [("UANA", "x", True), ("UBEN", "x", False), ("UANA", "thumbsup", False)]
)
async def test_the_asker_crosses_an_answer_out(http: Any, user: str, name: str, gone: bool) -> None:
    reply, ts = await _answer(http)
    await http.slack.wait_for(lambda: _history(http).asker(f"CAIWATCH:{reply.ts}"))
    delivery = await http.slack.react(reply, name, user=user)
    await http.slack.redeliver(delivery)
    await http.bot.stop()
    assert (len(http.slack.messages("CAIWATCH", thread_ts=ts)) == 1) is gone


async def test_a_persons_own_message_is_never_removed(http: Any) -> None:
    _, ts = await _answer(http)
    root = http.slack.messages("CAIWATCH")[0]
    assert (await http.slack.react(root, "x")).ok
    await http.bot.stop()
    assert [message.ts for message in http.slack.messages("CAIWATCH")] == [ts]


async def test_what_was_asked_in_vain_is_listed(
    http: Any, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    for _ in range(2):
        await http.asked("what is the Qwen dividend?")
    await http.slack.click(await http.asked(ASKED), "rate", index=1)
    await http.bot.stop()
    monkeypatch.setenv("ALIBABA_DATA_DIR", str(http.settings.data_dir))
    assert main(["feedback", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (lacking,), (disliked,) = told["unanswered"], told["disliked"]
    assert (lacking["question"], lacking["times"]) == ("what is the Qwen dividend?", 2)
    assert (disliked["question"], disliked["comment"]) == (ASKED, None)
    assert lacking.keys() == Unanswered.__dataclass_fields__.keys()
    assert disliked.keys() == Disliked.__dataclass_fields__.keys()
    assert "UANA" not in json.dumps(told)
    assert main(["feedback"]) == 0
    shown = capsys.readouterr().out
    assert "what is the Qwen dividend?" in shown
    assert ASKED in shown


def test_where_nothing_was_asked_the_list_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feedback"]) == 0
    assert "In Slack no question is left unanswered" in capsys.readouterr().out
