"""A small real library, and canned answers such as the documents give."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from content.citations import reference as name_of
from content.digests import Difference, Digest, NewDocument, NewFigure, Side, Teller
from content.documents import (
    Answer,
    CitedFigure,
    Correction,
    Disagreement,
    Excerpt,
    Figure,
    FigureTable,
    Nearest,
    NothingFound,
    Passage,
    Place,
    Quotation,
    Searched,
    Sentence,
    Source,
    SourceDocument,
    Summary,
    Understanding,
)
from content.errors import UnusableQuestion
from handlers.conversation import Turn
from handlers.gestures import Comment, Rating
from handlers.payloads import InConversation
from handlers.services import Job

SENTENCE = "Alibaba pledged more than $52 billion over the next three years, as reported by Reuters."
OTHER = "Others speak of $53 billion."


def figure(text: str = "$52 billion", start: int = 26, **fields: Any) -> Figure:
    """A figure of the canned passage."""
    return Figure(text, start, start + len(text), 5.2e10, None, "USD", "money", document="bold", **fields)


def source(n: int = 1, **fields: Any) -> Source:
    """A source with a title and a publisher."""
    known = Source(n, "bold", "A Bold Pivot", None, "2026-05", None, 3, SENTENCE, 0, len(SENTENCE))
    return replace(known, **fields)


@dataclass(frozen=True)
class Canned:
    """Answers that differ in the fields given."""

    searched: Searched = field(default_factory=lambda: Searched(4, "2026-05"))
    pledge: Figure = field(
        default_factory=lambda: figure(
            hedge="more than", period="over the next three years", about="AI", attributed_to="Reuters"
        )
    )

    def answer(self, **fields: Any) -> Answer:
        """One quotation with its figure and source."""
        quoted = Quotation(SENTENCE, 1, 0, len(SENTENCE))
        made = Answer(
            Understanding("how much?"),
            0.9,
            (quoted,),
            (CitedFigure(self.pledge, 1),),
            (),
            (source(),),
            self.searched,
            True,
        )
        return replace(made, **fields)

    def disagreeing(self, relation: Any = "reported_differently") -> Answer:
        """Two sources, two figures for one pledge."""
        other = CitedFigure(figure("$53 billion", 300, attributed_to="Technology Magazine"), 2)
        return self.answer(
            figures=(CitedFigure(self.pledge, 1), other),
            sources=(source(1), source(2, document="quiet", title="The Quiet Revolution", paragraph=8)),
            disagreements=(Disagreement("the pledge", relation, (0, 1), "two values"),),
        )

    def tens(self) -> Answer:
        """Three tellings of one pledge, the vaguest in the middle."""

        found = self.disagreeing()
        fields: dict[str, Any] = {
            "text": "tens of billions",
            "hedge": None,
            "low": 1e10,
            "high": 1e11,
            "attributed_to": "CNBC",
        }
        tens = replace(self.pledge, start=9, **fields)
        figures = (found.figures[0], CitedFigure(tens, 2), replace(found.figures[1], citation=3))
        differing = replace(found.disagreements[0], figures=(0, 1, 2))
        return replace(found, figures=figures, disagreements=(differing,))

    def corrected(self) -> Understanding:
        """A question with a misspelled word."""
        return Understanding("what is modlescope", (Correction("modlescope", "ModelScope"),), "what is ModelScope")

    def nothing(self, *missing: str, **fields: Any) -> NothingFound:
        """An honest no, with two near documents."""
        nearest = (Nearest("bold", "A Bold Pivot"), Nearest("plain", None))
        return replace(NothingFound(Understanding("q", (), None, missing), 0.1, nearest, self.searched), **fields)

    def figures(self, *figures: Figure, topic: str | None = "cloud") -> FigureTable:
        """A topic's figures."""
        return FigureTable(topic, Understanding(topic or ""), figures)

    def compared(self, count: int = 25) -> FigureTable:
        """Many figures, the first four of one quantity."""
        told = ((52, "Reuters"), (53, "CNBC"), (55, "CNBC"), (50, None))
        pledges = [
            replace(self.pledge, text=f"${value} billion", low=value * 1e9, start=n, attributed_to=who)
            for n, (value, who) in enumerate(told)
        ]
        others = (replace(self.pledge, start=n) for n in range(4, count))
        return replace(self.figures(*pledges, *others), alike=((0, 1, 2, 3),))

    def documents(self, count: int = 2) -> tuple[SourceDocument, ...]:
        """Documents with and without a title."""
        titled = SourceDocument("bold", "A Bold Pivot", "Reuters", "2026-05", "https://a.b/bold", 9, 3, ("sponsored",))
        others = (SourceDocument(f"plain{i}", None, None, None, None, 1, 0) for i in range(1, count))
        return (titled, *others)[:count]

    def summary(self, **fields: Any) -> Summary:
        """A document's key sentence."""
        quoted = (Quotation(SENTENCE, 1, 0, len(SENTENCE)),)
        return replace(Summary("bold", None, quoted, (CitedFigure(self.pledge, 1),), (source(),)), **fields)

    def digest(self, **fields: Any) -> Digest:
        """A story that somebody else tells, too, and what it changed."""
        quoted = Quotation(SENTENCE, 1, 0, len(SENTENCE))
        story = NewDocument(1, quoted, (Teller("plain1", None, "Lantern Wire"),))
        sides = (Side(figure("$50 billion"), None), Side(self.pledge, quoted))
        change = Difference(1, "changed", "changed", "the pledge", sides)
        cited = source(publisher="Reuters", link="https://a.b/bold")
        return replace(Digest(0, 9, 2, (story, change, NewFigure(1, sides[1])), (cited,)), **fields)

    def excerpt(self, text: str = SENTENCE, **fields: Any) -> Excerpt:
        """The third paragraph between two others."""
        before = Passage("bold", 2, 0, 10, "Before it.", "Money")
        passage = Passage("bold", 3, 100, 100 + len(text), text, "Money")
        after = Passage("bold", 4, 900, 909, "After it.", "Rivals")
        return replace(Excerpt("A Bold Pivot", None, "Reuters", "2026-05", (before,), passage, (after,)), **fields)


class CannedLibrary:
    """Documents that know one answer; anything with "dividend" is not in them."""

    def __init__(self, canned: Canned) -> None:
        self.canned = canned

    def ask(self, question: str) -> Answer | NothingFound:
        if len(question) > 2000:
            raise UnusableQuestion("That question is too long. Ask it in fewer words.")
        if question == "break":
            raise RuntimeError("secret detail")
        return self.canned.nothing("dividend") if "dividend" in question else self.canned.answer()

    def figures(self, topic: str | None) -> FigureTable:
        return self.canned.figures(self.canned.pledge, topic=topic)

    def further(self, question: str) -> Summary:
        return self.canned.summary()

    def summarize(self, name: str, beyond: int = 0) -> Summary | NothingFound:
        return self.canned.nothing(name) if name == "nobody" else self.canned.summary()

    def sources(self, copies: bool = False) -> tuple[SourceDocument, ...]:
        return self.canned.documents()

    def excerpt(self, place: Place, around: int = 2) -> Excerpt | None:
        return self.canned.excerpt() if place.document == "bold" else None

    def quoted(self, reference: str) -> tuple[Passage, Sentence] | None:
        passage = self.canned.excerpt().passage
        known = reference == name_of(self.canned.pledge)
        return (passage, Sentence(passage.text, passage.start, passage.end)) if known else None

    def searched(self) -> Searched:
        return self.canned.searched


@dataclass
class Notebook:
    """A history of one turn that writes down what it is told."""

    turn: Turn | None = None
    kept: list[tuple[str, Turn]] = field(default_factory=list)

    replies: dict[str, str] = field(default_factory=dict)
    opinions: list[Rating | Comment] = field(default_factory=list)

    def follows(self, place: InConversation) -> bool:
        return self.turn is not None

    def recent(self, user: str, most: int) -> tuple[str, ...]:
        return ("what is Qwen?", "figures cloud")[:most]

    def erase(self, user: str) -> int:
        self.turn = None
        return 3

    def recall(self, place: InConversation) -> Turn | None:
        return self.turn

    def replied(self, key: str, message: str) -> None:
        self.replies[key] = message

    def asker(self, message: str) -> str | None:
        return None

    def rate(self, rating: Rating) -> None:
        self.opinions.append(rating)

    def comment(self, comment: Comment) -> None:
        self.opinions.append(comment)

    def keep(self, job: Job, turn: Turn) -> None:
        self.kept.append((job.key, turn))


@pytest.fixture(scope="session")
def canned() -> Canned:
    return Canned()


@pytest.fixture(scope="session")
def shelf(canned: Canned) -> CannedLibrary:
    return CannedLibrary(canned)
