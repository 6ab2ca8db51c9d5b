"""What a figure measures: whose, of what, when, how it is meant, and how far two values are from each other."""

import pytest

from content.documents import Document, Figure
from content.extraction import figures_in
from content.measures import Measure, measure, names, owner
from content.periods import Period, read_period
from content.values import near, possible_together, same, value


def first(sentence: str) -> Figure:
    return next(figures_in(sentence))


def read(sentence: str, *subjects: str, published: str | None = None) -> Measure | None:
    figure = first(sentence)
    return measure(figure, owner(figure), Document("a", "", published=published), frozenset(subjects))


def measured(sentence: str, *subjects: str, published: str | None = None) -> Measure:
    found = read(sentence, *subjects, published=published)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("sentence", "owner"),
    [
        ("Alibaba pledged $5 billion for chips.", "alibaba"),
        ("According to CNBC, Alibaba pledged $5 billion for chips.", "alibaba"),
        (
            "Earlier this year, Alibaba Group Holding Ltd. pledged $5 billion for chips, as reported by Reuters.",
            "alibaba",
        ),
        ("Unlike Tencent, Baidu pledged $5 billion for chips.", "baidu"),
        ("Alibaba reported revenue of $5 billion.", "alibaba"),
        ("A $5 billion commitment by Tencent was announced.", "tencent"),
        ("In China, Apple sold 5 million phones.", "apple"),
        ("Alibaba Cloud's revenue was $5 billion.", "alibaba"),
    ],
)
def test_a_figure_is_the_nearest_names(sentence: str, owner: str) -> None:
    assert measured(sentence).owners == {owner}


@pytest.mark.parametrize(
    "sentence",
    [
        "Revenue was $5 billion.",
        "Analysts expect revenue of $5 billion.",
        "In March 2025, the Chinese company pledged $5 billion for AI.",
        "The AI chip market will reach $200 billion by 2030, Gartner said.",
    ],
)
def test_no_name_is_made_up(sentence: str) -> None:
    assert measured(sentence).owners == frozenset()


@pytest.mark.parametrize(
    ("sentence", "owners"),
    [
        ("Revenue was $5 billion.", {"jd"}),
        ("Baidu's revenue was $5 billion.", {"baidu"}),
        ("The AI chip market will reach $200 billion by 2030, Gartner said.", set()),
        ("The company holds 8% of the AI chip market.", {"jd"}),
    ],
)
def test_without_a_name_it_is_of_whom_the_document_is_about(sentence: str, owners: set[str]) -> None:
    assert measured(sentence, "jd").owners == owners


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Alibaba CEO Eddie Wu", [("alibaba",), ("eddie", "wu")]),
        ("Goldman Sachs sees Nvidia ahead", [("goldman", "sachs"), ("nvidia",)]),
        ("Sales in May rose", []),
        ("", []),
    ],
)
def test_names_are_runs_of_capitals(text: str, found: list[tuple[str, ...]]) -> None:
    assert [run for _, run in names(text)] == found


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Tencent's cloud revenue was $5 billion.", "Cloud revenue at Tencent was $5 billion."),
        ("Alibaba Cloud's revenue was $5 billion.", "Alibaba's cloud revenue was $5 billion."),
        ("Amazon's capex was $5 billion.", "Amazon's capital expenditure was $5 billion."),
        ("Meta spent $5 billion on data centres.", "Meta spent $5 billion on data centers."),
        ("Microsoft had sales of $5 billion.", "Microsoft's revenue was $5 billion."),
    ],
)
def test_the_same_thing_is_measured_however_it_is_put(left: str, right: str) -> None:
    assert measured(left).terms == measured(right).terms


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Amazon's revenue from cloud was $5 billion.", "Amazon's revenue from advertising was $5 billion."),
        ("Huawei's net profit was $5 billion.", "Huawei's operating profit was $5 billion."),
        ("Alibaba's revenue was $5 billion.", "Alibaba's cloud revenue was $5 billion."),
        ("Tencent has 900 corporate users.", "Tencent has 900 users."),
    ],
)
def test_what_narrows_it_counts(left: str, right: str) -> None:
    assert measured(left).terms != measured(right).terms


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Alibaba spent $5 billion on chips.", "statement"),
        ("Alibaba pledged $5 billion for chips.", "plan"),
        ("Alibaba will invest $5 billion in chips.", "plan"),
        ("Alibaba's $5 billion investment in chips was praised.", "open"),
        ("The market will reach $5 billion by 2030.", "estimate"),
        ("Alibaba could spend $5 billion on chips.", "estimate"),
        ("Alibaba spent an estimated $5 billion on chips.", "estimate"),
        ("Alibaba spent $5 billion on chips, according to analysts at Jefferies.", "estimate"),
        ("Beating every forecast, Alibaba spent $5 billion on chips.", "statement"),
    ],
)
def test_a_fact_a_plan_and_an_estimate_are_told_apart(sentence: str, stance: str) -> None:
    assert measured(sentence).stance == stance


@pytest.mark.parametrize(
    ("sentence", "shape"),
    [
        ("Alibaba's revenue rose 8%.", "movement"),
        ("Alibaba's revenue rose by $2 billion.", "movement"),
        ("Alibaba's revenue rose to $33 billion.", "level"),
        ("Alibaba's margin was 8%.", "level"),
        ("Baidu cut 5,000 jobs.", "level"),
    ],
)
def test_growth_is_no_level(sentence: str, shape: str) -> None:
    assert measured(sentence).shape == shape


@pytest.mark.parametrize(
    "sentence",
    [
        "Up from $40 billion, it is more.",
        "OpenAI raised another $8 billion.",
        "The sum includes an additional $8 billion for chips.",
        "The plants cost $4 billion each.",
        "In all, of which $3 billion went to chips.",
    ],
)
def test_a_base_or_a_part_measures_nothing(sentence: str) -> None:
    assert read(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "supersedes"),
    [
        ("Alibaba raised its commitment to $69 billion.", True),
        ("Goldman Sachs now forecasts revenue of $69 billion.", True),
        ("Alibaba's revenue rose to $69 billion.", False),
    ],
)
def test_a_revision_says_so(sentence: str, supersedes: bool) -> None:
    assert measured(sentence).supersedes == supersedes


def test_places_confine() -> None:
    assert measured("Apple sold 9 million phones in China in 2024.").scope == {"china"}
    assert measured("Apple sold 9 million phones in March 2024.").scope == frozenset()
    assert measured("Alibaba pledged $5 billion, echoed in Technology Magazine.").scope == frozenset()


def dated(period: str | None, published: str | None = None, text: str = "$5", sentence: str = "") -> Period:
    return read_period(Figure(text, 0, 2, 5, 5, "USD", "money", period=period, sentence=sentence), published)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("in Q3 2025", "in the third quarter of 2025"),
        ("2025 Q3", "3Q25"),
        ("over the next three years", "within 3 years"),
        ("in the September quarter", "in the quarter ended September"),
        ("in 2025", "during 2025"),
        ("in FY25", "in fiscal 2025"),
        ("by 2030", "by 2030"),
        ("year-on-year", "yoy"),
        ("in September 2024", "in Sept 2024"),
        ("today", None),
        ("annually", "a year"),
    ],
)
def test_one_period_however_it_is_put(left: str | None, right: str | None) -> None:
    assert dated(left) == dated(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("in 2025", "in 2024"),
        ("in 2025", "in fiscal 2025"),
        ("by 2030", "in 2030"),
        ("over the next three years", "over the past three years"),
        ("in the September quarter", "in the June quarter"),
        ("for the three months ended June 30", "for the three months ended September 30"),
        ("a month", "a year"),
        ("in early 2025", "in 2025"),
        ("year-on-year", "quarter-on-quarter"),
    ],
)
def test_another_period(left: str, right: str) -> None:
    assert dated(left) != dated(right)
    assert dated(left) != Period()


def test_a_relative_year_is_resolved_where_the_document_is_dated() -> None:
    assert dated("this year", "2025-03") == dated("in 2025")
    assert dated("last year", "2025") == dated("next year", "2023-01-31") == dated("in 2024")
    assert dated("this year") == dated("this year", "unknown") != dated("last year")


def test_a_period_far_from_its_figure_is_found() -> None:
    sentence = "Revenue for the three months ended June 30 was $46 billion."
    assert dated(None, sentence=sentence).date == {"jun", "30"}
    assert dated(None, text="$2.73 per share").rate == "share"


def worth(text: str) -> Figure:
    return first(f"Alibaba’s revenue was {text} in all.")


@pytest.mark.parametrize(
    ("left", "right", "equal", "possible"),
    [
        ("$52 billion", "$52 billion", True, True),
        ("$52.4 billion", "$52 billion", True, True),
        ("$52.44 billion", "$52.4 billion", True, True),
        ("$52.6 billion", "$52 billion", False, False),
        ("$53 billion", "$52 billion", False, False),
        ("more than $52 billion", "$53 billion", False, True),
        ("more than $52 billion", "$52.9 billion", True, True),
        ("more than $60 billion", "$53 billion", False, False),
        ("up to $60 billion", "$53 billion", False, True),
        ("up to $50 billion", "$53 billion", False, False),
        ("about $50 billion", "$52 billion", False, True),
        ("about $50 billion", "$51 billion", True, True),
        ("about $50 billion", "$80 billion", False, False),
        ("tens of billions of dollars", "$53 billion", True, True),
        ("tens of billions of dollars", "$530 billion", False, False),
        ("tens of billions of dollars", "more than $52 billion", True, True),
        ("8-10%", "8-10%", True, True),
        ("8-10%", "9%", False, True),
        ("8-10%", "12%", False, False),
        ("200,000 users", "204,891 users", True, True),
        ("200,000 users", "240,000 users", False, False),
        ("$800 million", "$0.8 billion", True, True),
    ],
)
def test_values_are_compared_as_they_are_written(left: str, right: str, equal: bool, possible: bool) -> None:
    a, b = value(worth(left), signed=False), value(worth(right), signed=False)
    assert a is not None
    assert b is not None
    assert same(a, b) == same(b, a) == equal
    assert possible_together(a, b) == possible_together(b, a) == possible


def test_near_is_a_quarter() -> None:
    five, six, seven = (value(worth(f"${n} billion"), signed=False) for n in (5, 6, 7))
    assert five is not None
    assert six is not None
    assert seven is not None
    assert near(five, six)
    assert not near(five, seven)


def test_a_fall_is_below_zero_where_it_counts() -> None:
    fell = first("Huawei's profit fell 28% in 2024.")
    assert (signed := value(fell, signed=True))
    assert (plain := value(fell, signed=False))
    assert (signed.point, plain.point) == (-28, 28)


def test_a_value_without_bounds_is_none() -> None:
    assert value(Figure("?", 0, 1, None, None, "USD", "money"), signed=False) is None


def test_the_document_dates_a_relative_year() -> None:
    assert measured("Alibaba spent $5 billion on chips this year.", published="2025").period.date == {"2025"}


@pytest.mark.parametrize(
    ("period", "named", "has_year"),
    [
        ("in the same month", False, False),
        ("last quarter", False, False),
        (None, False, False),
        ("in the September quarter", True, False),
        ("in the third quarter", True, False),
        ("in the third quarter of 2024", True, True),
        ("in fiscal 2025", True, True),
        ("year on year", False, False),
        ("from a year earlier", False, False),
        ("in quarter 3 of 2024", True, True),
    ],
)
def test_a_date_says_which_one_or_only_how_far_away(period: str | None, named: bool, has_year: bool) -> None:
    read = read_period(Figure("8%", 0, 2, 8, 8, "percent", "percent", period=period), None)
    assert (read.named, read.has_year) == (named, has_year)
