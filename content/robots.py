"""robots.txt as RFC 9309 reads it: the longest rule that matches decides, and allowing wins a tie."""

from collections.abc import Iterator
from dataclasses import dataclass

#: Bytes a robots.txt may have; of a longer one nobody can say what it allows.
LONGEST_ROBOTS = 500_000

Rule = tuple[bool, str]


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for one program, (allowed, pattern) each."""

    rules: tuple[Rule, ...] = ()

    def allow(self, path: str) -> bool:
        """Whether a path (with its query) may be fetched.

        >>> Robots(((False, "/a"), (True, "/a/*.html$"))).allow("/a/b.html")
        True
        """
        if path == "/robots.txt":
            return True
        fitting = [(len(pattern), allowed) for allowed, pattern in self.rules if _fits(pattern, path)]
        return max(fitting)[1] if fitting else True


NOTHING_ALLOWED = Robots(((False, "/"),))


def read(text: str, program: str) -> Robots:
    """The rules of a robots.txt for a program; where it is not named, those for everybody."""
    groups: dict[str, tuple[Rule, ...]] = {program.lower(): (), "*": ()}
    named, agents, listing = False, set[str](), True
    for field, value in _fields(text):
        if field == "user-agent":
            agents = {*(agents if listing else ()), value.lower()}
            named, listing = named or value.lower() == program.lower(), True
        elif field in ("allow", "disallow"):
            listing = False
            for agent in agents & groups.keys():
                groups[agent] += ((field == "allow", value),) if value else ()
    return Robots(groups[program.lower() if named else "*"])


def _fields(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield field.strip().lower(), value.strip()


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins with a pattern, in which * is anything and a last $ the end; in linear time."""
    ends = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for position, piece in enumerate(others):
        last = ends and position == len(others) - 1
        found = path.rfind(piece, at) if last else path.find(piece, at)
        if found < 0 or (last and found + len(piece) != len(path)):
            return False
        at = found + len(piece)
    return not ends or bool(others) or at == len(path)
