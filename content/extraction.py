"""A text of many sentences → its figures, each with the sentence it stands in."""

from collections.abc import Iterator
from dataclasses import replace

from content import figures
from content.documents import Figure
from content.passages import sentence_spans


def figures_in(text: str, offset: int = 0, document: str = "") -> Iterator[Figure]:
    """The figures of a text in order; their offsets are those in the text plus ``offset``.

    >>> [(f.text, f.low, f.sentence) for f in figures_in("It grew. Sales rose 8%.")]
    [('8%', 8.0, 'Sales rose 8%.')]
    """
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        for figure in figures.extract(sentence):
            at = offset + start
            yield replace(figure, start=at + figure.start, end=at + figure.end, sentence=sentence, document=document)
