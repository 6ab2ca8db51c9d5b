"""A document taken apart, ready to be stored: its passages, its figures, and what was found out about it."""

import hashlib
import json
from dataclasses import dataclass, replace

from content.dates import inferred_date
from content.documents import Document, Figure, Passage
from content.extraction import figures_in
from content.grids import in_its_cell
from content.occasions import under_its_heading
from content.passages import passages
from content.provenance import judged, label

#: Raised when documents are taken apart otherwise than before: those that are stored are then taken apart anew.
#: 6: a figure has the period of its heading and the column and row of its cell; "raised from A to B" tells of two.
PREPARATION = 6
#: What is known of a document before it is taken apart: what was stated, and what was read out of its file.
STATED = ("id", "text", "title", "title_source", "url", "publisher", "author", "published")
READ = ("suggested", "sponsored", "headings")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document taken apart, ready to be stored: the slow part of indexing, done outside the transaction."""

    document: Document
    checksum: str
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]


def prepare(document: Document) -> Prepared:
    """Take a document apart into passages and figures, advertising aside: nobody's figures are taken from that."""
    parts = judged(document, passages(document))
    fair = (part for part in parts if not part.sponsored)
    read = ((part, figure) for part in fair for figure in figures_in(part.text, part.start, document.id))
    found = (under_its_heading(in_its_cell(figure, part), part) for part, figure in read)
    inferred = None if document.published else inferred_date(document.text, document.url) or document.suggested
    known = replace(document, inferred=inferred, label=label(document, parts))
    return Prepared(known, checksum(document), parts, tuple(found))


def checksum(document: Document) -> str:
    """The content hash by which a document counts as unchanged: text and all that is known about it beforehand."""
    known = [getattr(document, name) for name in STATED]
    read = {name: value for name in READ if (value := getattr(document, name))}
    return hashlib.sha256(json.dumps([*known, *([read] if read else [])]).encode()).hexdigest()
