"""Logs: in two forms, and discreet in both."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from bot import logs


@pytest.fixture
def captured(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Configure logging into a string; afterwards it is as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level

    def configured(style: Any = "console", level: str = "INFO") -> io.StringIO:
        stream = io.StringIO()
        monkeypatch.setattr("sys.stderr", stream)
        logs.configure(style, level)
        return stream

    yield configured
    root.handlers[:], root.level = handlers, level


def test_lines_for_people(captured: Any) -> None:
    stream = captured()
    logging.getLogger("alibaba.jobs").info("%d jobs", 3)
    assert stream.getvalue().rstrip().endswith("INFO    alibaba.jobs: 3 jobs")


def test_json_for_machines(captured: Any) -> None:
    stream = captured("json")
    try:
        raise ValueError("inside")
    except ValueError:
        logging.getLogger("alibaba").exception("broken %s", "thing")
    record = json.loads(stream.getvalue())
    assert (record["level"], record["logger"], record["message"]) == ("ERROR", "alibaba", "broken thing")
    assert "ValueError: inside" in record["exc_info"]
    assert "time" in record


@pytest.mark.parametrize(
    ("logger", "level", "message", "kept"),
    [
        ("alibaba", "INFO", "token xoxb-123-abcDEF used", "token (secret) used"),
        ("alibaba", "INFO", "token xoxe.xoxb-1-abcDEF used", "token (secret) used"),
        ("alibaba", "ERROR", "xapp-1-A1-2-deadbeef", "(secret)"),
        ("slack_sdk.socket", "INFO", "wss://x/link/?ticket=abc-def&app_id=1", "wss://x/link/?ticket=(secret)&app_id=1"),
        (
            "slack_bolt.tested.Verification",
            "INFO",
            "Invalid request signature detected (signature: v0=1, timestamp: 1, body: text=my+salary)",
            "Invalid request signature detected (…)",
        ),
        (
            "slack_bolt.tested.App",
            "WARNING",
            "Unhandled request ({'type': 'event'})\n---\nbody",
            "Unhandled request (…)",
        ),
        (
            "slack_bolt.tested.App",
            "INFO",
            "Unsuccessful result (status: 500, body: secret)",
            "Unsuccessful result (status: 500, (…)",
        ),
        ("alibaba", "INFO", "kept: {a: 1}", "kept: {a: 1}"),
    ],
)
def test_neither_secrets_nor_what_people_wrote(captured: Any, logger: str, level: str, message: str, kept: str) -> None:
    stream = captured()
    logging.getLogger(logger).log(logging.getLevelName(level), message)
    assert stream.getvalue().rstrip("\n").split(": ", 1)[1] == kept


@pytest.mark.parametrize("style", ["console", "json"])
def test_no_secret_in_a_traceback_either(captured: Any, style: str) -> None:
    stream = captured(style)
    try:
        raise ValueError("refused xoxb-1-secret")
    except ValueError:
        logging.getLogger("alibaba").exception("broken")
    assert "ValueError: refused (secret)" in stream.getvalue()
    assert "xoxb" not in stream.getvalue()


def test_bodies_show_only_when_asked_for(captured: Any) -> None:
    stream = captured(level="DEBUG")
    logging.getLogger("slack_bolt.tested.App").debug("request {'text': 'salary'} xoxb-1-secret")
    assert "salary" in stream.getvalue()
    assert "xoxb-1" not in stream.getvalue()


@pytest.mark.parametrize(("level", "shown"), [("INFO", False), ("WARNING", True)])
def test_response_urls_are_secrets_too(captured: Any, level: str, shown: bool) -> None:
    stream = captured()
    logging.getLogger("httpx").log(logging.getLevelName(level), "POST https://hooks.slack.com/commands/T/1/abc")
    assert bool(stream.getvalue()) is shown
