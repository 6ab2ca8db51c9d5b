"""Where figures disagree it is shown, and nowhere else: pairs of sentences, the seeds, hostile numbers of figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import terminal
from content.documents import Answer, Disagreement, Document, Figure
from content.extraction import figures_in
from content.ledger import compare, disagreements, newest_first, source_of
from content.library import Library

CASES = Path(__file__).parent / "ledger"
_SENTENCE = re.compile(r"> (?:\((\d{4}-\d\d)\) )?(.+)")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences of two documents, and how they stand to each other."""

    documents: tuple[Document, Document]
    relation: str | None


def pairs(path: Path) -> Iterator[Pair]:
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        told = [match for line in block.splitlines() if (match := _SENTENCE.fullmatch(line))]
        if told:
            left, right = (
                Document(name, match[2], published=match[1]) for name, match in zip(("a", "b"), told, strict=True)
            )
            yield Pair((left, right), next((line[2:] for line in block.splitlines() if line.startswith("- ")), None))


DIFFER = list(pairs(CASES / "differ.md"))
AGREE = list(pairs(CASES / "agree.md"))


def found(*documents: Document) -> tuple[tuple[Figure, ...], tuple[Disagreement, ...]]:
    figures = tuple(figure for one in documents for figure in figures_in(one.text, 0, one.id))
    return figures, disagreements(figures, {one.id: one for one in documents})


def name(pair: Pair) -> str:
    return " / ".join(one.text[:40] for one in pair.documents)


@pytest.mark.parametrize("pair", DIFFER, ids=name)
def test_a_pair_that_differs_is_shown_once(pair: Pair) -> None:
    figures, shown = found(*pair.documents)
    assert [one.relation for one in shown] == [pair.relation]
    assert {figures[position].document for position in shown[0].figures} == {"a", "b"}


@pytest.mark.parametrize("pair", AGREE, ids=name)
def test_a_pair_that_does_not_differ_is_not_shown(pair: Pair) -> None:
    figures, shown = found(*pair.documents)
    assert {figure.document for figure in figures} == {"a", "b"}
    assert shown == ()


@pytest.mark.parametrize("pair", [*DIFFER, *AGREE], ids=name)
def test_the_order_of_the_documents_does_not_matter(pair: Pair) -> None:
    _, shown = found(*reversed(pair.documents))
    assert [one.relation for one in shown] == ([pair.relation] if pair.relation else [])


def test_there_are_enough_pairs() -> None:
    assert len(DIFFER) >= 12
    assert len(AGREE) >= 20
    assert {pair.relation for pair in DIFFER} == {"reported_differently", "contradicts", "changed"}


PLEDGE = "Alibaba pledged ${} billion for AI infrastructure{}."


def told(*said: tuple[str, str, str | None]) -> tuple[Disagreement, ...]:
    """What disagrees when documents of these values, attributions and publishers tell of one pledge."""
    return found(
        *(
            Document(str(n), PLEDGE.format(value, attribution), publisher=publisher)
            for n, (value, attribution, publisher) in enumerate(said)
        )
    )[1]


def test_all_who_tell_of_one_quantity_are_one_disagreement() -> None:
    (shown,) = told(("52", "", "AFP"), ("53", ", CNBC said", "AFP"), ("52", "", "Reuters"))
    assert shown == Disagreement(
        "AI infrastructure",
        "contradicts",
        (0, 1, 2),
        "Sources contradict each other on AI infrastructure: $52 billion (AFP) · $53 billion (CNBC)"
        " · $52 billion (Reuters)",
    )


def test_a_source_that_repeats_itself_is_named_once() -> None:
    (shown,) = told(("52", "", "AFP"), ("52", "", "AFP"), ("60", "", "dpa"))
    assert shown.note.count("AFP") == 1


@pytest.mark.parametrize(
    ("text", "differ"),
    [
        ("Alibaba pledged $52 billion for AI chips. Alibaba pledged $60 billion for AI chips, CNBC said.", True),
        ("Alibaba pledged $52 billion for AI chips. Alibaba pledged $60 billion for AI chips.", False),
        ("Alibaba will spend $9 billion on chips, and Tencent will spend $8 billion on chips.", False),
    ],
)
def test_within_a_document_it_counts_who_says_so(text: str, differ: bool) -> None:
    assert bool(found(Document("a", text))[1]) == differ


AT_FIRST = "Alibaba pledged $66 billion for AI infrastructure, Bloomberg reported on Sunday. "


@pytest.mark.parametrize(
    ("then", "step"),
    [
        ("It had pledged $53 billion in 2025.", ("$53 billion", "$66 billion")),
        ("It had already pledged $20 billion.", ("$20 billion", "$66 billion")),
        ("It previously pledged $53 billion for AI.", ("$53 billion", "$66 billion")),
        ("Its earlier plan was an investment of $53 billion.", ("$53 billion", "$66 billion")),
        ("Its original commitment was $53 billion.", ("$53 billion", "$66 billion")),
        ("That tops the $53 billion it had pledged for AI in February.", ("$53 billion", "$66 billion")),
        ("Alibaba said that it had pledged $53 billion for AI.", None),
        ("Earlier this year, it pledged $53 billion for AI.", None),
    ],
)
def test_what_was_before_is_not_what_contradicts(then: str, step: tuple[str, str] | None) -> None:
    figures, shown = found(Document("a", f"{AT_FIRST}{then}", publisher="AFP"))
    changed = [tuple(figures[at].text for at in one.figures) for one in shown if one.relation == "changed"]
    assert changed == ([step] if step else [])
    assert not step or len(shown) == 1


@pytest.mark.parametrize(
    ("first", "then", "relation"),
    [
        ("2025-02-24", "2026-11-20", "changed"),
        ("2025", "2026", "contradicts"),
        ("2025-Q1", "2026-Q4", "contradicts"),
        ("2025 spring", "someday", "contradicts"),
        (None, "2026-11", "contradicts"),
    ],
)
def test_a_plan_has_changed_only_where_the_months_are_known(first: str | None, then: str | None, relation: str) -> None:
    text = "Alibaba will invest {} billion yuan in AI, {} reported."
    made = (
        Document("a", text.format(380, "AFP"), published=first),
        Document("b", text.format(480, "dpa"), published=then),
    )
    assert [one.relation for one in found(*made)[1]] == [relation]


def test_an_order_of_magnitude_contradicts_nothing_within_it() -> None:
    values = ("$66 billion", "tens of billions of dollars", "$53 billion")
    made = (Document(str(n), f"Alibaba pledged {value} for AI infrastructure.") for n, value in enumerate(values))
    (shown,) = found(*made)[1]
    assert (shown.relation, shown.figures) == ("contradicts", (0, 2))


def test_two_currencies_in_one_breath_are_one_quantity_and_differ_once() -> None:
    figures, shown = found(
        Document("a", "Alibaba will invest 380 billion yuan ($53 billion) in AI infrastructure."),
        Document("b", "Alibaba will invest 500 billion yuan ($70 billion) in AI infrastructure."),
    )
    assert len(figures) == 4
    assert [(one.relation, one.figures) for one in shown] == [("contradicts", (0, 2))]


def test_what_has_changed_is_told_from_old_to_new() -> None:
    _, (shown,) = found(
        Document("new", "DeepSeek's app has 97 million users.", published="2025-12-01"),
        Document("old", "DeepSeek's app has 38 million users.", published="2025-06"),
    )
    assert (
        shown.note == "This has changed on users: 38 million users (old, 2025-06) → 97 million users (new, 2025-12-01)"
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "raised its AI infrastructure pledge to $69 billion",
            "$60 billion (c, 2026-02-05) → $69 billion (d, 2026-03-05)",
        ),
        (
            "raised its AI infrastructure pledge to $69 billion, from $52 billion",
            "$52 billion (a, 2026-01-05) → $69 billion (d, 2026-03-05)",
        ),
    ],
)
def test_a_change_is_one_step(said: str, expected: str) -> None:
    """From the value that the new one's sentence names, else from the latest with a date, and never a vague one."""
    texts = (PLEDGE.format(52, ""), PLEDGE.format(53, ""), PLEDGE.format(60, ""))
    dates = ("2026-01-05", None, "2026-02-05")
    earlier = (Document(n, text, published=day) for n, text, day in zip("abc", texts, dates, strict=True))
    vague = Document("v", "Alibaba pledged tens of billions of dollars for AI infrastructure.")
    _, (shown,) = found(*earlier, vague, Document("d", f"Alibaba {said}.", published="2026-03-05"))
    assert shown.note == f"This has changed on AI infrastructure: {expected}"


def test_the_month_decides_only_where_it_is_stated() -> None:
    _, (shown,) = found(
        Document("a", "DeepSeek's app has 97 million users.", published="2025"),
        Document("b", "DeepSeek's app has 38 million users.", published="2025-06"),
    )
    assert shown.relation == "contradicts"


@pytest.mark.parametrize(
    ("titles", "differ"),
    [
        (("Alibaba grows", "Alibaba at a turning point"), True),
        (("Alibaba grows", "Tencent grows"), False),
        ((None, None), False),
    ],
)
def test_a_figure_without_a_name_is_of_what_its_document_is_about(
    titles: tuple[str | None, str | None], differ: bool
) -> None:
    left, right = titles
    _, shown = found(
        Document("a", "Revenue was $5 billion in 2025.", title=left),
        Document("b", "Revenue was $7 billion in 2025.", title=right),
    )
    assert bool(shown) == differ


@pytest.mark.parametrize(
    ("figure", "document", "source"),
    [
        (Figure("$5", 0, 2, 5, 5, "USD", "money", attributed_to="CNBC"), Document("a", "", publisher="AFP"), "CNBC"),
        (Figure("$5", 0, 2, 5, 5, "USD", "money"), Document("a", "", "Title", publisher="AFP"), "AFP"),
        (Figure("$5", 0, 2, 5, 5, "USD", "money"), Document("a", "", "Title"), "Title"),
        (Figure("$5", 0, 2, 5, 5, "USD", "money", document="a"), None, "a"),
    ],
)
def test_the_source_is_who_said_it(figure: Figure, document: Document | None, source: str) -> None:
    assert source_of(figure, document) == source


def test_the_seeds_disagree_on_the_pledge_and_on_nothing_else(seeds: Library) -> None:
    table = seeds.figures()
    (shown,) = table.disagreements
    assert [(table.figures[at].text, table.figures[at].attributed_to) for at in shown.figures] == [
        ("more than $52 billion", "Reuters"),
        ("$53 billion", "Technology Magazine"),
        ("tens of billions of dollars", "CNBC"),
    ]
    assert (shown.about, shown.relation) == ("AI and cloud infrastructure", "reported_differently")
    assert shown.note == (
        "Sources differ on AI and cloud infrastructure: more than $52 billion (Reuters) · "
        "$53 billion (Technology Magazine) · tens of billions of dollars (CNBC)"
    )


def test_the_figures_of_another_topic_agree(seeds: Library) -> None:
    table = seeds.figures("models")
    assert table.figures
    assert table.disagreements == ()


@pytest.mark.parametrize(
    "question",
    [
        "how much did Alibaba pledge for AI?",
        "how much is Alibaba spending on AI infrastructure?",
        "how big is the infrastructure commitment?",
    ],
)
def test_an_answer_names_everybody_who_tells_it_differently(seeds: Library, question: str) -> None:
    answer = seeds.ask(question)
    assert isinstance(answer, Answer)
    assert answer.wants_figure
    assert answer.figures[0].figure.kind == "money"
    (shown,) = answer.disagreements
    assert {answer.figures[at].figure.attributed_to for at in shown.figures} == {
        "Reuters",
        "Technology Magazine",
        "CNBC",
    }
    for cited in answer.figures:
        (source,) = [one for one in answer.sources if one.n == cited.citation]
        assert source.document == cited.figure.document
        assert source.start <= cited.figure.start < source.end


def test_an_answer_on_something_else_disagrees_with_nobody(seeds: Library) -> None:
    answer = seeds.ask("how many large language models were released?")
    assert isinstance(answer, Answer)
    assert answer.figures[0].figure.kind == "count"
    assert answer.disagreements == ()


def test_a_terminal_shows_the_difference_in_one_line(seeds: Library, capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show_answer(seeds.ask("how much did Alibaba pledge for AI?"))
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Sources differ")]
    assert lines == ["Sources differ: $53 billion (Technology Magazine) [3] · tens of billions of dollars (CNBC) [2]"]
    terminal.show_figures(seeds.figures("infrastructure"), seeds.sources())
    assert "Sources differ on AI and cloud infrastructure: " in " ".join(capsys.readouterr().out.split())


#: many figures that are compared with many others; tests.bench.figures measures how long that takes
CROWDS = {
    "one quantity": [PLEDGE.format(n, "") for n in range(1, 2001)],
    "many words": [
        f"Alibaba pledged ${n} billion for AI chips and plant {n % 97} in zone{n % 89}." for n in range(2000)
    ],
    "no words": [f"Alibaba will invest ${n} million." for n in range(1, 2001)],
}


@pytest.mark.parametrize("texts", CROWDS.values(), ids=CROWDS.keys())
def test_of_a_crowd_a_dozen_stand_side_by_side(texts: list[str]) -> None:
    _, shown = found(*(Document(str(n), text) for n, text in enumerate(texts[:200])))
    assert max(len(one.figures) for one in shown) == 12


@pytest.mark.parametrize(
    ("said", "alike"),
    [
        (("$52 billion for AI chips", "$52 billion for AI chips", "$53 billion for AI chips"), ((0, 1, 2),)),
        (("$52 billion for AI chips", "$53 billion for phones", "$54 billion for AI chips"), ((0, 2),)),
        (("$52 billion for AI chips", "$53 billion for phones"), ()),
        ((), ()),
    ],
)
def test_figures_of_one_quantity_stand_together_whether_they_agree_or_not(said: tuple[str, ...], alike: Any) -> None:
    documents = {str(n): Document(str(n), f"Alibaba pledged {what}.") for n, what in enumerate(said)}
    figures = [figure for one in documents.values() for figure in figures_in(one.text, 0, one.id)]
    assert compare(figures, documents).alike == alike


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (("2024", "2026-05", "2025-12-31"), "bca"),
        (("2026-05", "2026-05-14", "2026"), "bac"),
        ((None, "2024", None), "bac"),
        (("2025", "2025", "2025"), "abc"),
        (("unknown", "2024", ""), "bac"),
    ],
)
def test_the_newest_come_first_and_the_undated_last(dates: tuple[str | None, ...], order: str) -> None:
    documents = {name: Document(name, "", published=date) for name, date in zip("abc", dates, strict=True)}
    figures = [Figure("8%", at, 2, 8, 8, "percent", "percent", document=name) for name in "abc" for at in (0, 5)]
    shown = newest_first(figures, documents)
    assert [figure.document for figure in shown] == [name for name in order for _ in range(2)]
    assert [figure.start for figure in shown] == [0, 5] * 3


def test_a_figure_of_an_unknown_document_is_undated() -> None:
    known, lost = (Figure("8%", 0, 2, 8, 8, "percent", "percent", document=name) for name in "kl")
    assert newest_first([lost, known], {"k": Document("k", "", published="1999")}) == (known, lost)


_BOUND = st.none() | st.floats(allow_nan=False)
_TEXT = st.text(max_size=12) | st.sampled_from(["revenue", "AI", "Alibaba", "$5 billion", "over the next three years"])
_FIGURES = st.lists(
    st.builds(
        Figure,
        text=_TEXT,
        start=st.integers(0, 99),
        end=st.integers(0, 99),
        low=_BOUND,
        high=_BOUND,
        unit=st.sampled_from([None, "USD", "percent", "users"]),
        kind=st.sampled_from(["money", "percent", "count", "other"]),
        hedge=st.none() | _TEXT,
        period=st.none() | _TEXT,
        about=st.none() | _TEXT,
        attributed_to=st.none() | _TEXT,
        change=st.sampled_from([None, "up", "down"]),
        sentence=st.lists(_TEXT, max_size=6).map(" ".join),
        document=st.sampled_from(["a", "b", "c"]),
    ),
    max_size=8,
)


@given(_FIGURES)
def test_any_figures_can_be_compared(figures: list[Figure]) -> None:
    documents = {"a": Document("a", "", "Alibaba’s title", published="2025-01"), "b": Document("b", "", published="?")}
    shown = disagreements(figures, documents)
    assert shown == disagreements(figures, documents)
    for one in shown:
        assert len(set(one.figures)) == len(one.figures) > 1
        assert all(0 <= at < len(figures) for at in one.figures)
        assert len({figures[at].kind for at in one.figures}) == 1
