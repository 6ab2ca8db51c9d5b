"""An unpatched Bolt app against the local Slack, over signed HTTP and over Socket Mode."""

from typing import Any

import pytest

from bot.playground.server import FakeSlack


def _kinds(bolt: Any) -> list[str]:
    return [body.get("type") or "command" for body, _ in bolt.heard]


async def test_a_slash_command_is_answered_privately_through_its_response_url(slack: FakeSlack, bolt: Any) -> None:
    delivery = await slack.slash("how much?")
    message = await slack.wait_for(lambda: slack.messages("CGENERAL"))
    assert (delivery.status, delivery.attempts) == (200, 1)
    assert delivery.seconds < 1
    assert message[0].text == "You asked: how much?"
    assert message[0].ephemeral_to == "UANA"
    assert slack.messages("CGENERAL", viewer="UBEN") == []
    body = bolt.heard[0][0]
    assert (body["command"], body["text"], body["user_id"], body["channel_name"]) == (
        "/alibaba",
        "how much?",
        "UANA",
        "general",
    )


async def test_the_acknowledgement_itself_may_speak(slack: FakeSlack, bolt: Any) -> None:
    await slack.slash("ack", channel="CAIWATCH")
    assert [message.text for message in slack.messages("CAIWATCH")] == ["Looking…"]


async def test_a_mention_is_heard_and_answered_in_its_thread(slack: FakeSlack, bolt: Any) -> None:
    delivery = await slack.say("<@UALIBABA> how much?", channel="CAIWATCH")
    asked = slack.messages("CAIWATCH")[0]
    thread = await slack.wait_for(lambda: (found := slack.messages("CAIWATCH", thread_ts=asked.ts))[1:] and found)
    assert delivery.id.startswith("Ev")
    assert [message.user for message in thread] == ["UANA", "UALIBABA"]
    assert slack.messages("CAIWATCH") == [asked]


async def test_what_is_not_said_to_the_bot_is_not_told_to_it(slack: FakeSlack, bolt: Any) -> None:
    delivery = await slack.say("nice weather", channel="CGENERAL")
    assert delivery.attempts == 0
    assert delivery.ok
    assert bolt.heard == []


async def test_a_channel_without_the_bot_does_not_tell_it(slack: FakeSlack, bolt: Any) -> None:
    slack.workspace.move("CGENERAL", "UALIBABA", joins=False)
    assert (await slack.say("<@UALIBABA> hello", channel="CGENERAL")).attempts == 0


async def test_direct_messages_are_a_conversation(slack: FakeSlack, bolt: Any) -> None:
    await slack.say("hello", channel="DANA")
    found = await slack.wait_for(lambda: slack.messages("DANA")[1:])
    assert found[0].text == "You said: hello"
    assert bolt.heard[0][0]["event"]["channel_type"] == "im"


async def _card(slack: FakeSlack) -> Any:
    await slack.slash("how much?")
    return (await slack.wait_for(lambda: slack.messages("CGENERAL")))[0]


async def test_a_button_of_a_private_message_carries_no_message(slack: FakeSlack, bolt: Any) -> None:
    delivery = await slack.click(await _card(slack), "share")
    shared = await slack.wait_for(lambda: slack.messages("CGENERAL", viewer="UBEN"))
    body = bolt.heard[1][0]
    assert delivery.ok
    assert "message" not in body
    assert body["container"]["is_ephemeral"] is True
    assert body["actions"][0]["action_id"] == "share"
    assert [message.text for message in shared] == ["Shared."]


async def test_a_button_of_a_public_message_carries_it(slack: FakeSlack, bolt: Any) -> None:
    await slack.say("<@UALIBABA> how much?", channel="CAIWATCH")
    asked = slack.messages("CAIWATCH")[0]
    reply = (await slack.wait_for(lambda: slack.messages("CAIWATCH", thread_ts=asked.ts)[1:]))[0]
    await slack.click(reply, "read")
    body = bolt.heard[1][0]
    assert body["message"]["text"] == "Here."
    assert body["container"]["thread_ts"] == asked.ts
    assert body["actions"][0]["value"] == "7"


async def test_a_modal_opens_is_corrected_and_submitted(slack: FakeSlack, bolt: Any) -> None:
    await slack.click(await _card(slack), "read")
    view = await slack.wait_for(slack.modal)
    assert view["title"]["text"] == "In context"
    assert slack.modal("UBEN") is None
    await slack.submit(values={"why": {"words": {"type": "plain_text_input", "value": "x"}}})
    assert slack.workspace.form_errors == {"why": "Say more."}
    assert slack.modal() is not None
    await slack.submit(values={"why": {"words": {"type": "plain_text_input", "value": "because"}}})
    assert slack.modal() is None
    assert slack.workspace.form_errors == {}


async def test_a_button_in_a_modal_may_change_it(slack: FakeSlack, bolt: Any) -> None:
    await slack.click(await _card(slack), "read")
    await slack.wait_for(slack.modal)
    await slack.click_in_modal("next")
    assert await slack.wait_for(lambda: (view := slack.modal()) and view["title"]["text"] == "Turned")


async def test_closing_a_modal_is_told_to_those_who_asked(slack: FakeSlack, bolt: Any) -> None:
    await slack.click(await _card(slack), "read")
    await slack.wait_for(slack.modal)
    assert (await slack.close_modal()).status == 200
    assert slack.modal() is None
    assert _kinds(bolt)[-1] == "view_closed"


async def test_a_redelivery_has_the_same_id_and_says_so(slack: FakeSlack, bolt: Any) -> None:
    delivery = await slack.say("hello", channel="DANA")
    again = await slack.redeliver(delivery)
    (first, _), (second, headers) = bolt.heard
    assert again.id == delivery.id == first["event_id"] == second["event_id"]
    assert (headers["x-slack-retry-num"], headers["x-slack-retry-reason"]) == ("1", "http_timeout")


@pytest.mark.parametrize(("text", "attempts"), [("hello", 1), ("fail", 3)])
async def test_events_are_sent_again_until_acknowledged(slack: FakeSlack, bolt: Any, text: str, attempts: int) -> None:
    async def refuse(body: dict[str, Any], next: Any) -> None:
        if body["event"]["text"] != "fail":
            await next()

    bolt.app.use(refuse)
    delivery = await slack.say(text, channel="DANA")
    assert delivery.attempts == attempts
    assert len({body["event_id"] for body, _ in bolt.heard}) == 1
    assert (delivery in slack.failures) == (text == "fail")


async def test_a_command_nobody_acknowledges_fails_in_slacks_words(slack: FakeSlack, bolt: Any) -> None:
    async def swallow(next: Any) -> None:
        pass

    bolt.app.use(swallow)

    delivery = await slack.slash("x")
    said = slack.messages("CGENERAL")[0]
    assert delivery.attempts == 1
    assert said.user == "USLACKBOT"
    assert said.text.startswith("/alibaba failed with the error ")
    assert said.ephemeral_to == "UANA"


async def test_a_button_nobody_acknowledges_shows_it(slack: FakeSlack, bolt: Any) -> None:
    card = await _card(slack)
    await slack.click(card, "broken")
    assert "not responding" in slack.workspace.troubles[card.ts]
    await slack.click(card, "share")
    assert card.ts not in slack.workspace.troubles


# what the acknowledgement of a submitted modal may ask for

SECOND = {"type": "modal", "title": {"type": "plain_text", "text": "Second"}, "blocks": [{"type": "divider"}]}
WRONG = {**SECOND, "blocks": []}


@pytest.mark.parametrize(
    ("answer", "title", "depth", "trouble"),
    [
        ({"response_action": "update", "view": SECOND}, "Second", 1, ""),
        ({"response_action": "push", "view": SECOND}, "Second", 2, ""),
        ({"response_action": "clear"}, None, 0, ""),
        ({}, None, 0, ""),
        ({"response_action": "update", "view": WRONG}, "In context", 1, "We had some trouble connecting. Try again?"),
        ({"response_action": "push"}, "In context", 1, "We had some trouble connecting. Try again?"),
    ],
)
async def test_a_submitted_modal_goes_where_the_app_says(
    slack: FakeSlack, bolt: Any, answer: dict[str, Any], title: str | None, depth: int, trouble: str
) -> None:
    async def instead(body: dict[str, Any], ack: Any, next: Any) -> Any:
        return await (ack(**answer) if body.get("type") == "view_submission" else next())

    bolt.app.use(instead)
    await slack.click(await _card(slack), "read")
    await slack.wait_for(slack.modal)
    await slack.submit()
    shown = slack.modal()
    assert (shown["title"]["text"] if shown else None) == title
    assert len(slack.workspace.modals["UANA"]) == depth
    assert "".join(slack.workspace.troubles.values()) == trouble


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"text": "To all.", "response_type": "in_channel"}, ["To all."]),
        ({"text": "To all.", "blocks": [{"type": "nonsense"}], "response_type": "in_channel"}, []),
    ],
)
async def test_a_command_may_be_answered_in_its_acknowledgement(
    slack: FakeSlack, bolt: Any, answer: dict[str, Any], said: list[str]
) -> None:
    async def instead(ack: Any) -> Any:
        return await ack(**answer)

    bolt.app.use(instead)
    await slack.slash("x")
    assert [message.text for message in slack.messages("CGENERAL", viewer="UBEN")] == said
    failed = [m.text for m in slack.messages("CGENERAL") if m.user == "USLACKBOT"]
    assert failed == ([] if said else ["/alibaba failed with the error invalid_blocks"])
