"""What a token may do; and that a session is renamed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.manifest import scopes
from bot.playground.admission import Desk, Refused
from bot.playground.grants import Grants
from bot.playground.scopes import EVERY, wanted
from bot.playground.web_api import METHODS, call
from bot.playground.workspace import Message, Workspace
from tests.bot.live.test_every_fault import ACTS

#: what a method wants where it wants the same of a channel and of direct messages
FREE = {"auth.test", "chat.getPermalink", "views.open", "views.publish", "views.push", "views.update"}


@pytest.fixture
def desk() -> Desk:
    workspace = Workspace(lambda: 1_700_000_000.0)
    return Desk(workspace, Grants(workspace.clock), "http://127.0.0.1:1")


def _error(desk: Desk, method: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    with pytest.raises(Refused) as refused:
        call(desk, method, arguments)
    return refused.value.answer()


@pytest.mark.parametrize("method", sorted(METHODS))
def test_without_its_scope_no_method_does_anything(desk: Desk, method: str) -> None:
    """Slack names what is needed and what there is."""
    needed = wanted(method, None)
    assert (needed == ()) is (method in FREE)
    assert EVERY.issuperset(needed)
    if needed:
        poor = replace(desk, scopes=frozenset({"commands", "app_mentions:read"}))
        answer = {"ok": False, "error": "missing_scope", "needed": needed[0], "provided": "app_mentions:read,commands"}
        assert _error(poor, method, {}) == answer


@pytest.mark.parametrize("method", sorted({act.method for act in ACTS.values()} & set(METHODS)))
def test_what_the_bot_calls_its_manifest_asks_for(desk: Desk, method: str) -> None:
    """In channels it may read only to follow threads."""
    for place, threads in (("DANA", False), ("CGENERAL", True)):
        needed = wanted(method, desk.workspace.channels[place])
        assert not needed or set(needed) & set(scopes(threads))


@pytest.mark.parametrize(("place", "error"), [("CGENERAL", "missing_scope"), ("DANA", None)])
def test_reading_takes_the_scope_of_the_place(desk: Desk, place: str, error: str | None) -> None:
    plain = replace(desk, scopes=frozenset(scopes()))
    if error:
        assert _error(plain, "conversations.history", {"channel": place})["needed"] == "channels:history"
    else:
        assert call(plain, "conversations.history", {"channel": place})["ok"]


def test_a_session_is_renamed_once_it_began(desk: Desk) -> None:
    root = desk.workspace.post(Message(desk.workspace.new_ts(), "DANA", "UANA", "hello"))
    there = {"channel_id": "DANA", "thread_ts": root.ts}
    assert _error(desk, "agents.sessions.rename", there | {"title": "x"})["error"] == "session_not_found"
    call(desk, "agents.sessions.setStatus", there | {"status": "processing", "title": "Qwen"})
    for title in ("", "x" * 201):
        assert _error(desk, "agents.sessions.rename", there | {"title": title})["error"] == "invalid_arguments"
    call(desk, "agents.sessions.rename", there | {"title": "Models"})
    assert desk.workspace.titles == {("DANA", root.ts): "Models"}
    nowhere = {"channel_id": "DANA", "thread_ts": "1.1", "title": "x"}
    assert _error(desk, "agents.sessions.rename", nowhere)["error"] == "thread_not_found"
