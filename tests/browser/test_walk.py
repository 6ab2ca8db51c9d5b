"""The main job, end to end: a newcomer's first minutes, with the real bot, in a real browser."""

import os
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.walk import CHROMIUM, browser, playground, walk
from tests.conftest import SEEDS

pytestmark = pytest.mark.browser


async def _no_errors(name: str, page: Page) -> None:
    """Nothing on any screen that Slack's or the bot's failures would put there."""
    await expect(page.get_by_role("alert")).to_have_count(0)
    await expect(page.get_by_text("This block is not supported")).to_have_count(0)


async def test_a_newcomer_finds_their_way(tmp_path: Path) -> None:
    if not CHROMIUM.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"Chromium is not installed: {CHROMIUM} is missing.")
    async with playground(tmp_path) as slack, browser() as page:
        await walk(page, slack, _no_errors)
        assert slack.failures == []
        assert [call.method for call in slack.calls if call.error] == []


@pytest.mark.parametrize("name", ["sidebar", "completion", "answer", "context", "thread", "messages", "digest"])
def test_the_pictures_are_there(name: str) -> None:
    picture = SEEDS.parent / "deploy" / "pictures" / f"{name}.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
