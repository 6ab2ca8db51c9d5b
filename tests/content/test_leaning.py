"""Sentences that cannot stand alone, and those that can."""

import pytest

from content.leaning import goes_on, leans


@pytest.mark.parametrize(
    ("sentence", "about", "further"),
    [
        ("The company grew.", True, False),
        ("This figure surpasses all.", True, False),
        ("The Chinese tech giant grew.", True, False),
        ("In May, this plan was dropped.", True, False),
        ("That kind of power is new.", True, False),
        ("Earlier this year, Acme grew.", False, False),
        ("“It grew,” said Lee.", True, False),
        ("However, costs fell.", False, True),
        ("In that sense, Acme is a bank.", False, True),
        ("However, this plan was dropped.", True, True),
        ("Acme grew.", False, False),
        ("Items grew.", False, False),
        ("Thistles grew.", False, False),
        ("", False, False),
    ],
)
def test_what_a_sentence_leans_on_and_goes_on_from(sentence: str, about: bool, further: bool) -> None:
    assert (leans(sentence), goes_on(sentence)) == (about, further)
