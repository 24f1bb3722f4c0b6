"""Intents, slots and slot types as the library's export has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.definition import load
from bot.definition.flow import NextStep, SlotOverride
from bot.definition.model import OutputContext
from bot.definition.parse_flow import parse_code_hook, parse_outcome
from bot.definition.parse_settings import parse_voice
from bot.definition.parse_speech import parse_prompt, parse_response
from bot.definition.parts import parse_intent, parse_slot, parse_slot_type
from bot.definition.settings import Voice
from bot.definition.speech import Attempt

LOCALE = load(Path(__file__).parent / "bots" / "lending_library").locales["en_GB"]
BORROW = LOCALE.intents["BorrowBook"]
Json = dict[str, Any]


def test_slots_stand_in_the_order_of_their_priorities_and_those_without_one_last() -> None:
    assert [slot.name for slot in BORROW.slots] == ["genre", "card", "shelf"]


def test_utterances_are_kept_as_they_were_written() -> None:
    assert BORROW.utterances == ("borrow a book", "a {genre} book, please ?")


def test_contexts_and_hooks_are_read() -> None:
    assert BORROW.input_contexts == ("member",)
    assert BORROW.output_contexts == (OutputContext("borrowed", 600, 4),)
    assert (BORROW.dialog_hook, BORROW.fulfillment_hook) == (True, True)


def test_an_inactive_fulfillment_hook_and_closing_response_are_off() -> None:
    fallback = LOCALE.fallback
    assert fallback is not None
    assert fallback.is_fallback
    assert not fallback.fulfillment_hook
    assert not fallback.closing


def test_a_prompt_has_its_variations_and_retries() -> None:
    prompt = BORROW.slots[0].prompt
    assert prompt is not None
    assert [m.content for m in prompt.groups[0].choices] == ["Which genre?", "And the genre?"]
    assert (prompt.max_retries, prompt.ordered) == (2, False)
    assert BORROW.confirmation is not None
    assert BORROW.confirmation.prompt.ordered


def test_a_slot_has_its_defaults_utterances_and_captures() -> None:
    genre = BORROW.slots[0]
    assert genre.defaults == ("#borrowed.genre", "crime")
    assert genre.utterances == ("some {genre}",)
    assert genre.multiple
    assert genre.capture is not None
    assert genre.capture.captured.next_step == NextStep("ElicitSlot", "card")
    assert genre.capture.failed.next_step == NextStep("StartIntent", intent="FallbackIntent")
    assert genre.capture.elicitation_hook is not None
    assert genre.capture.elicitation_hook.label == "genre"


def test_only_default_obfuscation_hides_a_value() -> None:
    assert [slot.obfuscated for slot in BORROW.slots] == [False, True, False]


def test_a_composite_slot_has_its_parts() -> None:
    shelf = BORROW.slots[2].composition
    assert shelf is not None
    assert shelf.expression == "floor AND letter"
    assert [(part.name, part.type_name) for part in shelf.parts] == [
        ("floor", "AMAZON.Number"),
        ("letter", "AMAZON.AlphaNumeric"),
    ]
    assert LOCALE.slot_types["Shelf"].parts == (
        ("floor", "AMAZON.Number"),
        ("letter", "AMAZON.AlphaNumeric"),
    )


def test_a_condition_is_trimmed_and_its_branch_sets_values() -> None:
    assert BORROW.initial is not None
    conditional = BORROW.initial.outcome.conditional
    assert conditional is not None
    [branch] = conditional.branches
    assert branch.condition == '[card] = "AB1234"'
    assert branch.next_step == NextStep(
        "ElicitSlot",
        "genre",
        slots={"card": SlotOverride("AB1234"), "genre": SlotOverride(None)},
        attributes={"known": "yes"},
    )
    assert conditional.default is not None
    assert conditional.default.condition is None


def test_an_inactive_code_hook_is_none() -> None:
    assert BORROW.initial is not None
    assert BORROW.initial.code_hook is None


def test_a_code_hook_has_its_ways_out() -> None:
    assert BORROW.confirmation is not None
    hook = BORROW.confirmation.code_hook
    assert hook is not None
    assert (hook.invokes, hook.label) == (True, "confirmed")
    assert hook.success.next_step == NextStep("FulfillIntent")
    assert hook.failure.response
    assert not hook.timeout


def test_a_card_has_its_buttons_and_no_empty_parts() -> None:
    [group] = BORROW.closing.response
    assert group.choices[0].content_type == "ImageResponseCard"
    assert group.choices[0].card == {
        "title": "Enjoy",
        "buttons": [{"text": "More", "value": "borrow a book"}],
    }


def test_slot_types_have_their_values_strategy_and_pattern() -> None:
    genre, card = LOCALE.slot_types["Genre"], LOCALE.slot_types["CardNumber"]
    assert [(v.value, v.synonyms) for v in genre.values] == [
        ("crime", ("detective", "whodunnit")),
        ("poetry", ()),
    ]
    assert (genre.strategy, card.strategy) == ("TOP_RESOLUTION", "ORIGINAL_VALUE")
    assert (card.parent, card.pattern) == ("AMAZON.AlphaNumeric", "[A-Z]{2}[0-9]{4}")


# --- dialects ---


@pytest.mark.parametrize("intent", [{}, {"initialResponseSetting": None}])
def test_an_intent_without_steps_of_its_own_is_classic(intent: Json) -> None:
    assert parse_intent({"name": "A", **intent}, (), {}).is_classic


def test_an_intent_with_an_initial_response_setting_is_not_classic() -> None:
    assert not parse_intent({"name": "A", "initialResponseSetting": {}}, (), {}).is_classic


def test_an_intent_whose_slot_has_a_capture_setting_is_not_classic() -> None:
    slot = parse_slot({"name": "a", "valueElicitationSetting": {"slotCaptureSetting": {}}})
    assert not parse_intent({"name": "A"}, (slot,), {}).is_classic


@pytest.mark.parametrize("key", ["messageGroupsList", "messageGroupList", "messageGroups"])
def test_message_groups_go_by_several_names(key: str) -> None:
    groups = [{"message": {"ssmlMessage": {"value": "<speak>hi</speak>"}}}]
    [group] = parse_response({key: groups})
    assert group.choices[0].content_type == "SSML"


def test_a_prompt_without_messages_asks_nothing() -> None:
    assert parse_prompt({"messageGroupsList": [], "maxRetries": 2}) is None
    assert parse_prompt(None) is None


def test_names_of_the_older_format_page_are_read() -> None:
    slot = parse_slot(
        {
            "name": "a",
            "slotTypeId": "AMAZON.City",
            "slotConstraint": "Required",
            "slotValueElicitationSetting": {
                "defaultValueSpec": {"defaultValueList": [{"defaultValue": "x"}]}
            },
        }
    )
    assert (slot.type_name, slot.required, slot.defaults) == ("AMAZON.City", True, ("x",))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("OriginalValue", "ORIGINAL_VALUE"),
        ("TopResolution", "TOP_RESOLUTION"),
        ("TOP_RESOLUTION", "TOP_RESOLUTION"),
        ("Concatenation", "CONCATENATION"),
        (None, "ORIGINAL_VALUE"),
    ],
)
def test_the_resolution_strategy_is_read_in_both_spellings(written: str | None, read: str) -> None:
    raw = {"name": "T", "valueSelectionSetting": {"resolutionStrategy": written}}
    assert parse_slot_type(raw).strategy == read


def test_a_step_that_says_nothing_is_no_step() -> None:
    empty: Json = {
        "dialogAction": None,
        "intent": {"name": None, "slots": {}},
        "sessionAttributes": {},
    }
    assert parse_outcome({"captureNextStep": empty}, "capture").next_step is None


def test_a_step_may_set_a_list() -> None:
    values = [{"value": {"interpretedValue": "ham"}}, {"value": {"interpretedValue": "olives"}}]
    intent = {"slots": {"toppings": {"shape": "List", "value": None, "values": values}}}
    step = parse_outcome({"xNextStep": {"intent": intent}}, "x").next_step
    assert step is not None
    assert step.slots == {"toppings": SlotOverride(None, ("ham", "olives"))}


def test_a_code_hook_without_its_switch_is_active() -> None:
    assert parse_code_hook({"enableCodeHookInvocation": True}) is not None
    assert parse_code_hook({"isActive": False, "enableCodeHookInvocation": True}) is None


# --- settings beside the dialog ---


def test_a_locale_has_its_voice_or_none() -> None:
    assert parse_voice({"voiceId": "Amy", "engine": "neural"}) == Voice("Amy", "neural")
    assert parse_voice({"voiceId": "Amy"}) == Voice("Amy")
    assert parse_voice(None) is None


def test_a_prompt_has_its_attempts() -> None:
    attempts = {
        "Initial": {
            "allowInterrupt": False,
            "allowedInputTypes": {"allowAudioInput": True, "allowDTMFInput": False},
            "audioAndDTMFInputSpecification": {"startTimeoutMs": 4000},
            "textInputSpecification": {"startTimeoutMs": 30000},
        },
        "Retry1": None,
    }
    groups = [{"message": {"plainTextMessage": {"value": "Hm?"}}}]
    prompt = parse_prompt({"messageGroupsList": groups, "promptAttemptsSpecification": attempts})
    assert prompt is not None
    assert prompt.attempts == {
        "Initial": Attempt(False, True, False, 4000, 30000),
        "Retry1": Attempt(),
    }
    assert prompt.allow_interrupt


def test_fulfillment_updates_are_read_where_they_are_on() -> None:
    groups = [{"message": {"plainTextMessage": {"value": "Wait."}}}]
    updates: Json = {
        "active": True,
        "startResponse": {"delayInSeconds": 2, "messageGroups": groups},
        "updateResponse": {"frequencyInSeconds": 9, "messageGroups": groups},
        "timeoutInSeconds": 120,
    }
    hook = {"enabled": True, "fulfillmentUpdatesSpecification": updates}
    read = parse_intent({"name": "A", "fulfillmentCodeHook": hook}, (), {}).updates
    assert read is not None
    assert (read.start_delay_s, read.update_every_s, read.timeout_s) == (2, 9, 120)
    assert read.start[0].choices[0].content == "Wait."
    off = {"enabled": True, "fulfillmentUpdatesSpecification": {**updates, "active": False}}
    assert parse_intent({"name": "A", "fulfillmentCodeHook": off}, (), {}).updates is None


def test_wait_and_continue_is_read_where_it_is_on() -> None:
    groups = [{"message": {"plainTextMessage": {"value": "Take your time."}}}]
    wait: Json = {
        "waitingResponse": {"messageGroupsList": groups},
        "continueResponse": {"messageGroupsList": groups},
        "stillWaitingResponse": {
            "messageGroupsList": groups,
            "frequencyInSeconds": 20,
            "timeoutInSeconds": 300,
        },
    }
    slot = parse_slot(
        {"name": "a", "valueElicitationSetting": {"waitAndContinueSpecification": wait}}
    )
    assert slot.wait is not None
    assert (slot.wait.still_waiting_every_s, slot.wait.timeout_s) == (20, 300)
    assert slot.wait.waiting == slot.wait.continuing == slot.wait.still_waiting
    off = {"waitAndContinueSpecification": {**wait, "isActive": False}}
    assert parse_slot({"name": "a", "valueElicitationSetting": off}).wait is None


@pytest.mark.parametrize("strategy", ["EnhancedFallback", "ENHANCED_FALLBACK"])
def test_a_slot_that_a_model_helps_to_resolve_is_known(strategy: str) -> None:
    setting = {"slotResolutionSetting": {"slotResolutionStrategy": strategy}}
    assert parse_slot({"name": "a", "valueElicitationSetting": setting}).enhanced
    assert not parse_slot({"name": "a"}).enhanced


def test_descriptions_are_read() -> None:
    assert parse_slot({"name": "a", "description": "A slot."}).description == "A slot."
    assert parse_slot_type({"name": "a", "description": "A type."}).description == "A type."
    assert parse_intent({"name": "a", "description": "An intent."}, (), {}).description
