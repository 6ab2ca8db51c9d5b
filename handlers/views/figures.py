"""Figures in Slack: a value as written, who said it, a line of disagreement."""

from collections.abc import Sequence
from unicodedata import category

from content.documents import Answer, CitedFigure, Figure, Relation, Source, SourceDocument
from content.grids import told as cell_of
from content.ledger import OPENINGS, opening
from handlers.views.blocks import Block, paragraph, rich, run
from handlers.views.wording import named


def value(figure: Figure) -> str:
    """A figure as written, with the word that loosens it."""
    if figure.hedge and figure.hedge.casefold() not in figure.text.casefold():
        return f"{figure.hedge} {figure.text}"
    return figure.text


def alone(figure: Figure) -> str:
    """A value that must stand for itself: a bare "billions" says of what."""
    bare = figure.kind == "money" and figure.unit is None and not any(category(sign) == "Sc" for sign in figure.text)
    return f"{value(figure)} (money)" if bare else value(figure)


def said_by(figure: Figure, source: Source | SourceDocument | None) -> str:
    """Who stands behind a figure: whom the text names, else the publisher, else the document."""
    if source is None:
        return figure.attributed_to or figure.document
    return figure.attributed_to or source.publisher or named(source.title, source.document)


def told_by(figure: Figure, source: Source | SourceDocument | None) -> str:
    """Who stands behind a figure, and when it was published where that is stated: what figures are compared with."""
    return ", ".join(filter(None, (said_by(figure, source), source.published if source else None)))


def headline(answer: Answer) -> str | None:
    """The figure a question asked for; of a row of a table with the names of its cell."""
    chosen = chosen_figure(answer)
    if chosen is None:
        return None
    figure, sources = chosen.figure, by_number(answer.sources)
    named = cell_of(figure)
    parts = (f"{named}{value(figure)}", "" if named else figure.period, said_by(figure, sources.get(chosen.citation)))
    told = " · ".join(part for part in parts if part)
    return told[:1].upper() + told[1:]


def chosen_figure(answer: Answer) -> CitedFigure | None:
    """The figure that the headline shows: those that the question asks for stand first."""
    return next(iter(answer.figures), None)


def disagreements(answer: Answer) -> Block | None:
    """One line for each quantity that the sources do not agree on; the headline's figure is not said again."""
    head = chosen_figure(answer) if answer.wants_figure else None
    at = answer.figures.index(head) if head else None
    sources = by_number(answer.sources)
    lines = []
    for each in answer.disagreements:
        cited = [answer.figures[position] for position in each.figures if position != at]
        who = [f"({told_by(one.figure, sources.get(one.citation))}) [{one.citation}]" for one in cited]
        about, begins = "" if at in each.figures else each.about, opening(each.relation, at, each.figures)
        lines.append(differing(each.relation, about, [one.figure for one in cited], who, begins))
    return rich(*lines) if lines else None


def by_number(sources: Sequence[Source]) -> dict[int, Source]:
    """The sources by the number they are cited with."""
    return {source.n: source for source in sources}


def differing(relation: Relation, about: str, figures: Sequence[Figure], who: Sequence[str], begins: str = "") -> Block:
    """The line of one quantity: who says what, a range after the plain values; what has changed, from old to new."""
    changed = relation == "changed"
    told = sorted(zip(figures, who, strict=True), key=lambda one: one[0].is_range and not changed)
    said = (" → " if changed else " · ").join(f"{value(figure)} {name}" for figure, name in told)
    return paragraph(run(begins or OPENINGS[relation], bold=True), run(f"{f' ({about})' if about else ''}: {said}"))
