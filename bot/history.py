"""What people asked and how they liked the answers: the topic of each conversation, and what the documents lack.

Safe to call from any thread and from several processes; every step is one transaction. All of it is erased after the
retention time, and what one person asked when they want it forgotten.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError

from handlers.conversation import Turn
from handlers.payloads import InConversation, Privately
from handlers.services import Job

METADATA = MetaData()
_DIGITS: Final = re.compile("[0-9]+")

_QUESTIONS: Final = Table(
    "questions",
    METADATA,
    #: of the claim that brought it
    Column("key", String(255), primary_key=True),
    #: "channel:thread", or the channel of direct messages; none where the answer was private
    Column("conversation", String(255), index=True),
    Column("user", String(255), nullable=False, index=True),
    #: as typed
    Column("words", Text, nullable=False),
    Column("verb", String(20), nullable=False),
    #: as understood
    Column("about", Text, nullable=False),
    Column("more", Integer, nullable=False),
    Column("answered", Boolean, nullable=False),
    #: microseconds since 1970, by Slack's clock where it was a message: the order within a conversation
    Column("asked", BigInteger, nullable=False, index=True),
)


@dataclass(frozen=True, slots=True)
class History:
    """The questions in a database (``handlers.services.History``)."""

    engine: Engine
    #: seconds since 1970
    clock: Callable[[], float]

    def keep(self, job: Job, turn: Turn) -> None:
        """Note what a job asked for, once however often it is told."""
        row = {
            "key": job.key,
            "conversation": conversation(job.question.to),
            "user": job.question.user,
            "words": job.question.words,
            "verb": turn.verb,
            "about": turn.about,
            "more": turn.more,
            "answered": turn.answered,
            "asked": self._asked(job.question.to),
        }
        try:
            with self.engine.begin() as connection:
                connection.execute(insert(_QUESTIONS).values(row))
        except IntegrityError:
            return

    def recall(self, place: InConversation) -> Turn | None:
        """What a conversation was about before a message in it; a thread of direct messages begins with theirs."""
        found = self._last(conversation(place), _microseconds(place.asked))
        if found is None and place.thread and place.is_direct:
            found = self._last(place.channel, _microseconds(place.thread))
        return found

    def forget(self, days: int) -> int:
        """Erase what is older than ``days``; returns how many questions that were."""
        before = round((self.clock() - days * 86_400) * 1_000_000)
        with self.engine.begin() as connection:
            return connection.execute(delete(_QUESTIONS).where(_QUESTIONS.c.asked < before)).rowcount

    def _last(self, name: str | None, before: int) -> Turn | None:
        said = select(_QUESTIONS).where(_QUESTIONS.c.conversation == name, _QUESTIONS.c.asked < before)
        with self.engine.connect() as connection:
            row = connection.execute(said.order_by(_QUESTIONS.c.asked.desc()).limit(1)).first()
        return Turn(row.verb, row.about, row.more, row.answered) if row else None

    def _asked(self, to: InConversation | Privately) -> int:
        return _microseconds(to.asked) if isinstance(to, InConversation) else round(self.clock() * 1_000_000)


def conversation(to: InConversation | Privately) -> str | None:
    """What a place is called that keeps its topic."""
    if isinstance(to, Privately):
        return None
    return f"{to.channel}:{to.thread}" if to.thread else to.channel


def _microseconds(ts: str) -> int:
    """Slack's times are seconds with six decimals; what is none comes before everything."""
    seconds, _, rest = ts.partition(".")
    return int(seconds) * 1_000_000 + int(rest[:6].ljust(6, "0")) if _DIGITS.fullmatch(seconds + rest) else 0
