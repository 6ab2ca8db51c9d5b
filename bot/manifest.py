"""The app manifest: what Slack must know of this bot, no more than its handlers need.

A test holds the events here against the table in :mod:`handlers`.
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import yaml

from bot.settings import SettingsError
from handlers import shortcut
from handlers.views.home import prompts

#: event → the scope Slack wants for it
EVENTS: Final[Mapping[str, str | None]] = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "reaction_added": "reactions:read",
}
#: what it takes besides to follow threads
THREAD_EVENTS: Final = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.mpim": "mpim:history",
}
#: what stands in the menu of a message
SHORTCUTS: Final = (
    {
        "name": "Ask about this message",
        "callback_id": shortcut.ASK,
        "description": "What the documents say about it, for you alone",
    },
)
#: what the bot does on its own: its prompts, its posts, its command; and people's time zones, which digests go by
_SCOPES: Final = ("assistant:write", "chat:write", "commands", "users:read")
_EVENTS_PATH: Final = "/slack/events"


def scopes(threads: bool = False) -> tuple[str, ...]:
    """The bot scopes, sorted."""
    heard = {scope for scope in EVENTS.values() if scope}
    return tuple(sorted({*_SCOPES, *heard, *(THREAD_EVENTS.values() if threads else ())}))


def manifest(command: str, http: str | None = None, threads: bool = False) -> dict[str, Any]:
    """The manifest for Socket Mode, or with ``http``, the bot's public https address, for HTTP.

    Raises ``SettingsError`` for an address Slack would refuse.
    """
    url = _requests(http) if http else None
    to = {"url": url} if url else {}
    address = {"request_url": url} if url else {}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "alibaba-bot",
            "description": "Answers from your documents with quotations, figures and links",
            "background_color": "#3f2b56",
        },
        "features": _features(command, to),
        "oauth_config": {"scopes": {"bot": list(scopes(threads))}},
        "settings": {
            "event_subscriptions": {**address, "bot_events": sorted({*EVENTS, *(THREAD_EVENTS if threads else ())})},
            "interactivity": {"is_enabled": True, **address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }


def _features(command: str, to: Mapping[str, str]) -> dict[str, Any]:
    """What people see of the app."""
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "agent_view": {
            "agent_description": "Answers from your documents, word for word, and says so when they do not know.",
            "suggested_prompts": prompts(None),
        },
        "bot_user": {"display_name": "alibaba-bot", "always_online": True},
        "shortcuts": [{"type": "message", **each} for each in SHORTCUTS],
        "slash_commands": [
            {
                "command": command,
                **to,
                "description": "Ask the documents",
                "usage_hint": "how much did Alibaba pledge for AI?",
                "should_escape": False,
            }
        ],
    }


def _requests(http: str) -> str:
    parts = urlsplit(http)
    if parts.scheme != "https" or not parts.hostname:
        raise SettingsError(f"{http} is no public address: Slack sends requests to https://… only.")
    return http.rstrip("/") + _EVENTS_PATH


def as_yaml(command: str, http: str | None = None, threads: bool = False) -> str:
    """The manifest as text to paste at api.slack.com/apps, under "From a manifest"."""
    return yaml.safe_dump(manifest(command, http, threads), sort_keys=False, allow_unicode=True, width=100)
