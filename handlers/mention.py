"""Mentions of the bot in channels."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from handlers import payloads
from handlers.intake import claim
from handlers.services import Services


async def answer(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Answer in the thread of the message that mentions the bot."""
    await claim(services, payloads.mention(body, services.bot_user))
    await ack()
