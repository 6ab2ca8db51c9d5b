"""Who lives and who died on a data directory."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.presence import Presence
from tests.conftest import SEEDS

PROCESS = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from bot.presence import Presence
present = Presence(Path(sys.argv[2]), "other")
print("here", flush=True)
sys.stdin.readline()
present.end()
"""


def start(directory: Path) -> "subprocess.Popen[str]":
    arguments = [sys.executable, "-c", PROCESS, str(SEEDS.parent), str(directory)]
    process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    return process


@pytest.mark.parametrize(("killed", "gone"), [(True, ("other",)), (False, ())])
def test_who_is_killed_is_gone_and_who_leaves_is_not(tmp_path: Path, killed: bool, gone: tuple[str, ...]) -> None:
    mine = Presence(tmp_path / "workers", "mine")
    with start(tmp_path / "workers") as process:
        assert mine.gone() == ()
        if killed:
            process.send_signal(signal.SIGKILL)
            process.wait(10)
        else:
            process.communicate("leave\n", timeout=10)
    assert mine.gone() == gone
    assert mine.gone() == ()
    mine.end()
    assert list((tmp_path / "workers").iterdir()) == []


def test_two_of_one_process_see_each_other_alive(tmp_path: Path) -> None:
    one, other = Presence(tmp_path, "one"), Presence(tmp_path, "other")
    assert one.gone() == other.gone() == ()
    other.end()
    assert one.gone() == ()
    one.end()
