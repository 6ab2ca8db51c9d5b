"""Trouble on demand: what the next calls of a Web API method shall suffer."""

from collections import defaultdict, deque
from collections.abc import Collection
from dataclasses import dataclass, field

#: the name under which uses of a response_url are planned and recorded
RESPONSE_URL = "response_url"


@dataclass(frozen=True, slots=True)
class Fault:
    """One call's trouble. ``accepted``: the call takes effect all the same, only its caller does not learn so."""

    error: str | None = None
    status: int = 200
    retry_after: int | None = None
    #: seconds before the answer
    delay: float = 0.0
    #: break the connection instead of answering
    drop: bool = False
    accepted: bool = False
    #: the id of a channel or a person: only calls about it suffer
    about: str | None = None

    @property
    def answers(self) -> bool:
        """The caller gets the true answer, late at worst."""
        return not (self.error or self.drop or self.status != 200)


NO_FAULT = Fault()


@dataclass(slots=True)
class Faults:
    """The plan: a queue of faults for each method, taken one per call."""

    _waiting: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))

    def plan(self, method: str, fault: Fault, times: int = 1) -> None:
        """The next ``times`` calls of the method suffer this."""
        self._waiting[method].extend([fault] * times)

    def error(self, method: str, code: str, times: int = 1) -> None:
        """``{"ok": false, "error": code}``."""
        self.plan(method, Fault(error=code), times)

    def status(self, method: str, status: int, times: int = 1, *, accepted: bool = False) -> None:
        """An HTTP status such as 500."""
        self.plan(method, Fault(status=status, accepted=accepted), times)

    def limit(self, method: str, times: int = 1, *, retry_after: int = 1) -> None:
        """429 with ``Retry-After``."""
        self.plan(method, Fault(error="ratelimited", status=429, retry_after=retry_after), times)

    def slow(self, method: str, seconds: float, times: int = 1) -> None:
        """The call takes effect at once and is answered late."""
        self.plan(method, Fault(delay=seconds, accepted=True), times)

    def drop(self, method: str, times: int = 1, *, accepted: bool = True) -> None:
        """The connection breaks, by default after the call took effect."""
        self.plan(method, Fault(drop=True, accepted=accepted), times)

    def take(self, method: str, about: Collection[str] = ()) -> Fault:
        """The fault of the call that is being made, ``about`` these channels and people."""
        queue = self._waiting[method]
        fault = next((each for each in queue if each.about is None or each.about in about), NO_FAULT)
        if fault is not NO_FAULT:
            queue.remove(fault)
        return fault
