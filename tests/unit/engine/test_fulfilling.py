"""Fulfilment by a hook or without, what follows it, the closing response, output contexts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.engine.effects import HookFailed, HookTimedOut
from bot.engine.errors import DependencyFailedError
from tests.unit.engine.export import (
    code_hook,
    conditional,
    fallback,
    intent,
    locale,
    prompt,
    response,
    slot,
    step,
    when,
)
from tests.unit.engine.talk import NOON, Talk, delegate, reply, value

Json = dict[str, Any]
CLOSING = {"closingResponse": response("Done.")}


def pay(
    after: Json | None = None, closing: Json | None = None, *, hook: bool = True, **settings: Any
) -> Talk:
    return Talk(
        locale(
            intent(
                "Pay",
                "pay {amount}",
                slots=(slot("amount"),),
                fulfillmentCodeHook={
                    "enabled": hook,
                    "isActive": True,
                    "postFulfillmentStatusSpecification": after,
                },
                intentClosingSetting=closing,
                **settings,
            ),
            intent("More", "more", slots=(slot("n"),)),
            fallback(),
        )
    )


def test_the_hook_is_called_when_all_is_known() -> None:
    talk = pay()
    talk.hook = lambda event: reply(event, "Close", "Paid.", state="Fulfilled")
    assert talk.hear("pay 5") == ["Paid."]
    [event] = talk.events
    assert event["invocationSource"] == "FulfillmentCodeHook"
    assert event["sessionState"]["intent"]["state"] == "ReadyForFulfillment"
    assert "proposedNextState" not in event
    assert (talk.state, talk.asked) == ("Fulfilled", "Close")


def test_a_hook_that_closes_without_words_leaves_the_closing_response_to_lex() -> None:
    talk = pay(closing=CLOSING)
    talk.hook = lambda event: reply(event, "Close", state="Fulfilled")
    assert talk.hear("pay 5") == ["Done."]


def test_the_words_of_a_hook_stand_in_place_of_the_definition_s() -> None:
    after = {"successResponse": response("Success."), "successNextStep": step("CloseIntent")}
    talk = pay(after, CLOSING)
    talk.hook = lambda event: reply(event, "Close", "Paid.", state="Fulfilled")
    assert talk.hear("pay 5") == ["Paid."]


def test_a_hook_that_delegates_has_fulfilled() -> None:
    after = {"successResponse": response("Success.")}
    talk = pay(after, CLOSING)
    assert talk.hear("pay 5") == ["Success.", "Done."]
    assert talk.state == "Fulfilled"


def test_a_hook_that_could_not_fulfil_takes_the_failure_path() -> None:
    after = {
        "failureResponse": response("No money."),
        "failureNextStep": step("EndConversation"),
    }
    talk = pay(after, CLOSING)
    talk.hook = lambda event: reply(event, "Close", state="Failed")
    assert talk.hear("pay 5") == ["No money."]
    assert talk.state == "Failed"


def test_a_failed_intent_that_is_closed_stays_failed() -> None:
    talk = pay({"failureNextStep": step("CloseIntent")}, CLOSING)
    talk.hook = lambda event: reply(event, "Delegate", state="Failed")
    assert talk.hear("pay 5") == ["Done."]
    assert talk.state == "Failed"


@pytest.mark.parametrize(
    ("outcome", "said"), [(HookFailed("boom"), "Failed."), (HookTimedOut(), "Too slow.")]
)
def test_a_hook_that_breaks_takes_the_failure_or_timeout_path(outcome: object, said: str) -> None:
    after = {"failureResponse": response("Failed."), "timeoutResponse": response("Too slow.")}
    talk = pay(after, CLOSING)
    talk.hook = lambda _event: outcome
    assert talk.hear("pay 5") == [said]
    assert talk.state == "Failed"


def test_a_hook_that_breaks_without_a_path_for_it_refuses_the_turn() -> None:
    talk = pay()
    talk.hook = lambda _event: HookFailed("boom")
    with pytest.raises(DependencyFailedError, match="boom"):
        talk.say("pay 5")
    assert talk.session.intent is None


def test_a_success_may_lead_to_another_intent() -> None:
    talk = pay({"successNextStep": step("StartIntent", intent="More")})
    talk.hook = lambda event: reply(event, "Close", "Paid.", state="Fulfilled")
    assert talk.hear("pay 5") == ["Paid.", "n?"]
    assert talk.intent == "More"


def test_a_condition_decides_what_follows_a_success() -> None:
    rules = conditional(
        when("[points] >= 100", step("StartIntent", intent="More"), response("A gift!"))
    )
    talk = pay({"successConditional": rules}, CLOSING)
    talk.hook = lambda event: reply(event, "Delegate", attributes={"points": "120"})
    assert talk.hear("pay 5") == ["A gift!", "n?"]


def test_a_fulfillment_hook_may_ask_for_a_slot_again() -> None:
    talk = pay()
    talk.hook = lambda event: reply(event, "ElicitSlot", "Less, please.", slot="amount")
    assert talk.hear("pay 900") == ["Less, please."]
    talk.hook = lambda event: reply(event, "Close", "Paid.", state="Fulfilled")
    assert talk.hear("5") == ["Paid."]


def test_a_fulfillment_hook_may_ask_what_else() -> None:
    talk = pay()
    talk.hook = lambda event: reply(event, "ElicitIntent", "What else?")
    assert talk.hear("pay 5") == ["What else?"]


def test_without_a_hook_and_without_words_the_caller_fulfils() -> None:
    talk = pay(hook=False)
    assert talk.hear("pay 5") == []
    assert (talk.state, talk.asked) == ("ReadyForFulfillment", "Close")


def test_without_a_hook_the_success_response_and_the_closing_response_are_said() -> None:
    talk = pay({"successResponse": response("Success.")}, CLOSING, hook=False)
    assert talk.hear("pay 5") == ["Success.", "Done."]
    assert talk.state == "Fulfilled"


def test_an_inactive_closing_response_is_not_said() -> None:
    talk = pay(closing={**CLOSING, "isActive": False})
    assert talk.hear("pay 5") == []
    assert talk.state == "Fulfilled"


def test_what_follows_the_closing_response_may_begin_another_intent() -> None:
    talk = pay(closing={**CLOSING, "nextStep": step("StartIntent", intent="More")})
    assert talk.hear("pay 5") == ["Done.", "n?"]


# --- output contexts ---

PAID = [{"name": "paid", "timeToLiveInSeconds": 90, "turnsToLive": 2}]


def test_a_fulfilled_intent_activates_its_contexts_with_its_slots() -> None:
    talk = pay(outputContexts=PAID)
    talk.say("pay 5")
    [active] = talk.session.contexts
    assert (active.name, active.turns, active.attributes) == ("paid", 2, {"amount": "5"})
    assert active.expires_at == NOON + timedelta(seconds=90)


def test_an_intent_that_failed_activates_no_context() -> None:
    talk = pay(outputContexts=PAID)
    talk.hook = lambda event: reply(event, "Close", "No.", state="Failed")
    talk.say("pay 5")
    assert talk.session.contexts == ()


def test_a_context_loses_a_turn_with_every_turn() -> None:
    talk = pay(outputContexts=PAID)
    talk.say("pay 5")
    talk.say("more")
    assert [context.turns for context in talk.session.contexts] == [1]
    talk.say("1")
    assert talk.session.contexts == ()


def test_a_context_that_is_activated_again_begins_anew() -> None:
    talk = pay(outputContexts=PAID)
    talk.say("pay 5")
    talk.wait(seconds=60)
    talk.say("pay 6")
    [active] = talk.session.contexts
    assert (active.turns, active.attributes) == (2, {"amount": "6"})
    assert active.expires_at == NOON + timedelta(seconds=150)


def test_a_session_holds_no_more_than_twenty_contexts() -> None:
    many = [{"name": f"c{n}", "timeToLiveInSeconds": 90, "turnsToLive": 2} for n in range(25)]
    talk = pay(outputContexts=many)
    talk.say("pay 5")
    assert [c.name for c in talk.session.contexts] == [f"c{n}" for n in range(5, 25)]


def test_the_fallback_intent_has_a_hook_like_any_other() -> None:
    talk = Talk(locale(fallback(fulfillmentCodeHook={"enabled": True})))
    talk.hook = lambda event: reply(event, "Close", "Sorry.", state="Fulfilled")
    assert talk.hear("gibberish") == ["Sorry."]
    assert talk.events[0]["interpretations"] == [
        {
            "intent": talk.events[0]["sessionState"]["intent"],
            "interpretationSource": "Lex",
        }
    ]


def test_a_fulfillment_hook_that_delegates_is_done() -> None:
    talk = pay()
    talk.hook = delegate
    talk.say("pay 5")
    assert (talk.state, talk.asked) == ("Fulfilled", "Close")


@pytest.mark.parametrize("at_the_start", [True, False])
def test_a_hook_that_delegates_another_intent_goes_on_with_that_one(at_the_start: bool) -> None:
    again: Json = {"fulfillmentCodeHook": {"enabled": True}}
    if at_the_start:
        again = {
            "dialogCodeHook": {"enabled": True},
            "initialResponseSetting": {
                "codeHook": code_hook(successNextStep=step("EndConversation")),
                "nextStep": step("InvokeDialogCodeHook"),
            },
        }
    order = intent(
        "Order",
        "order",
        slots=(slot("size"),),
        intentConfirmationSetting={"promptSpecification": prompt("Order it?")},
    )
    talk = Talk(locale(order, intent("Again", "again", **again)))
    talk.hear("order")
    assert talk.hear("5") == ["Order it?"]
    given = {"name": "Order", "slots": {"size": value("5")}}
    talk.hook = lambda _event: {
        "sessionState": {"dialogAction": {"type": "Delegate"}, "intent": given}
    }
    assert talk.hear("again") == ["Order it?"]
    assert (talk.intent, talk.state) == ("Order", "InProgress")
