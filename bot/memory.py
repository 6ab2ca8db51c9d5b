"""What the bot remembers of its own doing: the claims, one row per request.

Safe to call from any thread and from several processes; every step is one transaction. A claim is leased to the
process that works it: others leave it alone until the lease runs out, which it does when its holder died.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Engine,
    MetaData,
    Row,
    String,
    Table,
    delete,
    insert,
    true,
    update,
)
from sqlalchemy.exc import IntegrityError

from handlers.payloads import read_question, write_question
from handlers.services import Job, State

METADATA = MetaData()

#: seconds a claim stays with a process that is not heard of; the clocks of the machines may differ by half of it
LEASE: Final = 30.0
#: beside the question in the payload of a claim
_PROGRESS: Final = "progress"

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
    #: the process that works it
    Column("worker", String(32)),
    #: milliseconds since 1970: until then nobody else takes it up
    Column("leased", BigInteger, nullable=False, server_default="0"),
)


@dataclass(frozen=True, slots=True)
class Memory:
    """The claims in a database, as one process sees them."""

    engine: Engine
    #: what this process is called on the claims it works
    worker: str = field(default_factory=lambda: secrets.token_hex(8))

    def claim(self, job: Job, now: float) -> bool:
        """Take a request; false when its key or its message was taken before. ``now`` is in seconds."""
        row = {
            "key": job.key,
            "message": job.message,
            "kind": job.question.kind,
            "payload": write_question(job.question),
            "state": job.state,
            "created": milliseconds(now),
            "worker": self.worker,
            "leased": milliseconds(now + LEASE),
        }
        try:
            with self.engine.begin() as connection:
                connection.execute(insert(_CLAIMS).values(row))
        except IntegrityError:
            return False
        return True

    def advance(self, key: str, before: State, after: State) -> bool:
        """Move a claim on; false when it was not in the state ``before``, or another process has taken it up.

        What was said is erased when it is done: the key alone keeps it from being done again.
        """
        mine = (_CLAIMS.c.key == key) & (_CLAIMS.c.worker == self.worker)
        forgotten: dict[str, Any] = {"payload": {}} if after == "done" else {}
        moved = update(_CLAIMS).where(mine, _CLAIMS.c.state == before).values(state=after, **forgotten)
        with self.engine.begin() as connection:
            return connection.execute(moved).rowcount == 1

    def progressed(self, job: Job, where: str) -> None:
        """Note where the progress of a claim is told."""
        mine = (_CLAIMS.c.key == job.key) & (_CLAIMS.c.worker == self.worker) & (_CLAIMS.c.state != "done")
        noted = update(_CLAIMS).where(mine).values(payload=write_question(job.question) | {_PROGRESS: where})
        with self.engine.begin() as connection:
            connection.execute(noted)

    def take_up(self, now: float, since: float, gone: Collection[str] = ()) -> tuple[Job, ...]:
        """Take the claims made after ``since`` that are not done and that nobody works, oldest first.

        Nobody works what was leased until now, or to one of the processes that are known to be ``gone``.
        """
        young = (_CLAIMS.c.state != "done") & (_CLAIMS.c.created > milliseconds(since))
        free = (_CLAIMS.c.leased <= milliseconds(now)) | _CLAIMS.c.worker.in_(gone)
        taken = (
            update(_CLAIMS)
            .where(young, free, _CLAIMS.c.worker.is_distinct_from(self.worker))
            .values(worker=self.worker, leased=milliseconds(now + LEASE))
            .returning(_CLAIMS)
        )
        with self.engine.begin() as connection:
            rows = connection.execute(taken).all()
        return tuple(_job(row) for row in sorted(rows, key=lambda row: (row.created, row.key)))

    def renew(self, now: float, since: float) -> None:
        """Hold on to the unfinished claims of this process made after ``since``."""
        self._lease(milliseconds(now + LEASE), _CLAIMS.c.created > milliseconds(since))

    def release(self) -> None:
        """Leave the unfinished claims of this process to whoever asks next."""
        self._lease(0, true())

    def _lease(self, until: int, which: ColumnElement[bool]) -> None:
        mine = (_CLAIMS.c.worker == self.worker) & (_CLAIMS.c.state != "done")
        with self.engine.begin() as connection:
            connection.execute(update(_CLAIMS).where(mine, which).values(leased=until))

    def forget(self, before: float) -> int:
        """Erase the claims made before a moment; returns how many."""
        with self.engine.begin() as connection:
            return connection.execute(delete(_CLAIMS).where(_CLAIMS.c.created < milliseconds(before))).rowcount


def _job(row: Row[Any]) -> Job:
    return Job(row.key, read_question(row.payload), row.message, row.state, row.payload.get(_PROGRESS))


def milliseconds(seconds: float) -> int:
    """A moment or a time in seconds as the tables keep it."""
    return round(seconds * 1000)
