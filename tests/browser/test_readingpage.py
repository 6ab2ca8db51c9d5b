"""The reading page in a real browser: its own style gets past its own policy, in both themes and on a phone."""

import os
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import async_playwright

from bot import server
from bot.readingpage import Links, Pages, signing_key
from content.documents import Place
from content.library import Library
from tests.browser.walk import ARGS, CHROMIUM

pytestmark = pytest.mark.browser
PLACE = Place("quiet-ai-revolution", 10, ((0, 74),))


@pytest.fixture
async def address(seeds: Library) -> AsyncIterator[str]:
    if not CHROMIUM.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"Chromium is not installed: {CHROMIUM} is missing.")
    made = Links("http://bot.example", signing_key("xoxb-1"), lambda: 0, 30)
    application = server.application(server.Health(lambda: True), None, Pages(made, seeds.excerpt))
    close, port = await server.listen(application, "127.0.0.1", 0)
    parts = urlsplit(str(made.to(PLACE)))
    yield f"http://127.0.0.1:{port}{parts.path}?{parts.query}#{parts.fragment}"
    await close()


@pytest.mark.parametrize(
    ("scheme", "width", "paper"),
    [("light", 1000, "rgb(251, 250, 248)"), ("dark", 1000, "rgb(23, 24, 26)"), ("light", 400, "rgb(251, 250, 248)")],
)
async def test_the_page_is_readable(address: str, scheme: Any, width: int, paper: str) -> None:
    complaints: list[str] = []
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        page = await chromium.new_page(color_scheme=scheme, viewport={"width": width, "height": 700})
        page.on("console", lambda message: complaints.append(message.text))
        await page.goto(address)
        assert await page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == paper
        assert await page.evaluate("document.documentElement.scrollWidth") == width
        mark = page.locator("mark")
        assert (await mark.text_content() or "").startswith("Alibaba’s quiet AI revolution shows")
        box = await mark.bounding_box()
        assert box
        assert 0 <= box["y"] < 700
        assert await page.locator("#p9 .note").is_visible()
        await chromium.close()
    assert [said for said in complaints if "favicon" not in said] == []
