"""Keeps the local bank running: starts its parts in order, restarts what dies, stops them all."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType

from infra.local.children import Child

Say = Callable[[str], None]
_WATCH_S = 0.2
_READY_S = 180.0


def say(text: str) -> None:
    """One line to the person at the terminal."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class Supervisor:
    """Runs children in the order given; `after` runs whenever a child has become ready."""

    def __init__(self, tell: Say = say) -> None:
        self._tell = tell
        self._children: list[tuple[Child, Callable[[], None]]] = []
        self._stop = threading.Event()

    def bring_up(self, child: Child, after: Callable[[], None] = lambda: None) -> None:
        """Starts `child` and waits until it answers. Raises `ChildError` when it does not."""
        self._children.append((child, after))
        child.start()
        child.await_ready(_READY_S)
        after()

    def stop_on_signals(self) -> None:
        """Makes Ctrl-C and SIGTERM end `watch`."""

        def ask(_signum: int, _frame: FrameType | None) -> None:
            self._stop.set()

        signal.signal(signal.SIGINT, ask)
        signal.signal(signal.SIGTERM, ask)

    def watch(self) -> None:
        """Returns when asked to stop; until then every child that dies is started again."""
        while not self._stop.wait(_WATCH_S):
            for child, after in self._children:
                if child.died:
                    self._revive(child, after)

    def _revive(self, child: Child, after: Callable[[], None]) -> None:
        self._tell(f"{child.name} stopped unexpectedly ({child.exit_word}); starting it again")
        child.restart()
        child.await_ready(_READY_S)
        after()
        self._tell(f"{child.name} is back")

    def shut_down(self) -> None:
        """Stops every child, the last started first."""
        for child, _ in reversed(self._children):
            child.stop()
