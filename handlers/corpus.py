"""Adding to the documents from Slack: who may, what it came to, and what is said meanwhile."""

from typing import Final

from content.errors import ContentError
from handlers import grammar
from handlers.payloads import Question
from handlers.services import Corpus, Services
from handlers.views import notices
from handlers.views.blocks import Message
from handlers.views.corpus import added, fetching

_WORDED: Final = frozenset({"command", "mention", "direct"})
_LONG: Final[frozenset[grammar.Verb]] = frozenset({"add"})


class NotAllowed(ContentError):
    """Somebody may not do that; the text says who may."""


def progress(services: Services, question: Question) -> Message | None:
    """What to say before the web is asked; ``None`` where it will not be."""
    if question.kind not in _WORDED:
        return None
    request = grammar.parse(question.words)
    fetches = request.verb in _LONG and request.about and question.user in services.admins and services.corpus
    return fetching(request.about) if fetches else None


def add(services: Services, request: grammar.Request, question: Question) -> Message:
    """A page of the web becomes a document, if the person who asks is an admin."""
    corpus = _corpus(services, question)
    if not request.about:
        return notices.notice(notices.ADD_WHAT)
    result = corpus.add(request.about)
    return added(result, {one.document: one for one in services.documents.sources()}.get(result.name))


def _corpus(services: Services, question: Question) -> Corpus:
    """Where documents come from; raises :class:`NotAllowed`."""
    if services.corpus is None or not services.admins:
        raise NotAllowed(notices.NOBODY_ADDS)
    if question.user not in services.admins:
        raise NotAllowed(notices.NOT_YOU)
    return services.corpus
