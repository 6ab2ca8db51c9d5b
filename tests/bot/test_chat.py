"""What is said to the program on a terminal is not looked for in the documents."""

import pytest

from bot.chat import reply
from bot.cli import main


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("hi", "Hello! I answer from your documents"),
        ("help", "I answer from your documents"),
        ("what can you do?", "I answer from your documents"),
        ("thanks", "You are welcome."),
        ("ok", "All right. Ask whenever you like."),
        ("bye", "Goodbye."),
        ("more", "On a terminal every question stands alone."),
        ("who said that?", "On a terminal every question stands alone."),
        ("and the figures?", "On a terminal every question stands alone."),
        ("forget me", "That is for Slack."),
        ("sources", "That is a command of its own: alibaba-bot sources"),
        ("summary of the bold pivot", "That is a command of its own: alibaba-bot summarize the bold pivot"),
        ("what’s new?", "That is a command of its own: alibaba-bot digest"),
    ],
)
def test_what_is_said(words: str, begins: str) -> None:
    assert (reply(words) or "").startswith(begins)


@pytest.mark.parametrize("words", ["", "???", "🙂", "what is Quark?", "how much?", "who said that Qwen is open?"])
def test_what_is_asked(words: str) -> None:
    assert reply(words) is None


def test_it_is_said_on_a_terminal_and_never_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "hi"]) == 0
    assert capsys.readouterr().out.startswith("Hello!")
    assert main(["ask", "hi", "--json"]) == 0
    assert '"question": "hi"' in capsys.readouterr().out
