"""What is said after a reply of what it showed: its figures, who said it, where it stands, what more there is.

Replies are not kept. What one showed is found again from its turn, so every answer here is about the sentences and
figures that stand above it; like :mod:`handlers.replies`, all of it asks the documents and may block.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from content.documents import Answer, FigureTable, NothingFound, Quotation, Summary
from handlers import rewording
from handlers.conversation import Turn
from handlers.examples import example
from handlers.grammar import Verb
from handlers.reply import Reply
from handlers.services import Answers, Services
from handlers.views import answer as answers
from handlers.views import notices, pages, tables, threads

#: sentences looked for beyond those of a summary, and told at a time
_BEYOND: Final = 9
_AT_A_TIME: Final = 3

#: what is asked of a table, where the last reply was one
_OF_FIGURES: Final = frozenset({"said", "where"})

Quoting = Answer | Summary


def reply(services: Services, verb: Verb, turn: Turn) -> Reply:
    """What somebody wants to know of the last reply of a turn."""
    found = _found(services.answers, turn)
    if turn.tabled and verb in _OF_FIGURES and not isinstance(found, FigureTable):
        return _TABLE[verb][1](services, turn, _beside(services.answers, turn, found))
    if isinstance(found, NothingFound):
        return _refused(services, verb, turn, found)
    if isinstance(found, FigureTable) and not found.figures:
        return Reply(tables.topic_table(found, ()), vain=True)
    of_quotations, of_figures = _TABLE[verb]
    return of_figures(services, turn, found) if isinstance(found, FigureTable) else of_quotations(services, turn, found)


def unclear(services: Services, words: str, turn: Turn | None) -> Reply:
    """Words that may mean nothing, or several things: what would be understood instead."""
    first = example(services.answers, services.documents.sources())
    return Reply(notices.notice(threads.unclear(words, turn.about if turn else None, first)))


def _found(documents: Answers, turn: Turn) -> Quoting | FigureTable | NothingFound:
    """What was found when it was asked."""
    if turn.verb == "figures":
        return documents.figures(turn.about or None)
    return documents.summarize(turn.about) if turn.verb == "summary" else documents.ask(turn.about)


def _refused(services: Services, verb: Verb, turn: Turn, found: NothingFound) -> Reply:
    """Of nothing there is nothing to tell, but perhaps figures of what it was about."""
    table = _topical(services.answers, turn) if verb == "numbers" else None
    if table and table.figures:
        page = tables.topic_table(table, services.documents.sources())
        return Reply(page, turn=replace(turn, answered=True, tabled=True), vain=True)
    page = answers.no_summary(found, turn.about) if turn.verb == "summary" else answers.nothing(found)
    return Reply(page, vain=True)


def _topical(documents: Answers, turn: Turn) -> FigureTable:
    """The figures about a question, else about what it names."""
    found = documents.figures(turn.about)
    name = rewording.topic(turn.about)
    return found if found.figures or not name else documents.figures(name)


def _figures(services: Services, turn: Turn, found: Quoting) -> Reply:
    """The figures of the answer, else those about its question; of a summary all that its document or topic has."""
    turn = replace(turn, tabled=True)
    if isinstance(found, Answer) and found.figures:
        return Reply(tables.answer_table(found, turn.about), turn=turn)
    table = _beside(services.answers, turn, found)
    shown = bool(table.figures)
    page = tables.topic_table(table, services.documents.sources())
    return Reply(page, turn=replace(turn, tabled=shown), vain=not shown)


def _beside(documents: Answers, turn: Turn, found: Quoting | NothingFound) -> FigureTable:
    """The figures that are shown of a reply: none of a summary's own is lacking."""
    if isinstance(found, Answer) and found.figures:
        own = tuple(each.figure for each in found.figures)
        return FigureTable(turn.about, found.understanding, own, found.disagreements)
    if not isinstance(found, Summary):
        return _topical(documents, turn)
    every, own = documents.figures(found.document or turn.about), tuple(each.figure for each in found.figures)
    return every if set(own) <= set(every.figures) else replace(every, figures=own, disagreements=(), alike=())


def _table(services: Services, turn: Turn, found: FigureTable) -> Reply:
    return Reply(tables.topic_table(found, services.documents.sources(), turn.told), turn=turn)


def _next_page(services: Services, turn: Turn, found: FigureTable) -> Reply:
    documents, told = services.documents.sources(), turn.told + 1
    if told >= tables.pages(found, documents):
        return Reply(notices.notice(notices.NO_MORE_FIGURES), vain=True)
    return Reply(tables.topic_table(found, documents, told), turn=replace(turn, told=told))


def _tellers(services: Services, turn: Turn, found: FigureTable) -> Reply:
    return Reply(threads.tellers(found, services.documents.sources()), turn=turn)


def _homes(services: Services, turn: Turn, found: FigureTable) -> Reply:
    named = {figure.document for figure in found.figures}
    page = pages.holding_page([each for each in services.documents.sources() if each.document in named])
    return Reply(page, turn=turn)


def _speakers(services: Services, turn: Turn, found: Quoting) -> Reply:
    return Reply(threads.speakers(_last_told(services.answers, turn, found)), turn=turn)


def _places(services: Services, turn: Turn, found: Quoting) -> Reply:
    return Reply(threads.places(_last_told(services.answers, turn, found)), turn=turn)


def _further(services: Services, turn: Turn, found: Quoting) -> Reply:
    turn = replace(turn, told=turn.told + 1, tabled=False)
    page = _part(services.answers, turn, found)
    return Reply(threads.more(page), turn=turn) if page else Reply(notices.notice(notices.NO_MORE_SAID), vain=True)


def _last_told(documents: Answers, turn: Turn, found: Quoting) -> Quoting:
    """What the last reply quoted: the answer, the summary, or what was told after it."""
    return (_part(documents, turn, found) if turn.told else None) or found


def _part(documents: Answers, turn: Turn, found: Quoting) -> Summary | None:
    """What the ``told``th *more* tells; ``None`` where that is nothing."""
    return next(islice(_parts(documents, turn, found), turn.told - 1, None), None)


def _parts(documents: Answers, turn: Turn, found: Quoting) -> Iterator[Summary]:
    """What was not told at first, some at a time: of a summary first the sentences that are left of it."""
    if isinstance(found, Answer):
        yield from _told_in(documents.further(turn.about), found.summary)
        return
    begun = pages.told_first(found)
    if left := _left(found, begun):
        yield _only(found, left)
    every = documents.summarize(turn.about, _BEYOND)
    if isinstance(every, Summary):
        yield from _told_in(every, (*begun, *left))


def _told_in(every: Summary, told: Sequence[Quotation]) -> Iterator[Summary]:
    left = _left(every, told)
    parts = (left[first : first + _AT_A_TIME] for first in range(0, len(left), _AT_A_TIME))
    return (_only(every, part) for part in parts)


def _left(found: Summary, told: Sequence[Quotation]) -> list[Quotation]:
    """The sentences of a summary that were not told."""
    known = {each.text for each in told}
    return [each for each in found.summary if each.text not in known]


def _only(found: Summary, quoted: Sequence[Quotation]) -> Summary:
    """A summary of some of its sentences, its sources numbered from 1."""
    numbers = {old: new for new, old in enumerate(dict.fromkeys(each.citation for each in quoted), 1)}
    by_number = {each.n: each for each in found.sources}
    sources = [replace(by_number[old], n=new) for old, new in numbers.items()]
    figures = (
        replace(cited, citation=numbers[cited.citation])
        for cited in found.figures
        if any(one.citation == cited.citation and one.start <= cited.figure.start < one.end for one in quoted)
    )
    told = tuple(replace(each, citation=numbers[each.citation]) for each in quoted)
    return replace(found, summary=told, figures=tuple(figures), sources=tuple(sources))


#: what is wanted → how it is told of quotations, how of a table of figures
_TABLE: Final[
    Mapping[Verb, tuple[Callable[[Services, Turn, Quoting], Reply], Callable[[Services, Turn, FigureTable], Reply]]]
] = {
    "numbers": (_figures, _table),
    "said": (_speakers, _tellers),
    "where": (_places, _homes),
    "more": (_further, _next_page),
}
VERBS: Final = frozenset(_TABLE)
