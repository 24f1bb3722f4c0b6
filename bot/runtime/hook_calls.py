"""Performs the engine's hook calls on threads, within Lex's budget, and keeps a record of them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bot.engine.effects import HookCall, HookFailed, HookOutcome, HookResult, HookTimedOut
from bot.runtime.code_hook import LEX_BUDGET_S, CodeHook, HookError, HookTimeoutError
from bot.runtime.turn_log import HookRecord, redacted_event

Stopwatch = Callable[[], float]


@dataclass(frozen=True, slots=True)
class PerformedCall:
    """What the engine is told, and what an observer may see."""

    outcome: HookOutcome
    record: HookRecord


class HookCaller:
    """Threads for hooks: `threads` of them, so that one slow function cannot stop the others.

    A call that waits too long for a thread has timed out like any other.
    """

    def __init__(
        self,
        *,
        threads: int = 64,
        budget_s: float = LEX_BUDGET_S,
        stopwatch: Stopwatch = time.perf_counter,
    ) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="code-hook")
        self._budget_s = budget_s
        self._stopwatch = stopwatch

    async def perform(self, call: HookCall, hook: CodeHook | None) -> PerformedCall:
        """Invoke `hook` with the call's event; never raises for what the hook does."""
        if hook is None:
            outcome: HookOutcome = HookFailed("the alias has no code hook")
            return PerformedCall(outcome, _record(call, "(none)", outcome, 0.0))
        started = self._stopwatch()
        outcome = await self._outcome(call, hook)
        elapsed_ms = (self._stopwatch() - started) * 1000
        return PerformedCall(outcome, _record(call, hook.target, outcome, elapsed_ms))

    async def _outcome(self, call: HookCall, hook: CodeHook) -> HookOutcome:
        loop = asyncio.get_running_loop()
        answer = loop.run_in_executor(self._threads, hook.invoke, call.event, self._budget_s)
        try:
            return HookResult(await asyncio.wait_for(answer, self._budget_s))
        except (HookTimeoutError, TimeoutError):
            return HookTimedOut()
        except HookError as failure:
            return HookFailed(str(failure))

    def close(self) -> None:
        """Take no more calls; those under way end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _record(call: HookCall, target: str, outcome: HookOutcome, elapsed_ms: float) -> HookRecord:
    failure = None
    if isinstance(outcome, HookFailed):
        failure = outcome.reason
    elif isinstance(outcome, HookTimedOut):
        failure = "no answer within the budget"
    return HookRecord(
        target=target,
        source=call.source,
        label=call.label,
        event=redacted_event(call.event),
        response=outcome.response if isinstance(outcome, HookResult) else None,
        failure=failure,
        duration_ms=elapsed_ms,
    )
