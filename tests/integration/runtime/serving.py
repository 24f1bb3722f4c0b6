"""Routes served by the real HTTP server on a free loopback port, in a thread of this process."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from hypercorn.asyncio import serve
from hypercorn.config import Config
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute


@contextmanager
def served(routes: Sequence[BaseRoute], middleware: Sequence[Middleware] = ()) -> Iterator[str]:
    """The endpoint URL, for as long as the block runs."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    config = Config()
    config.bind = [f"fd://{listening.detach()}"]
    config.errorlog = None
    config.graceful_timeout = 0.2
    stop = threading.Event()
    app: Any = Starlette(routes=list(routes), middleware=list(middleware))

    async def run() -> None:
        async def stopped() -> None:
            await asyncio.to_thread(stop.wait)

        await serve(app, config, shutdown_trigger=stopped)

    thread = threading.Thread(target=asyncio.run, args=[run()])
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        stop.set()
        thread.join(10)
