"""A question to begin with, for the help."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Final

from content.documents import Answer, NothingFound, SourceDocument, Summary
from content.errors import UnusableQuestion
from handlers import statements
from handlers.services import Answers
from handlers.views.wording import SHORT

#: where an example is looked for: that many documents, each of at most that many passages
_LOOKED_AT: Final = 5
_QUICK: Final = 200


def example(answers: Answers, documents: Sequence[SourceDocument]) -> str | None:
    """A question about a figure or a title that the documents do answer; ``None`` when none is found quickly."""
    for document in [each for each in documents[:_LOOKED_AT] if each.passages <= _QUICK]:
        with suppress(UnusableQuestion):  # an id may be no word at all
            for question in _questions(answers.summarize(document.document), document):
                if isinstance(answers.ask(question), Answer):
                    return question
    return None


def _questions(found: Summary | NothingFound, document: SourceDocument) -> Iterator[str]:
    figures = [cited.figure for cited in found.figures] if isinstance(found, Summary) else []
    for figure in figures:
        asked, about = statements.question(figure.sentence) or "", figure.about or ""
        if figure.kind == "money" and asked.startswith("How much"):
            yield asked[:1].lower() + asked[1:]
        if figure.kind == "count" and 0 < len(about) <= SHORT:
            yield f"how many {about} are there?"
    for topic in [*(figure.about for figure in figures if figure.kind == "money"), document.title]:
        if topic and len(topic) <= SHORT:
            yield f"what is said about {topic}?"
