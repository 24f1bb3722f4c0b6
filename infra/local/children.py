"""One child process of the local bank: started, watched, restarted when it dies, and stopped."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

_STOP_S = 8.0
_FLAPPING_DEATHS = 5
_FLAPPING_WINDOW_S = 60.0


class ChildError(RuntimeError):
    """A part of the bank did not come up or keeps dying; the message names it."""


@dataclass
class Child:
    """A process that answers 200 on `ready_url` once it works."""

    name: str
    module: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    ready_url: str
    _process: subprocess.Popen[bytes] | None = None
    _deaths: deque[float] = field(default_factory=deque)

    def start(self) -> None:
        # Its stdin is the lifeline: it stops when the supervisor is gone (see lifeline.py).
        self._process = subprocess.Popen(  # noqa: S603 - our own module, our own arguments
            [sys.executable, "-m", self.module, *self.arguments],
            env=dict(self.environment),
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    @property
    def died(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    @property
    def exit_word(self) -> str:
        code = self._process.returncode if self._process else None
        return f"signal {-code}" if code is not None and code < 0 else f"status {code}"

    def await_ready(self, limit_s: float) -> None:
        """Returns once the child answers. Raises `ChildError` when it dies or takes too long."""
        deadline = time.monotonic() + limit_s
        while not answers(self.ready_url):
            if self.died:
                raise ChildError(f"{self.name} stopped while starting ({self.exit_word})")
            if time.monotonic() > deadline:
                raise ChildError(f"{self.name} did not answer within {limit_s:.0f} s")
            time.sleep(0.05)

    def restart(self) -> None:
        """Starts it again after a death. Raises `ChildError` when it keeps dying."""
        now = time.monotonic()
        self._deaths.append(now)
        while self._deaths and now - self._deaths[0] > _FLAPPING_WINDOW_S:
            self._deaths.popleft()
        if len(self._deaths) >= _FLAPPING_DEATHS:
            raise ChildError(f"{self.name} died {len(self._deaths)} times within a minute")
        self.start()

    def stop(self) -> None:
        """Asks it to stop, and insists after a while."""
        if self._process is None or self.died:
            return
        self._process.terminate()
        try:
            self._process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def answers(url: str) -> bool:
    """Whether `url` (loopback) answers 200 now."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310 - loopback http only
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
