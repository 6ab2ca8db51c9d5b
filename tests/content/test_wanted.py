"""A figure answers when it counts the thing asked for, or measures the quantity named."""

import pytest

from content.questions import asked
from content.signs import figures_in
from content.wanted import fits


@pytest.mark.parametrize(
    ("question", "sentence", "fit"),
    [
        ("How many models are there?", "It released 100 large models.", True),
        ("How many LLMs are there?", "It released 100 large language models.", True),
        ("How many firms use it?", "It serves 300 companies.", True),
        ("How many people use it?", "It has 300 million users.", True),
        ("How many different kinds of racks has it?", "It has 12 racks.", True),
        ("How many customers does it have?", "It released 100 large models.", False),
        ("How many US customers does it have?", "It released 100 large models.", False),
        ("How many customers does it have?", "It grew by 12 percent.", False),
        ("How many are there?", "It released 100 large models.", True),
        ("What is the revenue?", "Its revenue reached $5 billion.", True),
        ("What is the revenue?", "It stood at $5 billion.", True),
        ("What is the revenue?", "It pledged $5 billion.", False),
        ("How much did it earn?", "It invested $5 billion.", False),
        ("How much did it earn?", "Its revenue reached $5 billion.", True),
        ("How much did it pledge?", "It invested $5 billion.", True),
        ("How much did it raise?", "It invested $5 billion.", False),
        ("What is the salary?", "It invested $5 billion.", False),
        ("How much money is it?", "It invested $5 billion.", True),
        ("How much did it pay in layoffs?", "It invested $5 billion.", True),
    ],
)
def test_figures_that_may_answer(question: str, sentence: str, fit: bool) -> None:
    (figure,) = figures_in(sentence)
    assert fits(asked(question), question)(figure) == fit


@pytest.mark.parametrize(
    ("question", "sentence", "fit"),
    [
        ("How much revenue does it make?", "It released 100 large models.", False),
        ("How big is its revenue?", "Its share of revenue was 13%.", False),
        ("How big is its revenue?", "Its revenue was $5 billion.", True),
        ("How much did its revenue grow?", "Its revenue grew 13%.", True),
        ("How much did its revenue grow?", "It released 100 large models.", False),
        ("What is its share of revenue?", "Its share of revenue was 13%.", True),
        ("cloud revenue", "It has 60 million users.", False),
        ("cloud revenue", "Its revenue grew 13%.", True),
        ("How many firms did it buy?", "It bought 12 firms.", True),
    ],
)
def test_money_is_asked_for(question: str, sentence: str, fit: bool) -> None:
    (figure,) = figures_in(sentence)
    assert fits(asked(question), question)(figure) == fit
