"""Reads one intent, slot or slot type from its JSON; absent and null mean the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.definition.model import (
    Confirmation,
    Intent,
    Message,
    MessageGroup,
    OutputContext,
    Prompt,
    Response,
    Slot,
    SlotType,
    SlotTypeValue,
)

Json = dict[str, Any]
_TEXT_KINDS = {
    "plainTextMessage": "PlainText",
    "ssmlMessage": "SSML",
    "customPayload": "CustomPayload",
}
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
    return SlotType(
        name=str(raw["name"]),
        parent=raw.get("parentSlotTypeSignature"),
        values=values,
        strategy=_strategy(str(selection.get("resolutionStrategy") or "ORIGINAL_VALUE")),
        pattern=(selection.get("regexFilter") or {}).get("pattern"),
        raw=raw,
    )


def _strategy(name: str) -> str:
    # The API writes OriginalValue, the export ORIGINAL_VALUE.
    words = {"originalvalue": "ORIGINAL_VALUE", "topresolution": "TOP_RESOLUTION"}
    return words.get(name.replace("_", "").lower(), "CONCATENATION")


def parse_slot(raw: Json) -> Slot:
    elicitation = raw.get("valueElicitationSetting") or {}
    defaults = (elicitation.get("defaultValueSpecification") or {}).get("defaultValueList") or []
    multiple = raw.get("multipleValuesSetting") or {}
    obfuscation = (raw.get("obfuscationSetting") or {}).get("obfuscationSettingType")
    return Slot(
        name=str(raw["name"]),
        type_name=str(raw.get("slotTypeName") or ""),
        required=elicitation.get("slotConstraint") == "Required",
        priority=LAST_PRIORITY,
        prompt=_prompt(elicitation.get("promptSpecification")),
        defaults=tuple(str(item["defaultValue"]) for item in defaults),
        utterances=_utterances(elicitation.get("sampleUtterances")),
        obfuscated=obfuscation == "DefaultObfuscation",
        # The exporter misspells the key.
        multiple=bool(multiple.get("allowMultipleValues") or multiple.get("allowMutlipleValues")),
        raw=raw,
    )


def parse_intent(raw: Json, slots: tuple[Slot, ...], priorities: dict[str, int]) -> Intent:
    initial = raw.get("initialResponseSetting") or {}
    fulfillment = raw.get("fulfillmentCodeHook") or {}
    return Intent(
        name=str(raw["name"]),
        parent=raw.get("parentIntentSignature"),
        utterances=_utterances(raw.get("sampleUtterances")),
        slots=tuple(
            replace(slot, priority=priorities.get(slot.name, LAST_PRIORITY)) for slot in slots
        ),
        input_contexts=tuple(str(c["name"]) for c in raw.get("inputContexts") or []),
        output_contexts=tuple(_output_context(c) for c in raw.get("outputContexts") or []),
        dialog_hook=bool((raw.get("dialogCodeHook") or {}).get("enabled")),
        fulfillment_hook=bool(fulfillment.get("enabled")) and _active(fulfillment),
        initial_response=_response(initial.get("initialResponse")),
        confirmation=_confirmation(raw.get("intentConfirmationSetting")),
        closing=_closing(raw.get("intentClosingSetting")),
        raw=raw,
    )


def _active(setting: Json) -> bool:
    # Older exports lack isActive; a setting that is there is then active.
    return setting.get("isActive") is not False


def _output_context(raw: Json) -> OutputContext:
    return OutputContext(str(raw["name"]), int(raw["timeToLiveInSeconds"]), int(raw["turnsToLive"]))


def _confirmation(raw: Json | None) -> Confirmation | None:
    if not raw or not _active(raw):
        return None
    prompt = _prompt(raw.get("promptSpecification"))
    if prompt is None:
        return None
    return Confirmation(
        prompt,
        _response(raw.get("declinationResponse")),
        _response(raw.get("confirmationResponse")),
        _response(raw.get("failureResponse")),
    )


def _closing(raw: Json | None) -> Response:
    return _response(raw.get("closingResponse")) if raw and _active(raw) else ()


def _utterances(raw: list[Json] | None) -> tuple[str, ...]:
    return tuple(str(item["utterance"]) for item in raw or [])


def _prompt(raw: Json | None) -> Prompt | None:
    groups = _response(raw)
    return Prompt(groups, int((raw or {}).get("maxRetries") or 0)) if groups else None


def _response(raw: Json | None) -> Response:
    groups = (raw or {}).get("messageGroupsList") or (raw or {}).get("messageGroupList") or []
    return tuple(_group(group) for group in groups)


def _group(raw: Json) -> MessageGroup:
    return MessageGroup(
        (_message(raw["message"]), *(_message(item) for item in raw.get("variations") or []))
    )


def _message(raw: Json) -> Message:
    for key, content_type in _TEXT_KINDS.items():
        if raw.get(key):
            return Message(content_type, str(raw[key]["value"]))
    card = raw.get("imageResponseCard")
    if not card:
        raise ValueError("a message is empty")
    shown = {k: card[k] for k in ("title", "subtitle", "imageUrl") if card.get(k)}
    buttons = [{"text": b["text"], "value": b["value"]} for b in card.get("buttonsList") or []]
    return Message("ImageResponseCard", card={**shown, "buttons": buttons} if buttons else shown)
