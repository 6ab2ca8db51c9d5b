"""The playground's command, as far as it must not begin."""

import socket

import pytest

from bot.playground.run import run
from bot.settings import load
from bot.slack import StartError


@pytest.mark.parametrize("port", [-1, 65536, 80000, 10**20])
async def test_what_is_no_port_ends_in_one_line(port: int) -> None:
    with pytest.raises(StartError, match=f"^{port} is not a port: .* 65535, for example --port 8766\\.$"):
        await run(load(_env_file=None), port, open_page=False)


async def test_a_taken_port_ends_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(StartError, match=f"^Port {port} is taken: .*--port 8766\\.$"):
            await run(load(_env_file=None), port, open_page=False)
