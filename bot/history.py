"""What people asked and how they liked the answers: the topic of each conversation, and what the documents lack.

Safe to call from any thread and from several processes; every step is one transaction. All of it is erased after the
retention time, and what one person asked when they want it forgotten.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    false,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from bot.opinions import Disliked, Unanswered
from handlers.conversation import Turn
from handlers.gestures import Comment, Rating
from handlers.payloads import InConversation, Privately
from handlers.services import Job

METADATA = MetaData()
#: a thread is followed that long after an answer, in microseconds, and for so many messages
_WHILE: Final = 30 * 60 * 1_000_000
_HEARD: Final = 15
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
    Column("answered", Boolean, nullable=False),
    #: how often more was told of it
    Column("told", Integer, nullable=False, server_default="0"),
    #: whether its figures were shown last
    Column("tabled", Boolean, nullable=False, server_default=false()),
    #: microseconds since 1970, by Slack's clock where it was a message: the order within a conversation
    Column("asked", BigInteger, nullable=False, index=True),
    #: "channel:ts" of the reply, where that is known
    Column("reply", String(255), index=True),
)

_FOLLOWED: Final = Table(
    "followed",
    METADATA,
    Column("conversation", String(255), primary_key=True),
    #: microseconds since 1970: when it was answered last
    Column("since", BigInteger, nullable=False, index=True),
    #: messages since then
    Column("heard", Integer, nullable=False),
)

_OPINIONS: Final = Table(
    "opinions",
    METADATA,
    #: "channel:ts" of the answer
    Column("message", String(255), primary_key=True),
    Column("user", String(255), primary_key=True),
    #: what was asked
    Column("words", Text, nullable=False),
    Column("liked", Boolean, nullable=False),
    Column("comment", Text),
    #: microseconds since 1970
    Column("given", BigInteger, nullable=False, index=True),
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
            "answered": turn.answered,
            "told": turn.told,
            "tabled": turn.tabled,
            "asked": self._asked(job.question.to),
        }
        with suppress(IntegrityError), self.engine.begin() as connection:
            connection.execute(insert(_QUESTIONS).values(row))
            if turn.answered and isinstance(job.question.to, InConversation) and job.question.to.thread:
                _follow(connection, row["conversation"], row["asked"])

    def follows(self, place: InConversation) -> bool:
        """Whether a message goes on with a thread that was answered lately; each one asked about counts."""
        asked = _microseconds(place.asked)
        lately = (_FOLLOWED.c.since < asked) & (_FOLLOWED.c.since >= asked - _WHILE) & (_FOLLOWED.c.heard < _HEARD)
        counted = update(_FOLLOWED).where(_FOLLOWED.c.conversation == conversation(place), lately)
        with self.engine.begin() as connection:
            return connection.execute(counted.values(heard=_FOLLOWED.c.heard + 1)).rowcount == 1

    def recall(self, place: InConversation) -> Turn | None:
        """What a conversation was about before a message in it.

        A thread of direct messages begins with what they were about, its first message included.
        """
        found = self._last(conversation(place), _microseconds(place.asked))
        if found is None and place.thread and place.is_direct:
            found = self._last(place.channel, _microseconds(place.thread) + 1)
        return found

    def replied(self, key: str, message: str) -> None:
        """Note where the reply to a job stands."""
        with self.engine.begin() as connection:
            connection.execute(update(_QUESTIONS).where(_QUESTIONS.c.key == key).values(reply=message))

    def asker(self, message: str) -> str | None:
        """Who asked for the reply that stands there."""
        with self.engine.connect() as connection:
            return connection.execute(select(_QUESTIONS.c.user).where(_QUESTIONS.c.reply == message)).scalar()

    def rate(self, rating: Rating) -> None:
        """Note an opinion, in the place of an earlier one of the same person."""
        row = {"words": rating.words, "liked": rating.liked, "given": self._now()}
        mine = (_OPINIONS.c.message == rating.message) & (_OPINIONS.c.user == rating.user)
        with self.engine.begin() as connection:
            if connection.execute(update(_OPINIONS).where(mine).values(row)).rowcount:
                return
        with suppress(IntegrityError), self.engine.begin() as connection:
            connection.execute(insert(_OPINIONS).values(row | {"message": rating.message, "user": rating.user}))

    def comment(self, comment: Comment) -> None:
        """Add a comment to an opinion."""
        mine = (_OPINIONS.c.message == comment.message) & (_OPINIONS.c.user == comment.user)
        with self.engine.begin() as connection:
            connection.execute(update(_OPINIONS).where(mine).values(comment=comment.text))

    def unanswered(self) -> tuple[Unanswered, ...]:
        """What the documents did not answer, the most asked first; the same words count together."""
        times, last = func.count(), func.max(_QUESTIONS.c.asked)
        lacking = select(_QUESTIONS.c.about, times, last).where(~_QUESTIONS.c.answered).group_by(_QUESTIONS.c.about)
        with self.engine.connect() as connection:
            rows = connection.execute(lacking.order_by(times.desc(), last.desc(), _QUESTIONS.c.about)).all()
        return tuple(Unanswered(about, count, _iso(asked)) for about, count, asked in rows)

    def disliked(self) -> tuple[Disliked, ...]:
        """What somebody did not like, the newest first."""
        rated = select(_OPINIONS).where(~_OPINIONS.c.liked).order_by(_OPINIONS.c.given.desc(), _OPINIONS.c.message)
        with self.engine.connect() as connection:
            rows = connection.execute(rated).all()
        return tuple(Disliked(row.words, row.comment, _iso(row.given)) for row in rows)

    def recent(self, user: str, most: int) -> tuple[str, ...]:
        """The last things a person asked, the newest first, each once."""
        mine = select(_QUESTIONS.c.verb, _QUESTIONS.c.about).where(_QUESTIONS.c.user == user)
        with self.engine.connect() as connection:
            rows = connection.execute(mine.order_by(_QUESTIONS.c.asked.desc()).limit(most * 3)).all()
        asked = (about if verb == "ask" else f"{verb} {about}".strip() for verb, about in rows)
        return tuple(dict.fromkeys(asked))[:most]

    def erase(self, user: str) -> int:
        """Erase what one person asked and thought; returns how many questions that were."""
        with self.engine.begin() as connection:
            connection.execute(delete(_OPINIONS).where(_OPINIONS.c.user == user))
            return connection.execute(delete(_QUESTIONS).where(_QUESTIONS.c.user == user)).rowcount

    def forget(self, days: int) -> int:
        """Erase what is older than ``days``; returns how many questions that were."""
        before = round((self.clock() - days * 86_400) * 1_000_000)
        with self.engine.begin() as connection:
            connection.execute(delete(_OPINIONS).where(_OPINIONS.c.given < before))
            connection.execute(delete(_FOLLOWED).where(_FOLLOWED.c.since < before))
            return connection.execute(delete(_QUESTIONS).where(_QUESTIONS.c.asked < before)).rowcount

    def _last(self, name: str | None, before: int) -> Turn | None:
        said = select(_QUESTIONS).where(_QUESTIONS.c.conversation == name, _QUESTIONS.c.asked < before)
        with self.engine.connect() as connection:
            row = connection.execute(said.order_by(_QUESTIONS.c.asked.desc()).limit(1)).first()
        return Turn(row.verb, row.about, row.answered, row.told, row.tabled) if row else None

    def _asked(self, to: InConversation | Privately) -> int:
        return _microseconds(to.asked) if isinstance(to, InConversation) else self._now()

    def _now(self) -> int:
        return round(self.clock() * 1_000_000)


def conversation(to: InConversation | Privately) -> str | None:
    """What a place is called that keeps its topic."""
    if isinstance(to, Privately):
        return None
    return f"{to.channel}:{to.thread}" if to.thread else to.channel


def _follow(connection: Connection, name: object, asked: object) -> None:
    """A thread was answered: from now on it is followed anew."""
    begun = {"since": asked, "heard": 0}
    if not connection.execute(update(_FOLLOWED).where(_FOLLOWED.c.conversation == name).values(begun)).rowcount:
        connection.execute(insert(_FOLLOWED).values(begun | {"conversation": name}))


def _iso(microseconds: int) -> str:
    return datetime.fromtimestamp(microseconds // 1_000_000, UTC).isoformat()


def _microseconds(ts: str) -> int:
    """Slack's times are seconds with six decimals; what is none comes before everything."""
    seconds, _, rest = ts.partition(".")
    return int(seconds) * 1_000_000 + int(rest[:6].ljust(6, "0")) if _DIGITS.fullmatch(seconds + rest) else 0
