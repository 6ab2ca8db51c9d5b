"""What is sent for one question."""

from dataclasses import dataclass
from typing import Final

from handlers.conversation import Turn
from handlers.views.blocks import Message


@dataclass(frozen=True, slots=True)
class Reply:
    """What to send for one question."""

    message: Message
    #: everybody sees it, though it goes through a response_url
    in_channel: bool = False
    #: replaces the private message that was shared
    instead: Message | None = None
    #: what the conversation is about from now on; ``None`` leaves that as it was
    turn: Turn | None = None
    #: the documents have nothing to say to it, which only those are told who asked
    vain: bool = False
    #: nothing is said at all
    silent: bool = False
    #: only the asker sees it, wherever it was asked
    private: bool = False
    #: the ts of the message that told of the progress, which this one takes the place of; "" where it has none
    progress: str | None = None


SILENCE: Final = Reply(Message("", ()), silent=True)
