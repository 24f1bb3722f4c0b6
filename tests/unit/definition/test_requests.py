"""The API requests of a definition: valid by AWS's model, whole, and in an order that works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from botocore.validate import ParamValidator
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.definition import BotDefinition, load
from bot.definition.commands.requests import placeholder
from bot.definition.lint.shapes import violations
from bot.definition.load import definition_of
from bot.definition.requests import BOT, Reference, Request, Target, requests_of
from bot.definition.service_model import input_shape, service_model
from tests.unit.definition.clean_bot import (
    CUPS,
    KIND,
    MILK_TYPE,
    ORDER,
    TEA,
    US,
    Edit,
    Json,
    add,
    asked,
    both,
    put,
    said,
    spoilt,
    step,
    when,
)

ROOT = Path(__file__).resolve().parents[3]
ROLE = "arn:aws:iam::111122223333:role/lex-bot"
HOOK = "arn:aws:lambda:us-east-1:111122223333:function:teller"
TARGET = Target(ROLE)
SETTING = "valueElicitationSetting"
SPOKEN = ("value", "utterance", "expressionString", "text", "title", "defaultValue")
VOCABULARY = {"audioRecognitionStrategy": "USE_SLOT_VALUES_AS_CUSTOM_VOCABULARY"}
BUTTON = {"text": "a", "value": "b"}
FOLDERS = [ROOT / "lex_definitions", ROOT / "tests/integration/runtime/bots/beanbar"]


def bot_of(*edits: Edit) -> BotDefinition:
    return definition_of(spoilt(*edits).files)


def requests(*edits: Edit, target: Target = TARGET) -> list[Request]:
    return list(requests_of(bot_of(*edits), target))


def one(found: list[Request], operation: str, **wanted: Any) -> Mapping[str, Any]:
    [request] = [
        r
        for r in found
        if r.operation == operation
        and all(r.parameters.get(key) == value for key, value in wanted.items())
    ]
    return request.parameters


def faults(request: Request) -> list[str]:
    """What botocore's validator and the limits in its model have against a request."""
    shape, parameters = input_shape(request.operation), request.resolved(placeholder)
    report = ParamValidator().validate(parameters, shape)
    found = [str(report.generate_report())] if report.has_errors() else []
    return found + [f"{v.keys} {v.message}" for v in violations_in_api(shape, parameters)]


def violations_in_api(shape: Any, parameters: Any) -> Iterator[Any]:
    """As lint compares an export with a shape; here each key must be the API's own."""
    for name, value in parameters.items():
        member = shape.members[name]
        yield from (v for v in violations(member, value) if v.kind != "key.unknown")


def leaves(node: Any) -> Iterator[str]:
    """Every text that a customer says or reads, wherever it stands."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key in SPOKEN and isinstance(value, str):
                yield value
            yield from leaves(value)
    elif isinstance(node, list):
        for item in node:
            yield from leaves(item)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_bot_of_ours_gives_requests_that_botocore_takes(folder: Path) -> None:
    made = list(requests_of(load(folder), TARGET))
    assert [fault for request in made for fault in faults(request)] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_word_of_a_bot_of_ours_is_in_a_request(folder: Path) -> None:
    bot = load(folder)
    said_in_files = {text for raw in bot.files.values() for text in leaves(raw)}
    asked_for = {t for r in requests_of(bot, TARGET) for t in leaves(r.resolved(placeholder))}
    assert said_in_files
    assert said_in_files <= asked_for


RESPONSES: st.SearchStrategy[Json | None] = st.sampled_from(
    [None, {"messageGroupsList": []}, said("Hello."), said("One {cups}.", "Two [a].", "Three.")]
)
STEPS: st.SearchStrategy[Json | None] = st.sampled_from(
    [
        None,
        step(None),
        step("ElicitSlot", "cups"),
        step("StartIntent", intent={"name": "AddMilk", "slots": {"milk": {"value": None}}}),
        step("EndConversation", sessionAttributes={"a": "{kind}"}, unheard={"of": 1}),
        {
            "intent": {
                "name": None,
                "slots": {"cups": {"shape": "Scalar", "value": {"interpretedValue": "2"}}},
            }
        },
    ]
)
CONDITIONALS: st.SearchStrategy[Json | None] = st.sampled_from(
    [None, when("{cups} = 2"), {**when("[a]"), "isActive": False}, {"conditionalBranches": []}]
)


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """Settings by chance, in every form of older and newer exports."""

    def outcomes(*names: str) -> Json:
        made: Json = {"xUnheard": draw(st.booleans())}
        for name in names:
            made[f"{name}Response"] = draw(RESPONSES)
            made[f"{name}NextStep"] = draw(STEPS)
            made[f"{name}Conditional"] = draw(CONDITIONALS)
        return made

    def hook() -> Json | None:
        after = draw(st.sampled_from([None, {}, outcomes("success", "failure", "timeout")]))
        whole = {"isActive": True, "enableCodeHookInvocation": True}
        known: Json = draw(st.sampled_from([{}, whole, {"isActive": None}]))
        made: Json | None = draw(
            st.sampled_from([None, {**known, "postCodeHookSpecification": after}])
        )
        return made

    return both(
        put(
            ORDER,
            "initialResponseSetting",
            {
                "initialResponse": draw(RESPONSES),
                "nextStep": draw(STEPS),
                "conditional": draw(CONDITIONALS),
                "codeHook": hook(),
            },
        ),
        put(
            ORDER,
            "intentConfirmationSetting",
            {
                "promptSpecification": draw(st.sampled_from([None, asked("Sure?")])),
                **outcomes("confirmation", "declination", "failure"),
                "codeHook": hook(),
                "elicitationCodeHook": draw(st.sampled_from([None, {}])),
            },
        ),
        put(
            ORDER,
            "fulfillmentCodeHook",
            {
                "postFulfillmentStatusSpecification": outcomes("success", "failure", "timeout"),
                "fulfillmentUpdatesSpecification": draw(
                    st.sampled_from([None, {}, {"active": True, "timeoutInSeconds": 30}])
                ),
            },
        ),
        put(
            KIND,
            f"{SETTING}/slotCaptureSetting",
            draw(st.sampled_from([None, {}]))
            or {**outcomes("capture", "failure"), "codeHook": hook()},
        ),
        put(CUPS, f"{SETTING}/slotConstraint", draw(st.sampled_from([None, "Optional"]))),
        put(
            TEA,
            "valueSelectionSetting",
            draw(st.sampled_from([{}, {"resolutionStrategy": "ORIGINAL_VALUE"}])),
        ),
    )


@settings(max_examples=100, deadline=None)
@given(edits())
def test_settings_of_every_form_give_requests_that_botocore_takes(edit: Edit) -> None:
    assert [fault for request in requests(edit) for fault in faults(request)] == []


def test_everything_is_made_before_it_is_referred_to() -> None:
    made: set[Reference] = set()

    def known(reference: Reference) -> str:
        assert reference in made, reference
        return "ABCDEFGHIJ"

    for request in requests(
        put(KIND, f"{SETTING}/slotCaptureSetting", {"captureNextStep": step("ElicitSlot", "cups")})
    ):
        request.resolved(known)
        if request.creates:
            made.add(request.creates)
    assert BOT in made
    assert Reference("slot", ("en_US", "OrderTea", "cups")) in made


def test_steps_come_after_every_slot_that_they_name() -> None:
    chained = put(
        KIND, f"{SETTING}/slotCaptureSetting", {"captureNextStep": step("ElicitSlot", "cups")}
    )
    found = requests(chained)
    order = [
        (r.operation, r.parameters.get("slotName"))
        for r in found
        if "Slot" in r.operation and r.parameters.get("localeId") == "en_US"
    ]
    assert order.index(("UpdateSlot", "kind")) > order.index(("CreateSlot", "cups"))
    early = one(found, "CreateSlot", slotName="kind", localeId="en_US")
    assert "slotCaptureSetting" not in early[SETTING]


def test_the_fallback_intent_is_updated_by_the_id_that_lex_gives_it() -> None:
    found = requests()
    created = [r.parameters["intentName"] for r in found if r.operation == "CreateIntent"]
    assert "FallbackIntent" not in created
    update = one(found, "UpdateIntent", intentName="FallbackIntent", localeId="en_US")
    assert update["intentId"] == "FALLBCKINT"


def test_the_words_of_an_export_become_those_of_the_api() -> None:
    found = requests(
        put(KIND, "multipleValuesSetting", {"allowMutlipleValues": True}),
        put(TEA, "valueSelectionSetting/advancedRecognitionSetting", VOCABULARY),
        put(
            KIND,
            f"{SETTING}/promptSpecification/messageGroupsList/0/message",
            {"imageResponseCard": {"title": "T", "subtitle": None, "buttonsList": [BUTTON]}},
        ),
        put(ORDER, "initialResponseSetting", {"conditional": when("{cups} = 2")}),
    )
    kind = one(found, "CreateSlot", slotName="kind", localeId="en_US")
    assert kind["multipleValuesSetting"] == {"allowMultipleValues": True}
    assert kind["slotTypeId"] == Reference("slot type", ("en_US", "Tea"))
    [group] = kind[SETTING]["promptSpecification"]["messageGroups"]
    assert group["message"] == {
        "imageResponseCard": {"title": "T", "buttons": [{"text": "a", "value": "b"}]}
    }
    tea = one(found, "CreateSlotType", slotTypeName="Tea", localeId="en_US")
    assert tea["valueSelectionSetting"] == {
        "resolutionStrategy": "TopResolution",
        "advancedRecognitionSetting": {
            "audioRecognitionStrategy": "UseSlotValuesAsCustomVocabulary"
        },
    }
    order = one(found, "UpdateIntent", intentName="OrderTea", localeId="en_US")
    assert order["fulfillmentCodeHook"] == {"enabled": True, "active": True}
    assert order["initialResponseSetting"]["conditional"]["active"] is True
    assert order["outputContexts"] == [
        {"name": "ordered", "timeToLiveInSeconds": 600, "turnsToLive": 5}
    ]
    assert one(found, "CreateBotLocale", localeId="en_US")["nluIntentConfidenceThreshold"] == 0.4


def test_priorities_are_by_slot_id() -> None:
    order = one(requests(), "UpdateIntent", intentName="OrderTea", localeId="en_US")
    assert order["slotPriorities"] == [
        {"priority": 0, "slotId": Reference("slot", ("en_US", "OrderTea", "kind"))},
        {"priority": 1, "slotId": Reference("slot", ("en_US", "OrderTea", "cups"))},
    ]


def test_a_vocabulary_goes_in_tens() -> None:
    items = [{"phrase": f"phrase {n}", "weight": 2, "displayAs": None} for n in range(23)]
    place = f"{US}CustomVocabulary/CustomVocabulary.json"
    found = requests(add(place, {"customVocabularyItems": items}))
    batches = [
        r.parameters["customVocabularyItemList"]
        for r in found
        if r.operation == "BatchCreateCustomVocabularyItem"
    ]
    assert [len(batch) for batch in batches] == [10, 10, 3]
    assert batches[0][0] == {"phrase": "phrase 0", "weight": 2}
    assert [fault for request in found for fault in faults(request)] == []


def test_a_type_whose_parts_are_types_of_the_bot_comes_after_them() -> None:
    parts = [{"name": "milk", "slotTypeId": "Milk"}]
    found = requests(put(TEA, "compositeSlotTypeSetting", {"subSlots": parts}))
    names = [
        r.parameters["slotTypeName"]
        for r in found
        if r.operation == "CreateSlotType" and r.parameters["localeId"] == "en_US"
    ]
    assert names == ["Milk", "Tea"]
    tea = one(found, "CreateSlotType", slotTypeName="Tea", localeId="en_US")
    assert tea["compositeSlotTypeSetting"]["subSlots"] == [
        {"name": "milk", "slotTypeId": Reference("slot type", ("en_US", "Milk"))}
    ]


def test_the_alias_calls_the_function_of_each_locale() -> None:
    found = requests(target=Target(ROLE, "prod", {"en_US": HOOK}))
    alias = one(found, "CreateBotAlias")
    assert alias["botAliasName"] == "prod"
    assert alias["botAliasLocaleSettings"] == {
        "en_US": {
            "enabled": True,
            "codeHookSpecification": {
                "lambdaCodeHook": {"lambdaARN": HOOK, "codeHookInterfaceVersion": "1.0"}
            },
        },
        "es_US": {"enabled": True},
    }
    assert found[-2].operation == "CreateBotVersion"
    assert [r.operation for r in found].count("BuildBotLocale") == 2


def test_a_value_selection_without_a_strategy_has_lex_s_own() -> None:
    found = requests(put(MILK_TYPE, "valueSelectionSetting", {}))
    milk = one(found, "CreateSlotType", slotTypeName="Milk", localeId="en_US")
    assert milk["valueSelectionSetting"] == {"resolutionStrategy": "OriginalValue"}


def test_the_answer_s_key_of_what_is_made_is_known() -> None:
    for request in requests():
        if request.creates is None:
            assert request.answer_key is None
            continue
        assert request.answer_key in _answer_members(request.operation)


def _answer_members(operation: str) -> set[str]:
    shape: Any = service_model().operation_model(operation).output_shape
    return set(shape.members)


def test_what_exports_call_by_cloudformation_s_names_is_understood() -> None:
    model = "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v2"
    setting = {
        "runtimeSettings": {
            "nluImprovementSpecification": {"enabled": False},
            "slotResolutionImprovementSpecification": {
                "enabled": True,
                "bedrockModelSpecification": {"modelArn": model, "bedrockTraceStatus": "ENABLED"},
            },
        },
        "buildtimeSettings": None,
    }
    found = requests(put(f"{US}BotLocale.json", "generativeAISettings", setting))
    locale = one(found, "CreateBotLocale", localeId="en_US")
    assert locale["generativeAISettings"] == {
        "runtimeSettings": {
            "nluImprovement": {"enabled": False},
            "slotResolutionImprovement": {
                "enabled": True,
                "bedrockModelSpecification": {"modelArn": model, "traceStatus": "ENABLED"},
            },
        }
    }
