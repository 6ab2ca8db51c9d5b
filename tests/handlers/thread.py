"""A conversation with real documents: what each reply shows, and what goes on from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from content.library import Library
from handlers.conversation import Turn
from handlers.payloads import InConversation, Kind, Question, read_place
from handlers.replies import compose
from handlers.reply import Reply
from handlers.services import Services
from handlers.views.answer import READ
from tests.handlers.conftest import Notebook


@dataclass
class Thread:
    """One conversation; ``turn`` is all that a process after this one would know of it."""

    library: Library
    turn: Turn | None = None

    def says(self, words: str, user: str = "U1", kind: Kind = "mention") -> Reply:
        """The reply to what somebody says next."""
        nobody: Any = None
        services = Services(self.library, self.library, nobody, nobody, nobody, Notebook(), "UBOT", "/ask")
        reply = compose(services, Question(kind, words, user, InConversation("C1", "1.0", "1.1")), self.turn)
        self.turn = reply.turn or self.turn
        return reply


def note(reply: Reply) -> str | None:
    """How the words were understood, where the reply says so."""
    first = "".join(_texts(reply.message.blocks[0]))
    return first.removeprefix("Understood as: ") if first.startswith("Understood as: ") else None


def quoted(reply: Reply) -> list[str]:
    """The sentences that a reply quotes on its own lines, without their numbers."""
    groups = [group for block in reply.message.blocks for group in block.get("elements", ()) if _is(group, "quote")]
    return ["".join(_texts(group)).rpartition(" [")[0].strip("“”") for group in groups]


def places(reply: Reply) -> list[str]:
    """The passages that a reply leads to, as "document paragraph"."""
    buttons = (block.get("accessory") or {} for block in reply.message.blocks)
    found = (read_place(button["value"]) for button in buttons if button.get("action_id") == READ)
    return [f"{place.document} {place.paragraph}" for place in found if place]


def _is(group: dict[str, Any], kind: str) -> bool:
    return bool(group["type"] == f"rich_text_{kind}")


def _texts(part: dict[str, Any]) -> Iterator[str]:
    if isinstance(part.get("text"), str):
        yield part["text"]
    for element in part.get("elements", ()):
        yield from _texts(element)
