"""Take the pictures of the README again: ``make pictures``."""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Page

from tests.browser.walk import browser, playground, walk
from tests.conftest import SEEDS

PICTURES = SEEDS.parent / "deploy" / "pictures"


async def take(name: str, page: Page) -> None:
    """Keep what the screen shows, once it is at rest."""
    await page.wait_for_timeout(300)
    await page.screenshot(path=PICTURES / f"{name}.png")


async def main() -> None:
    """Take the walk, keeping pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with playground(Path(folder)) as slack, browser() as page:
            await walk(page, slack, take)


if __name__ == "__main__":
    asyncio.run(main())
