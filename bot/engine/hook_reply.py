"""Reads a code hook's response, and refuses what Lex refuses.

Source: Lex V2 developer guide, "AWS Lambda response format". A refusal names the fault, never data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.definition.model import BotLocale
from bot.engine.effects import Message
from bot.engine.errors import DependencyFailedError
from bot.engine.messages import message_of_wire
from bot.engine.session import ActiveContext, IntentState, contexts_of_wire, slot_of_wire

ACTIONS = ("ElicitSlot", "ConfirmIntent", "ElicitIntent", "Delegate", "Close")
STATES = (
    "Failed", "Fulfilled", "FulfillmentInProgress", "InProgress", "ReadyForFulfillment", "Waiting",
)  # fmt: skip
CONFIRMATIONS = ("None", "Confirmed", "Denied")


@dataclass(frozen=True, slots=True)
class Directive:
    """What the hook wants; None means that it left a thing as it was."""

    action: str
    slot: str | None
    intent: IntentState | None
    attributes: Mapping[str, str] | None
    contexts: tuple[ActiveContext, ...] | None
    request_attributes: Mapping[str, str] | None
    messages: tuple[Message, ...]


def read_reply(response: Any, locale: BotLocale, current: IntentState, now: datetime) -> Directive:
    """The directive in `response`. Raises `DependencyFailedError` when Lex would refuse it."""
    state = _object(_object(response, "the response").get("sessionState"), "sessionState")
    action = _object(state.get("dialogAction"), "sessionState.dialogAction")
    kind = _one_of(action.get("type"), ACTIONS, "sessionState.dialogAction.type")
    intent = _intent(state.get("intent"), locale, current)
    slot = action.get("slotToElicit")
    messages = tuple(_messages(response.get("messages")))
    _check(kind, slot, intent, messages, locale, current)
    return Directive(
        kind,
        slot if kind == "ElicitSlot" else None,
        intent,
        _strings(state.get("sessionAttributes"), "sessionState.sessionAttributes"),
        _contexts(state.get("activeContexts"), now),
        _strings(response.get("requestAttributes"), "requestAttributes"),
        messages,
    )


def _check(
    kind: str,
    slot: Any,
    intent: IntentState | None,
    messages: tuple[Message, ...],
    locale: BotLocale,
    current: IntentState,
) -> None:
    if kind in ("ElicitSlot", "ConfirmIntent", "Close") and intent is None:
        raise _refused(f"sessionState.intent is required for {kind}")
    if kind == "ElicitIntent" and not messages:
        raise _refused("messages are required for ElicitIntent")
    if kind != "ElicitSlot":
        return
    name = (intent or current).name
    if not isinstance(slot, str) or locale.intents[name].slot(slot) is None:
        raise _refused(f"sessionState.dialogAction.slotToElicit is no slot of {name}")


def _intent(raw: Any, locale: BotLocale, current: IntentState) -> IntentState | None:
    if raw is None:
        return None
    wire = _object(raw, "sessionState.intent")
    name = wire.get("name")
    definition = locale.intents.get(name) if isinstance(name, str) else None
    if definition is None or not isinstance(name, str):
        raise _refused("sessionState.intent.name is no intent of this bot")
    given = _object(wire.get("slots") or {}, "sessionState.intent.slots")
    unknown = [key for key in given if definition.slot(key) is None]
    if unknown:
        raise _refused(f"{unknown[0]} is no slot of {name}")
    base = current if current.name == name else empty_intent(locale, name)
    try:
        slots = {**base.slots, **{key: slot_of_wire(value) for key, value in given.items()}}
    except (ValueError, TypeError, AttributeError) as error:
        raise _refused(f"sessionState.intent.slots: {error}") from None
    return replace(
        base,
        slots=slots,
        state=_one_of(wire.get("state") or base.state, STATES, "sessionState.intent.state"),
        confirmation=_one_of(
            wire.get("confirmationState") or "None",
            CONFIRMATIONS,
            "sessionState.intent.confirmationState",
        ),
    )


def empty_intent(locale: BotLocale, name: str) -> IntentState:
    """The intent with every slot open."""
    return IntentState(name, {slot.name: None for slot in locale.intents[name].slots})


def _messages(raw: Any) -> list[Message]:
    if raw is None:
        return []
    if not isinstance(raw, list):
        raise _refused("messages must be a list")
    try:
        return [message_of_wire(item) for item in raw]
    except ValueError as error:
        raise _refused(str(error)) from None


def _contexts(raw: Any, now: datetime) -> tuple[ActiveContext, ...] | None:
    if raw is None:
        return None
    try:
        return contexts_of_wire(raw, now)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _refused("sessionState.activeContexts is malformed") from None


def _strings(raw: Any, place: str) -> dict[str, str] | None:
    if raw is None:
        return None
    for key, value in _object(raw, place).items():
        if not isinstance(value, str):
            raise _refused(f"{place}.{key} must be a string")
    return dict(raw)


def _object(raw: Any, place: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise _refused(f"{place} must be an object")
    return raw


def _one_of(raw: Any, allowed: tuple[str, ...], place: str) -> Any:
    if raw not in allowed:
        raise _refused(f"{place} must be one of {', '.join(allowed)}")
    return raw


def _refused(fault: str) -> DependencyFailedError:
    return DependencyFailedError(f"Invalid Lambda Response: {fault}")
