"""Figures in Slack: a value as written and who said it, a line of disagreement, a table."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from content.documents import Answer, CitedFigure, Disagreement, Figure, FigureTable, Relation, Source, SourceDocument
from handlers.views.blocks import Block, Message, context, escape, header, paragraph, rich, run, table
from handlers.views.wording import counted, named, understood

_HEAD: Final = ("Figure", "About", "Period", "Said by", "Document")
#: rows of a table; with wrapped cells this is already a screenful, and far below Slack's 10,000 characters
_ROWS: Final = 30
_TABLE_LETTERS: Final = 9_500
_RELATIONS: Final[Mapping[Relation, str]] = {
    "reported_differently": "Sources differ",
    "contradicts": "Sources contradict each other",
    "changed": "This has changed",
}


def value(figure: Figure) -> str:
    """A figure as written, with the word that loosens it."""
    if figure.hedge and figure.hedge.casefold() not in figure.text.casefold():
        return f"{figure.hedge} {figure.text}"
    return figure.text


def said_by(figure: Figure, source: Source | None) -> str:
    """Who stands behind a figure: whom the text names, else the publisher, else the document."""
    if source is None:
        return figure.attributed_to or figure.document
    return figure.attributed_to or source.publisher or named(source.title, source.document)


def headline(answer: Answer) -> str | None:
    """The figure a question asked for: of the first quotation that has one, else the first there is."""
    chosen = chosen_figure(answer)
    if chosen is None:
        return None
    figure, sources = chosen.figure, by_number(answer.sources)
    parts = (value(figure), figure.period, said_by(figure, sources.get(chosen.citation)))
    line = " · ".join(part for part in parts if part)
    return line[:1].upper() + line[1:]


def chosen_figure(answer: Answer) -> CitedFigure | None:
    """The figure that the headline shows."""
    for quoted in answer.summary:
        for cited in answer.figures:
            if cited.citation == quoted.citation and quoted.start <= cited.figure.start < quoted.end:
                return cited
    return answer.figures[0] if answer.figures else None


def disagreements(answer: Answer) -> Block | None:
    """One line for each quantity that the sources do not agree on."""
    lines = [_differing(answer, each) for each in answer.disagreements]
    return rich(*lines) if lines else None


def answer_table(answer: Answer) -> Message:
    """The figures of an answer, each with its document."""
    sources = by_number(answer.sources)
    rows = [
        _row(each.figure, sources.get(each.citation), _title(sources.get(each.citation), each.figure))
        for each in answer.figures
    ]
    return _tabled(f"Figures: {answer.understanding.effective}", rows, ())


def topic_table(found: FigureTable, documents: Sequence[SourceDocument]) -> Message:
    """All figures of a topic."""
    if not found.figures:
        return _none(found)
    by_id = {document.document: document for document in documents}
    rows = [_topic_row(figure, by_id.get(figure.document)) for figure in found.figures]
    title = f"Figures: {found.understanding.effective}" if found.topic else "Figures in the documents"
    note = understood(found.understanding)
    return _tabled(title, rows, (note,) if note else ())


def by_number(sources: Sequence[Source]) -> dict[int, Source]:
    """The sources by the number they are cited with."""
    return {source.n: source for source in sources}


def _differing(answer: Answer, differing: Disagreement) -> Block:
    chosen, sources = chosen_figure(answer), by_number(answer.sources)
    cited = [answer.figures[position] for position in differing.figures]
    others = [each for each in cited if not answer.wants_figure or each != chosen] or cited
    about = f" ({differing.about})" if differing.about else ""
    said = (
        f"{value(each.figure)} ({said_by(each.figure, sources.get(each.citation))}) [{each.citation}]"
        for each in others
    )
    return paragraph(run(_RELATIONS[differing.relation], bold=True), run(f"{about}: " + " · ".join(said)))


def _row(figure: Figure, source: Source | None, title: str) -> tuple[str, ...]:
    return (value(figure), figure.about or "—", figure.period or "—", said_by(figure, source), title)


def _topic_row(figure: Figure, document: SourceDocument | None) -> tuple[str, ...]:
    title = named(document.title if document else None, figure.document)
    said = figure.attributed_to or (document.publisher if document else None) or title
    return (value(figure), figure.about or "—", figure.period or "—", said, title)


def _title(source: Source | None, figure: Figure) -> str:
    return named(source.title if source else None, figure.document)


def _tabled(title: str, rows: Sequence[tuple[str, ...]], notes: Sequence[Block]) -> Message:
    shown = list(_that_fit(rows))
    blocks = [header(title), *([rich(*notes)] if notes else []), table([_HEAD, *shown])]
    if len(shown) < len(rows):
        blocks.append(context(f"{len(rows) - len(shown)} more. Name a topic to see fewer: figures TOPIC."))
    first = "; ".join(f"{row[0]} ({row[3]})" for row in shown[:5])
    return Message(escape(f"{title} – {counted(len(rows), 'figure')}: {first}"), tuple(blocks))


def _that_fit(rows: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    letters = 0
    for row in rows[:_ROWS]:
        letters += sum(min(len(cell), 200) for cell in row)
        if letters > _TABLE_LETTERS:
            return
        yield row


def _none(found: FigureTable) -> Message:
    line = (
        "The documents hold no figures."
        if found.topic is None
        else f"No figures about “{found.topic}” in the documents."
    )
    return Message(escape(line), (rich(paragraph(run(line))),))
