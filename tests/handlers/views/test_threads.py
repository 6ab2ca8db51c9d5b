"""What goes on from a reply."""

from dataclasses import replace
from typing import Any

import pytest

from handlers.views import outgoing, threads
from handlers.views.threads import unclear


def test_figures_are_told_by_whoever_gave_them(canned: Any) -> None:
    message = threads.tellers(canned.compared(4), canned.documents())
    assert message.text == (
        "Reuters – more than $52 billion and more than $50 billion; "
        "CNBC – more than $53 billion and more than $55 billion"
    )
    assert outgoing.message(message)


def test_many_tellers_of_many_figures_are_counted(canned: Any) -> None:
    many = [replace(canned.pledge, text=f"${n}", hedge=None, attributed_to="Acme") for n in range(20)]
    others = [replace(canned.pledge, attributed_to=f"Agency {n}") for n in range(9)]
    message = threads.tellers(canned.figures(*many, *others), ())
    assert message.text.startswith("Acme – $0, $1, $2, $3, $4, $5, $6, $7 and 12 more; Agency 0 – ")
    assert message.blocks[-1]["elements"][0]["text"] == "… and 2 more"


def test_who_gave_the_figures_that_differ_is_told_beside_who_is_quoted(canned: Any) -> None:
    found = canned.disagreeing()
    other = replace(found.figures[1], figure=replace(found.figures[1].figure, sentence="It pledged $53 billion."))
    text = threads.speakers(replace(found, figures=(found.figures[0], other))).text
    assert text == f"Reuters – “{found.summary[0].text}” [1]; Technology Magazine – “It pledged $53 billion.” [2]"


@pytest.mark.parametrize(
    ("about", "example", "text"),
    [
        (None, None, "I am not sure what “more” is about. Ask me a whole question."),
        (None, "who?", "I am not sure what “more” is about. Ask me a whole question, such as “who?”."),
        (
            "q",
            None,
            "I am not sure what you mean by “more”. Name it, or ask a whole question. Of “q” you can also say: ",
        ),
    ],
)
def test_what_is_unclear_is_said_with_what_would_be_clear(about: str | None, example: str | None, text: str) -> None:
    assert unclear("more", about, example).startswith(text)
