"""The digest from Slack: who wants one where and when, what it would say, and how it fares."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from content.digests import Digest
from handlers.orders import Act, Order
from handlers.payloads import Privately, Question
from handlers.services import Digests, Services
from handlers.timetable import NOW, Run, Schedule, Subscription, beginning, upcoming, zone_named
from handlers.views import digest as pages
from handlers.views import notices, schedules
from handlers.views.blocks import Message, context, paragraph, rich, run
from handlers.views.wording import first_words

_UTC: Final = "UTC"


@dataclass(frozen=True, slots=True)
class Asked:
    """An order about the digest of a channel."""

    order: Order
    channel: str
    question: Question
    #: the slash command, where that is how it was asked
    command: str

    @property
    def direct(self) -> bool:
        """The channel is somebody's direct messages."""
        return self.channel.startswith("D")


def answer(services: Services, order: Order, question: Question) -> Message:
    """Do what an order wants; it may block. Anybody may, in a channel for that channel, directly for themselves."""
    if services.digests is None:
        return notices.notice(schedules.NO_DIGESTS)
    if not question.to.channel:
        return notices.notice(schedules.NO_PLACE)
    if order.problem:
        return notices.notice(f"{order.problem}.")
    command = services.command if question.kind == "command" else ""
    message = _ACTS[order.act](services.digests, Asked(order, question.to.channel, question, command))
    return _corrected(order, message)


def is_private(order: Order) -> bool:
    """Nobody but whoever asked is to see the answer."""
    return order.act == "preview"


def _set(digests: Digests, asked: Asked) -> Message:
    now, before = digests.clock(), digests.book.find(asked.channel)
    told, order = digests.book.told(asked.channel), asked.order
    zone, notes = _zone(digests, asked)
    schedule, after = Schedule(order.days, order.minute, zone), _beginning(digests, told)
    last = digests.book.last_day(asked.channel)
    wanted = Subscription(asked.channel, asked.question.user, schedule, order.quiet, now, after, last)
    digests.book.put(wanted)
    invite = (schedules.INVITE,) if asked.command and not asked.direct else ()
    moment = upcoming(wanted, now)[1]
    first = told is None and digests.news.before_newest(0) > 0
    return schedules.confirmed(wanted, moment, before, (*notes, *invite), first)


def _zone(digests: Digests, asked: Asked) -> tuple[str, tuple[str, ...]]:
    """The zone to go by, and what has to be said about it: the one named, the channel's, the person's."""
    if asked.order.zone:
        return asked.order.zone, ()
    if digests.zone and not asked.direct:
        return digests.zone, ()
    personal = zone_named(digests.people.zone(asked.question.user) or "")
    return (personal, ()) if personal else (digests.zone or _UTC, (schedules.UNKNOWN_ZONE,))


def _off(digests: Digests, asked: Asked) -> Message:
    return notices.notice(schedules.OFF if digests.book.drop(asked.channel) else schedules.NONE_HERE)


def _status(digests: Digests, asked: Asked) -> Message:
    wanted, ended = digests.book.find(asked.channel), digests.book.ended(asked.channel)
    if wanted is None:
        return schedules.without(asked.command)
    return schedules.status(wanted, upcoming(wanted, digests.clock())[1], ended)


def _preview(digests: Digests, asked: Asked) -> Message:
    page = _page(digests, asked.channel, _found(digests, asked.channel))
    return replace(page, blocks=(*page.blocks, context(schedules.PREVIEW)))


def _now(digests: Digests, asked: Asked) -> Message:
    """Have it posted to the channel, once however often the same request is seen to."""
    found = _found(digests, asked.channel)
    if not found.items:
        return _page(digests, asked.channel, found)
    run = Run(asked.channel, f"{NOW}{_request(asked.question)}", asked.question.user, False, digests.clock())
    digests.book.claim(run)
    return notices.notice(schedules.COMING)


def _found(digests: Digests, channel: str) -> Digest:
    return digests.news.digest(_beginning(digests, digests.book.told(channel)))


def _beginning(digests: Digests, told: int | None) -> int:
    return beginning(told, digests.news.last_change(), digests.news.before_newest)


def _page(digests: Digests, channel: str, found: Digest) -> Message:
    return pages.digest(found, schedules.since(digests.book.find(channel), digests.book.heard(channel)))


def _request(question: Question) -> str:
    """What tells a request from every other."""
    to = question.to
    return hashlib.sha256(to.url.encode()).hexdigest()[:32] if isinstance(to, Privately) else to.asked


def _corrected(order: Order, message: Message) -> Message:
    if not order.corrections:
        return message
    read = ", ".join(f"{first_words(read)} (you wrote “{first_words(written)}”)" for written, read in order.corrections)
    return replace(message, blocks=(rich(paragraph(run("I read "), run(read, bold=True))), *message.blocks))


_ACTS: Final[Mapping[Act, Callable[[Digests, Asked], Message]]] = {
    "set": _set,
    "now": _now,
    "preview": _preview,
    "off": _off,
    "status": _status,
}
