"""Answers HTTP on connections that are kept open: werkzeug's own handler closes each one after its answer."""

import io
import traceback
from typing import Any

from moto.moto_server.werkzeug_app import MotoRequestHandler
from turns import turn


class Handler(MotoRequestHandler):
    """One request a time and connection, each with a body of known length; no line a request."""

    protocol_version = "HTTP/1.1"
    # An answer leaves in one piece and at once, instead of waiting for a delayed acknowledgement (40 ms a call).
    disable_nagle_algorithm = True
    wbufsize = -1

    def run_wsgi(self) -> None:
        if self.headers.get("Expect", "").lower().strip() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.wfile.flush()
        environ = self.make_environ()
        # Read to its end before anybody answers, or the rest would be taken for the next request.
        if not environ.get("wsgi.input_terminated"):
            environ["wsgi.input"] = io.BytesIO(self.rfile.read(int(self.headers.get("content-length") or 0)))
        status, headers, body = self.answer(environ)
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        names = {name.lower() for name, _ in headers}
        if "content-length" not in names and code not in ("204", "304"):
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        if environ["REQUEST_METHOD"] != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

    def answer(self, environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]], bytes]:
        started: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            started[:] = [status, headers]

        try:
            with turn:
                chunks = self.server.app(environ, start_response)
                try:
                    body = b"".join(chunks)
                finally:
                    if hasattr(chunks, "close"):
                        chunks.close()
        except Exception:
            # A bug of the emulator: the caller sees where, since it would look like AWS's fault otherwise.
            return "500 Internal Server Error", [("content-type", "text/plain")], traceback.format_exc().encode()
        return started[0], started[1], body

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Nothing: a line a request would cost more than many of the requests."""
