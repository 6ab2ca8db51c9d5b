"""The help's first example is a question the documents answer, or there is none."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from content.documents import CitedFigure
from content.errors import UnusableQuestion
from handlers.examples import example
from tests.handlers.conftest import CannedLibrary


class Telling(CannedLibrary):
    """Summaries with other figures; answers some questions only."""

    def __init__(self, canned: Any, figures: Iterable[Any], answered: str = "") -> None:
        super().__init__(canned)
        self.told = tuple(CitedFigure(figure, 1) for figure in figures)
        self.answered = answered

    def summarize(self, name: str, beyond: int = 0) -> Any:
        if name == "🤷":
            raise UnusableQuestion("There is no word in that.")
        return self.canned.nothing() if name == "nobody" else self.canned.summary(figures=self.told)

    def ask(self, question: str) -> Any:
        return self.canned.answer() if self.answered in question else self.canned.nothing()


@pytest.mark.parametrize(
    ("fields", "question"),
    [
        ([{}], "what is said about AI?"),
        ([{"sentence": "In May, Acme pledged more than $52 billion for AI."}], "how much did Acme pledge?"),
        ([{"sentence": "They pledged more than $52 billion for AI."}], "what is said about AI?"),
        ([{}, {"about": "models", "kind": "count"}], "how many models are there?"),
        ([{"about": None}, {"about": "cloud"}], "what is said about cloud?"),
        ([{"kind": "percent"}], "what is said about A Bold Pivot?"),
        ([{"about": "a" * 51}], "what is said about A Bold Pivot?"),
        ([], "what is said about A Bold Pivot?"),
    ],
)
def test_of_a_figure_else_of_a_title(canned: Any, fields: list[dict[str, Any]], question: str) -> None:
    figures = [replace(canned.pledge, **each) for each in fields]
    assert example(Telling(canned, figures), canned.documents()) == question


@pytest.mark.parametrize(("answered", "question"), [("cloud", "what is said about cloud?"), ("zebra", None)])
def test_only_what_is_answered(canned: Any, answered: str, question: str | None) -> None:
    figures = [canned.pledge, replace(canned.pledge, about="cloud")]
    assert example(Telling(canned, figures, answered), canned.documents()) == question


@pytest.mark.parametrize(
    "changes",
    [
        {"title": None},
        {"title": "t" * 51},
        {"passages": 201},
        {"document": "🤷"},
        {"document": "nobody", "title": None},
    ],
)
def test_a_document_that_offers_none_is_passed_over(canned: Any, changes: dict[str, Any]) -> None:
    known = canned.documents()[0]
    assert example(Telling(canned, []), [replace(known, **changes)]) is None
    assert example(Telling(canned, []), [replace(known, **changes), known]) == "what is said about A Bold Pivot?"
    assert example(Telling(canned, []), [replace(known, **changes)] * 5 + [known]) is None


def test_without_documents_there_is_none(canned: Any) -> None:
    assert example(Telling(canned, []), ()) is None
