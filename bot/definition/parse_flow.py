"""Reads next steps, conditions and code hooks from an export's JSON."""

from __future__ import annotations

from typing import Any

from bot.definition.flow import (
    NOTHING,
    Branch,
    CodeHook,
    Conditional,
    ElicitationHook,
    NextStep,
    Outcome,
    SlotOverride,
)
from bot.definition.keys import flag, text_or_none
from bot.definition.parse_speech import parse_response

Json = dict[str, Any]


def is_active(raw: Json) -> bool:
    """A setting's switch. Older exports lack it; a setting that is there is then active."""
    return flag(raw, "isActive") is not False and flag(raw, "active") is not False


def parse_outcome(raw: Json | None, name: str) -> Outcome:
    """The trio `<name>Response`, `<name>NextStep`, `<name>Conditional` of a setting."""
    if not raw:
        return NOTHING
    return outcome_of(
        raw.get(f"{name}Response"), raw.get(f"{name}NextStep"), raw.get(f"{name}Conditional")
    )


def outcome_of(response: Json | None, step: Json | None, conditional: Json | None) -> Outcome:
    return Outcome(parse_response(response), _next_step(step), _conditional(conditional))


def parse_code_hook(raw: Json | None) -> CodeHook | None:
    """An active code hook; None where there is none."""
    if not raw or not is_active(raw):
        return None
    after = raw.get("postCodeHookSpecification")
    return CodeHook(
        invokes=flag(raw, "enableCodeHookInvocation") is not False,
        label=text_or_none(raw, "invocationLabel"),
        success=parse_outcome(after, "success"),
        failure=parse_outcome(after, "failure"),
        timeout=parse_outcome(after, "timeout"),
    )


def parse_elicitation_hook(raw: Json | None) -> ElicitationHook | None:
    if not raw or not flag(raw, "enableCodeHookInvocation"):
        return None
    return ElicitationHook(text_or_none(raw, "invocationLabel"))


def _next_step(raw: Json | None) -> NextStep | None:
    if not raw:
        return None
    action, intent = raw.get("dialogAction") or {}, raw.get("intent") or {}
    step = NextStep(
        action=text_or_none(action, "type"),
        slot=text_or_none(action, "slotToElicit"),
        intent=text_or_none(intent, "name"),
        slots={str(k): _override(v or {}) for k, v in (intent.get("slots") or {}).items()},
        attributes={str(k): str(v) for k, v in (raw.get("sessionAttributes") or {}).items()},
        suppress=bool(flag(action, "suppressNextMessage")),
    )
    return None if step == NextStep() else step


def _override(raw: Json) -> SlotOverride:
    value = (raw.get("value") or {}).get("interpretedValue")
    listed = [(item or {}).get("value") or {} for item in raw.get("values") or []]
    values = tuple(str(v["interpretedValue"]) for v in listed if v.get("interpretedValue"))
    return SlotOverride(None if value is None else str(value), values)


def _conditional(raw: Json | None) -> Conditional | None:
    if not raw or not is_active(raw):
        return None
    default = raw.get("defaultBranch")
    return Conditional(
        tuple(_branch(item) for item in raw.get("conditionalBranches") or []),
        _branch(default) if default else None,
    )


def _branch(raw: Json) -> Branch:
    condition = raw.get("condition") or {}
    return Branch(
        name=text_or_none(raw, "name") or "default",
        # Exports carry stray blanks at either end.
        condition=(text_or_none(condition, "expressionString") or "").strip() or None,
        response=parse_response(raw.get("response")),
        next_step=_next_step(raw.get("nextStep")),
    )
