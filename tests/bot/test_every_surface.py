"""Each surface, each verb, each way it may end: exactly one reply, whole, to the right people, in the right place."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, get_args

import pytest
import pytest_asyncio
import slackblocks as theirs

from bot.playground.delivery import Delivery
from bot.playground.workspace import BOT, Message
from handlers import shortcut
from handlers.grammar import Verb
from handlers.views.limits import check
from tests.bot.live.conftest import DOCUMENTS
from tests.bot.town import ADMIN, Town, settled
from tests.conftest import open_library
from tests.handlers.views.oracle import built, said

#: what stands above a button
LOOK: Final = "Look"
#: there the words mean something else: all are a question, or go on from one
READ_ANEW: Final = frozenset({"shortcut", "shortcut in a thread", "followed thread"})
ENDS: Final = ("found", "not found", "misspelled", "empty", "4,000 characters", "error inside")
#: verb → words that end so, in the order of ENDS; an error inside has the words of what is found
VERBS: Final[dict[str, tuple[str, ...]]] = {
    "ask": ("what is Qwen?", "what is the Qwen dividend?", "what is modlescope?", "", "what is Qwen? "),
    "figures": ("figures AI", "figures zebra", "figurs AI", "figures", "figures zebra "),
    "summary": ("summary quiet", "summary zebra", "sumary quiet", "summary", "summary zebra "),
    "sources": ("sources", "sources of zebras", "sourcs", "list the sources", "sources of zebras "),
    "status": ("status", "status of zebras", "staus", "ping", "status of zebras "),
    "help": ("help", "help the zebras", "hlep", "?", "help the zebras "),
    "add": ("add https://news.example/a", "add nowhere.example", "adds news.example", "add", "add a.example "),
    "follow": (
        "follow news.example/feed only: chips",
        "follow nowhere.example",
        "folow news.example/feed",
        "follow",
        "follow a.example only: ",
    ),
    "unfollow": ("unfollow news", "unfollow zebra", "unfolow news", "unfollow", "unfollow zebra "),
    "digest": ("digest daily at 9", "digest zebra", "digset weekdays", "digest", "digest zebra "),
    "numbers": ("what about the numbers?", "any figures?", "what about the nubmers?", "the figures", "any figures "),
    "said": ("who said that?", "says who?", "who siad that?", "according to whom?", "who said that "),
    "where": ("where does it say that?", "the source?", "where dose it say that?", "source", "where does it say that "),
    "more": ("tell me more", "anything else?", "tell me mroe", "more", "tell me more "),
    "unclear": ("and that one?", "what about it?", "waht about it?", "and it", "and that "),
    "hello": ("hello", "hello zebra", "helo", "hi", "hello "),
    "thanks": ("thanks", "thanks zebra", "thnaks", "thx", "thank you "),
    "okay": ("okay", "okay zebra", "okya", "k", "okay "),
    "about": ("what can you do?", "what can zebras do?", "waht can you do?", "help me", "what can you do? "),
    "bye": ("bye", "bye zebra", "byee", "good night", "good night "),
    "forget": ("forget me", "forget zebra", "forgte me", "delete my data", "forget me "),
}
#: what needs no documents cannot break with them
UNBREAKABLE: Final = frozenset({"thanks", "okay", "bye", "forget"})
#: what stands in the reply, wherever the words are read as an order
SAYS: Final[dict[tuple[str, str], str]] = {
    ("ask", "found"): "Qwen is a family of language models.",
    ("ask", "not found"): "none mentions ",
    ("ask", "misspelled"): "(you wrote “modlescope”)",
    ("ask", "empty"): "I answer from your documents",
    ("figures", "found"): "more than $52 billion",
    ("figures", "not found"): "No figures for “zebra”",
    ("figures", "misspelled"): "(you wrote “figurs”)",
    ("summary", "found"): "The quiet revolution happens in logistics",
    ("summary", "not found"): "I found nothing about “zebra”",
    ("summary", "misspelled"): "(you wrote “sumary”)",
    ("sources", "misspelled"): "(you wrote “sourcs”)",
    ("status", "misspelled"): "(you wrote “staus”)",
    ("help", "misspelled"): "(you wrote “hlep”)",
    ("add", "found"): "Added",
    ("add", "not found"): "I could not add nowhere.example",
    ("follow", "found"): "I follow News now, for what is about chips",
    ("follow", "misspelled"): "(you wrote “folow”)",
    ("unfollow", "not found"): "I follow nothing called zebra",
    ("digest", "found"): "I post what is new here every day at 9:00, UTC; next: ",
    ("digest", "misspelled"): "(you wrote “digset”)",
    ("digest", "empty"): "I post what is new here every weekday at 9:00, UTC",
    ("forget", "found"): "My answers in channels stay",
}
#: what is answered though nobody spoke to the bot: questions that the documents answer, and what goes on from one
HEARD: Final = frozenset(
    {("ask", "found"), ("ask", "misspelled"), ("summary", "empty"), ("said", "misspelled")}
    | {(verb, end) for verb in ("said", "where") for end in ("found", "not found", "empty")}
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply belongs."""

    channel: str
    thread: str | None = None
    only: str | None = None


Surface = Callable[[Town, str], Awaitable[tuple[Delivery, Place]]]


async def _command(town: Town, words: str) -> tuple[Delivery, Place]:
    return await town.slack.slash(words), Place("CGENERAL", None, "UANA")


async def _mention(town: Town, words: str) -> tuple[Delivery, Place]:
    delivery = await town.slack.say(f"<@{BOT}> {words}", channel="CAIWATCH")
    return delivery, Place("CAIWATCH", _last(town).ts)


async def _mention_in_thread(town: Town, words: str) -> tuple[Delivery, Place]:
    root = town.scene("UBEN", "What is Qwen?")
    return await town.slack.say(f"{words} <@{BOT}>", channel="CAIWATCH", thread_ts=root.ts), Place("CAIWATCH", root.ts)


async def _direct(town: Town, words: str) -> tuple[Delivery, Place]:
    return await town.slack.say(words, channel="DANA"), Place("DANA")


async def _direct_thread(town: Town, words: str) -> tuple[Delivery, Place]:
    """As the agent view has it: every conversation is a thread of its own."""
    root = town.slack.workspace.post(Message(town.slack.workspace.new_ts(), "DANA", "UANA", "Morning"))
    return await town.slack.say(words, channel="DANA", thread_ts=root.ts), Place("DANA", root.ts)


async def _button(town: Town, words: str) -> tuple[Delivery, Place]:
    answer = town.scene(BOT, LOOK, blocks=_offering(words))
    return await town.slack.click(answer, "follow_up_1", user=ADMIN), Place("CAIWATCH")


async def _button_in_thread(town: Town, words: str) -> tuple[Delivery, Place]:
    root = town.scene("UBEN", "What is Qwen?")
    answer = town.scene(BOT, LOOK, root.ts, _offering(words))
    return await town.slack.click(answer, "follow_up_1", user=ADMIN), Place("CAIWATCH", root.ts)


async def _private_button(town: Town, words: str) -> tuple[Delivery, Place]:
    space = town.slack.workspace
    answer = Message(space.new_ts(), "CGENERAL", BOT, LOOK, tuple(_offering(words)), ephemeral_to="UANA")
    return await town.slack.click(space.post(answer), "follow_up_1"), Place("CGENERAL", None, "UANA")


async def _shortcut(town: Town, words: str) -> tuple[Delivery, Place]:
    message = town.scene("UBEN", words)
    return await town.slack.shortcut(message, shortcut.ASK), Place("CAIWATCH", None, "UANA")


async def _shortcut_in_thread(town: Town, words: str) -> tuple[Delivery, Place]:
    root = town.scene("UBEN", "What is Qwen?")
    message = town.scene("UBEN", words, root.ts)
    return await town.slack.shortcut(message, shortcut.ASK), Place("CAIWATCH", root.ts, "UANA")


async def _followed_thread(town: Town, words: str) -> tuple[Delivery, Place]:
    way = town.slack.transport
    town.slack.transport = town.whole
    await town.slack.say(f"<@{BOT}> what is Qwen?", channel="CAIWATCH")
    root = _last(town)
    await town.rest()
    town.slack.transport = way
    town.new()
    return await town.slack.say(words, channel="CAIWATCH", thread_ts=root.ts), Place("CAIWATCH", root.ts)


SURFACES: Final[dict[str, Surface]] = {
    "slash command": _command,
    "mention": _mention,
    "mention in a thread": _mention_in_thread,
    "direct message": _direct,
    "thread of the agent view": _direct_thread,
    "button": _button,
    "button in a thread": _button_in_thread,
    "private button": _private_button,
    "shortcut": _shortcut,
    "shortcut in a thread": _shortcut_in_thread,
    "followed thread": _followed_thread,
}


def _last(town: Town) -> Message:
    return next(message for message in reversed(town.slack.workspace.log.values()) if message.user != BOT)


def _offering(words: str) -> list[dict[str, Any]]:
    """A question under an answer; a button's value holds 2,000 characters."""
    text = {"type": "plain_text", "text": "?"}
    return [
        {
            "type": "actions",
            "elements": [{"type": "button", "action_id": "follow_up_1", "text": text, "value": words[:2000] or "?"}],
        }
    ]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    library = open_library(folder)
    assert all(done.error is None for done in library.add(DOCUMENTS))
    library.refresh()
    made = await settled(folder, library)
    yield made
    await made.stop()
    assert made.slack.failures == []


def _cases(verb: str) -> dict[str, str]:
    found, *others, long = VERBS[verb]
    filled = (long + "zebra " * 700)[:4000]
    return dict(zip(ENDS, (found, *others, filled, found), strict=True))


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("surface", SURFACES)
async def test_every_verb_however_it_ends_is_answered_once(
    town: Town, surface: str, verb: str, caplog: pytest.LogCaptureFixture
) -> None:
    for end, words in _cases(verb).items():
        town.slack.transport = town.broken if end == "error inside" else town.whole
        town.new()
        delivery, place = await SURFACES[surface](town, words)
        await town.slack.redeliver(delivery)
        await town.rest()
        replies = [each for each in town.new() if each.text != LOOK]
        due = surface != "followed thread" or (verb, end) in HEARD
        assert len(replies) == due, (end, words, replies)
        for reply in replies:
            _is_whole(reply, place)
            broke = end == "error inside" and (verb not in UNBREAKABLE or surface.startswith("shortcut"))
            assert broke == ("Something went wrong on my side (reference " in reply.text), (end, reply.text)
            assert not broke or reply.text.split("(reference ")[1][:4] in caplog.text
            if surface not in READ_ANEW:
                assert SAYS.get((verb, end), "") in _all_of(reply), (end, reply.text)


def _is_whole(reply: Message, place: Place) -> None:
    """A reply in its place, fit for Slack by our own table of its limits and by the opinion of others."""
    assert Place(reply.channel, reply.thread_ts, reply.ephemeral_to) == place
    assert reply.text
    assert reply.blocks
    assert check("message", {"text": reply.text, "blocks": reply.blocks}) == ()
    blocks = [dict(each) for each in reply.blocks]
    assert said(theirs.Message("C1", reply.text, built(blocks)).to_dict()["blocks"]) == said(blocks)


def _all_of(reply: Message) -> str:
    return "".join(said([dict(each) for each in reply.blocks]))


def test_the_table_has_every_verb() -> None:
    assert set(get_args(Verb)) <= set(VERBS)
