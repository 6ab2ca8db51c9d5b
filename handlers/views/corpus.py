"""What became of a document that somebody in Slack wanted to have."""

from collections.abc import Sequence
from typing import Final

from content.documents import SourceDocument
from content.feedreader import Feed
from content.library import Indexed
from handlers.views import notices
from handlers.views.blocks import Block, Message, context, escape, paragraph, rich, run
from handlers.views.pages import listed_document
from handlers.views.wording import counted, first_words, listed, named

#: a context block holds ten lines
_FEEDS: Final = 9


def fetching(address: str) -> Message:
    """Somebody has to wait."""
    return notices.notice(f"Fetching {first_words(address)} … this may take a minute.")


def added(result: Indexed, document: SourceDocument | None) -> Message:
    """A document with what is in it, or why there is none."""
    if result.error or document is None:
        reason = result.error or "it was taken away again"
        return failed("add", result.name, reason)
    title = named(document.title, document.document)
    did = {"added": "Added", "changed": "Brought up to date", "unchanged": "I know this one already"}
    opening = did[result.outcome or "unchanged"]
    shown = (rich(paragraph(run(opening))), listed_document(document))
    return Message(escape(f"{opening}: {title}"), shown)


def failed(doing: str, address: str, reason: str) -> Message:
    """What was wanted of an address could not be done."""
    return notices.notice(f"I could not {doing} {first_words(address)}: {reason}.")


def feed_followed(feed: Feed) -> Message:
    """A feed is followed from now on."""
    about = f", for what is about {listed(list(feed.topics), 'or')}" if feed.topics else ""
    return notices.notice(f"I follow {first_words(feed.title)} now{about}. Its newest items come within minutes.")


def feed_unfollowed(name: str, gone: tuple[Feed, ...]) -> Message:
    """Feeds that are not followed any more."""
    if not gone:
        return notices.notice(f"I follow nothing called {first_words(name)}; sources lists what I follow.")
    titles = listed([first_words(feed.title) for feed in gone])
    return notices.notice(f"I no longer follow {titles}. The documents from there stay.")


def feeds(followed: Sequence[Feed]) -> Block:
    """The feeds, and what is wrong with them."""
    more = [f"and {counted(len(followed) - _FEEDS, 'more feed')}"] if len(followed) > _FEEDS else []
    return context(*map(_feed, followed[:_FEEDS]), *more)


def _feed(feed: Feed) -> str:
    about = f", for {listed(list(feed.topics), 'or')}" if feed.topics else ""
    state = "gave it up" if feed.given_up else "it fails just now"
    trouble = f" – {state}: {feed.error}" if feed.error else ""
    title = "" if feed.title == feed.url else f"{first_words(feed.title)} "
    return f"I follow {title}{first_words(feed.url)}{first_words(about)}{first_words(trouble)}"
