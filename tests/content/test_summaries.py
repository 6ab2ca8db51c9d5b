"""Summaries read like somebody wrote them: whole thoughts, no questions, nothing twice, in the order of the text."""

from collections.abc import Sequence

import pytest

from content.documents import Document, Summary
from content.library import Library
from content.passages import passages
from content.summaries import key_sentences, wanted
from content.words import stem

CLOUD = "Alibaba runs the largest cloud in China, and it grows faster than its shops."
CHIPS = "Its chips are made at home since imports were stopped two years ago."
PLEDGE = "Earlier this year Alibaba pledged more than $52 billion for cloud and chips."
RISKS = "However, that plan is not without risks."
RULES = "Regulators in three countries look at where the data of customers are kept."
ASKS = "But will anybody in the West trust a cloud that is run from China?"
QWEN = "Qwen, a family of open models, brings developers from everywhere to that cloud."
HIRES = "Hiring has slowed in every unit but the one that trains models."
TEXT = "\n\n".join((f"{CLOUD} {CHIPS}", f"{PLEDGE} {RISKS} {RULES}", ASKS, QWEN, HIRES))


def taken(text: str, *topic: str) -> list[str]:
    document = Document("d", text)
    return [
        sentence.text
        for _, sentence in key_sentences(passages(document), lambda _: 1.0, frozenset(stem(word) for word in topic))
    ]


def in_order(told: Sequence[str], text: str) -> bool:
    places = [text.index(sentence) for sentence in told]
    return places == sorted(places)


def test_three_to_five_sentences_in_the_order_of_the_text() -> None:
    told = taken(TEXT)
    assert len(told) == 3
    assert (
        len(taken("\n\n".join(f"Plan {n} is about the {word} of a firm." for n, word in enumerate("abcdefgh" * 8))))
        == 5
    )
    assert in_order(told, TEXT)
    assert PLEDGE in told


@pytest.mark.parametrize("text", ["", "Short.", "One sentence that is long enough to be taken as it stands."])
def test_of_little_text_all_is_taken(text: str) -> None:
    assert taken(text) == ([text] if text else [])


def test_a_question_is_not_taken_where_something_is_said() -> None:
    assert ASKS not in taken(TEXT)
    assert ASKS in taken(ASKS)


PLAIN = "Alibaba has the largest cloud of all in China."


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [
        (PLAIN, True),
        ("Earlier this year Alibaba made the largest cloud of all in China.", True),
        ("They are the largest of all clouds in China by far.", False),
        ("This figure is the largest of all that clouds in China have.", False),
        ("That makes the cloud of Alibaba in China the largest.", False),
        ("The company has the largest cloud of all in China.", False),
        ("Central to this plan is the largest cloud of Alibaba in China.", False),
        ("Second, Alibaba has the largest cloud of all in China.", False),
    ],
)
def test_a_sentence_that_leans_on_another_is_not_taken_without_it(sentence: str, alone: bool) -> None:
    rest = "\n\n".join((CLOUD, PLEDGE, RULES, QWEN))
    assert (sentence in taken(f"Nobody had expected it. {sentence}\n\n{rest}")) is alone
    told = taken(f"The harbour of Ningbo had never seen so quiet a winter. {sentence}")
    assert told[-1] == sentence


@pytest.mark.parametrize("topic", ["risks", "risk"])
def test_what_a_short_sentence_announces_stands_for_it(topic: str) -> None:
    told = taken(TEXT, topic)
    assert RULES in told
    assert RISKS not in told


def test_an_announcement_comes_along_where_the_next_sentence_leans_on_it() -> None:
    told = taken(f"{CLOUD} Of course, there is a risk. It may cost the firm the trust of some.\n\n{PLEDGE}", "risk")
    assert told == ["Of course, there is a risk.", "It may cost the firm the trust of some."]


def test_what_stands_below_a_heading_with_the_topic_is_about_it() -> None:
    told = taken(f"{CLOUD}\n\n{QWEN}\n\nRisks and how they are met\n\n{HIRES} {RULES}", "risk")
    assert told == [HIRES, RULES]


def test_a_topic_opens_a_summary_as_its_subject_and_not_by_what_it_is_not() -> None:
    denied = "Nobody who looks at it closely should think that Qwen is not the model of a large firm."
    trains = "Qwen trains in two of the halls that the firm has."
    asked = "Many people ask on what machines the newest version of Qwen is trained."
    told = taken("\n\n".join((denied, QWEN, CLOUD, trains, asked)), "qwen")
    assert told == [QWEN, trains, asked]


def test_a_topic_is_known_by_other_words() -> None:
    assert PLEDGE in taken(TEXT, "investment")
    assert {"invest": 1.0}.items() <= wanted([stem("invest")]).items()
    assert 0 < wanted([stem("invest")])[stem("pledge")] < 1


def test_figures_stand_beside_a_summary_with_their_sources(library: Library) -> None:
    list(library.add([Document("plan", TEXT), Document("copy", TEXT.replace("grows faster", "grows much faster"))]))
    library.refresh()
    summary = library.summarize("plan")
    assert isinstance(summary, Summary)
    assert [(one.figure.text, one.citation) for one in summary.figures if one.figure.kind == "money"] == [
        ("more than $52 billion", next(source.n for source in summary.sources if PLEDGE in source.passage))
    ]


@pytest.mark.parametrize(
    ("topic", "says"),
    [
        ("investment", "pledged more than $52 billion"),
        ("risks", "Regulatory scrutiny in China"),
        ("qwen", "has now evolved into a comprehensive ecosystem"),
    ],
)
def test_topics_of_the_seeds(seeds: Library, topic: str, says: str) -> None:
    summary = seeds.summarize(topic)
    assert isinstance(summary, Summary)
    assert says in " ".join(one.text for one in summary.summary)
    assert len({source.document for source in summary.sources}) >= 2
    assert 3 <= len(summary.summary) <= 5
    assert not [one.text for one in summary.summary if one.text.endswith("?")]
