"""A newcomer's walk through the playground, step by step, in a real browser with the real bot.

The test takes it and looks; ``python -m tests.browser.pictures`` takes it and keeps a picture of every screen.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Locator, Page, async_playwright, expect

from bot import app
from bot.playground.page import add_page
from bot.playground.run import HINTS, at_home, joined
from bot.playground.server import FakeSlack
from bot.settings import load
from tests.conftest import SEEDS, index_all, open_library

CHROMIUM = Path("/usr/bin/chromium")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
#: milliseconds
PATIENCE = 10_000

#: what is done at each screen: look, or take a picture under this name
AtScreen = Callable[[str, Page], Awaitable[None]]


@asynccontextmanager
async def playground(data_dir: Path) -> AsyncIterator[FakeSlack]:
    """The local Slack with its page, and the real bot with the seeds joined to it over signed HTTP."""
    index_all(open_library(data_dir), SEEDS)
    slack = FakeSlack()
    add_page(slack, HINTS)
    at_home(slack)
    await slack.start()
    bot = app.build(joined(load(data_dir=data_dir), slack), calendar=slack.calendar)
    await bot.start()
    slack.next_digest = bot.next_digest
    slack.request_url = f"http://127.0.0.1:{bot.port}/slack/events"
    yield slack
    await bot.stop()
    await slack.stop()


@asynccontextmanager
async def browser(dark: bool = False) -> AsyncIterator[Page]:
    """A page of Debian's Chromium, as wide as a laptop."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        page = await chromium.new_page(
            viewport={"width": 1280, "height": 800}, color_scheme="dark" if dark else "light"
        )
        page.set_default_timeout(PATIENCE)
        yield page
        await chromium.close()


def messages(page: Page) -> Locator:
    """The messages of the open channel."""
    return page.get_by_role("log", name="Messages").get_by_role("article")


async def walk(page: Page, slack: FakeSlack, at: AtScreen) -> None:
    """Six screens and a few more, in the order a newcomer meets them."""
    await page.goto(slack.url)
    await expect(page.get_by_text("This is the very beginning of the")).to_be_visible()
    await at("sidebar", page)
    await page.keyboard.type("/al")
    await expect(page.get_by_role("option", name="/alibaba")).to_be_visible()
    await at("completion", page)
    await page.keyboard.press("Enter")
    await page.keyboard.type("how much did Alibba pledge for AI?")
    await page.keyboard.press("Enter")
    await expect(messages(page).last).to_contain_text("Only visible to you")
    await expect(messages(page).last).to_contain_text("More than $52 billion")
    await at("answer", page)
    await page.get_by_role("button", name="Read in context").first.click()
    await expect(page.get_by_role("dialog")).to_contain_text("Earlier this year, Alibaba pledged")
    await at("context", page)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await _in_a_channel(page, at)
    await _directly(page, at)
    await _tomorrow(page, at)


async def _in_a_channel(page: Page, at: AtScreen) -> None:
    await page.get_by_role("link", name="ai-watch").click()
    await expect(page.get_by_role("textbox", name="Message #ai-watch")).to_be_visible()
    await page.keyboard.type("Morning all. Does anybody know who else builds AI in China?")
    await page.keyboard.press("Enter")
    await expect(messages(page)).to_have_count(1)
    await page.keyboard.type("@ali")
    await page.keyboard.press("Enter")
    await page.keyboard.type("who are Alibaba's competitors?")
    await page.keyboard.press("Enter")
    await page.get_by_text("1 reply").click()
    replies = page.get_by_role("log", name="Replies")
    await expect(replies).to_contain_text("ByteDance")
    await at("thread", page)


async def _directly(page: Page, at: AtScreen) -> None:
    await page.get_by_role("link", name="alibaba-bot").first.click()
    await expect(page.get_by_role("textbox", name="Message alibaba-bot")).to_be_visible()
    for said, question in enumerate(("what is modlescope?", "what dividend does Alibaba pay?"), 1):
        await page.keyboard.type(question)
        await page.keyboard.press("Enter")
        await expect(messages(page)).to_have_count(2 * said)
    await expect(messages(page).last).to_contain_text("mentions dividend")
    await at("messages", page)


async def _tomorrow(page: Page, at: AtScreen) -> None:
    """A digest is set up and the clock is turned, by keys alone."""
    await page.get_by_role("link", name="ai-watch").click()
    await expect(page.get_by_role("textbox", name="Message #ai-watch")).to_be_focused()
    await page.keyboard.type("/alibaba digest here daily at 9:00")
    await page.keyboard.press("Enter")
    await expect(messages(page).last).to_contain_text("I post what is new here every day at 9:00")
    await page.get_by_role("button", name="Tomorrow morning").focus()
    await page.keyboard.press("Enter")
    await expect(messages(page).last).to_contain_text("What is new")
    await at("digest", page)
