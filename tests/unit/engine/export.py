"""Small bots, written as an export has them: intents, slots, steps and hooks in a few words."""

from __future__ import annotations

from typing import Any

from bot.definition.model import BotLocale, Intent, SlotType
from bot.definition.parts import parse_intent, parse_slot, parse_slot_type

Json = dict[str, Any]


def message(text: str) -> Json:
    return {"plainTextMessage": {"value": text}}


def response(*texts: str) -> Json:
    """One message group a text."""
    return {"messageGroupsList": [{"message": message(text)} for text in texts]}


def prompt(text: str, *variations: str, retries: int = 2, ordered: bool = False) -> Json:
    group = {"message": message(text), "variations": [message(v) for v in variations]}
    return {
        "messageGroupsList": [group],
        "maxRetries": retries,
        "messageSelectionStrategy": "Ordered" if ordered else "Random",
    }


def step(
    action: str | None = None,
    slot: str | None = None,
    *,
    intent: str | None = None,
    slots: dict[str, str | None] | None = None,
    attributes: dict[str, str] | None = None,
    suppress: bool | None = None,
) -> Json:
    given = {
        name: {"shape": None, "value": {"interpretedValue": value}}
        for name, value in (slots or {}).items()
    }
    return {
        "dialogAction": {"type": action, "slotToElicit": slot, "suppressNextMessage": suppress},
        "intent": {"name": intent, "slots": given},
        "sessionAttributes": attributes,
    }


def when(condition: str, then: Json, say: Json | None = None) -> Json:
    return {
        "name": condition[:3].strip("{[(") or "branch",
        "condition": {"expressionString": condition},
        "response": say,
        "nextStep": then,
    }


def conditional(*branches: Json, default: Json | None = None, active: bool = True) -> Json:
    return {
        "isActive": active,
        "conditionalBranches": list(branches),
        "defaultBranch": {"nextStep": default, "response": None} if default else None,
    }


def code_hook(label: str | None = None, *, invoke: bool = True, **after: Json) -> Json:
    """`after`: successNextStep, failureResponse and their like."""
    return {
        "isActive": True,
        "enableCodeHookInvocation": invoke,
        "invocationLabel": label,
        "postCodeHookSpecification": after,
    }


def slot(
    name: str,
    type_name: str = "AMAZON.Number",
    *,
    ask: Json | None = None,
    required: bool = True,
    defaults: tuple[str, ...] = (),
    capture: Json | None = None,
    multiple: bool = False,
    composite: Json | None = None,
) -> Json:
    return {
        "name": name,
        "slotTypeName": type_name,
        "multipleValuesSetting": {"allowMultipleValues": True} if multiple else None,
        "subSlotSetting": composite,
        "valueElicitationSetting": {
            "slotConstraint": "Required" if required else "Optional",
            "promptSpecification": ask or prompt(f"{name}?"),
            "defaultValueSpecification": {
                "defaultValueList": [{"defaultValue": value} for value in defaults]
            },
            "slotCaptureSetting": capture,
        },
    }


def intent(name: str, *utterances: str, slots: tuple[Json, ...] = (), **settings: Any) -> Intent:
    """An intent with its slots in the order given. `settings` are keys of Intent.json."""
    raw = {
        "name": name,
        "sampleUtterances": [{"utterance": utterance} for utterance in utterances],
        **settings,
    }
    parsed = tuple(parse_slot(item) for item in slots)
    return parse_intent(raw, parsed, {item.name: index for index, item in enumerate(parsed)})


def fallback(**settings: Any) -> Intent:
    return intent("FallbackIntent", parentIntentSignature="AMAZON.FallbackIntent", **settings)


def slot_type(name: str, *values: str, restricted: bool = False) -> SlotType:
    """A value is written `value=synonym=synonym`."""
    forms = [value.split("=") for value in values]
    return parse_slot_type(
        {
            "name": name,
            "slotTypeValues": [
                {"sampleValue": {"value": first}, "synonyms": [{"value": s} for s in rest]}
                for first, *rest in forms
            ],
            "valueSelectionSetting": {
                "resolutionStrategy": "TOP_RESOLUTION" if restricted else "ORIGINAL_VALUE"
            },
        }
    )


def locale(*intents: Intent, types: tuple[SlotType, ...] = ()) -> BotLocale:
    return BotLocale(
        "en_US", 0.4, {item.name: item for item in intents}, {item.name: item for item in types}
    )


ENABLED: Json = {"enabled": True}
