"""All benchmarks, one after the other: ``make bench``, with ``ARGS="--data DIR"`` for those on judged data."""

import argparse
import subprocess
import sys

#: module → whether it measures on judged data, which is not part of the project
BENCHES = {
    "speed": False,
    "ack_load": False,
    "load": False,
    "ledger": False,
    "digests": False,
    "advertising": False,
    "figures": True,
    "retrieval": True,
    "spelling": True,
    "answers": True,
    "answer_speed": False,
    "summaries": True,
    "html": True,
    "scale": False,
}


def main() -> int:
    """Run them; returns 1 when one failed."""
    options = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    options.add_argument(
        "--data",
        metavar="DIR",
        help="a folder with answers/, figures/, html/, retrieval/, spelling/ and summaries/ in it",
    )
    data = options.parse_args().data
    failed = 0
    for bench, judged in BENCHES.items():
        if judged and not data:
            print(f"\n{bench}: left out, it needs --data DIR", flush=True)
            continue
        print(f"\n{bench}", flush=True)
        more = ["--data", f"{data}/{bench}"] if judged else []
        failed |= subprocess.run([sys.executable, "-m", f"tests.bench.{bench}", *more], check=False).returncode
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
