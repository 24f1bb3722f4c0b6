"""What a code hook is to the runtime: something that answers one Lex event within a budget."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol

LEX_BUDGET_S = 30.0
"""Lex waits this long for a Lambda and no longer (developer guide, "Using a Lambda function")."""

MAX_EVENT_BYTES = 12 * 1024
"""Lex sends no larger event to a hook (developer guide, quotas)."""

MAX_RESPONSE_BYTES = 25 * 1024
"""Lex reads no larger answer from a hook (developer guide, quotas)."""


class HookError(Exception):
    """The hook gave no answer: it raised, was not found, or could not be reached."""


class HookTimeoutError(HookError):
    """The hook did not answer within its budget."""

    def __init__(self, budget_s: float) -> None:
        super().__init__(f"the code hook did not answer within {budget_s:g} seconds")


class CodeHook(Protocol):
    """A function that Lex invokes; called from several threads at once."""

    @property
    def target(self) -> str:
        """How a developer would name it: an ARN, a URL or `module:function`."""

    def invoke(self, event: Mapping[str, Any], budget_s: float) -> Any:
        """The function's answer, any JSON value, to `event`; blocks for at most `budget_s` seconds.

        Raises `HookError` or `HookTimeoutError`.
        """

    def close(self) -> None:
        """Let go of connections and processes. The hook is not used afterwards."""


def encode_event(event: Mapping[str, Any]) -> bytes:
    """The event as Lambda receives it. Raises `HookError` when Lex would not send it."""
    payload = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    if len(payload) > MAX_EVENT_BYTES:
        raise HookError(
            f"the event has {len(payload)} bytes; Lex sends at most {MAX_EVENT_BYTES}"
            " (shorten the session and request attributes)"
        )
    return payload


def decode_answer(payload: bytes) -> Any:
    """The JSON value a hook answered. Raises `HookError` when it is not JSON or is too large."""
    if len(payload) > MAX_RESPONSE_BYTES:
        raise HookError(
            f"the code hook answered {len(payload)} bytes; Lex reads at most {MAX_RESPONSE_BYTES}"
        )
    try:
        return json.loads(payload)
    except (ValueError, RecursionError) as fault:
        raise HookError("the code hook's answer is not JSON") from fault


def raised(error: Any) -> HookError:
    """The failure told by Lambda's error document: `errorType` and `errorMessage`."""
    if not isinstance(error, Mapping):
        return HookError("the code hook failed and did not say why")
    kind = error.get("errorType") or "Error"
    message = error.get("errorMessage") or "no message"
    return HookError(f"the code hook raised {kind}: {message}")
