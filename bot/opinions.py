"""What the documents lack, as people have shown it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question the documents did not answer."""

    question: str
    times: int
    #: ISO 8601, UTC
    last: str


@dataclass(frozen=True, slots=True)
class Disliked:
    """An answer somebody did not like."""

    question: str
    comment: str | None
    #: ISO 8601, UTC
    given: str
