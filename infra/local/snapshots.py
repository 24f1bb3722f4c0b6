"""Keeps the embedded AWS's state on disk soon after a change (a second, unless told otherwise), so
that `kill -9` is survived, without making a request wait: a forked child writes a frozen copy of
memory.

The emulator itself saves only on a graceful stop.
"""

from __future__ import annotations

import asyncio
import copy
import gc
import json
import logging
import os
import signal
import time
import warnings
from collections.abc import Callable
from typing import Any, TextIO

logger = logging.getLogger(__name__)

_WRITE_LIMIT_S = 20.0
"""Of the first try: a machine that is too busy for it gets twice as long the next time."""
_PAUSE = 9
"""Times the processor time of a write that the next one waits: they take a tenth at the most."""


class Snapshotter:
    """Calls `save` in a forked child when something changed, at most once per `interval_s`, and
    less often while one change follows the other and writing takes long.
    """

    def __init__(self, save: Callable[[], None], interval_s: float = 1.0) -> None:
        self._save = save
        self._interval_s = interval_s
        self._dirty = False
        self._child: int | None = None
        self._child_started = 0.0
        self._limit_s = _WRITE_LIMIT_S
        self._not_before = 0.0

    def touch(self) -> None:
        """Something changed: the next tick writes it down."""
        self._dirty = True

    async def run(self) -> None:
        """Ticks until it is cancelled."""
        while True:
            await asyncio.sleep(self._interval_s)
            self.tick()

    def tick(self) -> None:
        """Reaps the last writer and starts a new one when there is news."""
        if self._child is not None and not self._reap(self._child):
            return
        if self._dirty and time.monotonic() >= self._not_before:
            self._dirty = False
            self._child, self._child_started = self._fork(), time.monotonic()

    async def finish(self) -> None:
        """Waits for the writer that is still at work, if any."""
        while self._child is not None and not self._reap(self._child):
            await asyncio.sleep(0.01)

    def _fork(self) -> int:
        with warnings.catch_warnings():
            # The child only copies memory to files and leaves by _exit. Should a lock that another
            # thread held at the fork stop it, _reap kills it and the state is written again.
            warnings.simplefilter("ignore", DeprecationWarning)
            pid = os.fork()
        if pid:
            return pid
        status = 1
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            _save_time_in_a_child_that_ends()
            self._save()
            status = 0
        finally:
            os._exit(status)

    def _reap(self, pid: int) -> bool:
        done, status, used = os.wait4(pid, os.WNOHANG)
        if done:
            self._child = None
            self._not_before = time.monotonic() + _PAUSE * (used.ru_utime + used.ru_stime)
            if status:
                logger.warning("a snapshot of the embedded AWS failed; it is written again")
                self._dirty = True
            else:
                self._limit_s = _WRITE_LIMIT_S
            return True
        if time.monotonic() - self._child_started > self._limit_s:
            self._limit_s *= 2
            os.kill(pid, signal.SIGKILL)
        return False


def _save_time_in_a_child_that_ends() -> None:
    """Makes `save` eight times cheaper, for a process that does nothing else and leaves by `_exit`.

    The emulator copies its state before it writes it, since others go on changing it: a fork is a
    copy already. It then writes piece by piece in Python: a whole document is made in C.
    """
    gc.disable()
    setattr(copy, "deepcopy", lambda value, *_: value)  # noqa: B010 - mypy knows its type
    setattr(json, "dump", _dump_whole)  # noqa: B010


def _dump_whole(document: Any, file: TextIO, **how: Any) -> None:
    file.write(json.dumps(document, **how))
