"""What Lex would refuse, and what a reviewer would, in the bot's own definition."""

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from bot.definition import Intent, load

FOLDER = Path(__file__).resolve().parents[3] / "lex_definitions"
BOT = load(FOLDER)
INTENTS = [
    (locale_id, intent)
    for locale_id, locale in BOT.locales.items()
    for intent in locale.intents.values()
]
BUILT_IN_TYPES = {
    "AMAZON.AlphaNumeric",
    "AMAZON.Country",
    "AMAZON.Currency",
    "AMAZON.Date",
    "AMAZON.Duration",
    "AMAZON.FreeFormInput",
}
_SLOT = re.compile(r"\{(\w+)\}")


def _name(case: object) -> str:
    return case.name if isinstance(case, Intent) else str(case)


each_intent = pytest.mark.parametrize(("locale_id", "intent"), INTENTS, ids=_name)


def _normal(intent: Intent, utterance: str) -> str:
    types = {slot.name: slot.type_name for slot in intent.slots}
    typed = _SLOT.sub(lambda match: f" <{types[match[1]]}> ", utterance)
    return " ".join(re.sub(r"[^\w<>. ]", "", typed.casefold()).split())


@each_intent
def test_every_intent_has_twenty_utterances_of_its_own(locale_id: str, intent: Intent) -> None:
    if intent.is_fallback:
        assert intent.utterances == ()
        return
    distinct = {_normal(intent, utterance) for utterance in intent.utterances}
    assert len(distinct) == len(intent.utterances) >= 20


@each_intent
def test_every_slot_in_an_utterance_exists(locale_id: str, intent: Intent) -> None:
    named = {name for utterance in intent.utterances for name in _SLOT.findall(utterance)}
    assert named <= {slot.name for slot in intent.slots}


@each_intent
def test_every_slot_has_a_type_a_priority_and_a_prompt_with_variations(
    locale_id: str, intent: Intent
) -> None:
    types = BUILT_IN_TYPES | set(BOT.locales[locale_id].slot_types)
    assert [slot.priority for slot in intent.slots] == list(range(1, len(intent.slots) + 1))
    for slot in intent.slots:
        assert slot.type_name in types
        assert slot.prompt is not None
        assert slot.prompt.max_retries == 2
        assert all(len(group.choices) >= 2 for group in slot.prompt.groups)


@pytest.mark.parametrize("locale_id", BOT.locales)
def test_no_utterance_belongs_to_two_intents(locale_id: str) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for owner, intent in INTENTS:
        if owner == locale_id:
            for utterance in intent.utterances:
                owners[_normal(intent, utterance)].add(intent.name)
    assert {text: names for text, names in owners.items() if len(names) > 1} == {}


@pytest.mark.parametrize("locale_id", BOT.locales)
def test_every_locale_has_one_fallback_intent_that_the_function_answers(locale_id: str) -> None:
    fallbacks = [i for owner, i in INTENTS if owner == locale_id and i.is_fallback]
    assert [intent.fulfillment_hook for intent in fallbacks] == [True]


@pytest.mark.parametrize("name", ["SendMoney", "TransferMoney"])
def test_no_money_moves_without_a_confirmation_that_can_be_declined(name: str) -> None:
    for locale in BOT.locales.values():
        setting = locale.intents[name].confirmation
        assert setting is not None
        assert setting.declination


def test_who_gets_paid_is_hidden_in_conversation_logs() -> None:
    payee = BOT.locales["en_US"].intents["SendMoney"].slot("payee")
    assert payee is not None
    assert payee.obfuscated


def test_every_file_has_the_name_of_its_folder() -> None:
    for kind in ("Intent", "Slot", "SlotType"):
        for path in FOLDER.rglob(f"{kind}.json"):
            assert json.loads(path.read_text())["name"] == path.parent.name


def test_a_priority_is_given_to_every_slot_and_to_nothing_else() -> None:
    for path in FOLDER.rglob("Intent.json"):
        listed = {p["slotName"] for p in json.loads(path.read_text())["slotPriorities"] or []}
        assert listed == {slot.parent.name for slot in path.parent.glob("Slots/*/Slot.json")}
