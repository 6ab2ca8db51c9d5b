"""What a digest takes: new documents in a store of many.

python -m tests.bench.digests

The documents are those of :mod:`tests.bench.ledger`: every one tells of what many others tell, with other values.
"""

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from content.library import Library
from tests.bench.ledger import documents, processed
from tests.bench.speed import library, timed

OLD = (1_000, 10_000)
NEW = (0, 1, 50, 300)


def digests(asked: Library, old: int) -> Iterator[str]:
    """Seconds for the last so many documents, and how much it finds."""
    for new in NEW:
        work = partial(asked.digest, old - new)
        found, seconds, processor = work(), timed(work), processed(work)
        yield f"{new:,} new: {seconds:.2f} s, {processor:.2f} s of processor time, {len(found.items)} items"


def main() -> None:
    """Measure and print."""
    for old in OLD:
        with tempfile.TemporaryDirectory() as folder:
            asked = library(Path(folder), documents(old))
            for line in digests(asked, old):
                print(f"{old:,} documents, {line}", flush=True)


if __name__ == "__main__":
    main()
