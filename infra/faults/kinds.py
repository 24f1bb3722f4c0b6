"""What can happen to one attempt of a request."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """`before` is before the service does anything, `after` when it has done as asked."""

    THROTTLED = "throttled"
    CONFLICT = "conflict"
    """Another transaction is at the same items. For transactions; any other call passes."""
    TIMEOUT_BEFORE = "timeout_before"
    TIMEOUT_AFTER = "timeout_after"
    RESET_BEFORE = "reset_before"
    RESET_AFTER = "reset_after"
    SERVER_ERROR_BEFORE = "server_error_before"
    SERVER_ERROR_AFTER = "server_error_after"
    CRASH_BEFORE = "crash_before"
    CRASH_AFTER = "crash_after"
    TWICE = "twice"
    """It arrives twice; the second answer is heard."""

    @property
    def does_it(self) -> bool:
        """Whether the service does as asked."""
        return self in _DONE


_DONE = frozenset(
    {
        Fault.TIMEOUT_AFTER,
        Fault.RESET_AFTER,
        Fault.SERVER_ERROR_AFTER,
        Fault.CRASH_AFTER,
        Fault.TWICE,
    }
)


class Crash(BaseException):  # no error: no code may handle it
    """The process stops here. Not an `Exception`, so that nothing catches it on its way."""
