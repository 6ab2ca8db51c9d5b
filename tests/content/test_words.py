"""What counts as a word, and what tells a name from the word of grammar that it is in small letters."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from content.documents import Answer, Document
from content.forms import comparable, is_name, named
from content.library import Library
from content.questions import asked
from content.thesaurus import kin
from content.words import content_words, matter, passage_stems, stem, stems, terms_of, word_texts
from tests.conftest import open_library


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How much did the US pledge for AI?", ["US", "pledge", "AI"]),
        ("How much did the us pledge for AI?", ["US", "pledge", "AI"]),
        ("How much did the U.S. pledge?", ["U.S.", "pledge"]),
        ("Tell us about Qwen", ["Qwen"]),
        ("and the US?", ["US"]),
        ("US", ["US"]),
        ("US GDP", ["US", "GDP"]),
        ("AT&T", ["AT&T"]),
        ("What is at&t?", ["at&t"]),
        ("What about M & A?", ["M & A"]),
        ("What do they spend on IT?", ["spend", "IT"]),
        ("who is IT?", ["IT"]),
        ("who is it?", []),
        ("WHO IS IT?", []),
        ("WHAT IS QWEN?", ["QWEN"]),
        ("TELL US ABOUT QWEN", ["QWEN"]),
        ("DID THE US PLEDGE IT?", ["US", "PLEDGE"]),
        ("What does the WHO say?", ["WHO"]),
        ("WHO", ["WHO"]),
        ("WHO founded Alibaba?", ["founded", "Alibaba"]),
        ("Who is Will Smith?", ["Will", "Smith"]),
        ("Will Alibaba expand?", ["Alibaba", "expand"]),
        ("What Will Alibaba Do Next?", ["Alibaba", "Next"]),
        ("What was announced in May?", ["announced", "May"]),
        ("What may be announced?", ["announced"]),
    ],
)
def test_the_words_a_question_is_about(question: str, told: list[str]) -> None:
    found = content_words(question)
    assert [word.text for word in found] == told
    assert all(question[word.start : word.end].lower() == word.text.lower() for word in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the US pledged", "the U.S. pledged"),
        ("LLMs and GPUs", "LLM and GPU"),
        ("llms, gpus and pcs", "LLM, GPU and PC"),
        ("A.I. models", "AI models"),
        ("M & A fees", "M&A fees"),
        ("Qwen™, Quark® and Taobao℠", "Qwen, Quark and Taobao"),
    ],
)
def test_two_spellings_of_one_thing_are_one_to_whoever_compares(one: str, other: str) -> None:
    assert terms_of(one) == terms_of(other)
    assert set(passage_stems(one)) & set(passage_stems(other)) >= set(stems(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("US", "us"), ("IT", "it"), ("WHO", "who"), ("May", "may"), ("GPS", "GP"), ("CSS", "CS"), ("plus", "plu")],
)
def test_what_is_written_otherwise_may_be_another_word(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("in the U.S. today", ["in", "the", "U.S.", "today"]),
        ("AT&T’s", ["AT&T", "s"]),
        ("a.b.cd", ["a", "b", "cd"]),
        ("US & UK", ["US", "UK"]),
        ("A & B", ["A & B"]),
    ],
)
def test_letters_that_are_one_word(text: str, told: list[str]) -> None:
    assert word_texts(text) == told


PIECES = "US us the THE U.S. IT it WHO who Will May in LLMs GPUs gpus AT&T & R M A.I. - US-imposed 52 bn ? , .".split()


@example("non-A.I. and USUS&A.I.")
@given(st.lists(st.sampled_from([*PIECES, "United States", " ", " "]), max_size=12).map("".join))
def test_what_a_question_is_about_is_found_in_a_text_that_says_it(text: str) -> None:
    terms = [stem(word.text) for word in content_words(text)]
    assert set(terms) <= set(terms_of(text)) & set(passage_stems(text))
    assert set(stems(text)) <= set(passage_stems(text))


@pytest.mark.parametrize("text", ["a." * 50_000 + "ab", "a&" * 50_000 + "abc", "A" * 100_000, "the us " * 20_000])
def test_names_and_letters_take_linear_time(text: str) -> None:
    assert len(comparable(text)) <= 2 * len(text)
    assert len(named(text)) <= 2 * len(text)
    assert len(word_texts(text)) <= len(text)


def test_the_country_is_no_pronoun_to_the_thesaurus() -> None:
    assert {stem("american"), stem("america")} <= kin(stem("US"))
    assert stem("US") in kin(stem("american"))
    assert stem("us") not in kin(stem("american")) | kin(stem("western"))
    assert is_name("US")
    assert not is_name("us")


@pytest.mark.parametrize(
    ("question", "kind"),
    [("What did the WHO warn of?", "other"), ("Who warned of it?", "person"), ("What is IT?", "definition")],
)
def test_a_name_does_not_say_what_is_asked_for(question: str, kind: str) -> None:
    assert asked(question).name == kind


@pytest.mark.parametrize(
    ("question", "words"),
    [("Qwen vs ChatGPT", ["Qwen", "ChatGPT"]), ("What is the meaning?", ["meaning"]), ("What is it?", [])],
)
def test_words_that_frame_a_question_matter_only_alone(question: str, words: list[str]) -> None:
    assert matter(question) == words


DOCUMENTS = {
    "chips": "The US pledged $5 billion for chips. It tells us little.",
    "ban": "The United States banned exports of steel.",
    "tariffs": "U.S. tariffs hit farmers.",
    "phones": "AT&T sells phones in Texas.",
    "seller": "Foo Corp sells GPUs to everybody.",
    "family": "Qwen™ is a model family.",
    "flu": "The WHO warned of a flu.",
    "budgets": "IT budgets grew fast.",
    "actor": "In May, a film with Will Smith was shown.",
    "headline": "NEW RULES TELL US WHO RUNS IT",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    made = open_library(tmp_path_factory.mktemp("names"))
    list(made.add([Document(name, text) for name, text in DOCUMENTS.items()]))
    made.refresh()
    return made


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("How much did the US pledge?", "chips"),
        ("What did the U.S. ban?", "ban"),
        ("What did the US ban?", "ban"),
        ("US tariffs", "tariffs"),
        ("American tariffs", "tariffs"),
        ("AT&T", "phones"),
        ("at&t", "phones"),
        ("Who sells a GPU?", "seller"),
        ("who sells gpus?", "seller"),
        ("What is Qwen?", "family"),
        ("What did the WHO warn of?", "flu"),
        ("WHO", "flu"),
        ("What did the World Health Organization warn of?", "flu"),
        ("Who warned of a flu?", "flu"),
        ("IT budgets", "budgets"),
        ("What was shown in May?", "actor"),
        ("Who is Will Smith?", "actor"),
    ],
)
def test_names_are_found(library: Library, question: str, document: str) -> None:
    found = library.ask(question)
    assert isinstance(found, Answer)
    assert found.sources[0].document == document
    assert set(found.understanding.missing) <= {"American", "World", "Health", "Organization"}


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Did the US launch ModelScope?", ()),
        ("How much did the US pledge for AI?", ()),
        ("how much did the us pledge for AI?", ()),
        ("HOW MUCH DID THE US PLEDGE FOR AI?", ()),
        ("What does the WHO say about Qwen?", ("WHO",)),
        ("Who is IT?", ("IT",)),
        ("WHO IS IT?", ()),
        ("Qwen vs DeepSeek", ("DeepSeek",)),
    ],
)
def test_nobody_else_is_quoted_for_a_name_that_looks_like_grammar(
    seeds: Library, question: str, missing: tuple[str, ...]
) -> None:
    found = seeds.ask(question)
    assert not isinstance(found, Answer)
    assert found.understanding.missing == missing


@pytest.mark.parametrize(
    "question",
    ["What is an LLM?", "WHAT IS QWEN?", "WHO made Qwen?", "Which restrictions did the US impose?", "US", "US firms"],
)
def test_the_articles_answer_it(seeds: Library, question: str) -> None:
    found = seeds.ask(question)
    assert isinstance(found, Answer)
    assert found.understanding.missing == ()
