"""What goes on from an answer: who said it, where it stands, what else there is; and how that was understood."""

from collections.abc import Mapping, Sequence
from typing import Final

from content.documents import Answer, CitedFigure, FigureTable, Quotation, SourceDocument, Summary
from handlers.grammar import Request, Verb
from handlers.times import is_time
from handlers.views import notices
from handlers.views.answer import source
from handlers.views.blocks import Block, Message, bullets, context, escape, paragraph, quotation, rich, run
from handlers.views.figures import alone, by_number, said_by
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
    read = f"{_READS.get(request.verb, '')}{first_words(request.about) or 'all figures'}"
    return paragraph(run("Understood as: "), run(read, bold=True))


def speakers(found: Answer | Summary) -> Message:
    """Who said what an answer quotes, and what else it names: whom the text does, else the publisher, the document."""
    said = [(_speakers(found, each), each.text, each.citation) for each in found.summary]
    said += _others(found)
    lines = [[run(who, bold=True), run(f" – “{words}” [{n}]")] for who, words, n in said]
    text = "; ".join(f"{who} – “{words}” [{n}]" for who, words, n in said)
    return Message(
        escape(text), (rich(bullets(lines)), *(source(each, found.summary) for each in found.sources[:_MOST]))
    )


def places(found: Answer | Summary) -> Message:
    """Where an answer's sentences stand."""
    cited = {each.citation for each in found.summary}
    where = [each for each in found.sources if each.n in cited]
    text = listed([f"{named(each.title, each.document)}, paragraph {each.paragraph}" for each in where])
    return Message(escape(f"In {text}"), tuple(source(each, found.summary) for each in where[:_MOST]))


def more(found: Summary) -> Message:
    """Sentences that go on from those quoted before."""
    quoted = [quotation(run(f"“{each.text}” "), run(f"[{each.citation}]", bold=True)) for each in found.summary]
    text = " ".join(f"“{each.text}” [{each.citation}]" for each in found.summary)
    return Message(escape(text), (rich(*quoted), *(source(each, found.summary) for each in found.sources)))


def tellers(found: FigureTable, documents: Sequence[SourceDocument]) -> Message:
    """Who gave the figures of a table, each with theirs."""
    by_id = {each.document: each for each in documents}
    given: dict[str, list[str]] = {}
    for figure in found.figures:
        given.setdefault(said_by(figure, by_id.get(figure.document)), []).append(alone(figure))
    lines = [(who, listed(_few(list(dict.fromkeys(values))))) for who, values in list(given.items())[:_MOST]]
    more = len(given) - len(lines)
    foot = [context(f"… and {more} more")] if more else []
    text = "; ".join(f"{who} – {told}" for who, told in lines)
    bulleted = bullets([run(who, bold=True), run(f" – {told}")] for who, told in lines)
    return Message(escape(text), (rich(bulleted), *foot))


def unclear(words: str, about: str | None, example: str | None) -> str:
    """What would be understood instead of ``words``; ``about`` is what was asked before, if anything was."""
    such = f", such as “{example}”" if example else ""
    if not about:
        return f"I am not sure what “{first_words(words)}” is about. Ask me a whole question{such}."
    name = "Name the time, such as “and in the second quarter?”" if is_time(words) else "Name it"
    return (
        f"I am not sure what you mean by “{first_words(words)}”. {name}, or ask a whole question{such}. "
        f"Of “{first_words(about)}” you can also say: more, the figures, who said that, in which document."
    )


def forgotten(questions: int) -> Message:
    """What somebody asked is gone."""
    gone = f"I have forgotten what you asked ({counted(questions, 'question')})."
    stay = "My answers in channels stay; remove yours by reacting with ❌."
    return notices.notice(f"{gone if questions else 'I remembered nothing that you asked.'} {stay}")


def _few(values: list[str]) -> list[str]:
    return [*values[:_MOST], f"{len(values) - _MOST} more"] if len(values) > _MOST else values


def _others(found: Answer | Summary) -> list[tuple[str, str, int]]:
    """Who gave the figures that differ from those quoted, with the sentence and its source."""
    sources = by_number(found.sources)
    differ = {at for each in found.disagreements for at in each.figures} if isinstance(found, Answer) else set()
    told_apart = (each for at, each in enumerate(found.figures) if at in differ)
    cited = [each for each in told_apart if not any(_stands_in(each, quoted) for quoted in found.summary)]
    told = ((said_by(one.figure, sources.get(one.citation)), one.figure.sentence, one.citation) for one in cited)
    return list(dict.fromkeys(told))


def _stands_in(cited: CitedFigure, quoted: Quotation) -> bool:
    return cited.citation == quoted.citation and quoted.start <= cited.figure.start < quoted.end


def _speakers(found: Answer | Summary, quoted: Quotation) -> str:
    sources = by_number(found.sources)
    inside = [said_by(each.figure, sources.get(each.citation)) for each in found.figures if _stands_in(each, quoted)]
    cited = sources[quoted.citation]
    return listed(list(dict.fromkeys(inside))) or cited.publisher or named(cited.title, cited.document)
