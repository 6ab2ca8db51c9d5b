"""The page in a real browser: what a person who knows Slack does without being told."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, async_playwright, expect

from bot.playground.page import add_page
from bot.playground.server import FakeSlack
from bot.playground.workspace import BOT, Message
from tests.playground.conftest import HINTS

CHROMIUM = Path("/usr/bin/chromium")
MISSING = not CHROMIUM.exists()
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
#: milliseconds
PATIENCE = 5000

pytestmark = pytest.mark.browser


@pytest.fixture
async def page(slack: FakeSlack) -> AsyncIterator[Page]:
    if MISSING:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"Chromium is not installed: {CHROMIUM} is missing.")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        page = await chromium.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(PATIENCE)
        broken: list[str] = []
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", lambda line: broken.append(line.text) if "Content Security" in line.text else None)
        yield page
        await chromium.close()
        assert broken == []


def composer(page: Page) -> Any:
    return page.get_by_role("textbox", name="Message #general")


async def asked(page: Page, slack: FakeSlack, question: str = "how much?") -> None:
    """A question is asked in #general and answered privately."""
    await page.goto(slack.url)
    await page.keyboard.type(f"/alibaba {question}")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Only visible to you")).to_be_visible()


async def test_a_slash_command_is_completed_sent_and_answered(page: Page, slack: FakeSlack, bot: Any) -> None:
    await page.goto(slack.url)
    await page.keyboard.type("/al")
    option = page.get_by_role("option", name="/alibaba")
    await expect(option).to_contain_text("[your question]")
    await expect(option).to_contain_text("Ask your documents")
    await page.keyboard.press("Enter")
    await expect(composer(page)).to_have_value("/alibaba ")
    await page.keyboard.type("how much?")
    await page.keyboard.press("Enter")
    await expect(composer(page)).to_have_value("")
    answer = page.get_by_role("log", name="Messages").get_by_role("article")
    await expect(answer).to_contain_text("Only visible to you")
    await expect(answer).to_contain_text("Fifty-two billion")
    assert bot.heard[0][0]["text"] == "how much?"


async def test_keys_of_the_completion(page: Page, slack: FakeSlack) -> None:
    await page.goto(f"{slack.url}/?channel=CAIWATCH")
    await page.keyboard.type("hello @")
    options = page.get_by_role("option")
    await expect(options).to_have_count(3)
    names = [await option.inner_text() for option in await options.all()]
    await page.keyboard.press("ArrowDown")
    await expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("ArrowUp")
    await expect(options.nth(2)).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Escape")
    await expect(options).to_have_count(0)
    await page.keyboard.type("ben")
    await page.keyboard.press("Tab")
    assert await page.get_by_role("textbox", name="Message #ai-watch").input_value() == "hello @Ben Okafor "
    assert sum("alibaba-bot" in name for name in names) == 1


async def test_shift_and_return_is_a_new_line(page: Page, slack: FakeSlack) -> None:
    await page.goto(slack.url)
    await page.keyboard.type("one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("two")
    await page.keyboard.press("Enter")
    await slack.wait_for(lambda: [m.text for m in slack.messages("CGENERAL")] == ["one\ntwo"])


async def test_a_mention_is_answered_in_a_thread_that_opens_beside(page: Page, slack: FakeSlack, bot: Any) -> None:
    await page.goto(f"{slack.url}/?channel=CAIWATCH")
    await page.keyboard.type("@alibaba-b")
    await page.keyboard.press("Enter")
    await page.keyboard.type("how much?")
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread).to_contain_text("Fifty-two billion")
    await expect(thread.get_by_role("textbox")).to_be_focused()
    await page.keyboard.type("and in the thread")
    await page.keyboard.press("Enter")
    await expect(thread.get_by_role("article")).to_have_count(3)
    await thread.get_by_role("link", name="Close thread").click()
    await expect(page.get_by_role("link", name="2 replies")).to_be_visible()
    root = slack.messages("CAIWATCH")[0]
    assert root.text == "<@UALIBABA> how much?"
    assert slack.messages("CAIWATCH", thread_ts=root.ts)[2].text == "and in the thread"


async def test_a_conversation_with_the_bot(page: Page, slack: FakeSlack, bot: Any) -> None:
    await page.goto(slack.url)
    await page.get_by_role("navigation").get_by_role("link", name="alibaba-bot").click()
    await page.get_by_role("button", name="what is Qwen?").click()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log")).to_contain_text("You said: what is Qwen?")


async def test_a_modal_opens_over_the_page_is_corrected_and_sent(page: Page, slack: FakeSlack, bot: Any) -> None:
    await asked(page, slack)
    await page.get_by_role("button", name="Read in context").click()
    dialog = page.get_by_role("dialog", name="In context")
    field = dialog.get_by_role("textbox", name="Why?")
    await expect(field).to_be_focused()
    await field.fill("x")
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog).to_contain_text("Say more.")
    await expect(field).to_have_value("x")
    await field.fill("because")
    await page.keyboard.press("Enter")
    await expect(dialog).to_have_count(0)
    assert slack.modal() is None


async def test_escape_closes_a_modal_and_the_bot_hears(page: Page, slack: FakeSlack, bot: Any) -> None:
    await asked(page, slack)
    await page.get_by_role("button", name="Read in context").click()
    dialog = page.get_by_role("dialog", name="In context")
    await dialog.get_by_role("button", name="Next").click()
    turned = page.get_by_role("dialog", name="Turned")
    await expect(turned).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(turned).to_have_count(0)
    await slack.wait_for(lambda: bot.heard[-1][0]["type"] == "view_closed")


@pytest.mark.parametrize("way", ["escape", "cross", "close"])
@pytest.mark.parametrize("meanwhile", ["nothing", "the view turned", "the message changed"])
async def test_a_closed_modal_gives_the_focus_back(
    page: Page, slack: FakeSlack, bot: Any, way: str, meanwhile: str
) -> None:
    await asked(page, slack)
    button = page.get_by_role("button", name="Read in context")
    await button.click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_have_accessible_name("In context")
    if meanwhile == "the view turned":
        await dialog.get_by_role("button", name="Next").click()
        await expect(dialog).to_have_accessible_name("Turned")
    if meanwhile == "the message changed":
        slack.workspace.troubles[slack.messages("CGENERAL")[-1].ts] = "Something new"
        slack.workspace.changes.bump()
        await expect(page.get_by_text("Something new")).to_be_attached()
    if way == "escape":
        await page.keyboard.press("Escape")
    else:
        await dialog.get_by_role("button", name="Close" if way == "cross" else "Cancel").click()
    await expect(dialog).to_have_count(0)
    await expect(button).to_be_focused()


async def test_a_button_waits_visibly_and_says_when_nobody_answers(page: Page, slack: FakeSlack, bot: Any) -> None:
    async def slowly(next: Any) -> None:
        await slack.wait_for(lambda: slack.clock() > began + 0.5)
        await next()

    await asked(page, slack)
    began = slack.clock()
    bot.app.use(slowly)
    share = page.get_by_role("button", name="Share to channel")
    await share.click()
    await expect(share).to_have_attribute("aria-busy", "true")
    await expect(page.get_by_text("Shared.")).to_be_visible()
    await expect(share).not_to_have_attribute("aria-busy", "true")
    await page.get_by_role("button", name="Broken").click()
    await expect(page.get_by_role("alert")).to_contain_text("This app is not responding")


async def test_a_command_nobody_answers_fails_in_slacks_words(page: Page, slack: FakeSlack) -> None:
    await page.goto(slack.url)
    await page.keyboard.type("/alibaba anyone?")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("article")).to_contain_text("/alibaba failed with the error operation_timeout")


async def test_news_leave_the_typed_words_the_focus_and_the_place_alone(page: Page, slack: FakeSlack, bot: Any) -> None:
    for number in range(40):
        await slack.say(f"line {number}", channel="CGENERAL", user="UBEN")
    await asked(page, slack)
    await page.keyboard.type("half a thought")
    log = page.get_by_role("log")
    await log.evaluate("list => (list.scrollTop = 120)")
    share = page.get_by_role("button", name="Share to channel")
    await share.evaluate("button => button.focus({ preventScroll: true })")
    await slack.say("news", channel="CGENERAL", user="UBEN")
    await expect(log).to_contain_text("news")
    assert await log.evaluate("list => list.scrollTop") == 120
    await expect(share).to_be_focused()
    await expect(composer(page)).to_have_value("half a thought")
    await page.reload()
    await expect(composer(page)).to_have_value("half a thought")


async def test_hostile_words_stay_words(page: Page, slack: FakeSlack, bot: Any) -> None:
    words = "<img src=x onerror=document.title='hit'> <!channel> *b* </article>"
    await page.goto(f"{slack.url}/?channel=DANA")
    await page.keyboard.type(words)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("article")).to_have_count(2)
    assert await page.locator(".message img").count() == 0
    assert "hit" not in await page.title()
    assert "&lt;!channel&gt;" in slack.messages("DANA")[0].text


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_narrow_screen_shows_one_thing_at_a_time(page: Page, slack: FakeSlack, bot: Any, scheme: Any) -> None:
    await page.set_viewport_size({"width": 400, "height": 800})
    await page.emulate_media(color_scheme=scheme)
    await asked(page, slack)
    assert await page.evaluate("document.documentElement.scrollWidth") <= 400
    channels = page.get_by_role("navigation")
    await expect(channels).to_be_hidden()
    await page.get_by_role("button", name="Show channels").click()
    await channels.get_by_role("link", name="ai-watch").click()
    await expect(page.get_by_role("heading", name="ai-watch").first).to_be_visible()


# tables


def table(columns: int) -> dict[str, Any]:
    """A header and a row of words that do not fit beside each other."""
    words = [{"type": "raw_text", "text": f"infrastructure commitment {number}"} for number in range(columns)]
    return {"type": "table", "rows": [words, words]}


@pytest.mark.parametrize(("columns", "width", "fits"), [(3, 400, True), (4, 1280, True), (8, 400, False)])
async def test_a_table_shrinks_first_and_then_scrolls_with_a_sign(
    page: Page, slack: FakeSlack, columns: int, width: int, fits: bool
) -> None:
    root = Message(slack.workspace.new_ts(), "CGENERAL", BOT, "", blocks=(table(columns),))
    slack.workspace.post(root)
    await page.set_viewport_size({"width": width, "height": 800})
    await page.goto(f"{slack.url}/?thread={root.ts}")
    region = page.get_by_role("complementary", name="Thread").get_by_role("region", name="Table")
    assert await region.evaluate("each => each.scrollWidth <= each.clientWidth") is fits
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    edges = "each => [getComputedStyle(each).backgroundAttachment, getComputedStyle(each).scrollbarWidth]"
    assert await region.evaluate(edges) == ["local, local, scroll, scroll", "thin"]
    before = await region.screenshot()
    await region.evaluate("each => (each.scrollLeft = 30)")
    assert (await region.screenshot() == before) is fits


# the server goes and comes


async def started_again(page: Page, slack: FakeSlack, while_gone: Callable[[], Awaitable[None]]) -> FakeSlack:
    """Another server on the same port, after something was done without any."""
    port = int(slack.url.rpartition(":")[2])
    await slack.stop()
    bar = page.get_by_role("alert").filter(has_text="Not connected. Trying to reconnect…")
    await expect(bar).to_be_visible()
    await while_gone()
    again = FakeSlack()
    add_page(again, HINTS)
    await again.start(port=port)
    await expect(bar).to_be_hidden()
    return again


async def test_while_the_server_is_gone_nothing_is_lost_and_then_the_page_recovers(
    page: Page, slack: FakeSlack
) -> None:
    await page.goto(slack.url)
    await slack.say("before", channel="CGENERAL")
    await expect(page.get_by_role("article")).to_have_count(1)
    dot = page.locator(".presence")
    colour = "each => getComputedStyle(each).backgroundColor"
    active = await dot.evaluate(colour)

    async def try_things() -> None:
        assert await dot.evaluate(colour) != active
        await page.keyboard.type("hello @ben")
        await page.keyboard.press("Escape")
        await page.keyboard.press("Enter")
        await expect(composer(page)).to_have_value("hello @ben")
        await expect(composer(page)).to_be_focused()
        await expect(page.get_by_role("option")).to_have_count(0)
        await page.get_by_role("link", name="ai-watch").click()
        await expect(composer(page)).to_have_value("hello @ben")

    again = await started_again(page, slack, try_things)
    await expect(page.get_by_role("article")).to_have_count(0)
    assert await dot.evaluate(colour) == active
    await composer(page).press("Enter")
    await expect(page.get_by_role("article")).to_contain_text("hello @Ben Okafor")
    await expect(composer(page)).to_have_value("")
    await again.stop()


async def test_the_first_word_after_a_restart_is_heard_though_the_page_is_from_before(
    page: Page, slack: FakeSlack
) -> None:
    await page.goto(slack.url)
    stale = await page.locator("meta[name=token]").get_attribute("content")
    await page.route("**/do/say", lambda route: route.continue_(headers=_with(route.request.headers, stale)), times=1)
    again = await started_again(page, slack, lambda: page.keyboard.type("hello"))
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("article")).to_contain_text("hello")
    await again.stop()


def _with(headers: dict[str, str], token: str | None) -> dict[str, str]:
    return {**headers, "x-playground-token": str(token)}


async def test_a_thread_of_an_earlier_run_is_gone_and_its_reply_is_not(page: Page, slack: FakeSlack) -> None:
    await slack.say("root", channel="CGENERAL")
    await page.goto(f"{slack.url}/?thread={slack.messages('CGENERAL')[0].ts}")
    reply = page.get_by_role("textbox", name="Reply…")
    again = await started_again(page, slack, lambda: page.keyboard.type("my reply"))
    await expect(page.get_by_role("log", name="Replies")).to_have_text("This thread is not there any more.")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("That is not there any more.")
    await expect(reply).to_have_value("my reply")
    assert again.workspace.log == {}
    await again.stop()


async def test_a_modal_closes_without_the_server(page: Page, slack: FakeSlack, bot: Any) -> None:
    await asked(page, slack)
    button = page.get_by_role("button", name="Read in context")
    await button.click()
    await expect(page.get_by_role("dialog")).to_have_count(1)

    async def leave() -> None:
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await expect(button).to_be_focused()

    await (await started_again(page, slack, leave)).stop()


async def test_a_reload_keeps_the_place_and_every_draft_where_it_was_written(page: Page, slack: FakeSlack) -> None:
    await slack.say("root", channel="CAIWATCH")
    thread = f"/?channel=CAIWATCH&thread={slack.messages('CAIWATCH')[0].ts}"
    drafts = {"/": "for all", "/?channel=CAIWATCH": "for the watchers", thread: "for the thread", "/?channel=DANA": ""}
    for path, words in drafts.items():
        await page.goto(slack.url + path)
        await page.keyboard.type(words)
    for path, words in drafts.items():
        await page.goto(slack.url + path)
        await page.reload()
        assert page.url == slack.url + path
        boxes = page.locator("main textarea"), page.locator(".thread textarea")
        await expect(boxes["thread" in path]).to_have_value(words)
        if "thread" in path:
            await expect(boxes[0]).to_have_value("for the watchers")


async def test_the_tabs_of_the_app(page: Page, slack: FakeSlack, bot: Any) -> None:
    await page.goto(f"{slack.url}/?channel=DANA")
    await page.get_by_role("button", name="what is Qwen?").click()
    await expect(page.get_by_role("textbox", name="Message alibaba-bot")).to_have_value("what is Qwen?")
    await page.get_by_role("link", name="Home").click()
    await expect(page.get_by_role("heading", name="At home")).to_be_visible()
    await page.get_by_role("link", name="Messages").click()
    await expect(page.get_by_role("textbox", name="Message alibaba-bot")).to_be_focused()


async def test_the_menu_of_a_message_by_keyboard(page: Page, slack: FakeSlack, bot: Any) -> None:
    slack.workspace.post(Message(slack.workspace.new_ts(), "CGENERAL", "UBEN", "Qwen is out"))
    await page.goto(slack.url)
    await page.get_by_label("More actions").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="About this message")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("About: Qwen is out")).to_be_visible()
    await expect(page.get_by_text("Only visible to you")).to_be_visible()


async def test_a_reaction_by_keyboard(page: Page, slack: FakeSlack, bot: Any) -> None:
    slack.workspace.post(Message(slack.workspace.new_ts(), "CGENERAL", BOT, "Wrong"))
    await page.goto(slack.url)
    button = page.get_by_role("button", name="React with ❌").first
    await button.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("You reacted with x.")).to_be_visible()
    await expect(button).to_have_attribute("aria-pressed", "true")
