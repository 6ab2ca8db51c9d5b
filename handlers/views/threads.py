"""What goes on from an answer: who said it, where it stands, what else there is; and how that was understood."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from content.documents import Answer, Quotation, Summary
from handlers.grammar import Request, Verb
from handlers.views import notices
from handlers.views.answer import source
from handlers.views.blocks import Block, Message, bullets, escape, paragraph, quotation, rich, run
from handlers.views.figures import by_number, said_by
from handlers.views.wording import counted, first_words, listed, named

_MOST: Final = 8
#: verb → how it reads before what it is about
_READS: Final[Mapping[Verb, str]] = {
    "figures": "figures ",
    "summary": "summary ",
    "numbers": "figures: ",
    "said": "who said it: ",
    "where": "where it stands: ",
    "more": "more: ",
}


def understood_as(request: Request) -> Block:
    """How words were read that go on from others."""
    read = f"{_READS.get(request.verb, '')}{first_words(request.about)}"
    return paragraph(run("Understood as: "), run(read, bold=True))


def speakers(found: Answer) -> Message:
    """Who said what an answer quotes: whom the text names, else the publisher, else the document."""
    said = [(_speakers(found, each), each) for each in found.summary]
    lines = [[run(who, bold=True), run(f" – “{each.text}” [{each.citation}]")] for who, each in said]
    text = "; ".join(f"{who} – “{each.text}” [{each.citation}]" for who, each in said)
    return Message(
        escape(text), (rich(bullets(lines)), *(source(each, found.summary) for each in found.sources[:_MOST]))
    )


def places(found: Answer) -> Message:
    """Where an answer's sentences stand."""
    cited = {each.citation for each in found.summary}
    where = [each for each in found.sources if each.n in cited]
    text = listed([f"{named(each.title, each.document)}, paragraph {each.paragraph}" for each in where])
    return Message(escape(f"In {text}"), tuple(source(each, found.summary) for each in where[:_MOST]))


def more(found: Summary, told: Sequence[Quotation]) -> Message | None:
    """The sentences of a summary that were not quoted before; ``None`` when there are none."""
    known = {each.text for each in told}
    fresh = tuple(each for each in found.summary if each.text not in known)
    if not fresh:
        return None
    sources = by_number(found.sources)
    numbers = {old: new for new, old in enumerate(dict.fromkeys(each.citation for each in fresh), 1)}
    fresh = tuple(replace(each, citation=numbers[each.citation]) for each in fresh)
    cited = [replace(sources[old], n=new) for old, new in numbers.items()]
    quoted = [quotation(run(f"“{each.text}” "), run(f"[{each.citation}]", bold=True)) for each in fresh]
    text = " ".join(f"“{each.text}” [{each.citation}]" for each in fresh)
    return Message(escape(text), (rich(*quoted), *(source(each, fresh) for each in cited)))


def forgotten(questions: int) -> Message:
    """What somebody asked is gone."""
    gone = f"I have forgotten what you asked ({counted(questions, 'question')})."
    stay = "My answers in channels stay; remove yours by reacting with ❌."
    return notices.notice(f"{gone if questions else 'I remembered nothing that you asked.'} {stay}")


def _speakers(found: Answer, quoted: Quotation) -> str:
    sources = by_number(found.sources)
    inside = [
        said_by(each.figure, sources.get(each.citation))
        for each in found.figures
        if each.citation == quoted.citation and quoted.start <= each.figure.start < quoted.end
    ]
    cited = sources[quoted.citation]
    return listed(list(dict.fromkeys(inside))) or cited.publisher or named(cited.title, cited.document)
