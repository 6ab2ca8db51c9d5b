"""What the Web API makes sure of before it acts; every refusal is Slack's own word for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.grants import Grant, Grants
from bot.playground.scopes import EVERY
from bot.playground.workspace import BOT, Channel, Message, View, Workspace
from handlers.views.limits import Problem, Surface, check

Args = Mapping[str, Any]
Result = dict[str, Any]


class Refused(Exception):
    """The answer is ``{"ok": false}`` with this error code."""

    def __init__(self, code: str, messages: tuple[str, ...] = (), **more: str) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages
        self.more = more

    def answer(self) -> Result:
        """As the caller gets it."""
        details = {"response_metadata": {"messages": list(self.messages)}} if self.messages else {}
        return {"ok": False, "error": self.code, **self.more, **details}


@dataclass(frozen=True, slots=True)
class Desk:
    """What the methods work on."""

    workspace: Workspace
    grants: Grants
    #: of the local Slack itself, for permalinks and auth.test
    url: str
    #: what the app was granted
    scopes: frozenset[str] = EVERY


def channel_of(desk: Desk, args: Args) -> Channel:
    """The channel named, or the direct messages of the person named."""
    name = str(args.get("channel"))
    direct = (c for c in desk.workspace.channels.values() if c.is_im and c.members == {BOT, name})
    found = desk.workspace.channels.get(name) or next(direct, None)
    if found is None:
        raise Refused("channel_not_found")
    return found


def postable(desk: Desk, args: Args) -> Channel:
    """The channel, if the app may post there."""
    found = readable(desk, args)
    if found.is_archived:
        raise Refused("is_archived")
    return found


def readable(desk: Desk, args: Args) -> Channel:
    """The channel, if the app is a member."""
    found = channel_of(desk, args)
    if BOT not in found.members:
        raise Refused("not_in_channel")
    return found


def existing_message(desk: Desk, channel: Channel, ts: object, refusal: str = "message_not_found") -> Message:
    """A message of the channel that everybody sees."""
    found = desk.workspace.log.get(str(ts))
    if found is None or found.channel != channel.id or found.ephemeral_to:
        raise Refused(refusal)
    return found


def own_message(desk: Desk, args: Args, refusal: str) -> Message:
    """A message the app itself posted."""
    found = existing_message(desk, channel_of(desk, args), args.get("ts"))
    if found.user != BOT:
        raise Refused(refusal)
    return found


def in_thread(desk: Desk, channel: Channel, args: Args) -> None:
    """A reply answers a message that exists and is no reply itself."""
    if args.get("thread_ts"):
        first = existing_message(desk, channel, args["thread_ts"], "thread_not_found")
        if first.is_reply:
            raise Refused("cannot_reply_to_message")


def judge(desk: Desk, surface: Surface, payload: Args) -> None:
    """Refuse what is over a limit or unknown here, as Slack words it; an empty message first of all."""
    problems = (*check(surface, payload), *_unknown(desk.workspace, payload))
    if any(problem.path == "text" for problem in problems) and not payload.get("text"):
        raise Refused("no_text", _worded(problems))
    if problems:
        raise Refused("invalid_blocks" if surface == "message" else "invalid_arguments", _worded(problems))


def _unknown(workspace: Workspace, payload: Args) -> Iterator[Problem]:
    for n, block in enumerate(payload.get("blocks") or ()):
        if block.get("type") in workspace.unknown_blocks:
            yield Problem(f"blocks[{n}]", "unsupported type")


def _worded(problems: tuple[Problem, ...]) -> tuple[str, ...]:
    return tuple(f"[ERROR] {problem.message} [json-pointer:{problem.path}]" for problem in problems)


def drafted(desk: Desk, channel: Channel, args: Args) -> Message:
    """The app's message as it will stand in the channel."""
    return Message(
        ts=desk.workspace.new_ts(),
        channel=channel.id,
        user=BOT,
        text=args["text"],
        blocks=tuple(args.get("blocks") or ()),
        thread_ts=args.get("thread_ts") or None,
        metadata=args.get("metadata") or None,
    )


def trigger(desk: Desk, args: Args) -> str:
    """Whose act the trigger id stands for; it works once and for three seconds."""
    match desk.grants.use(str(args.get("trigger_id"))):
        case Grant(user=user):
            return user
        case "expired" | "used" as reason:
            raise Refused("expired_trigger_id" if reason == "expired" else "exchanged_trigger_id")
        case _:
            raise Refused("invalid_trigger_id")


def new_view(desk: Desk, payload: object, user: str, surface: Surface = "modal") -> View:
    """A modal or an App Home ready to be shown."""
    if not isinstance(payload, Mapping):
        raise Refused("invalid_arguments", ("[ERROR] view is missing",))
    judge(desk, surface, payload)
    view_id, blocks = desk.workspace.new_id("V"), desk.workspace.name_blocks(payload["blocks"])
    return View(view_id, user, desk.workspace.new_id("h"), {**payload, "blocks": list(blocks)}, root=view_id)
