"""The real bot, the real documents, and a local Slack between them and the people."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import database
from bot.app import Bot, build
from bot.manifest import scopes
from bot.playground.server import FakeSlack
from bot.settings import Settings, load
from content.documents import Document
from content.library import Library
from tests.content.site import Site

BOLD = (
    "Alibaba pledged more than $52 billion over the next three years for AI, as reported by Reuters.\n\n"
    "The plan covers data centers and models. Analysts call it a bold pivot.\n\n"
    "ModelScope is an open platform for developers. <!channel> Everybody may read *this*."
)
QUIET = "Qwen is a family of language models.\n\nThe quiet revolution happens in logistics, not in chat."
DOCUMENTS = (
    Document("bold", BOLD, title="A Bold Pivot <!here>", title_source="stated", url="https://news.example/bold?a=1|2"),
    Document("quiet", QUIET, title="The Quiet Revolution", title_source="stated", published="2026-05"),
)


@dataclass(frozen=True, slots=True)
class Live:
    """A bot at work and the Slack it works in."""

    slack: FakeSlack
    bot: Bot
    settings: Settings

    async def asked(self, text: str, channel: str = "CGENERAL", user: str = "UANA") -> Any:
        """What the slash command answers; messages seen before do not count."""
        before = len(self.slack.messages(channel, viewer=user))
        delivery = await self.slack.slash(text, user=user, channel=channel)
        assert delivery.ok
        return (await self.slack.wait_for(lambda: self.slack.messages(channel, viewer=user)[before:]))[0]

    async def replies(self, ts: str, channel: str = "CAIWATCH", viewer: str = "UANA") -> list[Any]:
        """What stands under a message, once something does."""
        found: list[Any] = await self.slack.wait_for(
            lambda: self.slack.messages(channel, viewer=viewer, thread_ts=ts)[1:], timeout=15
        )
        return found

    async def mention(self, text: str, channel: str = "CAIWATCH", thread_ts: str | None = None) -> tuple[Any, str]:
        """Say something to the bot in a channel; returns the delivery and where the answer is to come."""
        delivery = await self.slack.say(f"<@UALIBABA> {text}", channel=channel, thread_ts=thread_ts)
        return delivery, thread_ts or self.slack.messages(channel)[-1].ts


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data directory with two small documents in it."""
    engine = database.engine(f"sqlite:///{tmp_path / 'alibaba.db'}")
    library = Library.open(tmp_path, engine)
    assert all(done.error is None for done in library.add(DOCUMENTS))
    library.refresh()
    engine.dispose()
    return tmp_path


@pytest.fixture
def rewrite(data_dir: Path) -> Callable[[str, str], None]:
    """Index another text under a document's name, as a process beside the bot would."""

    def rewritten(name: str, text: str) -> None:
        engine = database.engine(f"sqlite:///{data_dir / 'alibaba.db'}")
        assert [one.outcome for one in Library.open(data_dir, engine).add([Document(name, text)])] == ["changed"]
        engine.dispose()

    return rewritten


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    fake = FakeSlack(ack_timeout=3.0, retry_pauses=(0.0, 0.05), scopes=scopes(threads=True))
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
def settings_for(slack: FakeSlack, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], Settings]:
    """The settings of a bot over Socket Mode (true) or HTTP."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    def settings(socket: bool) -> Settings:
        transport = {"slack_app_token": slack.app_token} if socket else {"slack_signing_secret": slack.signing_secret}
        slack_settings = {"slack_bot_token": slack.bot_token, "slack_api_url": slack.api_url, **transport}
        return load(_env_file=None, data_dir=data_dir, port=0, **slack_settings)

    return settings


async def joined(slack: FakeSlack, settings: Settings, patience: float = 0.8) -> Live:
    """A started bot that the local Slack can reach, and that waits for it as many seconds."""
    bot = build(settings, patience=patience)
    await bot.start()
    if settings.slack_app_token:
        await slack.wait_for(lambda: slack.connected)
    else:
        slack.request_url = f"http://127.0.0.1:{bot.port}/slack/events"
    return Live(slack, bot, settings)


@pytest.fixture
def join(slack: FakeSlack) -> Callable[[Settings], Any]:
    """Start a bot within a test; the test stops it."""
    return lambda settings, **how: joined(slack, settings, **how)


@pytest.fixture(params=[False, True], ids=["http", "socket"])
async def live(
    request: pytest.FixtureRequest, slack: FakeSlack, settings_for: Callable[[bool], Settings]
) -> AsyncIterator[Live]:
    """A bot at work, over each transport."""
    made = await joined(slack, settings_for(request.param))
    yield made
    await made.bot.stop()
    assert slack.failures == []


@pytest.fixture
async def http(slack: FakeSlack, settings_for: Callable[[bool], Settings]) -> AsyncIterator[Live]:
    """A bot at work over HTTP, where the transport does not matter."""
    made = await joined(slack, settings_for(False))
    yield made
    await made.bot.stop()


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site of the test's own."""
    with Site() as made:
        yield made


@pytest.fixture
async def admin(slack: FakeSlack, settings_for: Callable[[bool], Settings], site: Site) -> AsyncIterator[Live]:
    """A bot at work whose admin is Ana, and that may fetch from the site."""
    made = await joined(slack, settings_for(False).model_copy(update={"admins": "UANA", "fetch_allow": site.place}))
    yield made
    await made.bot.stop()
    assert slack.failures == []
