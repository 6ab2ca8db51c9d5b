"""A question becomes the messages that answer it: what to say, not yet how it gets there.

Everything here asks the documents and may block, so :mod:`handlers.delivery` runs it in a thread.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from content.documents import Answer, NothingFound
from content.errors import ContentError
from handlers import grammar
from handlers.payloads import Kind, Question
from handlers.services import Services
from handlers.views import answer as answers
from handlers.views import figures, notices, pages
from handlers.views.blocks import Message, context, paragraph, person, rich, run
from handlers.views.wording import understood_verb


@dataclass(frozen=True, slots=True)
class Reply:
    """What to send for one question."""

    message: Message
    #: everybody sees it, though it goes through a response_url
    in_channel: bool = False
    #: replaces the private message that was shared
    instead: Message | None = None


def compose(services: Services, question: Question) -> Reply:
    """The reply to a question; an error of the documents is a reply too, in its own words."""
    try:
        return _COMPOSERS[question.kind](services, question)
    except ContentError as error:
        return Reply(notices.notice(str(error)))


def _worded(services: Services, question: Question) -> Reply:
    """What somebody asked for in words."""
    request = grammar.parse(question.words)
    page = _PAGES[request.verb](services, request, question)
    if request.misspelled:
        page = replace(page, blocks=(rich(understood_verb(request.verb, request.misspelled)), *page.blocks))
    return Reply(page)


def _share(services: Services, question: Question) -> Reply:
    """What somebody saw privately, for everybody, and the private copy without its button."""
    shared = _worded(services, replace(question, kind="mention")).message
    if not any(block["type"] == "section" for block in shared.blocks):
        return Reply(notices.notice(notices.NOT_SHARED))
    who = rich(paragraph(person(question.user), run(" asked: "), run(question.words, italic=True)))
    public = replace(shared, blocks=(who, *shared.blocks))
    private = replace(shared, blocks=(*shared.blocks, context(notices.SHARED)))
    return Reply(public, in_channel=True, instead=private)


def _figures_of(services: Services, question: Question) -> Reply:
    """The figures of an answer, as a table."""
    found = services.answers.ask(question.words)
    return Reply(figures.answer_table(found) if isinstance(found, Answer) else answers.nothing(found))


def _ask(services: Services, request: grammar.Request, question: Question) -> Message:
    found = services.answers.ask(request.about)
    if isinstance(found, NothingFound):
        return answers.nothing(found)
    return answers.answer(found, question.words, private=question.kind == "command")


def _figures(services: Services, request: grammar.Request, question: Question) -> Message:
    return figures.topic_table(services.answers.figures(request.about or None), services.documents.sources())


def _summary(services: Services, request: grammar.Request, question: Question) -> Message:
    if not request.about:
        return pages.what_page("summary", services.command, services.documents.sources())
    found = services.answers.summarize(request.about)
    if isinstance(found, NothingFound):
        return answers.nothing(found)
    return pages.summary_page(found, question.words, private=question.kind == "command")


def _sources(services: Services, request: grammar.Request, question: Question) -> Message:
    return pages.sources_page(services.documents.sources())


def _status(services: Services, request: grammar.Request, question: Question) -> Message:
    return pages.status_page(services.documents.searched(), services.documents.sources())


def _help(services: Services, request: grammar.Request, question: Question) -> Message:
    return pages.help_page(services.command, services.documents.sources())


#: verb → the page it shows
_PAGES: Final[Mapping[grammar.Verb, Callable[[Services, grammar.Request, Question], Message]]] = {
    "ask": _ask,
    "figures": _figures,
    "summary": _summary,
    "sources": _sources,
    "status": _status,
    "help": _help,
}
#: how the question came → how it is answered
_COMPOSERS: Final[Mapping[Kind, Callable[[Services, Question], Reply]]] = {
    "command": _worded,
    "mention": _worded,
    "direct": _worded,
    "share": _share,
    "figures": _figures_of,
}
