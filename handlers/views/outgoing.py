"""The one gate: every payload on its way to Slack is fitted and checked here."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from handlers.views.blocks import Block, Message, context, cut
from handlers.views.limits import check
from handlers.views.shapes import MESSAGE_TEXT, Surface

#: Slack takes 50; one is kept for the note that something is missing
_BLOCKS: Final = 50
_FALLBACK: Final = 3000
#: what a cut may leave of an escape
_HALF: Final = re.compile(r"&\w{0,3}…$")
_NOTE: Final = context("This is cut: the rest did not fit into one message.")
#: what stays when a message is too long
_KEPT: Final = ("actions", "context", "context_actions", "data_table", "header", "table")


class UnfitPayload(Exception):
    """A view built something Slack would refuse: an error of this program, never of its data."""


def message(view: Message) -> dict[str, Any]:
    """A view as the text and blocks of a message that Slack accepts; what is too long for one loses blocks."""
    return checked(
        "message",
        {
            "text": _HALF.sub("…", cut(view.text, _FALLBACK)),
            "blocks": _fitted(view.blocks),
            "unfurl_links": False,
            "unfurl_media": False,
        },
    )


def checked(surface: Surface, payload: dict[str, Any]) -> dict[str, Any]:
    """``payload`` itself, when Slack accepts it; else ``UnfitPayload`` says where and why not."""
    problems = check(surface, payload)
    if problems:
        raise UnfitPayload("; ".join(f"{problem.path} {problem.message}" for problem in problems))
    return payload


def _fitted(blocks: Sequence[Block]) -> list[Block]:
    fitted = list(blocks)
    while len(fitted) > _BLOCKS or _letters(fitted) > MESSAGE_TEXT:
        last = max((i for i, block in enumerate(fitted) if block["type"] not in _KEPT), default=None)
        if last is None:
            break
        del fitted[last]
        if _NOTE not in fitted:
            fitted.insert(last, _NOTE)
    return fitted


def _letters(value: object) -> int:
    """The characters of all texts below ``value``, tables aside: they have a total of their own."""
    if isinstance(value, Mapping):
        if value.get("type") in ("table", "data_table"):
            return 0
        text = value.get("text")
        own = len(text) if isinstance(text, str) else 0
        return own + sum(_letters(child) for child in value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return sum(_letters(child) for child in value)
    return 0
