"""The message shortcut."""

from typing import Any, Final

from slack_bolt.context.ack.async_ack import AsyncAck

from handlers import payloads
from handlers.intake import claim
from handlers.services import Services

#: the callback_id of "Ask about this message"
ASK: Final = "ask_about_message"


async def answer(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Answer privately what a message says, also where the bot is no member."""
    await claim(services, payloads.shortcut(body))
    await ack()
