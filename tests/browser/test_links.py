"""A link to a sentence opens there in a real browser, and the browser marks it."""

import os
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from playwright.async_api import Page

from bot import server
from content.links import deep_link
from tests.browser.walk import CHROMIUM, browser

pytestmark = pytest.mark.browser

#: above what is linked to: nearly the same words, and more than a screen of nothing
ABOVE = """<!doctype html><meta charset="utf-8"><style>::target-text { background: red }</style>
<p>Shimmer cost $9 million in 2021. In 2022 its owners said “we grow”. 他们的云增长了。</p><p style="height: 3000px">"""
BELOW = """</p><p style="height: 3000px">"""
OFF = "::target-text { background: transparent !important; color: inherit !important }"
LONG = "In 2022 its owners said, as many had feared, that they would spend more on chips than on everything else."
CHINESE = (
    "他们的云今年在人工智能、芯片和数据中心上的投资增长了百分之八，"
    "公司的负责人在会议上对记者说，明年还会更多，因为需求很大。"
)
CELLS = "<table><tr><td>Shimmer</td><td>$9 million</td><td>2021</td></tr></table>"
#: a sentence as our text has it, and as its page does
SHOWN = {
    "plain": ("Costs fell in May.", "<p>It rained. {}</p>"),
    "long": (LONG, "<p>It rained. {} It rained again.</p>"),
    "curly quotes": ("“We grow,” it’s said; ‘more’ follows.", "<p>It rained. {}</p>"),
    "dashes": ("The plan – a three-year one—cost 8-10 times as much, non-stop.", "<p>{}</p>"),
    "commas and signs": ("Up 8.5%, to 1,234; a=b & c #1, 100%25 sure?", "<p>It rained. {}</p>"),
    "Cyrillic": ("Облако выросло на 8 %, говорит «Алибаба».", "<p>{}</p>"),
    "Arabic": ("نمت السحابة بنسبة ٨٪ هذا العام.", "<p dir=rtl>{}</p>"),
    "Chinese": ("他们的云增长了百分之八。", "<p>今天下雨。{}明天也是。</p>"),
    "long Chinese": (CHINESE, "<p>今天下雨。{}明天也是。</p>"),
    "set otherwise": (
        "Costs fell by 8 % in May.",
        "<p>Costs\n fell by <a>8&nbsp;%</a> <b>in</b> May.</p>",
    ),
    "lines": ("Costs fell\nby 8%", "<p>Costs fell<br>by 8%</p>"),
    "a row of a table": ("Shimmer | $9 million | 2021", CELLS),
}


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """Where the pages are served, each under its number."""
    if not CHROMIUM.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"Chromium is not installed: {CHROMIUM} is missing.")

    async def shown(request: web.Request) -> web.Response:
        sentence, html = list(SHOWN.values())[int(request.match_info["number"])]
        text = sentence.replace("&", "&amp;")
        body = f'{ABOVE}<div id="linked">{html.format(text)}</div>{BELOW}'
        return web.Response(text=body, content_type="text/html")

    application = web.Application()
    application.router.add_get("/{number}", shown)
    close, port = await server.listen(application, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{port}"
    await close()


async def _marked(page: Page) -> bool:
    """Whether what was linked to is on the screen and looks otherwise than without a mark."""
    there = page.locator("#linked")
    box = await there.bounding_box()
    with_mark = await there.screenshot()
    await page.add_style_tag(content=OFF)
    return box is not None and 0 <= box["y"] < 800 and with_mark != await there.screenshot()


async def test_a_link_opens_at_its_sentence(address: str) -> None:
    found = []
    async with browser() as page:
        for number, (name, (sentence, _)) in enumerate(SHOWN.items()):
            passage = f"It rained. {sentence}"
            await page.goto(str(deep_link(f"{address}/{number}", passage, [(11, len(passage))])))
            await page.wait_for_function("scrollY > 0")
            found += [name] if await _marked(page) else []
        await page.goto(f"{address}/0#linked:~:text=Costs%20fel")
        assert not await _marked(page)
    assert found == list(SHOWN)
