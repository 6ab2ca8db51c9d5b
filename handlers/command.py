"""The slash command."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from handlers import payloads
from handlers.intake import claim
from handlers.services import Services


async def answer(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Answer privately, through the response_url: that works where the bot is no member."""
    await claim(services, payloads.command(body))
    await ack()
