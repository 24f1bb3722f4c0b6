"""A small bot in two languages with which lint finds no fault, and ways to spoil it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from bot.definition.lint import Finding, lint_export
from bot.definition.reading import Export

Json = dict[str, Any]
Files = dict[str, Json]
Edit = Callable[[Files], None]

US, ES = "Cafe/BotLocales/en_US/", "Cafe/BotLocales/es_US/"
ORDER, MILK = f"{US}Intents/OrderTea/Intent.json", f"{US}Intents/AddMilk/Intent.json"
FALLBACK = f"{US}Intents/FallbackIntent/Intent.json"
KIND = f"{US}Intents/OrderTea/Slots/kind/Slot.json"
CUPS = f"{US}Intents/OrderTea/Slots/cups/Slot.json"
TEA, MILK_TYPE = f"{US}SlotTypes/Tea/SlotType.json", f"{US}SlotTypes/Milk/SlotType.json"


def text(words: str) -> Json:
    return {"plainTextMessage": {"value": words}, "ssmlMessage": None, "imageResponseCard": None}


def said(*words: str) -> Json:
    group = {"message": text(words[0]), "variations": [text(other) for other in words[1:]]}
    return {"messageGroupsList": [group], "allowInterrupt": True}


def asked(*words: str, retries: int = 2) -> Json:
    return {**said(*words), "maxRetries": retries, "messageSelectionStrategy": "Random"}


def step(action: str | None, slot: str | None = None, **other: Any) -> Json:
    kind = {"type": action, "slotToElicit": slot} if action else None
    return {"dialogAction": kind, "intent": None, "sessionAttributes": None, **other}


def when(expression: str) -> Json:
    branch = {
        "name": "first",
        "condition": {"expressionString": expression},
        "nextStep": step("FulfillIntent"),
        "response": None,
    }
    return {"isActive": True, "conditionalBranches": [branch], "defaultBranch": {"nextStep": None}}


def slot(name: str, kind: str, *words: str) -> Json:
    return {
        "name": name,
        "identifier": "ABCDEFGHIJ",
        "slotTypeName": kind,
        "obfuscationSetting": None,
        "multipleValuesSetting": None,
        "valueElicitationSetting": {
            "slotConstraint": "Required",
            "promptSpecification": asked(*words),
            "sampleUtterances": None,
            "defaultValueSpecification": None,
        },
    }


def intent(name: str, *utterances: str, slots: tuple[str, ...] = (), **other: Any) -> Json:
    return {
        "name": name,
        "identifier": "ABCDEFGHIJ",
        "parentIntentSignature": None,
        "sampleUtterances": [{"utterance": u} for u in utterances] or None,
        "slotPriorities": [{"slotName": s, "priority": i} for i, s in enumerate(slots)] or None,
        "dialogCodeHook": {"enabled": False},
        "fulfillmentCodeHook": {"enabled": True, "isActive": True},
        "inputContexts": None,
        "outputContexts": None,
        "intentConfirmationSetting": None,
        **other,
    }


def slot_type(name: str, *values: str) -> Json:
    return {
        "name": name,
        "identifier": "ABCDEFGHIJ",
        "parentSlotTypeSignature": None,
        "slotTypeValues": [
            {"sampleValue": {"value": value}, "synonyms": [{"value": f"{value}s"}]}
            for value in values
        ],
        "valueSelectionSetting": {"resolutionStrategy": "TOP_RESOLUTION", "regexFilter": None},
    }


def clean() -> Files:
    return {
        "Manifest.json": {
            "metaData": {"schemaVersion": "1", "fileFormat": "LexJson", "resourceType": "BOT"}
        },
        "Cafe/Bot.json": {
            "name": "Cafe",
            "identifier": "CAFEBOT000",
            "version": "DRAFT",
            "description": None,
            "dataPrivacy": {"childDirected": False},
            "idleSessionTTLInSeconds": 300,
        },
        **_locale(
            US,
            "en_US",
            ("order tea", "i want a {kind} tea", "{cups} cups please"),
            ("add milk", "with {milk} please", "put {milk} into it"),
            ("Which tea?", "What tea?"),
            ("How many cups?", "And how many?"),
            ("Which milk?", "And what milk?"),
            ("{cups} cups of {kind}, right?", "Fine, nothing was ordered."),
            ("green", "black"),
            ("oat", "soy"),
        ),
        **_locale(
            ES,
            "es_US",
            ("quiero un té", "un té {kind}", "{cups} tazas por favor"),
            ("con leche", "ponle {milk} por favor", "leche de {milk}"),
            ("¿Qué té?", "¿Cuál té?"),
            ("¿Cuántas tazas?", "¿Y cuántas?"),
            ("¿Qué leche?", "¿Y qué leche?"),
            ("¿{cups} tazas de {kind}?", "Bueno, no pedí nada."),
            ("verde", "negro"),
            ("avena", "soya"),
        ),
    }


def _locale(root: str, name: str, *words: tuple[str, ...]) -> Files:
    order, milk, which, many, milky, confirm, teas, milks = words
    context = {"name": "ordered", "timeToLiveInSeconds": 600, "turnsToLive": 5}
    setting = {"promptSpecification": asked(confirm[0]), "declinationResponse": said(confirm[1])}
    return {
        f"{root}BotLocale.json": {
            "name": name,
            "identifier": name,
            "version": None,
            "voiceSettings": {"voiceId": "Joanna", "engine": "neural"},
            "nluConfidenceThreshold": 0.4,
        },
        f"{root}Intents/OrderTea/Intent.json": intent(
            "OrderTea",
            *order,
            slots=("kind", "cups"),
            outputContexts=[context],
            intentConfirmationSetting=setting,
        ),
        f"{root}Intents/OrderTea/Slots/kind/Slot.json": slot("kind", "Tea", *which),
        f"{root}Intents/OrderTea/Slots/cups/Slot.json": slot("cups", "AMAZON.Number", *many),
        f"{root}Intents/AddMilk/Intent.json": intent(
            "AddMilk",
            *milk,
            slots=("milk",),
            inputContexts=[{"name": "ordered", "timeToLiveInSeconds": None, "turnsToLive": None}],
        ),
        f"{root}Intents/AddMilk/Slots/milk/Slot.json": slot("milk", "Milk", *milky),
        f"{root}Intents/FallbackIntent/Intent.json": intent(
            "FallbackIntent", parentIntentSignature="AMAZON.FallbackIntent"
        ),
        f"{root}SlotTypes/Tea/SlotType.json": slot_type("Tea", *teas),
        f"{root}SlotTypes/Milk/SlotType.json": slot_type("Milk", *milks),
    }


def put(file: str, pointer: str, value: Any) -> Edit:
    """Sets the value at `a/b/0`; lists grow by one at `-`."""

    def edit(files: Files) -> None:
        place: Any = files[file]
        *way, last = pointer.split("/")
        for key in way:
            place = place[int(key)] if isinstance(place, list) else place[key]
        if last == "-":
            place.append(copy.deepcopy(value))
        else:
            place[int(last) if isinstance(place, list) else last] = copy.deepcopy(value)

    return edit


def add(file: str, content: Json) -> Edit:
    def edit(files: Files) -> None:
        files[file] = copy.deepcopy(content)

    return edit


def drop(*names: str) -> Edit:
    """Removes every file whose path begins with one of `names`."""

    def edit(files: Files) -> None:
        for file in [file for file in files if file.startswith(names)]:
            del files[file]

    return edit


def both(*edits: Edit) -> Edit:
    def edit(files: Files) -> None:
        for one in edits:
            one(files)

    return edit


def utter(file: str, words: str) -> Edit:
    return put(file, "sampleUtterances/-", {"utterance": words})


def in_english_only(edit: Edit) -> Edit:
    return both(drop(ES), edit)


def spoilt(*edits: Edit, root: str = ".") -> Export:
    files = clean()
    for edit in edits:
        edit(files)
    read = {PurePosixPath(file): content for file, content in files.items()}
    manifest = PurePosixPath("Manifest.json")
    return Export(read, PurePosixPath(root), manifest if manifest in read else None)


def findings(*edits: Edit, root: str = ".") -> list[Finding]:
    return list(lint_export(spoilt(*edits, root=root)).findings)
