"""What a person types, as Slack would send it on: a command, a message in wire format, or a word of Slackbot's."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.playground.workspace import User

NOT_A_COMMAND = (
    "{} is not a valid command. In Slack, all messages that start with the “/” character are interpreted as commands. "
    "If you are trying to send a message and not run a command, try preceding the “/” with an empty space."
)
NOT_IN_THREADS = "{} is not supported in threads. Sorry!"


@dataclass(frozen=True, slots=True)
class Typed:
    """What becomes of a typed line: ``text`` is the command's words, the wire format, or what Slackbot answers."""

    kind: Literal["command", "message", "refused"]
    text: str


def read(text: str, command: str, people: Iterable[User], *, in_thread: bool) -> Typed:
    """Understand a line from the composer.

    >>> read("/alibaba how much?", "/alibaba", [], in_thread=False)
    Typed(kind='command', text='how much?')
    """
    first, _, rest = text.partition(" ")
    if not text.startswith("/"):
        return Typed("message", wire(text.strip(), people))
    if first != command:
        return Typed("refused", NOT_A_COMMAND.format(first))
    if in_thread:
        return Typed("refused", NOT_IN_THREADS.format(first))
    return Typed("command", rest.strip())


def wire(text: str, people: Iterable[User]) -> str:
    """Escaped, with the names of people turned into mentions.

    >>> wire("@Ana <b>", [User("UANA", "ana", "Ana")])
    '<@UANA> &lt;b&gt;'
    """
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    ids = {name.lower(): user.id for user in people for name in (user.real_name, user.name)}
    longest_first = sorted(ids, key=lambda name: (-len(name), name))
    if not longest_first:
        return escaped
    named = re.compile(rf"(?<!\w)@({'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)
    return named.sub(lambda found: f"<@{ids[found[1].lower()]}>", escaped)
