"""Connections for :mod:`content.fetch`: to the very address that was checked, and none lasts past its deadline."""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable
from typing import Any

import httpcore
import httpx

from content.addresses import Address, Allowed
from content.errors import Refused

#: seconds a connection may stay silent
SILENCE = 10.0


Resolve = Callable[[str, int], list[Address]]


class Checked(httpcore.NetworkBackend):
    """Resolves a name once, checks every address it has, and connects to the first: TLS and Host keep the name."""

    def __init__(self, allowed: Allowed, resolve: Resolve, left: Callable[[], float]) -> None:
        """``left`` tells how many seconds there are until the deadline."""
        self._allowed = allowed
        self._resolve = resolve
        self._left = left
        self._real: httpcore.NetworkBackend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect; raises :class:`Refused` when the host has an address that is not public."""
        found = self._resolve(host, port)
        if not all(self._allowed.admits(host, port, address) for address in found):
            raise Refused(f"{host} is not on the public web; ALIBABA_FETCH_ALLOW can open it")
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in found:
            try:
                stream = self._real.connect_tcp(str(address), port, _within(self._left(), timeout))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Timed(stream, self._left)
        raise failure or httpcore.ConnectError(f"{host} has no address")


class _Timed(httpcore.NetworkStream):
    """A stream that is read and written until a deadline only."""

    def __init__(self, stream: httpcore.NetworkStream, left: Callable[[], float]) -> None:
        self._stream = stream
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _within(self._left(), timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _within(self._left(), timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, _within(self._left(), timeout)), self._left)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def transport(backend: httpcore.NetworkBackend, context: ssl.SSLContext) -> httpx.HTTPTransport:
    """An httpx transport whose connections are the backend's."""
    made = httpx.HTTPTransport(verify=context, trust_env=False)
    # httpx has no argument for the network; the pool is what its own constructor would have made
    made._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=backend)
    return made


def addresses(host: str, port: int) -> list[Address]:
    """What the system's resolver knows of a host, in its order of preference."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host} cannot be found") from error
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def _within(left: float, timeout: float | None) -> float:
    if left <= 0:
        raise httpcore.ReadTimeout("the time for this address is over")
    return min(left, SILENCE if timeout is None else timeout)
