"""Presses of the buttons under an answer."""

import asyncio
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from content.documents import Place
from handlers import errors, payloads
from handlers.intake import claim
from handlers.payloads import PlaceClick, Privately, SentenceClick
from handlers.services import Refused, Services, SlackFailure
from handlers.views import notices, outgoing, reader
from handlers.views.blocks import Message


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


async def summary(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Sum up a document that came close to a question."""
    await claim(services, payloads.summary(body))
    await ack()


async def read(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Open a passage in context, at once and without a claim: its trigger lives three seconds."""
    click = payloads.place(body)
    if click is not None:
        services.jobs.soon(errors.guarded(_open(services, click), lambda sorry: _say(services, click.to, sorry)))
    await ack()


async def sentence(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Open the sentence of a figure in context, like :func:`read`."""
    click = payloads.sentence(body)
    services.jobs.soon(errors.guarded(_find(services, click), lambda sorry: _say(services, click.to, sorry)))
    await ack()


async def ignore(ack: AsyncAck) -> None:
    """Acknowledge what nothing follows from: links, old buttons, events nobody handles."""
    await ack()


async def _find(services: Services, click: SentenceClick) -> None:
    found = await asyncio.to_thread(services.documents.quoted, click.figure)
    if found is None:
        await _say(services, click.to, notices.notice(notices.GONE))
        return
    passage, quoted = found
    place = Place(passage.document, passage.number, ((quoted.start - passage.start, quoted.end - passage.start),))
    await _open(services, PlaceClick(click.trigger, place, click.to))


async def _open(services: Services, click: PlaceClick) -> None:
    place = click.place
    excerpt = await asyncio.to_thread(services.documents.excerpt, place)
    if excerpt is None:
        await _say(services, click.to, notices.notice(notices.GONE))
        return
    view = outgoing.checked("modal", reader.modal(excerpt, place))
    try:
        await services.replies.open(click.trigger, view)
    except SlackFailure as failure:
        if isinstance(failure, Refused) and "trigger" not in failure.code:
            raise
        await _say(services, click.to, notices.notice(notices.TOO_LATE))


async def _say(services: Services, to: Privately, message: Message) -> None:
    thread = {"thread_ts": to.thread} if to.thread else {}
    private = {"response_type": "ephemeral", "replace_original": False}
    await services.replies.respond(to.url, {**private, **outgoing.message(message), **thread})
