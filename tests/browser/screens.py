"""Every screen of the playground's page, with the real bot behind it: what a test looks at and a person may."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from playwright.async_api import Page, expect

from bot.playground.server import FakeSlack
from bot.playground.workspace import BOT, Message
from handlers.views import notices, outgoing, tables
from handlers.views.blocks import Message as View
from tests.browser.walk import messages
from tests.handlers.conftest import Canned

Show = Callable[[Page, FakeSlack], Awaitable[None]]


async def _welcome(page: Page, slack: FakeSlack) -> None:
    await page.goto(slack.url)
    await expect(page.get_by_text("This is the very beginning of the")).to_be_visible()


async def _completion(page: Page, slack: FakeSlack) -> None:
    await page.keyboard.type("/al")
    await expect(page.get_by_role("option", name="/alibaba")).to_be_visible()


async def _answer(page: Page, slack: FakeSlack) -> None:
    await page.get_by_role("textbox").fill("")
    await slack.slash("how much did Alibba pledge for AI?")
    await page.goto(slack.url)
    await expect(messages(page).last).to_contain_text("More than $52 billion")


async def _reading(page: Page, slack: FakeSlack) -> None:
    await page.get_by_role("button", name="Read in context").first.click()
    await expect(page.get_by_role("dialog")).to_contain_text("Earlier this year, Alibaba pledged")


async def _reading_on(page: Page, slack: FakeSlack) -> None:
    """More of the article, without losing the place."""
    await page.get_by_role("button", name="More", exact=True).click()
    await expect(page.get_by_role("button", name="More", exact=True)).to_have_count(0)
    body = page.get_by_role("dialog").locator(".body")
    assert await body.evaluate("each => each.scrollTop > 0 && each.scrollHeight > 2 * each.clientHeight")


async def _comment(page: Page, slack: FakeSlack) -> None:
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="This did not help").first.click()
    await expect(page.get_by_role("dialog")).to_contain_text("What was wrong?")


async def _prompts(page: Page, slack: FakeSlack) -> None:
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.goto(f"{slack.url}/?channel=DANA")
    await expect(page.get_by_text("suggests:")).to_be_visible()


async def _home(page: Page, slack: FakeSlack) -> None:
    await page.goto(f"{slack.url}/?channel=DANA&tab=home")
    await expect(page.get_by_text("Recent figures")).to_be_visible()


async def _figures(page: Page, slack: FakeSlack) -> None:
    await slack.say("figures infrastructure", channel="DANA")
    await page.goto(f"{slack.url}/?channel=DANA")
    await expect(page.get_by_role("table")).to_be_visible()


async def _chart(page: Page, slack: FakeSlack) -> None:
    """The seeds have no four figures of one quantity; these have."""
    canned = Canned()
    _posted(slack, "DANA", tables.topic_table(canned.compared(), canned.documents()))
    await expect(page.get_by_role("figure")).to_be_visible()


async def _not_found(page: Page, slack: FakeSlack) -> None:
    for words, said in (("what dividend does Alibaba pay?", "none mentions"), ("help", "any question")):
        await slack.say(words, channel="DANA")
        await expect(messages(page).last).to_contain_text(said)


async def _agent(page: Page, slack: FakeSlack) -> None:
    await slack.say("what is modlescope?", channel="DANA")
    root = next(each for each in reversed(slack.messages("DANA")) if each.user != BOT)
    await slack.say("and Qwen?", channel="DANA", thread_ts=root.ts)
    await page.goto(f"{slack.url}/?channel=DANA&thread={root.ts}")
    await expect(page.get_by_role("log", name="Replies").get_by_role("article")).to_have_count(3)


async def _thread(page: Page, slack: FakeSlack) -> None:
    await slack.say("Morning all. Does anybody know who else builds AI in China?", channel="CAIWATCH", user="UBEN")
    await slack.say(f"<@{BOT}> who are Alibaba's competitors?", channel="CAIWATCH")
    root = slack.messages("CAIWATCH")[-1]
    await page.goto(f"{slack.url}/?channel=CAIWATCH&thread={root.ts}")
    await expect(page.get_by_role("log", name="Replies")).to_contain_text("ByteDance")


async def _reactions(page: Page, slack: FakeSlack) -> None:
    first = slack.messages("CAIWATCH")[0]
    await slack.react(first, "eyes", user="UBEN")
    await slack.react(first, "x")
    await page.goto(f"{slack.url}/?channel=CAIWATCH")
    await expect(page.locator(".reactions").first).to_be_visible()


async def _menu(page: Page, slack: FakeSlack) -> None:
    await messages(page).first.hover()
    await messages(page).first.get_by_label("More actions").click()
    await expect(page.get_by_role("menuitem", name="Ask about this message")).to_be_visible()


async def _error(page: Page, slack: FakeSlack) -> None:
    said = _posted(slack, "CAIWATCH", notices.sorry("k3f9"))
    slack.workspace.troubles[said.ts] = "This app is not responding. Try again in a moment."
    await page.goto(f"{slack.url}/?channel=CAIWATCH")
    await expect(page.get_by_text("reference k3f9")).to_be_visible()


async def _digest(page: Page, slack: FakeSlack) -> None:
    await slack.slash("digest here daily at 9:00", channel="CAIWATCH")
    await expect(messages(page).last).to_contain_text("I post what is new here every day at 9:00")
    await page.get_by_role("button", name="Tomorrow morning").click()
    await expect(messages(page).last).to_contain_text("What is new")


def _posted(slack: FakeSlack, channel: str, view: View) -> Message:
    """A message of the bot's, without a question."""
    sent = outgoing.message(view)
    return slack.workspace.post(Message(slack.workspace.new_ts(), channel, BOT, sent["text"], tuple(sent["blocks"])))


#: screen → what leads to it, in this order
SCREENS: Final[Mapping[str, Show]] = {
    "welcome": _welcome,
    "completion": _completion,
    "answer": _answer,
    "reading": _reading,
    "reading on": _reading_on,
    "comment": _comment,
    "prompts": _prompts,
    "home": _home,
    "figures": _figures,
    "chart": _chart,
    "not found and help": _not_found,
    "agent view": _agent,
    "thread": _thread,
    "reactions": _reactions,
    "menu": _menu,
    "error": _error,
    "digest": _digest,
}
