"""Reads a code hook's response, and refuses what Lex refuses.

Source: Lex V2 developer guide, "AWS Lambda response format". A refusal names the fault, never data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.definition.model import BotLocale, Intent
from bot.engine.effects import Message
from bot.engine.errors import DependencyFailedError
from bot.engine.filling import empty_intent
from bot.engine.messages import messages_of_wire
from bot.engine.session import ActiveContext, IntentState
from bot.engine.session_wire import contexts_of_wire, hints_of_wire, slot_of_wire, text_of_wire

ACTIONS = ("ElicitSlot", "ConfirmIntent", "ElicitIntent", "Delegate", "Close")
STATES = (
    "Failed", "Fulfilled", "FulfillmentInProgress", "InProgress", "ReadyForFulfillment", "Waiting",
)  # fmt: skip
CONFIRMATIONS = ("None", "Confirmed", "Denied")
LARGEST_ATTRIBUTES = 12 * 1024
"""Bytes of JSON that a hook's session attributes may have (developer guide, quotas)."""
STYLES = ("Default", "SpellByLetter", "SpellByWord")


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
    sub_slot: str | None = None
    style: str | None = None
    runtime_hints: Mapping[str, Any] | None = None


def read_reply(response: Any, locale: BotLocale, current: IntentState, now: datetime) -> Directive:
    """The directive in `response`. Raises `DependencyFailedError` when Lex would refuse it."""
    try:
        return _directive(response, locale, current, now)
    except ValueError as error:
        raise DependencyFailedError(f"Invalid Lambda Response: {error}") from None


def _directive(response: Any, locale: BotLocale, current: IntentState, now: datetime) -> Directive:
    state = _object(_object(response, "the response").get("sessionState"), "sessionState")
    action = _object(state.get("dialogAction"), "sessionState.dialogAction")
    kind = _one_of(action.get("type"), ACTIONS, "sessionState.dialogAction.type")
    intent = _intent(state.get("intent"), locale, current)
    directive = Directive(
        kind,
        action.get("slotToElicit") if kind == "ElicitSlot" else None,
        intent,
        _attributes(state.get("sessionAttributes")),
        _contexts(state.get("activeContexts"), now),
        _strings(response.get("requestAttributes"), "requestAttributes"),
        messages_of_wire(response.get("messages")),
        _sub_slot(action.get("subSlotToElicit")),
        _style(action.get("slotElicitationStyle")),
        _hints(state.get("runtimeHints"), locale),
    )
    _check(directive, locale, current)
    return directive


def _check(directive: Directive, locale: BotLocale, current: IntentState) -> None:
    """What an action needs. Source: developer guide, "AWS Lambda response format"."""
    kind = directive.action
    if kind in ("ElicitSlot", "ConfirmIntent", "Close") and directive.intent is None:
        raise ValueError(f"sessionState.intent is required for {kind}")
    if kind == "ElicitIntent" and not directive.messages:
        raise ValueError("messages are required for ElicitIntent")
    intent = locale.intents[(directive.intent or current).name]
    if kind == "ConfirmIntent" and not directive.messages and intent.confirmation is None:
        raise ValueError(f"messages are required for ConfirmIntent: {intent.name} has no prompt")
    if kind == "ElicitSlot":
        _check_slot(directive, intent)


def _check_slot(directive: Directive, intent: Intent) -> None:
    name = directive.slot
    slot = intent.slot(name) if isinstance(name, str) else None
    if slot is None:
        raise ValueError(f"sessionState.dialogAction.slotToElicit is no slot of {intent.name}")
    part = directive.sub_slot
    if part is not None and (slot.composition is None or slot.composition.part(part) is None):
        raise ValueError(f"sessionState.dialogAction.subSlotToElicit is no part of {name}")


def _sub_slot(raw: Any) -> str | None:
    if raw is None:
        return None
    name = _object(raw, "sessionState.dialogAction.subSlotToElicit").get("name")
    if not isinstance(name, str):
        raise ValueError("sessionState.dialogAction.subSlotToElicit.name must be a string")
    return name


def _style(raw: Any) -> str | None:
    if raw is None:
        return None
    style: str = _one_of(raw, STYLES, "sessionState.dialogAction.slotElicitationStyle")
    return style


def _hints(raw: Any, locale: BotLocale) -> Mapping[str, Any] | None:
    return None if raw is None else hints_of_wire(raw, locale)


def _intent(raw: Any, locale: BotLocale, current: IntentState) -> IntentState | None:
    if raw is None:
        return None
    wire = _object(raw, "sessionState.intent")
    name = wire.get("name")
    definition = locale.intents.get(name) if isinstance(name, str) else None
    if definition is None or not isinstance(name, str):
        raise ValueError("sessionState.intent.name is no intent of this bot")
    given = _object(wire.get("slots") or {}, "sessionState.intent.slots")
    unknown = [key for key in given if definition.slot(key) is None]
    if unknown:
        raise ValueError(f"{unknown[0]} is no slot of {name}")
    base = current if current.name == name else empty_intent(locale, name)
    return replace(
        base,
        slots={**base.slots, **{key: slot_of_wire(value) for key, value in given.items()}},
        state=_one_of(wire.get("state") or base.state, STATES, "sessionState.intent.state"),
        confirmation=_one_of(
            wire.get("confirmationState") or "None",
            CONFIRMATIONS,
            "sessionState.intent.confirmationState",
        ),
    )


def _contexts(raw: Any, now: datetime) -> tuple[ActiveContext, ...] | None:
    return None if raw is None else contexts_of_wire(raw, now)


def _attributes(raw: Any) -> dict[str, str] | None:
    given = _strings(raw, "sessionState.sessionAttributes")
    size = len(json.dumps(given, ensure_ascii=False, separators=(",", ":")).encode())
    if size > LARGEST_ATTRIBUTES:
        raise ValueError(
            f"sessionState.sessionAttributes has {size} bytes, Lex takes {LARGEST_ATTRIBUTES}"
        )
    return given


def _strings(raw: Any, place: str) -> dict[str, str] | None:
    if raw is None:
        return None
    # Null is no value: AWS's own sample hooks clear an attribute by it.
    given = {key: value for key, value in _object(raw, place).items() if value is not None}
    if "" in given:
        raise ValueError(f"{place} has a key without a name")
    return {key: text_of_wire(value, f"{place}.{key}") for key, value in given.items()}


def _object(raw: Any, place: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise ValueError(f"{place} must be an object")
    return raw


def _one_of(raw: Any, allowed: tuple[str, ...], place: str) -> Any:
    if raw not in allowed:
        raise ValueError(f"{place} must be one of {', '.join(allowed)}")
    return raw
