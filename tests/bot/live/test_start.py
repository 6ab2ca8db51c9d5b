"""Joining and leaving a workspace."""

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from sqlalchemy import Engine, text

from bot.app import build
from bot.database import engine
from bot.playground.server import FakeSlack
from bot.settings import Settings, SettingsError, load
from bot.slack import StartError

Settings_for = Callable[[bool], Settings]


@pytest.mark.parametrize(
    ("socket", "method", "code", "named"),
    [
        (False, "auth.test", "invalid_auth", "SLACK_BOT_TOKEN (invalid_auth)"),
        (True, "auth.test", "token_revoked", "SLACK_BOT_TOKEN (token_revoked)"),
        (True, "apps.connections.open", "not_allowed_token_type", "SLACK_APP_TOKEN (not_allowed_token_type)"),
    ],
)
async def test_a_refused_token_ends_the_start_in_one_line(
    slack: FakeSlack, settings_for: Settings_for, socket: bool, method: str, code: str, named: str
) -> None:
    slack.faults.error(method, code)
    with pytest.raises(StartError) as caught:
        await build(settings_for(socket)).start()
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_a_slack_that_is_not_there_ends_the_start(slack: FakeSlack, settings_for: Settings_for) -> None:
    settings = settings_for(False)
    await slack.stop()
    with pytest.raises(StartError, match="cannot be reached"):
        await build(settings, patience=0.5).start()


async def test_a_taken_port_ends_the_start(http: Any, settings_for: Settings_for) -> None:
    taken = settings_for(False).model_copy(update={"port": http.bot.port})
    with pytest.raises(StartError, match="ALIBABA_PORT"):
        await build(taken).start()


def test_missing_tokens_end_it_before_the_start() -> None:
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN"):
        build(load(_env_file=None))


async def test_slacks_variables_do_not_turn_bolt_to_oauth(
    join: Any, settings_for: Settings_for, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN"):
        monkeypatch.setenv(name, "xoxb-other")
    live = await join(settings_for(False))
    assert "Qwen is a family" in (await live.asked("what is Qwen?")).text
    await live.bot.stop()


async def test_ready_only_while_it_takes_requests(join: Any, settings_for: Settings_for) -> None:
    live = await join(settings_for(False))
    live.slack.faults.slow("chat.postMessage", 0.5)
    await live.mention("what is Qwen?")
    stopping = asyncio.ensure_future(live.bot.stop())
    await asyncio.sleep(0)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.get(f"http://127.0.0.1:{live.bot.port}/readyz")
    await stopping
    assert len(live.slack.messages("CAIWATCH", thread_ts=live.slack.messages("CAIWATCH")[0].ts)) == 2


@pytest.mark.parametrize("socket", [False, True])
async def test_a_bot_may_leave_and_another_take_its_place(join: Any, settings_for: Settings_for, socket: bool) -> None:
    for question in ("what is Qwen?", "what is ModelScope?"):
        live = await join(settings_for(socket))
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{live.bot.port}/readyz") as ready:
            assert ready.status == 200
        assert question[8:-1] in (await live.asked(question)).text
        await live.bot.stop()


async def test_the_socket_may_be_renewed(join: Any, settings_for: Settings_for) -> None:
    live = await join(settings_for(True))
    await live.slack.refresh_sockets()
    await live.slack.wait_for(lambda: live.slack.connected)
    assert "Qwen" in (await live.asked("what is Qwen?")).text
    await live.bot.stop()


async def test_a_claim_that_cannot_be_made_is_not_acknowledged_as_made(http: Any) -> None:
    """The database is broken: a command is told so, an event is left for Slack to deliver again."""
    broken = engine(http.settings.claims)
    _rename(broken, "claims", "elsewhere")
    message = await http.asked("what is Qwen?")
    assert "Something went wrong" in message.text
    delivery = await http.slack.say("<@UALIBABA> what is Qwen?", channel="CAIWATCH")
    assert delivery.status == 500
    _rename(broken, "elsewhere", "claims")
    broken.dispose()
    assert (await http.slack.redeliver(delivery)).ok
    assert len(await http.replies(http.slack.messages("CAIWATCH")[0].ts)) == 1


def _rename(database: Engine, table: str, name: str) -> None:
    with database.begin() as db:
        db.execute(text(f"ALTER TABLE {table} RENAME TO {name}"))
