"""The gate: what passes fits, and what cannot fit is refused before Slack refuses it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.views.blocks import (
    Message,
    actions,
    button,
    context,
    header,
    paragraph,
    plain,
    quotation,
    rich,
    run,
    section,
)
from handlers.views.limits import check
from handlers.views.outgoing import UnfitPayload, checked, message


def _long(count: int, letters: int = 10) -> tuple[dict[str, Any], ...]:
    return tuple(section(plain("x" * letters)) for _ in range(count))


FOOT = (actions(button("Share", "share", "q")), context("4 documents"))


@pytest.mark.parametrize("count", [1, 40, 50, 51, 200])
def test_a_message_never_has_more_blocks_than_slack_takes(count: int) -> None:
    sent = message(Message("text", (header("Head"), *_long(count), *FOOT)))
    assert len(sent["blocks"]) <= 50
    assert sent["blocks"][0]["type"] == "header"
    assert [block["type"] for block in sent["blocks"][-2:]] == ["actions", "context"]


@pytest.mark.parametrize(("count", "letters", "is_cut"), [(3, 2900, False), (5, 2900, True), (40, 290, False)])
def test_a_message_never_has_more_text_than_slack_takes(count: int, letters: int, is_cut: bool) -> None:
    sent = message(Message("text", (*_long(count, letters), *FOOT)))
    assert check("message", sent) == ()
    assert ("This is cut" in str(sent["blocks"])) is is_cut


def test_the_fallback_is_cut() -> None:
    assert len(message(Message("word " * 2000, ()))["text"]) <= 3000


def test_links_are_never_unfolded() -> None:
    sent = message(Message("text", ()))
    assert (sent["unfurl_links"], sent["unfurl_media"]) == (False, False)


@pytest.mark.parametrize(
    "view",
    [
        Message("", ()),
        Message("text", (button("a", "b", "c"),)),
        Message("text", (actions(),)),
        Message("text", (actions(button("a", "b", "x" * 2001)),)),
        Message("text", ({"type": "context", "elements": [plain("a")] * 11},)),
    ],
)
def test_what_a_view_got_wrong_is_an_error_of_the_program(view: Message) -> None:
    with pytest.raises(UnfitPayload):
        message(view)


def test_a_modal_is_checked_as_a_modal() -> None:
    view = {"type": "modal", "title": plain("x" * 25), "blocks": [section(plain("a"))]}
    with pytest.raises(UnfitPayload, match="title"):
        checked("modal", view)
    assert checked("modal", view | {"title": plain("Title")})


texts = st.text(max_size=4000)


@settings(max_examples=50, deadline=None)
@given(st.lists(texts, max_size=60), texts)
def test_whatever_is_said_fits(said: list[str], title: str) -> None:
    groups = [rich(quotation(run(text)), paragraph(run(text[:100], bold=True))) for text in said]
    sent = message(Message("text", (header(title), *groups, context(title), section(plain(title)), *FOOT)))
    assert check("message", sent) == ()
