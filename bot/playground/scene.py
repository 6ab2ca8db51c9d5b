"""What one person sees on the page, as values for the templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.playground.workspace import BOT, Channel, Message, User, View, Workspace

#: messages of one person this close together stand under one name
TOGETHER_SECONDS = 300
_SUFFIXES = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


@dataclass(frozen=True, slots=True)
class Replies:
    """The line under a message that has a thread."""

    count: int
    authors: tuple[User, ...]
    last: str


@dataclass(frozen=True, slots=True)
class Row:
    """A message as it stands in a list."""

    message: Message
    author: User
    #: "9:41 AM"
    time: str
    #: the divider above it: "Today", "Friday, November 20th"
    day: str | None
    #: it goes on where the same person left off: no name, no picture
    compact: bool
    replies: Replies | None
    #: why a button of it did nothing
    trouble: str
    #: emoji, how many
    reactions: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """One look at the page."""

    viewer: User
    channel: Channel
    channels: tuple[Channel, ...]
    rows: tuple[Row, ...]
    #: ts of the thread that is open beside
    thread: str | None
    thread_rows: tuple[Row, ...]
    #: of the agent's session in the thread
    title: str
    #: what the app says it is doing
    status: str
    thread_status: str
    modal: View | None
    modal_trouble: str
    form_errors: Mapping[str, str]
    #: of direct messages with the app: "home" or "messages"
    tab: str
    home: View | None
    #: what the app suggests to say: title, message
    prompts: tuple[tuple[str, str], ...]


def look(workspace: Workspace, viewer: str, channel: str, thread: str | None, tab: str = "messages") -> Scene:
    """The page of a person who has this channel open, and perhaps a thread of it or a tab of the app."""
    place = workspace.channels[channel]
    now = datetime.fromtimestamp(workspace.clock()).astimezone()
    stack = workspace.modals.get(viewer, ())
    statuses = [words for (where, ts), words in workspace.statuses.items() if (where, ts) == (channel, thread)]
    elsewhere = [words for (where, ts), words in workspace.statuses.items() if where == channel and ts != thread]
    return Scene(
        viewer=workspace.users[viewer],
        channel=place,
        channels=tuple(c for c in workspace.channels.values() if viewer in c.members),
        rows=_rows(workspace, workspace.seen(channel, viewer), now, in_thread=False),
        thread=thread,
        thread_rows=_rows(workspace, workspace.seen(channel, viewer, thread), now, in_thread=True) if thread else (),
        title=workspace.titles.get((channel, thread or ""), ""),
        status=next(iter(elsewhere), ""),
        thread_status=next(iter(statuses), ""),
        modal=stack[-1] if stack else None,
        modal_trouble=workspace.troubles.get(stack[-1].id, "") if stack else "",
        form_errors=workspace.form_errors,
        tab=tab if place.is_im else "messages",
        home=workspace.homes.get(viewer),
        prompts=workspace.prompts.get(channel, ()),
    )


def _rows(workspace: Workspace, messages: Sequence[Message], now: datetime, *, in_thread: bool) -> tuple[Row, ...]:
    befores = (None, *messages)
    pairs = zip(befores, messages, strict=False)
    return tuple(_row(workspace, before, message, now, in_thread=in_thread) for before, message in pairs)


def _row(workspace: Workspace, before: Message | None, message: Message, now: datetime, *, in_thread: bool) -> Row:
    zone = now.tzinfo
    new_day = not in_thread and (before is None or _date(before.ts, zone) != _date(message.ts, zone))
    return Row(
        message=message,
        author=workspace.users[message.user],
        time=clock_time(_date(message.ts, zone, whole=True)),
        day=day_name(_date(message.ts, zone, whole=True), now) if new_day else None,
        compact=not new_day and before is not None and _goes_on(before, message),
        replies=None if in_thread else _replies(workspace, message, now),
        trouble=workspace.troubles.get(message.ts, ""),
        reactions=tuple((name, sum(each == name for each, _ in message.reactions)) for name in dict(message.reactions)),
    )


def _date(ts: str, zone: tzinfo | None, *, whole: bool = False) -> datetime:
    moment = datetime.fromtimestamp(float(ts), zone)
    return moment if whole else moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _goes_on(before: Message, message: Message) -> bool:
    """Below the first message of a thread there is a line, so no reply goes on from it."""
    same = before.user == message.user and before.ephemeral_to == message.ephemeral_to is None
    return same and before.is_reply == message.is_reply and float(message.ts) - float(before.ts) < TOGETHER_SECONDS


def _replies(workspace: Workspace, message: Message, now: datetime) -> Replies | None:
    found = [m for m in workspace.seen(message.channel, "", message.ts) if m.is_reply]
    if not found:
        return None
    last = _date(found[-1].ts, now.tzinfo, whole=True)
    authors = tuple(workspace.users[name] for name in dict.fromkeys(reply.user for reply in found))
    return Replies(len(found), authors, f"{day_name(last, now)} at {clock_time(last)}".replace("Today", "today"))


def clock_time(moment: datetime) -> str:
    """The time of day.

    >>> clock_time(datetime(2026, 5, 14, 0, 5)), clock_time(datetime(2026, 5, 14, 13, 41))
    ('12:05 AM', '1:41 PM')
    """
    return f"{moment.hour % 12 or 12}:{moment.minute:02d} {'AM' if moment.hour < 12 else 'PM'}"


def day_name(moment: datetime, now: datetime) -> str:
    """A day as a divider calls it.

    >>> now = datetime(2026, 11, 22)
    >>> day_name(datetime(2026, 11, 20), now), day_name(datetime(2026, 11, 21), now)
    ('Friday, November 20th', 'Yesterday')
    """
    ago = (now.date() - moment.date()).days
    suffix = _SUFFIXES.get(moment.day, "th")
    return {0: "Today", 1: "Yesterday"}.get(ago, f"{moment:%A}, {moment:%B} {moment.day}{suffix}")


def partner(channel: Channel, users: Mapping[str, User]) -> User:
    """Whom a person talks to in direct messages with the app."""
    return users[BOT if BOT in channel.members else min(channel.members)]
