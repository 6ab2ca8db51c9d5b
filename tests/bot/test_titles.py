"""Threads of the agent view get a title, once, by the first thing that is asked; elsewhere nothing has one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground.workspace import BOT, Message
from tests.bot.live.conftest import DOCUMENTS
from tests.bot.town import Town, settled
from tests.conftest import open_library


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    library = open_library(tmp_path)
    assert all(done.error is None for done in library.add(DOCUMENTS))
    library.refresh()
    made = await settled(tmp_path, library)
    yield made
    await made.stop()
    assert made.slack.failures == []


def _root(town: Town, channel: str = "DANA") -> str:
    space = town.slack.workspace
    return space.post(Message(space.new_ts(), channel, "UANA", "Morning")).ts


async def _said(town: Town, *words: str, thread: str | None, channel: str = "DANA") -> list[str]:
    """What is entitled how after these words were said."""
    for each in words:
        await town.slack.redeliver(await town.slack.say(each, channel=channel, thread_ts=thread))
    await town.rest()
    return list(town.slack.workspace.titles.values())


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        (("what is Qwen?", "and ModelScope?"), ["what is Qwen?"]),
        (("hello", "figures AI"), ["figures AI"]),
        (("summary quiet",), ["summary quiet"]),
        (("thanks", "sources", "forget me"), []),
        (("what is &lt;b&gt; " + "word " * 100,), ["what is <b> " + "word " * 12 + "word…"]),
    ],
)
async def test_the_first_question_is_the_title(town: Town, words: tuple[str, ...], titles: list[str]) -> None:
    assert await _said(town, *words, thread=_root(town)) == titles
    assert len(town.new()) == len(words)


async def test_a_thread_that_goes_on_from_its_first_message_is_called_by_what_that_means(town: Town) -> None:
    assert await _said(town, "what is Qwen?", thread=None) == []
    root = next(ts for ts, message in town.slack.workspace.log.items() if message.user == "UANA")
    town.new()
    assert await _said(town, "and ModelScope?", thread=root) == ["what is ModelScope?"]
    (reply,) = town.new()
    assert "ModelScope is an open platform" in reply.text


async def test_nothing_else_has_a_title(town: Town) -> None:
    assert await _said(town, "what is Qwen?", thread=None) == []
    assert await _said(town, f"<@{BOT}> what is Qwen?", thread=_root(town, "CAIWATCH"), channel="CAIWATCH") == []


async def test_not_every_thread_is_remembered(town: Town) -> None:
    town.services.titled.update(map(str, range(5_000)))
    assert await _said(town, "what is Qwen?", thread=_root(town)) == ["what is Qwen?"]
    assert len(town.services.titled) == 1
