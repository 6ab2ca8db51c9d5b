"""What a person sees once the app has acknowledged something they did, or has failed to."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.playground.admission import Desk, Refused
from bot.playground.delivery import NO_ANSWER, Delivery
from bot.playground.grants import Grant
from bot.playground.responses import after_submit, say
from bot.playground.workspace import SLACKBOT, Message

SILENT_BUTTON = "This app is not responding. Try again in a moment."
SILENT_MODAL = "We had some trouble connecting. Try again?"


def settle(desk: Desk, delivery: Delivery) -> None:
    """Show the person what the app's acknowledgement, or its absence, means."""
    if delivery.attempts and delivery.parcel.kind != "events_api":
        kind = str(delivery.parcel.payload.get("type", "command"))
        SETTLE.get(kind, _nothing)(desk, delivery)


def _nothing(desk: Desk, delivery: Delivery) -> None:
    pass


def _command(desk: Desk, delivery: Delivery) -> None:
    payload = delivery.parcel.payload
    grant = Grant(payload["user_id"], payload["channel_id"], 0.0, 1)
    if not delivery.ok:
        code = "operation_timeout" if delivery.status == NO_ANSWER else "dispatch_failed"
        _notice(desk, grant, f"{payload['command']} failed with the error {code}")
        return
    body = {"text": delivery.body} if isinstance(delivery.body, str) else delivery.body
    if not isinstance(body, Mapping) or not (body.get("text") or body.get("blocks")):
        return
    try:
        say(desk, grant, body)
    except Refused as refused:
        _notice(desk, grant, f"{payload['command']} failed with the error {refused.code}")


def _notice(desk: Desk, grant: Grant, words: str) -> None:
    ts = desk.workspace.new_ts()
    desk.workspace.post(Message(ts, grant.channel, SLACKBOT, words, ephemeral_to=grant.user))


def _actions(desk: Desk, delivery: Delivery) -> None:
    container = delivery.parcel.payload["container"]
    _trouble(desk, container.get("message_ts") or container.get("view_id"), "" if delivery.ok else SILENT_BUTTON)


def _trouble(desk: Desk, name: str, words: str) -> None:
    desk.workspace.troubles.pop(name, None)
    if words:
        desk.workspace.troubles[name] = words


def _submission(desk: Desk, delivery: Delivery) -> None:
    """A form that was not taken stays open and says so."""
    view = desk.workspace.view(delivery.parcel.payload["view"]["id"])
    if view is None:
        return
    desk.workspace.form_errors = {}
    words = "" if delivery.ok else SILENT_MODAL
    try:
        if delivery.ok:
            desk.workspace.form_errors = dict(after_submit(desk, view, delivery.body))
    except Refused:
        words = SILENT_MODAL
    _trouble(desk, view.id, words)


SETTLE: Mapping[str, Callable[[Desk, Delivery], Any]] = {
    "command": _command,
    "block_actions": _actions,
    "view_submission": _submission,
}
