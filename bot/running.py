"""The commands that speak Slack or speak of it; the others do without the second it takes to import that."""

import asyncio
from argparse import Namespace

from bot import app, terminal
from bot.cli import DONE, FAILED
from bot.commands import Command, seed_when_empty
from bot.doctor import examine
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


COMMANDS: dict[str, Command] = {"playground": playground, "serve": serve, "doctor": doctor, "manifest": manifest}
