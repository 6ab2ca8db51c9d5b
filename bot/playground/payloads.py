"""What Slack sends to an app, in Slack's own shapes: pure functions from values to payloads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.playground.workspace import APP, BOT, BOT_ID, TEAM, Block, Channel, Message, User, View

Payload = Mapping[str, Any]
DOMAIN = "playground"


@dataclass(frozen=True, slots=True)
class Press:
    """Something in a block that can be pressed or picked, as it stands in ``actions`` of a block_actions payload."""

    block_id: str
    action_id: str
    action: Payload


@dataclass(frozen=True, slots=True)
class Keys:
    """The ids Slack makes up for one delivery."""

    trigger_id: str
    response_url: str
    #: when the person acted
    ts: str


def slash(command: str, text: str, user: User, channel: Channel, keys: Keys) -> Payload:
    """The form of a slash command."""
    return {
        "token": "playground",
        "team_id": TEAM,
        "team_domain": DOMAIN,
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.is_im else channel.name,
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": keys.response_url,
        "trigger_id": keys.trigger_id,
    }


def event(inner: Payload, event_id: str, ts: str) -> Payload:
    """The envelope of an event."""
    return {
        "token": "playground",
        "team_id": TEAM,
        "api_app_id": APP,
        "event": inner,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(float(ts)),
        "authorizations": [
            {"enterprise_id": None, "team_id": TEAM, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }


def said(message: Message, kind: str, channel: Channel) -> Payload:
    """A person's message as the app hears of it: ``app_mention`` or ``message``."""
    heard = {
        "type": kind,
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "client_msg_id": f"client-{message.ts}",
        "team": TEAM,
        "channel": message.channel,
        "event_ts": message.ts,
        "blocks": list(message.blocks),
    }
    if message.thread_ts:
        heard["thread_ts"] = message.thread_ts
    if kind == "message":
        heard["channel_type"] = "im" if channel.is_im else "channel"
    return heard


def home_opened(user: str, channel: str, tab: str, view: View | None, ts: str) -> Payload:
    """Somebody opened a tab of the app: ``home`` or ``messages``."""
    shown = {"view": view_object(view)} if view and tab == "home" else {}
    return {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab, "event_ts": ts, **shown}


def reacted(shown: Message, name: str, user: str, ts: str, added: bool) -> Payload:
    """A reaction to a message, or its end, as the app hears of it."""
    return {
        "type": "reaction_added" if added else "reaction_removed",
        "user": user,
        "reaction": name,
        "item_user": shown.user,
        "item": {"type": "message", "channel": shown.channel, "ts": shown.ts},
        "event_ts": ts,
    }


def message(shown: Message) -> dict[str, Any]:
    """A message as the Web API returns it, without its metadata."""
    found: dict[str, Any] = {"type": "message", "user": shown.user, "text": shown.text, "ts": shown.ts, "team": TEAM}
    if shown.blocks:
        found["blocks"] = list(shown.blocks)
    if shown.thread_ts:
        found["thread_ts"] = shown.thread_ts
    if shown.user == BOT:
        found |= {"bot_id": BOT_ID, "app_id": APP}
    if shown.edited:
        found["edited"] = {"user": shown.user, "ts": shown.ts}
    if shown.reactions:
        names = list(dict.fromkeys(name for name, _ in shown.reactions))
        found["reactions"] = [_reaction(name, shown) for name in names]
    return found


def _reaction(name: str, shown: Message) -> Payload:
    users = [user for each, user in shown.reactions if each == name]
    return {"name": name, "users": users, "count": len(users)}


def _person(user: User) -> Payload:
    return {"id": user.id, "username": user.name, "name": user.name, "team_id": TEAM}


def _interaction(kind: str, user: User, trigger_id: str) -> dict[str, Any]:
    return {
        "type": kind,
        "user": _person(user),
        "api_app_id": APP,
        "token": "playground",
        "trigger_id": trigger_id,
        "team": {"id": TEAM, "domain": DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def pressed(press: Press, shown: Message, user: User, channel: Channel, keys: Keys) -> Payload:
    """A button of a message; what only one person sees is not repeated to the app."""
    ephemeral = shown.ephemeral_to is not None
    container = {
        "type": "message",
        "message_ts": shown.ts,
        "channel_id": shown.channel,
        "is_ephemeral": ephemeral,
        **({"thread_ts": shown.thread_ts} if shown.thread_ts else {}),
    }
    return {
        **_interaction("block_actions", user, keys.trigger_id),
        "container": container,
        "channel": {"id": channel.id, "name": "directmessage" if channel.is_im else channel.name},
        **({} if ephemeral else {"message": message(shown)}),
        "state": {"values": {}},
        "response_url": keys.response_url,
        "actions": [{**press.action, "action_ts": keys.ts}],
    }


def pressed_in_view(press: Press, view: View, user: User, keys: Keys) -> Payload:
    """A button inside a modal: no channel, no response URL."""
    return {
        **_interaction("block_actions", user, keys.trigger_id),
        "container": {"type": "view", "view_id": view.id},
        "view": view_object(view),
        "actions": [{**press.action, "action_ts": keys.ts}],
    }


def shortcut(callback_id: str, shown: Message, user: User, channel: Channel, keys: Keys) -> Payload:
    """A shortcut of a message's menu."""
    return {
        **_interaction("message_action", user, keys.trigger_id),
        "callback_id": callback_id,
        "channel": {"id": channel.id, "name": "directmessage" if channel.is_im else channel.name},
        "message": message(shown),
        "message_ts": shown.ts,
        "action_ts": keys.ts,
        "response_url": keys.response_url,
    }


def submitted(view: View, user: User, values: Mapping[str, object], trigger_id: str) -> Payload:
    """A modal's submit button; ``values`` is ``{block_id: {action_id: {…}}}``."""
    filled = {**view_object(view), "state": {"values": values}}
    return {**_interaction("view_submission", user, trigger_id), "view": filled, "response_urls": []}


def closed(view: View, user: User, trigger_id: str) -> Payload:
    """A modal closed without submitting, for those that asked to hear of it."""
    return {**_interaction("view_closed", user, trigger_id), "view": view_object(view), "is_cleared": False}


def view_object(view: View) -> dict[str, Any]:
    """A view as the Web API returns it."""
    defaults = {"callback_id": "", "private_metadata": "", "external_id": "", "clear_on_close": False}
    return {
        **defaults,
        "notify_on_close": False,
        "close": None,
        "submit": None,
        **view.payload,
        "id": view.id,
        "team_id": TEAM,
        "app_id": APP,
        "bot_id": BOT_ID,
        "hash": view.hash,
        "state": {"values": {}},
        "root_view_id": view.root,
        "previous_view_id": view.previous,
    }


def presses(blocks: Sequence[Block]) -> Iterator[Press]:
    """Everything in the blocks a person can press or pick, top to bottom; a choice counts once per option."""
    for block in blocks:
        block_id = str(block.get("block_id", ""))
        for element in _elements(block):
            action_id = str(element.get("action_id", ""))
            base = {"type": element.get("type"), "action_id": action_id, "block_id": block_id}
            for answer in _answers(element):
                yield Press(block_id, action_id, {**base, **answer})


def position(blocks: Sequence[Block], block_id: str, action_id: str, choice: int) -> int:
    """The place among everything of this action_id that ``choice`` of this block has; ``LookupError`` when gone."""
    named = [press.block_id for press in presses(blocks) if press.action_id == action_id]
    return named.index(block_id) + choice if block_id in named else _gone(action_id)


def _gone(action_id: str) -> int:
    raise LookupError(f"{action_id} is not in the block any more")


def _elements(block: Block) -> Iterator[Payload]:
    found = block.get("elements")
    candidates = [*(found if isinstance(found, list | tuple) else ()), block.get("accessory")]
    yield from (each for each in candidates if isinstance(each, Mapping) and each.get("type") in ANSWERS)


def _answers(element: Payload) -> Iterator[Payload]:
    yield from ANSWERS[str(element.get("type"))](element)


def _button(element: Payload) -> list[Payload]:
    return [{name: element[name] for name in ("text", "value", "style", "url") if name in element}]


def _feedback(element: Payload) -> list[Payload]:
    buttons = (element["positive_button"], element["negative_button"])
    return [{"text": button["text"], "value": button["value"]} for button in buttons]


def _icon(element: Payload) -> list[Payload]:
    return [{name: element[name] for name in ("icon", "value") if name in element}]


def _option(element: Payload) -> list[Payload]:
    groups = element.get("option_groups", ())
    options = [*element.get("options", ()), *(option for group in groups for option in group["options"])]
    return [{"selected_option": option} for option in options]


#: element type → what pressing it says, one entry per thing to press
ANSWERS = {
    "button": _button,
    "feedback_buttons": _feedback,
    "icon_button": _icon,
    "overflow": _option,
    "static_select": _option,
    "radio_buttons": _option,
}
