"""A question becomes the messages that answer it: what to say, not yet how it gets there.

Everything here asks the documents and may block, so :mod:`handlers.delivery` runs it in a thread.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from content.documents import Answer, NothingFound, SourceDocument
from content.errors import ContentError
from content.words import stems
from handlers import corpus, grammar
from handlers.examples import example
from handlers.payloads import Kind, Privately, Question, read_turn
from handlers.services import Services
from handlers.views import answer as answers
from handlers.views import notices, pages, tables
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
    #: the ts of the message that told of the progress, which this one takes the place of; "" where it has none
    progress: str | None = None


def compose(services: Services, question: Question) -> Reply:
    """The reply to a question; an error of the documents is a reply too, in its own words."""
    try:
        return _COMPOSERS[question.kind](services, question)
    except corpus.NotAllowed as error:
        return Reply(notices.notice(str(error)))
    except ContentError as error:
        return Reply(notices.unusable(str(error), question.words))


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
    if not answers.quotes(shared):
        return Reply(notices.notice(notices.NOT_SHARED))
    who = rich(paragraph(person(question.user), run(" asked: "), run(question.words, italic=True)))
    public = replace(shared, blocks=(who, *shared.blocks))
    private = answers.answering(shared, question.words)
    instead = replace(private, blocks=(*private.blocks, context(notices.SHARED)))
    return Reply(public, in_channel=True, instead=instead)


def _figures_of(services: Services, question: Question) -> Reply:
    """The figures of an answer, as a table."""
    found = services.answers.ask(grammar.parse(question.words).about)
    return Reply(tables.answer_table(found) if isinstance(found, Answer) else answers.nothing(found))


def _page_of(services: Services, question: Question) -> Reply:
    """Another page of a table of figures."""
    turn = read_turn(question.words)
    found = services.answers.figures(turn.topic or None)
    return Reply(tables.topic_table(found, services.documents.sources(), turn.page))


def _summary_of(services: Services, question: Question) -> Reply:
    """The document of a button, as if its summary had been asked for in words."""
    again = replace(question, words=f"summary {question.words}")
    return Reply(_summary(services, grammar.Request("summary", question.words), again))


def _ask(services: Services, request: grammar.Request, question: Question) -> Message:
    found = services.answers.ask(request.about)
    private = _privately(question)
    page = answers.answer(found, question.words, private) if isinstance(found, Answer) else answers.nothing(found)
    return answers.answering(page, question.words) if private else page


def _figures(services: Services, request: grammar.Request, question: Question) -> Message:
    return tables.topic_table(services.answers.figures(request.about or None), services.documents.sources())


def _summary(services: Services, request: grammar.Request, question: Question) -> Message:
    if not request.about:
        return pages.what_page("summary", _command(services, question), services.documents.sources())
    name = _called(services.documents.sources(), request.about) if request.names_document else request.about
    found = services.answers.summarize(name)
    if isinstance(found, NothingFound):
        return answers.no_summary(found, request.about)
    return pages.summary_page(found, question.words, _privately(question))


def _sources(services: Services, request: grammar.Request, question: Question) -> Message:
    return corpus.with_feeds(services, pages.sources_page(services.documents.sources()))


def _status(services: Services, request: grammar.Request, question: Question) -> Message:
    return pages.status_page(services.documents.searched(), services.documents.sources())


def _help(services: Services, request: grammar.Request, question: Question) -> Message:
    documents, command = services.documents.sources(), _command(services, question)
    return pages.help_page(command, documents, example(services.answers, documents), notices.GREETINGS[request.verb])


def _thanks(services: Services, request: grammar.Request, question: Question) -> Message:
    return notices.notice(notices.THANKS)


def _bye(services: Services, request: grammar.Request, question: Question) -> Message:
    return notices.notice(notices.BYE)


def _called(documents: Sequence[SourceDocument], name: str) -> str:
    """The id of the one document whose title or id has every word of ``name``, else ``name`` itself."""
    wanted = set(stems(name))
    called = [each.document for each in documents if wanted <= set(stems(f"{each.title or ''} {each.document}"))]
    return called[0] if wanted and len(called) == 1 else name


def _privately(question: Question) -> bool:
    """Whether only the asker sees the answer, and nobody the question."""
    return question.kind == "command" or (question.kind == "summary" and isinstance(question.to, Privately))


def _command(services: Services, question: Question) -> str:
    """The command to show in examples; it does not work in threads."""
    return services.command if question.kind == "command" else ""


#: verb → the page it shows
_PAGES: Final[Mapping[grammar.Verb, Callable[[Services, grammar.Request, Question], Message]]] = {
    "ask": _ask,
    "figures": _figures,
    "summary": _summary,
    "sources": _sources,
    "status": _status,
    "help": _help,
    "add": corpus.add,
    "follow": corpus.follow,
    "unfollow": corpus.unfollow,
    "hello": _help,
    "okay": _help,
    "about": _help,
    "thanks": _thanks,
    "bye": _bye,
}
#: how the question came → how it is answered
_COMPOSERS: Final[Mapping[Kind, Callable[[Services, Question], Reply]]] = {
    "command": _worded,
    "mention": _worded,
    "direct": _worded,
    "share": _share,
    "figures": _figures_of,
    "page": _page_of,
    "summary": _summary_of,
}
