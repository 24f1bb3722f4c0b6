"""How a child of the supervisor learns that it should stop: a signal, or the end of its stdin.

The supervisor holds the other end of every child's stdin, so a supervisor that was killed takes its
children with it and no port stays busy.
"""

from __future__ import annotations

import asyncio
import signal
import sys


async def stop_requested() -> None:
    """Returns when this process was asked to stop, or its supervisor is gone."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, stop.set)
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    ended = asyncio.create_task(reader.read())
    asked = asyncio.create_task(stop.wait())
    await asyncio.wait({ended, asked}, return_when=asyncio.FIRST_COMPLETED)
    for task in (ended, asked):
        task.cancel()
