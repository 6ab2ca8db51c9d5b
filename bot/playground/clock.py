"""The clock of the playground, which people may turn."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Clock:
    """A clock that runs ahead of another, since somebody turned it."""

    real: Callable[[], float]
    ahead: float = 0.0

    def __call__(self) -> float:
        """Seconds since 1970."""
        return self.real() + self.ahead

    def turn(self, moment: float) -> None:
        """It is that moment now; time never goes back."""
        self.ahead += max(0.0, moment - self())
