"""Digests in a workspace: set up in words, posted when their time comes, paused where Slack refuses."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pytest

from bot.app import build
from bot.playground.server import FakeSlack
from bot.settings import Settings
from tests.bot.live.conftest import DOCUMENTS, Live
from tests.bot.live.test_replicas import settings_on
from tests.conftest import Storage

#: 2 June 2027, noon in London and 8 o'clock in New York
WEDNESDAY = 1_811_937_600.0


@dataclass(frozen=True, slots=True)
class Turned(Live):
    """A bot whose calendar can be turned."""

    async def tomorrow(self) -> None:
        """The moment of the next digest comes."""
        self.slack.calendar.turn(self.bot.next_digest() or 0.0)

    def digests(self, channel: str) -> list[Any]:
        """What the bot posted by itself."""
        return [m for m in self.slack.messages(channel) if "What is new" in m.text]


@pytest.fixture
async def turned(slack: FakeSlack, settings_for: Callable[[bool], Settings]) -> AsyncIterator[Turned]:
    settings = settings_for(False)
    slack.calendar.turn(WEDNESDAY)
    bot = build(settings, patience=0.8, calendar=slack.calendar)
    await bot.start()
    slack.request_url = f"http://127.0.0.1:{bot.port}/slack/events"
    yield Turned(slack, bot, settings)
    await bot.stop()
    assert slack.failures == []


async def test_a_digest_comes_to_the_channel_and_to_whom_it_was_promised_once(turned: Turned) -> None:
    said = await turned.asked("digest here wekdays at 9:00", channel="CAIWATCH")
    assert "I post what is new here every weekday at 9:00, Europe/Madrid; next: Thursday 3 June" in said.text
    assert said.ephemeral_to == "UANA"
    await turned.slack.say("digest daily at 9", channel="DBEN", user="UBEN")
    await turned.slack.wait_for(
        lambda: "next: Wednesday 2 June" in turned.slack.messages("DBEN", viewer="UBEN")[-1].text
    )
    for channel in ("DBEN", "CAIWATCH"):
        await turned.tomorrow()
        await turned.slack.wait_for(partial(turned.digests, channel))
    (digest,) = turned.digests("CAIWATCH")
    assert (digest.thread_ts, digest.ephemeral_to, digest.user) == (None, None, "UALIBABA")
    assert "A Bold Pivot" in digest.text
    assert "posted." in (await turned.asked("digest status", channel="CAIWATCH")).text
    assert len(turned.digests("DBEN")) == 1


async def test_a_preview_in_a_channel_is_for_one_person_and_now_is_for_all(turned: Turned) -> None:
    await turned.mention("digest preview")
    preview = await turned.slack.wait_for(lambda: [m for m in turned.slack.workspace.log.values() if m.ephemeral_to])
    assert (preview[0].ephemeral_to, "What is new" in preview[0].text) == ("UANA", True)
    _, ts = await turned.mention("digest now")
    assert (await turned.replies(ts))[0].text == "It is on its way."
    await turned.slack.wait_for(lambda: turned.digests("CAIWATCH"))
    _, ts = await turned.mention("digest now")
    assert (await turned.replies(ts))[0].text.startswith("Nothing new")
    assert len(turned.digests("CAIWATCH")) == 1


async def test_where_slack_refuses_whoever_set_it_up_is_told(turned: Turned) -> None:
    await turned.asked("digest daily at 9", channel="CAIWATCH")
    turned.slack.workspace.archive("CAIWATCH")
    await turned.tomorrow()
    told = (await turned.slack.wait_for(lambda: turned.slack.messages("DANA")))[0]
    assert (
        told.text == "I cannot post the digest, as the channel is archived. "
        "When that is mended, set it up there again, for example: digest weekdays at 8:30."
    )
    assert "'channel_id': 'CAIWATCH'" in str(told.blocks)
    await turned.slack.wait_for(lambda: turned.bot.next_digest() is None)
    assert "It is paused, as the channel is archived" in (await turned.asked("digest", channel="CAIWATCH")).text


@pytest.mark.parametrize("code", ["missing_scope", "user_not_found"])
async def test_where_slack_does_not_tell_zones_that_is_said(http: Live, code: str) -> None:
    http.slack.faults.error("users.info", code)
    said = await http.asked("digest daily at 9")
    assert "every day at 9:00, UTC" in said.text
    assert "Slack did not tell me your time zone" in str(said.blocks)


async def test_somebody_slack_knows_no_zone_of(http: Live) -> None:
    people = http.slack.workspace.users
    people["UANA"] = replace(people["UANA"], tz="UTC")
    assert "every day at 9:00, UTC" in (await http.asked("digest daily at 9")).text


async def test_of_two_bots_one_posts(slack: FakeSlack, on_postgres: Storage) -> None:
    """On one database, each with a clock that ticks every second."""
    assert all(done.error is None for done in on_postgres.library("writer").add(DOCUMENTS))
    slack.calendar.turn(WEDNESDAY)
    bots = [build(settings_on(on_postgres, slack, name), calendar=slack.calendar) for name in ("one", "two")]
    for bot in bots:
        await bot.start()
    slack.request_url = f"http://127.0.0.1:{bots[0].port}/slack/events"
    live = Turned(slack, bots[1], settings_on(on_postgres, slack, "one"))
    await live.asked("digest daily at 9 even when quiet", channel="CAIWATCH")
    for morning in range(1, 4):
        await live.tomorrow()
        await slack.wait_for(lambda seen=morning: len(slack.messages("CAIWATCH", viewer="")) >= seen)  # type: ignore[misc]
    for bot in bots:
        await bot.stop()
    texts = [message.text for message in slack.messages("CAIWATCH", viewer="")]
    assert [text.partition(".")[0].partition(":")[0] for text in texts] == [
        "What is new",
        "Nothing new since Thursday 3 June",
        "Nothing new since Friday 4 June",
    ]
