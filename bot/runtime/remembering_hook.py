"""A code hook whose last event can be delivered a second time, as Lambda itself may do."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from bot.runtime.code_hook import LEX_BUDGET_S, CodeHook


class RememberingHook:
    """Passes events on to `inner` and keeps the last one of each session, of `sessions` at most.

    For tests and rehearsals: an event holds whatever secrets the channel sent with its turn.
    """

    def __init__(self, inner: CodeHook, sessions: int = 1000) -> None:
        self._inner = inner
        self._sessions = sessions
        self._lock = threading.Lock()
        self._last: OrderedDict[str, Mapping[str, Any]] = OrderedDict()

    @property
    def target(self) -> str:
        return self._inner.target

    def invoke(self, event: Mapping[str, Any], budget_s: float) -> Any:
        """See `CodeHook.invoke`."""
        with self._lock:
            self._last[str(event["sessionId"])] = event
            self._last.move_to_end(str(event["sessionId"]))
            if len(self._last) > self._sessions:
                self._last.popitem(last=False)
        return self._inner.invoke(event, budget_s)

    def again(self, session_id: str, budget_s: float = LEX_BUDGET_S) -> Any:
        """The hook's answer to the session's last event, delivered once more.

        The session itself does not hear of it. Raises `LookupError` when there was no event.
        """
        with self._lock:
            event = self._last.get(session_id)
        if event is None:
            raise LookupError(f"no event of the session {session_id} is remembered")
        return self._inner.invoke(event, budget_s)

    def close(self) -> None:
        self._inner.close()
