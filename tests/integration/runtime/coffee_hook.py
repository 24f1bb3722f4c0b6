"""The code hook of the coffee counter: takes orders, and fails in each way a hook can fail."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any

PRICES = {"espresso": "2.50", "flat white": "4.00", "cappuccino": "3.80", "filter coffee": "3.00"}


def handler(event: dict[str, Any], _context: Any) -> Any:
    """Answer one Lex event. The session attribute `mood` makes it misbehave."""
    mood = (event["sessionState"].get("sessionAttributes") or {}).get("mood", "")
    misbehave = MOODS.get(mood)
    if misbehave is not None:
        return misbehave()
    if event["invocationSource"] == "FulfillmentCodeHook":
        return fulfil(event)
    return advise(event)


def advise(event: dict[str, Any]) -> dict[str, Any]:
    """Let Lex go on, but never with decaf."""
    state = event["sessionState"]
    drink = value_of(state["intent"]["slots"].get("drink"))
    if drink != "decaf":
        return answer(event, {"type": "Delegate"})
    state["intent"]["slots"]["drink"] = None
    return answer(
        event,
        {"type": "ElicitSlot", "slotToElicit": "drink"},
        {"contentType": "PlainText", "content": "We have no decaf. Something else?"},
    )


def fulfil(event: dict[str, Any]) -> dict[str, Any]:
    """Make the coffee, count the visit, and tell the caller who asked for what."""
    state = event["sessionState"]
    drink = value_of(state["intent"]["slots"]["drink"])
    attributes = dict(state.get("sessionAttributes") or {})
    attributes["visits"] = str(int(attributes.get("visits", "0")) + 1)
    state["sessionAttributes"] = attributes
    state["intent"]["state"] = "Fulfilled"
    order = answer(
        event,
        {"type": "Close"},
        {"contentType": "PlainText", "content": f"That is ${PRICES[drink]}. Enjoy!"},
    )
    sent = event.get("requestAttributes") or {}
    return {**order, "requestAttributes": {"barista": sent.get("counter", "nobody")}}


def answer(
    event: dict[str, Any], action: dict[str, Any], *messages: dict[str, Any]
) -> dict[str, Any]:
    """A response in Lex's form."""
    state = event["sessionState"]
    response: dict[str, Any] = {
        "sessionState": {
            "dialogAction": action,
            "intent": state["intent"],
            "sessionAttributes": state.get("sessionAttributes") or {},
        }
    }
    if messages:
        response["messages"] = list(messages)
    return response


def value_of(slot: dict[str, Any] | None) -> str:
    """What a slot was understood as; empty when it holds nothing."""
    return str(slot["value"]["interpretedValue"]) if slot else ""


def _fail() -> Any:
    raise RuntimeError("out of beans")


def _hang() -> Any:
    threading.Event().wait()


MOODS: dict[str, Callable[[], Any]] = {
    "failing": _fail,
    "hanging": _hang,
    "dying": lambda: os._exit(9),
    "babbling": lambda: {"hello": "world"},
}
