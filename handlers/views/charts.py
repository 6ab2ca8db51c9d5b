"""Figures of one quantity side by side, as a native chart."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Final

from content.copies import told_once
from content.documents import Figure, FigureTable, SourceDocument
from content.values import Value
from content.values import value as read_value
from handlers.views.blocks import Block, bar_chart, clean, cut
from handlers.views.figures import said_by

#: fewer bars say less than a line of text
_LEAST: Final = 3
#: Slack's limit of a label
_LABEL: Final = 20
_SCALES: Final = ((1e12, "trillions"), (1e9, "billions"), (1e6, "millions"), (1e4, "thousands"))


def chart(found: FigureTable, documents: Mapping[str, SourceDocument]) -> Block | None:
    """The quantity most figures tell of, when three can be drawn; ``None`` otherwise.

    What was only copied is drawn once.

    "More than $52 billion" is drawn at 52; an order of magnitude and a range have no one height and are left out.
    """
    dates = {name: one.published or one.inferred for name, one in documents.items()}
    told = ([figure for figure, _ in told_once(_of(found, alike), dates)] for alike in found.alike)
    groups = [_drawable(figures) for figures in told]
    group = max(groups, key=len, default=[])
    if len(group) < _LEAST:
        return None
    figures = [figure for figure, _ in group]
    changed = any(one.relation == "changed" and found.figures[one.figures[0]] in figures for one in found.disagreements)
    if changed:
        group.reverse()  # the newest came first; a change is read from left to right
    labels = _labels([_date(figure, documents) if changed else _who(figure, documents) for figure, _ in group])
    scale, scaled = _scale([said.point for _, said in group])
    about = next((figure.about for figure in figures if figure.about), None) or "The figures side by side"
    unit = figures[0].unit or figures[0].kind
    bars = [(label, round(said.point / scale, 6)) for label, (_, said) in zip(labels, group, strict=True)]
    height = ", ".join(filter(None, (cut(unit, 25), scaled, "as written")))
    return bar_chart(about, bars, unit, "Published" if changed else "Said by", height)


def _of(found: FigureTable, positions: Sequence[int]) -> list[Figure]:
    return [found.figures[position] for position in positions]


def _drawable(figures: Sequence[Figure]) -> list[tuple[Figure, Value]]:
    read = [(figure, read_value(figure, signed=True)) for figure in figures]
    return [(figure, said) for figure, said in read if said and not said.vague and not figure.is_range]


def _who(figure: Figure, documents: Mapping[str, SourceDocument]) -> str:
    return said_by(figure, documents.get(figure.document))


def _date(figure: Figure, documents: Mapping[str, SourceDocument]) -> str:
    document = documents.get(figure.document)
    return (document.published if document else None) or _who(figure, documents)


def _labels(names: Sequence[str]) -> list[str]:
    """The names in so many characters as a label has, numbered where two would be one."""
    short = [cut(" ".join(clean(name).split()), _LABEL) or "—" for name in names]
    labels: list[str] = []
    for name in short:
        numbered = (f"{name[: _LABEL - 5]} ({n})" for n in count(2))
        labels.append(name if name not in labels else next(one for one in numbered if one not in labels))
    return labels


def _scale(points: Sequence[float]) -> tuple[float, str]:
    """What to divide by so that an axis can be read, and its name."""
    most = max(abs(point) for point in points)
    return next((one for one in _SCALES if most >= one[0]), (1.0, ""))
