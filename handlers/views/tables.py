"""Figures as a table in Slack: pages with the newest first, a chart where figures compare, the sentence of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from content.citations import reference
from content.copies import ToldOnce, told_once
from content.documents import Answer, Disagreement, Figure, FigureTable, Source, SourceDocument
from handlers.payloads import Part, write_part
from handlers.views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    data_table,
    escape,
    header,
    rich,
    run,
    select,
)
from handlers.views.charts import chart
from handlers.views.figures import alone, differing, told_by, value
from handlers.views.parts import page_of, rest
from handlers.views.wording import counted, first_words, line, listed, named, understood, way_on

NEWER, OLDER, SENTENCE = "figures_newer", "figures_older", "show_sentence"
_HEAD: Final = ("Figure", "About", "Period", "Said by", "Source")
#: rows of a page and characters of a cell: a screenful, and together below the 10,000 characters of a plain table
_ROWS: Final = 10
_CELL: Final = 150
#: what a button's value may hold
_VALUE: Final = 2000
#: lines of disagreement above a table
_DIFFERING: Final = 5

_Sources = Mapping[str, Source] | Mapping[str, SourceDocument]


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page shows: its figures in order, what is said above them and below."""

    title: str
    figures: Sequence[ToldOnce]
    notes: Sequence[Block]
    drawn: Block | None
    turns: Sequence[Block]
    foot: str


def answer_table(answer: Answer, words: str = "", part: int = 0) -> Message:
    """A part of the figures of an answer to ``words``, each with its document; a part beyond the last is the last."""
    figures = [each.figure for each in answer.figures]
    by_document = {source.document: source for source in answer.sources}
    shown = page_of(figures, part, _ROWS)
    notes = _differences(answer.disagreements, figures, by_document) if not shown.number else []
    title = f"Figures: {answer.understanding.effective}"
    listed = [(figure, ()) for figure in shown.items]
    turns, foot = rest(shown, words), shown.told("Figures")
    return _tabled(_Page(title, listed, notes, None, turns, foot), by_document, len(figures))


def topic_table(found: FigureTable, documents: Sequence[SourceDocument], page: int = 0) -> Message:
    """A page of the figures of a topic, counted from 0; a page beyond the last is the last."""
    if not found.figures:
        return _none(found)
    by_id = {document.document: document for document in documents}
    every = _every(found, documents)
    shown, count = page_of(every, page, _ROWS), len(every)
    note = understood(found.understanding)
    notes = [*([note] if note else []), *_differences(found.disagreements, found.figures, by_id)]
    title = f"Figures: {found.understanding.effective}" if found.topic else "Figures in the documents"
    foot = f"{told}, the newest documents first" if (told := shown.told("Figures")) else ""
    drawn = None if shown.number else chart(found, by_id)
    turns = _turns(found.topic, shown.number, count)
    return _tabled(_Page(title, shown.items, () if shown.number else notes, drawn, turns, foot), by_id, count)


def pages(found: FigureTable, documents: Sequence[SourceDocument]) -> int:
    """How many pages the table of a topic has."""
    return -(-len(_every(found, documents)) // _ROWS)


def _every(found: FigureTable, documents: Sequence[SourceDocument]) -> list[ToldOnce]:
    return told_once(found.figures, {one.document: one.published or one.inferred for one in documents})


def _turns(topic: str | None, page: int, count: int) -> list[Block]:
    """The buttons to the pages beside; a topic that fits into no button has none."""
    beside = [("Newer", NEWER, page - 1)] if page else []
    beside += [("Older", OLDER, page + 1)] if (page + 1) * _ROWS < count else []
    made = [(label, action, write_part(Part(topic or "", other))) for label, action, other in beside]
    return [button(label, action, turn) for label, action, turn in made if len(turn) <= _VALUE]


def _tabled(page: _Page, sources: _Sources, count: int) -> Message:
    rows = [_row(figure, sources.get(figure.document), copies) for figure, copies in page.figures]
    labels = (f"{value(figure)} · {row[3] or row[4]}" for (figure, _), row in zip(page.figures, rows, strict=True))
    picks = dict(zip((reference(figure) for figure, _ in page.figures), labels, strict=True))
    menu = select(SENTENCE, "Show the sentence of …", ((label, name) for name, label in picks.items()))
    blocks = [
        header(page.title),
        *([rich(*page.notes)] if page.notes else []),
        *([page.drawn] if page.drawn else []),
        data_table(page.title, [_HEAD, *rows], _CELL),
        actions(menu, *page.turns),
        *([context(page.foot)] if page.foot else []),
    ]
    return Message(
        escape(f"{page.title} – {counted(count, 'figure')}: {'; '.join(map(_read_aloud, rows))}"), tuple(blocks)
    )


def _read_aloud(row: Sequence[str]) -> str:
    """A row for those who hear the message: "$52 billion – AI, over three years (Reuters)"."""
    what = ", ".join(cell for cell in row[1:3] if cell)
    return f"{row[0]}{f' – {what}' if what else ''} ({row[3] or row[4]})"


def _differences(disagreements: Sequence[Disagreement], figures: Sequence[Figure], sources: _Sources) -> list[Block]:
    """The lines above a table, whose sources have no numbers."""
    lines = []
    for each in disagreements[:_DIFFERING]:
        told = [figures[position] for position in each.figures]
        who = [f"({told_by(figure, sources.get(figure.document))})" for figure in told]
        lines.append(differing(each.relation, each.about, told, who))
    return lines


def _row(figure: Figure, source: Source | SourceDocument | None, copies: Sequence[str]) -> tuple[str, ...]:
    """The cells of a figure; nobody is named where neither the text nor the document names somebody."""
    said = figure.attributed_to or (source.publisher if source else None) or ""
    title = named(source.title if source else None, figure.document)
    dated = f"{source.published} · {title}" if source and source.published else title
    also = f" · also in {counted(len(copies), 'other document')}" if copies else ""
    return (alone(figure), _about(figure), figure.period or "", said, dated + also)


def _about(figure: Figure) -> str:
    """What a figure measures, unless its own words say so: "three strategic bets"."""
    about = figure.about or ""
    return "" if f" {about} ".casefold() in f" {figure.text} ".casefold() else about


def _none(found: FigureTable) -> Message:
    if found.topic is None:
        return line(run("The documents hold no figures."))
    said = f"No figures for “{first_words(found.topic)}” in the documents"
    missing = [named(word, "") for word in found.understanding.missing]
    nowhere = f", none of which mentions {listed(missing, 'or')}" if missing else ""
    return line(run(f"{said}{nowhere}: "), *way_on())
