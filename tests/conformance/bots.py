"""Bots in a short form, written out as exports that the offline Lex loads and real Lex imports.

    bot: Flowers
    types:
      Flower: {values: {roses: [rose], lilies: []}, restricted: true}
    intents:
      Order:
        utterances: [order flowers, "order {flower}"]
        slots:
          flower: {type: Flower, ask: [Which flowers?], retries: 1, capture: {say: Fine.}}
        confirm: {ask: [Sure?], no: {say: Then not.}}
        closing: {say: Bye.}

An outcome is `say`, `next` and `when`; a next step is "ElicitSlot flower", "StartIntent Other",
"CloseIntent", or a mapping with `step`, `slots`, `attributes` and `suppress`.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.conformance.reading import read_yaml

Json = dict[str, Any]
Spec = Mapping[str, Any]

FOLDER = Path(__file__).parent / "bots"
_IDENTIFIER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def bot_files(name: str) -> dict[str, Json]:
    """The export of `bots/<name>.yaml`: JSON by path."""
    spec = read_yaml(FOLDER / f"{name}.yaml")
    return dict(_files(spec))


def write_bot(name: str, folder: Path) -> Path:
    """Writes the export below `folder` and returns where its manifest lies."""
    for path, content in bot_files(name).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(content, indent=2, ensure_ascii=False), encoding="utf-8")
    return folder


def zip_bot(name: str, archive: Path) -> Path:
    """An archive that real Lex imports."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for path, content in bot_files(name).items():
            out.writestr(path, json.dumps(content, indent=2, ensure_ascii=False))
    return archive


def _files(spec: Spec) -> Iterator[tuple[str, Json]]:
    name, locale = spec["bot"], spec.get("locale", "en_US")
    root = f"{name}/BotLocales/{locale}"
    kind = {"schemaVersion": "1", "fileFormat": "LexJson", "resourceType": "BOT"}
    yield "Manifest.json", {"metaData": kind}
    yield (
        f"{name}/Bot.json",
        {
            "name": name,
            "identifier": _id(name),
            "version": "DRAFT",
            "description": None,
            "dataPrivacy": {"childDirected": False},
            "idleSessionTTLInSeconds": spec.get("idle", 300),
        },
    )
    yield (
        f"{root}/BotLocale.json",
        {
            "name": locale,
            "identifier": locale,
            "version": None,
            "description": None,
            "voiceSettings": None,
            "nluConfidenceThreshold": spec.get("threshold", 0.4),
        },
    )
    for type_name, values in (spec.get("types") or {}).items():
        yield f"{root}/SlotTypes/{type_name}/SlotType.json", _slot_type(type_name, values)
    intents: dict[str, Spec] = dict(spec["intents"])
    intents.setdefault("FallbackIntent", {"parent": "AMAZON.FallbackIntent"})
    for intent_name, intent in intents.items():
        place = f"{root}/Intents/{intent_name}"
        yield f"{place}/Intent.json", _intent(intent_name, intent)
        for slot_name, slot in (intent.get("slots") or {}).items():
            yield f"{place}/Slots/{slot_name}/Slot.json", _slot(intent_name, slot_name, slot)


def _id(*names: str) -> str:
    digest = hashlib.sha256("/".join(names).encode()).digest()
    return "".join(_IDENTIFIER[byte % len(_IDENTIFIER)] for byte in digest[:10])


def _slot_type(name: str, spec: Spec) -> Json:
    values: Mapping[str, list[str]] = spec.get("values") or {}
    parts: Mapping[str, str] | None = spec.get("parts")
    pattern = spec.get("pattern")
    strategy = "TOP_RESOLUTION" if spec.get("restricted") else "ORIGINAL_VALUE"
    return {
        "name": name,
        "identifier": _id("type", name),
        "description": None,
        "parentSlotTypeSignature": "AMAZON.AlphaNumeric" if pattern else None,
        "slotTypeValues": [
            {"sampleValue": {"value": value}, "synonyms": [{"value": s} for s in also] or None}
            for value, also in values.items()
        ]
        or None,
        "valueSelectionSetting": {
            "resolutionStrategy": "CONCATENATION" if parts else strategy,
            "regexFilter": {"pattern": pattern} if pattern else None,
            "advancedRecognitionSetting": None,
        },
        "compositeSlotTypeSetting": {
            "subSlots": [{"name": part, "slotTypeId": kind} for part, kind in parts.items()]
        }
        if parts
        else None,
    }


def _intent(name: str, spec: Spec) -> Json:
    parent = spec.get("parent")
    hook = spec.get("fulfil_hook")
    after = spec.get("fulfilled") or {}
    return {
        "name": name,
        "identifier": "FALLBCKINT" if parent == "AMAZON.FallbackIntent" else _id("intent", name),
        "description": None,
        "parentIntentSignature": parent,
        "sampleUtterances": [{"utterance": u} for u in spec.get("utterances") or []] or None,
        "slotPriorities": [
            {"priority": slot.get("priority", place), "slotName": slot_name}
            for place, (slot_name, slot) in enumerate((spec.get("slots") or {}).items(), start=1)
        ]
        or None,
        "inputContexts": [
            {"name": context, "timeToLiveInSeconds": None, "turnsToLive": None}
            for context in spec.get("inputs") or []
        ]
        or None,
        "outputContexts": [
            {"name": context, "timeToLiveInSeconds": life[0], "turnsToLive": life[1]}
            for context, life in (spec.get("outputs") or {}).items()
        ]
        or None,
        "dialogCodeHook": {"enabled": True} if spec.get("dialog_hook") else None,
        "fulfillmentCodeHook": {
            "enabled": bool(hook),
            "isActive": True,
            "postFulfillmentStatusSpecification": {
                **_outcome("success", after.get("success")),
                **_outcome("failure", after.get("failure")),
                **_outcome("timeout", after.get("timeout")),
            }
            if after
            else None,
            "fulfillmentUpdatesSpecification": spec.get("updates"),
        }
        if hook or after
        else None,
        "initialResponseSetting": _initial(spec["initial"]) if "initial" in spec else None,
        "intentConfirmationSetting": _confirmation(spec["confirm"]) if "confirm" in spec else None,
        "intentClosingSetting": _closing(spec["closing"]) if "closing" in spec else None,
        "kendraConfiguration": None,
    }


def _initial(spec: Spec) -> Json:
    return {
        "initialResponse": _response(spec.get("say")),
        "nextStep": _step(spec.get("next")),
        "conditional": _conditional(spec),
        "codeHook": _code_hook(spec.get("hook")),
    }


def _confirmation(spec: Spec) -> Json:
    return {
        "isActive": spec.get("active", True),
        "promptSpecification": _prompt(spec),
        **_outcome("confirmation", spec.get("yes")),
        **_outcome("declination", spec.get("no")),
        **_outcome("failure", spec.get("missed")),
        "codeHook": _code_hook(spec.get("hook")),
        "elicitationCodeHook": _listener(spec.get("listener")),
    }


def _closing(spec: Spec) -> Json:
    return {
        "isActive": spec.get("active", True),
        "closingResponse": _response(spec.get("say")),
        "nextStep": _step(spec.get("next")),
        "conditional": _conditional(spec),
    }


def _slot(intent: str, name: str, spec: Spec) -> Json:
    capture = spec.get("capture")
    return {
        "name": name,
        "identifier": _id("slot", intent, name),
        "description": None,
        "multipleValuesSetting": {"allowMultipleValues": True} if spec.get("multiple") else None,
        "slotTypeName": spec["type"],
        "obfuscationSetting": {"obfuscationSettingType": "DefaultObfuscation"}
        if spec.get("hidden")
        else None,
        "subSlotSetting": _sub_slots(spec["parts"], spec["expression"])
        if "parts" in spec
        else None,
        "valueElicitationSetting": {
            "slotConstraint": "Optional" if spec.get("optional") else "Required",
            "promptSpecification": _prompt(spec) if "ask" in spec else None,
            "sampleUtterances": [{"utterance": u} for u in spec.get("utterances") or []] or None,
            "defaultValueSpecification": {
                "defaultValueList": [{"defaultValue": value} for value in spec["defaults"]]
            }
            if "defaults" in spec
            else None,
            "waitAndContinueSpecification": spec.get("wait"),
            "slotResolutionSetting": {"slotResolutionStrategy": spec["resolution"]}
            if "resolution" in spec
            else None,
            "slotCaptureSetting": _capture(capture) if capture is not None else None,
        },
    }


def _sub_slots(parts: Mapping[str, Spec], expression: str) -> Json:
    return {
        "expression": expression,
        "slotSpecifications": {
            name: {
                "slotTypeId": part["type"],
                "valueElicitationSetting": {"promptSpecification": _prompt(part)},
            }
            for name, part in parts.items()
        },
    }


def _capture(spec: Spec) -> Json:
    return {
        **_outcome("capture", spec),
        **_outcome("failure", spec.get("missed")),
        "codeHook": _code_hook(spec.get("hook")),
        "elicitationCodeHook": _listener(spec.get("listener")),
    }


def _outcome(name: str, spec: Spec | None) -> Json:
    """The trio of response, next step and conditional that a point of the dialog has."""
    given = spec or {}
    return {
        f"{name}Response": _response(given.get("say")),
        f"{name}NextStep": _step(given.get("next")),
        f"{name}Conditional": _conditional(given),
    }


def _code_hook(spec: Spec | None) -> Json | None:
    if spec is None:
        return None
    return {
        "isActive": spec.get("active", True),
        "enableCodeHookInvocation": spec.get("invoke", True),
        "invocationLabel": spec.get("label"),
        "postCodeHookSpecification": {
            **_outcome("success", spec.get("success")),
            **_outcome("failure", spec.get("failure")),
            **_outcome("timeout", spec.get("timeout")),
        },
    }


def _listener(label: str | None) -> Json | None:
    return None if label is None else {"enableCodeHookInvocation": True, "invocationLabel": label}


def _conditional(spec: Spec) -> Json | None:
    branches = spec.get("when")
    if branches is None:
        return None
    default: Spec | None = spec.get("otherwise")
    return {
        "isActive": spec.get("active_when", True),
        "conditionalBranches": [
            {
                "name": f"branch{place}",
                "condition": {"expressionString": branch["if"]},
                "response": _response(branch.get("say")),
                "nextStep": _step(branch.get("next")),
            }
            for place, branch in enumerate(branches, start=1)
        ],
        "defaultBranch": {
            "response": _response((default or {}).get("say")),
            "nextStep": _step((default or {}).get("next")),
        },
    }


def _step(spec: str | Spec | None) -> Json | None:
    if spec is None:
        return None
    given: Spec = {"step": spec} if isinstance(spec, str) else spec
    action, _, name = str(given.get("step", "")).partition(" ")
    slots = given.get("slots")
    return {
        "sessionAttributes": given.get("attributes"),
        "dialogAction": {
            "type": action,
            "slotToElicit": name if action == "ElicitSlot" else None,
            "suppressNextMessage": given.get("suppress"),
        }
        if action
        else None,
        "intent": {
            "name": name if action == "StartIntent" else None,
            "slots": {
                key: {"shape": "Scalar", "value": {"interpretedValue": value}, "values": None}
                for key, value in (slots or {}).items()
            }
            or None,
        }
        if action == "StartIntent" or slots
        else None,
    }


def _response(spec: Any) -> Json | None:
    if spec is None:
        return None
    return {"messageGroupsList": _groups(spec), "allowInterrupt": True}


def _prompt(spec: Spec) -> Json:
    return {
        "messageGroupsList": _groups(spec["ask"]),
        "maxRetries": spec.get("retries", 2),
        "allowInterrupt": True,
        "messageSelectionStrategy": "Ordered" if spec.get("ordered") else "Random",
        "promptAttemptsSpecification": None,
    }


def _groups(spec: Any) -> list[Json]:
    """A text, or a list of groups; a group is a message, or a list of variations of it."""
    groups = spec if isinstance(spec, list) else [spec]
    return [_group(group if isinstance(group, list) else [group]) for group in groups]


def _group(variations: list[Any]) -> Json:
    first, *rest = (_message(variation) for variation in variations)
    return {"message": first, "variations": rest or None}


def _message(spec: str | Spec) -> Json:
    given: Spec = {"text": spec} if isinstance(spec, str) else spec
    card = given.get("card")
    return {
        "plainTextMessage": {"value": given["text"]} if "text" in given else None,
        "ssmlMessage": {"value": given["ssml"]} if "ssml" in given else None,
        "customPayload": {"value": given["payload"]} if "payload" in given else None,
        "imageResponseCard": {
            "title": card["title"],
            "subtitle": card.get("subtitle"),
            "imageUrl": card.get("image"),
            "buttonsList": [
                {"text": text, "value": value}
                for text, value in (card.get("buttons") or {}).items()
            ]
            or None,
        }
        if card
        else None,
    }
