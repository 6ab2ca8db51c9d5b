"""The Web API methods an app may call: :data:`METHODS`, name → function.

Stricter than Slack: every payload passes ``handlers.views.limits.check`` first, and a message needs its fallback text.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.playground import agents, payloads
from bot.playground.admission import (
    Args,
    Desk,
    Refused,
    Result,
    channel_of,
    drafted,
    existing_message,
    in_thread,
    judge,
    new_view,
    own_message,
    postable,
    readable,
    trigger,
)
from bot.playground.arguments import flag
from bot.playground.listing import channel_object, paged, user_object
from bot.playground.scopes import wanted
from bot.playground.workspace import BOT, BOT_ID, TEAM

MODALS_DEEP = 3


def auth_test(desk: Desk, args: Args) -> Result:
    """Who the token belongs to."""
    identity = {"user_id": BOT, "user": desk.workspace.users[BOT].name, "bot_id": BOT_ID}
    return {"url": f"{desk.url}/", "team": "Playground", "team_id": TEAM, **identity, "is_enterprise_install": False}


def post_message(desk: Desk, args: Args) -> Result:
    """Say something to everybody in a channel, or to one person in their direct messages."""
    channel = postable(desk, args)
    judge(desk, "message", args)
    in_thread(desk, channel, args)
    posted = desk.workspace.post(replace(drafted(desk, channel, args), broadcast=flag(args, "reply_broadcast")))
    return {"channel": channel.id, "ts": posted.ts, "message": payloads.message(posted)}


def post_ephemeral(desk: Desk, args: Args) -> Result:
    """Say something that one person sees."""
    channel = postable(desk, args)
    if args.get("user") not in channel.members:
        raise Refused("user_not_in_channel")
    judge(desk, "message", args)
    posted = desk.workspace.post(replace(drafted(desk, channel, args), ephemeral_to=args["user"], metadata=None))
    return {"message_ts": posted.ts}


def update(desk: Desk, args: Args) -> Result:
    """Say something else instead."""
    old = own_message(desk, args, "cant_update_message")
    judge(desk, "message", args)
    new = desk.workspace.edit(old.ts, args.get("text", ""), args.get("blocks") or (), args.get("metadata"))
    return {"channel": old.channel, "ts": old.ts, "text": new.text, "message": payloads.message(new)}


def delete(desk: Desk, args: Args) -> Result:
    """Take a message of the app's own away."""
    old = own_message(desk, args, "cant_delete_message")
    desk.workspace.delete(old.ts)
    return {"channel": old.channel, "ts": old.ts}


def permalink(desk: Desk, args: Args) -> Result:
    """An address of a message."""
    found = existing_message(desk, channel_of(desk, args), args.get("message_ts"))
    return {"channel": found.channel, "permalink": f"{desk.url}/archives/{found.channel}/p{found.ts.replace('.', '')}"}


def views_open(desk: Desk, args: Args) -> Result:
    """Show a modal to whoever caused the trigger."""
    user = trigger(desk, args)
    view = new_view(desk, args.get("view"), user)
    desk.workspace.show([view], user)
    return {"view": payloads.view_object(view)}


def views_publish(desk: Desk, args: Args) -> Result:
    """Show a person their App Home."""
    user = desk.workspace.users.get(str(args.get("user_id")))
    if user is None or user.is_bot:
        raise Refused("user_not_found")
    view = new_view(desk, args.get("view"), user.id, "home")
    desk.workspace.publish(view)
    return {"view": payloads.view_object(view)}


def views_push(desk: Desk, args: Args) -> Result:
    """Show a modal over the one that is open."""
    user = trigger(desk, args)
    stack = desk.workspace.modals.get(user, ())
    if len(stack) >= MODALS_DEEP:
        raise Refused("push_limit_reached")
    view = new_view(desk, args.get("view"), user)
    view = replace(view, root=stack[0].id, previous=stack[-1].id) if stack else view
    desk.workspace.show([*stack, view], user)
    return {"view": payloads.view_object(view)}


def views_update(desk: Desk, args: Args) -> Result:
    """Show something else in an open modal."""
    old = desk.workspace.view(str(args.get("view_id") or args.get("external_id")))
    if old is None:
        raise Refused("not_found")
    if args.get("hash") not in (None, "", old.hash):
        raise Refused("hash_conflict")
    new = replace(new_view(desk, args.get("view"), old.user), id=old.id, root=old.root, previous=old.previous)
    stack = [new if view.id == old.id else view for view in desk.workspace.modals[old.user]]
    desk.workspace.show(stack, old.user)
    return {"view": payloads.view_object(new)}


def users_info(desk: Desk, args: Args) -> Result:
    """A person, with their time zone."""
    user = desk.workspace.users.get(str(args.get("user")))
    if user is None:
        raise Refused("user_not_found")
    return {"user": user_object(user, desk.workspace.clock())}


def conversations_info(desk: Desk, args: Args) -> Result:
    """A channel."""
    return {"channel": channel_object(channel_of(desk, args))}


def conversations_list(desk: Desk, args: Args) -> Result:
    """The channels of the kinds asked for; public ones unless told."""
    kinds = str(args.get("types") or "public_channel").split(",")
    places = [c for c in desk.workspace.channels.values() if ("im" if c.is_im else "public_channel") in kinds]
    return {"channels": [channel_object(place) for place in places], "response_metadata": {"next_cursor": ""}}


def conversations_open(desk: Desk, args: Args) -> Result:
    """The direct messages with a person."""
    users = str(args.get("users") or "").split(",")
    found = [c for c in desk.workspace.channels.values() if c.is_im and c.members == {BOT, *users}]
    if not found:
        raise Refused("user_not_found")
    return {"channel": {"id": found[0].id}, "no_op": True, "already_open": True}


def conversations_members(desk: Desk, args: Args) -> Result:
    """Who is in a channel."""
    return {"members": sorted(channel_of(desk, args).members), "response_metadata": {"next_cursor": ""}}


def conversations_history(desk: Desk, args: Args) -> Result:
    """What was said in a channel, newest first, without replies."""
    channel = readable(desk, args)
    return paged(desk.workspace.seen(channel.id, "")[::-1], args)


def conversations_replies(desk: Desk, args: Args) -> Result:
    """A thread, its first message first."""
    channel = readable(desk, args)
    first = existing_message(desk, channel, args.get("ts"), "thread_not_found")
    return paged(desk.workspace.seen(channel.id, "", first.thread_ts or first.ts), args)


def reactions_add(desk: Desk, args: Args) -> Result:
    """React to a message."""
    found = existing_message(desk, channel_of(desk, args), args.get("timestamp"))
    if not desk.workspace.react(found.ts, str(args.get("name")), BOT, add=True):
        raise Refused("already_reacted")
    return {}


def reactions_remove(desk: Desk, args: Args) -> Result:
    """Take the reaction away."""
    found = existing_message(desk, channel_of(desk, args), args.get("timestamp"))
    if not desk.workspace.react(found.ts, str(args.get("name")), BOT, add=False):
        raise Refused("no_reaction")
    return {}


METHODS: Mapping[str, Callable[[Desk, Args], Result]] = {
    "agents.sessions.rename": agents.rename_session,
    "agents.sessions.setStatus": agents.set_session,
    "assistant.threads.setStatus": agents.set_status,
    "assistant.threads.setSuggestedPrompts": agents.set_suggested_prompts,
    "auth.test": auth_test,
    "chat.delete": delete,
    "chat.getPermalink": permalink,
    "chat.postEphemeral": post_ephemeral,
    "chat.postMessage": post_message,
    "chat.update": update,
    "conversations.history": conversations_history,
    "conversations.info": conversations_info,
    "conversations.list": conversations_list,
    "conversations.members": conversations_members,
    "conversations.open": conversations_open,
    "conversations.replies": conversations_replies,
    "reactions.add": reactions_add,
    "reactions.remove": reactions_remove,
    "users.info": users_info,
    "views.open": views_open,
    "views.publish": views_publish,
    "views.push": views_push,
    "views.update": views_update,
}


def call(desk: Desk, method: str, args: Args) -> Result:
    """Do what a method does; raises :class:`Refused` where Slack would say ``ok: false``."""
    if method not in METHODS:
        raise Refused("unknown_method")
    needed = wanted(method, desk.workspace.channels.get(str(args.get("channel"))))
    if needed and not desk.scopes.intersection(needed):
        raise Refused("missing_scope", needed=needed[0], provided=",".join(sorted(desk.scopes)))
    return {"ok": True, **METHODS[method](desk, args)}
