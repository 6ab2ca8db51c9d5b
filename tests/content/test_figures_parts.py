"""The parts the figures are read with: tokens, numerals, units, nouns, exclusions, periods, speakers, movement."""

import pytest

from content.documents import Change
from content.figures.exclusions import excluded
from content.figures.movements import change_of, direction
from content.figures.nouns import counted, is_plural, single, written
from content.figures.numerals import LONGEST_WORD, numeral, scan
from content.figures.periods import period_of, periods
from content.figures.speakers import speakers
from content.figures.units import american, currencies, letter, measures, signs


def texts(line: str) -> list[str]:
    return [token.text for token in scan(line)]


@pytest.mark.parametrize(
    ("line", "tokens"),
    [
        ("RMB39.8 billion", ["RMB", "39.8", "billion"]),
        ("US$5.5bn,", ["US$", "5.5", "bn", ","]),
        ("12,34,567.89", ["12,34,567.89"]),
        ("1,2,3", ["1", ",", "2", ",", "3"]),
        ("(3.1)", ["(", "3.1", ")"]),
        ("8–10%", ["8", "–", "10", "%"]),
        ("Alibaba’s U.S. unit", ["Alibaba’s", "U.S.", "unit"]),
        ("wait... ok", ["wait", "...", "ok"]),
        ("$US5", ["$US", "5"]),
        (".5", [".5"]),
        ("a\nb", ["a", "\n", "b"]),
        ("", []),
    ],
)
def test_text_is_cut_into_tokens(line: str, tokens: list[str]) -> None:
    assert texts(line) == tokens


@pytest.mark.parametrize(
    "word", ["https://example.org/100", "team42@example.org", "10.0.0.1", "1" * (LONGEST_WORD + 1)]
)
def test_addresses_and_endless_words_are_junk(word: str) -> None:
    assert [token.kind for token in scan(f"see {word} now")] == ["word", "junk", "word"]


@pytest.mark.parametrize(
    "line", ["RMB39.8 billion (US$5.5bn), up 8–10%.", "see https://example.org/1 now", "a\tb  c\n(d)"]
)
def test_tokens_have_the_offsets_of_the_text(line: str) -> None:
    assert all(line[token.start : token.end] == token.text for token in scan(line))


@pytest.mark.parametrize(
    ("line", "value", "length"),
    [
        ("52", 52, 1),
        ("1,200.5", 1200.5, 1),
        ("1.5 million", 1.5e6, 2),
        ("4 hundred million", 4e8, 3),
        ("three", 3, 1),
        ("twenty-five", 25, 3),
        ("twenty five", 25, 2),
        ("two hundred and twenty", 220, 4),
        ("two hundred and three of them", 200, 2),
        ("one million two hundred thousand", 1.2e6, 5),
        ("two and a half billion", 2.5e9, 5),
        ("half a million", 5e5, 3),
        ("a quarter of a million", 2.5e5, 5),
        ("a couple of billion", 2e9, 4),
        ("a dozen", 12, 2),
        ("half a dozen", 6, 3),
        ("10 1/2", 10.5, 4),
        ("3.2bn", 3.2e9, 2),
        ("3.2trn", 3.2e12, 2),
        ("7B parameters", 7e9, 2),
        ("10k followers", 1e4, 2),
        ("37m", 37, 1),
        ("4K screens", 4, 1),
        ("57.3 million", 57_300_000, 2),
    ],
)
def test_a_numeral_is_read_with_its_scale(line: str, value: float, length: int) -> None:
    found = numeral(scan(line), 0)
    assert found is not None
    assert (float(found.value), found.last) == (value, length)


@pytest.mark.parametrize("line", ["a", "an engine", "half", "quarter", "couple", "many", "1.2.3", "1" * 30])
def test_not_every_word_is_a_numeral(line: str) -> None:
    assert numeral(scan(line), 0) is None


def test_a_letter_behind_money_is_a_scale() -> None:
    tokens = scan("5m")
    with_money, without = numeral(tokens, 0, money=True), numeral(tokens, 0)
    assert with_money is not None
    assert without is not None
    assert (int(with_money.value), int(without.value)) == (5_000_000, 5)


def test_more_scales_than_anyone_writes_are_left() -> None:
    found = numeral(scan("5 " + "trillion " * 100), 0)
    assert found is not None
    assert found.last == 4


@pytest.mark.parametrize(
    ("written_as", "code"),
    [
        ("us dollars", "USD"),
        ("australian dollar", "AUD"),
        ("renminbi", "CNY"),
        ("yen", "JPY"),
        ("swiss francs", "CHF"),
        ("danish crowns", "DKK"),
        ("malaysian ringgit", "MYR"),
        ("INR", "INR"),
        ("€", "EUR"),
        ("francs", None),
        ("cents", "cents"),
    ],
)
def test_currencies_go_by_name_code_and_sign(written_as: str, code: str | None) -> None:
    assert currencies()[written_as].name == code
    assert currencies()[written_as].kind == "money"


@pytest.mark.parametrize("word", ["dollars", "won", "yen", "all", "ALL", "pen", "cents"])
def test_a_word_is_no_sign_before_a_number(word: str) -> None:
    assert word not in signs()


@pytest.mark.parametrize(
    ("written_as", "name", "kind"),
    [
        ("%", "percent", "percent"),
        ("per cent", "percent", "percent"),
        ("bps", "basis points", "percent"),
        ("kWh", "kilowatt-hours", "other"),
        ("gigabyte", "gigabytes", "other"),
        ("mph", "miles per hour", "other"),
        ("square feet", "square feet", "other"),
        ("month", "months", "duration"),
        ("ms", "milliseconds", "duration"),
    ],
)
def test_measures_go_by_name_and_sign(written_as: str, name: str, kind: str) -> None:
    assert measures()[written_as] == (name, kind)


@pytest.mark.parametrize("sign", ["in", "dot", "st", "pc."])
def test_signs_that_are_words_are_no_measures(sign: str) -> None:
    assert sign not in measures()


def test_letters_are_units_where_they_touch() -> None:
    touching, apart = letter("A", touching=True), letter("A", touching=False)
    assert touching is not None
    assert touching.name == "amperes"
    assert apart is None
    assert american("kilometres per litre") == "kilometers per liter"


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("large language models to spur", "large language models"),
        ("users and businesses through", "users and businesses"),
        ("digital and physical sales of", "digital and physical sales"),
        ("models and counts 16 million developers", "models"),
        ("engineers and employs two lawyers", "engineers"),
        ("shops and owns a bank", "shops"),
        ("shops and runs its own bank", "shops"),
        ("models and counts over 16 million developers", "models"),
        ("users and businesses.", "users and businesses"),
        ("films and series a year", "films and series"),
        ("shops and warehouses over time", "shops and warehouses"),
        ("users and businesses in 3 countries", "users and businesses"),
        ("open-source models", "open-source models"),
        ("people while they napped", "people"),
        ("GPUs for a week", "GPUs"),
        ("new 737 Max jets", "new 737 Max jets"),
        ("more users", "more users"),
        ("of them", None),
        ("business", None),
        ("in sales", None),
        ("very long words without any end here sales", None),
    ],
)
def test_a_noun_phrase_reaches_to_its_plural(line: str, phrase: str | None) -> None:
    tokens = scan(line)
    end = counted(tokens, 0)
    assert (written(tokens, 0, end) if end else None) == phrase


@pytest.mark.parametrize(
    ("word", "plural"),
    [("models", True), ("people", True), ("fishermen", True), ("TVs", True), ("business", False), ("analysis", False)],
)
def test_a_plural_is_told_by_its_end(word: str, plural: bool) -> None:
    assert is_plural(scan(word)[0]) is plural


@pytest.mark.parametrize(("line", "end"), [("solution", 1), ("of", None), ("Reuters", None)])
def test_one_thing_is_one_word(line: str, end: int | None) -> None:
    assert single(scan(line), 0) == end


@pytest.mark.parametrize(
    "line",
    [
        "May 4",
        "Oct. 31, 2025",
        "4 May 2025",
        "May 2026",
        "9.30am",
        "10:27",
        "10/12/2024",
        "2024-05-14",
        "21st",
        "1990s",
        "FY2025",
        "2025 Q2",
        "2Q25",
        "2024-25",
        "No. 1",
        "version 2.5",
        "S&P 500",
        "Fortune 500",
        "zero-coupon",
        "triple-digit",
        "billion-dollar question",
        "billionaires",
    ],
)
def test_dates_labels_and_idioms_are_excluded_whole(line: str) -> None:
    assert {token.kind for token in excluded(line, scan(line))} == {"junk"}


@pytest.mark.parametrize("line", ["May 4%", "level 5 million", "30 million", "2024 people", "top 5%"])
def test_amounts_that_resemble_them_stay(line: str) -> None:
    assert any(token.kind == "number" for token in excluded(line, scan(line)))


@pytest.mark.parametrize(
    ("line", "phrases"),
    [
        ("over the next three years", ["over the next three years"]),
        ("in the September quarter", ["in the September quarter"]),
        ("in the fourth quarter of 2024", ["in the fourth quarter of 2024"]),
        ("for the three months ended June 30", ["for the three months ended June 30"]),
        ("in fiscal 2025", ["in fiscal 2025"]),
        ("by 2032", ["by 2032"]),
        ("by the end of 2027", ["by the end of 2027"]),
        ("between 2014 and 2017", ["between 2014 and 2017"]),
        ("from 2024 to 2026", ["from 2024 to 2026"]),
        ("year-on-year", ["year-on-year"]),
        ("a year earlier", ["a year earlier"]),
        ("since March 2023", ["since March 2023"]),
        ("as of March 31, 2025", ["as of March 31, 2025"]),
        ("Earlier this year", ["Earlier this year"]),
        ("within two years", ["within two years"]),
        ("a day", ["a day"]),
        ("in Q2 2025", ["in Q2 2025"]),
        ("its 2024 sales", ["2024"]),
        ("in the cloud", []),
        ("over the fence", []),
        ("may", []),
    ],
)
def test_periods_are_found_in_the_words_of_the_text(line: str, phrases: list[str]) -> None:
    assert [phrase.says for phrase in periods(line, scan(line))] == phrases


@pytest.mark.parametrize(
    ("text", "figure", "period"),
    [
        ("In 2023 it made $5, in 2024 $6.", "$6", "in 2024"),
        ("It made $5 in 2023 and $6 in 2024.", "$5", "in 2023"),
        ("In 2024, sales rose to $6.", "$6", "In 2024"),
        ("It made $5; others made more in 2024.", "$5", None),
        ("Sales rose to $6 from $5 a year earlier.", "$6", None),
        (
            "Sales were $5 in the third quarter of 2025, up $6 from a year earlier.",
            "$6",
            "in the third quarter of 2025",
        ),
        ("Sales in Q3 2025 were $5, a rise of $6 year-on-year.", "$6", "in Q3 2025"),
        ("Sales grew $6 from a year earlier in the second quarter.", "$6", "in the second quarter"),
        ("Profit fell $5 in 2024 while sales grew $6 from a year earlier.", "$6", "from a year earlier"),
        ("Sales were $6 in quarter 1 of 2016, it said.", "$6", "in quarter 1 of 2016"),
        ("Sales were $6 in quarter one, 2016.", "$6", "in quarter one, 2016"),
    ],
)
def test_the_nearest_period_belongs_to_the_figure(text: str, figure: str, period: str | None) -> None:
    start = text.index(figure)
    others = [n for n, char in enumerate(text) if char == "$" and n != start]
    free = (
        max((n + 2 for n in others if n < start), default=0),
        min((n for n in others if n > start), default=len(text)),
    )
    assert period_of(text, periods(text, scan(text)), (start, start + len(figure)), free) == period


@pytest.mark.parametrize(
    ("line", "leading", "trailing"),
    [
        ("According to CNBC, it grew.", ["CNBC"], []),
        ("It grew, according to Goldman Sachs.", [], ["Goldman Sachs"]),
        ("It grew, as reported by Reuters.", [], ["Reuters"]),
        ("It grew, per FXEmpire.", [], ["FXEmpire"]),
        ("“It grew,” said an Alibaba executive.", [], ["an Alibaba executive"]),
        ("Gartner estimates that it grew.", ["Gartner"], []),
        ("It grew, Gartner said.", [], ["Gartner"]),
        ("It grew, Bloomberg reported on Sunday.", [], ["Bloomberg"]),
        ("It grew, the Financial Times said on Monday.", [], ["the Financial Times"]),
        ("It grew, Caixin reported late on Friday, citing sources.", [], ["Caixin"]),
        ("It grew, Xinhua said in March 2025; it fell.", [], ["Xinhua"]),
        ("It grew, Alibaba said in its annual report.", [], ["Alibaba"]),
        ("In March, Reuters said on Sunday that it grew.", ["Reuters"], []),
        ("A report from IDC says it grew.", ["IDC"], []),
        ("Analysts at Jefferies expect it to grow.", ["Analysts at Jefferies"], []),
        ("The company said it grew.", ["The company"], []),
        ("He said it grew.", [], []),
        ("It grew.", [], []),
    ],
)
def test_speakers_are_found_with_their_direction(line: str, leading: list[str], trailing: list[str]) -> None:
    named = speakers(line, scan(line))
    assert [phrase.says for phrase in named.leading] == leading
    assert [phrase.says for phrase in named.trailing] == trailing


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("Sales rose 5", "up"),
        ("Sales fell to 5", "down"),
        ("Sales fell from 9 to 5", "down"),
        ("Sales fell and costs were 5", None),
        ("They made up 5", None),
        ("Sales were 5", None),
        ("Start-ups paid 5", None),
    ],
)
def test_movement_is_that_of_the_same_breath(line: str, change: Change | None) -> None:
    tokens = scan(line)
    assert change_of(tokens, len(tokens) - 1, len(tokens)) == change


@pytest.mark.parametrize(("word", "way"), [("soared", "up"), ("widened", "up"), ("plunged", "down"), ("stayed", None)])
def test_a_word_moves_one_way(word: str, way: Change | None) -> None:
    assert direction(scan(word)[0]) == way
