"""What people do without asking, out of Slack's dicts."""

from typing import Any

import pytest

from handlers.gestures import Comment, Removal, comment, crossed_out, rating, removal, without_button
from handlers.payloads import Privately

BODY: dict[str, Any] = {
    "user": {"id": "U1"},
    "trigger_id": "T1",
    "response_url": "http://slack/1",
    "container": {"channel_id": "C1", "message_ts": "1.1", "thread_ts": "1.0"},
    "actions": [{"block_id": "b", "action_id": "a", "value": "+why?"}],
}
GO, ON = {"type": "button", "action_id": "a"}, {"type": "button", "action_id": "b"}
SAID = {"type": "rich_text", "block_id": "r", "elements": []}


def _body(**changes: Any) -> dict[str, Any]:
    return BODY | changes


def _pressed(value: object) -> dict[str, Any]:
    return _body(actions=[BODY["actions"][0] | {"value": value}])


@pytest.mark.parametrize(("value", "words", "liked"), [("+why?", "why?", True), ("-+why?", "+why?", False)])
def test_a_rating(value: str, words: str, liked: bool) -> None:
    found = rating(_pressed(value))
    assert found
    assert (found.message, found.user, found.words, found.liked) == ("C1:1.1", "U1", words, liked)
    assert (found.trigger, found.to) == ("T1", Privately("http://slack/1", "1.0", channel="C1"))


@pytest.mark.parametrize("value", ["", "why?", None, "*", 3])
def test_a_value_that_is_not_ours_is_no_rating(value: object) -> None:
    assert rating(_pressed(value)) is None


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"f": {"f": {"value": " more \n of it "}}}, "more of it"),
        ({"f": {"f": {"value": None}}}, ""),
        ({"f": {}}, ""),
        ({}, ""),
    ],
)
def test_a_comment(values: dict[str, Any], text: str) -> None:
    body = _body(view={"private_metadata": "C1:1.1", "state": {"values": values}})
    assert comment(body, "f") == Comment("C1:1.1", "U1", text)


@pytest.mark.parametrize("private", [True, False])
def test_a_removal(private: bool) -> None:
    body = _pressed("U9") | {"container": BODY["container"] | {"is_ephemeral": private}}
    assert removal(body) == Removal("C1", "1.1", "U1", "U9", Privately("http://slack/1", "1.0", channel="C1"), private)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, True),
        ({"reaction": "heavy_check_mark"}, False),
        ({"item_user": "U2"}, False),
        ({"item": {"type": "file"}}, False),
        ({"item": None}, False),
    ],
)
def test_a_message_of_ours_is_crossed_out(changes: dict[str, Any], found: bool) -> None:
    item = {"type": "message", "channel": "C1", "ts": "1.1"}
    event = {"user": "U1", "reaction": "x", "item_user": "UBOT", "item": item} | changes
    assert (crossed_out({"event": event}, "UBOT") == Removal("C1", "1.1", "U1")) is found


@pytest.mark.parametrize(
    ("blocks", "left"),
    [
        ([SAID, {"block_id": "b", "elements": [GO, ON]}], [SAID, {"block_id": "b", "elements": [ON]}]),
        ([SAID, {"block_id": "b", "elements": [GO]}], [SAID]),
        ([{"block_id": "b", "text": {}, "accessory": GO}], [{"block_id": "b", "text": {}}]),
        ([{"block_id": "c", "elements": [GO]}], [{"block_id": "c", "elements": [GO]}]),
    ],
)
def test_a_used_button_goes(blocks: list[dict[str, Any]], left: list[dict[str, Any]]) -> None:
    assert without_button(_body(message={"text": "Look", "blocks": blocks})) == ("Look", left)


@pytest.mark.parametrize("message", [None, {}, {"text": "", "blocks": [SAID]}, {"text": "Look", "blocks": []}])
def test_a_message_that_slack_does_not_tell_stays(message: object) -> None:
    assert without_button(_body(message=message)) is None
