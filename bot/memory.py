"""What the bot remembers of its own doing: the claims, one row per request.

Safe to call from any thread and from several processes; every step is one transaction.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Engine,
    MetaData,
    Row,
    String,
    Table,
    delete,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from handlers.payloads import read_question, write_question
from handlers.services import Job, State

METADATA = MetaData()

_CLAIMS = Table(
    "claims",
    METADATA,
    Column("key", String(255), primary_key=True),
    #: "channel:ts" of the message that asked
    Column("message", String(255), unique=True),
    Column("kind", String(20), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("state", String(10), nullable=False),
    #: milliseconds since 1970
    Column("created", BigInteger, nullable=False, index=True),
)


@dataclass(frozen=True, slots=True)
class Memory:
    """The claims in a database."""

    engine: Engine

    def create(self) -> None:
        """Make the tables that are missing; another process may be doing the same."""
        try:
            METADATA.create_all(self.engine)
        except (OperationalError, ProgrammingError, IntegrityError):
            if not inspect(self.engine).has_table(_CLAIMS.name):
                raise

    def claim(self, job: Job, now: float) -> bool:
        """Take a request; false when its key or its message was taken before. ``now`` is in seconds."""
        row = {
            "key": job.key,
            "message": job.message,
            "kind": job.question.kind,
            "payload": write_question(job.question),
            "state": job.state,
            "created": round(now * 1000),
        }
        try:
            with self.engine.begin() as connection:
                connection.execute(insert(_CLAIMS).values(row))
        except IntegrityError:
            return False
        return True

    def advance(self, key: str, before: State, after: State) -> bool:
        """Move a claim on; false when it was not in the state ``before``: somebody else moved it."""
        moved = update(_CLAIMS).where(_CLAIMS.c.key == key, _CLAIMS.c.state == before).values(state=after)
        with self.engine.begin() as connection:
            return connection.execute(moved).rowcount == 1

    def unfinished(self, since: float) -> tuple[Job, ...]:
        """The claims made after ``since`` that are not done, oldest first."""
        young = (_CLAIMS.c.state != "done") & (_CLAIMS.c.created > round(since * 1000))
        with self.engine.connect() as connection:
            rows = connection.execute(select(_CLAIMS).where(young).order_by(_CLAIMS.c.created, _CLAIMS.c.key))
            return tuple(_job(row) for row in rows)

    def forget(self, before: float) -> int:
        """Erase the claims made before a moment; returns how many."""
        with self.engine.begin() as connection:
            return connection.execute(delete(_CLAIMS).where(_CLAIMS.c.created < round(before * 1000))).rowcount


def _job(row: Row[Any]) -> Job:
    return Job(row.key, read_question(row.payload), row.message, row.state)
