"""A function that answers a code hook by the script in the request: the same code on real Lex.

The script is the request attribute `script`: JSON, an answer for each kind of invocation. An answer
is a whole response, or short: {"action": "ElicitSlot size", "say": ["Which?"], "slots": {...},
"attributes": {...}, "state": "Failed", "intent": "Other", "confirmation": "Denied",
"contexts": {...}}. "fill": {"notes": 20} makes an attribute of twenty letters, longer ones than a
request has room for. {"raise": "words"} fails. Where the script has no answer, the dialog is left
to Lex, and a fulfilment succeeds in silence.
"""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]


class ScriptedError(Exception):
    """The script says that the function fails here."""


def handler(event: Json, _context: object = None) -> Any:
    """The answer that the script has for this invocation."""
    script = json.loads((event.get("requestAttributes") or {}).get("script", "{}"))
    label, source = event.get("invocationLabel"), event["invocationSource"]
    answer = script.get(label) if label in script else script.get(source)
    if answer is None:
        return _unscripted(event)
    if "raise" in answer:
        raise ScriptedError(answer["raise"])
    return answer["whole"] if "whole" in answer else _response(event, answer)


def _unscripted(event: Json) -> Json:
    is_fulfilment = event["invocationSource"] == "FulfillmentCodeHook"
    return _response(event, {"action": "Close"} if is_fulfilment else {"action": "Delegate"})


def _response(event: Json, answer: Json) -> Json:
    state = event["sessionState"]
    kind, _, slot = answer["action"].partition(" ")
    action: Json = {"type": kind}
    if slot:
        action["slotToElicit"], _, part = slot.partition(".")
        if part:
            action["subSlotToElicit"] = {"name": part}
    if "style" in answer:
        action["slotElicitationStyle"] = answer["style"]
    response: Json = {
        "sessionState": {
            "dialogAction": action,
            "sessionAttributes": {
                **(state.get("sessionAttributes") or {}),
                **answer.get("attributes", {}),
                **{name: "x" * length for name, length in answer.get("fill", {}).items()},
            },
        }
    }
    if kind != "ElicitIntent":
        response["sessionState"]["intent"] = _intent(state["intent"], answer, kind)
    if "contexts" in answer:
        response["sessionState"]["activeContexts"] = [
            {
                "name": name,
                "timeToLive": {"timeToLiveInSeconds": life[0], "turnsToLive": life[1]},
                "contextAttributes": {},
            }
            for name, life in answer["contexts"].items()
        ]
    if "say" in answer:
        response["messages"] = [
            {"contentType": "PlainText", "content": words} if isinstance(words, str) else words
            for words in answer["say"]
        ]
    if "request_attributes" in answer:
        response["requestAttributes"] = answer["request_attributes"]
    if "hints" in answer:
        response["sessionState"]["runtimeHints"] = answer["hints"]
    return response


def _intent(current: Json, answer: Json, kind: str) -> Json:
    name = answer.get("intent", current["name"])
    slots = dict(current.get("slots") or {}) if name == current["name"] else {}
    slots.update(
        {
            key: None if value is None else _slot(value)
            for key, value in answer.get("slots", {}).items()
        }
    )
    default = "Fulfilled" if kind == "Close" else "InProgress"
    return {
        "name": name,
        "slots": slots,
        "state": answer.get("state", default),
        "confirmationState": answer.get("confirmation", current.get("confirmationState", "None")),
    }


def _slot(value: str) -> Json:
    return {
        "shape": "Scalar",
        "value": {"originalValue": value, "interpretedValue": value, "resolvedValues": [value]},
    }
