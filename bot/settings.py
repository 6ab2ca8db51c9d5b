"""Every setting of the program, in one frozen value; nothing else reads the environment."""

import ipaddress
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_path
from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from content.addresses import Allowed
from content.links import is_web

_SLACK: Final = "https://slack.com/api/"


class SettingsError(Exception):
    """A setting is missing or wrong; the text is one line that names it and says what to do."""


@dataclass(frozen=True, slots=True)
class SlackAccess:
    """What it takes to join a workspace."""

    bot_token: str
    #: Socket Mode when it is there
    app_token: str | None
    #: ``""`` with Socket Mode, which signs nothing
    signing_secret: str
    api_url: str
    #: a Slack on this machine: no proxy may stand in between
    local: bool


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


class Settings(BaseSettings):
    """The settings as DESIGN §5 names them: an environment variable each, or a line of ``.env``."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        env_prefix="ALIBABA_",
    )

    slack_bot_token: SecretStr | None = Field(None, validation_alias="SLACK_BOT_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    slack_app_token: SecretStr | None = Field(None, validation_alias="SLACK_APP_TOKEN")
    slack_api_url: str = Field(_SLACK, validation_alias="SLACK_API_URL")
    #: lets ``slack_api_url`` name a host that is neither Slack's nor this machine
    allow_api_url: bool = False
    data_dir: Path = Field(default_factory=lambda: user_data_path("alibaba-bot", appauthor=False))
    database_url: str | None = None
    host: str = "127.0.0.1"
    #: 0 takes a free one
    port: int = Field(3000, ge=0, le=65535)
    #: where people reach the web server: reading pages are linked to when it is set
    public_url: str | None = None
    command: str = Field("/alibaba", pattern=r"^/[^\s/]{1,31}$")
    seeds: Path = Path(__file__).resolve().parent.parent / "seeds"
    log_format: Literal["console", "json"] = "console"
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = "INFO"
    #: answered threads go on without a mention; the app then hears every message of its channels
    follow_threads: bool = False
    #: what may be fetched besides the public web: host, host:port or network, with commas
    fetch_allow: str = ""
    #: where somebody answers for this bot, told to the web sites it fetches from
    contact: str | None = Field(None, pattern=r"^[!-~]{3,200}$")
    #: Slack user ids of those who may add documents from Slack, with commas; empty: nobody may
    admins: str = Field("", pattern=r"^[\sUW0-9A-Z,]*$")
    #: the zone of digests in channels, by its IANA name; unset: that of whoever sets one up
    timezone: str | None = None
    #: days until questions and claims are erased
    retention_days: int = Field(30, ge=1)

    @field_validator("slack_bot_token")
    @classmethod
    def _a_bot_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token and not token.get_secret_value().startswith(("xoxb-", "xoxe.xoxb-")):
            raise ValueError("a bot token begins with xoxb-")
        return token

    @field_validator("slack_app_token")
    @classmethod
    def _an_app_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token and not token.get_secret_value().startswith("xapp-"):
            raise ValueError("an app-level token begins with xapp-")
        return token

    @field_validator("public_url")
    @classmethod
    def _a_web_address(cls, url: str | None) -> str | None:
        if url and not (is_web(url) and urlsplit(url).query == urlsplit(url).fragment == ""):
            raise ValueError("not an address such as https://bot.example.com")
        return url.rstrip("/") if url else None

    @field_validator("database_url")
    @classmethod
    def _parsable(cls, url: str | None) -> str | None:
        try:
            return url and make_url(url) and url
        except ArgumentError as error:
            raise ValueError("not a database URL such as postgresql+psycopg://user@host/name") from error

    @field_validator("timezone")
    @classmethod
    def _a_zone(cls, name: str | None) -> str | None:
        try:
            return name and ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            # a folder of zones, a name that leads out of it
            raise ValueError("not a time zone such as Europe/London") from error

    @field_validator("fetch_allow")
    @classmethod
    def _allowing(cls, listed: str) -> str:
        Allowed.read(listed)
        return listed

    @property
    def database(self) -> str:
        """The URL of the truth: as set, else a SQLite file in the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir / 'alibaba.db'}"

    @property
    def claims(self) -> str:
        """The URL of the claims: a SQLite file of their own, as indexing may hold the documents' for seconds, in which
        no request may wait; with a database server, the same database, so that processes share them.
        """
        if make_url(self.database).get_backend_name() == "sqlite":
            return f"sqlite:///{self.data_dir / 'claims.db'}"
        return self.database

    def slack(self) -> SlackAccess:
        """What ``serve`` needs; raises ``SettingsError`` when something is missing or unsafe."""
        bot, app = _secret(self.slack_bot_token), _secret(self.slack_app_token)
        signing = _secret(self.slack_signing_secret)
        if not bot:
            raise _missing("SLACK_BOT_TOKEN", "the bot token (xoxb-…) under OAuth & Permissions")
        if not app and not signing:
            where = (
                "the app-level token (xapp-…) for Socket Mode, or for HTTP SLACK_SIGNING_SECRET, both on the first page"
            )
            raise _missing("SLACK_APP_TOKEN", where)
        url, local = self._api_url()
        return SlackAccess(bot, app, signing or "", url, local)

    def _api_url(self) -> tuple[str, bool]:
        """The API's address, with its closing slash, and whether it is on this machine."""
        url = self.slack_api_url.rstrip("/") + "/"
        parts = urlsplit(url)
        host, local = parts.hostname or "", _is_loopback(parts.hostname or "")
        slack = parts.scheme == "https" and (host == "slack.com" or host.endswith((".slack.com", ".slack-gov.com")))
        if parts.scheme not in ("http", "https") or not (slack or local or self.allow_api_url):
            raise SettingsError(
                f"SLACK_API_URL would send your tokens to {host or url}: leave it out, name an address of this machine "
                "or set ALIBABA_ALLOW_API_URL=1."
            )
        return url, local


def load(**given: Any) -> Settings:
    """The settings of the environment and ``.env``, those ``given`` in their place; raises ``SettingsError``."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError(_readable(error)) from None


@contextmanager
def without_slack_variables() -> Iterator[None]:
    """Hide Slack's variables meanwhile: Bolt reads them on its own and two of them switch it to OAuth."""
    hidden = {name: value for name, value in os.environ.items() if name.startswith("SLACK_")}
    for name in hidden:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(hidden)


def _secret(value: SecretStr | None) -> str | None:
    return value.get_secret_value() if value else None


def _missing(name: str, what: str) -> SettingsError:
    return SettingsError(
        f"{name} is not set: it is {what} of your app at api.slack.com/apps. To try the bot without Slack, "
        "run: alibaba-bot playground"
    )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _readable(error: ValidationError) -> str:
    """The first complaint in one line: the variable and what is wrong, never its value."""
    first = error.errors(include_input=False, include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else "a setting"
    variable = name if name.isupper() else _variable(name)
    return f"{variable} is wrong: {first['msg'].removeprefix('Value error, ')}."


def _variable(field: str) -> str:
    """The environment variable of a field."""
    return field.upper() if field.startswith("slack_") else f"ALIBABA_{field.upper()}"
