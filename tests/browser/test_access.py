"""Who sees little, or uses no mouse, finds their way through every screen: axe-core, and keys alone."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page, ViewportSize, expect

from bot.playground.server import FakeSlack
from tests.browser.screens import SCREENS
from tests.browser.walk import CHROMIUM, browser, messages, playground

pytestmark = pytest.mark.browser
NARROW, WIDE = ViewportSize(width=400, height=800), ViewportSize(width=1280, height=800)
RUN: Final = """async (rules) => (await axe.run({resultTypes: ["violations"], ...rules})).violations
    .map(({id, impact, nodes}) => ({id, impact, where: nodes.map((node) => node.html.slice(0, 200))}))"""
#: theme → what axe-core looks for: the other differs in its colours only
RULES: Final[dict[Any, dict[str, list[str]]]] = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}
#: what is wider than the page though it does not scroll
WIDER: Final = """() => [...document.querySelectorAll("*")].filter((each) => !each.closest(".scroll, svg"))
    .filter((each) => each.getClientRects().length && each.getBoundingClientRect().right > innerWidth + 1
        && getComputedStyle(each).visibility === "visible").map((each) => each.outerHTML.slice(0, 120))"""


@pytest.fixture
async def open_page(tmp_path: Path) -> AsyncIterator[tuple[Page, FakeSlack]]:
    if not CHROMIUM.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"Chromium is not installed: {CHROMIUM} is missing.")
    async with playground(tmp_path) as slack, browser() as page:
        yield page, slack


async def _complaints(page: Page) -> list[Any]:
    """What axe-core finds wrong in any theme, and what is too wide for a phone."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE_SCRIPT)
    found = []
    for scheme, rules in RULES.items():
        await page.emulate_media(color_scheme=scheme)
        found += await page.evaluate(RUN, rules)
    await page.set_viewport_size(NARROW)
    found += await page.evaluate(WIDER)
    await page.set_viewport_size(WIDE)
    return found


async def test_every_screen_in_both_themes_and_on_a_phone(open_page: tuple[Page, FakeSlack]) -> None:
    page, slack = open_page
    found = {}
    for name, show in SCREENS.items():
        await show(page, slack)
        found[name] = await _complaints(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


async def test_keys_alone(open_page: tuple[Page, FakeSlack]) -> None:
    page, slack = open_page
    await slack.say("What is Qwen?", channel="CAIWATCH", user="UBEN")
    await slack.say("And ModelScope?", channel="CAIWATCH", user="UBEN")
    await page.goto(f"{slack.url}/?channel=CAIWATCH")
    said = messages(page)
    await expect(page.get_by_role("textbox")).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    while not await page.evaluate("document.activeElement.matches('.messages')"):
        await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("ArrowUp")
    await expect(said.last).to_be_focused()
    assert await said.last.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
    await page.keyboard.press("ArrowUp")
    await expect(said.first).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(said.first).to_be_focused()
    more = said.first.get_by_label("More actions")
    while not await more.evaluate("each => each === document.activeElement"):
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    ask = page.get_by_role("menuitem", name="Ask about this message")
    await expect(ask).to_be_focused()
    for key in ("ArrowDown", "ArrowUp", "End", "Home"):
        await page.keyboard.press(key)
        await expect(ask).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(ask).to_have_count(0)
    await expect(more).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(ask).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(said.last).to_contain_text("Only visible to you")
    await _on_a_phone(page)


async def _on_a_phone(page: Page) -> None:
    """A menu closes for a press elsewhere, the list of channels for Escape."""
    await page.set_viewport_size(NARROW)
    await messages(page).first.get_by_label("More actions").click()
    await expect(page.get_by_role("menuitem")).to_have_count(1)
    await page.get_by_role("textbox").click()
    await expect(page.get_by_role("menuitem")).to_have_count(0)
    show = page.get_by_role("button", name="Show channels")
    await show.click()
    await expect(page.get_by_role("link", name="general")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("link", name="general")).to_be_hidden()
    await expect(show).to_be_focused()
