"""The page as the browser receives it, and who may act through it."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.playground.page import HERE
from bot.playground.server import FakeSlack
from bot.playground.workspace import BOT, Message

P: dict[str, Any] = {"type": "plain_text", "text": "<i>plain</i>"}
BUTTON: dict[str, Any] = {"type": "button", "action_id": "go", "text": P, "value": "1"}
PIE = {"type": "pie", "segments": [{"label": "A <", "value": 3}, {"label": "B", "value": 1}]}
BARS = {
    "type": "bar",
    "series": [
        {"name": "one", "data": [{"label": "<a>", "value": 5}]},
        {"name": "two", "data": [{"label": "<a>", "value": -3}]},
    ],
    "axis_config": {"categories": ["<a>"], "y_label": "USD"},
}
EVIL = '"><script>alert(1)</script>'


@pytest.fixture
async def browser(slack: FakeSlack) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(slack.url) as session:
        yield session


async def _text(browser: aiohttp.ClientSession, path: str) -> str:
    async with browser.get(path) as answer:
        assert answer.status == 200
        return await answer.text()


def _post(slack: FakeSlack, *blocks: dict[str, Any], **more: Any) -> Message:
    return slack.workspace.post(Message(slack.workspace.new_ts(), "CGENERAL", BOT, "fallback", blocks=blocks, **more))


async def test_an_empty_channel_says_what_to_try(browser: aiohttp.ClientSession) -> None:
    html = await _text(browser, "/")
    assert "<title>#general" in html
    assert "This is the very beginning of the" in html
    assert 'data-example="/alibaba what is Qwen?"' in html
    assert "Ask your documents" in html
    assert "Only visible to you" not in html


async def test_direct_messages_need_no_command(browser: aiohttp.ClientSession) -> None:
    html = await _text(browser, "/?channel=DANA")
    assert 'data-example="what is Qwen?"' in html
    assert "direct message history" in html


@pytest.mark.parametrize("channel", ["CNONE", "DBEN", ""])
async def test_a_channel_that_is_not_hers(browser: aiohttp.ClientSession, channel: str) -> None:
    async with browser.get(f"/?channel={channel}") as answer:
        assert answer.status == 404


async def test_nothing_runs_but_the_one_script(browser: aiohttp.ClientSession) -> None:
    async with browser.get("/") as answer:
        policy, html = answer.headers["Content-Security-Policy"], await answer.text()
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert re.findall(r"<script[^>]*>", html) == ['<script src="/static/playground.js" type="module">']
    assert not re.search(r"\s(style|on\w+)=", html)


@pytest.mark.parametrize("name", ["playground.js", "completion.js", "playground.css", "icon.svg"])
async def test_nothing_comes_from_elsewhere(browser: aiohttp.ClientSession, name: str) -> None:
    body = await _text(browser, f"/static/{name}")
    assert set(re.findall(r"https?://[^\s\"')]+", body)) <= {"http://www.w3.org/2000/svg"}


def test_the_scripts_stay_small() -> None:
    lines = {script.name: len(script.read_text().splitlines()) for script in (HERE / "static").glob("*.js")}
    assert lines["playground.js"] < 250
    assert sum(lines.values()) < 400


async def test_what_does_nothing_looks_like_nothing_to_press(browser: aiohttp.ClientSession) -> None:
    html = await _text(browser, "/")
    assert '<div class="workspace">Playground</div>' in html
    assert '<span class="members">3 members</span>' in html


async def test_the_bot_has_one_name(browser: aiohttp.ClientSession) -> None:
    html = await _text(browser, "/")
    assert 'data-insert="@alibaba-bot "' in html
    assert "Alibaba</" not in html
    assert "<title>alibaba-bot" in await _text(browser, "/?channel=DANA")


async def test_the_parts_carry_the_token_of_this_run(browser: aiohttp.ClientSession) -> None:
    assert _token(await _text(browser, "/parts")) == _token(await _text(browser, "/"))


RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "a ", "style": {"bold": True, "italic": True}},
                {"type": "text", "text": EVIL, "style": {"code": True}},
                {"type": "link", "url": "https://example.org", "text": "there"},
                {"type": "user", "user_id": "UBEN"},
                {"type": "channel", "channel_id": "CAIWATCH"},
                {"type": "emoji", "name": "eyes"},
                {"type": "date", "timestamp": 1, "format": "{date}", "fallback": "May 14"},
                {"type": "broadcast", "range": "here"},
            ],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "one\ntwo"}]},
        {
            "type": "rich_text_list",
            "style": "ordered",
            "indent": 1,
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "first"}]}],
        },
    ],
}
CELL = {"type": "raw_text", "text": "<td>"}
NUMBER = {"type": "raw_number", "value": 52}
FEEDBACK = {
    "type": "feedback_buttons",
    "action_id": "liked",
    "positive_button": {"text": {"type": "plain_text", "text": "Good answer"}, "value": "y"},
    "negative_button": {"text": {"type": "plain_text", "text": "Bad answer"}, "value": "n"},
}
OPTIONS = [{"text": {"type": "plain_text", "text": name}, "value": name} for name in ("One", "Two")]
CONFIRM = {name: {"type": "plain_text", "text": f"{name}'\""} for name in ("title", "text", "confirm", "deny")}


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        (
            {"type": "section", "text": {"type": "mrkdwn", "text": f"*b* {EVIL}"}},
            ["<strong>b</strong>", "&lt;script&gt;"],
        ),
        ({"type": "section", "text": P}, ["&lt;i&gt;plain&lt;/i&gt;"]),
        ({"type": "section", "fields": [P, {"type": "mrkdwn", "text": "_f_"}]}, ['class="fields"', "<em>f</em>"]),
        ({"type": "section", "text": P, "accessory": BUTTON}, ['data-action="go"', 'data-choice="0"']),
        ({"type": "header", "text": P}, ["<h3"]),
        ({"type": "divider"}, ["<hr>"]),
        ({"type": "context", "elements": [{"type": "mrkdwn", "text": "`c`"}, P]}, ["<code>c</code>"]),
        ({"type": "markdown", "text": f"**as it is** {EVIL}"}, ["**as it is**", "&lt;script&gt;"]),
        ({"type": "image", "image_url": "https://e.org/a", "alt_text": EVIL}, ["&lt;script&gt;", 'role="img"']),
        ({"type": "actions", "elements": [{**BUTTON, "style": "primary"}]}, ['class="button primary"']),
        (
            {"type": "actions", "elements": [{**BUTTON, "style": "danger", "confirm": CONFIRM}]},
            ["data-confirm=", "danger"],
        ),
        ({"type": "actions", "elements": [{**BUTTON, "url": "https://e.org"}]}, ['data-url="https://e.org"']),
        ({"type": "actions", "elements": [{**BUTTON, "url": "javascript:alert(1)"}]}, ['data-url="#"']),
        (
            {"type": "actions", "elements": [{"type": "overflow", "action_id": "o", "options": OPTIONS}]},
            [">One<", ">Two<"],
        ),
        (
            {"type": "actions", "elements": [{"type": "static_select", "action_id": "s", "options": OPTIONS}]},
            ["<select"],
        ),
        (
            {"type": "actions", "elements": [{"type": "datepicker", "action_id": "d"}]},
            ["does not show <code>datepicker"],
        ),
        ({"type": "context_actions", "elements": [FEEDBACK]}, ['aria-label="Good answer"', 'data-choice="1"']),
        (
            RICH,
            ["<strong><em>a </em></strong>", "<code>&#34;&gt;&lt;script&gt;", ">there</a>", "@Ben Okafor", "#ai-watch"],
        ),
        (RICH, ["👀", "May 14", "@here", "<blockquote>said", "<pre>one<br>two</pre>", '<ol class="indent1"><li>first']),
        (
            {"type": "table", "rows": [[CELL], [NUMBER]], "column_settings": [{"align": "right"}]},
            ["&lt;td&gt;", ">52</td>"],
        ),
        (
            {"type": "data_table", "caption": "Cap <b>", "rows": [[CELL, CELL], [NUMBER, RICH]]},
            ["Cap &lt;b&gt;", "there</a>"],
        ),
        (
            {"type": "data_visualization", "title": "Pledges <b>", "chart": BARS},
            [
                "Pledges &lt;b&gt;",
                '<path class="solid series1"',
                "<title>two, &lt;a&gt; -3</title>",
                "<i class=",
                "↑ USD",
            ],
        ),
        (
            {"type": "data_visualization", "title": "Shares", "chart": PIE},
            ['aria-label="Shares: A &lt; 3; B 1"', "</i>A &lt; 3</li>"],
        ),
        ({"type": "alert", "text": P, "level": "warning"}, ['class="alert warning"']),
        ({"type": "carousel", "elements": []}, ["does not show <code>carousel</code>"]),
        ({"type": EVIL}, ["&lt;script&gt;"]),
    ],
)
async def test_blocks(
    browser: aiohttp.ClientSession, slack: FakeSlack, block: dict[str, Any], shown: list[str]
) -> None:
    _post(slack, block)
    html = await _text(browser, "/parts")
    assert [each for each in shown if each not in html] == []
    assert "<script>" not in html
    assert "fallback" not in html


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({"ephemeral_to": "UANA"}, "Only visible to you"),
        ({"edited": True}, "(edited)"),
        ({"reactions": (("eyes", "UBEN"),)}, "👀 1"),
        ({}, "Reply in thread"),
    ],
)
async def test_around_a_message(
    browser: aiohttp.ClientSession, slack: FakeSlack, more: dict[str, Any], shown: str
) -> None:
    _post(slack, **more)
    html = await _text(browser, "/parts")
    assert shown in html
    assert "fallback" in html


async def test_what_only_ben_sees_is_not_there(browser: aiohttp.ClientSession, slack: FakeSlack) -> None:
    _post(slack, ephemeral_to="UBEN")
    assert "fallback" not in await _text(browser, "/parts")


async def test_a_thread_is_counted_and_opens_beside(browser: aiohttp.ClientSession, slack: FakeSlack) -> None:
    root = _post(slack)
    _post(slack, {"type": "section", "text": {"type": "mrkdwn", "text": "the reply"}}, thread_ts=root.ts)
    closed = await _text(browser, "/")
    opened = await _text(browser, f"/?thread={root.ts}")
    assert "1 reply" in closed
    assert "the reply" not in closed
    assert "the reply" in opened
    assert 'aria-label="Close thread"' in opened


# acting


def _token(html: str) -> str:
    found = re.search(r'<meta name="token" content="([^"]+)">', html)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("origin", "token", "status"),
    [
        ("own", "own", 204),
        ("own", "guess", 403),
        ("own", "", 403),
        ("http://evil.example", "own", 403),
        ("", "own", 403),
        ("null", "own", 403),
    ],
)
async def test_only_the_page_itself_acts(
    browser: aiohttp.ClientSession, slack: FakeSlack, origin: str, token: str, status: int
) -> None:
    own = _token(await _text(browser, "/"))
    headers = {
        "Origin": slack.url if origin == "own" else origin,
        "X-Playground-Token": own if token == "own" else token,
    }
    body = {"channel": "CGENERAL", "text": "hello"}
    async with browser.post("/do/say", json=body, headers=headers) as answer:
        assert answer.status == status
    if status == 204:
        await slack.wait_for(lambda: slack.messages("CGENERAL"))
    assert [message.text for message in slack.messages("CGENERAL")] == (["hello"] if status == 204 else [])


@pytest.mark.parametrize(
    ("act", "body", "status"),
    [
        ("fly", {}, 404),
        ("say", {}, 409),
        ("say", {"channel": "CGENERAL", "text": "  "}, 204),
        ("click", {"message": "1.0", "block": "b", "action": "a"}, 409),
        ("submit", {"values": {}}, 409),
        ("close", {}, 409),
        ("say", "not json", 409),
        ("say", {"channel": "CGENERAL", "text": "hello", "thread": "1.0"}, 409),
    ],
)
async def test_acts_that_lead_nowhere(
    browser: aiohttp.ClientSession, slack: FakeSlack, act: str, body: object, status: int
) -> None:
    headers = {"Origin": slack.url, "X-Playground-Token": _token(await _text(browser, "/"))}
    data = {"data": body} if isinstance(body, str) else {"json": body}
    async with browser.post(f"/do/{act}", headers=headers, **data) as answer:
        assert answer.status == status
    assert slack.messages("CGENERAL") == []


async def test_changes_are_streamed(browser: aiohttp.ClientSession, slack: FakeSlack) -> None:
    async with browser.get("/changes") as stream:
        assert stream.headers["Content-Type"] == "text/event-stream"
        first = await stream.content.readuntil(b"\n\n")
        _post(slack)
        second = await stream.content.readuntil(b"\n\n")
    assert int(second.split()[1]) > int(first.split()[1])


@pytest.mark.parametrize(
    ("text", "in_thread", "said"),
    [
        ("/giphy cat", False, "/giphy is not a valid command."),
        ("/alibaba hello", True, "/alibaba is not supported in threads. Sorry!"),
    ],
)
async def test_slackbot_says_what_is_no_command(
    browser: aiohttp.ClientSession, slack: FakeSlack, text: str, in_thread: bool, said: str
) -> None:
    root = _post(slack)
    headers = {"Origin": slack.url, "X-Playground-Token": _token(await _text(browser, "/"))}
    body = {"channel": "CGENERAL", "text": text, "thread": root.ts if in_thread else ""}
    async with browser.post("/do/say", headers=headers, json=body) as answer:
        assert answer.status == 204
    told = slack.messages("CGENERAL", thread_ts=root.ts if in_thread else None)[-1]
    assert told.text.startswith(said)
    assert (told.user, told.ephemeral_to, told.is_reply) == ("USLACKBOT", "UANA", in_thread)


async def _morning(browser: aiohttp.ClientSession, slack: FakeSlack) -> tuple[int, str]:
    headers = {"Origin": slack.url, "X-Playground-Token": _token(await _text(browser, "/"))}
    async with browser.post("/do/morning", headers=headers, json={}) as answer:
        return answer.status, await answer.text()


async def test_without_a_digest_no_morning_comes(browser: aiohttp.ClientSession, slack: FakeSlack) -> None:
    before = slack.calendar()
    assert await _morning(browser, slack) == (
        409,
        "Nobody wants a digest yet. Say /alibaba digest here daily at 9:00",
    )
    assert slack.calendar() - before < 60


async def test_a_morning_without_news(
    browser: aiohttp.ClientSession, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.playground.page._NIGHT", 0.01)
    slack.next_digest = lambda: slack.clock() + 86_400
    assert await _morning(browser, slack) == (409, "Good morning. Nothing is new, so nothing was posted.")
    assert slack.calendar() - slack.clock() > 86_000


async def test_a_morning_with_a_digest(browser: aiohttp.ClientSession, slack: FakeSlack) -> None:
    slack.next_digest = lambda: slack.clock() + 86_400
    _post(slack)
    waiting = asyncio.create_task(_morning(browser, slack))
    await slack.wait_for(lambda: slack.calendar.ahead)
    assert not waiting.done()
    _post(slack)
    assert await waiting == (204, "")
    html = await _text(browser, "/")
    assert html.index("Yesterday") < html.index("Today")
