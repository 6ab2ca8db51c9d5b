"""The playground: the local Slack, and the real bot joined to it over signed HTTP on this machine."""

import asyncio
import tempfile
import webbrowser
from dataclasses import replace
from pathlib import Path

from pydantic import SecretStr

from bot import app, logs
from bot.manifest import SHORTCUTS, scopes
from bot.playground.page import Hints, add_page
from bot.playground.server import PERSON, FakeSlack
from bot.settings import Settings
from bot.slack import StartError
from handlers.timetable import zone_named

_HERE = "127.0.0.1"
_LAST_PORT = 65535
_LOCALTIME = Path("/etc/localtime")
#: what an empty channel suggests; the seeds answer all of it
HINTS = Hints(
    "how much did Alibaba pledge for AI?",
    "Ask the documents",
    (
        "how much did Alibaba pledge for AI?",
        "what is ModelScope?",
        "figures infrastructure",
        "digest here daily at 9:00",
    ),
    tuple((each["name"], each["callback_id"]) for each in SHORTCUTS),
)


async def run(settings: Settings, port: int, open_page: bool = True) -> None:
    """Serve the page until SIGTERM or SIGINT; raises ``StartError`` when the port is taken or is none."""
    if not 0 <= port <= _LAST_PORT:
        raise StartError(f"{port} is not a port: name one between 0 and {_LAST_PORT}, for example --port 8766.")
    logs.configure(settings.log_format, settings.log_level)
    hears = settings.follow_threads
    slack = FakeSlack(command=settings.command, hears_channels=hears, scopes=scopes(hears))
    add_page(slack, HINTS)
    at_home(slack)
    try:
        await slack.start(_HERE, port)
    except OSError as error:
        raise StartError(f"Port {port} is taken: name another one with --port, for example --port 8766.") from error
    try:
        with tempfile.TemporaryDirectory(prefix="playground-") as folder:
            # what is asked here is not answered in the workspace, nor the other way round
            claims = f"sqlite:///{Path(folder, 'claims.db')}"
            bot = app.build(joined(settings, slack), claims=claims, calendar=slack.calendar)
            await _serve(slack, bot, open_page)
    finally:
        await slack.stop()


def joined(settings: Settings, slack: FakeSlack) -> Settings:
    """The settings with which a bot joins a local Slack; the workspace's own tokens stay out of it."""
    return settings.model_copy(
        update={
            "slack_bot_token": SecretStr(slack.bot_token),
            "slack_signing_secret": SecretStr(slack.signing_secret),
            "slack_app_token": None,
            "slack_api_url": slack.api_url,
            "host": _HERE,
            "port": 0,
        }
    )


def at_home(slack: FakeSlack, localtime: Path = _LOCALTIME) -> None:
    """Let the person at the page live in the zone of this machine, where it tells its name."""
    name = str(localtime.resolve()).partition("zoneinfo/")[2].removeprefix("Etc/")
    people = slack.workspace.users
    people[PERSON] = replace(people[PERSON], tz=zone_named(name) or people[PERSON].tz)


async def _serve(slack: FakeSlack, bot: app.Bot, open_page: bool) -> None:
    stopped = app.stop_requested()
    await bot.start()
    slack.next_digest = bot.next_digest
    try:
        slack.request_url = f"http://{_HERE}:{bot.port}/slack/events"
        print(f"The playground is at {slack.url} (Ctrl+C ends it)", flush=True)  # noqa: T201 - what the person waits for
        if open_page:
            await asyncio.to_thread(webbrowser.open, slack.url)
        await stopped.wait()
    finally:
        await bot.stop()
