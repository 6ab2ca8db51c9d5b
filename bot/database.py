"""The engine from a URL."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url

#: how SQLite serves several threads and processes; a commit survives the process, not always the power
_PRAGMAS = ("busy_timeout = 10000", "journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON")


def engine(url: str) -> Engine:
    """The engine of any database SQLAlchemy speaks; for SQLite its folder is made and its journal set.

    Statements never show their parameters in errors or logs: people's questions are among them.
    """
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
