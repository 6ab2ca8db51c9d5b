"""What an app says through a response URL, or as the body of its acknowledgement."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.playground.admission import Desk, Refused, drafted, in_thread, judge, new_view
from bot.playground.grants import Grant
from bot.playground.workspace import Message, View


def respond(desk: Desk, name: str, body: Mapping[str, Any]) -> None:
    """A use of a response URL; raises :class:`Refused` with ``used_url`` or ``expired_url`` past its limits.

    A refused payload has used the URL up by one as well.
    """
    match desk.grants.use(name):
        case Grant() as grant:
            said = say(desk, grant, body)
            if said and not grant.message:
                desk.grants.about(name, said)
        case reason:
            raise Refused("used_url" if reason == "unknown" else f"{reason}_url")


def say(desk: Desk, grant: Grant, body: Mapping[str, Any]) -> str | None:
    """Replace or delete the message the person acted on, or say something new: to them alone unless ``in_channel``.

    Returns the ts of what is new.
    """
    original = desk.workspace.log.get(grant.message or "")
    if body.get("delete_original"):
        _existing(original)
        desk.workspace.delete(grant.message or "")
        return None
    judge(desk, "message", body)
    if body.get("replace_original") and original:
        desk.workspace.edit(original.ts, body["text"], body.get("blocks") or (), body.get("metadata"))
        return None
    channel = desk.workspace.channels[grant.channel]
    in_thread(desk, channel, body)
    message = drafted(desk, channel, body)
    private = body.get("response_type") != "in_channel"
    return desk.workspace.post(replace(message, ephemeral_to=grant.user) if private else message).ts


def _existing(original: Message | None) -> None:
    if original is None:
        raise Refused("message_not_found")


def after_submit(desk: Desk, view: View, body: object) -> Mapping[str, str]:
    """What the acknowledgement of a submitted modal asks for; returns the errors to show, by block_id."""
    answer = body if isinstance(body, Mapping) else {}
    stack = list(desk.workspace.modals.get(view.user, ()))
    at = next((index for index, each in enumerate(stack) if each.id == view.id), len(stack))
    match answer.get("response_action"):
        case "errors":
            return {str(block): str(words) for block, words in answer.get("errors", {}).items()}
        case "update":
            fresh = replace(new_view(desk, answer.get("view"), view.user), id=view.id, root=view.root)
            desk.workspace.show([*stack[:at], replace(fresh, previous=view.previous)], view.user)
        case "push":
            pushed = replace(new_view(desk, answer.get("view"), view.user), root=view.root, previous=view.id)
            desk.workspace.show([*stack, pushed], view.user)
        case "clear":
            desk.workspace.show([], view.user)
        case _:
            desk.workspace.show(stack[:at], view.user)
    return {}
