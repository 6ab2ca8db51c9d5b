"""People, channels and messages as the Web API lists them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground import payloads
from bot.playground.arguments import flag, whole
from bot.playground.workspace import BOT, TEAM, Channel, Message, User

MOST = 1000


def paged(messages: Sequence[Message], args: Mapping[str, Any]) -> dict[str, Any]:
    """The messages between ``oldest`` and ``latest`` (both left out unless ``inclusive``), a page of them.

    What only one person sees is never listed; metadata only where it is asked for.
    """
    within = [message for message in messages if _within(message, args)]
    start, limit = whole(args, "cursor", 0), min(whole(args, "limit", 100), MOST)
    page, more = within[start : start + limit], len(within) > start + limit
    return {
        "messages": [_listed(message, with_metadata=flag(args, "include_all_metadata")) for message in page],
        "has_more": more,
        "response_metadata": {"next_cursor": str(start + limit) if more else ""},
    }


def _within(message: Message, args: Mapping[str, Any]) -> bool:
    oldest, latest = str(args.get("oldest") or "0"), str(args.get("latest") or "9" * 12)
    if flag(args, "inclusive") and message.ts in (oldest, latest):
        return True
    return message.ephemeral_to is None and float(oldest) < float(message.ts) < float(latest)


def _listed(message: Message, *, with_metadata: bool) -> dict[str, Any]:
    metadata = {"metadata": message.metadata} if with_metadata and message.metadata else {}
    return {**payloads.message(message), **metadata}


def user_object(user: User, now: float) -> dict[str, Any]:
    """A person as ``users.info`` tells it; the offset is the one of now."""
    local = datetime.fromtimestamp(now, ZoneInfo(user.tz))
    offset = local.utcoffset()
    return {
        "id": user.id,
        "team_id": TEAM,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": False,
        "is_bot": user.is_bot,
        "tz": user.tz,
        "tz_label": local.tzname(),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": {"real_name": user.real_name, "display_name": user.name},
    }


def channel_object(channel: Channel) -> dict[str, Any]:
    """A channel as ``conversations.info`` tells it."""
    found: dict[str, Any] = {
        "id": channel.id,
        "is_channel": not channel.is_im,
        "is_im": channel.is_im,
        "is_private": channel.is_im,
        "is_archived": channel.is_archived,
        "is_member": BOT in channel.members,
        "num_members": len(channel.members),
    }
    if channel.is_im:
        return {**found, "user": min(channel.members - {BOT}, default="")}
    return {**found, "name": channel.name, "topic": {"value": channel.topic}}
