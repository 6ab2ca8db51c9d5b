"""A figure of a table is about its column and its row; the row that names the columns is a heading."""

import pytest

from content.documents import Answer, Document, NothingFound
from content.grids import rows, told
from content.library import Library
from content.passages import passages
from content.preparation import prepare
from handlers.views.figures import headline
from tests.conftest import open_library

TABLE = (
    "Results\n\nquarter | revenue | growth\n\nQ1 | $4.1 billion | 18%\n\nQ2 | $4.6 billion | 26%\n\nIt went on after."
)
MEMO = Document("memo", TABLE, headings=(0,), published="2025-11-24", publisher="Post")


def cells(*lines: str) -> list[tuple[str, str | None, str | None]]:
    """The figures of a text of these lines, each with what it is about and its period."""
    found = prepare(Document("a", "\n\n".join(lines))).figures
    return [(figure.text, figure.about, figure.period) for figure in found]


@pytest.mark.parametrize(
    ("lines", "figures"),
    [
        (
            ("quarter | revenue | growth", "Q1 | $4.1 billion | 18%", "Q2 | $4.6 billion | 26%"),
            [
                ("$4.1 billion", "revenue", "Q1"),
                ("18%", "growth", "Q1"),
                ("$4.6 billion", "revenue", "Q2"),
                ("26%", "growth", "Q2"),
            ],
        ),
        (
            ("figure | Q1 2025 | Q2 2025", "Revenue | $4.1 billion | $4.6 billion"),
            [("$4.1 billion", "Revenue", "Q1 2025"), ("$4.6 billion", "Revenue", "Q2 2025")],
        ),
        (("company | revenue", "Alibaba | $33 billion"), [("$33 billion", "Alibaba revenue", None)]),
        (("Year | Spent", "2025 | 5 billion yuan"), [("5 billion yuan", "Spent", "2025")]),
        (("Month | Sales", "March 2025 | $5 million"), [("$5 million", "Sales", "March 2025")]),
        (("Fell | $5 million", "Rose | $6 million"), [("$5 million", None, None), ("$6 million", None, None)]),
        (("a | b", "Revenue | $5 million | up"), [("$5 million", None, None)]),
        (("quarter | revenue", "Revenue rose to $5 million."), [("$5 million", "Revenue", None)]),
    ],
)
def test_a_cell_is_about_its_column_and_row(
    lines: tuple[str, ...], figures: list[tuple[str, str | None, str | None]]
) -> None:
    assert cells(*lines) == figures


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ((), {}),
        (("a | b",), {}),
        (("a | b", "1 | 2", "c", "3 | 4"), {1: 0}),
        (("a | b", "c | d | e"), {}),
        (("1 | 2", "3 | 4"), {}),
        (("a | 2024 | Q1 2025", "x | 1 | 2"), {1: 0}),
    ],
)
def test_rows_stand_under_the_row_that_names_the_columns(lines: tuple[str, ...], found: dict[int, int]) -> None:
    assert rows(lines) == found


def test_the_names_of_the_columns_are_a_heading_and_counted() -> None:
    assert [(one.number, one.heading, one.text) for one in passages(MEMO)] == [
        (3, "quarter | revenue | growth", "Q1 | $4.1 billion | 18%"),
        (4, "quarter | revenue | growth", "Q2 | $4.6 billion | 26%"),
        (5, "Results", "It went on after."),
    ]


def test_a_figure_of_a_row_is_told_with_its_names() -> None:
    assert [f"{told(figure)}{figure.text}" for figure in prepare(MEMO).figures][:2] == [
        "revenue, Q1: $4.1 billion",
        "growth, Q1: 18%",
    ]


@pytest.fixture(scope="module")
def memo(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = open_library(tmp_path_factory.mktemp("memo"))
    assert [one.outcome for one in library.add([MEMO])] == ["added"]
    library.refresh()
    return library


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("How much was revenue in Q2?", "Q2 | $4.6 billion | 26%"),
        ("revenue growth in Q1", "Q1 | $4.1 billion | 18%"),
        ("What was the growth in Q2?", "Q2 | $4.6 billion | 26%"),
    ],
)
def test_a_row_answers(memo: Library, question: str, quoted: str) -> None:
    found = memo.ask(question)
    assert isinstance(found, Answer)
    assert found.summary[0].text == quoted


def test_the_names_of_columns_answer_nothing(memo: Library) -> None:
    found = memo.ask("cloud revenue growth")
    assert isinstance(found, NothingFound) or "quarter | revenue" not in found.summary[0].text


def test_figures_of_a_column(memo: Library) -> None:
    assert [figure.text for figure in memo.figures("revenue").figures] == ["$4.1 billion", "$4.6 billion"]


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("Revenue (bn yuan)", "2.9", (2.9e9, "CNY")),
        ("Revenue (RMB bn)", "2.9", (2.9e9, "CNY")),
        ("Revenue ($m)", "2.9", (2.9e6, "USD")),
        ("Revenue (US$ billion)", "2.9", (2.9e9, "USD")),
        ("Revenue (adjusted)", "2.9", (2.9, None)),
        ("Revenue (bn yuan)", "13.1%", (13.1, "percent")),
        ("Revenue", "2.9", (2.9, None)),
    ],
)
def test_a_column_says_in_what_money(column: str, cell: str, value: tuple[float, str | None]) -> None:
    (figure,) = prepare(Document("a", f"Vendor | {column}\n\nUmbra | {cell}")).figures
    assert (figure.text, figure.low, figure.unit) == (cell, *value)


def test_a_row_answers_with_the_cell_asked_for(library: Library) -> None:
    rows = "Vendor | Share | Revenue (bn yuan)\n\nUmbra Cloud | 13.1% | 2.9\n\nOther Cloud | 7.0% | 1.6"
    list(library.add([Document("shares", rows)]))
    library.refresh()
    found = library.ask("How much revenue did Umbra Cloud have?")
    assert isinstance(found, Answer)
    assert (found.wants_figure, found.figures[0].figure.text) == (True, "2.9")
    assert headline(found) == "Umbra Cloud Revenue (bn yuan): 2.9 · shares"
