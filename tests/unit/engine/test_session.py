"""The session between turns: what callers set, what they get back, resuming without words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from botocore.session import Session as AwsModels
from botocore.validate import ParamValidator

from bot.engine.filling import empty_intent
from bot.engine.recogniser import SlotMatch
from bot.engine.session import (
    ActiveContext,
    DialogAction,
    IntentState,
    SlotState,
)
from bot.engine.session_wire import contexts_of_wire, slot_of_wire
from tests.unit.engine.export import (
    ENABLED,
    fallback,
    intent,
    locale,
    prompt,
    response,
    slot,
    step,
)
from tests.unit.engine.talk import NOON, Talk, reply, texts

Json = dict[str, Any]
BOT = locale(
    intent(
        "Order",
        "cakes",
        "{count} cakes",
        slots=(slot("count"), slot("day", "AMAZON.Date")),
        intentConfirmationSetting={"promptSpecification": prompt("{count} on {day}?")},
        intentClosingSetting={"closingResponse": response("Ordered.")},
    ),
    intent(
        "Greet",
        initialResponseSetting={
            "initialResponse": response("Welcome!"),
            "nextStep": step("ElicitIntent"),
        },
    ),
    intent("Hours", "hours", intentClosingSetting={"closingResponse": response("9.")}),
    fallback(intentClosingSetting={"closingResponse": response("Pardon?")}),
)


def value(text: str) -> SlotState:
    return SlotState(SlotMatch(text, text, (text,)))


def order(**slots: SlotState | None) -> IntentState:
    base = empty_intent(BOT, "Order")
    return IntentState("Order", {**base.slots, **slots})


def test_an_intent_that_the_caller_puts_in_play_hears_its_first_open_slot() -> None:
    talk = Talk(BOT)
    talk.given(intent=order())
    assert talk.hear("3") == ["day?"]
    assert talk.slot("count") == "3"


def test_a_slot_that_the_caller_fills_is_not_asked_for() -> None:
    talk = Talk(BOT)
    talk.given(intent=order(count=value("3")), action=DialogAction("Delegate"))
    assert talk.hear("monday") == ["3 on monday?"]


def test_a_slot_that_the_caller_asks_for_hears_the_reply() -> None:
    talk = Talk(BOT)
    talk.given(intent=order(), action=DialogAction("ElicitSlot", "day"))
    assert talk.hear("monday") == ["count?"]
    assert talk.slot("day") == "monday"


def test_with_all_slots_given_the_dialog_goes_on_whatever_is_said() -> None:
    talk = Talk(BOT)
    talk.given(intent=order(count=value("3"), day=value("monday")))
    assert talk.hear("go ahead") == ["3 on monday?"]


def test_another_intent_may_be_said_instead() -> None:
    talk = Talk(BOT)
    talk.given(intent=order(count=value("3"), day=value("monday")))
    assert talk.hear("hours") == ["9."]


def test_elicit_intent_set_by_the_caller_begins_anew() -> None:
    talk = Talk(BOT)
    talk.given(intent=order(), action=DialogAction("ElicitIntent"))
    talk.say("5 cakes")
    assert (talk.slot("count"), talk.slot("day")) == ("5", None)


def test_an_intent_that_the_bot_no_longer_has_is_forgotten() -> None:
    talk = Talk(BOT)
    talk.given(intent=IntentState("Gone", {}), action=DialogAction("ElicitSlot", "x"))
    assert talk.hear("hours") == ["9."]


# --- resuming: PutSession with Delegate ---


def test_resuming_begins_the_intent_with_its_initial_response() -> None:
    talk = Talk(BOT)
    talk.given(intent=empty_intent(BOT, "Greet"))
    assert texts(talk.resume()) == ["Welcome!"]
    assert talk.asked == "ElicitIntent"


def test_resuming_asks_for_what_is_open() -> None:
    talk = Talk(BOT)
    talk.given(intent=order(count=value("3")))
    assert texts(talk.resume()) == ["day?"]


def test_resuming_an_intent_that_is_ready_fulfils_it() -> None:
    pay = intent("Pay", fulfillmentCodeHook=ENABLED)
    talk = Talk(locale(pay, fallback()))
    talk.hook = lambda event: reply(event, "Close", "Paid.", state="Fulfilled")
    talk.given(intent=IntentState("Pay", {}, "ReadyForFulfillment"))
    assert texts(talk.resume()) == ["Paid."]


def test_resuming_a_confirmed_intent_fulfils_it() -> None:
    talk = Talk(BOT)
    given = IntentState(
        "Order", {"count": value("3"), "day": value("monday")}, confirmation="Confirmed"
    )
    talk.given(intent=given)
    assert texts(talk.resume()) == ["Ordered."]


def test_resuming_without_an_intent_leaves_it_to_the_customer() -> None:
    talk = Talk(BOT)
    assert texts(talk.resume()) == []
    assert talk.asked == "ElicitIntent"


# --- on the wire ---


def test_contexts_tell_what_is_left_of_their_life() -> None:
    context = ActiveContext("paid", NOON + timedelta(seconds=90), 3, {"amount": "5"})
    assert context.to_wire(NOON + timedelta(seconds=30)) == {
        "name": "paid",
        "timeToLive": {"timeToLiveInSeconds": 60, "turnsToLive": 3},
        "contextAttributes": {"amount": "5"},
    }


def test_contexts_come_back_from_the_wire_as_they_went() -> None:
    context = ActiveContext("paid", NOON + timedelta(seconds=90), 3, {"amount": "5"})
    assert contexts_of_wire([context.to_wire(NOON)], NOON) == (context,)


@pytest.mark.parametrize(
    "state",
    [
        value("5"),
        SlotState(SlotMatch("ten", None, ("10:00", "22:00"))),
        SlotState(SlotMatch("a and b", "a and b", ("a and b",)), "List", (value("a"), value("b"))),
        SlotState(None, "Composite", sub_slots={"street": value("Main"), "zip": None}),
    ],
)
def test_a_slot_comes_back_from_the_wire_as_it_went(state: SlotState) -> None:
    assert slot_of_wire(state.to_wire()) == state


@pytest.mark.parametrize("wire", [None, {}, {"value": None}, {"value": {}}, {"values": []}])
def test_an_empty_slot_is_none(wire: Json | None) -> None:
    assert slot_of_wire(wire) is None


def test_a_session_on_the_wire_has_aws_s_shape() -> None:
    talk = Talk(BOT)
    talk.given(attributes={"a": "1"}, runtime_hints={"slotHints": {}})
    result = talk.say("3 cakes")
    wire = result.session.to_wire(NOON, "request-1")
    assert wire["intent"]["slots"].pop("day") is None  # null on the wire, absent in AWS's model
    model = AwsModels().get_service_model("lexv2-runtime")
    report = ParamValidator().validate(wire, model.shape_for("SessionState"))
    assert report.generate_report() == ""
    assert wire["dialogAction"] == {"type": "ElicitSlot", "slotToElicit": "day"}
    assert wire["intent"]["slots"]["count"]["value"]["interpretedValue"] == "3"


def test_an_attribute_survives_from_turn_to_turn() -> None:
    talk = Talk(BOT)
    talk.given(attributes={"a": "1"})
    for words in ("3 cakes", "monday", "yes"):
        talk.say(words)
    assert talk.session.attributes == {"a": "1"}


def test_the_last_seconds_of_a_context_are_shown_as_five() -> None:
    context = ActiveContext("paid", NOON + timedelta(seconds=2), 3)
    assert context.to_wire(NOON)["timeToLive"]["timeToLiveInSeconds"] == 5


def test_a_hook_that_gives_a_context_back_does_not_lengthen_its_life() -> None:
    talk = Talk(
        HOOKED, lambda e: reply(e, "Delegate", contexts=e["sessionState"]["activeContexts"])
    )
    talk.given(contexts=(ActiveContext("paid", NOON + timedelta(seconds=2), 9),))
    talk.say("ask")
    assert talk.session.contexts == (ActiveContext("paid", NOON + timedelta(seconds=2), 8),)


HOOKED = locale(intent("Ask", "ask", slots=(slot("count"),), dialogCodeHook=ENABLED))


def test_an_answer_has_ten_messages_at_most_and_the_question_is_among_them() -> None:
    bot = locale(
        intent(
            "Ask",
            "ask",
            slots=(slot("count", ask=prompt("Count?")),),
            initialResponseSetting={
                "initialResponse": response(*(f"Line {number}." for number in range(12))),
                "nextStep": step("ElicitSlot", "count"),
            },
        )
    )
    said = Talk(bot).hear("ask")
    assert (len(said), said[0], said[-1]) == (10, "Line 3.", "Count?")


def test_a_context_holds_ten_values_at_most() -> None:
    names = [f"s{number}" for number in range(12)]
    bot = locale(
        intent(
            "Ask",
            "ask",
            slots=tuple(slot(name, defaults=("5",)) for name in names),
            intentClosingSetting={"closingResponse": response("Done.")},
            outputContexts=[{"name": "asked", "timeToLiveInSeconds": 60, "turnsToLive": 2}],
        )
    )
    talk = Talk(bot)
    talk.say("ask")
    assert list(talk.session.contexts[0].attributes) == names[:10]


def test_a_default_may_come_from_a_request_attribute() -> None:
    bot = locale(intent("Ask", "ask", slots=(slot("count", defaults=("<shown>", "9")),)))
    talk = Talk(bot)
    talk.say("ask", shown="4")
    assert talk.slot("count") == "4"
