"""The engine from a URL, and today's tables behind it."""

from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url

#: the last step of bot/migrations: what a database has whose tables are today's
NEWEST: Final = "0011"
#: how SQLite serves several threads and processes; a commit survives the process, not always the power
_PRAGMAS: Final = ("busy_timeout = 10000", "journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON")
#: how one process upgrades while the others wait for the end of its transaction
_ALONE: Final = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "SELECT pg_advisory_xact_lock(4711203)"}


class NewerDatabase(Exception):
    """The tables were made by a newer version of the program; the text says what to do."""


def engine(url: str) -> Engine:
    """The engine of a database, upgraded if need be; for SQLite its folder is made and its journal set.

    Raises ``NewerDatabase``. Statements never show their parameters in errors or logs: people's questions are
    among them.
    """
    with ExitStack() as undo:
        made = connecting(url)
        undo.callback(made.dispose)
        _upgrade(made)
        undo.pop_all()
    return made


def connecting(url: str) -> Engine:
    """The engine of a database whose tables nobody has looked at yet."""
    address = make_url(url)
    sqlite = address.get_backend_name() == "sqlite"
    if sqlite and address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    made = create_engine(address, hide_parameters=True, pool_pre_ping=not sqlite)
    if sqlite:
        event.listen(made, "connect", _set_pragmas)
    return made


def _set_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _upgrade(database: Engine) -> None:
    with database.connect() as db:
        if revision(db) == NEWEST:
            return
    migrations = import_module("bot.migrations")  # only now: Alembic takes longer to import than a question to answer
    with database.begin() as db:
        if db.dialect.name in _ALONE:
            db.exec_driver_sql(_ALONE[db.dialect.name])
        found = revision(db)
        if found and found not in migrations.known():
            raise NewerDatabase(
                f"The database was last used by a newer version of alibaba-bot (its tables are of revision {found}, "
                f"this version knows {NEWEST}): update alibaba-bot, or set another ALIBABA_DATABASE_URL."
            )
        migrations.upgrade(db)


def revision(db: Connection) -> str | None:
    """The last step a database has taken; ``None`` when it is empty, or older than the steps."""
    if not inspect(db).has_table("alembic_version"):
        return None
    found = db.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None
