"""What Slack hands an app for a while: trigger ids (3 s, once) and response URLs (30 min, five times)."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

Refusal = Literal["unknown", "expired", "used"]

TRIGGER_SECONDS = 3.0
RESPONSE_URL_SECONDS = 30 * 60.0
RESPONSE_URL_USES = 5


@dataclass(frozen=True, slots=True)
class Grant:
    """Who may do something where, until when, how often."""

    user: str
    channel: str
    #: the clock's time at which it is over
    until: float
    uses: int
    #: what ``replace_original`` is about: the message whose button was pressed, a command's first answer
    message: str | None = None


@dataclass(slots=True)
class Grants:
    """Grants by their id; using one counts it down."""

    clock: Callable[[], float]
    _open: dict[str, Grant] = field(default_factory=dict)
    _used: dict[str, int] = field(default_factory=dict)

    def issue(self, name: str, grant: Grant) -> str:
        """Hand one out; returns the name for convenience."""
        self._open[name], self._used[name] = grant, 0
        return name

    def trigger(self, name: str, user: str) -> str:
        """A trigger id: one modal, within three seconds."""
        return self.issue(name, Grant(user, "", self.clock() + TRIGGER_SECONDS, 1))

    def response_url(self, name: str, user: str, channel: str, message: str | None = None) -> str:
        """A response URL: five posts, within half an hour."""
        return self.issue(name, Grant(user, channel, self.clock() + RESPONSE_URL_SECONDS, RESPONSE_URL_USES, message))

    def about(self, name: str, message: str) -> None:
        """A command's response URL is from now on about the first message said through it."""
        self._open[name] = replace(self._open[name], message=message)

    def find(self, name: str) -> Grant | None:
        """What was handed out under a name, spent or not."""
        return self._open.get(name)

    def use(self, name: str) -> Grant | Refusal:
        """Use it once, or learn why not."""
        grant = self._open.get(name)
        if grant is None:
            return "unknown"
        if self.clock() > grant.until:
            return "expired"
        if self._used[name] >= grant.uses:
            return "used"
        self._used[name] += 1
        return grant
