"""Feeds that are followed: asked now and then, and what is new in them becomes documents, once."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Engine, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from content.addresses import document_id, web_address
from content.documents import Document
from content.errors import ContentError, FetchFailed
from content.fetch import Fetched, Validators
from content.library import Indexed
from content.sandbox import Sandbox
from content.stories import Item, item, names, text_name, wanted
from content.tables import FEED_ITEMS, FEEDS
from content.web import Web, named, page

#: seconds between two looks at a feed; after failures it is twice as long each time
EVERY: Final = 1_800
_SELDOM: Final = 86_400
#: failures in a row after which a feed is not asked any more
GIVEN_UP: Final = 8
#: items taken in at one look; of a new feed no others but these, the first it lists
_AT_ONCE: Final = 20


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is followed."""

    url: str
    title: str
    topics: tuple[str, ...]
    #: looks in a row that failed, and how the last did
    failures: int = 0
    error: str | None = None

    @property
    def given_up(self) -> bool:
        """It failed so often that nobody asks it any more; following it again begins anew."""
        return self.failures >= GIVEN_UP


@dataclass(frozen=True, slots=True)
class FeedReader:
    """The feeds in a database, and the web they are on. Everything but ``feeds`` may take minutes: use a thread.

    ``stopped`` is asked between two items. Moments are seconds since 1970.
    """

    web: Web
    engine: Engine
    stopped: Callable[[], bool] = lambda: False

    def feeds(self) -> tuple[Feed, ...]:
        """All of them, by address."""
        with self.engine.connect() as db:
            return tuple(sorted(map(_feed, db.execute(select(FEEDS))), key=lambda feed: feed.url))

    def follow(self, address: str, topics: Sequence[str], now: float) -> Feed:
        """Follow a feed, or the first a page names; raises :class:`ContentError` when there is none.

        What it lists now is taken in by the next ``poll``. Followed before, it gets the new topics.
        """
        with Sandbox() as sandbox:
            url, told = self._found(web_address(address), sandbox)
        listed = [item(each, url) for each in told["items"]]
        feed = Feed(url, told["title"] or url, tuple(topics))
        with self.engine.begin() as db:
            before = db.execute(delete(FEEDS).where(FEEDS.c.url == url)).rowcount
            row = {"url": url, "title": feed.title, "topics": list(feed.topics), "failures": 0, "due": int(now)}
            db.execute(insert(FEEDS).values(row))
        for old in [] if before else listed[_AT_ONCE:]:
            self._remember(names(old, url), None)
        return feed

    def unfollow(self, name: str) -> tuple[Feed, ...]:
        """Stop following the feed of this address, or those whose title or address has these words; returns them."""
        sought = name.strip().casefold()
        exact = [feed for feed in self.feeds() if sought in (feed.url.casefold(), feed.title.casefold())]
        gone = exact or [feed for feed in self.feeds() if sought and sought in f"{feed.title} {feed.url}".casefold()]
        with self.engine.begin() as db:
            db.execute(delete(FEEDS).where(FEEDS.c.url.in_([feed.url for feed in gone])))
        return tuple(gone)

    def poll(self, now: float) -> Iterator[Indexed]:
        """Look at the feeds whose time has come and take in what is new; of several processes one looks at each."""
        with Sandbox() as sandbox:
            for row in self._due(now):
                if self.stopped():
                    return
                if self._claimed(row, now):
                    yield from self._look(row, sandbox, now)

    def _due(self, now: float) -> Sequence[Row[Any]]:
        due = select(FEEDS).where(FEEDS.c.due <= int(now), FEEDS.c.failures < GIVEN_UP)
        with self.engine.connect() as db:
            return sorted(db.execute(due), key=lambda row: (row.due, row.url))

    def _claimed(self, row: Row[Any], now: float) -> bool:
        mine = update(FEEDS).where(FEEDS.c.url == row.url, FEEDS.c.due == row.due).values(due=int(now) + EVERY)
        with self.engine.begin() as db:
            return db.execute(mine).rowcount == 1

    def _look(self, row: Row[Any], sandbox: Sandbox, now: float) -> Iterator[Indexed]:
        feed = _feed(row)
        try:
            fetched = self.web.fetcher.get(feed.url, Validators(row.etag, row.modified))
            told = {"items": []} if fetched.unchanged else _parsed(fetched, sandbox)
            if "items" not in told:
                raise FetchFailed("there is a page where the feed was")
        except ContentError as error:
            failures = feed.failures + 1
            later = int(now) + min(EVERY * 2**failures, _SELDOM)
            self._note(feed, failures=failures, error=str(error), due=later)
            yield Indexed(feed.url, None, str(error))
            return
        new = [each for each in (item(one, feed.url) for one in told["items"]) if not self._known(each, feed)]
        yield from self._taken(new[:_AT_ONCE], feed, sandbox)
        if len(new) > _AT_ONCE or self.stopped():
            self._note(feed, failures=0, error=None, due=int(now))  # there is more, and the feed must be sent again
        elif not fetched.unchanged:
            kept = fetched.validators
            self._note(feed, failures=0, error=None, etag=kept.etag, modified=kept.modified)
        else:
            self._note(feed, failures=0, error=None)

    def _taken(self, items: Sequence[Item], feed: Feed, sandbox: Sandbox) -> Iterator[Indexed]:
        for each in items:
            if self.stopped():
                return
            if self._known(each, feed):  # another of this look was the same
                continue
            if not wanted(each, feed.topics, self._corrected):
                self._remember(names(each, feed.url), None)
                continue
            yield self._stored(each, feed, sandbox)

    def _stored(self, one: Item, feed: Feed, sandbox: Sandbox) -> Indexed:
        try:
            found = self._document(one, feed, sandbox)
        except ContentError as error:
            self._remember(names(one, feed.url), None)
            return Indexed(one.url or one.title, None, str(error))
        known = (*names(one, feed.url), f"url:{found.url}", *text_name(found.text))
        there = self._any(text_name(found.text))
        stored = Indexed(found.id, "unchanged") if there else next(self.web.library.add([found]))
        self._remember(known, found.id)
        return stored

    def _document(self, one: Item, feed: Feed, sandbox: Sandbox) -> Document:
        """The page of an item, or what the feed has of it where that is more or the page cannot be had."""
        told = {"title": one.title, "author": one.author, "published": one.published, "publisher": feed.title}
        known = {key: value for key, value in told.items() if value}
        own = f"{feed.url}#{one.id or one.title}"
        try:
            fetched = self.web.fetcher.get(one.url) if one.url else None
            found = page(fetched, sandbox, known) if fetched else None
        except ContentError:
            if not one.text:
                raise
            found = None
        if found and len(found.text) >= len(one.text):
            return found
        return named(one.url or document_id(own), one.text, known)

    def _corrected(self, topic: str) -> str:
        return self.web.library.search(topic, 1).understanding.effective

    def _found(self, url: str, sandbox: Sandbox) -> tuple[str, dict[str, Any]]:
        """A feed and its address; of a page, the first feed it names."""
        told = _parsed(fetched := self.web.fetcher.get(url), sandbox)
        if "feeds" in told:
            url = web_address(told["feeds"][0], below=fetched.url)
            told = _parsed(self.web.fetcher.get(url), sandbox)
        if "items" not in told:
            raise FetchFailed("this is neither a feed nor a page that names one")
        return url, told

    def _known(self, one: Item, feed: Feed) -> bool:
        known = self._any(names(one, feed.url))
        if known:  # from now on by its other names, too
            self._remember(names(one, feed.url), None)
        return known

    def _any(self, all_names: Sequence[str]) -> bool:
        with self.engine.connect() as db:
            return db.execute(select(FEED_ITEMS.c.name).where(FEED_ITEMS.c.name.in_(all_names))).first() is not None

    def _remember(self, all_names: Sequence[str], document: str | None) -> None:
        with self.engine.connect() as db:
            there = set(db.execute(select(FEED_ITEMS.c.name).where(FEED_ITEMS.c.name.in_(all_names))).scalars())
        for name in dict.fromkeys(all_names):
            if name not in there:
                with suppress(IntegrityError), self.engine.begin() as db:  # another process was faster
                    db.execute(insert(FEED_ITEMS).values(name=name, document=document))

    def _note(self, feed: Feed, **values: object) -> None:
        with self.engine.begin() as db:
            db.execute(update(FEEDS).where(FEEDS.c.url == feed.url).values(values))


def _parsed(fetched: Fetched, sandbox: Sandbox) -> dict[str, Any]:
    return sandbox.parse("feed", fetched.data, {"url": fetched.url})


def _feed(row: Row[Any]) -> Feed:
    return Feed(row.url, row.title, tuple(row.topics), row.failures, row.error)
