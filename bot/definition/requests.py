"""The `lexv2-models` requests, in order, that make the bot of a definition on Amazon Lex.

    for request in requests_of(bot, target):
        answer = client_call(request.operation, request.resolved(ids.__getitem__))
        if request.creates:
            ids[request.creates] = answer[request.answer_key]

Intents are made empty, then their slots, then everything that they say: so no step names an intent
or a slot that Lex has not heard of. Source: API reference, Amazon Lex Model Building V2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.definition.built_ins import FALLBACK_ID
from bot.definition.model import BotDefinition, BotLocale, Intent, Slot
from bot.definition.service_model import input_shape
from bot.definition.translating import parameters
from bot.definition.vocabulary import vocabulary_of

VOCABULARY_BATCH = 10
_INTENT_BARE = ("name", "description", "parentIntentSignature", "kendraConfiguration",
                "qnAIntentConfiguration", "qInConnectIntentConfiguration")  # fmt: skip
_ANSWER_KEYS = {
    "bot": "botId",
    "slot type": "slotTypeId",
    "intent": "intentId",
    "slot": "slotId",
    "version": "botVersion",
    "alias": "botAliasId",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """Something whose id Lex gives when it is made: `of` names it within its kind."""

    kind: str
    of: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "/".join((self.kind, *self.of))


@dataclass(frozen=True, slots=True)
class Request:
    """One call. `parameters` may hold a `Reference` wherever the API wants an id."""

    operation: str
    parameters: Mapping[str, Any]
    creates: Reference | None = None

    @property
    def answer_key(self) -> str | None:
        """The key of the answer that holds the id of what was made."""
        return _ANSWER_KEYS[self.creates.kind] if self.creates else None

    def resolved(self, id_of: Callable[[Reference], str]) -> dict[str, Any]:
        """The parameters with each reference replaced by its id."""
        return {key: _resolved(value, id_of) for key, value in self.parameters.items()}


@dataclass(frozen=True, slots=True)
class Target:
    """What no export says: the role that Lex runs under, and the alias that will be called.

    `lambda_arns` is the code hook of each locale; a locale without one gets none.
    """

    role_arn: str
    alias: str = "live"
    lambda_arns: Mapping[str, str] | None = None


def requests_of(bot: BotDefinition, target: Target) -> Iterator[Request]:
    """Every request for `bot`, in an order in which each finds what it refers to."""
    yield Request(
        "CreateBot",
        _parameters("CreateBot", bot.raw, {"botName": bot.name, "roleArn": target.role_arn}),
        BOT,
    )
    for locale in bot.locales.values():
        yield from _locale(bot, locale)
    yield Request(
        "CreateBotVersion",
        {
            "botId": BOT,
            "botVersionLocaleSpecification": {
                name: {"sourceBotVersion": "DRAFT"} for name in bot.locales
            },
        },
        VERSION,
    )
    yield Request("CreateBotAlias", _alias(bot, target), Reference("alias", (target.alias,)))


BOT = Reference("bot")
VERSION = Reference("version")


def _alias(bot: BotDefinition, target: Target) -> dict[str, Any]:
    settings: dict[str, Any] = {name: {"enabled": True} for name in bot.locales}
    for name, arn in (target.lambda_arns or {}).items():
        hook = {"lambdaARN": arn, "codeHookInterfaceVersion": "1.0"}
        settings[name]["codeHookSpecification"] = {"lambdaCodeHook": hook}
    return {
        "botId": BOT,
        "botAliasName": target.alias,
        "botVersion": VERSION,
        "botAliasLocaleSettings": settings,
    }


def _locale(bot: BotDefinition, locale: BotLocale) -> Iterator[Request]:
    where = {"botId": BOT, "botVersion": "DRAFT", "localeId": locale.locale_id}
    yield Request("CreateBotLocale", _parameters("CreateBotLocale", locale.raw, where))
    for name in _types_in_order(locale):
        yield Request(
            "CreateSlotType",
            _parameters("CreateSlotType", locale.slot_types[name].raw, where, locale),
            Reference("slot type", (locale.locale_id, name)),
        )
    for intent in locale.intents.values():
        # Lex makes the fallback intent with the locale.
        if not intent.is_fallback:
            bare = {key: intent.raw.get(key) for key in _INTENT_BARE}
            yield Request(
                "CreateIntent",
                _parameters("CreateIntent", bare, where, locale),
                Reference("intent", (locale.locale_id, intent.name)),
            )
    for intent in locale.intents.values():
        yield from _slots(locale, intent, where)
    for intent in locale.intents.values():
        yield Request("UpdateIntent", _whole(locale, intent, where))
    yield from _vocabulary(bot, where)
    yield Request("BuildBotLocale", where)


def _types_in_order(locale: BotLocale) -> list[str]:
    """Slot types by name, those that are parts of others first."""
    types = locale.slot_types
    return sorted(types, key=lambda name: (bool(types[name].parts), name))


def _slots(locale: BotLocale, intent: Intent, where: Mapping[str, Any]) -> Iterator[Request]:
    here = {**where, "intentId": _intent_id(locale, intent)}
    later: list[Request] = []
    for slot in intent.slots:
        reference = _slot_reference(locale, intent, slot)
        setting = slot.raw.get("valueElicitationSetting") or {}
        if setting.get("slotCaptureSetting"):
            # Its steps may name slots that are made after it.
            known = {**slot.raw, "valueElicitationSetting": {**setting, "slotCaptureSetting": None}}
            whole = _parameters("UpdateSlot", slot.raw, {**here, "slotId": reference}, locale)
            later.append(Request("UpdateSlot", whole))
        else:
            known = dict(slot.raw)
        yield Request("CreateSlot", _parameters("CreateSlot", known, here, locale), reference)
    yield from later


def _whole(locale: BotLocale, intent: Intent, where: Mapping[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {**where, "intentId": _intent_id(locale, intent)}
    priorities = [
        {"priority": slot.priority, "slotId": _slot_reference(locale, intent, slot)}
        for slot in intent.slots
        if slot.priority <= 100
    ]
    if priorities:
        given["slotPriorities"] = priorities
    raw = {key: value for key, value in intent.raw.items() if key != "slotPriorities"}
    return _parameters("UpdateIntent", raw, given, locale)


def _intent_id(locale: BotLocale, intent: Intent) -> Reference | str:
    if intent.is_fallback:
        return FALLBACK_ID
    return Reference("intent", (locale.locale_id, intent.name))


def _slot_reference(locale: BotLocale, intent: Intent, slot: Slot) -> Reference:
    return Reference("slot", (locale.locale_id, intent.name, slot.name))


def _vocabulary(bot: BotDefinition, where: Mapping[str, Any]) -> Iterator[Request]:
    items = vocabulary_of(bot, where["localeId"])
    for start in range(0, len(items), VOCABULARY_BATCH):
        batch = [item.to_api() for item in items[start : start + VOCABULARY_BATCH]]
        yield Request(
            "BatchCreateCustomVocabularyItem", {**where, "customVocabularyItemList": batch}
        )


def _parameters(
    operation: str,
    raw: Mapping[str, Any],
    given: Mapping[str, Any],
    locale: BotLocale | None = None,
) -> dict[str, Any]:
    locale_id = locale.locale_id if locale else ""
    return parameters(
        input_shape(operation),
        raw,
        lambda name: Reference("slot type", (locale_id, name)),
        given,
    )


def _resolved(value: Any, id_of: Callable[[Reference], str]) -> Any:
    if isinstance(value, Reference):
        return id_of(value)
    if isinstance(value, Mapping):
        return {key: _resolved(item, id_of) for key, item in value.items()}
    return [_resolved(item, id_of) for item in value] if isinstance(value, list) else value
