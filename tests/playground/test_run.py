"""The playground's command: how it runs, and how it must not begin."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from bot.playground.run import at_home, run
from bot.playground.server import FakeSlack
from bot.settings import load
from bot.slack import StartError
from tests.conftest import SEEDS


@pytest.mark.parametrize("port", [-1, 65536, 80000, 10**20])
async def test_what_is_no_port_ends_in_one_line(port: int) -> None:
    with pytest.raises(StartError, match=f"^{port} is not a port: .* 65535, for example --port 8766\\.$"):
        await run(load(_env_file=None), port, open_page=False)


async def test_a_taken_port_ends_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(StartError, match=f"^Port {port} is taken: .*--port 8766\\.$"):
            await run(load(_env_file=None), port, open_page=False)


def test_the_playground_runs_beside_a_workspace(tmp_path: Path) -> None:
    """It says where it is, shows its page, stops when asked to, and leaves the workspace's claims alone."""
    environment = os.environ | {"ALIBABA_DATA_DIR": str(tmp_path), "PYTHONPATH": str(SEEDS.parent)}
    command = [sys.executable, "-m", "bot", "playground", "--port", "0", "--no-open"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    address = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert address, line
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address[0], timeout=10) as page:
        assert "Try asking" in page.read().decode()
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    process.stdout.close()
    assert not (tmp_path / "claims.db").exists()


@pytest.mark.parametrize(
    ("leads_to", "zone"),
    [
        ("usr/share/zoneinfo/Asia/Shanghai", "Asia/Shanghai"),
        ("var/db/timezone/zoneinfo/Etc/UTC", "UTC"),
        ("usr/share/zoneinfo/Mars/Base", "Europe/Madrid"),
        ("somewhere", "Europe/Madrid"),
    ],
)
def test_the_person_lives_where_the_machine_does(tmp_path: Path, leads_to: str, zone: str) -> None:
    target = tmp_path / leads_to
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch()
    (tmp_path / "localtime").symlink_to(target)
    slack = FakeSlack()
    at_home(slack, tmp_path / "localtime")
    assert slack.workspace.users["UANA"].tz == zone
