"""Paragraphs and sentences with offsets that hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.documents import Document, Place
from content.library import Library
from content.passages import LONGEST_PASSAGE, LONGEST_SENTENCE, passages, sentence_spans, sentences
from tests.conftest import SEEDS


def split(text: str) -> list[tuple[int, str | None, str]]:
    return [(one.number, one.heading, one.text) for one in passages(Document("d", text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line.", [(1, None, "One line.")]),
        ("One.\nTwo.", [(1, None, "One."), (2, None, "Two.")]),
        ("One.\n\n\n  Two.  \n", [(1, None, "One."), (2, None, "Two.")]),
        ("Chips\nNew chips are made at home.", [(2, "Chips", "New chips are made at home.")]),
        ("lower case is no heading\nThey are made at home now.",
         [(1, None, "lower case is no heading"), (2, None, "They are made at home now.")]),
        ("- Baidu: search.\n• Tencent: WeChat.", [(1, None, "Baidu: search."), (2, None, "Tencent: WeChat.")]),
        ("A paragraph that an editor has wrapped at sixty columns or\nso goes on in the next line.",
         [(1, None, "A paragraph that an editor has wrapped at sixty columns or\nso goes on in the next line.")]),
        ("A title at the very end", [(1, None, "A title at the very end")]),
        ("", []),
    ],
)  # fmt: skip
def test_paragraphs(text: str, expected: list[tuple[int, str | None, str]]) -> None:
    assert split(text) == expected


def test_an_overlong_paragraph_is_read_as_several_that_can_be_shown() -> None:
    text = "The cloud grew again this quarter. " * 200
    parts = passages(Document("d", text))
    assert len(parts) > 3
    assert all(len(part.text) <= LONGEST_PASSAGE for part in parts)
    assert all(part.text.endswith(".") for part in parts)
    assert sum(len(part.text.split()) for part in parts) == len(text.split())


def test_a_paragraph_without_a_blank_is_cut_too() -> None:
    assert [len(part.text) for part in passages(Document("d", "x" * 4_500))] == [2_000, 2_000, 500]


@pytest.mark.parametrize(
    "parts",
    [
        ["Sales rose.", "Profit fell."],
        ["He paid approx. 5 billion yuan.", "It was late."],
        ["“We grow.", "We invest,” Joe Tsai said.", "It ended."],
        ["“Is it enough?” Joe Tsai asked.", "Nobody knew."],
        ["Growth was 5.3% y/y. in the quarter."],
        ["Alibaba Group Holding Ltd. is mounting a campaign.", "It is bold."],
        ["It met at 5 p.m. on Monday.", "It left."],
        ["He said “it works.”", "They left."],
        ["He left early.", '"We won\'t stop," said Lee.'],
        ["He left early.", "“We won’t stop,” said Lee.", "It ended."],
        ["He left early.", "'We won't stop,' said Lee."],
        ["He left early.", "“‘We go,’ she said,” he wrote."],
        ["He left early.", "(“We won’t stop,” said Lee.)"],
        ["He left early.", "«We stay.»", "Bye."],
        ["He left early.", "« Nous restons. »", "Il part."],
        ["He left early.", "»We stay.«", "Bye."],
        ["“We go.”", "“They stay.”", "It ended."],
        ['He said "it works."', '"Does it?"', "Nobody knew."],
        ["He works at Acme Inc.", '"We won\'t stop," said Lee.'],
        ['He met Mr. "Fix" Lee.', "It ended."],
        ['He left early. "'],
        ["He left early. [“"],
    ],
)
def test_sentences(parts: list[str]) -> None:
    text = " ".join(parts)
    assert [text[start:end] for start, end in sentence_spans(text)] == parts


def test_the_paragraphs_of_a_seed_are_those_a_reader_counts(seeds: Library) -> None:
    excerpt = seeds.excerpt(Place("bold-pivot-to-ai", 3))
    assert excerpt is not None
    assert excerpt.passage.text.startswith("Central to this strategy is a massive investment commitment.")
    assert excerpt.passage.heading == "Alibaba’s Bold Pivot to AI Dominance"
    assert [one.number for one in (*excerpt.before, *excerpt.after)] == [2, 5, 6]


@given(st.text(alphabet=st.sampled_from("aB .!?\n“”«»‘([)]\"'-•\t’1é中"), max_size=300))
def test_offsets_hold_and_nothing_is_lost(text: str) -> None:
    document = Document("d", text)
    parts = passages(document)
    for part in parts:
        assert text[part.start : part.end] == part.text == part.text.strip()
        for sentence in sentences(part):
            assert text[sentence.start : sentence.end] == sentence.text
        spoken = "".join("".join(one.text.split()) for one in sentences(part))
        assert spoken == "".join(part.text.split())
    assert [part.start for part in parts] == sorted(part.start for part in parts)


@given(st.lists(st.sampled_from(["acme", "bank,", "of; it", "\t", "x" * 90, "“", "é"]), min_size=40, max_size=150))
def test_what_no_full_stop_ends_comes_in_parts_that_can_be_quoted(said: list[str]) -> None:
    text = " ".join(said).strip()
    (part,) = passages(Document("d", text))[:1]
    assert all(0 < len(one.text) <= LONGEST_SENTENCE and one.text == one.text.strip() for one in sentences(part))
    assert "".join("".join(one.text.split()) for one in sentences(part)) == "".join(part.text.split())


@pytest.mark.parametrize(
    ("said", "ends"),
    [("word " * 200, "word"), ("word, " * 200, ","), ("cell | " * 200, "|"), ("x" * 1_500, "x")],
)
def test_a_part_ends_with_a_clause_else_with_a_word(said: str, ends: str) -> None:
    first, *rest = sentences(passages(Document("d", said))[0])
    assert first.text.endswith(ends)
    assert LONGEST_SENTENCE - 10 < len(first.text) <= LONGEST_SENTENCE
    assert rest


@given(
    st.lists(st.sampled_from(["We stay", "It rained", "They go on"]), min_size=2, max_size=6),
    st.sampled_from(["“”", '""', "«»", "„“", "‘’", "''"]),
)
def test_every_quotation_keeps_both_its_marks(spoken: list[str], marks: str) -> None:
    quoted = [f"{marks[0]}{each}.{marks[1]}" for each in spoken]
    text = " ".join(quoted)
    assert [text[start:end] for start, end in sentence_spans(text)] == quoted


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
def test_every_word_of_the_seeds_is_in_a_paragraph_or_a_heading(path) -> None:  # type: ignore[no-untyped-def]
    text = path.read_text("utf-8")
    parts = passages(Document("d", text))
    kept = {part.text for part in parts} | {part.heading for part in parts}
    lines = [line.strip().removeprefix("• ").removeprefix("- ") for line in text.splitlines() if line.strip()]
    left_out = [line for line in lines if line not in kept]
    assert left_out in ([], ["Tag: Alibaba", "Alibaba Wants Qwen to Be China’s Mass-Market AI Layer"])
