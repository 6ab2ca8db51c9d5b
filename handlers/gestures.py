"""What people do without asking, out of Slack's dicts: rate an answer, comment on it, take it away."""

from dataclasses import dataclass
from typing import Any

from handlers.payloads import Privately, Raw, container, privately


@dataclass(frozen=True, slots=True)
class Rating:
    """Somebody liked an answer, or not."""

    #: ``"channel:ts"`` of the answer
    message: str
    user: str
    words: str
    liked: bool
    trigger: str
    to: Privately


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody missed in the answer they did not like."""

    message: str
    user: str
    text: str


@dataclass(frozen=True, slots=True)
class Removal:
    """Somebody wants an answer gone."""

    channel: str
    ts: str
    user: str
    #: who asked, where the button knows it
    asker: str | None = None
    #: where a button was pressed
    to: Privately | None = None
    #: only one person sees the answer
    private: bool = False


def rating(body: Raw) -> Rating | None:
    """A press of 👍 or 👎; ``None`` when its value is not one of ours."""
    value = str(body["actions"][0].get("value", ""))
    if value[:1] not in ("+", "-"):
        return None
    message, user = ":".join(container(body)), str(body["user"]["id"])
    return Rating(message, user, value[1:], value[0] == "+", str(body["trigger_id"]), privately(body))


def comment(body: Raw, field: str) -> Comment:
    """A submitted form whose one field and its block have the same name."""
    view = body["view"]
    said = view["state"]["values"].get(field, {}).get(field, {}).get("value") or ""
    return Comment(str(view["private_metadata"]), str(body["user"]["id"]), " ".join(str(said).split()))


def removal(body: Raw) -> Removal:
    """A press of *Remove*."""
    (channel, ts), private = container(body), bool(body["container"].get("is_ephemeral"))
    asker = str(body["actions"][0].get("value", ""))
    return Removal(channel, ts, str(body["user"]["id"]), asker, privately(body), private)


def without_button(body: Raw) -> tuple[str, list[dict[str, Any]]] | None:
    """The message of a press, its text and blocks, as it is without that button; ``None`` where Slack tells neither."""
    pressed, shown = body["actions"][0], body.get("message") or {}
    if not shown.get("text") or not shown.get("blocks"):
        return None
    row, name = pressed.get("block_id"), pressed.get("action_id")
    blocks = [_without(block, name) if block.get("block_id") == row else block for block in shown["blocks"]]
    return str(shown["text"]), [block for block in blocks if block is not None]


def _without(block: dict[str, Any], action_id: object) -> dict[str, Any] | None:
    """A block without a button beside its text or in its row; a row of none is no block."""
    if (block.get("accessory") or {}).get("action_id") == action_id:
        return {name: value for name, value in block.items() if name != "accessory"}
    left = [each for each in block.get("elements", ()) if each.get("action_id") != action_id]
    return {**block, "elements": left} if left else None


def crossed_out(body: Raw, bot_user: str) -> Removal | None:
    """❌ on a message of the bot's own; other reactions mean nothing."""
    event = body["event"]
    item = event.get("item") or {}
    if event.get("reaction") != "x" or event.get("item_user") != bot_user or item.get("type") != "message":
        return None
    return Removal(str(item["channel"]), str(item["ts"]), str(event["user"]))
