"""AWS::Lex::Bot of a definition: names for ids, lists for maps, capitals, and nothing unknown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.definition import load
from bot.definition.cloudformation import properties_of
from bot.definition.load import definition_of
from tests.unit.definition.clean_bot import (
    KIND,
    ORDER,
    TEA,
    US,
    Edit,
    Json,
    add,
    both,
    put,
    said,
    spoilt,
    step,
    when,
)

ROOT = Path(__file__).resolve().parents[3]
ROLE = {"Fn::GetAtt": ["BotRole", "Arn"]}
SETTING = "valueElicitationSetting"
FOLDERS = [
    ROOT / "lex_definitions",
    Path(__file__).parent / "bots" / "lending_library",
    ROOT / "tests/integration/runtime/bots/beanbar",
]


def properties(*edits: Edit) -> Json:
    return properties_of(definition_of(spoilt(*edits).files), ROLE)


def english(*edits: Edit) -> Json:
    [locale] = [x for x in properties(*edits)["BotLocales"] if x["LocaleId"] == "en_US"]
    return dict(locale)


def order(*edits: Edit) -> Json:
    [intent] = [x for x in english(*edits)["Intents"] if x["Name"] == "OrderTea"]
    return dict(intent)


def kind(*edits: Edit) -> Json:
    [slot] = [x for x in order(*edits)["Slots"] if x["Name"] == "kind"]
    return dict(slot)


def keys_in(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, item in node.items():
            yield key
            # Here the keys are the names of a composite slot's parts.
            below = item.values() if key == "SlotSpecifications" else [item]
            for part in below:
                yield from keys_in(part)
    elif isinstance(node, list):
        for item in node:
            yield from keys_in(item)


def values_in(node: Any) -> Iterator[Any]:
    yield node
    for item in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from values_in(item)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_key_has_a_capital_and_no_value_is_missing(folder: Path) -> None:
    made = properties_of(load(folder), "arn:aws:iam::111122223333:role/lex-bot")
    assert [key for key in keys_in(made) if not key[0].isupper()] == []
    assert None not in values_in(made)
    assert {"Name", "RoleArn", "DataPrivacy", "IdleSessionTTLInSeconds"} <= set(made)


def test_a_bot_is_one_tree() -> None:
    made = properties()
    assert made["RoleArn"] == ROLE
    assert made["AutoBuildBotLocales"] is True
    assert [locale["LocaleId"] for locale in made["BotLocales"]] == ["en_US", "es_US"]
    assert english()["NluConfidenceThreshold"] == 0.4
    assert [x["Name"] for x in english()["Intents"]] == ["OrderTea", "AddMilk", "FallbackIntent"]
    assert [x["Name"] for x in english()["SlotTypes"]] == ["Tea", "Milk"]


def test_slots_are_named_where_the_api_has_ids() -> None:
    assert order()["SlotPriorities"] == [
        {"Priority": 0, "SlotName": "kind"},
        {"Priority": 1, "SlotName": "cups"},
    ]
    assert kind()["SlotTypeName"] == "Tea"


def test_maps_become_lists_of_keys_and_values() -> None:
    overrides = {
        "name": None,
        "slots": {"cups": {"shape": "Scalar", "value": {"interpretedValue": "2"}}},
    }
    go = step("ElicitSlot", "cups", intent=overrides, sessionAttributes={"a": "b"})
    made = kind(put(KIND, f"{SETTING}/slotCaptureSetting", {"captureNextStep": go}))
    found = made["ValueElicitationSetting"]["SlotCaptureSetting"]["CaptureNextStep"]
    assert found == {
        "DialogAction": {"Type": "ElicitSlot", "SlotToElicit": "cups"},
        "Intent": {
            "Slots": [
                {
                    "SlotName": "cups",
                    "SlotValueOverride": {
                        "Shape": "Scalar",
                        "Value": {"InterpretedValue": "2"},
                    },
                }
            ]
        },
        "SessionAttributes": [{"Key": "a", "Value": "b"}],
    }


def test_switches_and_groups_have_cloudformation_s_names() -> None:
    update = {
        "frequencyInSeconds": 9,
        "messageGroups": said("Wait.")["messageGroupsList"],
    }
    made = order(
        put(ORDER, "initialResponseSetting", {"conditional": when("{cups} = 2")}),
        put(
            ORDER,
            "fulfillmentCodeHook/fulfillmentUpdatesSpecification",
            {"active": True, "updateResponse": update, "timeoutInSeconds": 30},
        ),
    )
    assert made["InitialResponseSetting"]["Conditional"]["IsActive"] is True
    hook = made["FulfillmentCodeHook"]
    assert hook["IsActive"] is True
    assert hook["FulfillmentUpdatesSpecification"]["Active"] is True
    assert "MessageGroups" in hook["FulfillmentUpdatesSpecification"]["UpdateResponse"]
    assert "MessageGroupsList" in kind()["ValueElicitationSetting"]["PromptSpecification"]


def test_resolution_strategies_are_written_as_in_an_export() -> None:
    strategies = {
        slot_type["Name"]: slot_type["ValueSelectionSetting"]["ResolutionStrategy"]
        for slot_type in english(put(TEA, "valueSelectionSetting", {}))["SlotTypes"]
    }
    assert strategies == {"Tea": "ORIGINAL_VALUE", "Milk": "TOP_RESOLUTION"}


def test_what_cloudformation_lacks_is_left_out() -> None:
    setting = {"slotResolutionStrategy": "Default"}
    made = kind(both(put(KIND, f"{SETTING}/slotResolutionSetting", setting), put(KIND, "odd", 1)))
    assert {"SlotResolutionSetting", "Odd"} & set(keys_in(made)) == set()


def test_a_vocabulary_is_part_of_its_locale() -> None:
    items = [{"phrase": "oolong", "weight": 3, "displayAs": None}]
    place = f"{US}CustomVocabulary/CustomVocabulary.json"
    made = english(add(place, {"customVocabularyItems": items}))
    assert made["CustomVocabulary"] == {
        "CustomVocabularyItems": [{"Phrase": "oolong", "Weight": 3}]
    }


def test_a_bedrock_agent_is_kept_though_the_api_s_model_does_not_know_it() -> None:
    agent = {"bedrockAgentConfiguration": {"bedrockAgentId": "A", "bedrockAgentAliasId": None}}
    made = order(put(ORDER, "bedrockAgentIntentConfiguration", agent))
    assert made["BedrockAgentIntentConfiguration"] == {
        "BedrockAgentConfiguration": {"BedrockAgentId": "A"}
    }
