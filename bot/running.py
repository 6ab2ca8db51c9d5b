"""The commands that speak Slack or speak of it; the others do without the second it takes to import that."""

import asyncio
import time
from argparse import Namespace

from bot import app, contract, terminal
from bot.cli import DONE, FAILED
from bot.commands import Command, print_json, seed_when_empty
from bot.database import engine
from bot.doctor import examine
from bot.history import History
from bot.manifest import as_yaml
from bot.playground.run import run as play
from bot.settings import load
from bot.slack import StartError


def playground(options: Namespace) -> int:
    """A local Slack in the browser with the real bot in it, until it is stopped."""
    settings = load()
    seed_when_empty(settings)
    try:
        asyncio.run(play(settings, options.port, open_page=not options.no_open))
    except StartError as error:
        terminal.say(str(error))
        return FAILED
    return DONE


def serve(options: Namespace) -> int:
    """Run the bot in a workspace until it is stopped; the seeds are indexed first when there is nothing else."""
    settings = load()
    settings.slack()  # what is missing is said before anything is opened
    seed_when_empty(settings)
    try:
        app.run(settings)
    except StartError as error:
        terminal.say(str(error))
        return FAILED
    return DONE


def doctor(options: Namespace) -> int:
    """Check the set-up; a failure when something is wrong."""
    findings = asyncio.run(examine())
    for finding in findings:
        terminal.line(finding.line)
    return FAILED if any(finding.wrong for finding in findings) else DONE


def manifest(options: Namespace) -> int:
    """Print the app manifest."""
    terminal.line(as_yaml(load().command, http=options.http, threads=options.threads).rstrip("\n"))
    return DONE


def feedback(options: Namespace) -> int:
    """What people asked in vain, and what they did not like."""
    history = History(engine(load().claims), time.time)
    unanswered, disliked = history.unanswered(), history.disliked()
    if options.json:
        print_json(contract.feedback(unanswered, disliked))
    else:
        terminal.show_feedback(unanswered, disliked)
    return DONE


COMMANDS: dict[str, Command] = {
    "playground": playground,
    "serve": serve,
    "feedback": feedback,
    "doctor": doctor,
    "manifest": manifest,
}
