"""The manifest by the rules of Slack's schema, which says nothing of events and scopes, and by what the code does.

The rules are a table of our own; no handler may lack its event, no call its scope, and nothing more is asked for.
"""

import copy
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

import bot
from bot import manifest
from handlers.register import register
from handlers.views.rules import Rule, choice, items, judged, text

Json = Mapping[str, Any]


def pattern(path: str, regex: str, most: int, least: int = 1) -> Rule:
    """Text of a form."""
    long = text(path, most, least).judge
    return Rule(path, lambda value: long(value) or (None if re.fullmatch(regex, str(value)) else "has another form"))


def switch(path: str) -> Rule:
    return Rule(path, lambda value: None if isinstance(value, bool) else "is not true or false")


def only(path: str, *fields: str) -> Rule:
    """An object that has no other fields."""
    known = frozenset(fields)
    return Rule(path, lambda value: None if isinstance(value, dict) and value.keys() <= known else "has other fields")


_URL: Final = r"https://[^\s/]+(?:/\S*)?"
#: Slack's manifest schema, version 2, as far as the manifest goes
SCHEMA: Final = (
    only("", "_metadata", "display_information", "features", "oauth_config", "settings"),
    only("_metadata", "major_version", "minor_version"),
    only("display_information!", "name", "description", "long_description", "background_color"),
    text("display_information.name!", 35),
    text("display_information.description", 140),
    text("display_information.long_description", 4000, 175),
    pattern("display_information.background_color", "#(?:[0-9a-fA-F]{3}){1,2}", 7),
    only("features", "agent_view", "app_home", "bot_user", "shortcuts", "slash_commands"),
    only("features.agent_view", "agent_description", "suggested_prompts", "actions"),
    text("features.agent_view.agent_description!", 300),
    items("features.agent_view.suggested_prompts", 4),
    only("features.agent_view.suggested_prompts[]", "title", "message"),
    text("features.agent_view.suggested_prompts[].title!", 75),
    text("features.agent_view.suggested_prompts[].message!", 2000),
    only("features.app_home", "home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled"),
    *(
        switch(f"features.app_home.{tab}!")
        for tab in ("home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled")
    ),
    only("features.bot_user", "display_name", "always_online"),
    pattern("features.bot_user.display_name!", r"[a-z0-9][a-z0-9._-]*", 80),
    switch("features.bot_user.always_online"),
    items("features.shortcuts", 10),
    only("features.shortcuts[]", "type", "name", "callback_id", "description"),
    choice("features.shortcuts[].type!", "message", "global"),
    text("features.shortcuts[].name!", 24),
    text("features.shortcuts[].callback_id!", 255),
    text("features.shortcuts[].description!", 150),
    items("features.slash_commands", 5),
    only("features.slash_commands[]", "command", "url", "description", "usage_hint", "should_escape"),
    pattern("features.slash_commands[].command!", r"/[a-z0-9_-]+", 32, 2),
    pattern("features.slash_commands[].url", _URL, 3500),
    text("features.slash_commands[].description!", 2000),
    text("features.slash_commands[].usage_hint", 1000),
    switch("features.slash_commands[].should_escape"),
    only("oauth_config", "scopes"),
    only("oauth_config.scopes", "bot"),
    items("oauth_config.scopes.bot!", 255),
    pattern("oauth_config.scopes.bot[]", r"[a-z_]+(?::[a-z_]+)*(?:\.[a-z]+)?", 255),
    only(
        "settings",
        "event_subscriptions",
        "interactivity",
        "org_deploy_enabled",
        "socket_mode_enabled",
        "token_rotation_enabled",
    ),
    only("settings.event_subscriptions", "request_url", "bot_events"),
    pattern("settings.event_subscriptions.request_url", _URL, 3500),
    items("settings.event_subscriptions.bot_events!", 100),
    pattern("settings.event_subscriptions.bot_events[]", r"[a-z_]+(?:\.[a-z]+)?", 255),
    only("settings.interactivity", "is_enabled", "request_url"),
    switch("settings.interactivity.is_enabled!"),
    pattern("settings.interactivity.request_url", _URL, 3500),
    *(switch(f"settings.{name}!") for name in ("org_deploy_enabled", "socket_mode_enabled", "token_rotation_enabled")),
)
MANIFESTS: Final = {
    f"{command} {http or 'socket'}{' threads' if threads else ''}": manifest.manifest(command, http, threads)
    for command in ("/alibaba", "/ask-the-documents")
    for http in (None, "https://bot.example.com")
    for threads in (False, True)
}


@pytest.mark.parametrize("name", MANIFESTS)
def test_the_schema_is_kept(name: str) -> None:
    written = MANIFESTS[name]
    assert list(judged(SCHEMA, written, "")) == []
    for listed in (written["oauth_config"]["scopes"]["bot"], written["settings"]["event_subscriptions"]["bot_events"]):
        assert len(set(listed)) == len(listed)


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("display_information", "name"), "n" * 36),
        (("display_information", "background_color"), "purple"),
        (("features", "assistant_view"), {}),
        (("features", "agent_view", "agent_description"), "d" * 301),
        (("features", "agent_view", "suggested_prompts"), [{"title": "t", "message": "m"}] * 5),
        (("features", "slash_commands", 0, "command"), "alibaba"),
        (("features", "slash_commands", 0, "url"), "http://bot.example.com"),
        (("features", "shortcuts", 0, "name"), "n" * 25),
        (("features", "bot_user", "display_name"), "Alibaba Bot"),
        (("oauth_config", "scopes", "user"), ["chat:write"]),
        (("oauth_config", "scopes", "bot"), []),
        (("settings", "socket_mode_enabled"), "yes"),
        (("settings", "event_subscriptions", "bot_events"), ["app mention"]),
    ],
)
def test_the_schema_does_judge(path: Sequence[Any], wrong: object) -> None:
    changed: Any = copy.deepcopy(manifest.manifest("/alibaba"))
    *way, last = path
    place = changed
    for step in way:
        place = place[step]
    place[last] = wrong
    assert len(list(judged(SCHEMA, changed, ""))) == 1


class Recorder:
    """Stands where Bolt's app stands and writes down what is registered, by kind."""

    def __init__(self) -> None:
        self.names: dict[str, list[object]] = {}

    def __getattr__(self, kind: str) -> Callable[..., Any]:
        def registered(name: object = None) -> Callable[..., None]:
            self.names.setdefault(kind, []).append(name)
            return lambda listener: None

        return registered


@pytest.fixture(scope="module")
def registered() -> dict[str, list[object]]:
    app: Any = Recorder()
    register(app, None)  # type: ignore[arg-type]
    return dict(app.names)


@pytest.mark.parametrize("threads", [False, True])
def test_every_handler_has_its_event_and_every_event_its_handler(registered: Any, threads: bool) -> None:
    handled = {name for name in registered["event"] if isinstance(name, str)}
    asked = manifest.manifest("/alibaba", None, threads)["settings"]["event_subscriptions"]["bot_events"]
    assert {event.split(".")[0] for event in asked} == handled
    assert {event for event in asked if event.startswith("message.")} == {
        "message.im",
        *(manifest.THREAD_EVENTS if threads else ()),
    }


def test_what_else_is_handled_is_switched_on(registered: Any) -> None:
    """A kind of request that is new here needs its row."""
    written = manifest.manifest("/alibaba")
    shortcuts = [each["callback_id"] for each in written["features"]["shortcuts"]]
    assert registered.keys() == {"command", "event", "shortcut", "action", "view", "error"}
    assert registered["shortcut"] == shortcuts
    assert written["features"]["slash_commands"]
    assert written["settings"]["interactivity"]["is_enabled"]
    assert written["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


#: Web API method → the scope it takes; "" for none, and where it takes that of the events it goes with
METHODS: Final = {
    "agents.sessions.setStatus": "chat:write",
    "apps.connections.open": "",
    "assistant.threads.setStatus": "chat:write",
    "assistant.threads.setSuggestedPrompts": "assistant:write",
    "auth.test": "",
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.history": "",
    "conversations.replies": "",
    "users.info": "users:read",
    "views.open": "",
    "views.publish": "",
    "views.update": "",
}


def _called() -> set[str]:
    """The Web API methods that the bot's code calls, by either way of calling one."""
    sources = [path.read_text("utf-8") for path in sorted(Path(bot.__file__).parent.glob("*.py"))]
    by_function = {re.sub(r"(?<!^)(?=[A-Z])", "_", method).replace(".", "_").lower(): method for method in METHODS}
    named = {name for source in sources for name in re.findall(r'api_call\(\s*"([\w.]+)"', source)}
    functions = {
        name
        for source in sources
        for name in re.findall(r"\b(?:reads|writes|client)\.((?!api_call)[a-z]+(?:_[a-zA-Z]+)+)\(", source)
    }
    return named | {by_function.get(name.lower(), name) for name in functions}


@pytest.mark.parametrize("threads", [False, True])
def test_every_call_has_its_scope_and_every_scope_its_use(threads: bool) -> None:
    called = _called()
    assert {"chat.postMessage", "chat.delete", "auth.test", "conversations.replies"} <= called <= METHODS.keys()
    events = {**manifest.EVENTS, **(manifest.THREAD_EVENTS if threads else {})}
    needed = {"commands", *events.values(), *(METHODS[method] for method in called)} - {None, ""}
    assert set(manifest.scopes(threads)) == needed
    assert (
        list(manifest.scopes(threads)) == manifest.manifest("/alibaba", None, threads)["oauth_config"]["scopes"]["bot"]
    )
