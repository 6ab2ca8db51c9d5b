"""A statement as the question that it answers: a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.statements import question


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Acme may own the social layer.", "What may Acme own?"),
        ("Acme is building a network.", "What is Acme building?"),
        ("First, Acme Cloud is enhancing its network.", "What is Acme Cloud enhancing?"),
        ("Acme has built its own models.", "What has Acme built?"),
        ("Acme has also launched an assistant.", "What has Acme launched?"),
        ("Earlier this year, Acme pledged more than $52 billion to it.", "How much did Acme pledge?"),
        ("Acme paid $5 million.", None),
        ("Acme released the models.", "What did Acme release?"),
        ("Acme planned its networks.", "What did Acme plan?"),
        ("Acme carried the load.", "What did Acme carry?"),
        ("Acme launched over 100 models.", "What did Acme launch?"),
        ("Acme: Focuses on search.", "What does Acme focus on?"),
        ("Acme uses AI to sell.", "What does Acme use?"),
        ("Acme carries the load.", "What does Acme carry?"),
        ("The Chinese government tightens its control over it.", "What does the Chinese government tighten?"),
        ("The third bet involves the partners.", "What does the third bet involve?"),
        ("The funds are earmarked for developing models.", "What are the funds earmarked for?"),
        ("Merchants need the tools.", "What do merchants need?"),
        ("Investors insist on a plan.", "What do investors insist on?"),
        ("Openness can bring scale.", "What can openness bring?"),
        # verbs that leave open what they are about
        ("The Chinese government maintains strict control over it.", None),
        ("Openness can serve scale.", None),
        ("Buyers include BMW and Apple.", None),
        ("Acme says its models are open.", None),
        ("Acme showed the models.", None),
        # somebody named before, a noun, a verb that asks for more, no verb at all
        ("They may own the social layer.", None),
        ("The company poured the money into it.", None),
        ("The larger groups need the tools.", None),
        ("Acme shares rose.", None),
        ("Acme seems to be betting.", None),
        ("Acme will be there.", None),
        ("Acme could have lost.", None),
        ("Acme blorps the load.", None),
        ("Its models, the best of all.", None),
        ("", None),
    ],
)
def test_what_is_asked(sentence: str, asked: str | None) -> None:
    assert question(sentence) == asked


@given(st.text(max_size=200))
def test_whatever_is_said_it_is_a_question_or_none(sentence: str) -> None:
    made = question(sentence)
    assert made is None or (made.startswith(("What ", "How much ")) and made.endswith("?"))
