"""What is wrong with this set-up, in plain words: one finding a line, the first wrong one first to mend."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot import manifest, slack
from bot.database import NewerDatabase, engine
from bot.settings import Settings, SettingsError, SlackAccess, load
from bot.slack import StartError
from content.library import Library

#: seconds one call to Slack may take
_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    text: str
    wrong: bool = False

    @property
    def line(self) -> str:
        """As it is printed."""
        return f"{'✗' if self.wrong else '✓'} {self.text}"


async def examine() -> list[Finding]:
    """Look at everything; what depends on something broken is left out."""
    try:
        settings = load()
    except SettingsError as error:
        return [Finding(str(error), wrong=True)]
    findings = [Finding("settings are readable"), *_storage(settings)]
    return [*findings, *await _slack(settings)]


def _storage(settings: Settings) -> Iterator[Finding]:
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.data_dir):
            pass
    except OSError as error:
        yield Finding(f"ALIBABA_DATA_DIR {settings.data_dir} cannot be written: {error.strerror}", wrong=True)
        return
    yield Finding(f"data directory {settings.data_dir} is writable")
    try:
        yield _documents(Library.open(settings.data_dir, engine(settings.database)))
    except NewerDatabase as error:
        yield Finding(str(error), wrong=True)
    except (SQLAlchemyError, OSError) as error:
        yield Finding(f"the database cannot be used: {getattr(error, 'orig', None) or error}", wrong=True)


def _documents(library: Library) -> Finding:
    searched = library.searched()
    if not searched.documents:
        return Finding("no documents are indexed yet: alibaba-bot index", wrong=True)
    return Finding(f"documents indexed and searchable: {searched.documents:,}")


async def _slack(settings: Settings) -> list[Finding]:
    try:
        access = settings.slack()
    except SettingsError as error:
        return [Finding(str(error), wrong=True)]
    session = slack.session(_PATIENCE)
    try:
        return await _workspace(access, slack.reader(access, session), settings.follow_threads)
    except StartError as error:
        return [Finding(str(error), wrong=True)]
    finally:
        await session.close()


async def _workspace(access: SlackAccess, client: AsyncWebClient, threads: bool) -> list[Finding]:
    identity = await slack.identify(client)
    found = [Finding(f"Slack knows the bot as {identity.user} in {identity.team}")]
    if access.app_token:
        await slack.check_socket(client, access.app_token)
        found.append(Finding("Socket Mode can connect"))
    else:
        found.append(Finding("HTTP: Slack must reach this machine at https://…/slack/events"))
    found.append(await _granted(client, threads))
    return found


async def _granted(client: AsyncWebClient, threads: bool) -> Finding:
    """Whether the app has the scopes the manifest asks for; Slack names them in every reply."""
    reply = await client.auth_test()
    header = str(reply.headers.get("x-oauth-scopes", ""))
    granted = {scope.strip() for scope in header.split(",") if scope.strip()}
    missing = [scope for scope in manifest.scopes(threads) if granted and scope not in granted]
    if missing:
        return Finding(f"scopes are missing: {', '.join(missing)}; take them from alibaba-bot manifest", wrong=True)
    return Finding("the scopes are granted" if granted else "Slack did not name the granted scopes")
