"""How an export's JSON says what the `lexv2-models` API says in other words.

The API's shapes lead: for each member of a shape, this finds its key in the export and its value
in the API's spelling. Source: exports of the service itself; API reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.model import Shape, StringShape

Json = Mapping[str, Any]

_KEYS: dict[str, tuple[str, ...]] = {
    "active": ("isActive", "active"),
    "allowMultipleValues": ("allowMultipleValues", "allowMutlipleValues"),
    "buttons": ("buttonsList", "buttons"),
    "customPrompt": ("bedrockModelCustomPrompt", "customPrompt"),
    "defaultValueSpecification": ("defaultValueSpecification", "defaultValueSpec"),
    "descriptiveBotBuilder": ("descriptiveBotBuilderSpecification", "descriptiveBotBuilder"),
    "guardrail": ("bedrockGuardrailConfiguration", "guardrail"),
    "identifier": ("bedrockGuardrailIdentifier", "identifier"),
    "intentDisplayName": ("displayName", "intentDisplayName"),
    "messageGroups": ("messageGroupsList", "messageGroups", "messageGroupList"),
    "nluIntentConfidenceThreshold": ("nluConfidenceThreshold", "nluIntentConfidenceThreshold"),
    "nluImprovement": ("nluImprovementSpecification", "nluImprovement"),
    "sampleUtteranceGeneration": (
        "sampleUtteranceGenerationSpecification",
        "sampleUtteranceGeneration",
    ),
    "slotResolutionImprovement": (
        "slotResolutionImprovementSpecification",
        "slotResolutionImprovement",
    ),
    "slotTypeId": ("slotTypeName", "slotTypeId"),
    "traceStatus": ("bedrockTraceStatus", "traceStatus"),
    "valueElicitationSetting": ("valueElicitationSetting", "slotValueElicitationSetting"),
    "version": ("bedrockGuardrailVersion", "version"),
}
"""Members whose key in an export differs; the first is the one that the service writes.

An export's keys are CloudFormation's property names with a small first letter. Source: exports, and
the schema of AWS::Lex::Bot.
"""

_OWN_NAMES = {"botName", "intentName", "slotName", "slotTypeName"}
"""In a request a resource's own name is long, in its file it is `name`."""

_DEFAULTS: dict[tuple[str, str], Any] = {
    ("ConditionalBranch", "nextStep"): {},
    ("ConditionalSpecification", "active"): True,
    ("ConditionalSpecification", "defaultBranch"): {},
    ("CreateBotLocaleRequest", "nluIntentConfidenceThreshold"): 0.4,
    ("CreateBotRequest", "dataPrivacy"): {},
    ("CreateBotRequest", "idleSessionTTLInSeconds"): 300,
    ("CreateSlotRequest", "valueElicitationSetting"): {},
    ("DataPrivacy", "childDirected"): False,
    ("DialogCodeHookInvocationSetting", "active"): True,
    ("DialogCodeHookInvocationSetting", "enableCodeHookInvocation"): True,
    ("DialogCodeHookInvocationSetting", "postCodeHookSpecification"): {},
    ("DialogCodeHookSettings", "enabled"): False,
    ("ElicitationCodeHookInvocationSetting", "enableCodeHookInvocation"): False,
    ("FulfillmentCodeHookSettings", "enabled"): False,
    ("FulfillmentUpdatesSpecification", "active"): True,
    ("PromptSpecification", "maxRetries"): 0,
    ("SlotValueElicitationSetting", "slotConstraint"): "Optional",
    ("SlotValueSelectionSetting", "resolutionStrategy"): "OriginalValue",
    ("UpdateSlotRequest", "valueElicitationSetting"): {},
}
"""What an export may leave out although the API requires it."""


def keys_of(member: str) -> tuple[str, ...]:
    """The keys under which an export may carry a member of a shape, the service's own first."""
    return ("name",) if member in _OWN_NAMES else _KEYS.get(member, (member,))


def key_in(raw: Json, member: str) -> str:
    """The key that carries `member` here: the first that has a value, else the service's own."""
    keys = keys_of(member)
    return next((key for key in keys if raw.get(key) is not None), keys[0])


def member_of(shape: Shape, member: str, raw: Json) -> Any:
    """The value of a shape's member in an export's object, with the default of older exports."""
    value = raw.get(key_in(raw, member))
    return _DEFAULTS.get((shape.name, member)) if value is None else value


def enum_value(shape: StringShape, text: str) -> str:
    """TOP_RESOLUTION of an export is TopResolution in the API; unknown words stay as they are."""
    words: list[str] = shape.enum
    return {_plain(word): word for word in words}.get(_plain(text), text)


def _plain(word: str) -> str:
    return word.replace("_", "").lower()
