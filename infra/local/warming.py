"""Starts the fulfillment function's process before the first customer speaks."""

from __future__ import annotations

import json

from infra.local.settings import LocalSettings
from infra.local.stack import FUNCTION_NAME, StackError, aws_client

# A real event with nobody signed in: it goes the whole way and reads nothing of anybody.
_EVENT = {
    "sessionId": "warm-up",
    "invocationSource": "FulfillmentCodeHook",
    "inputTranscript": "help",
    "bot": {"name": "Teller", "localeId": "en_US"},
    "sessionState": {"intent": {"name": "Help", "state": "ReadyForFulfillment"}},
}


def warm_up(settings: LocalSettings) -> None:
    """One invocation. Raises `StackError` when the function cannot answer even that."""
    answer = aws_client("lambda", settings).invoke(
        FunctionName=FUNCTION_NAME, Payload=json.dumps(_EVENT).encode()
    )
    if answer.get("FunctionError"):
        raise StackError(f"the fulfillment function fails: {answer['Payload'].read()[:400]!r}")
