"""The state of the local Slack: people, channels, messages, modals; and the few ways it changes.

Every change bumps :attr:`Workspace.changes`, which the page and the tests wait on. Values handed out are frozen;
a message that is edited is replaced by a new value under the same ``ts``.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

TEAM = "TPLAYGROUND"
APP = "APLAYGROUND"
BOT = "UALIBABA"
BOT_ID = "BALIBABA"
SLACKBOT = "USLACKBOT"
RICH = ("section", "list", "quote", "preformatted")
#: what stands among elements and can not be pressed
UNPRESSABLE = frozenset({"image", "plain_text", "mrkdwn", "card"} | {f"rich_text_{kind}" for kind in RICH})
#: what a person opens first
HOME_CHANNEL = "CGENERAL"

Block = Mapping[str, object]
Metadata = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class User:
    """A person, or a bot."""

    id: str
    name: str
    #: as shown beside messages
    real_name: str
    tz: str = "Europe/Madrid"
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, or the direct messages of two."""

    id: str
    name: str
    members: frozenset[str]
    topic: str = ""
    is_im: bool = False
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A message as everybody sees it, or as one person does (``ephemeral_to``)."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: tuple[Block, ...] = ()
    thread_ts: str | None = None
    ephemeral_to: str | None = None
    metadata: Metadata | None = None
    edited: bool = False
    #: emoji name → who, in the order they reacted
    reactions: tuple[tuple[str, str], ...] = ()
    #: a reply that is shown in the channel as well
    broadcast: bool = False

    @property
    def is_reply(self) -> bool:
        """It stands in a thread and did not start it."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(frozen=True, slots=True)
class View:
    """An open modal of one person; ``payload`` is what the app sent."""

    id: str
    user: str
    hash: str
    payload: Mapping[str, object]
    root: str
    previous: str | None = None


class Changes:
    """A counter that can be waited on."""

    def __init__(self) -> None:
        self.revision = 0
        self._event = asyncio.Event()

    def bump(self) -> None:
        """Something changed: wake everybody who waits."""
        self.revision += 1
        self._event.set()
        self._event = asyncio.Event()

    async def after(self, revision: int, patience: float) -> int:
        """The revision once it is past the given one, or whatever it is after so many seconds of patience."""
        if self.revision <= revision:
            try:
                await asyncio.wait_for(self._event.wait(), patience)
            except TimeoutError:
                return self.revision
        return self.revision


PEOPLE = (
    User("UANA", "ana", "Ana Torres"),
    User("UBEN", "ben", "Ben Okafor", tz="America/New_York"),
    User(BOT, "alibaba-bot", "alibaba-bot", is_bot=True),
    User(SLACKBOT, "slackbot", "Slackbot", is_bot=True),
)
_ALL = frozenset({"UANA", "UBEN", BOT})
PLACES = (
    Channel("CGENERAL", "general", _ALL, "Company-wide announcements and work-based matters"),
    Channel("CAIWATCH", "ai-watch", _ALL, "What the big platforms do in AI"),
    Channel("DANA", "alibaba-bot", frozenset({"UANA", BOT}), is_im=True),
    Channel("DBEN", "alibaba-bot", frozenset({"UBEN", BOT}), is_im=True),
)


@dataclass(slots=True)
class Workspace:
    """Everything there is; its methods are the only ways it changes."""

    clock: Callable[[], float]
    users: dict[str, User] = field(default_factory=lambda: {user.id: user for user in PEOPLE})
    channels: dict[str, Channel] = field(default_factory=lambda: {channel.id: channel for channel in PLACES})
    #: in the order of posting, whatever the channel
    log: dict[str, Message] = field(default_factory=dict)
    #: each person's stack of modals, the top one last
    modals: dict[str, tuple[View, ...]] = field(default_factory=dict)
    #: each person's App Home
    homes: dict[str, View] = field(default_factory=dict)
    #: channel of direct messages → the messages the app suggests: title, message
    prompts: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    #: (channel, thread) → "is thinking…"
    statuses: dict[tuple[str, str], str] = field(default_factory=dict)
    #: (channel, thread) → the title of an agent's session there
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    #: message ts or view id → why its button did nothing, as the person reads it
    troubles: dict[str, str] = field(default_factory=dict)
    #: what the fields of the last submitted modal were told is wrong, by block_id
    form_errors: dict[str, str] = field(default_factory=dict)
    #: types of blocks that this Slack does not take, as one does that has not got the newest ones
    unknown_blocks: frozenset[str] = frozenset()
    changes: Changes = field(default_factory=Changes)
    _last: int = 0
    _ids: "count[int]" = field(default_factory=lambda: count(1))

    def new_id(self, prefix: str) -> str:
        """An id nothing else has."""
        return f"{prefix}{next(self._ids):010d}"

    def new_ts(self) -> str:
        """The time as Slack writes it; never the same twice, always rising."""
        self._last = max(int(self.clock() * 1_000_000), self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def post(self, message: Message) -> Message:
        """Add a message; blocks and elements without an id get one, as in Slack."""
        named = replace(message, blocks=self.name_blocks(message.blocks))
        self.log[message.ts] = named
        if message.user == BOT:
            self.statuses.pop((message.channel, message.thread_ts or message.ts), None)
        self.changes.bump()
        return named

    def edit(self, ts: str, text: str, blocks: Sequence[Block], metadata: Metadata | None = None) -> Message:
        """Replace what a message says; its metadata stays unless there is new."""
        old = self.log[ts]
        new = replace(old, text=text, blocks=self.name_blocks(blocks), edited=not old.ephemeral_to)
        self.log[ts] = new = replace(new, metadata=metadata or old.metadata)
        self.changes.bump()
        return new

    def delete(self, ts: str) -> None:
        """Take a message away."""
        del self.log[ts]
        self.changes.bump()

    def react(self, ts: str, name: str, user: str, *, add: bool) -> bool:
        """Add or take away a reaction; false when it was so already."""
        message, mark = self.log[ts], (name, user)
        if (mark in message.reactions) == add:
            return False
        others = tuple(each for each in message.reactions if each != mark)
        self.log[ts] = replace(message, reactions=(*others, mark) if add else others)
        self.changes.bump()
        return True

    def set_status(self, channel: str, thread_ts: str, status: str) -> None:
        """What stands under a thread while the app works; empty takes it away."""
        self.statuses.pop((channel, thread_ts), None)
        if status:
            self.statuses[channel, thread_ts] = status
        self.changes.bump()

    def entitle(self, channel: str, thread_ts: str, title: str) -> None:
        """A session begins; one that began before keeps its title."""
        self.titles.setdefault((channel, thread_ts), title)
        self.changes.bump()

    def move(self, channel: str, user: str, *, joins: bool) -> None:
        """Somebody joins or leaves a channel."""
        place = self.channels[channel]
        self.channels[channel] = replace(place, members=place.members | {user} if joins else place.members - {user})
        self.changes.bump()

    def archive(self, channel: str) -> None:
        """Nobody can post there any more."""
        self.channels[channel] = replace(self.channels[channel], is_archived=True)
        self.changes.bump()

    def seen(self, channel: str, viewer: str, thread_ts: str | None = None) -> list[Message]:
        """What a person sees in a channel, oldest first; with ``thread_ts``, that thread with its first message."""
        mine = [m for m in self.log.values() if m.channel == channel and m.ephemeral_to in (None, viewer)]
        if thread_ts is None:
            return [m for m in mine if not m.is_reply or m.broadcast]
        return [m for m in mine if thread_ts in (m.ts, m.thread_ts)]

    def show(self, views: Sequence[View], user: str) -> None:
        """A person's modals are now these; none closes them all."""
        self.modals[user] = tuple(views)
        self.changes.bump()

    def publish(self, view: View) -> None:
        """A person's App Home is now this."""
        self.homes[view.user] = view
        self.changes.bump()

    def suggest(self, channel: str, prompts: Sequence[tuple[str, str]]) -> None:
        """What the app suggests to say in its direct messages."""
        self.prompts[channel] = tuple(prompts)
        self.changes.bump()

    def view(self, view_id: str) -> View | None:
        """An open modal by its id or the id the app gave it."""
        everyone = (view for stack in self.modals.values() for view in stack)
        return next((v for v in everyone if view_id in (v.id, v.payload.get("external_id"))), None)

    def name_blocks(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """The blocks with an id each, and an action_id for every element that lacks one."""
        return tuple({**self._named(block), "block_id": block.get("block_id") or self.new_id("b")} for block in blocks)

    def _named(self, block: Block) -> Block:
        inner = block.get("elements")
        accessory, element = block.get("accessory"), block.get("element")
        named = {"accessory": self._action(accessory), "element": self._action(element)}
        elements = {"elements": [self._action(each) for each in inner]} if isinstance(inner, list) else {}
        return {**block, **{name: value for name, value in named.items() if value}, **elements}

    def _action(self, element: object) -> object:
        if not isinstance(element, Mapping) or element.get("type") in UNPRESSABLE or element.get("action_id"):
            return element
        return {**element, "action_id": self.new_id("a")}
