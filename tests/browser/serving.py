"""A real HTTP server in a thread of this process, for a browser to talk to."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from hypercorn.asyncio import serve
from hypercorn.config import Config
from starlette.types import ASGIApp


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The address of `app`, served on a free port until the block ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    config = Config()
    # The listening socket is handed over: the port is taken from the start, so nothing can race.
    config.bind = [f"fd://{listener.detach()}"]
    config.graceful_timeout = 1
    config.errorlog = None
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def wait_for_stop() -> None:
        await stop.wait()

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(serve(app, config, shutdown_trigger=wait_for_stop))  # type: ignore[arg-type]

    thread = threading.Thread(target=run, name="page-server")
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
