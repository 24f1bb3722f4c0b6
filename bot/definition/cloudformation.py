"""The properties of an AWS::Lex::Bot resource that a definition stands for.

CloudFormation writes names instead of ids, lists of keys and values instead of maps, and a capital
first letter. Source: the resource's schema.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape

from bot.definition.dialect import keys_of
from bot.definition.model import BotDefinition, BotLocale, Intent
from bot.definition.service_model import input_shape
from bot.definition.translating import parameters
from bot.definition.vocabulary import vocabulary_of

Properties = dict[str, Any]

_KEYS = {
    "buttons": "Buttons",
    "dtmfSpecification": "DTMFSpecification",
    "ssmlMessage": "SSMLMessage",
    "slotTypeId": "SlotTypeName",
}
_OWN_KEYS = {
    ("FulfillmentStartResponseSpecification", "messageGroups"): "MessageGroups",
    ("FulfillmentUpdateResponseSpecification", "messageGroups"): "MessageGroups",
    ("FulfillmentUpdatesSpecification", "active"): "Active",
    ("BedrockKnowledgeStoreConfiguration", "exactResponseFields"): "BKBExactResponseFields",
}
_LISTED_MAPS = {
    "StringMap": ("Key", "Value"),
    "SlotValueOverrideMap": ("SlotName", "SlotValueOverride"),
}
_LACKING = {"slotResolutionSetting", "intentsInScope"}
"""What an export and the API have and CloudFormation does not."""

_REQUEST_ONLY = {
    "botId", "botVersion", "localeId", "intentId", "roleArn", "botTags", "testBotAliasTags",
    "slotPriorities",
}  # fmt: skip


def properties_of(bot: BotDefinition, role_arn: Any, *, build: bool = True) -> Properties:
    """The resource's `Properties`. `role_arn` may be an intrinsic function, such as `Fn::GetAtt`.

    `build`: CloudFormation builds every locale when it has made it.
    """
    made = _properties("CreateBot", bot.raw)
    made["Name"] = bot.name
    made["RoleArn"] = role_arn
    made["AutoBuildBotLocales"] = build
    made["BotLocales"] = [_locale(bot, locale) for locale in bot.locales.values()]
    return made


def _locale(bot: BotDefinition, locale: BotLocale) -> Properties:
    made = {"LocaleId": locale.locale_id, **_properties("CreateBotLocale", locale.raw)}
    made["SlotTypes"] = [
        _properties("CreateSlotType", slot_type.raw) for slot_type in locale.slot_types.values()
    ]
    made["Intents"] = [_intent(intent) for intent in locale.intents.values()]
    items = [
        {_capital(key): value for key, value in item.to_api().items()}
        for item in vocabulary_of(bot, locale.locale_id)
    ]
    if items:
        made["CustomVocabulary"] = {"CustomVocabularyItems": items}
    return made


def _intent(intent: Intent) -> Properties:
    made = _properties("UpdateIntent", intent.raw)
    if intent.raw.get("bedrockAgentIntentConfiguration"):
        made["BedrockAgentIntentConfiguration"] = _capitals(
            intent.raw["bedrockAgentIntentConfiguration"]
        )
    if intent.slots:
        made["Slots"] = [_properties("CreateSlot", slot.raw) for slot in intent.slots]
        made["SlotPriorities"] = [
            {"Priority": slot.priority, "SlotName": slot.name}
            for slot in intent.slots
            if slot.priority <= 100
        ]
    return made


def _properties(operation: str, raw: Mapping[str, Any]) -> Properties:
    shape = cast("StructureShape", input_shape(operation))
    given = dict.fromkeys(_REQUEST_ONLY)
    said = parameters(shape, raw, lambda name: name, given)
    known = {name: value for name, value in said.items() if value is not None}
    return cast("Properties", _written(shape, known))


def _written(shape: Shape, value: Any) -> Any:
    """A value of the API as CloudFormation writes it."""
    if isinstance(shape, StructureShape):
        return {
            _key(shape.name, name): _written(shape.members[name], item)
            for name, item in value.items()
            if name not in _LACKING
        }
    if isinstance(shape, ListShape):
        return [_written(shape.member, item) for item in value]
    if isinstance(shape, MapShape):
        return _map(shape, value)
    if isinstance(shape, StringShape) and shape.name == "SlotValueResolutionStrategy":
        # TopResolution is TOP_RESOLUTION here, as in an export.
        return re.sub(r"(?<!^)(?=[A-Z])", "_", value).upper()
    return value


def _map(shape: MapShape, value: Mapping[str, Any]) -> Any:
    if shape.name not in _LISTED_MAPS:
        return {key: _written(shape.value, item) for key, item in value.items()}
    key_name, value_name = _LISTED_MAPS[shape.name]
    return [{key_name: key, value_name: _written(shape.value, item)} for key, item in value.items()]


def _key(shape: str, member: str) -> str:
    return _OWN_KEYS.get((shape, member)) or _KEYS.get(member) or _capital(keys_of(member)[0])


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _capitals(raw: Any) -> Any:
    """For what the API's model does not know: every key with a capital letter, nulls left out."""
    if isinstance(raw, Mapping):
        return {_capital(k): _capitals(v) for k, v in raw.items() if v is not None}
    return [_capitals(item) for item in raw] if isinstance(raw, list) else raw
