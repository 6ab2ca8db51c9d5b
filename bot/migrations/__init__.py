"""How a database becomes today's, step by step: Alembic, configured here instead of in a file.

Each file in ``versions`` is a step; its ``revision`` is a number, the newest of which ``bot.database`` knows as
``NEWEST``. A step never changes once it was released: what comes next is the next step.
"""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def upgrade(connection: Connection, to: str = "head") -> None:
    """Take the steps that are missing, inside the connection's transaction.

    Tables that were made before there were steps are taken for what the first step makes.
    """
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def known() -> frozenset[str]:
    """The revisions this program knows."""
    return frozenset(step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "bot:migrations")
    return config
