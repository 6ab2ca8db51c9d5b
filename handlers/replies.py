"""A question becomes the messages that answer it: what to say, not yet how it gets there.

Everything here asks the documents and may block, so :mod:`handlers.delivery` runs it in a thread.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from content.documents import Answer, NothingFound, SourceDocument, Summary
from content.errors import ContentError
from content.words import stems
from handlers import corpus, digest, following, grammar, onward, orders
from handlers.conversation import Turn, asks, follow_up
from handlers.examples import example
from handlers.payloads import Kind, Part, Privately, Question, read_part
from handlers.reply import SILENCE, Reply
from handlers.services import Services
from handlers.views import answer as answers
from handlers.views import notices, opinions, pages, parts, tables, threads
from handlers.views.blocks import Block, Message, context, paragraph, person, rich, run
from handlers.views.wording import first_words, understood_verb

#: characters of a message that are looked for
_MESSAGE: Final = 300

Page = Callable[[Services, grammar.Request, Question], Reply]


def compose(services: Services, question: Question, turn: Turn | None = None) -> Reply:
    """The reply to a question after a ``turn``; an error of the documents is a reply too, in its own words."""
    if question.kind == "overheard":
        return _overheard(services, question, turn)
    try:
        return _worded(services, question, turn) if turn else _COMPOSERS[question.kind](services, question)
    except corpus.NotAllowed as error:
        return Reply(notices.notice(str(error)))
    except ContentError as error:
        return Reply(notices.unusable(str(error), question.words))


def _overheard(services: Services, question: Question, turn: Turn | None) -> Reply:
    """What nobody asked us by name is answered when it is a question and the documents do answer it."""
    request = follow_up(turn, question.words) or grammar.parse(question.words)
    if request.verb not in _ANSWERS or not asks(question.words, turn):
        return SILENCE
    try:
        reply = _worded(services, question, turn)
    except ContentError:
        return SILENCE
    return reply if reply.turn and reply.turn.answered and not reply.vain else SILENCE


def _worded(services: Services, question: Question, turn: Turn | None = None) -> Reply:
    """What somebody asked for in words, which may go on from what was asked before in the same conversation."""
    goes_on = follow_up(turn, question.words)
    request = goes_on or grammar.parse(question.words)
    if goes_on:
        question = replace(question, words=_alone(goes_on))
    reply = _reply(services, request, question, turn)
    if request.misspelled:
        reply = _under(understood_verb(request.verb, request.misspelled), reply)
    if goes_on and request.verb != "unclear":
        reply = _under(threads.understood_as(goes_on), reply)
    if reply.turn:
        reply = replace(reply, message=opinions.rated(reply.message, _asked(question), question.user))
    return reply


def _reply(services: Services, request: grammar.Request, question: Question, turn: Turn | None) -> Reply:
    if request.verb == "unclear":
        return following.unclear(services, request.about, turn)
    if turn and request.verb in following.VERBS:
        return following.reply(services, request.verb, turn)
    return _PAGES[request.verb](services, request, question)


def _alone(request: grammar.Request) -> str:
    """The words that ask for it without the conversation, for buttons to ask again."""
    return f"{request.verb} {request.about}" if request.verb in ("figures", "summary") else request.about


def _under(note: Block, reply: Reply) -> Reply:
    """A reply with a line above it."""
    return replace(reply, message=replace(reply.message, blocks=(rich(note), *reply.message.blocks)))


def _about_message(services: Services, question: Question) -> Reply:
    """What the documents say about a message: its words are the question, whatever they order."""
    words = first_words(question.words, _MESSAGE)
    literal = words if grammar.parse(words).verb == "ask" else f"{grammar.LITERALLY}{words}"
    reply = _ask(services, grammar.Request("ask", words), replace(question, words=literal))
    return replace(reply, message=opinions.rated(reply.message, words, question.user))


def _share(services: Services, question: Question) -> Reply:
    """What somebody saw privately, for everybody, and the private copy without its button."""
    shared = _worded(services, replace(question, kind="mention")).message
    if not answers.quotes(shared):
        return Reply(notices.notice(notices.NOT_SHARED))
    who = rich(paragraph(person(question.user), run(" asked: "), run(_asked(question), italic=True)))
    public = replace(shared, blocks=(who, *shared.blocks))
    private = answers.answering(shared, _asked(question))
    instead = replace(private, blocks=(*private.blocks, context(notices.SHARED)))
    return Reply(public, in_channel=True, instead=instead)


def _asked(question: Question) -> str:
    """The words as people said them."""
    return question.words.removeprefix(grammar.LITERALLY)


def _figures_of(services: Services, question: Question) -> Reply:
    """The figures of an answer, as a table."""
    found = services.answers.ask(grammar.parse(question.words).about)
    page = tables.answer_table(found, question.words) if isinstance(found, Answer) else answers.nothing(found)
    return Reply(page)


def _rest_of(services: Services, question: Question) -> Reply:
    """The next part of something long; a private message above it loses its *More* here, others at the press."""
    wanted = read_part(question.words)
    request = grammar.parse(wanted.words)
    page = _part(services, request, wanted)
    if page is None:
        return Reply(notices.notice(notices.NO_MORE))
    private = isinstance(question.to, Privately)
    return Reply(page, instead=parts.without_more(_above(services, question, wanted)) if private else None)


def _part(services: Services, request: grammar.Request, wanted: Part) -> Message | None:
    """A part of the documents, of a summary, of the figures of an answer; ``None`` where there is nothing any more."""
    if request.verb == "sources":
        return pages.sources_page(services.documents.sources(copies=True), wanted.number)
    if request.verb == "summary":
        summary = services.answers.summarize(_wanted(services, request))
        return pages.summary_page(summary, wanted.words, False, wanted.number) if isinstance(summary, Summary) else None
    found = services.answers.ask(request.about)
    return tables.answer_table(found, wanted.words, wanted.number) if isinstance(found, Answer) else None


def _above(services: Services, question: Question, wanted: Part) -> Message:
    """What stands above a part: the one before it, or the reply that it goes on from."""
    request = grammar.parse(wanted.words)
    if wanted.number > 1 or request.verb == "ask":
        return _part(services, request, replace(wanted, number=wanted.number - 1)) or notices.notice(notices.NO_MORE)
    return _worded(services, replace(question, kind="command", words=wanted.words)).message


def _page_of(services: Services, question: Question) -> Reply:
    """Another page of a table of figures."""
    wanted = read_part(question.words)
    found = services.answers.figures(wanted.words or None)
    return Reply(tables.topic_table(found, services.documents.sources(), wanted.number))


def _summary_of(services: Services, question: Question) -> Reply:
    """The document of a button, as if its summary had been asked for in words."""
    again = replace(question, words=f"summary {question.words}")
    return _summary(services, grammar.Request("summary", question.words), again)


def _ask(services: Services, request: grammar.Request, question: Question) -> Reply:
    found = services.answers.ask(request.about)
    turn = Turn("ask", found.understanding.effective, answered=isinstance(found, Answer))
    private = _privately(question)
    if isinstance(found, NothingFound):
        page = answers.nothing(found)
    else:
        page = answers.answer(found, question.words, private, onward.questions(services.answers, found, services.asked))
    return Reply(answers.answering(page, _asked(question)) if private else page, turn=turn)


def _figures(services: Services, request: grammar.Request, question: Question) -> Reply:
    found = services.answers.figures(request.about or None)
    turn = Turn("figures", request.about, answered=bool(found.figures))
    return Reply(tables.topic_table(found, services.documents.sources()), turn=turn)


def _summary(services: Services, request: grammar.Request, question: Question) -> Reply:
    if not request.about:
        return Reply(pages.what_page("summary", _command(services, question), services.documents.sources()))
    name = _wanted(services, request)
    found = services.answers.summarize(name)
    if isinstance(found, NothingFound):
        return Reply(answers.no_summary(found, request.about), turn=Turn("summary", request.about, answered=False))
    return Reply(pages.summary_page(found, question.words, _privately(question)), turn=Turn("summary", name))


def _wanted(services: Services, request: grammar.Request) -> str:
    """The name of what is to be summarised."""
    return _called(services.documents.sources(), request.about) if request.names_document else request.about


def _sources(services: Services, request: grammar.Request, question: Question) -> Reply:
    return Reply(corpus.with_feeds(services, pages.sources_page(services.documents.sources(copies=True))))


def _status(services: Services, request: grammar.Request, question: Question) -> Reply:
    return Reply(pages.status_page(services.documents.searched(), services.documents.sources()))


def _help(services: Services, request: grammar.Request, question: Question) -> Reply:
    documents, command = services.documents.sources(), _command(services, question)
    first = example(services.answers, documents)
    adds = services.corpus is not None and question.user in services.admins
    return Reply(pages.help_page(command, documents, first, notices.GREETINGS[request.verb], adds))


def _digest(services: Services, request: grammar.Request, question: Question) -> Reply:
    order = orders.read(request.about) or orders.Order("status")
    return Reply(digest.answer(services, order, question), private=digest.is_private(order))


def _forget(services: Services, request: grammar.Request, question: Question) -> Reply:
    return Reply(threads.forgotten(services.history.erase(question.user)))


def _thanks(services: Services, request: grammar.Request, question: Question) -> Reply:
    return Reply(notices.notice(notices.THANKS))


def _okay(services: Services, request: grammar.Request, question: Question) -> Reply:
    return Reply(notices.notice(notices.OKAY))


def _bye(services: Services, request: grammar.Request, question: Question) -> Reply:
    return Reply(notices.notice(notices.BYE))


def _called(documents: Sequence[SourceDocument], name: str) -> str:
    """The id of the one document whose title or id has every word of ``name``, else ``name`` itself."""
    wanted = set(stems(name))
    called = [each.document for each in documents if wanted <= set(stems(f"{each.title or ''} {each.document}"))]
    return called[0] if wanted and len(called) == 1 else name


def _privately(question: Question) -> bool:
    """Whether only the asker sees the answer, and nobody the question."""
    return question.kind in ("command", "summary", "follow", "shortcut") and isinstance(question.to, Privately)


def _command(services: Services, question: Question) -> str:
    """The command to show in examples; it does not work in threads."""
    return services.command if question.kind == "command" else ""


def _shown(page: Callable[[Services, grammar.Request, Question], Message]) -> Page:
    """A page that is all there is to the reply."""
    return lambda services, request, question: Reply(page(services, request, question))


#: verb → the page it shows
_PAGES: Final[Mapping[grammar.Verb, Page]] = {
    "ask": _ask,
    "figures": _figures,
    "summary": _summary,
    "sources": _sources,
    "status": _status,
    "help": _help,
    "add": _shown(corpus.add),
    "digest": _digest,
    "follow": _shown(corpus.follow_feed),
    "unfollow": _shown(corpus.unfollow_feed),
    "hello": _help,
    "okay": _okay,
    "about": _help,
    "thanks": _thanks,
    "forget": _forget,
    "bye": _bye,
}
#: verbs that answer something
_ANSWERS: Final = following.VERBS | {"ask", "figures", "summary"}
#: how the question came → how it is answered
_COMPOSERS: Final[Mapping[Kind, Callable[[Services, Question], Reply]]] = {
    "command": _worded,
    "mention": _worded,
    "direct": _worded,
    "share": _share,
    "figures": _figures_of,
    "page": _page_of,
    "more": _rest_of,
    "summary": _summary_of,
    "follow": _worded,
    "shortcut": _about_message,
}
