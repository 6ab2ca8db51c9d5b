"""Whatever a parser does, one document is lost at most."""

from pathlib import Path

import pytest

from content.errors import Malformed, TooLarge, UnreadableDocument
from content.sandbox import Sandbox

PAGE = b"<html><body><p>Qwen is a family of models, says the firm that makes them.</p></body></html>"


def test_a_parser_that_dies_is_replaced() -> None:
    with Sandbox() as sandbox:
        for _ in range(2):
            with pytest.raises(Malformed, match="it is damaged"):
                sandbox.parse("no such kind", PAGE, {})  # type: ignore[arg-type]
            assert sandbox.parse("html", PAGE, {})["text"].startswith("Qwen is")


def test_a_parser_that_takes_too_long_is_ended() -> None:
    with Sandbox(patience=0.001) as sandbox, pytest.raises(TooLarge, match=r"longer than the 0\.001 seconds"):
        sandbox.parse("html", PAGE, {})


def test_a_parser_that_takes_too_much_memory_is_stopped() -> None:
    row = b"<tr><td>A cell with some text in it, and then another.</td></tr>"
    with Sandbox(memory=400_000_000) as sandbox:
        with pytest.raises(UnreadableDocument, match=r"memory|damaged"):
            sandbox.parse("html", b"<html><body><table>" + row * 250_000, {})
        assert sandbox.parse("html", PAGE, {})["text"]


def test_parsers_do_not_see_our_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    with Sandbox() as sandbox:
        assert sandbox.parse("html", PAGE, {})["text"]
        assert sandbox._process
        assert Path(f"/proc/{sandbox._process.pid}/environ").read_bytes() == b"PYTHONHASHSEED=0\0"


def test_nothing_is_started_for_formats_that_need_no_parser() -> None:
    with Sandbox() as sandbox:
        assert sandbox._process is None
