"""What a token may do: the scopes that methods want, as Slack's own pages name them."""

from collections.abc import Mapping
from typing import Final

from bot.playground.workspace import Channel

#: method → scopes, one of which it takes; none: any token will do
_WANTED: Final[Mapping[str, tuple[str, ...]]] = {
    "agents.sessions.rename": ("chat:write",),
    "agents.sessions.setStatus": ("chat:write",),
    "assistant.threads.setStatus": ("chat:write", "assistant:write"),
    "assistant.threads.setSuggestedPrompts": ("assistant:write",),
    "auth.test": (),
    "chat.delete": ("chat:write",),
    "chat.getPermalink": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.open": ("im:write",),
    "reactions.add": ("reactions:write",),
    "reactions.remove": ("reactions:write",),
    "users.info": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}
#: method → the scope it takes of each kind of place
_BY_PLACE: Final = {
    "conversations.history": "history",
    "conversations.info": "read",
    "conversations.list": "read",
    "conversations.members": "read",
    "conversations.replies": "history",
}
#: all there are
EVERY: Final = frozenset(
    {scope for wanted in _WANTED.values() for scope in wanted}
    | {f"{place}:{what}" for place in ("channels", "im") for what in _BY_PLACE.values()}
    | {"app_mentions:read", "commands", "reactions:read"}
)


def wanted(method: str, place: Channel | None) -> tuple[str, ...]:
    """The scopes of which a call takes one; none where any token will do."""
    if method in _BY_PLACE:
        return (f"{'im' if place and place.is_im else 'channels'}:{_BY_PLACE[method]}",)
    return _WANTED[method]
