"""Answers HTTP on connections that are kept open, in one thread: werkzeug's own server has a thread a connection, and
closes each after its answer. One request a time and connection, each with a body of known length.
"""

import asyncio
import io
import sys
import traceback
from typing import Any
from urllib.parse import unquote

from turns import Waits, turn

Answer = tuple[str, list[tuple[str, str]], bytes]


def environ_of(head: str, body: bytes, port: int) -> dict[str, Any]:
    """The request as WSGI has it (PEP 3333: text is latin-1)."""
    first, *lines = head.split("\r\n")
    method, url, protocol = first.split(" ")
    path, _, query = url.partition("?")
    environ: dict[str, Any] = {
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(path, "latin-1"),
        "QUERY_STRING": query,
        "REQUEST_URI": url,
        "RAW_URI": url,
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": protocol,
    }
    for line in lines:
        name, _, value = line.partition(":")
        # WSGI can't tell an underscore from a hyphen, so no header with one may come.
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        environ[key] = f"{environ[key]},{value.strip()}" if key in environ else value.strip()
    return environ


def answer_of(app: Any, environ: dict[str, Any]) -> Answer:
    """Runs the request by itself. Raises Waits where it has to wait for others and may not in this thread."""
    started: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        started[:] = [status, headers]

    try:
        with turn:
            chunks = app(environ, start_response)
            try:
                body = b"".join(chunks)
            finally:
                if hasattr(chunks, "close"):
                    chunks.close()
    except Waits:
        raise
    except Exception:
        # A bug of the emulator: the caller sees where, since it would look like AWS's fault otherwise.
        return "500 Internal Server Error", [("content-type", "text/plain")], traceback.format_exc().encode()
    return started[0], started[1], body


def written(method: str, answer: Answer) -> bytes:
    status, headers, body = answer
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
    if not any(name.lower() == "content-length" for name, _ in headers) and status[:3] not in ("204", "304"):
        lines.append(f"content-length: {len(body)}")
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")
    return head if method == "HEAD" else head + body


class Connection(asyncio.Protocol):
    """One client's connection."""

    def __init__(self, app: Any, port: int):
        self.app = app
        self.port = port
        self.arrived = bytearray()
        self.expected: int | None = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.arrived += data
        while self.take():
            pass

    def take(self) -> bool:
        """Answers the first request, once it is here as a whole."""
        if self.expected is None:
            end = self.arrived.find(b"\r\n\r\n")
            if end < 0:
                return False
            self.head = self.arrived[:end].decode("latin-1")
            fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in self.head.split("\r\n")[1:])}
            del self.arrived[: end + 4]
            self.expected = int(fields.get("content-length", 0))
            if fields.get("expect", "").lower() == "100-continue":
                self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        if len(self.arrived) < self.expected:
            return False
        body = bytes(self.arrived[: self.expected])
        del self.arrived[: self.expected]
        self.expected = None
        environ = environ_of(self.head, body, self.port)
        method = environ["REQUEST_METHOD"]
        try:
            self.transport.write(written(method, answer_of(self.app, environ)))
        except Waits:
            again = environ_of(self.head, body, self.port)
            waiting = asyncio.get_running_loop().run_in_executor(None, answer_of, self.app, again)
            waiting.add_done_callback(lambda done: self.transport.write(written(method, done.result())))
        return True
