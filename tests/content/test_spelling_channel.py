"""Which word was meant: sounds, neighbours in files, and the price of a misspelling."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.lexicon import Lexicon
from content.likeness import likeliest
from content.sounds import sound
from content.vocabulary import Known, Vocabulary, WordFile, packed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("physics", "fisiks"),
        ("knight", "nite"),
        ("phone", "fone"),
        ("necessary", "nesesery"),
        ("accommodate", "acomodate"),
        ("thumb", "thum"),
        ("quick", "kwik"),
        ("queue", "kue"),
    ],
)
def test_words_that_sound_alike(one: str, other: str) -> None:
    assert sound(one).replace("w", "") == sound(other).replace("w", "")


@pytest.mark.parametrize(("one", "other"), [("cloud", "clown"), ("bank", "tank"), ("ship", "chip"), ("thin", "tin")])
def test_words_that_do_not(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def known(*words: str, frequency: int = 10) -> list[Known]:
    return [Known(word, sound(word), frequency) for word in words]


@pytest.mark.parametrize(
    ("written", "meant", "others"),
    [
        ("recieve", "receive", ["relieve", "reprieve"]),  # letters exchanged
        ("accomodation", "accommodation", ["accumulation"]),  # not doubled
        ("definately", "definitely", ["defiantly"]),  # a vowel for a vowel
        ("fisiks", "physics", ["fiscal", "fists"]),  # by ear
        ("clpud", "cloud", ["clad"]),  # keys beside each other
        ("cloed", "cloud", ["bleed"]),  # the first letter is dear
        ("seperate", "separate", ["operate", "serenade"]),
        ("goverment", "government", ["governor"]),
        ("nite", "night", ["unite"]),
    ],
)
def test_the_likeliest_word_comes_first(written: str, meant: str, others: list[str]) -> None:
    assert likeliest(written, known(meant, *others))[0].word == meant


def test_of_two_as_near_the_commoner_is_likelier() -> None:
    rated = likeliest("bint", [Known("mint", "mnt", 10), Known("hint", "hnt", 1_000)])
    assert [one.word for one in rated] == ["hint", "mint"]


def test_frequency_counts_less_for_the_commonest_words() -> None:
    rare, commoner, common, commonest = (
        likeliest("bint", [Known("mint", "mnt", frequency)])[0].cost for frequency in (1, 10, 10**6, 10**7)
    )
    assert rare - commoner > common - commonest > 0


def test_edits_are_bounded_and_the_word_itself_is_no_answer() -> None:
    words = known("cloud", "clouds", "clown", "physics")
    assert [one.word for one in likeliest("cloud", words, most=1)] == ["clouds"]
    assert [one.word for one in likeliest("fisiks", words, most=2, most_alike=5)] == ["physics"]


@given(st.text(min_size=1, max_size=12), st.lists(st.text(min_size=1, max_size=12), max_size=8))
def test_any_words_have_a_price(written: str, words: list[str]) -> None:
    rated = likeliest(written, known(*words))
    assert [one.cost for one in rated] == sorted(one.cost for one in rated)


WORDS = {"alibaba": 40, "cloud": 12, "clouds": 3, "finance": 2, "économie": 1, "облако": 5, "fiscal": 1, "physics": 9}


@pytest.mark.parametrize(
    ("written", "meant"),
    [("alibba", "alibaba"), ("claud", "cloud"), ("fisiks", "physics"), ("облоко", "облако"), ("econmie", "économie")],
)
def test_neighbours_are_found_by_letters_and_by_sound(written: str, meant: str) -> None:
    assert meant in {near.word for near in Vocabulary.of(WORDS).near(written)}


@given(st.dictionaries(st.text("abcdeαя", min_size=1, max_size=8).filter(str.isalpha), st.integers(1, 99), max_size=40))
def test_a_file_holds_what_was_put_in(words: dict[str, int]) -> None:
    file = WordFile(packed(words))
    assert dict(file.items()) == words
    assert set(file.having([*words, "zzz"])) == words.keys()
    for word in words:
        assert word in {near.word for near in file.near(word)}
        if len(word) > 1:
            assert word in {near.word for near in file.beside(word[1:])}


def test_the_same_words_in_any_order_make_the_same_bytes() -> None:
    items = list(WORDS.items())
    random.Random(1).shuffle(items)
    assert packed(dict(items)) == packed(WORDS)


@pytest.mark.parametrize("content", [b"", b"nonsense", packed(WORDS)[:-1], packed(WORDS) + b"x", b"x" + packed(WORDS)])
def test_a_damaged_file_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="not a file of words"):
        WordFile(content)


def words_of(lexicon: Lexicon) -> set[str]:
    vocabulary = lexicon.vocabulary()
    return {word for file in vocabulary.files for word, _ in file.items()}


def unasked() -> dict[str, int]:
    raise AssertionError("all words were asked for though the files have them")


def test_words_that_come_later_are_learned_without_reading_all(tmp_path: Path) -> None:
    lexicon = Lexicon(tmp_path, lambda word: 1)
    lexicon.learn(0, 5, [], lambda: WORDS)
    lexicon.learn(5, 6, ["qwen", "cloud", "h100"], unasked)
    assert words_of(Lexicon(tmp_path, lambda word: 1)) == {*WORDS, "qwen"}


def test_files_are_put_together_so_that_there_are_few(tmp_path: Path) -> None:
    lexicon = Lexicon(tmp_path, lambda word: 1)
    lexicon.learn(0, 1, [], lambda: {f"word{chr(97 + at)}": 1 for at in range(26)})
    expected = words_of(lexicon)
    for at in range(100):
        new = f"new{chr(97 + at // 26)}{chr(97 + at % 26)}"
        lexicon.learn(at + 1, at + 2, [new], unasked)
        expected.add(new)
        assert len(list(tmp_path.glob("*.words"))) <= 6
    assert words_of(lexicon) == expected


@pytest.mark.parametrize("damage", ["list", "file", "behind", "missing"])
def test_files_that_lack_words_are_written_anew(tmp_path: Path, damage: str) -> None:
    Lexicon(tmp_path, lambda word: 1).learn(0, 5, [], lambda: {"old": 1})
    file, listed = next(tmp_path.glob("*.words")), tmp_path / "words.json"
    if damage == "list":
        listed.write_text("[")
    elif damage == "file":
        file.write_bytes(b"short")
    elif damage == "missing":
        file.unlink()
    else:
        listed.write_text(json.dumps(json.loads(listed.read_text()) | {"applied": 4}))
    lexicon = Lexicon(tmp_path, lambda word: 1)
    lexicon.learn(5, 6, ["new"], lambda: WORDS)
    assert words_of(lexicon) == WORDS.keys()
