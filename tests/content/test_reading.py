"""What a question's words are worth, and which others may stand for them."""

from pathlib import Path

import pytest

from content import formats, thesaurus
from content.documents import Document
from content.index import Index
from content.library import Library
from content.preparation import prepare
from content.reading import Reading, reading, related
from content.spelling import Spelling
from content.store import Store
from content.synonyms import synonyms
from content.thesaurus import idle_phrases, kin, phrases
from content.words import stem
from tests.conftest import SEEDS, open_library

PAPER = "Merchants rent servers. The deal is worth 52 billion. Cloud grows. Cloud is cheap. Acme competes with Umbra."


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    directory = tmp_path_factory.mktemp("reading")
    library: Library = open_library(directory)
    store: Store = library._store
    store.put([prepare(Document("paper", "\n".join(f"{one}." for one in PAPER.split(". "))))])
    library.refresh()
    return library._index


def read(index: Index, question: str) -> Reading:
    return reading(index, Spelling(index.vocabulary(), index.contains).understand(question))


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("What is the name of the cloud?", ["cloud"]),
        ("What is the name?", ["name"]),
        ("Which firms rent servers?", ["firm", "rent", "server"]),
        ("Who is Acme up against?", ["acm", "against"]),
    ],
)
def test_the_words_that_matter(index: Index, question: str, terms: list[str]) -> None:
    assert list(read(index, question).terms) == terms


def test_what_is_rare_is_telling_and_the_noun_of_which_is_not(index: Index) -> None:
    terms = read(index, "Which firms rent cloud servers?").terms
    assert terms["rent"] > terms["cloud"]
    assert terms["firm"] < terms["rent"]


def test_a_verb_that_only_says_there_are_some_counts_less(index: Index) -> None:
    faced, rented = (read(index, f"What deals does Acme {verb}?").terms for verb in ("face", "rent"))
    assert faced["face"] < rented["rent"]


@pytest.mark.parametrize(
    ("question", "unexplained"),
    [
        ("Who leases servers?", 0.0),
        ("Do merchants rent servers?", 0.0),
        ("Is it worth 52 billon?", 0.0),
        ("Which dividend do merchants rent?", 0.86),
    ],
)
def test_a_word_is_unexplained_when_nothing_may_stand_for_it(index: Index, question: str, unexplained: float) -> None:
    assert read(index, question).unexplained == pytest.approx(unexplained, abs=0.05)


def test_a_search_is_widened_for_less_by_what_may_stand_for_a_word(index: Index) -> None:
    wider = read(index, "Who leases servers?").widened()
    assert wider["leas"] == 1.0 > wider["rent"] > 0


@pytest.mark.parametrize(
    ("word", "other"),
    [("shopkeeper", "merchant"), ("lease", "rent"), ("abroad", "international"), ("die", "kill"), ("pledge", "invest")],
)
def test_kin(word: str, other: str) -> None:
    assert stem(other) in kin(stem(word))
    assert stem(word) not in kin(stem(word))


def test_kin_are_synonyms_and_more() -> None:
    assert synonyms(stem("pledge")) < kin(stem("pledge"))
    assert kin("") == frozenset()


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How does it set itself apart?", True),
        ("What sets it truly apart?", True),
        ("It set out, and after a long while it fell apart.", False),
        ("Is it apart from the set?", False),
        ("apart", False),
    ],
)
def test_phrases_may_have_words_between(question: str, found: bool) -> None:
    assert (stem("differentiate") in dict(phrases(question)).get("apart", frozenset())) == found


def test_a_phrase_of_grammar_is_idle_only_when_no_word_of_it_is_a_term() -> None:
    assert list(idle_phrases("Who is it up against?", {"acm"})) == [("up", "against")]
    assert list(idle_phrases("Who is it up against?", {"against"})) == []
    assert "rival" in related("Who is it up against?")["against"]


def _lines(file: Path) -> list[str]:
    return [line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def test_the_thesaurus_has_no_line_twice_and_no_word_alone() -> None:
    lines = [line for file in thesaurus.FILES for line in _lines(file)]
    assert len(lines) == len(set(lines))
    assert [line for line in lines if len(line.split()) < 2] == []


def test_it_knows_general_words_and_no_name_of_the_articles() -> None:
    texts = [one.text for one in formats.documents(Path(SEEDS)) if isinstance(one, Document)]
    assert len(texts) == 4
    general, kinds = map(_lines, thesaurus.FILES)
    assert not NAMED & {word for line in general for word in line.split()}
    names = {word for line in kinds for word in line.partition(":")[2].split()}
    assert len(names & NAMED) * 10 < len(names)


NAMED = {"alibaba", "qwen", "tencent", "baidu", "bytedance", "quark", "modelscope", "bmw", "apple", "google", "amazon"}
NAMED |= {"meta", "microsoft", "reuters", "cnbc", "wechat", "taobao", "tmall", "cainiao", "openai", "llama", "chatgpt"}


@pytest.mark.parametrize(
    ("question", "names", "not_back"),
    [
        ("Which carmaker is it?", "bmw", "What is BMW?"),
        ("Is it working with any car makers?", "bmw", "What is a Toyota?"),
        ("Who is its boss?", "ceo", "Who is its CEO?"),
    ],
)
def test_what_a_name_is_may_be_asked_for_by_its_kind_but_not_the_other_way_round(
    question: str, names: str, not_back: str
) -> None:
    assert any(names in others for others in related(question).values())
    assert not {"boss", "leader", "carmak", "car"} & frozenset().union(*related(not_back).values())


@pytest.mark.parametrize(
    ("word", "base"), [("bigger", "big"), ("renter", "rent"), ("movement", "move"), ("closure", "close")]
)
def test_a_word_has_the_kin_of_what_it_is_derived_from(word: str, base: str) -> None:
    assert stem(base) in kin(stem(word))


@pytest.mark.parametrize(("word", "other"), [("former", "form"), ("corner", "corn"), ("number", "numb")])
def test_but_not_of_what_only_looks_so(word: str, other: str) -> None:
    assert stem(other) not in kin(stem(word))


def test_a_word_of_two_parts_is_found_in_both_spellings() -> None:
    assert stem("autonomous") in related("Who builds self-driving cars?")["drive"]
    assert stem("autonomous") in related("Who builds selfdriving cars?")[stem("selfdriving")]
