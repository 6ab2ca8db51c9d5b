"""What a person reads in a terminal. Text of documents is printed as it is: no markup of rich is read in it."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from shlex import quote

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from bot import columns
from bot.opinions import Disliked, Unanswered
from content.advertising import ONLY_SPONSORED
from content.copies import told_once
from content.dates import dated
from content.digests import Digest, Item, NewDocument, NewFigure, Side, Teller
from content.documents import (
    Answer,
    CitedFigure,
    FigureTable,
    NothingFound,
    Quotation,
    Searched,
    SearchResults,
    Source,
    SourceDocument,
    Summary,
    Understanding,
)
from content.grids import told
from content.language import HINT, is_foreign
from content.ledger import OPENINGS, opening
from content.library import Indexed
from content.provenance import without_addresses

_MOST_FAILURES = 20


class _Console(Console):
    """Leaves a closed pipe to :func:`bot.commands.run`, where rich would end the program with a failure."""

    def on_broken_pipe(self) -> None:
        """Called while the error is being handled."""
        raise


def _console(error: bool = False) -> Console:
    return _Console(stderr=error, highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """A line for the person, on standard error: standard output is for results."""
    print(text, file=sys.stderr)


def line(text: str) -> None:
    """A line of the result."""
    print(text)


@contextmanager
def progress() -> Iterator[Progress]:
    """Bars on standard error while something long runs; nothing when that is no terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    console = _console(error=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        yield bars


def show_answer(result: Answer | NothingFound) -> None:
    """An answer with its sources, or that there is none and what to do."""
    console = _console()
    _show_understanding(console, result.understanding)
    if isinstance(result, NothingFound):
        _show_nothing(console, result)
    else:
        if result.wants_figure:
            console.print(Text(_headline(result), "bold"))
        _show_quotations(console, result.summary)
        _show_disagreements(console, result)
        _show_sources(console, result.sources)
    missing = f", none mentions {_missing(result)}" if isinstance(result, Answer) and _missing(result) else ""
    console.print(Text(searched(result.searched) + missing, "dim"))


def _missing(result: Answer | NothingFound) -> str:
    return " or ".join(f"“{word}”" for word in result.understanding.missing)


def _show_understanding(console: Console, understanding: Understanding) -> None:
    for correction in understanding.corrections:
        console.print(Text(f"Showing {correction.read} (you wrote “{correction.written}”)", "italic"))


def _headline(result: Answer) -> str:
    first: CitedFigure = result.figures[0]
    value, figure = first.figure.text, first.figure
    if names := told(figure):
        return f"{names}{value} ({_said_by(result, first)})"
    return " ".join(filter(None, (value[:1].upper() + value[1:], figure.period, f"({_said_by(result, first)})")))


def _show_disagreements(console: Console, result: Answer) -> None:
    """A line for each quantity the sources differ on, plain values first; that of the headline is not said again."""
    for one in result.disagreements:
        told = [at for at in one.figures if at > 0 or not result.wants_figure]
        changed = one.relation == "changed"
        cited = sorted((result.figures[at] for at in told), key=lambda each: each.figure.is_range and not changed)
        said = (f"{each.figure.text} ({_told_by(result, each)}) [{each.citation}]" for each in cited)
        begins = opening(one.relation, 0 if result.wants_figure else None, one.figures)
        console.print(Text(f"{begins}: {(' → ' if changed else ' · ').join(said)}", "yellow"))


def _told_by(result: Answer, cited: CitedFigure) -> str:
    published = next((source.published for source in result.sources if source.n == cited.citation), None)
    return ", ".join(filter(None, (_said_by(result, cited), published)))


def _said_by(result: Answer, cited: CitedFigure) -> str:
    return cited.figure.attributed_to or _source(result.sources, cited.citation) or cited.figure.document


def _source(sources: Sequence[Source], n: int) -> str | None:
    return next((source.publisher or source.title for source in sources if source.n == n), None)


def _show_nothing(console: Console, result: NothingFound) -> None:
    missing = _missing(result)
    documents = _documents(result.searched.documents)
    why = f" for “{result.unmet}”, only for other times" if result.unmet else f": none mentions {missing}"
    console.print(Text(f"No answer in {documents}{why if result.unmet or missing else ''}.", "bold"))
    if result.sponsored:
        console.print(ONLY_SPONSORED)
    if is_foreign(result.understanding):
        console.print(HINT)
    if result.nearest:
        console.print("Ask in other words, or read one of the closest (alibaba-bot summarize …):")
    for near in result.nearest:
        console.print(Text(f"  {near.title or near.document}  ({near.document})"))


def _show_quotations(console: Console, quotations: Sequence[Quotation]) -> None:
    for quotation in quotations:
        console.print(Text(f"“{quotation.text}” [{quotation.citation}]"))


def _show_sources(console: Console, sources: Sequence[Source]) -> None:
    for source in sources:
        date = dated(source.published, source.inferred)
        parts = (source.title or source.document, source.publisher, date, source.label, f"paragraph {source.paragraph}")
        console.print(Text(f"[{source.n}] {' · '.join(filter(None, parts))}", "cyan"))
        if source.also_in:
            copies = (copy.publisher or copy.title or copy.document for copy in source.also_in)
            console.print(Text(f"    also in {', '.join(copies)}", "dim"))
        if source.link:
            console.print(Text(f"    {source.link}", "dim"))


def searched(what: Searched) -> str:
    """What was looked through, in words."""
    newest = f", the newest of {what.newest}" if what.newest else ""
    return f"{_documents(what.documents)} searched{newest}"


def _documents(count: int) -> str:
    return f"{count:,} document{'' if count == 1 else 's'}"


def show_hits(results: SearchResults) -> None:
    """Passages, best first."""
    console = _console()
    _show_understanding(console, results.understanding)
    if not results.hits:
        console.print(Text("No passage has any of these words.", "bold"))
    for hit in results.hits:
        head = f"{hit.rank}. {hit.title or hit.passage.document} · paragraph {hit.passage.number}"
        console.print(Text(head, "cyan"), Text(f"  {hit.score:.2f}", "dim"))
        if hit.passage.sponsored:
            console.print(Text(f"Sponsored, no evidence: {hit.passage.sponsored}", "yellow"))
        console.print(Text(without_addresses(hit.passage)))
        console.print(Text(f"also in {', '.join(hit.passage.also_in)}\n" if hit.passage.also_in else "", "dim"))


def show_figures(table: FigureTable, documents: Sequence[SourceDocument]) -> None:
    """Figures as a table, the newest documents first."""
    console = _console()
    _show_understanding(console, table.understanding)
    if not table.figures:
        missing = " or ".join(f"“{word}”" for word in table.understanding.missing)
        nowhere = f": no document mentions {missing}" if missing else ""
        console.print(Text(f"No figures there{nowhere}. Without a topic, `alibaba-bot figures` shows all.", "bold"))
        return
    dates = {one.document: one.published or one.inferred for one in documents}
    columns.of_figures(told_once(table.figures, dates), documents).show(_Console(highlight=False))
    for one in table.disagreements:
        console.print(Text(one.note, "yellow"))


def show_summary(name: str, result: Summary | NothingFound, begun: SourceDocument | None = None) -> None:
    """Key sentences with their sources; of a topic it is said that it is one, and which document it only begins."""
    console = _console()
    if isinstance(result, NothingFound):
        nothing = f". {ONLY_SPONSORED}" if result.sponsored else ", and none mentions it."
        console.print(Text(f"No document is called “{name}”{nothing}", "bold"))
        console.print("`alibaba-bot sources` lists the documents.")
        return
    _show_understanding(console, result.understanding)
    if result.topic:
        count = len({source.document for source in result.sources})
        console.print(Text(f"On “{result.topic}”, from {_documents(count)}", "bold"))
    if begun:
        console.print(Text(f"A document begins so: alibaba-bot summarize {begun.document}", "italic"))
    _show_quotations(console, result.summary)
    if result.figures:
        told = (f"{cited.figure.text} [{cited.citation}]" for cited in result.figures)
        console.print(Text(f"Figures: {' · '.join(told)}", "bold"))
    _show_sources(console, result.sources)


def show_digest(since: str, found: Digest) -> None:
    """The stories since a moment, each with what it changed, who differs, what else is new."""
    console = _console()
    if not found.items:
        console.print(Text(f"Nothing new since {since}.", "bold"))
        console.print("Another day: alibaba-bot digest --since ISO-DATE")
        return
    came = f"{_documents(found.documents)} arrived since {since}" if found.documents else f"Changed since {since}"
    console.print(Text(came, "bold"))
    for story in found.stories():
        console.print()
        first = found.source(story[0].quotation) if isinstance(story[0], NewDocument) else None
        for item in story:
            _show_item(console, found, item, first.document if first else "")
    console.print()
    _show_sources(console, found.sources)


def _show_item(console: Console, found: Digest, item: Item, beside: str) -> None:
    if isinstance(item, NewDocument):
        _show_new_document(console, item, found.source(item.quotation))
    elif isinstance(item, NewFigure):
        figure, names = item.side.figure, told(item.side.figure)
        said = f"{names}{figure.text}" if names else f"“{figure.sentence}”"
        console.print(Text(f"New figure: {said} {_cited(item.side)}"))
    else:
        sides = (f"{side.figure.text} ({', '.join(found.who(side, beside)) or 'before'})" for side in item.sides)
        cited = (f"{each} {_cited(side)}".rstrip() for each, side in zip(sides, item.sides, strict=True))
        about = f" ({item.quantity})" if item.quantity else ""
        said = (" → " if item.kind == "changed" else " · ").join(cited)
        console.print(Text(f"{OPENINGS[item.relation]}{about}: {said}", "yellow"))


def _show_new_document(console: Console, item: NewDocument, source: Source | None) -> None:
    if source:
        known = (source.title or source.document, source.publisher, dated(source.published, source.inferred))
        console.print(Text(" · ".join(filter(None, known)), "bold"))
    _show_quotations(console, [item.quotation])
    if item.told_by:
        console.print(Text(f"Also told by {', '.join(dict.fromkeys(map(_named, item.told_by)))}", "dim"))


def _named(teller: Teller) -> str:
    copies = dict.fromkeys(copy.publisher or copy.title or copy.document for copy in teller.also_in)
    name = teller.publisher or teller.title or teller.document
    return f"{name} (copied by {', '.join(copies)})" if copies else name


def _cited(side: Side) -> str:
    return f"[{side.quotation.citation}]" if side.quotation else ""


def show_sources(documents: Sequence[SourceDocument]) -> None:
    """The list of documents."""
    columns.of_sources(documents).show(_Console(highlight=False))


def show_feedback(unanswered: Sequence[Unanswered], disliked: Sequence[Disliked]) -> None:
    """What the documents lack, and what people did not like."""
    if not (unanswered or disliked):
        line("In Slack no question is left unanswered, and nobody disliked an answer.")
    if unanswered:
        columns.of_unanswered(unanswered).show(_Console(highlight=False))
    if disliked:
        columns.of_disliked(disliked).show(_Console(highlight=False))


def show_indexed(results: Sequence[Indexed]) -> None:
    """What became of the documents, failures named."""
    counts = {outcome: sum(one.outcome == outcome for one in results) for outcome in ("added", "changed", "unchanged")}
    line(", ".join(f"{count:,} {outcome}" for outcome, count in counts.items()))
    show_failures(results)


def show_failures(results: Sequence[Indexed]) -> None:
    """The files that could not be read, and why."""
    _say_some("not read", [(one.name, one.error) for one in results if one.error], "could not be read")


def show_left_out(results: Sequence[Indexed]) -> None:
    """The files of folders that are not read, and why."""
    _say_some("left out", [(one.name, one.left_out) for one in results if one.left_out], "were left out")


def show_gone(documents: Sequence[str]) -> None:
    """The documents whose files are gone, and how to be rid of them."""
    if documents:
        files = "a file that is" if len(documents) == 1 else "files that are"
        named = " ".join([*map(quote, documents[:_MOST_FAILURES]), *(["…"] if documents[_MOST_FAILURES:] else [])])
        say(f"{_documents(len(documents))} came from {files} no longer there; to remove: alibaba-bot remove {named}")


def show_unknown(name: str, meant: str | None) -> None:
    """There is no such document; perhaps another was meant."""
    guess = f"did you mean {meant}?" if meant else "`alibaba-bot sources` lists them."
    say(f"No document is called “{name}”; {guess}")


def _say_some(what: str, found: Sequence[tuple[str, str]], rest: str) -> None:
    for name, reason in found[:_MOST_FAILURES]:
        say(f"{what}: {name}: {reason}")
    if len(found) > _MOST_FAILURES:
        say(f"… and {len(found) - _MOST_FAILURES:,} more that {rest}")
