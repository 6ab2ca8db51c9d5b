"""App Home, and what the Messages tab suggests."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from bot.database import engine


async def _home(live: Any, user: str = "UANA") -> str:
    before = live.slack.workspace.homes.get(user)
    assert (await live.slack.open_app(user=user)).ok
    view = await live.slack.wait_for(
        lambda: live.slack.workspace.homes.get(user) if live.slack.workspace.homes.get(user) != before else None
    )
    return json.dumps(view.payload["blocks"], ensure_ascii=False)


async def test_app_home_says_what_there_is(live: Any) -> None:
    shown = await _home(live)
    for words in (
        "I answer from 2 documents, the newest of 2026-05, word for word.",
        "The Quiet Revolution",
        "A Bold Pivot &lt;!here&gt;",
        "more than $52 billion",
        "/alibaba how much did Alibaba pledge?",
    ):
        assert words in shown
    assert "What you asked" not in shown


async def test_app_home_remembers_what_its_owner_asked_and_nobody_else(http: Any) -> None:
    await http.asked("what is Qwen?")
    await http.asked("figures AI")
    assert "what is ModelScope?" not in (shown := await _home(http))
    assert shown.index("figures AI") < shown.index("what is Qwen?")
    assert "what is Qwen?" not in await _home(http, "UBEN")
    await http.asked("forget me")
    assert "what is Qwen?" not in await _home(http)


async def test_app_home_opened_again_is_shown_again(http: Any) -> None:
    delivery = await http.slack.open_app()
    await http.slack.redeliver(delivery)
    await http.bot.stop()
    assert [call.error for call in http.slack.calls if call.method == "views.publish"] == [None, None]


async def test_what_breaks_is_said_in_app_home(http: Any, caplog: pytest.LogCaptureFixture) -> None:
    documents = engine(http.settings.database)
    with documents.begin() as connection:
        connection.execute(text("DROP TABLE figures"))
    documents.dispose()
    shown = await _home(http)
    assert "Something went wrong on my side (reference " in shown
    assert shown.split("(reference ")[1][:4] in caplog.text


@pytest.mark.parametrize("code", ["not_enabled", "missing_scope", "internal_error"])
@pytest.mark.parametrize(
    ("tab", "method"), [("home", "views.publish"), ("messages", "assistant.threads.setSuggestedPrompts")]
)
async def test_where_slack_lacks_it_nothing_breaks(http: Any, tab: str, method: str, code: str) -> None:
    http.slack.faults.error(method, code)
    assert (await http.slack.open_app(tab)).ok
    assert "Qwen is a family" in (await http.asked("what is Qwen?")).text


async def test_the_messages_tab_suggests_what_is_answered(live: Any) -> None:
    assert (await live.slack.open_app("messages")).ok
    prompts = await live.slack.wait_for(lambda: live.slack.workspace.prompts.get("DANA"))
    assert [message for _, message in prompts] == ["how much did Alibaba pledge?", "sources", "figures", "help"]
    for _, message in prompts:
        before = len(live.slack.messages("DANA"))
        await live.slack.say(message, channel="DANA")
        answer = (await live.slack.wait_for(lambda seen=before: live.slack.messages("DANA")[seen + 1 :]))[0]
        assert "I found no answer" not in answer.text
