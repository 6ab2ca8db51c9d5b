"""Feeds are followed from Slack: said, listed, read in the background, let go."""

import asyncio

import pytest

from tests.bot.live.conftest import Live
from tests.content.site import Site, saying

FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>The &lt;b&gt;News&lt;/b&gt; *now*</title>'
    b"<item><title>Zeppelins</title><link>/a</link><description>The firm bought seven zeppelins, it says.</description>"
    b"</item><item><title>Ships</title><link>/b</link><description>Ships sail.</description></item></channel></rss>"
)


@pytest.fixture
def feeds(admin: Live, site: Site) -> Live:
    """A bot whose admin is Ana, and a feed she may want."""
    site.pages["/feed"] = saying(FEED, Content_Type="application/rss+xml")
    return admin


async def test_a_feed_is_followed_listed_and_let_go(feeds: Live, site: Site) -> None:
    async def said(words: str, begins: str, channel: str) -> str:
        await feeds.slack.slash(words, user="UANA", channel=channel)

        def found() -> str | None:
            texts = [each.text for each in feeds.slack.messages(channel, viewer="UANA")]
            return next((text for text in texts if text.startswith(begins)), None)

        text: str = await feeds.slack.wait_for(found, timeout=20)
        return text.replace("\u2060", "")

    told = await said(f"follow {site.url('/feed')} [only: zeppelns, airships]", "I follow", "CGENERAL")
    assert told == (
        "I follow The News *now* now, for what is about zeppelns or airships. Its newest items come within minutes."
    )

    await feeds.slack.wait_for(lambda: ("/a", site.place) in site.asked, timeout=20)
    for _ in range(100):
        answer = (await feeds.asked("who bought seven zeppelins?")).text
        if "The firm bought seven zeppelins" in answer:
            break
        await asyncio.sleep(0.1)
    assert "The firm bought seven zeppelins" in answer
    assert ("/b", site.place) not in site.asked
    assert f"I follow The News *now* {site.url('/feed')}, for zeppelns or airships" in str(
        (await feeds.asked("sources")).blocks
    )
    assert "I no longer follow The News" in await said("unfollow news", "I no longer", "CAIWATCH")
    assert "I follow nothing called news" in await said("unfollow news", "I follow nothing", "CAIWATCH")


@pytest.mark.parametrize(
    ("words", "user", "answer"),
    [
        ("follow", "UANA", "Follow what?"),
        ("unfollow", "UANA", "Unfollow what?"),
        ("follow https://news.example/", "UBEN", "Only the people named in ALIBABA"),
        ("unfollow news", "UBEN", "Only the people named in ALIBABA"),
    ],
)
async def test_what_is_missing_is_said(feeds: Live, words: str, user: str, answer: str) -> None:
    found = await feeds.asked(words, user=user)
    assert found.text.replace("\u2060", "").startswith(answer)
