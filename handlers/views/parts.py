"""What is too long for one message comes in parts: under each but the last, *More* brings the next.

The button carries the words that ask for the whole, and which part comes next: nothing has to be remembered for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from handlers.payloads import Part, write_part
from handlers.views.blocks import Block, Message, button

MORE: Final = "show_more"
#: what may be said in one part before it ends, at the end of a sentence
_CHARACTERS: Final = 1000
#: what a button's value may hold
_VALUE: Final = 2000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shown(Generic[T]):
    """One part of a whole, counted from 0."""

    items: Sequence[T]
    number: int
    #: how many items stand before it, and are there in all
    before: int
    count: int

    @property
    def is_last(self) -> bool:
        """Nothing comes after it."""
        return self.before + len(self.items) >= self.count

    def told(self, noun: str) -> str:
        """Which part it is: "Figures 11–20 of 25"; nothing where it is the whole."""
        if len(self.items) == self.count:
            return ""
        return f"{noun} {self.before + 1:,}–{self.before + len(self.items):,} of {self.count:,}"


def page_of(items: Sequence[T], number: int, most: int) -> Shown[T]:
    """A part of ``most`` items; one beyond the last is the last."""
    number = min(number, max(0, (len(items) - 1) // most))
    return Shown(items[number * most : (number + 1) * most], number, number * most, len(items))


def told_in(items: Sequence[T], lengths: Sequence[int], number: int) -> Shown[T]:
    """A part of as many sentences as are read in one go, by their lengths in characters; at least one."""
    starts, room = [0], _CHARACTERS
    for at, length in enumerate(lengths):
        if length > room and at > starts[-1]:
            starts.append(at)
            room = _CHARACTERS
        room -= length
    number = min(number, len(starts) - 1)
    end = starts[number + 1] if number + 1 < len(starts) else len(items)
    return Shown(items[starts[number] : end], number, starts[number], len(items))


def rest(shown: Shown[T], words: str) -> list[Block]:
    """*More* as a row's element, where there is more; words that fit into no button have none."""
    value = write_part(Part(words, shown.number + 1))
    return [button("More", MORE, value)] if words and not shown.is_last and len(value) <= _VALUE else []


def without_more(message: Message) -> Message:
    """``message`` once its *More* was pressed."""
    left = (_left(block) for block in message.blocks)
    return replace(message, blocks=tuple(block for block in left if block.get("elements", True)))


def _left(block: Block) -> Block:
    if block["type"] != "actions":
        return block
    return {**block, "elements": [each for each in block["elements"] if each["action_id"] != MORE]}
