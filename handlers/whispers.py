"""What one person sees, through the response_url of what they did."""

from typing import Any

from handlers.payloads import Privately
from handlers.services import Services
from handlers.views import outgoing
from handlers.views.blocks import Message


async def whisper(services: Services, to: Privately, message: Message) -> None:
    """Tell somebody something; raises ``SlackFailure``."""
    await services.replies.respond(to.url, private(to, message))


def private(to: Privately, message: Message, in_channel: bool = False, in_place: bool = False) -> dict[str, Any]:
    """A message for a response_url, in the thread of what was done; with ``in_channel`` everybody sees it.

    ``in_place``: instead of the message that was acted on.
    """
    thread = {"thread_ts": to.thread} if to.thread else {}
    visible = "in_channel" if in_channel else "ephemeral"
    return {"response_type": visible, "replace_original": in_place, **outgoing.message(message), **thread}
