"""Figures in Slack: a value as written and who said it, a line of disagreement, a table."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from unicodedata import category

from content.documents import Answer, CitedFigure, Disagreement, Figure, FigureTable, Relation, Source, SourceDocument
from content.ledger import OPENINGS
from handlers.views.blocks import Block, Message, context, escape, header, paragraph, rich, run, table
from handlers.views.wording import counted, first_words, line, named, understood, way_on

_HEAD: Final = ("Figure", "About", "Period", "Said by", "Document")
#: rows of a table; with wrapped cells this is already a screenful, and far below Slack's 10,000 characters
_ROWS: Final = 30
_TABLE_LETTERS: Final = 9_500
#: lines of disagreement above a table
_DIFFERING: Final = 5


def value(figure: Figure) -> str:
    """A figure as written, with the word that loosens it."""
    if figure.hedge and figure.hedge.casefold() not in figure.text.casefold():
        return f"{figure.hedge} {figure.text}"
    return figure.text


def said_by(figure: Figure, source: Source | SourceDocument | None) -> str:
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
    told = " · ".join(part for part in parts if part)
    return told[:1].upper() + told[1:]


def chosen_figure(answer: Answer) -> CitedFigure | None:
    """The figure that the headline shows."""
    for quoted in answer.summary:
        for cited in answer.figures:
            if cited.citation == quoted.citation and quoted.start <= cited.figure.start < quoted.end:
                return cited
    return answer.figures[0] if answer.figures else None


def disagreements(answer: Answer) -> Block | None:
    """One line for each quantity that the sources do not agree on; the headline's figure is not said again."""
    head = chosen_figure(answer) if answer.wants_figure else None
    sources = by_number(answer.sources)
    lines = []
    for each in answer.disagreements:
        cited = [answer.figures[position] for position in each.figures]
        others = [one for one in cited if one != head] or cited
        who = [f"({said_by(one.figure, sources.get(one.citation))}) [{one.citation}]" for one in others]
        about = "" if len(others) < len(cited) else each.about
        lines.append(_differing(each.relation, about, [one.figure for one in others], who))
    return rich(*lines) if lines else None


def answer_table(answer: Answer) -> Message:
    """The figures of an answer, each with its document."""
    sources = by_number(answer.sources)
    rows = [_row(each.figure, sources.get(each.citation)) for each in answer.figures]
    title = f"Figures: {answer.understanding.effective}"
    by_document = {source.document: source for source in answer.sources}
    return _tabled(
        title, rows, _differences(answer.disagreements, [each.figure for each in answer.figures], by_document)
    )


def topic_table(found: FigureTable, documents: Sequence[SourceDocument]) -> Message:
    """All figures of a topic."""
    if not found.figures:
        return _none(found)
    by_id = {document.document: document for document in documents}
    rows = [_row(figure, by_id.get(figure.document)) for figure in found.figures]
    title = f"Figures: {found.understanding.effective}" if found.topic else "Figures in the documents"
    note = understood(found.understanding)
    return _tabled(title, rows, [*([note] if note else []), *_differences(found.disagreements, found.figures, by_id)])


def by_number(sources: Sequence[Source]) -> dict[int, Source]:
    """The sources by the number they are cited with."""
    return {source.n: source for source in sources}


def _differences(
    differing: Sequence[Disagreement],
    figures: Sequence[Figure],
    sources: Mapping[str, Source] | Mapping[str, SourceDocument],
) -> list[Block]:
    """The lines above a table, whose sources have no numbers."""
    lines = []
    for each in differing[:_DIFFERING]:
        told = [figures[position] for position in each.figures]
        who = [f"({said_by(figure, sources.get(figure.document))})" for figure in told]
        lines.append(_differing(each.relation, each.about, told, who))
    return lines


def _differing(relation: Relation, about: str, figures: Sequence[Figure], who: Sequence[str]) -> Block:
    """The line of one quantity: who says what, a range after the plain values."""
    told = sorted(zip(figures, who, strict=True), key=lambda one: _is_range(one[0]))
    said = " · ".join(f"{value(figure)} {name}" for figure, name in told)
    return paragraph(run(OPENINGS[relation], bold=True), run(f"{f' ({about})' if about else ''}: {said}"))


def _is_range(figure: Figure) -> bool:
    return figure.low is not None and figure.high is not None and figure.low < figure.high


def _row(figure: Figure, source: Source | SourceDocument | None) -> tuple[str, ...]:
    """The cells of a figure; nobody is named where neither the text nor the document names somebody."""
    said = figure.attributed_to or (source.publisher if source else None) or ""
    return (_cell(figure), _about(figure), figure.period or "", said, _title(figure, source))


def _cell(figure: Figure) -> str:
    """A value that must stand for itself: a bare "billions" says of what."""
    bare = figure.kind == "money" and figure.unit is None and not any(category(sign) == "Sc" for sign in figure.text)
    return f"{value(figure)} (money)" if bare else value(figure)


def _about(figure: Figure) -> str:
    """What a figure measures, unless its own words say so: "three strategic bets"."""
    about = figure.about or ""
    return "" if f" {about} ".casefold() in f" {figure.text} ".casefold() else about


def _title(figure: Figure, source: Source | SourceDocument | None) -> str:
    return named(source.title if source else None, figure.document)


def _tabled(title: str, rows: Sequence[tuple[str, ...]], notes: Sequence[Block]) -> Message:
    shown = list(_that_fit(rows))
    blocks = [header(title), *([rich(*notes)] if notes else []), table([_HEAD, *shown])]
    if len(shown) < len(rows):
        blocks.append(context(f"{len(rows) - len(shown)} more. Name a topic to see fewer: figures TOPIC."))
    first = "; ".join(f"{row[0]} ({row[3]})" if row[3] else row[0] for row in shown[:5])
    return Message(escape(f"{title} – {counted(len(rows), 'figure')}: {first}"), tuple(blocks))


def _that_fit(rows: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    letters = 0
    for row in rows[:_ROWS]:
        letters += sum(min(len(cell), 200) for cell in row)
        if letters > _TABLE_LETTERS:
            return
        yield row


def _none(found: FigureTable) -> Message:
    if found.topic is None:
        return line(run("The documents hold no figures."))
    return line(run(f"No figures about “{first_words(found.topic)}” in the documents: "), *way_on())
