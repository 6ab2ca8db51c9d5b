"""Direct messages to the bot."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from handlers import payloads
from handlers.intake import claim
from handlers.services import Services


async def answer(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Answer in the conversation, and in its thread if the message stands in one."""
    await claim(services, payloads.direct(body, services.bot_user))
    await ack()
