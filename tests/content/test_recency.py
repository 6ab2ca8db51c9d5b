"""The newest wins among documents that answer about as well, and who asks for it gets it."""

import pytest

from content.documents import Answer, Document
from content.library import Library
from content.recency import asks_newest, without_newest
from tests.conftest import open_library

QUARTER = "Alibaba Cloud revenue was ${} billion in the {} quarter of 2025, up {}% from a year earlier."
PLAN = "Alibaba will invest {} billion yuan in AI and cloud infrastructure over the next three years, {} reported."
NOTES = (
    Document("q1", QUARTER.format("4.1", "first", 18), publisher="Reuters", published="2025-05-15"),
    Document("q2", QUARTER.format("4.6", "second", 26), publisher="Reuters", published="2025-08-29"),
    Document("q4", QUARTER.format("6.0", "fourth", 36), publisher="Reuters", published="2026-02-20"),
    Document("q3", QUARTER.format("5.6", "third", 34), publisher="Reuters", published="2025-11-25"),
    Document("plan", PLAN.format(380, "Bloomberg"), publisher="Bloomberg", published="2025-02-24"),
    Document("raised", PLAN.format(480, "Caixin"), publisher="Caixin", published="2026-11-20"),
    Document("undated", "Eddie Wu leads Alibaba as chief executive."),
    Document("before", "Daniel Zhang leads Alibaba; he is its chief executive.", published="2021-01-01"),
    Document("since", "Joe Tsai chairs Alibaba.", published="2024-03-01"),
)


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = open_library(tmp_path_factory.mktemp("notes"))
    years = ((n, 1 + n % 4, 2000 + n // 4) for n in range(80))
    alike = (
        Document(f"n{n}", f"Tencent paid its {n} engineers in quarter {q} of {y}.", published=f"{y}-{3 * q:02}-15")
        for n, q, y in years
    )
    assert all(one.outcome == "added" for one in library.add([*NOTES, *alike]))
    library.refresh()
    return library


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("how much was cloud revenue", "q4"),
        ("cloud revenue", "q4"),
        ("latest cloud revenue", "q4"),
        ("what is the latest cloud revenue", "q4"),
        ("What is the most recent cloud revenue?", "q4"),
        ("What was the newest cloud revenue?", "q4"),
        ("current cloud revenue", "q4"),
        ("What is Alibaba's current cloud revenue?", "q4"),
        ("How much is cloud revenue now?", "q4"),
        ("How much is cloud revenue today?", "q4"),
        ("how much was cloud revenue in the first quarter of 2025", "q1"),
        ("how much was cloud revenue in the second quarter", "q2"),
        ("how much will alibaba invest in ai", "raised"),
        ("how much does Alibaba currently invest in AI?", "raised"),
        ("Who leads Alibaba as chief executive?", "undated"),
        ("Who currently leads Alibaba as chief executive?", "before"),
        ("How many engineers did Tencent pay?", "n79"),
        ("How many engineers did Tencent recently pay?", "n79"),
    ],
)
def test_the_newest_is_quoted_first(notes: Library, question: str, document: str) -> None:
    found = notes.ask(question)
    assert isinstance(found, Answer)
    assert found.sources[0].document == document
    assert found.understanding.missing == ()


@pytest.mark.parametrize("question", ["latest cloud revenue", "How many engineers did Tencent recently pay?"])
def test_who_asks_for_the_newest_gets_nothing_older(notes: Library, question: str) -> None:
    found = notes.ask(question)
    assert isinstance(found, Answer)
    quoted = {one.citation for one in found.summary}
    assert {source.document for source in found.sources if source.n in quoted} == {found.sources[0].document}


def test_figures_of_what_is_newest(notes: Library) -> None:
    assert {one.document for one in notes.figures("latest cloud revenue").figures} == {"q1", "q2", "q3", "q4"}


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("latest cloud revenue", "cloud revenue"),
        ("What is the most recent cloud revenue?", "What is the cloud revenue?"),
        ("What did Alibaba recently buy?", "What did Alibaba buy?"),
        ("What is the company’s current plan?", "What is the company’s plan?"),
        ("Who is the present chairman?", "Who is the chairman?"),
        ("How many users are there as of today?", "How many users are there?"),
        ("What are today’s prices?", "What are prices?"),
        ("How many users are there right now?", "How many users are there?"),
    ],
)
def test_words_that_ask_for_the_newest_ask_for_nothing_else(question: str, rest: str) -> None:
    assert asks_newest(question)
    assert without_newest(question) == rest


@pytest.mark.parametrize(
    "question",
    [
        "What is alternating current?",
        "What is the current of the river?",
        "What did USA Today report?",
        "Who wrote for USA Today?",
        "Who is behind Apocalypse Now Redux?",
        "What do customers get as a present?",
        "Is there news?",
    ],
)
def test_other_questions_stay_as_they_are(question: str) -> None:
    assert not asks_newest(question)
    assert without_newest(question) == question


@pytest.mark.parametrize("question", ["latest", "what is the latest?"])
def test_a_question_is_never_left_without_words(question: str) -> None:
    assert without_newest(question) == question
