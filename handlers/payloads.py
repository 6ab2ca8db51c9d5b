"""Slack's dicts become frozen values here; past this module nobody reads a raw payload."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal

from content.documents import Place

Kind = Literal[
    "command", "mention", "direct", "share", "figures", "page", "more", "summary", "follow", "shortcut", "overheard"
]
Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Privately:
    """Answer through a response_url, to one person."""

    url: str
    #: the thread the pressed button stands in
    thread: str | None = None
    #: the answer takes the place of the message whose button was pressed
    in_place: bool = False
    #: where that was done; "" where it is not known
    channel: str = ""


@dataclass(frozen=True, slots=True)
class InConversation:
    """Answer with a message of the bot's own."""

    channel: str
    thread: str | None
    #: Slack's time of the question: no reply of ours is older
    asked: str

    @property
    def is_direct(self) -> bool:
        """These are direct messages."""
        return self.channel.startswith("D")


@dataclass(frozen=True, slots=True)
class Question:
    """Somebody wants something, in words, and an answer has a place to go."""

    kind: Kind
    words: str
    user: str
    to: Privately | InConversation


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what tells it from every other."""

    key: str
    question: Question
    #: ``"channel:ts"`` of the message that asked
    message: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceClick:
    """Somebody wants to read a passage in context."""

    trigger: str
    place: Place
    to: Privately


@dataclass(frozen=True, slots=True)
class WiderClick:
    """Somebody wants to read more around a passage that a modal shows."""

    view: str
    place: Place


@dataclass(frozen=True, slots=True)
class SentenceClick:
    """Somebody wants to read the sentence of a figure."""

    trigger: str
    #: as :func:`content.citations.reference` wrote it
    figure: str
    to: Privately


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what is too long for one message, counted from 0, and the words that ask for the whole."""

    words: str
    number: int


def command(body: Raw) -> Asked:
    """A slash command; its trigger_id is its identity."""
    to = Privately(str(body["response_url"]), channel=str(body.get("channel_id", "")))
    return Asked(
        str(body["trigger_id"]), Question("command", plain(str(body.get("text", ""))), str(body["user_id"]), to)
    )


def mention(body: Raw, bot_user: str) -> Asked | None:
    """A mention of the bot in a channel, to be answered in its thread."""
    return _message(body, "mention", bot_user)


def direct(body: Raw, bot_user: str) -> Asked | None:
    """A message in the bot's own direct messages; other messages are none of our business."""
    return _message(body, "direct", bot_user) if body["event"].get("channel_type") == "im" else None


def overheard(body: Raw) -> Asked | None:
    """A person's message in a channel's thread that speaks to nobody by name; whether it asks us is not known yet."""
    event: Raw = body["event"]
    thread, text = event.get("thread_ts"), str(event.get("text", ""))
    if event.get("channel_type") == "im" or not thread or thread == event.get("ts") or _ADDRESSED.search(text):
        return None
    return _message(body, "overheard", "")


def shortcut(body: Raw) -> Asked:
    """The message shortcut: what the message says is the question, the answer is for whoever used it."""
    said: Raw = body["message"]
    to = Privately(str(body["response_url"]), said.get("thread_ts"))
    question = Question("shortcut", plain(str(said.get("text", ""))), str(body["user"]["id"]), to)
    return Asked(str(body["trigger_id"]), question)


def share(body: Raw) -> Asked:
    """A press of *Share to channel*; however often it is pressed on one message, it is one request."""
    channel, ts = container(body)
    return Asked(f"share:{channel}:{ts}", _click(body, "share"))


def figures(body: Raw) -> Asked:
    """A press of *Show figures*."""
    return Asked(str(body["trigger_id"]), _click(body, "figures"))


def page(body: Raw) -> Asked:
    """A press of *Newer* or *Older*: a message that only the asker reads is turned over, others stay as they are."""
    container = body["container"]
    alone = container.get("is_ephemeral") or str(container.get("channel_id")).startswith("D")
    to = replace(privately(body), in_place=bool(alone))
    return Asked(str(body["trigger_id"]), replace(_click(body, "page"), to=to))


def sentence(body: Raw) -> SentenceClick:
    """A pick from *Show the sentence*."""
    picked = body["actions"][0].get("selected_option") or {}
    return SentenceClick(str(body["trigger_id"]), str(picked.get("value", "")), privately(body))


def summary(body: Raw) -> Asked:
    """A press of *Summary*."""
    return _once(body, "summary")


def more(body: Raw) -> Asked:
    """A press of *More*: in a channel the rest of a message stands below it, in its thread."""
    asked = _once(body, "more")
    to = asked.question.to
    if isinstance(to, InConversation) and not to.thread and not to.is_direct:
        to = replace(to, thread=container(body)[1])
    return replace(asked, question=replace(asked.question, to=to))


def follow(body: Raw) -> Asked:
    """A press of a question that an answer offers."""
    return _once(body, "follow")


def place(body: Raw) -> PlaceClick | None:
    """A press of *Read in context*; ``None`` when its value is not one of ours."""
    to = privately(body)
    found = read_place(str(body["actions"][0].get("value", "")))
    return PlaceClick(str(body["trigger_id"]), found, to) if found else None


def wider(body: Raw) -> WiderClick | None:
    """A press of *More* in the modal; ``None`` when its value is not one of ours."""
    found = read_place(str(body["actions"][0].get("value", "")))
    return WiderClick(str((body.get("view") or {}).get("id")), found) if found else None


def write_place(found: Place) -> str:
    """A place as the value of a button; :func:`read_place` reads it back."""
    return json.dumps([found.document, found.paragraph, found.fingerprint, *found.marked], separators=(",", ":"))


def read_place(value: str) -> Place | None:
    """The place a button's value names; ``None`` when it names none.

    Buttons of before there were hashes counted from the document's beginning: their passages open unmarked.
    """
    try:
        document, paragraph, *marked = json.loads(value)
        fingerprint = marked.pop(0) if marked and isinstance(marked[0], str) else None
        spans = tuple((int(start), int(end)) for start, end in marked)
        return Place(str(document), int(paragraph), *((spans, fingerprint) if fingerprint is not None else ()))
    except (ValueError, TypeError):
        return None


def write_part(found: Part) -> str:
    """A part as the value of a button; :func:`read_part` reads it back.

    >>> write_part(Part("cloud revenue", 2))
    '2 cloud revenue'
    """
    return f"{found.number} {found.words}"


def read_part(value: str) -> Part:
    """The part a button's value names; the first of its words where it names none."""
    number, _, words = value.partition(" ")
    return Part(words, int(number) if re.fullmatch(r"\d{1,9}", number, re.ASCII) else 0)


def write_question(question: Question) -> dict[str, Any]:
    """A question as JSON, for the store of claims."""
    return asdict(question)


def read_question(stored: Raw) -> Question:
    """A question as :func:`write_question` wrote it."""
    to = stored["to"]
    return Question(
        stored["kind"], stored["words"], stored["user"], Privately(**to) if "url" in to else InConversation(**to)
    )


_BRACKETS: Final = re.compile(r"<([^<>|\s][^<>|]*)(?:\|([^<>]*))?>")


def plain(text: str, bot_user: str | None = None) -> str:
    """What a person typed, out of Slack's escapes: mentions of the bot are gone, links are their labels.

    >>> plain("<@UBOT> is <https://a.b|Qwen> &lt; <@U1|Ana>?", "UBOT")
    'is Qwen < @Ana?'
    """
    shown = _BRACKETS.sub(lambda match: _shown(match.group(1), match.group(2), bot_user), text)
    # half of a surrogate pair, which JSON may hold, is no text that can be sent or stored
    shown = shown.encode(errors="ignore").decode()
    unescaped = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return " ".join(unescaped.split())


def _shown(target: str, label: str | None, bot_user: str | None) -> str:
    """What Slack shows for ``<target|label>``."""
    sign, name = target[:1], target[1:]
    if sign == "@":
        return "" if name == bot_user else f"@{label or name}"
    if sign == "#":
        return f"#{label or name}"
    if sign == "!":
        return label or f"@{name.split('^')[0]}"
    return label or target


#: a person, a group of them or everybody
_ADDRESSED: Final = re.compile(r"<[@!]")
_SAID_BY_PEOPLE = (None, "file_share", "thread_broadcast")


def _message(body: Raw, kind: Kind, bot_user: str) -> Asked | None:
    """A person's new message, with a file or sent to the channel too; what bots, edits and joins cause is none."""
    event: Raw = body["event"]
    if (
        event.get("subtype") not in _SAID_BY_PEOPLE
        or event.get("bot_id")
        or event.get("edited")
        or not event.get("user")
    ):
        return None
    channel, ts, thread = str(event["channel"]), str(event["ts"]), event.get("thread_ts")
    to = InConversation(channel, thread or (ts if kind == "mention" else None), ts)
    question = Question(kind, plain(str(event.get("text", "")), bot_user), str(event["user"]), to)
    return Asked(str(body["event_id"]), question, f"{channel}:{ts}")


def _once(body: Raw, kind: Kind) -> Asked:
    """A press that is answered privately where its message is private, else once, in its thread, for everybody."""
    if body["container"].get("is_ephemeral"):
        return Asked(str(body["trigger_id"]), _click(body, kind))
    (channel, ts), action = container(body), body["actions"][0]
    to = InConversation(channel, privately(body).thread, str(action["action_ts"]))
    pressed = f"{action.get('block_id')}:{action['action_id']}" if kind == "follow" else action.get("block_id")
    return Asked(f"{kind}:{channel}:{ts}:{pressed}", replace(_click(body, kind), to=to))


def _click(body: Raw, kind: Kind) -> Question:
    return Question(kind, str(body["actions"][0].get("value", "")), str(body["user"]["id"]), privately(body))


def privately(body: Raw) -> Privately:
    """How to answer whoever acted on a message."""
    holds = body.get("container", {})
    thread = holds.get("thread_ts") or (body.get("message") or {}).get("thread_ts")
    return Privately(str(body.get("response_url", "")), thread, channel=str(holds.get("channel_id") or ""))


def container(body: Raw) -> tuple[str, str]:
    """The channel and the ts of the message that was acted on."""
    holds = body["container"]
    return str(holds.get("channel_id")), str(holds.get("message_ts"))
