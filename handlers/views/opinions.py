"""What people think of an answer: the row below it, and the form that asks what was wrong."""

from dataclasses import replace
from typing import Any, Final

from handlers.views import notices
from handlers.views.blocks import Block, Message, clean, context, plain, trash, verdict
from handlers.views.wording import first_words

RATE, REMOVE, COMMENT = "rate", "remove", "comment"
#: a button's value holds no more, the sign before the question included
_VALUE: Final = 2000
_COMMENT: Final = 1000


def rated(message: Message, words: str, user: str) -> Message:
    """``message`` with the buttons to rate it, as the answer to ``words``, and to remove it, for whoever asked."""
    fits = 0 < len(words) < _VALUE
    row = verdict(RATE, words, trash(REMOVE, user, user)) if fits else None
    return replace(message, blocks=(*message.blocks, *([row] if row else [])))


def form(message: str, words: str) -> dict[str, Any]:
    """What was wrong with the answer to ``words``? ``message`` comes back with the answer."""
    return {
        "type": "modal",
        "callback_id": COMMENT,
        "private_metadata": message,
        "title": plain("What was wrong?", 24),
        "submit": plain("Send", 24),
        "close": plain("Skip", 24),
        "blocks": [context(f"“{first_words(clean(words))}”"), _field()],
    }


def thanks() -> dict[str, Any]:
    """What the form says once it was sent."""
    title, close = plain("What was wrong?", 24), plain("Close", 24)
    return {"type": "modal", "title": title, "close": close, "blocks": list(notices.notice(notices.NOTED).blocks)}


def _field() -> Block:
    hint = "Whoever looks after the documents reads it, without your name."
    return {
        "type": "input",
        "block_id": COMMENT,
        "optional": True,
        "label": plain("What did you expect to find?"),
        "hint": plain(hint),
        "element": {"type": "plain_text_input", "action_id": COMMENT, "multiline": True, "max_length": _COMMENT},
    }
