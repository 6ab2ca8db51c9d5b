"""Who is alive on a data directory: a file for each process, locked for as long as the process lives.

The system frees a lock when its holder dies, however it dies, so what is here unlocked was left by the dead.
"""

import fcntl
from pathlib import Path


class Presence:
    """This process among those that serve from one data directory."""

    def __init__(self, directory: Path, name: str) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._directory = directory
        self._path = directory / name
        unseen = directory / f".{name}"
        self._file = unseen.open("w")
        fcntl.flock(self._file, fcntl.LOCK_EX)
        unseen.rename(self._path)  # only now, so that nobody finds it unlocked

    def gone(self) -> tuple[str, ...]:
        """The names of those that died here since anybody last asked: they are named once."""
        found = sorted(self._directory.glob("[!.]*"))
        return tuple(path.name for path in found if path != self._path and _removed(path))

    def end(self) -> None:
        """Leave in good order: nobody will find this process gone."""
        self._path.unlink(missing_ok=True)
        self._file.close()


def _removed(path: Path) -> bool:
    """Remove the file of a dead process; false when it lives, or when another was quicker."""
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
    except (BlockingIOError, FileNotFoundError):
        return False
    return True
