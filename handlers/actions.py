"""Presses of the buttons under an answer."""

import asyncio
import logging
from functools import partial
from typing import Any, Final

from slack_bolt.context.ack.async_ack import AsyncAck

from content.documents import Place
from content.places import to_keep
from handlers import errors, gestures, payloads
from handlers.intake import claim, first
from handlers.payloads import PlaceClick, SentenceClick, WiderClick
from handlers.services import Refused, Services, SlackFailure
from handlers.views import notices, outgoing, reader
from handlers.whispers import whisper

_LOG: Final = logging.getLogger("alibaba.actions")


async def share(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Show a private answer to everybody."""
    await claim(services, payloads.share(body))
    await ack()


async def figures(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Show the figures of an answer to whoever asked for them."""
    await claim(services, payloads.figures(body))
    await ack()


async def page(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Show another page of a table of figures."""
    await claim(services, payloads.page(body))
    await ack()


async def more(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Show the next part of something long."""
    await claim(services, payloads.more(body))
    _use_up(services, body)
    await ack()


async def summary(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Sum up a document that came close to a question."""
    await claim(services, payloads.summary(body))
    _use_up(services, body)
    await ack()


async def follow(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Ask a question that an answer offers."""
    await claim(services, payloads.follow(body))
    _use_up(services, body)
    await ack()


async def read(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Open a passage in context, at once and without a claim: its trigger lives three seconds."""
    click = payloads.place(body)
    if click is not None and first(services, body):
        services.jobs.soon(errors.guarded(_open(services, click), lambda sorry: whisper(services, click.to, sorry)))
    await ack()


async def read_more(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Show more around a passage, in the modal that shows it."""
    click = payloads.wider(body)
    if click is not None:
        apologise = partial(_change, services, click.view)
        services.jobs.soon(errors.guarded(_widen(services, click), lambda sorry: apologise(reader.told(sorry))))
    await ack()


async def sentence(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Open the sentence of a figure in context, like :func:`read`."""
    click = payloads.sentence(body)
    if first(services, body):
        services.jobs.soon(errors.guarded(_find(services, click), lambda sorry: whisper(services, click.to, sorry)))
    await ack()


async def ignore(ack: AsyncAck) -> None:
    """Acknowledge what nothing follows from: links, old buttons, events nobody handles."""
    await ack()


def _use_up(services: Services, body: dict[str, Any]) -> None:
    """Take a button away that has done all it can: its answer stands below."""
    left = gestures.without_button(body)
    if left and first(services, body):
        services.jobs.soon(errors.guarded(_replace(services, str(body["response_url"]), *left), errors.unheard))


async def _replace(services: Services, url: str, text: str, blocks: list[dict[str, Any]]) -> None:
    """Losing this only leaves a button that does nothing more."""
    message = outgoing.checked("message", {"text": text, "blocks": blocks})
    try:
        await services.replies.respond(url, {"replace_original": True, **message})
    except SlackFailure as failure:
        _LOG.info("a used button was left: %s", failure)


async def _find(services: Services, click: SentenceClick) -> None:
    found = await asyncio.to_thread(services.documents.quoted, click.figure)
    if found is None:
        await whisper(services, click.to, notices.notice(notices.GONE))
        return
    passage, quoted = found
    marked = to_keep(passage.text, [(quoted.start - passage.start, quoted.end - passage.start)])
    place = Place(passage.document, passage.number, marked)
    await _open(services, PlaceClick(click.trigger, place, click.to))


async def _widen(services: Services, click: WiderClick) -> None:
    excerpt = await asyncio.to_thread(services.documents.excerpt, click.place, reader.WIDELY)
    gone = notices.notice(notices.GONE)
    view = reader.modal(excerpt, click.place, widely=True) if excerpt else reader.told(gone)
    await _change(services, click.view, view)


async def _change(services: Services, name: str, view: dict[str, Any]) -> None:
    """A modal that was closed meanwhile is not missed."""
    try:
        await services.replies.change(name, outgoing.checked("modal", view))
    except SlackFailure as failure:
        _LOG.info("the modal was not changed: %s", failure)


async def _open(services: Services, click: PlaceClick) -> None:
    place = click.place
    excerpt = await asyncio.to_thread(services.documents.excerpt, place, reader.AROUND + 1)
    if excerpt is None:
        await whisper(services, click.to, notices.notice(notices.GONE))
        return
    view = outgoing.checked("modal", reader.modal(excerpt, place))
    try:
        await services.replies.open(click.trigger, view)
    except SlackFailure as failure:
        if isinstance(failure, Refused) and "trigger" not in failure.code:
            raise
        await whisper(services, click.to, notices.notice(notices.TOO_LATE))
