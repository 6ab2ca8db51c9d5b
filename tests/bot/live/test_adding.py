"""People in Slack add to the documents: those who may, with a word while they wait, and it is found at once."""

import pytest

from tests.bot.live.conftest import Live
from tests.content.site import Site, saying

ARTICLE = (
    b"<html><head><title>Zeppelins</title></head><body><article><h1>Zeppelins</h1><p>The firm bought seven zeppelins "
    b"<!channel> for $3 billion, it says.</p></article></body></html>"
)


@pytest.fixture
def adding(admin: Live, site: Site) -> Live:
    """A bot whose admin is Ana, and pages she may want."""
    site.pages |= {"/a": saying(ARTICLE), "/b": saying(b"", 404)}
    return admin


async def said(live: Live, channel: str, until: str, viewer: str = "UANA") -> list[str]:
    """What the bot has said in a channel, as soon as one of it has these words."""

    def found() -> list[str] | None:
        texts = [each.text for each in live.slack.messages(channel, viewer=viewer)]
        return texts if any(until in text for text in texts) else None

    texts: list[str] = await live.slack.wait_for(found, timeout=20)
    return texts


async def test_a_command_adds_a_page_and_its_progress_becomes_the_result(adding: Live, site: Site) -> None:
    await adding.slack.slash(f"add {site.url('/a')}", user="UANA", channel="CGENERAL")
    assert await said(adding, "CGENERAL", "Added: Zeppelins") == ["Added: Zeppelins"]
    answer = await adding.asked("who bought zeppelins?")
    assert "seven zeppelins" in answer.text


async def test_a_direct_message_with_a_link_adds_it(adding: Live, site: Site) -> None:
    await adding.slack.say(f"<{site.url('/a')}>", channel="DANA")
    assert (await said(adding, "DANA", "Added: Zeppelins"))[1:] == ["Added: Zeppelins"]
    await adding.slack.say(f"add {site.url('/a')}", channel="DANA")
    assert (await said(adding, "DANA", "I know this one already"))[3:] == ["I know this one already: Zeppelins"]


@pytest.mark.parametrize(
    ("words", "user", "answer"),
    [
        ("add {b}", "UANA", "I could not add {b}: there is nothing at that address."),
        ("add http://127.0.0.1/", "UANA", "I could not add http://127.0.0.1/: 127.0.0.1 is not on the public web;"),
        ("add", "UANA", "Add what?"),
        ("add {a}", "UBEN", "Only the people named in ALIBABA"),
    ],
)
async def test_what_cannot_be_added_is_said(adding: Live, site: Site, words: str, user: str, answer: str) -> None:
    urls = {"a": site.url("/a"), "b": site.url("/b")}
    await adding.slack.slash(words.format(**urls), user=user, channel="CGENERAL")
    plain = [text.replace("\u2060", "") for text in await said(adding, "CGENERAL", answer.split(" {")[0][:20], user)]
    assert len(plain) == 1
    assert plain[0].startswith(answer.format(**urls))
    assert ("/a", site.place) not in site.asked


@pytest.mark.parametrize(("user", "told"), [("UANA", True), ("UBEN", False)])
async def test_help_tells_who_may_how_to(adding: Live, user: str, told: bool) -> None:
    assert ("add https://…" in str((await adding.asked("help", user=user)).blocks)) is told


async def test_without_admins_nobody_adds(http: Live) -> None:
    answer = await http.asked("add https://news.example/a")
    assert "Nobody can add documents from Slack here" in answer.text
