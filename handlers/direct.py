"""Messages: those to the bot itself, and those in threads that it follows."""

import asyncio
import logging
from typing import Any, Final

from slack_bolt.context.ack.async_ack import AsyncAck

from handlers import errors, grammar, payloads
from handlers.conversation import follow_up
from handlers.intake import claim
from handlers.payloads import Asked, InConversation
from handlers.services import Services, SlackFailure
from handlers.views.wording import first_words

_LOG: Final = logging.getLogger("alibaba.direct")
#: what gives a thread its title
_ASKED: Final = frozenset({"ask", "figures", "summary"})
#: characters of a title; Slack takes 200
_TITLE: Final = 80
#: threads that are remembered
_REMEMBERED: Final = 5_000


async def answer(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Answer in the conversation, and in its thread if the message stands in one."""
    asked = payloads.direct(body, services.bot_user)
    if asked is None and services.follow_threads:
        asked = await _overheard(services, body)
    await claim(services, asked)
    if asked and isinstance(asked.question.to, InConversation) and asked.question.to.is_direct:
        _entitle(services, asked.question.to, asked.question.words)
    await ack()


def _entitle(services: Services, place: InConversation, words: str) -> None:
    """Give a thread of the agent view a title, once, by the first thing that is asked in it."""
    name = f"{place.channel}:{place.thread}"
    if not place.thread or name in services.titled or grammar.parse(words).verb not in _ASKED:
        return
    if len(services.titled) >= _REMEMBERED:
        services.titled.clear()
    services.titled.add(name)
    services.jobs.soon(errors.guarded(_titled(services, place, words), errors.unheard))


async def _titled(services: Services, place: InConversation, words: str) -> None:
    """The title is what the words mean after what was said; a workspace without agents has no titles."""
    goes_on = follow_up(await asyncio.to_thread(services.history.recall, place), words)
    try:
        await services.posts.title(place, first_words(goes_on.about if goes_on else words, _TITLE))
    except SlackFailure as failure:
        _LOG.info("a thread has no title: %s", failure)


async def _overheard(services: Services, body: dict[str, Any]) -> Asked | None:
    """A message that goes on with a thread of ours; of others nothing is kept, not even for a moment."""
    asked = payloads.overheard(body)
    if asked is None or not isinstance(asked.question.to, InConversation):
        return None
    return asked if await asyncio.to_thread(services.history.follows, asked.question.to) else None
