"""``python -m bot``: the same program as ``alibaba-bot``."""

from bot.cli import entry

entry()
