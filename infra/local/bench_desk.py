"""How soon the desk sees a suspicious payment, and the customer what the desk decides: all the way.

An attempt is a card payment of the feed: it is judged, held and booked, and its case goes from
the table's stream by SNS and SQS to Slack's stand-in. A click, or a word in a thread, goes from
Slack's signed request by API Gateway and SQS to the books, and from there by the doorbell to the
open chat. The baseline is what was promised.
"""

from __future__ import annotations

import json
import statistics
import time
import urllib.request
from collections.abc import Callable
from functools import partial
from typing import Any

from infra.local.feed_cli import credential, post
from infra.local.settings import LocalSettings
from infra.local.stream_client import StreamClient, stream_of

_PROMISED_MS = 2000.0
_ATTEMPTS = 10
"""Fewer than the desk takes in a minute before it makes a digest of them."""
_WORDS = 20
_ANALYST = "U0SAM"
_LIMIT_S = 60.0
Message = dict[str, Any]


def measure_the_desk(settings: LocalSettings, token: str, customer: str) -> dict[str, Any]:
    """The three figures, on a bank that runs, for a customer who is signed in by `token`."""
    desk = Desk(settings, customer)
    alerts, clicks = [], []
    with stream_of(settings.port, token) as chat:
        for number in range(_ATTEMPTS + 1):
            case, took = desk.attempt(f"Bench Stores {number}")
            alerts.append(took)
            _hear(chat)  # "was this you?"
            # What was held is given back, what was blocked is cleared: the customer hears of both.
            decision = "case:decline" if "case:release" in _offered(case) else "case:not_fraud"
            clicks.append(_heard_after(chat, partial(desk.press, decision, case)))
        case, _ = desk.attempt("Bench Talks")
        _hear(chat)
        desk.press("case:take_over", case)
        _hear(chat)
        words = [
            _heard_after(chat, partial(desk.say, case, f"Word number {number}."))
            for number in range(_WORDS + 1)
        ]
    # The first of each may start a function.
    return {
        "attempt_to_alert": _figures(alerts[1:]),
        "click_to_open_chat": _figures(clicks[1:]),
        "word_to_open_chat": _figures(words[1:]),
    }


def _offered(message: Message) -> dict[str, str]:
    """The values of the message's buttons, by action."""
    found = [one for block in message["blocks"] for one in block.get("elements", ())]
    return {one["action_id"]: one["value"] for one in found if "action_id" in one}


def _hear(chat: StreamClient) -> None:
    """Wait for what the bank says next, and let it count as shown."""
    chat.send(type="seen", number=chat.await_frame("news")["number"])


def _heard_after(chat: StreamClient, act: Callable[[], None]) -> float:
    """Milliseconds from before `act` to the open chat's next word of the bank."""
    started = time.perf_counter()
    act()
    number = chat.await_frame("news")["number"]
    took = (time.perf_counter() - started) * 1000
    chat.send(type="seen", number=number)
    return took


def _figures(values: list[float]) -> dict[str, Any]:
    """Of so few rounds the slowest stands for the 99th percentile."""
    return {
        "p50_ms": round(statistics.median(values), 1),
        "p99_ms": round(max(values), 1),
        "rounds": len(values),
        "baseline": "promised",
        "baseline_p50_ms": _PROMISED_MS,
        "ratio": round(statistics.median(values) / _PROMISED_MS, 2),
    }


class Desk:
    """A card processor on one side, the analysts on the other, by the stand-in's own API."""

    def __init__(self, settings: LocalSettings, customer: str) -> None:
        self._settings = settings
        self._customer = customer
        self._key = credential(settings)

    def attempt(self, merchant: str) -> tuple[Message, float]:
        """The case's message in Slack, and the milliseconds from the attempt until it was there."""
        sent = {
            "kind": "card_purchase",
            "id": merchant.replace(" ", "-"),
            "at": self._settings.now.isoformat(),
            "customer": self._customer,
            "card": "debit",
            "merchant": merchant,
            "category": "shopping",
            "amount": {"minor": 1_499_00, "currency": "USD"},
        }
        started = time.perf_counter()
        status, answer = post(self._settings, json.dumps(sent).encode(), self._key)
        if status != 201 or answer["decision"] not in ("hold", "block"):
            raise RuntimeError(f"the attempt was not stopped: {answer}")
        case = self._await(merchant)
        return case, (time.perf_counter() - started) * 1000

    def press(self, action: str, message: Message) -> None:
        """Press one of the message's buttons."""
        pressed = {"action_id": action, "value": _offered(message)[action]}
        self._post("press", channel=message["channel"], ts=message["ts"], action=pressed)

    def say(self, message: Message, text: str) -> None:
        """Write in the message's thread."""
        self._post("say", channel=message["channel"], thread=message["ts"], text=text)

    def _await(self, words: str) -> Message:
        """The message that says `words`, as soon as it is shown."""
        deadline = time.monotonic() + _LIMIT_S
        version = -1
        while time.monotonic() < deadline:
            state = self._state(version)
            version = state["version"]
            for message in state["messages"]:
                if not message["thread_ts"] and words in json.dumps(message["blocks"]):
                    return dict(message)
        raise RuntimeError("the desk did not answer")

    def _state(self, after: int) -> Any:
        """The workspace as soon as it is newer than `after`."""
        with urllib.request.urlopen(  # noqa: S310 - loopback http only
            f"{self._settings.endpoint}/analyst/api/state?after={after}", timeout=30
        ) as answer:
            return json.load(answer)

    def _post(self, path: str, **body: Any) -> None:
        request = urllib.request.Request(  # noqa: S310 - loopback http only
            f"{self._settings.endpoint}/analyst/api/{path}",
            json.dumps({"user": _ANALYST, **body}).encode(),
            {"Content-Type": "application/json"},
        )
        urllib.request.urlopen(request, timeout=30).close()  # noqa: S310 - the same
