"""Exactly one reply, whatever Slack and the network do."""

import asyncio
from typing import Any

import pytest

from bot.playground.faults import Fault


def _posts(live: Any) -> int:
    return sum(call.method == "chat.postMessage" for call in live.slack.calls)


async def _settled(live: Any, ts: str) -> list[Any]:
    """The replies under a message once nothing is under way any more."""
    await live.replies(ts)
    await live.bot.stop()
    replies: list[Any] = await live.replies(ts)
    return replies


async def test_a_redelivery_is_acknowledged_and_answered_once(live: Any) -> None:
    delivery, ts = await live.mention("what is Qwen?")
    again = [await live.slack.redeliver(delivery) for _ in range(3)]
    assert all(each.ok for each in again)
    assert len(await _settled(live, ts)) == 1


async def test_a_redelivery_at_the_same_moment_is_answered_once(live: Any) -> None:
    delivery, ts = await live.mention("what is Qwen?")
    await asyncio.gather(*(live.slack.redeliver(delivery) for _ in range(8)))
    assert len(await _settled(live, ts)) == 1


async def test_the_same_message_under_another_event_id_is_answered_once(http: Any) -> None:
    delivery, ts = await http.mention("what is Qwen?")
    await http.replies(ts)
    twin = {**delivery.parcel.payload, "event_id": "Ev_another"}
    parcel = type(delivery.parcel)(delivery.parcel.kind, "Ev_another", twin)
    await http.slack.redeliver(type(delivery)(**{**_fields(delivery), "parcel": parcel}))
    assert len(await _settled(http, ts)) == 1


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(error="ratelimited", status=429, retry_after=1), id="429"),
        pytest.param(Fault(status=500), id="500, not accepted"),
        pytest.param(Fault(status=500, accepted=True), id="500, accepted"),
        pytest.param(Fault(status=503, accepted=True), id="503, accepted"),
        pytest.param(Fault(error="internal_error"), id="internal_error"),
        pytest.param(Fault(error="fatal_error", accepted=True), id="fatal_error, accepted"),
        pytest.param(Fault(delay=1.4, accepted=True), id="timeout, accepted"),
        pytest.param(Fault(drop=True, accepted=True), id="dropped, accepted"),
        pytest.param(Fault(drop=True), id="dropped, not accepted"),
    ],
)
async def test_one_reply_whatever_befalls_the_post(http: Any, fault: Fault) -> None:
    http.slack.faults.plan("chat.postMessage", fault)
    _, ts = await http.mention("what is Qwen?")
    (reply,) = await _settled(http, ts)
    assert "Qwen is a family" in reply.text
    assert reply.ephemeral_to is None


@pytest.mark.parametrize("channel", ["DANA"])
async def test_a_post_in_a_direct_message_is_looked_for_too(http: Any, channel: str) -> None:
    http.slack.faults.status("chat.postMessage", 500, accepted=True)
    await http.slack.say("what is Qwen?", channel=channel)
    await http.slack.wait_for(lambda: [c for c in http.slack.calls if c.method == "conversations.history"])
    await http.bot.stop()
    assert len(http.slack.messages(channel)) == 2
    assert _posts(http) == 1


@pytest.mark.parametrize("code", ["missing_scope", "not_in_channel", "channel_not_found"])
async def test_where_the_outcome_cannot_be_read_the_asker_is_told_and_nothing_repeated(http: Any, code: str) -> None:
    http.slack.faults.status("chat.postMessage", 500)
    http.slack.faults.error("conversations.replies", code)
    _, ts = await http.mention("what is Qwen?")
    (told,) = await _settled(http, ts)
    assert told.ephemeral_to == "UANA"
    assert "interrupted" in told.text
    assert _posts(http) == 1


async def test_looking_is_tried_again_when_it_fails(http: Any) -> None:
    http.slack.faults.status("chat.postMessage", 500, accepted=True)
    http.slack.faults.status("conversations.replies", 503)
    _, ts = await http.mention("what is Qwen?")
    (reply,) = await _settled(http, ts)
    assert reply.ephemeral_to is None


async def test_posting_is_given_up_when_it_fails_for_ever(http: Any) -> None:
    http.slack.faults.status("chat.postMessage", 500, times=20)
    _, ts = await http.mention("what is Qwen?")
    (told,) = await _settled(http, ts)
    assert "interrupted" in told.text
    assert _posts(http) == 3


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("is_archived", "archived"),
        ("restricted_action", "direct message"),
        ("not_in_channel", "Invite me"),
        ("strange", "(strange)"),
    ],
)
async def test_a_refusal_ends_in_words(http: Any, code: str, words: str) -> None:
    http.slack.faults.error("chat.postMessage", code)
    _, ts = await http.mention("what is Qwen?")
    (told,) = await _settled(http, ts)
    assert told.ephemeral_to == "UANA"
    assert words in told.text


async def test_blocks_that_slack_refuses_leave_the_text(http: Any) -> None:
    http.slack.faults.error("chat.postMessage", "invalid_blocks")
    _, ts = await http.mention("what is Qwen?")
    (reply,) = await _settled(http, ts)
    assert "Qwen is a family" in reply.text
    assert reply.blocks == ()


@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        pytest.param(Fault(error="ratelimited", status=429, retry_after=1), ["Qwen is a family"], id="429"),
        pytest.param(Fault(status=500), ["interrupted"], id="500"),
        pytest.param(Fault(status=500, accepted=True), ["Qwen is a family", "interrupted"], id="500, accepted"),
        pytest.param(Fault(delay=1.4, accepted=True), ["Qwen is a family", "interrupted"], id="timeout, accepted"),
        pytest.param(Fault(drop=True), ["interrupted"], id="dropped"),
        pytest.param(Fault(drop=True, accepted=True), ["Qwen is a family", "interrupted"], id="dropped, accepted"),
    ],
)
async def test_a_private_answer_is_never_sent_twice(http: Any, fault: Fault, seen: list[str]) -> None:
    http.slack.faults.plan("response_url", fault)
    await http.slack.slash("what is Qwen?")
    await http.slack.wait_for(lambda: len(http.slack.messages("CGENERAL")) >= len(seen) or None)
    await http.bot.stop()
    texts = [message.text for message in http.slack.messages("CGENERAL")]
    answers = sum("Qwen is a family" in text for text in texts)
    assert answers <= 1
    assert [any(words in text for text in texts) for words in seen] == [True] * len(seen)


async def test_two_hundred_commands_are_each_answered_once(settings_for: Any, join: Any) -> None:
    """At 80 a second; the times belong to tests/bench/ack_load.py. Who loses patience with Slack would say so, too."""
    http = await join(settings_for(False), patience=10.0)

    async def one(number: int) -> Any:
        await asyncio.sleep(number / 80)
        return await http.slack.slash(f"what is Qwen{' ' * number}?", user=("UANA", "UBEN")[number % 2])

    deliveries = await asyncio.gather(*(one(number) for number in range(200)))

    def answers() -> int:
        return sum(len(http.slack.messages("CGENERAL", viewer=user)) for user in ("UANA", "UBEN"))

    await http.slack.wait_for(lambda: answers() >= 200 or None, timeout=30)
    await http.bot.stop()
    assert answers() == 200
    assert all(each.ok and each.attempts == 1 for each in deliveries)
    assert http.slack.failures == []


async def test_the_posts_of_a_channel_wait_for_each_other(http: Any) -> None:
    http.slack.faults.slow("chat.postMessage", 0.2, times=6)
    said = [http.mention("what is Qwen?", channel) for channel in ("CAIWATCH", "CGENERAL") * 3]
    await asyncio.gather(*said)
    await http.bot.stop()
    answers = [message for message in http.slack.workspace.log.values() if message.user == "UALIBABA"]
    assert sorted(message.channel for message in answers) == ["CAIWATCH"] * 3 + ["CGENERAL"] * 3
    assert (http.slack.at_a_time["CAIWATCH"], http.slack.at_a_time["CGENERAL"]) == (1, 1)
