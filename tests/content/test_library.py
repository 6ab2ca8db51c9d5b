"""Documents in, found, changed and out again; killed anywhere, the result is the same."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content import formats
from content.citations import reference
from content.documents import Answer, Document, NothingFound, Place, Summary
from content.errors import UnusableQuestion
from content.formats import Unread
from content.library import LONGEST_QUESTION, Indexed, Library, usable
from content.store import Outcome
from tests.conftest import SEEDS, Storage, index_all, open_library

CHIPS = Document("chips", "The firm makes new chips at home. It spent $3 billion on them.")
CLOUD = Document("cloud", "The cloud grew by 8% in 2025.", title="Cloud", published="2025-11-02")


def outcomes(library: Library, *documents: Document | Unread) -> list[tuple[str, Outcome | None]]:
    done = [(one.name, one.outcome) for one in library.add(documents)]
    library.refresh()
    return done


def found(library: Library, query: str) -> list[str]:
    return [hit.passage.document for hit in library.search(query).hits]


def test_indexing_is_incremental(library: Library) -> None:
    assert outcomes(library, CHIPS, CLOUD) == [("chips", "added"), ("cloud", "added")]
    assert outcomes(library, CHIPS, CLOUD) == [("chips", "unchanged"), ("cloud", "unchanged")]
    changed = Document("chips", "The firm sells phones.")
    assert outcomes(library, changed) == [("chips", "changed")]
    assert found(library, "chips") == []
    assert found(library, "phones") == ["chips"]


def test_a_change_of_what_is_stated_is_a_change(library: Library) -> None:
    outcomes(library, CHIPS)
    assert outcomes(library, Document(CHIPS.id, CHIPS.text, title="Chips")) == [("chips", "changed")]
    assert library.search("chips").hits[0].title == "Chips"


def test_a_corrected_word_is_shown_as_the_documents_write_it(seeds: Library) -> None:
    understanding = seeds.ask("what is modlescope by alibba, byte dance and the clould?").understanding
    assert understanding.understood_as == "what is ModelScope by Alibaba, ByteDance and the cloud?"


WRITTEN = (
    "ModelScope grew.",
    "ModelScope shrank.",
    "They say modelscope.",
    "Its pricing is low.",
    "La Société grandit.",
)


@pytest.mark.parametrize(
    ("asked", "read"),
    [("modlescope", "ModelScope"), ("pricng", "pricing"), ("societee", "Société"), ("Modlescope", "ModelScope")],
)
def test_a_word_is_written_as_most_passages_write_it_and_titles_do_not_count(
    library: Library, asked: str, read: str
) -> None:
    outcomes(library, *(Document(f"{number}", text, title="Pricing") for number, text in enumerate(WRITTEN)))
    assert library.search(asked).understanding.understood_as == read


def test_removing(library: Library) -> None:
    outcomes(library, CHIPS, CLOUD)
    assert library.remove(["chips", "nothing"]) == ("chips",)
    assert found(library, "chips") == []
    assert [one.document for one in library.sources()] == ["cloud"]
    assert library.figures().figures[0].document == "cloud"


def test_one_id_twice_in_a_run_is_refused_not_lost(library: Library) -> None:
    done = list(library.add([CHIPS, Document("chips", "Other text.")]))
    assert [one.outcome for one in done] == ["added", None]
    assert "same id" in str(done[1].error)
    library.refresh()
    assert found(library, "home") == ["chips"]


def test_a_file_that_cannot_be_read_does_not_stop_the_others(library: Library) -> None:
    done = list(library.add([Unread("bad.txt", "empty"), CHIPS]))
    assert done == [Indexed("bad.txt", None, "empty"), Indexed("chips", "added")]


@pytest.mark.parametrize("directory", ["data", "another"])
def test_another_process_sees_what_one_has_written(storage: Storage, directory: str) -> None:
    one, other = storage.library(), storage.library(directory)
    outcomes(one, CHIPS)
    other.refresh()
    assert found(other, "chips") == ["chips"]
    assert other.search("chps").understanding.understood_as == "chips"


def test_killed_while_the_index_is_written_anew_nothing_is_lost(tmp_path: Path) -> None:
    documents = [Document(f"d{n:04}", f"Cloud number {n}.") for n in range(1_200)]
    outcomes(open_library(tmp_path), *documents)
    script = (
        f"import os, sys; sys.path.insert(0, {str(SEEDS.parent)!r})\n"
        "from pathlib import Path; from content.documents import Document; from tests.conftest import open_library\n"
        f"library = open_library(Path({str(tmp_path)!r}))\n"
        "list(library.add([Document('d0007', 'A phone.')]))\n"
        "library.refresh(lambda done, total: os._exit(9))\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=60).returncode == 9
    library = open_library(tmp_path)
    assert found(library, "phone") == ["d0007"]
    assert found(library, "1199") == ["d1199"]
    assert len(library.search("cloud", 2_000).hits) == 1_199


def test_a_library_sees_the_whole_of_a_change_or_nothing(tmp_path: Path) -> None:
    writing, reading = open_library(tmp_path), open_library(tmp_path)
    outcomes(writing, *(Document(f"d{n:04}", f"Cloud number {n}.") for n in range(1_200)))
    reading.refresh()
    list(writing.add([Document("d0007", "A phone.")]))
    seen: list[int] = []
    writing.refresh(lambda done, total: seen.append(len(reading.search("cloud", 2_000).hits)))
    assert set(seen) == {1_200}
    reading.refresh()
    assert len(reading.search("cloud", 2_000).hits) == 1_199


def test_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    index_all(open_library(tmp_path), SEEDS)
    script = (
        f"import sys; sys.path.insert(0, {str(SEEDS.parent)!r})\n"
        "from pathlib import Path; from tests.conftest import open_library\n"
        f"library = open_library(Path({str(tmp_path)!r}))\n"
        "for q in ('How much did Alibaba pledge?', 'who is it up against', 'what can firms lease', 'Who leads it?'):\n"
        "    print(library.ask(q))\n"
        "print(library.summarize('qwen'))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(runs) == 1


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("", "no word"),
        ("  \n\t ", "no word"),
        ("?!…", "no word"),
        ("🙂🚀", "no word"),
        ("x" * 10_000, "10,000 characters"),
    ],
)
def test_what_is_no_question_is_said_in_words(seeds: Library, question: str, says: str) -> None:
    with pytest.raises(UnusableQuestion, match=says):
        seeds.ask(question)


@pytest.mark.parametrize(
    ("question", "read"),
    [("a\x00b\x07 c", "a b c"), ("one\n two", "one two"), ("‮evil", "evil"), ("阿里巴巴?", "阿里巴巴?")],
)
def test_questions_are_one_clean_line(question: str, read: str) -> None:
    assert usable(question) == read


@given(st.text(max_size=200))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_question_is_answered_or_refused_in_words(seeds: Library, question: str) -> None:
    try:
        result = seeds.ask(question)
    except UnusableQuestion:
        return
    assert isinstance(result, Answer | NothingFound)
    assert 0 <= result.confidence <= 1


@pytest.mark.parametrize(
    "query", ["<!channel>", 'AND OR NOT "', "body:x* ~2", "the of and", "!" * 500 + "a", "cloud " * 300]
)
def test_hostile_queries_are_only_words(seeds: Library, query: str) -> None:
    seeds.search(query)
    seeds.ask(query)


def test_the_longest_question_still_works(seeds: Library) -> None:
    assert seeds.ask("cloud " * (LONGEST_QUESTION // 6)) is not None


def test_summaries(seeds: Library) -> None:
    by_id, by_title = seeds.summarize("bold-pivot-to-ai"), seeds.summarize("alibabas bold pivot to AI dominanse")
    assert isinstance(by_id, Summary)
    assert isinstance(by_title, Summary)
    assert by_title == replace(by_id, understanding=by_title.understanding)
    assert by_title.understanding.understood_as == "Alibaba’s Bold Pivot to AI Dominance"
    assert by_id.document == "bold-pivot-to-ai"
    assert 3 <= len(by_id.summary) <= 5
    assert [one.start for one in by_id.summary] == sorted(one.start for one in by_id.summary)
    topic = seeds.summarize("qwen")
    assert isinstance(topic, Summary)
    assert (topic.document, topic.topic) == (None, "qwen")
    assert all("qwen" in one.text.lower() for one in topic.summary)
    assert isinstance(seeds.summarize("zeppelins"), NothingFound)


def test_a_summary_says_how_its_topic_was_read(seeds: Library) -> None:
    found = seeds.summarize("modlescope")
    assert [one.read for one in found.understanding.corrections] == ["ModelScope"]
    assert isinstance(found, Summary)
    assert found.topic == "ModelScope"


def test_figures_of_a_topic(seeds: Library) -> None:
    everything = seeds.figures().figures
    assert {"Reuters", "CNBC", "Technology Magazine"} <= {one.attributed_to for one in everything}
    some = seeds.figures("infrastructure").figures
    assert 0 < len(some) < len(everything)
    assert all("infrastructure" in one.sentence for one in some)
    assert seeds.figures("zeppelins").figures == ()
    assert seeds.figures("zeppelins").understanding.missing == ("zeppelins",)


@pytest.mark.parametrize("topic", [None, "cloud", "infrastructure", "cloud infrastructure"])
def test_a_topic_shows_what_disagrees_with_its_figures_in_other_words(seeds: Library, topic: str | None) -> None:
    (shown,) = seeds.figures(topic).disagreements
    assert [seeds.figures(topic).figures[at].attributed_to for at in shown.figures] == [
        "Reuters",
        "Technology Magazine",
        "CNBC",
    ]


@pytest.mark.parametrize("name", ["bold-pivot-to-ai", "bold pivot", "Alibaba’s Bold Pivot to AI Dominance"])
def test_figures_of_a_document(seeds: Library, name: str) -> None:
    found = seeds.figures(name)
    assert [figure.document for figure in found.figures] == ["bold-pivot-to-ai"] * 4
    assert (found.topic, found.understanding.effective) == (name, "Alibaba’s Bold Pivot to AI Dominance")


def test_what_is_both_a_topic_and_a_document_is_a_topic(library: Library) -> None:
    other = Document("other", "Spending on cloud rose to $5 billion in 2025.")
    outcomes(library, CLOUD, other)
    assert {figure.document for figure in library.figures("cloud").figures} == {"cloud", "other"}


def test_a_summary_goes_on_beyond_its_usual_length(seeds: Library) -> None:
    usual, longer = seeds.summarize("bold-pivot-to-ai"), seeds.summarize("bold-pivot-to-ai", 4)
    assert isinstance(usual, Summary)
    assert isinstance(longer, Summary)
    assert len(longer.summary) == len(usual.summary) + 4
    assert {each.text for each in usual.summary} <= {each.text for each in longer.summary}


def test_more_than_an_answer_has_room_for(seeds: Library) -> None:
    answer, more = seeds.ask("What is Qwen?"), seeds.further("What is Qwen?")
    assert isinstance(answer, Answer)
    assert {each.text for each in answer.summary} < {each.text for each in more.summary}
    assert all("Qwen" in each.text for each in more.summary)
    assert seeds.further("What dividend does Alibaba pay?").summary == ()


def test_offsets_of_figures_hold(seeds: Library) -> None:
    texts = {one.id: one.text for one in formats.documents(SEEDS) if isinstance(one, Document)}
    for figure in seeds.figures().figures:
        assert texts[figure.document][figure.start : figure.end] == figure.text
        assert figure.text in figure.sentence


TOLD = [
    Document(name, f"Alibaba pledged ${value} billion for AI chips.", published=date)
    for name, value, date in (("a", 52, "2024-01"), ("b", 60, None), ("c", 70, "2026-03"))
]


@pytest.mark.parametrize("topic", [None, " ", "chips"])
def test_figures_come_newest_first_with_positions_to_match(library: Library, topic: str | None) -> None:
    outcomes(library, *TOLD)
    shown = library.figures(topic)
    assert [figure.document for figure in shown.figures] == ["c", "a", "b"]
    assert shown.alike == ((0, 1, 2),)
    assert [one.figures for one in shown.disagreements] == [(1, 0)]


def test_what_was_compared_is_compared_again_when_anything_changes(library: Library) -> None:
    outcomes(library, *TOLD)
    first = library.figures()
    assert library.figures() == first
    outcomes(library, replace(TOLD[1], published="2027"))
    assert [figure.document for figure in library.figures().figures] == ["b", "c", "a"]
    outcomes(library, replace(TOLD[1], text="Alibaba pledged $60 billion for phones."))
    assert library.figures().alike == ((0, 1),)
    library.remove(["a"])
    assert library.figures().disagreements == ()


def test_a_figure_leads_back_to_its_sentence(library: Library) -> None:
    text = "It grew. Sales rose 8%. Others fell.\n\nSales rose 8%. It grew 5% and 6%. Sales rose 8%."
    outcomes(library, Document("d/" * 300, text))
    for figure in library.figures().figures:
        name = reference(figure)
        assert len(name) <= 40
        passage, sentence = library.quoted(name) or pytest.fail("not found")
        assert sentence.text == figure.sentence == text[sentence.start : sentence.end]
        assert sentence.start <= figure.start < sentence.end
        assert passage.number == (1 if figure.start < 36 else 2)


@pytest.mark.parametrize(
    "name", ["", "0", ".", "x.y", "-1.{}", "1.{}", "²8.{}", "9999999999999999999.{}", "28.{}x", "28"]
)
def test_a_reference_that_leads_nowhere(library: Library, name: str) -> None:
    outcomes(library, TOLD[0])
    known = reference(library.figures().figures[0])
    assert library.quoted(known)
    assert library.quoted(name.format(known.partition(".")[2])) is None


def test_an_empty_library_answers_that_it_is(library: Library) -> None:
    assert isinstance(library.ask("what is this?"), NothingFound)
    assert library.search("cloud").hits == ()
    assert library.sources() == ()
    assert library.searched().documents == 0


def test_searched_names_the_newest_stated_date(library: Library) -> None:
    outcomes(library, CHIPS, CLOUD, Document("odd", "Text.", published="unknown"))
    library.remove(["chips"])
    assert (library.searched().documents, library.searched().newest) == (2, "2025-11-02")


def test_an_excerpt_that_is_gone(seeds: Library) -> None:
    assert seeds.excerpt(Place("bold-pivot-to-ai", 999)) is None
    assert seeds.excerpt(Place("nothing", 1)) is None
