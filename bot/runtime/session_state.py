"""A session as its caller wants it: the parts of a `sessionState` replace the stored ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.definition import BotLocale, Intent
from bot.engine.session import (
    ConfirmationState,
    DialogAction,
    IntentState,
    Session,
    SlotState,
)
from bot.engine.session_wire import contexts_of_wire, hints_of_wire, slot_of_wire
from bot.runtime.errors import ValidationError

Json = Mapping[str, Any]


def with_state(session: Session, state: Json | None, locale: BotLocale, now: datetime) -> Session:
    """`session` with every part that `state` gives; a part that is absent or null stays.

    `state` has passed the model's limits already. Raises `ValidationError` when it names an
    intent or slot that the bot does not have, or an action that lacks what it acts on. Source
    for "stays": API reference, SessionState.activeContexts ("if you don't specify a list").
    """
    if not state:
        return session
    changed = session
    if state.get("sessionAttributes") is not None:
        changed = replace(changed, attributes=dict(state["sessionAttributes"]))
    if state.get("activeContexts") is not None:
        changed = replace(changed, contexts=contexts_of_wire(state["activeContexts"], now))
    if state.get("runtimeHints") is not None:
        changed = replace(changed, runtime_hints=_hints(state["runtimeHints"], locale))
    if state.get("intent") is not None:
        changed = replace(changed, intent=_intent(state["intent"], locale))
    if state.get("dialogAction") is not None:
        changed = replace(changed, action=_action(state["dialogAction"], changed, locale))
    return changed


def _defined(name: str, locale: BotLocale) -> Intent:
    intent = locale.intents.get(name)
    if intent is None:
        raise ValidationError("sessionState.intent names an intent that the bot does not have")
    return intent


def _intent(wire: Json, locale: BotLocale) -> IntentState:
    intent = _defined(wire["name"], locale)
    given: Json = wire.get("slots") or {}
    if any(intent.slot(name) is None for name in given):
        raise ValidationError(
            f"sessionState.intent.slots names a slot that the intent {intent.name} does not have"
        )
    slots: dict[str, SlotState | None] = {
        slot.name: _slot(given.get(slot.name)) for slot in intent.slots
    }
    confirmation: ConfirmationState = wire.get("confirmationState") or "None"
    return IntentState(intent.name, slots, wire.get("state") or "InProgress", confirmation)


def _slot(wire: Any) -> SlotState | None:
    try:
        return slot_of_wire(wire)
    except ValueError as fault:
        raise ValidationError(f"sessionState.intent.slots: {fault}") from fault


def _hints(wire: Any, locale: BotLocale) -> dict[str, Any]:
    try:
        return hints_of_wire(wire, locale)
    except ValueError as fault:
        raise ValidationError(f"sessionState.{fault}") from fault


def _action(wire: Json, session: Session, locale: BotLocale) -> DialogAction:
    kind, slot = wire["type"], wire.get("slotToElicit")
    if kind in ("ElicitSlot", "ConfirmIntent", "Delegate") and session.intent is None:
        raise ValidationError(f"sessionState.dialogAction {kind} needs an intent")
    if kind != "ElicitSlot" or session.intent is None:
        return DialogAction(kind)
    if slot is None:
        raise ValidationError("sessionState.dialogAction ElicitSlot needs slotToElicit")
    defined = _defined(session.intent.name, locale).slot(slot)
    if defined is None:
        raise ValidationError(
            "sessionState.dialogAction.slotToElicit names a slot that the intent does not have"
        )
    part = (wire.get("subSlotToElicit") or {}).get("name")
    if part is not None and (defined.composition is None or defined.composition.part(part) is None):
        raise ValidationError(
            "sessionState.dialogAction.subSlotToElicit names a part that the slot does not have"
        )
    return DialogAction(kind, slot, sub_slot=part, style=wire.get("slotElicitationStyle"))
