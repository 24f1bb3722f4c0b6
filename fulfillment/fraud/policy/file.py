"""A policy file that is read again when it has changed, and never replaced by a broken one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fulfillment.fraud.policy.model import Policy, PolicyError, read_policy

_Stamp = tuple[int, int]


class PolicyFile:
    """The policy in `path` as it stands now.

    A change that cannot be read is told to `complain`, once, and the policy before it stays.
    Raises `PolicyError` or `OSError` when it cannot even be read the first time.
    """

    def __init__(self, path: Path, complain: Callable[[str], object] = lambda _: None) -> None:
        self._path = path
        self._complain = complain
        self._stamp = self._look()
        self._policy = read_policy(path.read_text(encoding="utf-8"))

    def current(self) -> Policy:
        """One look at the file's date and size; the file itself is read only after a change."""
        try:
            stamp = self._look()
            if stamp == self._stamp:
                return self._policy
            self._stamp = stamp
            self._policy = read_policy(self._path.read_text(encoding="utf-8"))
        except (OSError, PolicyError) as fault:
            self._complain(f"the fraud policy stays as it was: {fault}")
        return self._policy

    def _look(self) -> _Stamp:
        status = self._path.stat()
        return status.st_mtime_ns, status.st_size
