"""A digest as one message of ten items at most, and what goes on in its thread.

A story is its title, the sentence that matters, and beneath it what it changed, who says otherwise, what else is new.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from content.dates import dated
from content.digests import Difference, Digest, Item, NewDocument, NewFigure, Side, Teller
from content.documents import Quotation, Source
from content.grids import told
from content.ledger import OPENINGS
from handlers.views import notices
from handlers.views.answer import in_context
from handlers.views.blocks import (
    Block,
    Message,
    bullets,
    context,
    cut,
    escape,
    header,
    leading,
    linked,
    quotation,
    rich,
    run,
    section,
)
from handlers.views.figures import value
from handlers.views.wording import also_in, counted, first_words, listed, named, short

#: items of a message, and messages of the thread
_ITEMS: Final = 10
_MESSAGES: Final = 4
#: characters of a sentence: ten of them and all around them are well below what a message holds
_SENTENCE: Final = 500
#: who else tells a story, by name
_TELLERS: Final = 4
_TITLE: Final = "What is new"
_MORE: Final = "More in the thread"

_Story = tuple[Item, ...]


def digest(found: Digest, since: str = "") -> Message:
    """The stories that matter most; ``since`` are the words for the time it covers ("yesterday", "2 March").

    When nothing is new it says so: whether that is posted is for others to decide.
    """
    pages = _pages(found)
    if not pages:
        return quiet(found, since)
    title = f"{_TITLE} since {since}" if since else _TITLE
    rest = [context(_MORE)] if len(pages) > 1 else []
    blocks = [header(title), context(contents(found)), *_blocks(found, pages[0]), *rest]
    return Message(escape(f"{title}: {contents(found)}. {_aloud(found, pages[0])}"), tuple(blocks))


def more(found: Digest) -> tuple[Message, ...]:
    """What did not fit into the message, for its thread: the stories that matter less."""
    pages = _pages(found)
    made = [Message(escape(_aloud(found, page)), tuple(_blocks(found, page))) for page in pages[1:_MESSAGES]]
    left = sum(len(story) for page in pages[_MESSAGES:] for story in page)
    return (
        *made,
        *([notices.notice(f"And {counted(left, 'more item')}; sources lists all documents.")] if left else []),
    )


def quiet(found: Digest, since: str = "") -> Message:
    """Nothing is new, or nothing that was not told before."""
    came = f": {counted(found.documents, 'document')} came that told nothing new" if found.documents else ""
    return notices.notice(f"Nothing new{f' since {since}' if since else ''}{came}.")


def contents(found: Digest) -> str:
    """How much is new: "5 new documents · 1 figure changed"."""
    differences = [item for item in found.items if isinstance(item, Difference)]
    changed = sum(item.kind == "changed" for item in differences)
    disagreements = len(differences) - changed
    counts = (
        (found.documents, counted(found.documents, "new document")),
        (changed, f"{counted(changed, 'figure')} changed"),
        (disagreements, counted(disagreements, "disagreement")),
    )
    return " · ".join(told for count, told in counts if count)


def _pages(found: Digest) -> list[list[_Story]]:
    """The stories, as many whole ones to a message as have ten items together."""
    pages: list[list[_Story]] = []
    for story in found.stories():
        if pages and sum(map(len, pages[-1])) + len(story) <= _ITEMS:
            pages[-1].append(story)
        else:
            pages.append([story])
    return pages


def _blocks(found: Digest, stories: Sequence[_Story]) -> Iterator[Block]:
    for story in stories:
        quoted = _leading(story)
        if (cited := found.source(quoted)) and quoted:
            title = named(cited.title, cited.document)
            yield section(linked(cited.link, title, _known(cited)), in_context(cited, (quoted,)))
            lines = [line for item in story if (line := _line(found, item, cited))]
            yield rich(quotation(run(_sentence(quoted))), *([bullets(lines)] if lines else []))
            yield from (context(tellers) for item in story if (tellers := _tellers(item, cited)))


def _leading(story: _Story) -> Quotation | None:
    """The sentence a story is told by: the document's, or the new one of a page that changed."""
    first = story[0]
    if isinstance(first, NewDocument):
        return first.quotation
    return first.side.quotation if isinstance(first, NewFigure) else first.sides[-1].quotation


def _known(cited: Source) -> str:
    known = (cited.publisher, dated(cited.published, cited.inferred), cited.label)
    return "".join([*(f" · {each}" for each in known if each), also_in(cited)])


def _sentence(quoted: Quotation) -> str:
    return f"“{cut(quoted.text, _SENTENCE)}”"


def _tellers(item: Item, cited: Source) -> str:
    """Who else tells a story in words of their own."""
    if not isinstance(item, NewDocument):
        return ""
    told = {short(one.publisher or one.title, one.document): one for one in reversed(item.told_by)}
    names = [f"{name}{_copied(told[name])}" for name in reversed(told) if name != cited.publisher]
    more = len(names) - _TELLERS
    return f"Also told by {listed([*names[:_TELLERS], *([f'{more} more'] if more > 0 else [])])}" if names else ""


def _copied(teller: Teller) -> str:
    names = dict.fromkeys(short(one.publisher or one.title, one.document) for one in teller.also_in)
    return f" (copied by {listed(list(names))})" if names else ""


def _line(found: Digest, item: Item, cited: Source) -> list[Block]:
    """What stands beneath a story, one line each."""
    if isinstance(item, Difference):
        return [*_opening(item), *_sides(found, item, cited.document)]
    if isinstance(item, NewFigure) and (source := found.source(item.side.quotation)):
        return [
            *_marked(item.side),
            *([] if source.document == cited.document else [run(" "), _who(found, item.side, cited.document)]),
        ]
    return []


def _marked(side: Side) -> tuple[Block, ...]:
    """The sentence of a figure, in which it stands out; of a table its column and row."""
    if names := told(side.figure):
        return run(names), run(side.figure.text, bold=True)
    quoted, text = f"“{cut(side.figure.sentence, _SENTENCE)}”", side.figure.text
    at = quoted.find(text)
    if at < 0:
        return (run(quoted),)
    return run(quoted[:at]), run(text, bold=True), run(quoted[at + len(text) :])


def _opening(item: Difference) -> tuple[Block, Block]:
    about = f" ({first_words(item.quantity, 80)})" if item.quantity else ""
    return run(OPENINGS[item.relation], bold=True), run(f"{about}: ")


def _sides(found: Digest, item: Difference, beside: str) -> Iterator[Block]:
    between = " → " if item.kind == "changed" else " · "
    for at, side in enumerate(item.sides):
        yield run(f"{between if at else ''}{first_words(value(side.figure))} ")
        yield _who(found, side, beside)


def _who(found: Digest, side: Side, beside: str) -> Block:
    """Who says so and when, leading there; a page that changed does not say it any more."""
    source = found.source(side.quotation)
    told = ", ".join(map(first_words, found.who(side, beside)))
    return leading(source.link if source else None, f"({told or 'before'})")


def _aloud(found: Digest, stories: Sequence[_Story]) -> str:
    """The stories as a notification and a screen reader tell them."""
    return " ".join(part for story in stories for part in _said(found, story))


def _said(found: Digest, story: _Story) -> Iterator[str]:
    quoted = _leading(story)
    cited = found.source(quoted)
    if cited and quoted:
        publisher = f" ({cited.publisher})" if cited.publisher else ""
        yield f"{named(cited.title, cited.document)}{publisher}: {_sentence(quoted)}"
        lines = ("".join(each["text"] for each in _line(found, item, cited)) for item in story)
        tellers = (_tellers(item, cited) for item in story)
        yield from (line if line.endswith("”") else f"{line}." for line in (*lines, *tellers) if line)
