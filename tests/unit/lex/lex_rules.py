"""What Lex V2 accepts of a code hook's response, written from its rules and not from our code.

Source: Amazon Lex V2 developer guide, "AWS Lambda response format", and the API reference of
Message, ImageResponseCard, Button and ActiveContext.
"""

from __future__ import annotations

from typing import Any

ACTIONS = {"ElicitSlot", "ConfirmIntent", "ElicitIntent", "Delegate", "Close"}
STYLES = {"Default", "SpellByLetter", "SpellByWord"}
INTENT_STATES = {
    "InProgress", "ReadyForFulfillment", "Fulfilled", "FulfillmentInProgress", "Failed", "Waiting",
}  # fmt: skip
SHAPES = {"Scalar", "List", "Composite"}


def faults_of(response: dict[str, Any]) -> list[str]:
    """Every reason for which Lex would refuse `response`, one phrase each."""
    state = response["sessionState"]
    action = state["dialogAction"]
    faults = [*_action_faults(action), *_messages_faults(response.get("messages", []))]
    if action["type"] == "ElicitIntent":
        faults += [] if response.get("messages") else ["ElicitIntent says nothing"]
    else:
        faults += _intent_faults(state.get("intent") or {}, action["type"])
    faults += _strings(state["sessionAttributes"], "sessionAttributes")
    faults += _strings(response.get("requestAttributes", {}), "requestAttributes")
    for context in state["activeContexts"]:
        faults += _context_faults(context)
    return faults


def _action_faults(action: dict[str, Any]) -> list[str]:
    faults = [] if action["type"] in ACTIONS else ["unknown action"]
    if (action["type"] == "ElicitSlot") is not bool(action.get("slotToElicit")):
        faults.append("slotToElicit belongs to ElicitSlot alone")
    if action.get("slotElicitationStyle", "Default") not in STYLES:
        faults.append("unknown style")
    if "subSlotToElicit" in action and not action["subSlotToElicit"].get("name"):
        faults.append("a sub-slot without name")
    return faults


def _intent_faults(intent: dict[str, Any], action: str) -> list[str]:
    faults = [] if intent.get("name") else ["no intent"]
    if intent.get("state") not in INTENT_STATES:
        faults.append("unknown state")
    if action == "Close" and intent.get("state") not in ("Fulfilled", "Failed"):
        faults.append("Close is Fulfilled or Failed")
    if intent.get("confirmationState") not in ("None", "Confirmed", "Denied"):
        faults.append("unknown confirmation state")
    for slot in (intent.get("slots") or {}).values():
        faults += _slot_faults(slot)
    return faults


def _slot_faults(slot: dict[str, Any] | None) -> list[str]:
    if slot is None:
        return []
    faults = [] if slot["shape"] in SHAPES else ["unknown shape"]
    if "value" in slot and not isinstance(slot["value"].get("originalValue"), str):
        faults.append("a value without original")
    nested = [*slot.get("values", []), *slot.get("subSlots", {}).values()]
    return faults + [fault for part in nested for fault in _slot_faults(part)]


def _messages_faults(messages: list[dict[str, Any]]) -> list[str]:
    faults = [] if len(messages) <= 5 else ["more than five messages"]
    kinds = [message["contentType"] for message in messages]
    if kinds and set(kinds) == {"ImageResponseCard"}:
        faults.append("a card without a message beside it")
    for message in messages:
        if message["contentType"] == "ImageResponseCard":
            faults += _card_faults(message["imageResponseCard"])
        elif message["contentType"] not in ("PlainText", "SSML", "CustomPayload"):
            faults.append("unknown content type")
        elif not 1 <= len(message["content"]) <= 1024:
            faults.append("content of a wrong length")
    return faults


def _card_faults(card: dict[str, Any]) -> list[str]:
    texts = [card["title"], card.get("subtitle", "-"), card.get("imageUrl", "-")]
    faults = [] if all(1 <= len(text) <= 250 for text in texts) else ["card text"]
    buttons = card.get("buttons", [])
    if len(buttons) > 5:
        faults.append("more than five buttons")
    if not all(1 <= len(button[part]) <= 50 for button in buttons for part in ("text", "value")):
        faults.append("button text")
    return faults


def _context_faults(context: dict[str, Any]) -> list[str]:
    life = context["timeToLive"]
    lives = 5 <= life["timeToLiveInSeconds"] <= 86_400 and 1 <= life["turnsToLive"] <= 20
    return ([] if lives else ["context life"]) + _strings(context["contextAttributes"], "context")


def _strings(attributes: dict[str, Any], name: str) -> list[str]:
    return [f"{name}.{key}" for key, value in attributes.items() if not isinstance(value, str)]
