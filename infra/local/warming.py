"""Starts functions' processes before the first customer speaks and the first analyst clicks."""

from __future__ import annotations

import json
from collections.abc import Mapping

from infra.local.settings import BOT_ID, TEST_ALIAS_ID, LocalSettings
from infra.local.stack import FUNCTION_NAME, StackError, aws_client

# A real event with nobody signed in: it goes the whole way and reads nothing of anybody.
_EVENT = {
    "sessionId": "warm-up",
    "invocationSource": "FulfillmentCodeHook",
    "inputTranscript": "help",
    "bot": {"name": "Teller", "localeId": "en_US"},
    "sessionState": {"intent": {"name": "Help", "state": "ReadyForFulfillment"}},
}
# A click is decided while the queue is read, and pushed while a chat asks: two of each at once.
_TWO_AT_ONCE = ("teller-desk", "teller-chat-inbox")
# Slack waits three seconds for an answer, a customer two for a decision: no work, but a process.
_BESIDE: dict[str, object] = {
    "teller-desk": {"Records": []},
    "teller-slack-requests": {"rawPath": "/", "headers": {}, "body": ""},
}
# Nobody is alerted of anything before somebody has spoken: these wait until the first can answer.
_AFTER: dict[str, object] = {
    "teller-stream": {"Records": []},
    # A token that proves nobody is answered with no messages.
    "teller-chat-inbox": {
        "bot_id": BOT_ID,
        "bot_alias_id": TEST_ALIAS_ID,
        "session_id": "warm-up",
        "identity": "warm-up",
    },
}


def warm_up(settings: LocalSettings) -> None:
    """Every function that somebody waits for; only the fulfillment function's answer is awaited.

    Raises `StackError` when it cannot answer even that.
    """
    _wake(settings, _BESIDE)
    ask_for_help(settings)
    _wake(settings, _AFTER)


def _wake(settings: LocalSettings, events: Mapping[str, object]) -> None:
    functions = aws_client("lambda", settings)
    for name, event in events.items():
        for _ in range(2 if name in _TWO_AT_ONCE else 1):
            functions.invoke(
                FunctionName=name, InvocationType="Event", Payload=json.dumps(event).encode()
            )


def ask_for_help(settings: LocalSettings) -> None:
    """One invocation of the fulfillment function that reads nothing. Raises `StackError`."""
    functions = aws_client("lambda", settings)
    answer = functions.invoke(FunctionName=FUNCTION_NAME, Payload=json.dumps(_EVENT).encode())
    if answer.get("FunctionError"):
        raise StackError(f"the fulfillment function fails: {answer['Payload'].read()[:400]!r}")
