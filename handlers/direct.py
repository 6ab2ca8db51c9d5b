"""Messages: those to the bot itself, and those in threads that it follows."""

import asyncio
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from handlers import payloads
from handlers.intake import claim
from handlers.payloads import Asked, InConversation
from handlers.services import Services


async def answer(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Answer in the conversation, and in its thread if the message stands in one."""
    asked = payloads.direct(body, services.bot_user)
    if asked is None and services.follow_threads:
        asked = await _overheard(services, body)
    await claim(services, asked)
    await ack()


async def _overheard(services: Services, body: dict[str, Any]) -> Asked | None:
    """A message that goes on with a thread of ours; of others nothing is kept, not even for a moment."""
    asked = payloads.overheard(body)
    if asked is None or not isinstance(asked.question.to, InConversation):
        return None
    return asked if await asyncio.to_thread(services.history.follows, asked.question.to) else None
