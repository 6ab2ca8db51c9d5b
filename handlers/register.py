"""The table of every Slack request and the function that it goes to."""

import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

from slack_bolt.app.async_app import AsyncApp

from handlers import actions, command, direct, errors, home, mention, opinions, shortcut
from handlers.services import Services
from handlers.views import answer, parts, reader, tables
from handlers.views import opinions as views

Listener = Callable[..., Awaitable[Any]]
_ANY: Final = re.compile(".*")


def register(app: AsyncApp, services: Services) -> None:
    """Every Slack request and the function it goes to; the first that fits takes it."""
    table: tuple[tuple[Callable[..., Any], str | re.Pattern[str], Listener], ...] = (
        # every slash command that reaches us is ours, whatever a workspace calls it
        (app.command, _ANY, partial(command.answer, services)),
        (app.event, "app_mention", partial(mention.answer, services)),
        (app.event, "message", partial(direct.answer, services)),
        (app.shortcut, shortcut.ASK, partial(shortcut.answer, services)),
        (app.action, answer.SHARE, partial(actions.share, services)),
        (app.action, answer.FIGURES, partial(actions.figures, services)),
        (app.action, answer.SUMMARY, partial(actions.summary, services)),
        (app.action, answer.FOLLOW, partial(actions.follow, services)),
        (app.action, answer.READ, partial(actions.read, services)),
        (app.action, views.RATE, partial(opinions.rate, services)),
        (app.action, views.REMOVE, partial(opinions.remove, services)),
        (app.action, reader.WIDER, partial(actions.read_more, services)),
        (app.action, parts.MORE, partial(actions.more, services)),
        (app.action, tables.NEWER, partial(actions.page, services)),
        (app.action, tables.OLDER, partial(actions.page, services)),
        (app.action, tables.SENTENCE, partial(actions.sentence, services)),
        (app.action, _ANY, actions.ignore),
        (app.view, views.COMMENT, partial(opinions.comment, services)),
        (app.event, "app_home_opened", partial(home.opened, services)),
        (app.event, "reaction_added", partial(opinions.cross_out, services)),
        (app.event, _ANY, actions.ignore),
    )
    for kind, name, listener in table:
        kind(name)(listener)
    app.error(partial(errors.on_error, services))
