"""A question to begin with, for the help."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Final

from content.documents import Answer, NothingFound, SourceDocument, Summary
from content.errors import UnusableQuestion
from handlers.services import Answers
from handlers.views.wording import SHORT

#: how a question for a figure begins, by its kind
_HOW: Final[Mapping[str, str]] = {"money": "how much for", "count": "how many"}
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
    for cited in found.figures if isinstance(found, Summary) else ():
        about = cited.figure.about or ""
        if 0 < len(about) <= SHORT and cited.figure.kind in _HOW:
            yield f"{_HOW[cited.figure.kind]} {about}?"
    if document.title and len(document.title) <= SHORT:
        yield f"what is said about {document.title}?"
