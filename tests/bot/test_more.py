"""*More*: what is too long for one message comes in parts, each once, also after a restart."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.playground.workspace import BOT, Message
from content.documents import Document
from content.library import Library
from handlers.views.parts import MORE
from handlers.views.reader import WIDER
from tests.bot.town import Town, settled
from tests.conftest import open_library

#: each says where Acme works, and long.txt says much of it
CITIES = [f"City{chr(65 + n // 26)}{chr(97 + n % 26)}" for n in range(45)]
LONG = "\n\n".join(
    f"Acme says that its works at {city} made {n + 10} million pumps " + ", as many of them as it could sell," * 6 + "."
    for n, city in enumerate(CITIES[:30])
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    made = open_library(tmp_path_factory.mktemp("more"))
    documents = [Document(city.lower(), f"Here {city} is told of.", title=f"On {city}") for city in CITIES]
    assert all(done.error is None for done in made.add([*documents, Document("long", LONG, title="Pumps")]))
    made.refresh()
    return made


@pytest.fixture
async def town(library: Library, tmp_path: Path) -> AsyncIterator[Town]:
    made = await settled(tmp_path, library)
    yield made
    await made.stop()
    assert made.slack.failures == []


def _text(message: Message) -> str:
    return str(message.blocks)


def _more(message: Message, town: Town) -> bool:
    return MORE in _text(town.slack.workspace.log[message.ts])


async def _pressed(town: Town, message: Message, action: str = MORE) -> list[Message]:
    pressed = await town.slack.click(town.slack.workspace.log[message.ts], action)
    await town.slack.redeliver(pressed)
    await town.rest()
    return town.new()


async def _all_parts(town: Town, first: Message) -> list[Message]:
    """Press *More* until there is none."""
    parts = [first]
    while _more(parts[-1], town):
        (new,) = await _pressed(town, parts[-1])
        assert not _more(parts[-1], town)
        assert (new.channel, new.thread_ts, new.ephemeral_to) == (first.channel, first.thread_ts, first.ephemeral_to)
        parts.append(new)
    return parts


async def _asked(town: Town, words: str, surface: str) -> Message:
    if surface == "command":
        await town.slack.slash(words)
    elif surface == "mention":
        await town.slack.say(f"<@{BOT}> {words}", channel="CAIWATCH")
    else:
        await town.slack.say(words, channel="DANA")
    await town.rest()
    (reply,) = town.new()
    return reply


@pytest.mark.parametrize("surface", ["command", "mention", "direct"])
async def test_every_document_is_listed_once(town: Town, surface: str) -> None:
    parts = await _all_parts(town, await _asked(town, "sources", surface))
    assert len(parts) == 3
    told = "".join(map(_text, parts))
    assert [told.count(f"'On {city} ·") for city in CITIES] == [1] * len(CITIES)


@pytest.mark.parametrize("surface", ["command", "mention", "direct"])
async def test_a_long_summary_is_told_to_its_end(town: Town, surface: str) -> None:
    parts = await _all_parts(town, await _asked(town, "summary long", surface))
    assert len(parts) == 2
    found: Any = town.documents.summarize("long")
    told = "".join(map(_text, parts))
    assert [told.count(each.text) for each in found.summary] == [1] * len(found.summary)
    shown = _text(town.slack.workspace.log[parts[0].ts])
    assert ("share" in shown) is (surface == "command")
    assert "rate" in shown


async def test_the_rest_of_what_was_shared_stands_in_its_thread(town: Town) -> None:
    private = await _asked(town, "summary long", "command")
    (shared,) = await _pressed(town, private, "share")
    (rest,) = await _pressed(town, shared)
    assert (shared.thread_ts, rest.thread_ts, rest.ephemeral_to) == (None, shared.ts, None)
    assert "continued" in rest.text
    assert not _more(shared, town)


async def test_after_a_restart_a_button_still_brings_the_rest(town: Town, library: Library, tmp_path: Path) -> None:
    first = await _asked(town, "sources", "mention")
    again = await settled(tmp_path, library, town.slack)
    again.new()
    assert len(await _all_parts(again, first)) == 3
    await again.stop()


async def test_what_is_gone_meanwhile_is_said(town: Town) -> None:
    row = {
        "type": "button",
        "action_id": MORE,
        "value": "1 summary nowhere",
        "text": {"type": "plain_text", "text": "?"},
    }
    old = town.slack.workspace.post(
        Message(town.slack.workspace.new_ts(), "DANA", BOT, "Old", ({"type": "actions", "elements": [row]},))
    )
    town.new()
    (reply,) = await _pressed(town, old)
    assert "That is all I found on this." in reply.text


async def test_more_is_read_around_a_passage_in_the_same_modal(town: Town) -> None:
    answer = await _asked(town, f"what did Acme make at {CITIES[15]}?", "command")
    await _pressed(town, answer, "read_in_context")
    (before,) = town.slack.workspace.modals["UANA"]
    assert (CITIES[13] in str(before.payload), CITIES[10] in str(before.payload)) == (True, False)
    await town.slack.click_in_modal(WIDER)
    await town.rest()
    (after,) = town.slack.workspace.modals["UANA"]
    assert all(city in str(after.payload) for city in CITIES[8:23])
    assert WIDER not in str(after.payload)
    assert town.new() == []


async def test_what_breaks_behind_more_is_said_in_the_modal(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    answer = await _asked(town, f"what did Acme make at {CITIES[15]}?", "command")
    await _pressed(town, answer, "read_in_context")
    town.slack.transport = town.broken
    await town.slack.click_in_modal(WIDER)
    await town.rest()
    (after,) = town.slack.workspace.modals["UANA"]
    assert "Something went wrong on my side (reference " in str(after.payload)
    assert "secret detail" in caplog.text
