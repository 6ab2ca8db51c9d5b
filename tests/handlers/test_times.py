"""The same question of another time."""

import pytest

from handlers.times import is_time, timed


@pytest.mark.parametrize(
    ("question", "when", "meant"),
    [
        ("revenue in september", "in june", "revenue in june"),
        ("revenue in September 2025?", "in June", "revenue in June 2025?"),
        ("What was it in the june quarter of 2025?", "september", "What was it in the september quarter of 2025?"),
        ("revenue in june 2025", "in 2024", "revenue in june 2024"),
        ("revenue in june 2025", "last year", "revenue last year"),
        ("revenue in june 2025", "Q1", "revenue in Q1 2025"),
        ("revenue in Q3 2025", "the first half", "revenue in the first half 2025"),
        ("revenue last year?", "2024", "revenue 2024?"),
        ("revenue in march last year?", "2024", "revenue in 2024?"),
        ("september revenue", "in june", "june revenue"),
        ("the latest revenue", "in may", "revenue in may?"),
        ("What may Acme sell?", "next year", "What may Acme sell next year?"),
        ("revenue in Q1 2025", "the quarter before", "revenue in Q4 2024"),
        ("revenue in Q4 2025", "the quarter after", "revenue in Q1 2026"),
        ("profit in the first quarter of 2025", "the previous quarter", "profit in the fourth quarter of 2024"),
        ("profit in the March quarter 2025", "the quarter before that", "profit in the December quarter 2024"),
        ("profit in december 2024", "the following month", "profit in january 2025"),
        ("profit in 2024", "the year before", "profit in 2023"),
        ("profit in 2024", "the quarter before", None),
        ("profit in september", "the quarter before", None),
        ("profit last year", "the year before", None),
        ("profit", "the quarter before", None),
        ("profit in 2024", "before", None),
    ],
)
def test_a_time_takes_the_place_of_another(question: str, when: str, meant: str | None) -> None:
    assert timed(question, when) == meant
    assert is_time(when)


@pytest.mark.parametrize("words", ["the risks", "Tencent", "before the pledge", "the quarterly report", "", "may be"])
def test_what_is_no_time(words: str) -> None:
    assert not is_time(words)
