"""What is found, however it is written, and in which order."""

import math
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.documents import Document, Hit, Passage
from content.forms import passage_forms, question_forms, vocabulary_forms
from content.index import Scored
from content.library import Library
from content.relevance import WEIGHED, Statistics, weighed
from content.search import documents
from content.words import passage_stems, stems
from tests.conftest import SEEDS, open_library

TEXTS = {
    "qwen": "Qwen3-235B is the largest model of the family.",
    "gpt": "They compared it with GPT-4 and others.",
    "llama": "Meta released llama3 as open weights.",
    "phi": "Phi 4 is a small one.",
    "pledge": "Spending of 52bn was announced.",
    "yuan": "It cost 380 billion yuan in all.",
    "maas": "Model-as-a-Service is sold by the hour.",
    "ecommerce": "Its e-commerce arm grew.",
    "ai": "AI is everywhere now.",
    "initials": "The A.G.I. debate goes on.",
    "research": "R&D is paid from profits.",
    "spaced": "The M & A market is quiet.",
    "accents": "Société Générale kept its rating.",
    "wide": "ＮＶＩＤＩＡ chips are scarce.",
    "chinese": "据报道,阿里巴巴集团发布了通义千问大模型。",
    "mixed": "云计算平台ModelScope社区很活跃。",
    "japanese": "ソフトバンクグループが株式を売却した。",
    "russian": "Компания Алибаба открыла офис в Москве.",
    "greek": "Η Αλιμπάμπα άνοιξε γραφείο.",
    "arabic": "أعلنت علي بابا عن نتائجها.",
    "thai": "อาลีบาบาประกาศผลประกอบการ",
    "hindi": "अलीबाबा ने नतीजे घोषित किए।",
    "korean": "알리바바는 실적을 발표했다.",
}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = open_library(tmp_path_factory.mktemp("many"))
    list(library.add([Document(name, text) for name, text in TEXTS.items()]))
    library.refresh()
    return library


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("Qwen3-235B", "qwen"),
        ("qwen3 235b", "qwen"),
        ("Qwen 3 235B", "qwen"),
        ("qwen3235b", "qwen"),
        ("qwen", "qwen"),
        ("Qwen‑3", "qwen"),
        ("Qwenn", "qwen"),
        ("GPT-4", "gpt"),
        ("gpt4", "gpt"),
        ("Gpt 4", "gpt"),
        ("Llama 3", "llama"),
        ("LLAMA-3", "llama"),
        ("phi4", "phi"),
        ("Phi-4", "phi"),
        ("52bn", "pledge"),
        ("52 bn", "pledge"),
        ("52 billion", "pledge"),
        ("380bn yuan", "yuan"),
        ("Model-as-a-Service", "maas"),
        ("model as a service", "maas"),
        ("ModelAsAService", "maas"),
        ("MODEL_AS_A_SERVICE", "maas"),
        ("ecommerce", "ecommerce"),
        ("E-Commerce", "ecommerce"),
        ("AI", "ai"),
        ("ai", "ai"),
        ("A.I.", "ai"),
        ("AGI", "initials"),
        ("R&D", "research"),
        ("r & d", "research"),
        ("M&A", "spaced"),
        ("societe generale", "accents"),
        ("SOCIÉTÉ GÉNÉRALE", "accents"),
        ("nvidia", "wide"),
        ("阿里巴巴", "chinese"),
        ("通义千问", "chinese"),
        ("模型", "chinese"),
        ("据", "chinese"),
        ("modelscope", "mixed"),
        ("云计算", "mixed"),
        ("ソフトバンク", "japanese"),
        ("Алибаба", "russian"),
        ("алибаба", "russian"),
        ("Алибабa офис", "russian"),
        ("Αλιμπαμπα", "greek"),
        ("ΑΛΙΜΠΆΜΠΑ", "greek"),
        ("علي بابا", "arabic"),
        ("อาลีบาบา", "thai"),
        ("अलीबाबा", "hindi"),
        ("알리바바", "korean"),
    ],
)
def test_names_and_codes_are_found_however_they_are_written(many: Library, query: str, document: str) -> None:
    assert many.search(query).hits[0].passage.document == document


@pytest.mark.parametrize(
    "query", ["阿里巴巴", "通义千问", "Алибаба", "Qwen3", "ModelAsAService", "gpt4", "52 bn", "알리바바"]
)
def test_what_is_there_is_not_called_missing(many: Library, query: str) -> None:
    assert many.search(query).understanding.missing == ()


@pytest.mark.parametrize(
    ("text", "asked", "had"),
    [
        ("plain words", [], []),
        ("GPT-4", ["GPT4"], ["GPT4"]),
        ("gpt4o", ["gpt", "4", "o"], ["gpt", "4", "o"]),
        ("52 bn", ["billion"], ["billion"]),
        ("in bn", [], []),
        ("R & D", ["RD"], ["RD"]),
        ("A.I.", ["AI"], ["AI"]),
        ("up - down", [], []),
        ("阿里巴", ["阿里", "里巴"], ["阿里", "里巴", "阿", "里", "巴"]),
        ("云", [], []),
    ],
)
def test_other_forms(text: str, asked: list[str], had: list[str]) -> None:
    assert question_forms(text).split()[len(text.split()) :] == asked
    assert passage_forms(text).split()[len(text.split()) :] == had


def test_the_vocabulary_has_the_words_within_codes_but_no_joined_ones() -> None:
    assert vocabulary_forms("Qwen3-235B e-commerce").split() == ["Qwen3-235B", "e-commerce", "Qwen", "3", "235", "B"]


@given(st.text(max_size=200))
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    assert set(stems(text)) <= set(passage_stems(text))


@pytest.mark.parametrize("signs", ["a", "a-", "9", "a.", "a & ", "9a", "云"])
def test_forms_take_linear_time(signs: str) -> None:
    text = signs * 50_000
    assert len(passage_forms(text)) < 10 * len(text)


def statistics(frequency: Mapping[str, int]) -> Statistics:
    return Statistics(1000, lambda term: frequency.get(term, 0))


COMMON = statistics({"chip": 100, "fab": 20, "wafer": 20, "bank": 20, "the": 900})


def test_covering_more_of_the_question_lifts_a_passage() -> None:
    found = [Scored(("a", 1), 5.0, "chip fab"), Scored(("b", 1), 4.9, "chip bank wafer")]
    ranked = weighed({"chip": 1.0, "bank": 1.0}, found, COMMON)
    assert [one.key[0] for one in ranked] == ["b", "a"]


def test_what_the_best_share_lifts_the_passages_that_have_it() -> None:
    best = [Scored((f"best{n}", 1), 5.0, "chip fab wafer") for n in range(5)]
    found = [*best, Scored(("bank", 1), 3.0, "chip bank"), Scored(("related", 1), 2.9, "chip wafer fab")]
    ranked = weighed({"chip": 1.0}, found, COMMON)
    assert [one.key[0] for one in ranked][-2:] == ["related", "bank"]


def test_none_of_the_weighed_falls_below_the_rest_and_ties_go_by_key() -> None:
    found = [Scored((f"{n:03}", 1), 1.0, "chip") for n in range(WEIGHED + 20)]
    ranked = weighed({"chip": 1.0}, found, COMMON)
    assert [one.key for one in ranked] == [one.key for one in found]
    assert min(one.score for one in ranked[:WEIGHED]) >= max(one.score for one in ranked[WEIGHED:])


@pytest.mark.parametrize("terms", ["", "chip", "unknown"])
def test_degenerate_passages_are_weighed_without_error(terms: str) -> None:
    (one,) = weighed({"chip": 1.0}, [Scored(("a", 1), 1.0, terms)], COMMON)
    assert math.isfinite(one.score)
    assert weighed({}, [], COMMON) == []


def hit(rank: int, document: str, score: float) -> Hit:
    return Hit(rank, Passage(document, rank, 0, 1, "x"), None, score)


def test_a_document_ranks_by_its_best_passage() -> None:
    found = [hit(1, "b", 3.0), hit(2, "c", 2.0), hit(3, "b", 1.0), hit(4, "a", 2.0)]
    assert documents(found, 10) == [("b", 3.0), ("a", 2.0), ("c", 2.0)]
    assert documents(found, 1) == [("b", 3.0)]


HOSTILE = {
    "long": "chip " * 2_000,
    "one word": "a" * 10_000,
    "many words": " ".join(f"word{n}" for n in range(5_000)),
    "syntax": '+body:chips -title:"x" (AND OR NOT) [1 TO 2] {a} ^3 ~2 * ? \\ / : !',
    "stop words": "what is the of and to in",
    "punctuation": "?!… --- ***",
    "nul": "chips\0and\0banks",
    "blank": "   ",
    "signs": "云" * 10_000,
    "marks": "a\u0301" * 5_000,
    "surrogate": "chips \ud800",
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_queries_are_answered(many: Library, query: str) -> None:
    results = many.search(query)
    assert Counter(one.passage.document for one in results.hits).keys() <= TEXTS.keys()


def test_the_same_documents_in_another_order_give_the_same_scores(tmp_path: Path, many: Library) -> None:
    other = open_library(tmp_path / "other")
    for name in reversed(TEXTS):
        list(other.add([Document(name, TEXTS[name])]))
        other.refresh()
    for query in ("GPT-4 model family", "阿里巴巴", "Alibaba AI chips"):
        ours = [(one.passage.document, round(one.score, 4)) for one in many.search(query).hits]
        assert [(one.passage.document, round(one.score, 4)) for one in other.search(query).hits] == ours


RUN = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from bot.cli import entry
sys.argv = ["alibaba-bot", "search", "--queries", {queries!r}, "--run", {run!r}]
entry()
"""


def test_a_run_is_the_same_to_the_byte_whatever_the_hash_seed(tmp_path: Path) -> None:
    library = open_library(tmp_path / "data")
    list(library.add([Document(f"doc {n}", "\n".join(TEXTS.values()) + f" Number {n}.") for n in range(5)]))
    list(library.add([Document(f"{name} {n}", f"{text} {n}") for n in range(3) for name, text in TEXTS.items()]))
    library.refresh()
    queries, runs = tmp_path / "queries.tsv", []
    queries.write_text("1\tGPT-4 model family\n2\talibba cloude\n3\t阿里巴巴\n4\t???\n", "utf-8")
    for seed in ("0", "1"):
        run = tmp_path / f"{seed}.run"
        script = RUN.format(root=str(SEEDS.parent), queries=str(queries), run=str(run))
        environment = os.environ | {"PYTHONHASHSEED": seed, "ALIBABA_DATA_DIR": str(tmp_path / "data")}
        subprocess.run([sys.executable, "-c", script], env=environment, check=True)
        runs.append(run.read_text("utf-8"))
    assert runs[0] == runs[1]
    lines = [line.split() for line in runs[0].splitlines()]
    assert {line[0] for line in lines} >= {"1", "3"}
    assert all(len(line) == 6 and line[1] == "Q0" and line[5] == "alibaba" for line in lines)
    for query in {line[0] for line in lines}:
        own = [line for line in lines if line[0] == query]
        assert [int(line[3]) for line in own] == list(range(1, len(own) + 1))
        assert [float(line[4]) for line in own] == sorted((float(line[4]) for line in own), reverse=True)
        assert len({line[2] for line in own}) == len(own)
