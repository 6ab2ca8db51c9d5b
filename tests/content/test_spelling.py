"""Words that nobody has are read as those that were meant; right words are left alone."""

import pytest

from content.library import Library
from content.spelling import Spelling, rarity
from content.words import stem

VOCABULARY = {"alibaba": 40, "modelscope": 2, "quark": 1, "cloud": 12, "computing": 3, "bytedance": 3, "finance": 2,
              "launched": 1, "inspect": 2, "partners": 3, "qwen3": 1, "small": 3, "tencent": 4}  # fmt: skip


STEMS = {stem(word) for word in (*VOCABULARY, "pay")}


@pytest.fixture
def spelling() -> Spelling:
    return Spelling(VOCABULARY, STEMS.__contains__)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("modlescope", "modelscope"),
        ("Alibba", "alibaba"),
        ("quarck", "quark"),
        ("clould", "cloud"),
        ("tensent", "tencent"),
        ("parnter", "partner"),
        ("cloudcomputing", "cloud computing"),
        ("wat", "what"),
        ("whta", "what"),
        ("teh", "the"),
        ("adn", "and"),
        # … but what is as short may be a name
        ("qwn", None),
        ("tsm", None),
        ("ot", None),
        # right words, names and codes stay
        ("clouds", None),
        ("partnership", None),
        ("France", None),
        ("lunch", None),
        ("insect", None),
        ("dividend", None),
        ("h100", None),
        ("Qwen3", None),
        ("zyxwvut", None),
        ("阿里巴巴", None),
        ("AI", None),
    ],
)
def test_words(spelling: Spelling, written: str, read: str | None) -> None:
    assert spelling.correct(written) == read


@pytest.mark.parametrize(
    ("question", "understood", "missing"),
    [
        ("What is modlescope?", "What is modelscope?", ()),
        ("byte dance and Alibba", "bytedance and alibaba", ()),
        ("model scope", "modelscope", ()),
        ("Alibaba's mall", None, ("mall",)),
        ("Alibaba’s mall and s mall", "Alibaba’s mall and small", ("mall",)),
        ("What dividend does Alibaba pay?", None, ("dividend",)),
        ("What is the headcuont?", None, ("headcuont",)),
        ("What is it?", None, ()),
        ("", None, ()),
    ],
)
def test_questions(spelling: Spelling, question: str, understood: str | None, missing: tuple[str, ...]) -> None:
    result = spelling.understand(question)
    assert (result.understood_as, result.missing) == (understood, missing)
    assert bool(result.corrections) == (understood is not None)


def test_corrections_name_what_was_written(spelling: Spelling) -> None:
    (first, second) = spelling.understand("byte dance beats Alibba").corrections
    assert (first.written, first.read) == ("byte dance", "bytedance")
    assert (second.written, second.read) == ("Alibba", "alibaba")


def test_rarity_grows_from_common_words_to_names() -> None:
    assert rarity("the") < rarity("go") < rarity("mortgage") < rarity("dividend") <= rarity("modelscope") == 1


COMMON = {"alibaba": 400, "alibba": 1, "small": 300, "tmall": 2, "trust": 3, "thrust": 200, "pressure": 90,
          "presure": 10, "frequency": 60, "frequncy": 2, "transmission": 60, "tansmissiion": 1}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("alibba", "alibaba"),  # some document misspells it as well
        ("frequncy", "frequency"),
        ("tansmissiion", "transmission"),
        ("presure", None),  # not that much commoner
        ("tmall", None),  # a name
        ("trust", None),  # English
        ("alibaba", None),
    ],
)
def test_a_rare_word_beside_a_far_commoner_one(written: str, read: str | None) -> None:
    names = {"alibaba": "Alibaba", "alibba": "Alibba", "tmall": "Tmall"}
    spelling = Spelling(COMMON, {stem(word) for word in COMMON}.__contains__, lambda word: names.get(word, word))
    assert spelling.correct(written) == read


def test_the_words_of_the_seeds_are_never_corrected(seeds: Library) -> None:
    for source in seeds.sources():
        summary = seeds.summarize(source.document)
        for quotation in summary.summary:  # type: ignore[union-attr]
            assert seeds.search(quotation.text).understanding.understood_as is None


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("What is DAMO?", []),
        ("What is MODLESCOPE?", ["ModelScope"]),
        ("WHAT IS A DAMO?", ["demo"]),
    ],
)
def test_what_is_in_capitals_is_a_name_and_no_misspelled_word(seeds: Library, question: str, read: list[str]) -> None:
    assert [one.read for one in seeds.ask(question).understanding.corrections] == read
