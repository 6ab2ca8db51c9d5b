"""Sentences are ranked by what they cover, how close together, and whether they hold what is asked for."""

import pytest

from content.documents import Hit, Passage
from content.ranking import Candidate, Query, candidates, is_dependent, query
from content.reading import related
from content.words import matter, stem


def hit(*sentences: str, rank: int = 1, title: str | None = None, heading: str | None = None) -> Hit:
    text = " ".join(sentences)
    return Hit(rank, Passage("paper", rank, 0, len(text), text, heading), title, 1.0)


def asked(question: str, hits: list[Hit], common: str = "") -> Query:
    terms = {stem(word): 1.0 for word in matter(question)}
    return query(question, terms, related(question), lambda term: term in common.split(), hits)


def ranked(question: str, *hits: Hit) -> list[Candidate]:
    return candidates(asked(question, list(hits)), list(hits))


@pytest.mark.parametrize(
    ("question", "passage", "best"),
    [
        ("How many models did it release?", hit("It released new models.", "It released 100 models."), 1),
        ("How many models are there?", hit("There are models in 40 countries.", "There are 100 models."), 1),
        ("When was the model released?", hit("The model was released early.", "The model was released in 2024."), 1),
        ("When did Rome fall?", hit("Rome fell to invaders.", "Rome fell in the 5th century."), 1),
        ("Who reported the pledge?", hit("The pledge was reported.", "Reuters reported the pledge."), 1),
        ("Where is the office?", hit("The office is large.", "The office is in Paris."), 1),
        ("What is Quark?", hit("People like Quark a lot.", "Quark is an assistant."), 1),
        ("What does AARP stand for?", hit("AARP grows.", "AARP, the American Association of Retired Persons."), 1),
        ("What do shopkeepers want?", hit("Buyers pay less.", "Merchants need translation."), 1),
        ("Which firms compete in the north?", hit("The north is cold.", "Acme and Umbra are rivals in the north."), 1),
        ("cheap cloud chips", hit("Cloud is not cheap, nor are chips.", "They sell cheap cloud chips."), 1),
        (
            "What is a newton metre?",
            hit("A newton metre is a unit.", "The newton is named, as the metre is, by law."),
            0,
        ),
    ],
)
def test_the_best_sentence(question: str, passage: Hit, best: int) -> None:
    first = ranked(question, passage)[0]
    assert first.sentence.text == [one.sentence.text for one in sorted_by_place(ranked(question, passage))][best]


def sorted_by_place(found: list[Candidate]) -> list[Candidate]:
    return sorted(found, key=lambda one: one.sentence.start)


def test_what_stands_above_and_before_counts_as_context() -> None:
    with_title = hit("Margins fell.", title="Acme in trouble", heading="Profit")
    found = ranked("How did Acme profit fall?", with_title)[0]
    assert found.evidence.coverage < found.evidence.context
    dependent = ranked("Did Acme expand?", hit("Acme is old.", "It expanded."))
    assert next(one for one in dependent if one.sentence.text == "It expanded.").evidence.context == 1.0


@pytest.mark.parametrize(
    ("text", "named"),
    [("Acme grew.", 0.5), ("Acme and Umbra grew.", 1.0), ("All grew.", 0.0)],
)
def test_names_asked_about_are_counted(text: str, named: float) -> None:
    assert ranked("Did the Acme or the Umbra grow?", hit(text))[0].evidence.named == named


def test_a_name_has_no_family_and_a_word_has() -> None:
    assert ranked("What does the Apple do?", hit("Its application is large."))[0].evidence.coverage == 0
    assert ranked("translator?", hit("The translation is done."))[0].evidence.coverage > 0


def test_a_single_word_is_met_by_its_family_before_those_that_stand_for_it() -> None:
    best = ranked("regulation", hit("Its law is new.", "All is well.", "Regulatory scrutiny grows", rank=1))[0]
    assert best.sentence.text == "Regulatory scrutiny grows"


def test_what_everything_is_about_need_not_be_named() -> None:
    hits = [hit("Sales grew.")]
    assert asked("Did the Acme grow?", hits).names == {"acm"}
    assert asked("Did the Acme grow?", hits, common="acm").names == frozenset()


def test_words_of_the_question_are_looked_for_side_by_side() -> None:
    together, apart = ranked("blue whale", hit("The blue whale eats.", "A whale eats what is small and blue."))
    assert together.evidence.in_order == 1.0
    assert apart.evidence.in_order == 0.0
    assert together.evidence.close > apart.evidence.close


def test_no_passages_no_candidates() -> None:
    assert ranked("anything at all?") == []


@pytest.mark.parametrize(
    ("sentence", "leans"),
    [
        ("The company grew.", True),
        ("This figure surpasses all.", True),
        ("The Chinese tech giant grew.", True),
        ("“It grew,” said Lee.", True),
        ("Acme grew.", False),
        ("Items grew.", False),
    ],
)
def test_sentences_that_lean_on_the_one_before(sentence: str, leans: bool) -> None:
    assert is_dependent(sentence) == leans


@pytest.mark.parametrize(
    ("passage", "dated"),
    [
        (("Acme opened a plant.", "So it stood in May 2026."), "So it stood in May 2026."),
        (("Acme opened a plant in 2024.", "So it stood in May 2026."), None),
        (("Acme opened a plant.", "In 2024 it grew.", "So it stood in May 2026."), None),
        (("Acme opened a plant.", "All was well."), None),
    ],
)
def test_when_may_be_said_by_the_one_date_of_a_passage(passage: tuple[str, ...], dated: str | None) -> None:
    found = ranked("When did Acme open a plant?", hit(*passage))
    opened = next(one for one in found if one.sentence.text == passage[0])
    assert (opened.dated and opened.dated.text) == dated
    assert (0 < opened.evidence.typed < 1) == (dated is not None)
