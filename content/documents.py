"""The nouns of the project: frozen values that every other module passes around.

All offsets are characters of the document's text, half-open: ``text[start:end]`` is the thing itself.
A metadata field that nobody stated is ``None``.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["money", "percent", "count", "multiple", "duration", "other"]
Change = Literal["up", "down"]
Relation = Literal["reported_differently", "contradicts", "changed"]
TitleSource = Literal["stated", "first words"]


@dataclass(frozen=True, slots=True)
class Document:
    """A text and what is known of it."""

    id: str
    text: str
    title: str | None = None
    #: where the title comes from: the document states it, or its first words serve as one
    title_source: TitleSource | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    #: ISO 8601, as precise as it was stated ("2026-05", "2026-05-14")
    published: str | None = None
    #: likewise, as the text, the address or the file tells it where nobody stated it
    inferred: str | None = None
    #: what it is other than somebody's report: "sponsored", "press release"
    label: str | None = None
    #: a date that its file or page suggests without stating it; ``inferred`` comes of it where the text tells none
    suggested: str | None = None
    #: its metadata state that somebody paid for it, in these words: "true", "by Acme"
    sponsored: str | None = None
    #: where the lines begin that its own structure calls headings; only needed to take it apart
    headings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a document."""

    document: str
    #: 1-based position among the document's paragraphs, headings counted: what a reader would count
    number: int
    start: int
    end: int
    text: str
    #: the heading the passage stands under
    heading: str | None = None
    #: what shows that somebody paid for it; nothing is answered from such a passage
    sponsored: str | None = None
    #: other documents in which a search has found a copy of it
    also_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage; offsets are the document's."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text, read as data (DESIGN §6 says what counts as one).

    ``low`` and ``high`` bound the value; one of them is ``None`` where the text leaves that side open
    ("more than $52 billion": low 5.2e10, high None).
    """

    text: str
    start: int
    end: int
    low: float | None
    high: float | None
    #: ISO currency code, "percent", "times", a unit of time, or the noun counted ("users and businesses")
    unit: str | None
    kind: Kind
    #: the words that loosen the number, as written: "more than", "nearly", "tens of"
    hedge: str | None = None
    period: str | None = None
    about: str | None = None
    attributed_to: str | None = None
    change: Change | None = None
    sentence: str = ""
    document: str = ""

    @property
    def is_range(self) -> bool:
        """Whether it has two bounds that differ: "tens of billions"."""
        return self.low is not None and self.high is not None and self.low < self.high


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of the question that was read as another one."""

    written: str
    read: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a question was read: as typed, and what spelling made of it."""

    question: str
    corrections: tuple[Correction, ...] = ()
    #: the whole question with its corrections; ``None`` when nothing was corrected
    understood_as: str | None = None
    #: words that matter and that no document has, as typed, in the order of the question
    missing: tuple[str, ...] = ()

    @property
    def effective(self) -> str:
        """The question to answer: as corrected, else as typed."""
        return self.understood_as or self.question


@dataclass(frozen=True, slots=True)
class Copy:
    """Another document that has the same passage."""

    document: str
    title: str | None
    publisher: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """A cited passage, numbered as the answer's [1], [2] …"""

    n: int
    document: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    paragraph: int
    passage: str
    #: offsets of the passage in the document's text
    start: int
    end: int
    #: of the passage's text as it was quoted: whoever opens it later can tell whether it has changed
    fingerprint: str = ""
    #: when the document was written, where nobody stated it
    inferred: str | None = None
    #: what the passage is other than somebody's report: "press release", "sponsored"
    label: str | None = None
    #: where the document opens at the first sentence quoted from it
    link: str | None = None
    also_in: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was quoted: what it takes to find it again."""

    document: str
    paragraph: int
    #: half-open offsets in the passage's text, one blank between its words (:mod:`content.places`)
    marked: tuple[tuple[int, int], ...] = ()
    #: of the passage when it was quoted; ``""`` when nobody knows
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A verbatim sentence of an answer and the source it stands in."""

    text: str
    citation: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CitedFigure:
    """A figure and the number of the source it stands in."""

    figure: Figure
    citation: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Figures of one quantity that do not say the same."""

    about: str
    relation: Relation
    #: positions in the answer's ``figures``; where it has changed, from old to new
    figures: tuple[int, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked through: how many documents, and the newest stated date among them."""

    documents: int
    newest: str | None = None


@dataclass(frozen=True, slots=True)
class Nearest:
    """A document that comes closest to a question nothing answers."""

    document: str
    title: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Verbatim sentences that answer a question, with what backs them."""

    understanding: Understanding
    confidence: float
    summary: tuple[Quotation, ...]
    figures: tuple[CitedFigure, ...]
    disagreements: tuple[Disagreement, ...]
    sources: tuple[Source, ...]
    searched: Searched
    #: the question asks for a number, so the figures come first
    wants_figure: bool = False


@dataclass(frozen=True, slots=True)
class NothingFound:
    """The honest other outcome: the documents do not answer this."""

    understanding: Understanding
    confidence: float
    nearest: tuple[Nearest, ...]
    searched: Searched
    #: whether a sponsored passage comes nearest, which is quoted for those only who ask for advertising
    sponsored: bool = False
    #: the period asked for, where what is told is of another; ``""`` where it is not that
    unmet: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A ranked passage."""

    rank: int
    passage: Passage
    title: str | None
    score: float
    #: when its document was published, or seems to have been, as ISO 8601; "" where nothing tells it
    dated: str = ""


@dataclass(frozen=True, slots=True)
class SearchResults:
    """Ranked passages, best first, and how the query was read."""

    understanding: Understanding
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """All figures of a topic (``None``: of everything), those of the newest documents first, undated ones last."""

    topic: str | None
    understanding: Understanding
    figures: tuple[Figure, ...]
    disagreements: tuple[Disagreement, ...] = ()
    #: positions of figures that tell of one quantity, two at least: what may stand side by side in a chart
    alike: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """The key sentences of one document, or of a topic across documents, in reading order."""

    #: the id of the document summarised; ``None`` when it is a topic
    document: str | None
    #: the topic summarised; ``None`` when it is a document
    topic: str | None
    summary: tuple[Quotation, ...]
    figures: tuple[CitedFigure, ...]
    sources: tuple[Source, ...]
    #: how the topic was read
    understanding: Understanding = Understanding("")


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A line of the list of documents."""

    document: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    passages: int
    figures: int
    #: what sets it apart from a report: "sponsored", "press release", "1 sponsored passage"
    labels: tuple[str, ...] = ()
    #: when it was written, where nobody stated it
    inferred: str | None = None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage among its neighbours, for reading in context."""

    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    before: tuple[Passage, ...]
    passage: Passage
    after: tuple[Passage, ...]
    #: the passage no longer says what it said when it was quoted
    changed: bool = False
    inferred: str | None = None
    label: str | None = None
