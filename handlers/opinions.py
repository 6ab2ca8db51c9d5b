"""What people think of answers: 👍, 👎 with a comment, and taking an answer away."""

import asyncio
import logging
from typing import Any, Final

from slack_bolt.context.ack.async_ack import AsyncAck

from handlers import errors, gestures
from handlers.gestures import Rating, Removal
from handlers.intake import first
from handlers.payloads import Privately
from handlers.services import Services, SlackFailure
from handlers.views import notices, opinions, outgoing
from handlers.whispers import whisper

_LOG: Final = logging.getLogger("alibaba.opinions")


async def rate(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Note 👍 or 👎, and ask what was wrong."""
    rating = gestures.rating(body)
    if rating and first(services, body):
        await asyncio.to_thread(services.history.rate, rating)
        services.jobs.soon(errors.guarded(_thank(services, rating), lambda sorry: whisper(services, rating.to, sorry)))
    await ack()


async def comment(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Note what was wrong, and thank for it in the form; one without a word closes."""
    said = gestures.comment(body, opinions.COMMENT)
    if not said.text:
        await ack()
        return
    await asyncio.to_thread(services.history.comment, said)
    await ack(response_action="update", view=outgoing.checked("modal", opinions.thanks()))


async def remove(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Take an answer away for whoever asked; without a claim, as it can be pressed again."""
    removal = gestures.removal(body)
    to = removal.to or Privately("")
    if first(services, body):
        services.jobs.soon(errors.guarded(_remove(services, removal, to), lambda sorry: whisper(services, to, sorry)))
    await ack()


async def cross_out(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Take an answer away when whoever asked reacts with ❌; what others mean by it is theirs."""
    removal = gestures.crossed_out(body, services.bot_user)
    if removal:
        asker = await asyncio.to_thread(services.history.asker, f"{removal.channel}:{removal.ts}")
        if asker == removal.user:
            services.jobs.soon(errors.guarded(_cross_out(services, removal), errors.unheard))
    await ack()


async def _thank(services: Services, rating: Rating) -> None:
    """A form lives on a trigger of three seconds: where it comes too late, thanks are enough."""
    if rating.liked:
        await whisper(services, rating.to, notices.notice(notices.NOTED))
        return
    view = outgoing.checked("modal", opinions.form(rating.message, rating.words))
    try:
        await services.replies.open(rating.trigger, view)
    except SlackFailure:
        await whisper(services, rating.to, notices.notice(notices.NOTED))


async def _cross_out(services: Services, removal: Removal) -> None:
    try:
        await services.posts.remove(removal.channel, removal.ts)
    except SlackFailure as failure:
        _LOG.warning("a message was not removed: %s", failure)
        sorry = outgoing.message(notices.notice(notices.NOT_REMOVED))
        await services.posts.tell({"channel": removal.channel, "user": removal.user, **sorry})


async def _remove(services: Services, removal: Removal, to: Privately) -> None:
    if removal.user != removal.asker:
        await whisper(services, to, notices.notice(notices.NOT_YOURS))
    elif removal.private:
        await services.replies.respond(to.url, {"delete_original": True})
    else:
        try:
            await services.posts.remove(removal.channel, removal.ts)
        except SlackFailure:
            await whisper(services, to, notices.notice(notices.NOT_REMOVED))
