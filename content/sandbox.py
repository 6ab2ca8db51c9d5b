"""Formats whose parsers can be led astray are parsed in a process of their own, bounded in time and memory.

What a parser does there (crash, hang, eat memory) ends in an error for that document; the next one finds a new
process. It is started by the first document that needs it, so nobody else waits for the parsers to be imported.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from content.errors import Malformed, TooLarge, UnreadableDocument

Kind = Literal["html", "pdf", "feed"]
#: seconds for one document
PATIENCE = 30.0
#: bytes of address space of the process
MEMORY = 1_500_000_000
#: nothing of ours: tokens are none of a parser's business, and the same file gives the same text every time
_ENVIRONMENT = {"PYTHONHASHSEED": "0"}
_PROJECT = Path(__file__).resolve().parent.parent


class Sandbox:
    """A context manager; within it, ``parse`` may be called any number of times, from one thread."""

    def __init__(self, patience: float = PATIENCE, memory: int = MEMORY) -> None:
        self._patience = patience
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def parse(self, kind: Kind, data: bytes, about: Mapping[str, str]) -> dict[str, Any]:
        """What the module of that kind makes of a document; raises :class:`UnreadableDocument`.

        ``about`` is what is known of it from elsewhere: its "url", its "charset".
        """
        process = self._process = self._process or self._start()
        late = threading.Timer(self._patience, process.kill)
        late.start()
        try:
            answer = _exchanged(process, json.dumps({"kind": kind, "bytes": len(data), "about": dict(about)}), data)
        finally:
            late.cancel()
        if not answer:
            killed = self._end() == -9
            raise self._given_up(killed)
        parsed: dict[str, Any] = json.loads(answer)
        if "error" in parsed:
            raise UnreadableDocument(parsed["error"])
        return parsed

    def _given_up(self, killed: bool) -> UnreadableDocument:
        if killed:
            return TooLarge(f"reading it took longer than the {self._patience:g} seconds there are for a document")
        return Malformed("it is damaged and cannot be read")

    def _start(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "content.parsing", str(self._memory)]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, cwd=_PROJECT, env=_ENVIRONMENT, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
        )

    def _end(self) -> int:
        """Let go of the process, if there is one; returns its exit status, negative when a signal ended it."""
        if (process := self._process) is None:
            return 0
        self._process = None
        process.communicate()
        return process.returncode


def _exchanged(process: "subprocess.Popen[bytes]", head: str, data: bytes) -> bytes:
    """The line the process answers with; nothing when it died of the question."""
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(head.encode() + b"\n" + data)
        process.stdin.flush()
    except BrokenPipeError:
        return b""
    return process.stdout.readline()
