"""Settings: read from the environment and .env; wrong ones end in one line that helps."""

import os
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.settings import Settings, SettingsError, load, without_slack_variables

HTTP = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s3cret"}
SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Set environment variables in an otherwise empty world."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("SLACK_", "ALIBABA_")):
            monkeypatch.delenv(name)

    def given(**variables: str) -> Settings:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return load()

    return given


def test_everything_has_a_default(environment: Any) -> None:
    settings = environment()
    assert (settings.host, settings.port, settings.command) == ("127.0.0.1", 3000, "/alibaba")
    assert (settings.log_format, settings.log_level, settings.retention_days) == ("console", "INFO", 30)
    assert settings.data_dir.name == "alibaba-bot"
    assert settings.database == f"sqlite:///{settings.data_dir / 'alibaba.db'}"
    assert settings.claims == f"sqlite:///{settings.data_dir / 'claims.db'}"
    assert settings.seeds.name == "seeds"


@pytest.mark.parametrize(
    ("name", "value", "field", "read"),
    [
        ("ALIBABA_DATA_DIR", "/data", "data_dir", Path("/data")),
        ("ALIBABA_DATABASE_URL", "postgresql+psycopg://u@h/d", "database", "postgresql+psycopg://u@h/d"),
        ("ALIBABA_HOST", "0.0.0.0", "host", "0.0.0.0"),
        ("ALIBABA_PORT", "0", "port", 0),
        ("ALIBABA_PUBLIC_URL", "https://bot.example/", "public_url", "https://bot.example"),
        ("ALIBABA_PUBLIC_URL", "http://10.0.0.1:3000/bot", "public_url", "http://10.0.0.1:3000/bot"),
        ("ALIBABA_COMMAND", "/ask", "command", "/ask"),
        ("ALIBABA_SEEDS", "/seeds", "seeds", Path("/seeds")),
        ("ALIBABA_LOG_FORMAT", "json", "log_format", "json"),
        ("ALIBABA_LOG_LEVEL", "debug", "log_level", "DEBUG"),
        ("ALIBABA_RETENTION_DAYS", "7", "retention_days", 7),
        ("ALIBABA_FETCH_ALLOW", "wiki.corp:8080, 10.0.0.0/8", "fetch_allow", "wiki.corp:8080, 10.0.0.0/8"),
        ("ALIBABA_ADMINS", "U1, W2", "admins", "U1, W2"),
        ("ALIBABA_CONTACT", "ana@us.example", "contact", "ana@us.example"),
        ("ALIBABA_TIMEZONE", "Europe/London", "timezone", "Europe/London"),
        ("ALIBABA_TIMEZONE", "", "timezone", None),
        ("ALIBABA_PORT", "", "port", 3000),
    ],
)
def test_each_is_a_variable(environment: Any, name: str, value: str, field: str, read: object) -> None:
    assert getattr(environment(**{name: value}), field) == read


def test_a_file_is_read_and_the_environment_wins(environment: Any, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ALIBABA_PORT=1234\nALIBABA_HOST=::1\nUNRELATED=x\n")
    settings = environment(ALIBABA_PORT="4321")
    assert (settings.port, settings.host) == (4321, "::1")


def test_given_values_win_over_both(environment: Any) -> None:
    environment(ALIBABA_PORT="4321")
    assert load(port=5).port == 5


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALIBABA_PORT", "many"),
        ("ALIBABA_FETCH_ALLOW", "http://wiki.corp"),
        ("ALIBABA_CONTACT", "Ana Li"),
        ("ALIBABA_ADMINS", "@ana"),
        ("ALIBABA_TIMEZONE", "Mars/Base"),
        ("ALIBABA_TIMEZONE", "Europe"),
        ("ALIBABA_TIMEZONE", "../../etc/passwd"),
        ("ALIBABA_PORT", "70000"),
        ("ALIBABA_COMMAND", "alibaba"),
        ("ALIBABA_COMMAND", "/two words"),
        ("ALIBABA_LOG_FORMAT", "xml"),
        ("ALIBABA_LOG_LEVEL", "LOUD"),
        ("ALIBABA_RETENTION_DAYS", "0"),
        ("ALIBABA_DATABASE_URL", "not a url"),
        ("ALIBABA_PUBLIC_URL", "bot.example"),
        ("ALIBABA_PUBLIC_URL", "https://bot.example/?a=b"),
        ("ALIBABA_PUBLIC_URL", "https://user:swapped@bot.example"),
        ("SLACK_BOT_TOKEN", "xapp-swapped"),
        ("SLACK_APP_TOKEN", "xoxb-swapped"),
    ],
)
def test_a_wrong_one_is_named_in_one_line_without_its_value(environment: Any, name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        environment(**{name: value})
    line = str(caught.value)
    assert line.startswith(f"{name} is wrong: ")
    assert "\n" not in line
    assert "swapped" not in line


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({}, "SLACK_BOT_TOKEN"),
        ({"SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN"),
    ],
)
def test_serving_without_tokens_says_what_is_missing_and_offers_the_playground(
    environment: Any, variables: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        environment(**variables).slack()
    assert str(caught.value).startswith(f"{named} is not set")
    assert "alibaba-bot playground" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("variables", "app"), [(HTTP, None), (SOCKET, "xapp-1"), (HTTP | SOCKET, "xapp-1")])
def test_the_app_token_decides_for_socket_mode(environment: Any, variables: dict[str, str], app: str | None) -> None:
    access = environment(**variables).slack()
    assert (access.bot_token, access.app_token, access.api_url) == ("xoxb-1", app, "https://slack.com/api/")
    assert access.local is False


@pytest.mark.parametrize(
    ("url", "allowed", "local"),
    [
        ("https://slack.com/api", True, False),
        ("https://slack.com/api/", True, False),
        ("https://eu.slack.com/api/", True, False),
        ("http://127.0.0.1:8765/api/", True, True),
        ("http://localhost:8765/api", True, True),
        ("http://[::1]:8765/api", True, True),
        ("http://slack.com/api/", False, False),
        ("https://notslack.com/api/", False, False),
        ("https://slack.com.evil.example/api/", False, False),
        ("http://10.0.0.1/api/", False, False),
        ("https://127.0.0.1.evil.example/", False, False),
        ("file:///etc/passwd", False, False),
        ("nonsense", False, False),
    ],
)
def test_tokens_go_to_slack_or_stay_on_this_machine(environment: Any, url: str, allowed: bool, local: bool) -> None:
    settings = environment(**HTTP, SLACK_API_URL=url)
    if not allowed:
        with pytest.raises(SettingsError, match="SLACK_API_URL would send your tokens"):
            settings.slack()
    else:
        access = settings.slack()
        assert (access.api_url.endswith("/api/"), access.local) == (True, local)


@pytest.mark.parametrize(("url", "allowed"), [("https://proxy.example/api", True), ("ftp://proxy.example/", False)])
def test_another_host_can_be_allowed(environment: Any, url: str, allowed: bool) -> None:
    settings = environment(**HTTP, SLACK_API_URL=url, ALIBABA_ALLOW_API_URL="1")
    if allowed:
        assert settings.slack().api_url == "https://proxy.example/api/"
    else:
        with pytest.raises(SettingsError):
            settings.slack()


def test_secrets_do_not_show_and_nothing_changes(environment: Any) -> None:
    settings = environment(**HTTP)
    assert "xoxb-1" not in repr(settings)
    assert "s3cret" not in str(settings)
    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1
    assert settings.slack_bot_token == SecretStr("xoxb-1")


def test_slacks_variables_are_hidden_meanwhile_and_come_back(environment: Any) -> None:
    environment(SLACK_CLIENT_ID="1", SLACK_CLIENT_SECRET="2", OTHER="3")
    with without_slack_variables():
        assert [name for name in os.environ if name.startswith("SLACK_")] == []
        assert os.environ["OTHER"] == "3"
    assert (os.environ["SLACK_CLIENT_ID"], os.environ["SLACK_CLIENT_SECRET"]) == ("1", "2")
