"""What a hook sees of a turn, and how each answer looks on Lex's wire."""

from __future__ import annotations

from typing import Any

import pytest

from fulfillment.lex import LexEvent, Turn, card, text
from fulfillment.lex.testing import lex_event
from tests.unit.lex.events import event_of, least_event


def turn_of(name: str) -> Turn:
    return Turn.of(LexEvent.model_validate(event_of(name)))


def slots_of(answer: dict[str, Any]) -> dict[str, Any]:
    slots: dict[str, Any] = answer["sessionState"]["intent"]["slots"]
    return slots


def test_a_dialog_event_reads_as_a_turn() -> None:
    turn = turn_of("dialog")
    assert (turn.intent, turn.session_id, turn.locale) == ("SendMoney", "0123456789abcdef", "en_US")
    assert turn.transcript == "send $50 to Anna"
    assert (turn.is_fulfillment, turn.confirmed, turn.denied) == (False, False, False)
    assert (turn.slot_being_asked, turn.is_retry) == ("sourceAccount", False)
    assert turn.session == {"lastAccountId": "chk"}
    assert [context["name"] for context in turn.contexts] == ["balance_shown"]
    assert [i.nlu_confidence for i in turn.event.interpretations] == [0.94, None]


def test_slots_give_the_customers_words_and_lexs_reading() -> None:
    turn = turn_of("fulfillment")
    amount, source = turn.slots.get("amount"), turn.slots.get("sourceAccount")
    assert amount is not None
    assert source is not None
    assert (amount.original_value, amount.interpreted_value, amount.best) == (
        "$50", "USD 50", "USD 50",
    )  # fmt: skip
    assert source.resolved_values == ["Everyday Checking", "Freelance Checking"]
    assert turn.slots.names() == ["amount", "payee", "sourceAccount"]
    assert turn.slots.get("nothing like it") is None


def test_a_value_that_lex_did_not_interpret_is_the_customers_own_words() -> None:
    event = least_event(
        sessionState={
            "intent": {"name": "Greet", "slots": {"who": {"value": {"originalValue": "Bo"}}}}
        }
    )
    who = Turn.of(LexEvent.model_validate(event)).slots.get("who")
    assert who is not None
    assert (who.best, who.interpreted_value, who.resolved_values) == ("Bo", None, [])


def test_a_fulfillment_event_reads_as_confirmed() -> None:
    turn = turn_of("fulfillment")
    assert (turn.is_fulfillment, turn.confirmed, turn.denied) == (True, True, False)
    assert (turn.slot_being_asked, turn.is_retry) == (None, False)


def test_a_fallback_event_has_no_confidence_no_attributes_and_no_slots() -> None:
    turn = turn_of("fallback")
    assert turn.event.interpretations[0].nlu_confidence is None
    assert (turn.session, turn.contexts, turn.slots.names()) == ({}, [], [])


def test_list_and_composite_slots_go_back_as_they_came() -> None:
    turn = turn_of("list_and_composite_slots")
    slots = slots_of(turn.answer(turn.delegate()))
    assert [v["value"]["originalValue"] for v in slots["toppings"]["values"]] == ["ham", "olives"]
    assert slots["address"]["subSlots"]["street"]["value"]["originalValue"] == "Elm Street"
    assert slots["address"]["subSlots"]["number"] is None


@pytest.mark.parametrize(
    ("attempt", "retry"), [("Initial", False), ("Retry1", True), ("Retry2", True), (None, False)]
)
def test_a_prompt_that_is_not_the_first_is_a_retry(attempt: str | None, retry: bool) -> None:
    proposed = {
        "dialogAction": {"type": "ElicitSlot", "slotToElicit": "who"},
        "prompt": {"attempt": attempt},
    }
    event = least_event(proposedNextState=proposed)
    assert Turn.of(LexEvent.model_validate(event)).is_retry is retry


def test_a_proposed_confirmation_asks_for_no_slot() -> None:
    proposed = {"dialogAction": {"type": "ConfirmIntent", "slotToElicit": "who"}}
    event = least_event(proposedNextState=proposed)
    assert Turn.of(LexEvent.model_validate(event)).slot_being_asked is None


def test_asking_for_a_slot_names_it_and_keeps_the_intent_open() -> None:
    turn = turn_of("fulfillment")
    assert turn.answer(turn.elicit_slot("payee", text("Who?"))) == {
        "sessionState": {
            "dialogAction": {"type": "ElicitSlot", "slotToElicit": "payee"},
            "sessionAttributes": {"quoteId": "q-1"},
            "activeContexts": [],
            "intent": {
                "name": "SendMoney",
                "slots": slots_of(turn.answer(turn.delegate())),
                "state": "InProgress",
                "confirmationState": "None",
            },
        },
        "messages": [{"contentType": "PlainText", "content": "Who?"}],
    }


def test_asking_for_a_yes_forgets_an_earlier_yes() -> None:
    turn = turn_of("fulfillment")
    state = turn.answer(turn.confirm(text("Sure?")))["sessionState"]
    assert state["dialogAction"] == {"type": "ConfirmIntent"}
    assert (state["intent"]["state"], state["intent"]["confirmationState"]) == (
        "InProgress",
        "None",
    )


def test_delegating_leaves_everything_as_it_was_and_says_nothing() -> None:
    turn = turn_of("fulfillment")
    answer = turn.answer(turn.delegate())
    assert "messages" not in answer
    assert answer["sessionState"]["dialogAction"] == {"type": "Delegate"}
    intent = answer["sessionState"]["intent"]
    assert (intent["state"], intent["confirmationState"]) == ("ReadyForFulfillment", "Confirmed")


@pytest.mark.parametrize(("fulfilled", "state"), [(True, "Fulfilled"), (False, "Failed")])
def test_closing_says_how_it_went(fulfilled: bool, state: str) -> None:
    turn = turn_of("dialog")
    reply = turn.close(text("Done."), fulfilled=fulfilled)
    assert reply.outcome == f"Close:{state}"
    answer = turn.answer(reply)["sessionState"]
    assert (answer["dialogAction"], answer["intent"]["state"]) == ({"type": "Close"}, state)


def test_asking_what_else_names_no_intent() -> None:
    turn = turn_of("dialog")
    answer = turn.answer(turn.elicit_intent(text("What else?")))
    assert answer["sessionState"]["dialogAction"] == {"type": "ElicitIntent"}
    assert "intent" not in answer["sessionState"]


def test_a_slot_that_is_set_or_cleared_goes_back_so() -> None:
    turn = turn_of("dialog")
    turn.slots.set("sourceAccount", "Everyday Checking")
    turn.slots.clear("payee")
    slots = slots_of(turn.answer(turn.delegate()))
    assert slots["payee"] is None
    assert slots["sourceAccount"] == {
        "shape": "Scalar",
        "value": {
            "originalValue": "Everyday Checking",
            "interpretedValue": "Everyday Checking",
            "resolvedValues": ["Everyday Checking"],
        },
    }
    source = turn.slots.get("sourceAccount")
    assert source is not None
    assert source.best == "Everyday Checking"
    assert turn.slots.get("payee") is None


def test_attributes_and_contexts_are_the_turns_own_and_go_back() -> None:
    event = event_of("dialog")
    turn = Turn.of(LexEvent.model_validate(event))
    turn.session["quoteId"] = "q-2"
    state = turn.answer(turn.delegate())["sessionState"]
    assert state["sessionAttributes"] == {"lastAccountId": "chk", "quoteId": "q-2"}
    assert state["activeContexts"] == event["sessionState"]["activeContexts"]
    assert event == event_of("dialog")


@pytest.mark.parametrize("name", ["dialog", "fulfillment"])
def test_request_attributes_are_never_returned(name: str) -> None:
    turn = turn_of(name)
    for reply in (turn.delegate(), turn.close(text("Done.")), turn.confirm(card("Sure?", []))):
        answer = turn.answer(reply)
        assert "requestAttributes" not in answer
        assert "header.claims.signature" not in str(answer)


def test_a_turn_can_be_about_another_intent_without_a_word_said() -> None:
    turn = Turn.of(LexEvent.model_validate(lex_event("CheckBalance", transcript="my savings")))
    turn.session["kept"] = "yes"
    other = turn.about("SendMoney", {"amount": "50"})
    assert (other.intent, other.transcript, other.is_fulfillment) == ("SendMoney", "", False)
    assert other.slot_being_asked is None
    amount = other.slots.get("amount")
    assert amount is not None
    assert amount.original_value == "50"
    other.session["kept"] = "too"
    assert turn.session["kept"] == "too"
    assert turn.intent == "CheckBalance"


def test_what_a_hook_expects_of_a_slot_goes_to_lex_as_hints_beside_those_that_were_there() -> None:
    event = lex_event("SendMoney", {"payee": None})
    known = {"SendMoney": {"amount": {"runtimeHintValues": [{"phrase": "a fiver"}]}}}
    event["sessionState"]["runtimeHints"] = {"slotHints": known}
    turn = Turn.of(LexEvent.model_validate(event))
    turn.expect("payee", "Bo")
    turn.expect("payee", "Anna Kowalska", "Anna Lindqvist")
    answer = turn.answer(turn.delegate())
    assert answer["sessionState"]["runtimeHints"] == {
        "slotHints": {
            "SendMoney": {
                "amount": {"runtimeHintValues": [{"phrase": "a fiver"}]},
                "payee": {
                    "runtimeHintValues": [{"phrase": "Anna Kowalska"}, {"phrase": "Anna Lindqvist"}]
                },
            }
        }
    }


@pytest.mark.parametrize("phrases", [[], ["x"] * 101, [""], ["y" * 141], ["\U0001f600" * 71]])
def test_hints_that_lex_would_refuse_are_refused_without_naming_a_phrase(
    phrases: list[str],
) -> None:
    turn = Turn.of(LexEvent.model_validate(lex_event("SendMoney", {"payee": None})))
    with pytest.raises(ValueError, match=r"^hints of payee: Lex takes"):
        turn.expect("payee", *phrases)
