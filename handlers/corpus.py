"""Adding to the documents from Slack: who may, what it came to, and what is said meanwhile."""

import re
from dataclasses import replace
from typing import Final

from content.errors import ContentError
from handlers import grammar
from handlers.payloads import Question
from handlers.services import Corpus, Services
from handlers.views import corpus as views
from handlers.views import notices
from handlers.views.blocks import Message

_WORDED: Final = frozenset({"command", "mention", "direct"})
_ONLY: Final = re.compile(r"\s+\[?only\b\s*:?\s*", re.IGNORECASE)
_LONG: Final[frozenset[grammar.Verb]] = frozenset({"add", "follow"})


class NotAllowed(ContentError):
    """Somebody may not do that; the text says who may."""


def progress(services: Services, question: Question) -> Message | None:
    """What to say before the web is asked; ``None`` where it will not be."""
    if question.kind not in _WORDED:
        return None
    request = grammar.parse(question.words)
    fetches = request.verb in _LONG and request.about and question.user in services.admins and services.corpus
    return views.fetching(request.about.split()[0]) if fetches else None


def add(services: Services, request: grammar.Request, question: Question) -> Message:
    """A page of the web becomes a document, if the person who asks is an admin."""
    corpus = _corpus(services, question)
    if not request.about:
        return notices.notice(notices.ADD_WHAT)
    try:
        result = corpus.add(request.about)
    except ContentError as error:
        return views.failed("add", request.about, str(error))
    return views.added(result, {one.document: one for one in services.documents.sources()}.get(result.name))


def follow_feed(services: Services, request: grammar.Request, question: Question) -> Message:
    """A feed is followed, all of it or what is about some topics: "follow news.example/feed only: qwen, chips"."""
    corpus = _corpus(services, question)
    if not request.about:
        return notices.notice(notices.FOLLOW_WHICH_FEED)
    address, _, only = _ONLY.sub("\n", request.about.rstrip("] "), count=1).partition("\n")
    topics = tuple(topic.strip() for topic in only.split(",") if topic.strip())
    try:
        return views.feed_followed(corpus.follow_feed(address.strip(), topics))
    except ContentError as error:
        return views.failed("follow", address, str(error))


def unfollow_feed(services: Services, request: grammar.Request, question: Question) -> Message:
    """A feed is not followed any more; the documents that came of it stay."""
    corpus = _corpus(services, question)
    if not request.about:
        return notices.notice(notices.UNFOLLOW_WHICH_FEED)
    return views.feed_unfollowed(request.about, corpus.unfollow_feed(request.about))


def with_feeds(services: Services, message: Message) -> Message:
    """The list of documents and, below it, the feeds that are followed."""
    feeds = services.corpus.feeds() if services.corpus else ()
    return replace(message, blocks=(*message.blocks, views.feeds(feeds))) if feeds else message


def _corpus(services: Services, question: Question) -> Corpus:
    """Where documents come from; raises :class:`NotAllowed`."""
    if services.corpus is None or not services.admins:
        raise NotAllowed(notices.nobody_adds(question.user))
    if question.user not in services.admins:
        raise NotAllowed(notices.NOT_YOU)
    return services.corpus
