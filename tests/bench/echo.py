"""A Bolt app that acknowledges slash commands and says their words back: what :mod:`tests.bench.load` compares with."""

import asyncio
import os
import re
from typing import Any

from aiohttp import web
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


async def echo(ack: Any, respond: Any, command: dict[str, Any]) -> None:
    """Say it back."""
    await ack()
    await respond(text=command["text"])


def main() -> None:
    """Serve on ALIBABA_PORT until killed."""
    client = AsyncWebClient(os.environ["SLACK_BOT_TOKEN"], os.environ["SLACK_API_URL"])
    app = AsyncApp(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"])
    app.command(re.compile(".*"))(echo)
    served = app.web_app("/slack/events")
    served.router.add_get("/readyz", _ready)
    asyncio.set_event_loop(asyncio.new_event_loop())
    web.run_app(served, host="127.0.0.1", port=int(os.environ["ALIBABA_PORT"]), print=None)


async def _ready(_request: web.Request) -> web.Response:
    return web.Response(text="ready")


if __name__ == "__main__":
    main()
