"""A bank's channel API on loopback: what it was asked is kept, what it answers is told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Asked = tuple[str, dict[str, Any], str | None]
"""Path, body, Authorization header."""

REFUSED = {"error": {"code": "unknown_customer", "message": "We don't know that customer."}}


@dataclass
class FakeBank:
    """Signs in "maya" and anybody anonymous; answers messages from `replies`, in order."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    replies: list[tuple[int, Any]] = field(default_factory=list)

    def answer(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        if path == "/chat/messages":
            return self.replies.pop(0)
        if body.get("anonymous"):
            return 200, {"access_token": "token-of-nobody", "expires_in": 3600, "customer": None}
        if body.get("customer") != "maya":
            return 404, REFUSED
        customer = {"id": "maya", "name": "Maya Lindqvist"}
        return 200, {"access_token": "token-of-maya", "expires_in": 3600, "customer": customer}


def reply(*texts: str, intent: str | None = None, buttons: tuple[str, ...] = ()) -> tuple[int, Any]:
    """An answer of the channel with these messages and, if any, one card of these buttons."""
    messages: list[dict[str, Any]] = [
        {"contentType": "PlainText", "content": text} for text in texts
    ]
    if buttons:
        shown = [{"text": text, "value": f"the {text.lower()} one"} for text in buttons]
        card = {"title": "Choose", "subtitle": None, "imageUrl": None, "buttons": shown}
        messages.append({"contentType": "ImageResponseCard", "imageResponseCard": card})
    return 200, {"messages": messages, "intent": intent, "state": "InProgress", "session_id": "s"}


@contextmanager
def open_bank() -> Iterator[FakeBank]:
    """A bank that is open while the block runs."""
    bank = FakeBank()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            bank.asked.append((self.path, body, self.headers["Authorization"]))
            status, answer = bank.answer(self.path, body)
            payload = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, *_: Any) -> None:
            """Say nothing on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
    thread.start()
    bank.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield bank
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
