"""What goes on from an answer."""

from typing import Any

from content.documents import Quotation
from handlers.views import outgoing, threads
from tests.handlers.conftest import source


def test_more_is_numbered_from_one_though_some_was_told(canned: Any) -> None:
    told, *fresh = (Quotation(f"Sentence {n}.", n, 0, 11) for n in (1, 3, 2, 3))
    sources = tuple(source(n, paragraph=10 * n) for n in (1, 2, 3))
    message = threads.more(canned.summary(summary=(told, *fresh), sources=sources), (told,))
    assert message
    assert message.text == "“Sentence 3.” [1] “Sentence 2.” [2] “Sentence 3.” [1]"
    named = [block["text"]["text"] for block in outgoing.message(message)["blocks"] if block["type"] == "section"]
    assert [each.rpartition("]")[0] + "]" + each.rpartition("·")[2] for each in named] == [
        "[1] paragraph 30",
        "[2] paragraph 20",
    ]
