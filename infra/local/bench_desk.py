"""How soon the desk sees an alert, and the customer what the desk does: both ways, all the way.

An alert goes from the table's stream by SNS and SQS to Slack's stand-in; what an analyst writes
goes from Slack's signed request by API Gateway and SQS to the books, and from there by the doorbell
to the open chat. A decision goes the same way as a word. The baseline is what was promised.
"""

from __future__ import annotations

import json
import statistics
import time
import urllib.request
from collections.abc import Callable
from typing import Any

from fulfillment.alerts.events import HandOffWanted, security_event
from fulfillment.store.security_events import event_put
from infra.local.settings import LocalSettings
from infra.local.stack import aws_client, outputs
from infra.local.stream_client import stream_of

_PROMISED_MS = 2000.0
_ALERTS = 10
"""Fewer than the desk takes in a minute before it makes a digest of them."""
_ANALYST = "U0SAM"
_LIMIT_S = 60.0


def measure_the_desk(settings: LocalSettings, token: str, customer: str) -> dict[str, Any]:
    """The two figures, on a bank that runs, for a customer who is signed in by `token`."""
    desk = _Desk(settings)
    alerts = [desk.alert(customer, number) for number in range(_ALERTS + 1)]
    case = desk.case_of(customer)
    with stream_of(settings.port, token) as chat:
        desk.press("case:take_over", case)
        chat.await_frame("news")
        words = []
        for number in range(2 * _ALERTS + 1):
            started = time.perf_counter()
            desk.say(case, f"Word number {number}.")
            number_heard = chat.await_frame("news")["number"]
            words.append((time.perf_counter() - started) * 1000)
            chat.send(type="seen", number=number_heard)
    # The first of each starts a function.
    return {"alert_to_slack": _figures(alerts[1:]), "word_to_open_chat": _figures(words[1:])}


def _figures(values: list[float]) -> dict[str, Any]:
    return {
        "p50_ms": round(statistics.median(values), 1),
        "p99_ms": round(max(values), 1),
        "rounds": len(values),
        "baseline": "promised",
        "baseline_p50_ms": _PROMISED_MS,
        "ratio": round(statistics.median(values) / _PROMISED_MS, 2),
    }


class _Desk:
    """The analysts' side, by the stand-in's own API."""

    def __init__(self, settings: LocalSettings) -> None:
        self._settings = settings
        self._table = outputs(settings)["BankTableName"]
        self._dynamodb = aws_client("dynamodb", settings)

    def alert(self, customer: str, number: int) -> float:
        """Milliseconds from an event's transaction to its message in Slack."""
        cause = f"bench-{number}"
        data = HandOffWanted(customer_id=customer, case_id=cause, summary="a benchmark")
        event = security_event(data, cause, self._settings.now, source="bench")
        before = len(self._messages())
        started = time.perf_counter()
        self._dynamodb.transact_write_items(TransactItems=[event_put(self._table, event)])
        self._await(lambda: len(self._messages()) > before)
        return (time.perf_counter() - started) * 1000

    def case_of(self, customer: str) -> dict[str, Any]:
        """The message of a case of the customer's."""
        found = [one for one in self._messages() if customer in json.dumps(one["blocks"])]
        return found[-1]

    def press(self, action: str, message: dict[str, Any]) -> None:
        """Press one of the message's buttons."""
        buttons = [
            one
            for block in message["blocks"]
            for one in block.get("elements", ())
            if one.get("action_id") == action
        ]
        pressed = {"action_id": action, "value": buttons[0]["value"]}
        self._post("press", channel=message["channel"], ts=message["ts"], action=pressed)

    def say(self, message: dict[str, Any], text: str) -> None:
        """Write in the message's thread."""
        self._post("say", channel=message["channel"], thread=message["ts"], text=text)

    def _messages(self) -> list[dict[str, Any]]:
        with urllib.request.urlopen(  # noqa: S310 - loopback http only
            f"{self._settings.endpoint}/analyst/api/state", timeout=30
        ) as answer:
            return [one for one in json.load(answer)["messages"] if not one["thread_ts"]]

    def _post(self, path: str, **body: Any) -> None:
        request = urllib.request.Request(  # noqa: S310 - loopback http only
            f"{self._settings.endpoint}/analyst/api/{path}",
            json.dumps({"user": _ANALYST, **body}).encode(),
            {"Content-Type": "application/json"},
        )
        urllib.request.urlopen(request, timeout=30).close()  # noqa: S310 - the same

    def _await(self, there: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _LIMIT_S
        while not there():
            if time.monotonic() > deadline:
                raise RuntimeError("the desk did not answer")
            time.sleep(0.01)
