"""A server that gives the answers of recorded turns, in their order, over and over."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from typing import Any


@contextmanager
def served(record: Mapping[str, Any]) -> Iterator[int]:
    """The port on which DynamoDB and Secrets Manager answer; `GET /NAME` begins that turn."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(record))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def _handler(record: Mapping[str, Any]) -> type[BaseHTTPRequestHandler]:
    answers: Iterator[bytes] = iter(())

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            nonlocal answers
            calls = record["turns"][self.path[1:]]["calls"]
            answers = cycle([json.dumps(call["answer"]).encode() for call in calls])
            self._say(b"{}")

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            service = self.headers["X-Amz-Target"].partition(".")[0]
            if service == "secretsmanager":
                self._say(json.dumps({"SecretString": record["secret"]}).encode())
            else:
                self._say(next(answers))

        def _say(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/x-amz-json-1.0")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    return Handler
