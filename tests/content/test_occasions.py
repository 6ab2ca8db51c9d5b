"""The March quarter is not the June quarter: a figure answers for the period it holds in."""

from pathlib import Path

import pytest

from content.documents import Answer, Document, Figure, NothingFound
from content.library import Library
from content.occasions import asked_when, is_of, occasions, when_of
from content.preparation import prepare
from handlers.views.answer import nothing
from tests.conftest import open_library

NOTES = """Umbra's quarters

March quarter 2025

Cloud revenue was $3 billion, up 18% from a year earlier. Operating margin was 8.0%.

June quarter 2025

Cloud revenue was $4 billion, up 26%. Capital expenditure was $6 billion.

September quarter 2025

Cloud revenue was $5 billion, up 34%. Capital expenditure fell to $2 billion. In 2020 it had 100 stores.
"""
SECTIONS = tuple(NOTES.index(head) for head in ("Umbra's", "March", "June", "September"))
DOCUMENTS = (
    Document("notes", NOTES, title="Umbra's quarters", published="2025-11-28", headings=SECTIONS),
    Document("table", "Quarter | Sales of shoes\n\nQ1 | $4 billion\n\nQ2 | $7 billion", published="2025-08-01"),
    Document("later", "Umbra says that capital expenditure will be $9 billion.", published="2025-12-24"),
)


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = open_library(Path(tmp_path_factory.mktemp("occasions")))
    assert all(one.outcome == "added" for one in library.add(DOCUMENTS))
    library.refresh()
    return library


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("cloud revenue in the December quarter", [(0, "quarter", 12)]),
        ("cloud revenue in december quarter 2025", [(2025, "quarter", 12)]),
        ("in the first quarter of 2025", [(2025, "quarter", 3)]),
        ("Q3 2025", [(2025, "quarter", 9)]),
        ("2025 Q3", [(2025, "quarter", 9)]),
        ("the quarter ended June 30, 2025", [(2025, "quarter", 6)]),
        ("H1 2025 and the second half", [(2025, "half", 6), (0, "half", 12)]),
        ("in April and in may 2024", [(0, "month", 4), (2024, "month", 5)]),
        ("it may march on", []),
        ("on March 5, 2025", [(2025, "", 0)]),
        ("by 2028, since March 2026, from 2024", []),
        ("fiscal 2025, the first quarter of fiscal 2026, FY25, Q1 FY2026", []),
        ("March quarter 2025 (fiscal Q4)", [(2025, "quarter", 3)]),
        ("2,025 firms", []),
    ],
)
def test_periods_named(text: str, told: list[tuple[int, str, int]]) -> None:
    assert [(one.year, one.part, one.month) for one in occasions(text)] == told


@pytest.mark.parametrize(
    ("asked", "told", "verdict"),
    [
        ("in the March quarter", "June quarter 2025", False),
        ("in the June quarter", "June quarter 2025", True),
        ("in the September quarter of 2025", "Q3", True),
        ("in the September quarter of 2024", "September quarter 2025", False),
        ("in June", "June quarter 2025", True),
        ("in the June quarter", "in 2024", None),
        ("in 2025", "September quarter 2025", True),
        ("in 2025", "in the September quarter", None),
        ("in the March and June quarters and in Q2", "June quarter", True),
        ("in 2025", "over three years", None),
    ],
)
def test_of_a_period_asked_for(asked: str, told: str, verdict: bool | None) -> None:
    assert is_of(occasions(asked), occasions(told)) is verdict


def test_when_a_figure_holds_it_says_itself_else_its_sentence_else_the_heading() -> None:
    sentence = "In June 2025 it paid $4, up from $3 in May."
    four = Figure("$4", 20, 22, 4, 4, "USD", "money", sentence=sentence)
    three = Figure("$3", 32, 34, 3, 3, "USD", "money", period="in May", sentence=sentence)
    assert [one.says for one in when_of(four, [three], "Year 2020")] == ["June 2025"]
    assert [one.says for one in when_of(three, [four], "Year 2020")] == ["May"]
    bare = Figure("$3", 0, 2, 3, 3, "USD", "money", sentence="It paid $3.")
    assert [one.says for one in when_of(bare, [], "Year 2020")] == ["2020"]
    assert when_of(bare, [], "2020 | 2021") == when_of(bare, [], None) == ()


def test_a_figure_without_a_period_has_that_of_its_heading() -> None:
    told = {figure.text: figure.period for figure in prepare(DOCUMENTS[0]).figures}
    assert told == {
        **{"$3 billion": "March quarter 2025", "18%": "from a year earlier", "8.0%": "March quarter 2025"},
        **dict.fromkeys(("$4 billion", "26%", "$6 billion"), "June quarter 2025"),
        **dict.fromkeys(("$5 billion", "34%", "$2 billion"), "September quarter 2025"),
        "100 stores": "In 2020",
    }


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("cloud revenue in the march quarter", "$3 billion"),
        ("What was cloud revenue in the June quarter?", "$4 billion"),
        ("capital expenditure in the june quarter", "$6 billion"),
        ("cloud revenue", "$5 billion"),
        ("latest cloud revenue", "$5 billion"),
        ("What is the current cloud revenue?", "$5 billion"),
        ("latest operating margin", "8.0%"),
        ("latest sales of shoes", "$7 billion"),
        ("How much were sales of shoes in Q1?", "$4 billion"),
    ],
)
def test_the_period_asked_for_answers_else_the_latest(notes: Library, question: str, figure: str) -> None:
    found = notes.ask(question)
    assert isinstance(found, Answer)
    assert found.figures[0].figure.text == figure


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("capital expenditure in the march quarter", "march quarter"),
        ("cloud revenue in the first quarter of 2024", "first quarter of 2024"),
        ("What was the operating margin in the June quarter?", "June quarter"),
        ("How much were sales of shoes in the third quarter?", "third quarter"),
    ],
)
def test_another_period_is_no_answer(notes: Library, question: str, period: str) -> None:
    found = notes.ask(question)
    assert isinstance(found, NothingFound)
    assert found.unmet == period
    assert f"for {period}, only for other times." in nothing(found).text


def test_who_is_asked_for_is_not_asked_by_figures() -> None:
    assert asked_when("person", "Who led Umbra in 2019?") == ()


@pytest.mark.parametrize(
    ("question", "differ"),
    [("How much was cloud revenue?", 0), ("cloud revenue", 0), ("How many monthly users has Umbra?", 1)],
)
def test_only_what_is_asked_for_is_disputed(library: Library, question: str, differ: int) -> None:
    said = "Cloud revenue of Umbra was $5 billion and Umbra had {} million monthly users in the March quarter of 2025."
    list(library.add(Document(f"d{n}", said.format(n), publisher=f"P{n}") for n in (60, 100)))
    library.refresh()
    found = library.ask(question)
    assert isinstance(found, Answer)
    assert len(found.disagreements) == differ
