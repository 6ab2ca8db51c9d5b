"""A web site on this machine for tests: a path, and what is done to whoever asks for it."""

import ssl
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

Page = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """A context manager; ``pages`` may be filled at any time, others give 404. With ``tls`` it is https."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        site = self
        self.pages: dict[str, Page] = {}
        #: (path, Host header) of the requests so far
        self.asked: list[tuple[str, str]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, self.headers["Host"]))
                try:
                    site.pages.get(self.path, _nothing)(self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self.port = self._server.server_port

    @property
    def place(self) -> str:
        """As in ALIBABA_FETCH_ALLOW."""
        return f"localhost:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.place}{path}"

    def __enter__(self) -> "Site":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _nothing(handler: BaseHTTPRequestHandler) -> None:
    handler.send_error(404)


def saying(body: bytes, status: int = 200, **headers: str) -> Page:
    """A page with a body and headers, whose names are written with _ for -; HTML unless they say otherwise."""

    def page(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        told = {"Content_Type": "text/html; charset=utf-8", "Content_Length": str(len(body)), **headers}
        for name, value in told.items():
            if value:
                handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return page


def endless(piece: bytes) -> Page:
    """A page that goes on until nobody listens."""

    def page(handler: BaseHTTPRequestHandler) -> None:
        saying(b"", Content_Length="")(handler)
        while True:
            handler.wfile.write(piece)

    return page


def endless_headers(handler: BaseHTTPRequestHandler) -> None:
    """A page that never comes to its body."""
    handler.send_response(200)
    handler.flush_headers()
    while True:
        handler.wfile.write(b"X-A: b\r\n")
