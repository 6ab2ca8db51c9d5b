"""App Home and the Messages tab: what they show when somebody opens them."""

import asyncio
import logging
from typing import Any, Final

from slack_bolt.context.ack.async_ack import AsyncAck

from handlers import errors
from handlers.examples import example
from handlers.services import Digests, Refused, Services, SlackFailure
from handlers.timetable import Subscription, upcoming
from handlers.views import home, notices, outgoing
from handlers.views.blocks import Message
from handlers.views.home import Contents

_LOG: Final = logging.getLogger("alibaba.home")
_ASKED: Final = 5
#: figures looked through for App Home: of larger stores it shows none
_FIGURES: Final = 2_000


async def opened(services: Services, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Bring a tab up to date; without a claim, as it is opened again."""
    event = body["event"]
    if event.get("tab") == "home":
        user = str(event["user"])
        work = _show(services, user)
        services.jobs.soon(errors.guarded(work, lambda sorry: _broken(services, user, sorry)))
    elif event.get("tab") == "messages":
        services.jobs.soon(errors.guarded(_suggest(services, str(event["channel"])), errors.unheard))
    await ack()


async def _show(services: Services, user: str) -> None:
    view = home.home(await asyncio.to_thread(_contents, services, user))
    failure = await _publish(services, user, view)
    if isinstance(failure, Refused) and failure.unfit:
        await _publish(services, user, home.broken(notices.refused(failure.code)))


async def _publish(services: Services, user: str, view: dict[str, Any]) -> SlackFailure | None:
    """A view that Slack does not take is only logged: there is nowhere else to say it."""
    try:
        await services.replies.publish(user, outgoing.checked("home", view))
    except SlackFailure as failure:
        _LOG.warning("App Home was not shown: %s", failure)
        return failure
    return None


def _contents(services: Services, user: str) -> Contents:
    documents = services.documents.sources()
    few = sum(each.figures for each in documents) <= _FIGURES
    return Contents(
        services.documents.searched(),
        documents,
        services.answers.figures(None) if few else None,
        services.history.recent(user, _ASKED),
        example(services.answers, documents),
        services.command,
        _digests(services.digests, user) if services.digests else (),
    )


def _digests(digests: Digests, user: str) -> tuple[tuple[Subscription, float], ...]:
    now = digests.clock()
    return tuple((each, upcoming(each, now)[1]) for each in digests.book.of(user))


async def _broken(services: Services, user: str, sorry: Message) -> None:
    await _publish(services, user, home.broken(sorry))


async def _suggest(services: Services, channel: str) -> None:
    """A workspace may know no suggestions: then there are none."""
    first = await asyncio.to_thread(lambda: example(services.answers, services.documents.sources()))
    try:
        await services.replies.suggest(channel, home.prompts(first))
    except SlackFailure as failure:
        _LOG.info("no prompts were suggested: %s", failure)
