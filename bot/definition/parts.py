"""Reads one intent, slot or slot type from its JSON; absent and null mean the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.definition.flow import NOTHING, Outcome
from bot.definition.keys import flag, text_or_none
from bot.definition.model import (
    Composition,
    Confirmation,
    Initial,
    Intent,
    OutputContext,
    PostFulfillment,
    Slot,
    SlotCapture,
    SlotType,
    SlotTypeValue,
    SubSlot,
)
from bot.definition.parse_flow import (
    is_active,
    outcome_of,
    parse_code_hook,
    parse_elicitation_hook,
    parse_outcome,
)
from bot.definition.parse_settings import parse_updates, parse_wait
from bot.definition.parse_speech import parse_prompt

Json = dict[str, Any]
LAST_PRIORITY = 1000


def parse_slot_type(raw: Json) -> SlotType:
    selection = raw.get("valueSelectionSetting") or {}
    values = tuple(
        SlotTypeValue(
            str(item["sampleValue"]["value"]),
            tuple(str(s["value"]) for s in item.get("synonyms") or []),
        )
        for item in raw.get("slotTypeValues") or []
    )
    parts = (raw.get("compositeSlotTypeSetting") or {}).get("subSlots") or []
    return SlotType(
        name=str(raw["name"]),
        parent=text_or_none(raw, "parentSlotTypeSignature"),
        values=values,
        strategy=_strategy(text_or_none(selection, "resolutionStrategy") or "ORIGINAL_VALUE"),
        pattern=text_or_none(selection.get("regexFilter") or {}, "pattern"),
        parts=tuple((str(part["name"]), _type_name(part)) for part in parts),
        description=text_or_none(raw, "description"),
        raw=raw,
    )


def _strategy(name: str) -> str:
    # The API writes OriginalValue, the export ORIGINAL_VALUE.
    words = {"originalvalue": "ORIGINAL_VALUE", "topresolution": "TOP_RESOLUTION"}
    return words.get(name.replace("_", "").lower(), "CONCATENATION")


def _type_name(raw: Json) -> str:
    return text_or_none(raw, "slotTypeName", "slotTypeId") or ""


def parse_slot(raw: Json) -> Slot:
    # Names of the published, older format page are read too.
    elicitation = raw.get("valueElicitationSetting") or raw.get("slotValueElicitationSetting") or {}
    constraint = elicitation.get("slotConstraint") or raw.get("slotConstraint")
    multiple = raw.get("multipleValuesSetting") or {}
    obfuscation = (raw.get("obfuscationSetting") or {}).get("obfuscationSettingType")
    return Slot(
        name=str(raw["name"]),
        type_name=_type_name(raw),
        required=constraint == "Required",
        priority=LAST_PRIORITY,
        prompt=parse_prompt(elicitation.get("promptSpecification")),
        defaults=_defaults(elicitation),
        utterances=_utterances(elicitation.get("sampleUtterances")),
        obfuscated=obfuscation == "DefaultObfuscation",
        # The exporter misspells the key.
        multiple=bool(multiple.get("allowMultipleValues") or multiple.get("allowMutlipleValues")),
        capture=_capture(elicitation.get("slotCaptureSetting")),
        composition=_composition(raw.get("subSlotSetting")),
        description=text_or_none(raw, "description"),
        wait=parse_wait(elicitation.get("waitAndContinueSpecification")),
        enhanced=_is_enhanced(elicitation.get("slotResolutionSetting")),
        raw=raw,
    )


def _is_enhanced(raw: Json | None) -> bool:
    strategy = text_or_none(raw or {}, "slotResolutionStrategy") or "Default"
    return strategy.replace("_", "").lower() == "enhancedfallback"


def _defaults(elicitation: Json) -> tuple[str, ...]:
    given = elicitation.get("defaultValueSpecification") or elicitation.get("defaultValueSpec")
    return tuple(str(i["defaultValue"]) for i in (given or {}).get("defaultValueList") or [])


def _capture(raw: Json | None) -> SlotCapture | None:
    if raw is None:
        return None
    return SlotCapture(
        captured=parse_outcome(raw, "capture"),
        failed=parse_outcome(raw, "failure"),
        code_hook=parse_code_hook(raw.get("codeHook")),
        elicitation_hook=parse_elicitation_hook(raw.get("elicitationCodeHook")),
    )


def _composition(raw: Json | None) -> Composition | None:
    parts = (raw or {}).get("slotSpecifications") or {}
    if raw is None or not parts:
        return None
    expression = str(raw.get("expression") or " AND ".join(parts))
    return Composition(expression, tuple(_sub_slot(str(k), v) for k, v in parts.items()))


def _sub_slot(name: str, raw: Json) -> SubSlot:
    elicitation = raw.get("valueElicitationSetting") or {}
    return SubSlot(
        name,
        _type_name(raw),
        parse_prompt(elicitation.get("promptSpecification")),
        _defaults(elicitation),
        _utterances(elicitation.get("sampleUtterances")),
    )


def parse_intent(raw: Json, slots: tuple[Slot, ...], priorities: dict[str, int]) -> Intent:
    fulfillment = raw.get("fulfillmentCodeHook") or {}
    after = fulfillment.get("postFulfillmentStatusSpecification")
    return Intent(
        name=str(raw["name"]),
        parent=text_or_none(raw, "parentIntentSignature"),
        utterances=_utterances(raw.get("sampleUtterances")),
        slots=tuple(
            replace(slot, priority=priorities.get(slot.name, LAST_PRIORITY)) for slot in slots
        ),
        input_contexts=tuple(str(c["name"]) for c in raw.get("inputContexts") or []),
        output_contexts=tuple(_output_context(c) for c in raw.get("outputContexts") or []),
        dialog_hook=bool(flag(raw.get("dialogCodeHook") or {}, "enabled")),
        fulfillment_hook=bool(flag(fulfillment, "enabled")) and is_active(fulfillment),
        initial=_initial(raw.get("initialResponseSetting")),
        confirmation=_confirmation(raw.get("intentConfirmationSetting")),
        fulfillment=PostFulfillment(
            parse_outcome(after, "success"),
            parse_outcome(after, "failure"),
            parse_outcome(after, "timeout"),
        ),
        closing=_closing(raw.get("intentClosingSetting")),
        description=text_or_none(raw, "description"),
        updates=parse_updates(fulfillment.get("fulfillmentUpdatesSpecification")),
        raw=raw,
    )


def _output_context(raw: Json) -> OutputContext:
    return OutputContext(str(raw["name"]), int(raw["timeToLiveInSeconds"]), int(raw["turnsToLive"]))


def _initial(raw: Json | None) -> Initial | None:
    if raw is None:
        return None
    outcome = outcome_of(raw.get("initialResponse"), raw.get("nextStep"), raw.get("conditional"))
    return Initial(outcome, parse_code_hook(raw.get("codeHook")))


def _confirmation(raw: Json | None) -> Confirmation | None:
    if not raw or not is_active(raw):
        return None
    prompt = parse_prompt(raw.get("promptSpecification"))
    if prompt is None:
        return None
    return Confirmation(
        prompt,
        confirmed=parse_outcome(raw, "confirmation"),
        declination=parse_outcome(raw, "declination"),
        failure=parse_outcome(raw, "failure"),
        code_hook=parse_code_hook(raw.get("codeHook")),
        elicitation_hook=parse_elicitation_hook(raw.get("elicitationCodeHook")),
    )


def _closing(raw: Json | None) -> Outcome:
    if not raw or not is_active(raw):
        return NOTHING
    return outcome_of(raw.get("closingResponse"), raw.get("nextStep"), raw.get("conditional"))


def _utterances(raw: list[Json] | None) -> tuple[str, ...]:
    return tuple(str(item["utterance"]) for item in raw or [])
