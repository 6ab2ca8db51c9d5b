"""Every request of Slack's finds its function; what nothing follows from is acknowledged all the same."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from bot.database import engine


async def _deliver(live: Any, payload: dict[str, Any], like: Any) -> Any:
    """Send the app a payload of the same kind as an earlier delivery."""
    return await live.slack.redeliver(replace(like, parcel=replace(like.parcel, id="another", payload=payload)))


@pytest.mark.parametrize(
    "changes",
    [
        {"subtype": "message_changed"},
        {"subtype": "channel_join"},
        {"bot_id": "BOTHER", "user": "UOTHER"},
        {"edited": {"user": "UANA", "ts": "1.1"}},
        {"channel_type": "channel"},
        {"type": "reaction_added"},
        {"type": "something_new"},
        {"user": "UALIBABA"},
    ],
)
async def test_events_that_ask_nothing_are_acknowledged_and_unanswered(http: Any, changes: dict[str, Any]) -> None:
    asked = await http.slack.say("what is Qwen?", channel="DANA")
    await http.slack.wait_for(lambda: http.slack.messages("DANA")[1:])
    event = asked.parcel.payload["event"] | {"ts": "9.9"} | changes
    delivery = await _deliver(http, {**asked.parcel.payload, "event_id": "Ev9", "event": event}, asked)
    await http.bot.stop()
    assert delivery.ok
    assert len(http.slack.messages("DANA")) == 2


@pytest.mark.parametrize(
    ("action", "value"),
    [("a_link", "x"), ("read_in_context", "not ours"), ("share_old", ""), ("rate", "x"), ("rate", "")],
)
async def test_old_and_foreign_buttons_are_acknowledged(http: Any, action: str, value: str) -> None:
    pressed = await http.slack.click(await http.asked("what is Qwen?"), "read_in_context")
    await http.slack.wait_for(http.slack.modal)
    payload = {
        **pressed.parcel.payload,
        "actions": [pressed.parcel.payload["actions"][0] | {"action_id": action, "value": value}],
    }
    delivery = await _deliver(http, payload, pressed)
    await http.bot.stop()
    assert delivery.ok
    assert len(http.slack.messages("CGENERAL")) == 1


async def test_a_command_by_any_name_is_ours(http: Any) -> None:
    http.slack.command = "/ask-the-documents"
    assert "Qwen is a family" in (await http.asked("what is Qwen?")).text


async def test_what_breaks_behind_a_button_is_said_with_a_reference(
    http: Any, caplog: pytest.LogCaptureFixture
) -> None:
    message = await http.asked("what is Qwen?")
    documents = engine(http.settings.database)
    with documents.begin() as connection:
        connection.execute(text("DROP TABLE passages"))
    documents.dispose()
    await http.slack.click(message, "read_in_context")
    told = await http.slack.wait_for(lambda: http.slack.messages("CGENERAL")[1:])
    assert "Something went wrong on my side (reference " in told[0].text
    assert told[0].ephemeral_to == "UANA"
    assert "passages" not in told[0].text
    assert told[0].text.split("(reference ")[1][:4] in caplog.text


async def test_what_breaks_while_answering_is_said_with_a_reference(http: Any) -> None:
    documents = engine(http.settings.database)
    with documents.begin() as connection:
        connection.execute(text("DROP TABLE figures"))
    documents.dispose()
    _, ts = await http.mention("figures")
    (reply,) = await http.replies(ts)
    assert "Something went wrong on my side (reference " in reply.text
    assert "figures" not in json.dumps(reply.blocks)


async def test_what_people_ask_is_not_logged(http: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    await http.asked("what is Qwen salaries zebra?")
    await http.mention("what is Qwen salaries zebra?")
    await http.bot.stop()
    assert "zebra" not in caplog.text
    assert http.slack.bot_token not in caplog.text
