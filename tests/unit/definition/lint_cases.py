"""For each lint rule an edit of a clean bot that breaks it, and one beside it that does not."""

from __future__ import annotations

from typing import Any

from tests.unit.definition.clean_bot import (
    CUPS,
    ES,
    FALLBACK,
    KIND,
    MILK,
    MILK_TYPE,
    ORDER,
    TEA,
    US,
    Edit,
    Json,
    add,
    asked,
    both,
    drop,
    in_english_only,
    intent,
    put,
    said,
    slot,
    slot_type,
    step,
    text,
    utter,
    when,
)

SETTING = "valueElicitationSetting"
PROMPT = f"{SETTING}/promptSpecification"
MESSAGE = f"{PROMPT}/messageGroupsList/0/message"
WORDS = f"{MESSAGE}/plainTextMessage/value"
LOCALE = f"{US}BotLocale.json"
KIND_ES = KIND.replace(US, ES)
NEW = f"{US}Intents/New/Intent.json"
NEW_SLOT = f"{US}Intents/New/Slots/note/Slot.json"
NOTHING: Edit = both()


def new_intent(*utterances: str, **other: Any) -> Edit:
    return add(NEW, intent("New", *(utterances or ("one two", "three four", "five")), **other))


def initial(**parts: object) -> Edit:
    return put(ORDER, "initialResponseSetting", parts)


def capture(file: str, next_step: Json) -> Edit:
    return put(file, f"{SETTING}/slotCaptureSetting", {"captureNextStep": next_step})


def extended(pattern: str, *values: str) -> Edit:
    """Makes Milk an extension of AlphaNumeric."""
    content = slot_type("Milk", *values)
    content["parentSlotTypeSignature"] = "AMAZON.AlphaNumeric"
    content["valueSelectionSetting"]["regexFilter"] = {"pattern": pattern}
    return add(MILK_TYPE, content)


def composite(expression: str, *parts: str) -> Edit:
    inner = {
        name: {
            "slotTypeName": "AMAZON.Number",
            "valueElicitationSetting": {"promptSpecification": asked("How much?")},
        }
        for name in parts
    }
    return put(KIND, "subSlotSetting", {"expression": expression, "slotSpecifications": inner})


def many(count: int) -> list[Json]:
    return [{"utterance": f"utterance {number}"} for number in range(count)]


def values(count: int) -> list[Json]:
    return [{"sampleValue": {"value": f"v{n}"}, "synonyms": None} for n in range(count)]


def named(name: str) -> Edit:
    """A slot `note` of that name in English, asked for and free of other faults."""
    return add(KIND.replace("/kind/", f"/{name}/"), slot(name, "Tea", "Well?", "Now?"))


def several_intents(count: int) -> Edit:
    return both(
        *(add(f"{ES}Intents/I{n}/Intent.json", intent(f"I{n}", f"say {n}")) for n in range(count))
    )


def several_slots(count: int) -> Edit:
    path = ORDER.removesuffix("Intent.json")
    return both(
        *(add(f"{path}Slots/s{n}/Slot.json", slot(f"s{n}", "Tea", "Q?")) for n in range(count))
    )


GREEN: Json = {"sampleValue": {"value": "Green"}, "synonyms": None}
CARD: Json = {"imageResponseCard": {"title": "Teas", "buttonsList": None}}
HOOK: Json = {"isActive": True, "enableCodeHookInvocation": True, "invocationLabel": None}

CASES: dict[str, tuple[Edit, Edit]] = {
    # the archive
    "manifest.missing": (drop("Manifest.json"), NOTHING),
    "manifest.type": (
        put("Manifest.json", "metaData/resourceType", "TEST_SET"),
        put("Manifest.json", "metaData/resourceType", "BotLocale"),
    ),
    "bot.missing": (drop("Cafe/Bot.json"), NOTHING),
    "bot.duplicate": (add("Other/Bot.json", {"name": "Other"}), NOTHING),
    "locale.missing": (drop(US, ES), drop(ES)),
    "locale.duplicate": (
        put(f"{ES}BotLocale.json", "identifier", "en_US"),
        put(f"{ES}BotLocale.json", "identifier", "es_ES"),
    ),
    "locale.id": (put(LOCALE, "identifier", "en-US"), put(LOCALE, "identifier", "es_419")),
    "locale.unverified": (put(LOCALE, "identifier", "xx_XX"), put(LOCALE, "identifier", "da_DK")),
    "file.unreadable": (
        put(ORDER, "outputContexts/0/turnsToLive", "soon"),
        put(ORDER, "outputContexts/0/turnsToLive", 6),
    ),
    "file.orphan": (
        add(f"{US}Intents/Gone/Slots/note/Slot.json", slot("note", "Tea", "Note?")),
        both(new_intent(), add(NEW_SLOT, slot("note", "Tea", "Note?"))),
    ),
    "file.unknown": (
        add("Cafe/notes.json", {}),
        add(f"{US}Intents/OrderTea/ConversationFlow.json", {}),
    ),
    # names
    "name.pattern": (put(ORDER, "name", "Order_-Tea"), put(ORDER, "name", "Order_Tea-2")),
    "name.builtin": (
        add(NEW, intent("QnaIntent", "help me")),
        add(NEW, intent("HelpIntent", parentIntentSignature="AMAZON.HelpIntent")),
    ),
    "intent.duplicate": (add(NEW, intent("OrderTea", "hello")), new_intent()),
    "slot.duplicate": (put(CUPS, "name", "kind"), put(CUPS, "name", "Kinds")),
    "type.duplicate": (put(MILK_TYPE, "name", "Tea"), put(MILK_TYPE, "name", "Teas")),
    "name.case_twin": (put(CUPS, "name", "Kind"), put(CUPS, "name", "Kinds")),
    "name.folder": (put(MILK_TYPE, "name", "Milks"), NOTHING),
    # a locale's parts
    "fallback.missing": (drop(FALLBACK), NOTHING),
    "fallback.multiple": (
        new_intent("x", parentIntentSignature="AMAZON.FallbackIntent"),
        new_intent("x", parentIntentSignature="AMAZON.HelpIntent"),
    ),
    "fallback.content": (
        put(FALLBACK, "sampleUtterances", many(1)),
        put(FALLBACK, "sampleUtterances", []),
    ),
    "builtin.content": (
        both(
            new_intent("x", parentIntentSignature="AMAZON.HelpIntent"),
            add(NEW_SLOT, slot("note", "Tea", "Note?")),
        ),
        new_intent("x", parentIntentSignature="AMAZON.HelpIntent"),
    ),
    "builtin.unknown": (
        new_intent("x", parentIntentSignature="AMAZON.DanceIntent"),
        new_intent("x", parentIntentSignature="AMAZON.StopIntent"),
    ),
    "locale.empty": (
        drop(f"{US}Intents/O", f"{US}Intents/A"),
        both(
            drop(f"{US}Intents/O", f"{US}Intents/A"),
            new_intent("x", parentIntentSignature="AMAZON.QInConnectIntent"),
        ),
    ),
    "limits.intents": (several_intents(248), several_intents(247)),
    "limits.slots": (several_slots(99), several_slots(98)),
    "limits.slot_utterances": (
        put(KIND, f"{SETTING}/sampleUtterances", many(11)),
        put(KIND, f"{SETTING}/sampleUtterances", many(10)),
    ),
    "limits.values": (
        both(
            *(
                add(
                    f"{US}SlotTypes/T{n}/SlotType.json",
                    {"name": f"T{n}", "slotTypeValues": values(9_999)},
                )
                for n in range(6)
            )
        ),
        put(TEA, "slotTypeValues", values(9_999)),
    ),
    "limits.locale": (
        both(
            *(add(f"{ES}SlotTypes/T{n}/SlotType.json", slot_type(f"T{n}", "a")) for n in range(99))
        ),
        both(
            *(add(f"{ES}SlotTypes/T{n}/SlotType.json", slot_type(f"T{n}", "a")) for n in range(98))
        ),
    ),
    "intent.unreachable": (
        add(NEW, intent("New")),
        both(
            add(NEW, intent("New")), initial(nextStep=step("StartIntent", intent={"name": "New"}))
        ),
    ),
    "intent.few_utterances": (new_intent("one", "two"), new_intent("one", "two", "three")),
    # utterances
    "utterance.unknown_slot": (utter(ORDER, "tea for {who}"), utter(ORDER, "tea for {cups}")),
    "utterance.duplicate": (utter(ORDER, "order  tea"), utter(ORDER, "Order TEA")),
    "utterance.duplicate_in_context": (utter(MILK, "order tea"), utter(MILK, "order teas")),
    "utterance.near": (utter(ORDER, "order tea!"), utter(ORDER, "order a tea")),
    "utterance.value_twin": (utter(MILK, "i want a green tea"), utter(ORDER, "i want a green tea")),
    "utterance.value_overlap": (
        both(utter(MILK, "i want a {milk} tea"), put(MILK_TYPE, "slotTypeValues/-", GREEN)),
        utter(MILK, "i want a {milk} tea"),
    ),
    "utterance.bare_slot": (utter(ORDER, "{kind}"), utter(ORDER, "{kind} {cups}")),
    "utterance.empty": (utter(ORDER, " "), utter(ORDER, "a")),
    "utterance.length": (utter(ORDER, "x" * 501), utter(ORDER, "x" * 500)),
    "utterance.count": (
        put(ORDER, "sampleUtterances", many(1501)),
        put(ORDER, "sampleUtterances", many(1500)),
    ),
    "utterance.only_freeform": (
        put(KIND, "slotTypeName", "AMAZON.FreeFormInput"),
        put(KIND, "slotTypeName", "AMAZON.AlphaNumeric"),
    ),
    # slots
    "slot.no_type": (put(KIND, "slotTypeName", None), NOTHING),
    "slot.unknown_type": (
        put(KIND, "slotTypeName", "Coffee"),
        put(KIND, "slotTypeName", "AMAZON.City"),
    ),
    "slot.unverified_type": (
        put(KIND, "slotTypeName", "AMAZON.Colour"),
        put(KIND, "slotTypeName", "AMAZON.Country"),
    ),
    "slot.type_locale": (
        put(KIND, "slotTypeName", "AMAZON.UKPostalCode"),
        both(put(KIND, "slotTypeName", "AMAZON.UKPostalCode"), put(LOCALE, "identifier", "en_GB")),
    ),
    "slot.no_prompt": (
        put(KIND, PROMPT, None),
        both(
            put(KIND, PROMPT, None),
            put(
                KIND,
                f"{SETTING}/defaultValueSpecification",
                {"defaultValueList": [{"defaultValue": "green"}]},
            ),
        ),
    ),
    "slot.freeform": (
        both(
            put(CUPS, "slotTypeName", "AMAZON.FreeFormInput"),
            put(CUPS, f"{SETTING}/waitAndContinueSpecification", {"isActive": True}),
        ),
        put(CUPS, "slotTypeName", "AMAZON.FreeFormInput"),
    ),
    "slot.multi_type": (
        put(CUPS, "multipleValuesSetting", {"allowMultipleValues": True}),
        put(KIND, "multipleValuesSetting", {"allowMultipleValues": True}),
    ),
    "slot.utterance_unknown_slot": (
        put(KIND, f"{SETTING}/sampleUtterances", [{"utterance": "{kind} for {who}"}]),
        put(KIND, f"{SETTING}/sampleUtterances", [{"utterance": "{cups} of {kind}"}]),
    ),
    "slot.utterance_without_slot": (
        put(KIND, f"{SETTING}/sampleUtterances", [{"utterance": "any"}]),
        put(KIND, f"{SETTING}/sampleUtterances", [{"utterance": "some {kind}"}]),
    ),
    "slot.unasked": (
        both(
            new_intent(),
            add(NEW_SLOT, slot("note", "Tea", "Note?", "What note?")),
            put(NEW_SLOT, f"{SETTING}/slotConstraint", "Optional"),
        ),
        both(
            new_intent("a {note}"),
            add(NEW_SLOT, slot("note", "Tea", "Note?", "What note?")),
            put(NEW_SLOT, f"{SETTING}/slotConstraint", "Optional"),
        ),
    ),
    "slot.one_voice": (
        put(KIND, PROMPT, asked("Which tea?")),
        put(KIND, PROMPT, asked("Which tea?", retries=0)),
    ),
    "composite.expression": (
        composite("leaf AND bag", "leaf"),
        composite("(leaf) OR bag", "leaf", "bag"),
    ),
    "composite.nested": (
        both(
            put(
                TEA, "compositeSlotTypeSetting", {"subSlots": [{"name": "m", "slotTypeId": "Milk"}]}
            ),
            put(
                MILK_TYPE,
                "compositeSlotTypeSetting",
                {"subSlots": [{"name": "n", "slotTypeId": "AMAZON.Number"}]},
            ),
        ),
        put(TEA, "compositeSlotTypeSetting", {"subSlots": [{"name": "m", "slotTypeId": "Milk"}]}),
    ),
    "composite.locale": (
        both(composite("leaf", "leaf"), put(LOCALE, "identifier", "en_GB")),
        composite("leaf", "leaf"),
    ),
    "priority.unknown": (
        put(ORDER, "slotPriorities/-", {"slotName": "who", "priority": 9}),
        NOTHING,
    ),
    "priority.missing": (put(ORDER, "slotPriorities", []), NOTHING),
    "priority.shared": (
        put(ORDER, "slotPriorities/1/priority", 0),
        put(ORDER, "slotPriorities/1/priority", 7),
    ),
    # slot types
    "type.empty": (put(TEA, "slotTypeValues", []), extended("[0-9]{9}")),
    "type.parent": (
        put(TEA, "parentSlotTypeSignature", "AMAZON.City"),
        put(TEA, "parentSlotTypeSignature", "AMAZON.AlphaNumeric"),
    ),
    "type.duplicate_value": (
        put(TEA, "slotTypeValues/-", {"sampleValue": {"value": "green"}}),
        put(TEA, "slotTypeValues/-", {"sampleValue": {"value": "Green"}}),
    ),
    "type.synonym_clash": (
        put(TEA, "slotTypeValues/1/synonyms/-", {"value": "Green"}),
        put(TEA, "slotTypeValues/0/synonyms/-", {"value": "Green"}),
    ),
    "type.long_value": (
        put(TEA, "slotTypeValues/0/sampleValue/value", "x" * 141),
        put(TEA, "slotTypeValues/0/sampleValue/value", "x" * 140),
    ),
    "limits.value_length": (
        put(TEA, "slotTypeValues/0/sampleValue/value", "x" * 501),
        put(TEA, "slotTypeValues/0/sampleValue/value", "x" * 500),
    ),
    "limits.type_values": (
        put(TEA, "slotTypeValues", values(10_001)),
        put(TEA, "slotTypeValues", values(10_000)),
    ),
    "regex.invalid": (extended("[0-9"), extended("[0-9]")),
    "regex.forbidden": (extended("A{2,}"), extended(r"A{2,3}[.+*]\.")),
    "regex.parent": (
        put(TEA, "valueSelectionSetting/regexFilter", {"pattern": "[0-9]"}),
        extended("[0-9]"),
    ),
    "regex.value": (extended("[0-9]", "1" * 31), extended("[0-9]", "1" * 30)),
    "type.unused": (
        put(KIND, "slotTypeName", "AMAZON.City"),
        both(
            put(KIND, "slotTypeName", "AMAZON.City"),
            put(
                MILK_TYPE,
                "compositeSlotTypeSetting",
                {"subSlots": [{"name": "m", "slotTypeId": "Tea"}]},
            ),
        ),
    ),
    # the dialog's way
    "step.unknown_intent": (
        initial(nextStep=step("StartIntent", intent={"name": "Gone"})),
        initial(nextStep=step("StartIntent", intent={"name": "AddMilk"})),
    ),
    "step.unknown_slot": (
        capture(KIND, step("ElicitSlot", "who")),
        both(
            capture(KIND, step("ElicitSlot", "cups")),
            capture(CUPS, step("ElicitSlot", "milk", intent={"name": "AddMilk"})),
        ),
    ),
    "step.no_intent": (
        capture(KIND, step("StartIntent")),
        capture(KIND, step("StartIntent", intent={"name": "AddMilk"})),
    ),
    "condition.syntax": (
        initial(conditional=when("{kind} is green")),
        initial(conditional=when(" {kind} = 'green' AND fn.IS_NULL([sugar]) ")),
    ),
    "condition.unknown_slot": (
        initial(conditional=when("{who} = 'me'")),
        initial(conditional=when("{AddMilk.milk} = 'oat' OR {milk} = 'soy'")),
    ),
    "message.unknown_slot": (
        put(KIND, WORDS, "For {who}?"),
        put(KIND, WORDS, "{cups} cups, {AddMilk.milk}?"),
    ),
    "message.empty": (
        put(KIND, f"{MESSAGE}/plainTextMessage", None),
        put(KIND, MESSAGE, CARD),
    ),
    "message.several": (put(KIND, MESSAGE, {**text("Hi"), **CARD}), put(KIND, MESSAGE, CARD)),
    "message.none": (
        initial(initialResponse={"messageGroupsList": []}),
        initial(initialResponse=None),
    ),
    "hook.switched_off": (
        initial(codeHook=HOOK),
        both(initial(codeHook=HOOK), put(ORDER, "dialogCodeHook/enabled", True)),
    ),
    "fallback.silent": (
        put(FALLBACK, "fulfillmentCodeHook/enabled", False),
        both(
            put(FALLBACK, "fulfillmentCodeHook/enabled", False),
            put(FALLBACK, "intentClosingSetting", {"closingResponse": said("Pardon?")}),
        ),
    ),
    "confirmation.no_declination": (
        put(ORDER, "intentConfirmationSetting/declinationResponse", None),
        both(
            put(ORDER, "intentConfirmationSetting/declinationResponse", None),
            put(ORDER, "intentConfirmationSetting/declinationNextStep", step("EndConversation")),
        ),
    ),
    # contexts
    "context.unknown": (
        put(MILK, "inputContexts/-", {"name": "sitting"}),
        put(MILK, "inputContexts", [{"name": "ordered"}]),
    ),
    "context.unused": (
        put(MILK, "inputContexts", None),
        both(
            put(MILK, "inputContexts", None),
            put(
                KIND,
                f"{SETTING}/defaultValueSpecification",
                {"defaultValueList": [{"defaultValue": "#ordered.kind"}]},
            ),
        ),
    ),
    "context.own": (
        put(ORDER, "inputContexts", [{"name": "ordered"}]),
        both(
            put(ORDER, "inputContexts", [{"name": "ordered"}]),
            put(
                MILK,
                "outputContexts",
                [{"name": "ordered", "timeToLiveInSeconds": 90, "turnsToLive": 5}],
            ),
        ),
    ),
    "default.unknown_context": (
        put(
            KIND,
            f"{SETTING}/defaultValueSpecification",
            {"defaultValueList": [{"defaultValue": "#before.kind"}]},
        ),
        put(
            KIND,
            f"{SETTING}/defaultValueSpecification",
            {"defaultValueList": [{"defaultValue": "#ordered.kind"}, {"defaultValue": "[kind]"}]},
        ),
    ),
    # kinds and limits
    "shape.kind": (
        put(LOCALE, "nluConfidenceThreshold", "0.4"),
        put(LOCALE, "nluConfidenceThreshold", 1),
    ),
    "shape.missing": (
        put("Cafe/Bot.json", "name", None),
        both(
            put("Cafe/Bot.json", "idleSessionTTLInSeconds", None),
            put(ORDER, "intentConfirmationSetting", {"isActive": False}),
        ),
    ),
    "shape.enum": (
        put(TEA, "valueSelectionSetting/resolutionStrategy", "BEST"),
        put(TEA, "valueSelectionSetting/resolutionStrategy", "TopResolution"),
    ),
    "key.unknown": (put(KIND, "promptSpecification", {}), put(KIND, "description", "A tea.")),
    "limits.length": (
        put(ORDER, "description", "x" * 2001),
        put(ORDER, "description", "🍵" * 1000),
    ),
    "limits.range": (
        put("Cafe/Bot.json", "idleSessionTTLInSeconds", 59),
        put("Cafe/Bot.json", "idleSessionTTLInSeconds", 86_400),
    ),
    "limits.count": (
        put(ORDER, "inputContexts", [{"name": f"c{n}"} for n in range(6)]),
        put(ORDER, "inputContexts", [{"name": f"c{n}"} for n in range(5)]),
    ),
    "limits.pattern": (
        put(
            ORDER, "kendraConfiguration", {"kendraIndex": "arn:aws:s3:::my-bucket-of-many-letters"}
        ),
        put(
            ORDER,
            "kendraConfiguration",
            {"kendraIndex": "arn:aws:kendra:us-east-1:111122223333:index/tea"},
        ),
    ),
    # several languages
    "locale.intent_missing": (new_intent(), in_english_only(new_intent())),
    "locale.slot_missing": (named("sugar"), in_english_only(named("sugar"))),
    "locale.type_missing": (
        add(f"{US}SlotTypes/Cake/SlotType.json", slot_type("Cake", "plum")),
        in_english_only(add(f"{US}SlotTypes/Cake/SlotType.json", slot_type("Cake", "plum"))),
    ),
    "locale.prompt_missing": (put(KIND, PROMPT, None), in_english_only(put(KIND, PROMPT, None))),
    "locale.utterances_missing": (
        put(MILK, "sampleUtterances", None),
        in_english_only(put(MILK, "sampleUtterances", None)),
    ),
    "locale.differs": (
        put(KIND, f"{SETTING}/slotConstraint", "Optional"),
        in_english_only(put(KIND, f"{SETTING}/slotConstraint", "Optional")),
    ),
    "locale.untranslated": (
        both(
            put(KIND, WORDS, "What a fine tea is it?"),
            put(KIND_ES, WORDS, "What a fine tea is it?"),
        ),
        both(put(KIND, WORDS, "Tea: green, black?"), put(KIND_ES, WORDS, "Tea: green, negro?")),
    ),
    # what must not be read by others
    "security.unobfuscated": (
        named("cardNumber"),
        both(
            named("cardNumber"),
            put(
                KIND.replace("/kind/", "/cardNumber/"),
                "obfuscationSetting",
                {"obfuscationSettingType": "DefaultObfuscation"},
            ),
        ),
    ),
    "security.repeated": (
        both(named("pin"), initial(initialResponse=said("Your PIN is {pin}."))),
        both(named("pin"), initial(initialResponse=said("Your tea is {kind}."))),
    ),
    "security.kept": (
        both(named("pin"), capture(KIND, step(None, sessionAttributes={"code": "{pin}"}))),
        both(named("pin"), capture(KIND, step(None, sessionAttributes={"tea": "{kind}"}))),
    ),
    # other services
    "cloud.kendra": (
        new_intent(parentIntentSignature="AMAZON.KendraSearchIntent"),
        new_intent(parentIntentSignature="AMAZON.HelpIntent"),
    ),
    "cloud.bedrock": (
        new_intent(qnAIntentConfiguration={"dataSourceConfiguration": None}),
        new_intent(qnAIntentConfiguration=None),
    ),
    "cloud.qinconnect": (
        new_intent(parentIntentSignature="AMAZON.QInConnectIntent"),
        new_intent(qInConnectIntentConfiguration=None),
    ),
    "cloud.grammar_s3": (
        put(TEA, "externalSourceSetting", {"grammarSlotTypeSetting": {}}),
        put(TEA, "externalSourceSetting", None),
    ),
    "cloud.generative": (
        put(
            KIND, f"{SETTING}/slotResolutionSetting", {"slotResolutionStrategy": "EnhancedFallback"}
        ),
        put(KIND, f"{SETTING}/slotResolutionSetting", {"slotResolutionStrategy": "Default"}),
    ),
}
