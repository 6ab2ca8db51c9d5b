"""Values → the JSON others script against. Its shape is fixed by the README; only add to it.

Keys are in the order the README gives them. Nothing here decides anything.
"""

from collections.abc import Sequence
from dataclasses import asdict

from bot.opinions import Disliked, Unanswered
from content.digests import Difference, Digest, Item, NewFigure, Side
from content.documents import (
    Answer,
    CitedFigure,
    Disagreement,
    Figure,
    FigureTable,
    NothingFound,
    Quotation,
    SearchResults,
    Source,
    SourceDocument,
    Summary,
    Understanding,
)
from content.library import Indexed

Json = dict[str, object]


def answer(result: Answer | NothingFound) -> Json:
    """``ask --json``: one object, whether it was answered or not."""
    asked = result.understanding
    head: Json = {
        "question": asked.question,
        "understood_as": asked.understood_as,
        "answered": isinstance(result, Answer),
        "confidence": result.confidence,
        "missing": list(asked.missing),
    }
    searched = {"searched": asdict(result.searched)}
    if isinstance(result, NothingFound):
        nothing: Json = {key: [] for key in ("summary", "figures", "disagreements", "sources")}
        return head | nothing | {"nearest": [asdict(near) for near in result.nearest]} | searched
    return (
        head
        | _quoted(result.summary, result.figures)
        | {"disagreements": [_disagreement(one) for one in result.disagreements], "sources": _sources(result.sources)}
        | searched
    )


def _quoted(summary: tuple[Quotation, ...], figures: tuple[CitedFigure, ...]) -> Json:
    return {
        "summary": [{"text": one.text, "citation": one.citation} for one in summary],
        "figures": [figure(cited.figure) | {"citation": cited.citation} for cited in figures],
    }


def _sources(sources: tuple[Source, ...]) -> list[Json]:
    """A source's fingerprint has been written as its digest from the first: what is read elsewhere keeps its name."""
    return [{"digest" if key == "fingerprint" else key: told for key, told in asdict(one).items()} for one in sources]


def figure(one: Figure) -> Json:
    """A figure; whole numbers are written as such (52000000000, not 52000000000.0)."""
    return asdict(one) | {"low": _number(one.low), "high": _number(one.high)}


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value.is_integer() else value


def _disagreement(one: Disagreement) -> Json:
    return {"about": one.about, "relation": one.relation, "figures": list(one.figures), "note": one.note}


def search(results: SearchResults) -> Json:
    """``search --json``."""
    hits = [
        {
            "rank": hit.rank,
            "document": hit.passage.document,
            "title": hit.title,
            "paragraph": hit.passage.number,
            "score": round(hit.score, 6),
            "text": hit.passage.text,
            "sponsored": hit.passage.sponsored,
            "also_in": list(hit.passage.also_in),
        }
        for hit in results.hits
    ]
    return _read_as(results.understanding) | {"hits": hits}


def _read_as(understanding: Understanding) -> Json:
    return {"query": understanding.question, "understood_as": understanding.understood_as}


def figures(table: FigureTable) -> Json:
    """``figures --json``."""
    return {
        "topic": table.topic,
        "figures": [figure(one) for one in table.figures],
        "disagreements": [_disagreement(one) for one in table.disagreements],
    }


def extracted(line: str, found: tuple[Figure, ...]) -> Json:
    """``extract --json``: a line and its figures; offsets are of the line."""
    return {"text": line, "figures": [figure(one) for one in found]}


def summary(name: str, result: Summary | NothingFound) -> Json:
    """``summarize --json``: a document's or a topic's; empty when nothing is said of the topic."""
    if isinstance(result, NothingFound):
        return {"topic": name, "summary": [], "figures": [], "sources": []}
    subject: Json = {"document": result.document} if result.document else {"topic": result.topic}
    return subject | _quoted(result.summary, result.figures) | {"sources": _sources(result.sources)}


def digest(since: str, found: Digest) -> Json:
    """``digest --json``: the items, the first matters most; those of one story have its number."""
    items = [{"kind": item.kind, "story": item.story} | _item(found, item) for item in found.items]
    return {"since": since, "items": items, "sources": _sources(found.sources)}


def _item(found: Digest, item: Item) -> Json:
    if isinstance(item, NewFigure):
        return {"figure": _side(item.side)}
    if isinstance(item, Difference):
        sides: list[Json] = [_side(side) for side in item.sides]
        return {"about": item.about, "relation": item.relation, "figures": sides}
    source = found.source(item.quotation)
    names = ("document", "title", "publisher", "published", "url")
    known: Json = {name: getattr(source, name) for name in names}
    told = {"text": item.quotation.text, "citation": item.quotation.citation}
    copies = [asdict(copy) for copy in source.also_in] if source else []
    return known | told | {"also_in": copies, "told_by": [asdict(one) for one in item.told_by]}


def _side(side: Side) -> Json:
    """A figure; without a citation where its document no longer says it."""
    return figure(side.figure) | {"citation": side.quotation.citation if side.quotation else None}


def sources(documents: tuple[SourceDocument, ...]) -> Json:
    """``sources --json``."""
    return {"sources": [asdict(document) | {"labels": list(document.labels)} for document in documents]}


def feedback(unanswered: Sequence[Unanswered], disliked: Sequence[Disliked]) -> Json:
    """``feedback --json``: what to add to the documents, and what to mend."""
    return {"unanswered": [asdict(one) for one in unanswered], "disliked": [asdict(one) for one in disliked]}


def indexed(results: list[Indexed]) -> Json:
    """``index --json``: the ids by what became of them, and what failed."""
    by_outcome: Json = {
        outcome: [one.name for one in results if one.outcome == outcome]
        for outcome in ("added", "changed", "unchanged")
    }
    return by_outcome | {"failed": [{"path": one.name, "error": one.error} for one in results if one.error]}
