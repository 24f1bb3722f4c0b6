"""The newer form of intents: initial responses, captures, next steps and code hooks between."""

from __future__ import annotations

from typing import Any

import pytest

from bot.definition.model import Intent
from bot.engine.effects import HookFailed, HookTimedOut
from bot.engine.errors import DependencyFailedError
from tests.unit.engine.export import (
    ENABLED,
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
from tests.unit.engine.talk import Talk, reply, sources, texts, value

Json = dict[str, Any]
PARDON = fallback(intentClosingSetting={"closingResponse": response("Pardon?")})
BYE = {"closingResponse": response("Bye.")}


def talk_with(*intents: Intent, **settings: Any) -> Talk:
    """An intent Book of two slots whose settings are given, and other intents beside it."""
    slots = settings.pop("slots", (slot("city", "AMAZON.City"), slot("nights")))
    book = intent(
        "Book",
        "book",
        "book {city}",
        "book {city} for {nights}",
        slots=slots,
        intentClosingSetting=BYE,
        **settings,
    )
    return Talk(locale(book, *intents, PARDON))


def initial(next_step: Json, **more: Any) -> Json:
    return {"nextStep": next_step, **more}


def captures(city: Json, nights: Json | None = None) -> tuple[Json, ...]:
    """The two slots with these capture settings."""
    return (slot("city", "AMAZON.City", capture=city), slot("nights", capture=nights or {}))


# --- initial response ---


def test_the_initial_response_is_said_before_the_first_question() -> None:
    setting = initial(step("ElicitSlot", "city"), initialResponse=response("Let's book."))
    talk = talk_with(initialResponseSetting=setting)
    assert talk.hear("book") == ["Let's book.", "city?"]


def test_an_initial_step_may_ask_another_slot_than_the_first() -> None:
    talk = talk_with(initialResponseSetting=initial(step("ElicitSlot", "nights")))
    assert talk.hear("book") == ["nights?"]


def test_a_chained_question_for_a_slot_that_is_filled_goes_on_to_that_slot_s_own_step() -> None:
    talk = talk_with(
        initialResponseSetting=initial(step("ElicitSlot", "city")),
        slots=captures(
            {
                "captureResponse": response("Nice."),
                "captureNextStep": step("ElicitSlot", "nights"),
            }
        ),
    )
    assert talk.hear("book Bern") == ["nights?"]


def test_without_a_next_step_the_first_slot_is_asked_for() -> None:
    assert talk_with(initialResponseSetting={}).hear("book") == ["city?"]


def test_a_step_may_set_attributes_and_slots_on_the_way() -> None:
    way = step(
        "ElicitSlot",
        "nights",
        slots={"city": "Bern"},
        attributes={"source": "start", "said": "{city}", "twice": "{city} and {city}"},
    )
    talk = talk_with(initialResponseSetting=initial(way))
    talk.say("book Graz")
    assert talk.slot("city") == "Bern"
    assert talk.session.attributes == {
        "source": "start",
        "said": "Graz",
        "twice": "Graz and Graz",
    }


def test_a_step_that_sets_a_slot_to_null_clears_it() -> None:
    way = step("ElicitSlot", "city", slots={"city": None})
    talk = talk_with(initialResponseSetting=initial(way))
    assert talk.hear("book Bern") == ["city?"]


def test_a_suppressed_prompt_is_not_said() -> None:
    way = step("ElicitSlot", "city", suppress=True)
    talk = talk_with(
        initialResponseSetting=initial(way, initialResponse=response("Where to, and when?"))
    )
    assert talk.hear("book") == ["Where to, and when?"]
    assert talk.asked == "ElicitSlot city"


# --- capture ---


def test_a_capture_says_its_response_and_takes_its_step() -> None:
    talk = talk_with(
        initialResponseSetting=initial(step("ElicitSlot", "city")),
        slots=captures(
            {
                "captureResponse": response("{city}, nice."),
                "captureNextStep": step("FulfillIntent"),
            }
        ),
    )
    talk.say("book")
    assert talk.hear("Bern") == ["Bern, nice.", "Bye."]
    assert talk.state == "Fulfilled"


def test_a_capture_without_a_step_goes_by_priorities() -> None:
    talk = talk_with(initialResponseSetting={}, slots=captures({}))
    talk.say("book")
    assert talk.hear("Bern") == ["nights?"]


def test_the_captures_of_all_values_in_the_first_utterance_are_followed_in_order() -> None:
    second = {"captureNextStep": step("EndConversation", attributes={"seen": "nights"})}
    talk = talk_with(initialResponseSetting={}, slots=captures({}, second))
    talk.say("book Bern for 3")
    assert talk.session.attributes == {"seen": "nights"}


def test_when_the_retries_are_used_up_the_slot_s_failure_path_is_taken() -> None:
    talk = talk_with(
        initialResponseSetting={},
        slots=(
            slot(
                "nights",
                ask=prompt("nights?", retries=1),
                capture={
                    "failureResponse": response("Never mind."),
                    "failureNextStep": step(
                        "StartIntent", intent="FallbackIntent", attributes={"slot-failure": "1"}
                    ),
                },
            ),
        ),
    )
    talk.say("book")
    assert talk.hear("purple") == ["nights?"]
    assert talk.hear("green") == ["Never mind.", "Pardon?"]
    assert talk.session.attributes == {"slot-failure": "1"}


def test_a_slot_without_a_failure_path_falls_back() -> None:
    failing = slot("nights", ask=prompt("nights?", retries=0), capture={})
    talk = talk_with(initialResponseSetting={}, slots=(failing,))
    talk.say("book")
    assert talk.hear("purple") == ["Pardon?"]


def test_a_failure_path_that_ends_the_conversation_leaves_the_intent_failed() -> None:
    failing = slot(
        "nights",
        ask=prompt("nights?", retries=0),
        capture={"failureNextStep": step("EndConversation")},
    )
    talk = talk_with(initialResponseSetting={}, slots=(failing,))
    talk.say("book")
    assert talk.hear("purple") == []
    assert talk.state == "Failed"


# --- the other next steps ---


def test_start_intent_switches_and_hands_slots_over() -> None:
    taxi = intent("Taxi", "taxi", slots=(slot("to", "AMAZON.City"), slot("at")))
    way = step("StartIntent", intent="Taxi", slots={"to": "Bern"})
    talk = talk_with(taxi, initialResponseSetting=initial(way))
    assert talk.hear("book") == ["at?"]
    assert (talk.intent, talk.slot("to")) == ("Taxi", "Bern")


def test_start_intent_may_leave_out_the_initial_response() -> None:
    taxi = intent(
        "Taxi",
        "taxi",
        slots=(slot("at"),),
        initialResponseSetting={"initialResponse": response("A taxi!")},
    )
    loud = talk_with(taxi, initialResponseSetting=initial(step("StartIntent", intent="Taxi")))
    assert loud.hear("book") == ["A taxi!", "at?"]
    way = step("StartIntent", intent="Taxi", suppress=True)
    assert talk_with(taxi, initialResponseSetting=initial(way)).hear("book") == ["at?"]


def test_start_intent_of_the_same_intent_keeps_its_other_slots() -> None:
    again = {"captureNextStep": step("StartIntent", intent="Book", slots={"nights": None})}
    talk = talk_with(initialResponseSetting={}, slots=captures({}, again))
    talk.say("book Bern")
    assert talk.hear("3") == ["nights?"]
    assert talk.slot("city") == "Bern"


@pytest.mark.parametrize("name", [None, "Nowhere"])
def test_start_intent_of_no_intent_ends_this_one(name: str | None) -> None:
    talk = talk_with(initialResponseSetting=initial(step("StartIntent", intent=name)))
    result = talk.say("book")
    assert (talk.state, texts(result)) == ("Failed", [])
    assert any(item["step"] == "fault" for item in result.trace)


def test_elicit_intent_leaves_the_next_word_to_the_customer() -> None:
    setting = initial(step("ElicitIntent"), initialResponse=response("What else?"))
    talk = talk_with(initialResponseSetting=setting)
    assert talk.hear("book") == ["What else?"]
    assert (talk.asked, talk.session.intent) == ("ElicitIntent", None)


def test_close_intent_says_the_closing_response() -> None:
    talk = talk_with(initialResponseSetting=initial(step("CloseIntent")))
    assert talk.hear("book") == ["Bye."]
    assert (talk.state, talk.asked) == ("Fulfilled", "Close")


def test_end_conversation_says_nothing_more() -> None:
    talk = talk_with(initialResponseSetting=initial(step("EndConversation")))
    assert talk.hear("book") == []
    assert (talk.state, talk.asked) == ("ReadyForFulfillment", "Close")


def test_confirm_intent_of_an_intent_without_a_confirmation_fulfils_it() -> None:
    talk = talk_with(initialResponseSetting=initial(step("ConfirmIntent")))
    assert talk.hear("book") == ["Bye."]


def test_elicit_slot_of_no_slot_ends_the_intent_and_says_why_in_the_trace() -> None:
    talk = talk_with(initialResponseSetting=initial(step("ElicitSlot", "colour")))
    result = talk.say("book")
    assert talk.state == "Failed"
    assert {"step": "fault", "why": "Book has no slot colour"} in result.trace


def test_a_definition_that_goes_in_circles_ends() -> None:
    taxi = intent("Taxi", initialResponseSetting=initial(step("StartIntent", intent="Book")))
    talk = talk_with(taxi, initialResponseSetting=initial(step("StartIntent", intent="Taxi")))
    result = talk.say("book")
    assert talk.state == "Failed"
    assert {"step": "fault", "why": "the definition goes in circles"} in result.trace


# --- conditions ---


def by_city(*, active: bool = True) -> Talk:
    rules = conditional(
        when('{city} = "bern"', step("ElicitSlot", "nights"), response("The capital!")),
        when('{city} = "Oslo"', step("CloseIntent")),
        default=step("EndConversation"),
        active=active,
    )
    capture = {"captureConditional": rules, "captureNextStep": step("EvaluateConditional")}
    return talk_with(initialResponseSetting={}, slots=captures(capture))


def test_the_first_branch_whose_condition_holds_is_taken() -> None:
    talk = by_city()
    talk.say("book")
    assert talk.hear("Bern") == ["The capital!", "nights?"]


def test_a_value_of_the_first_utterance_takes_its_slot_s_branch_without_its_words() -> None:
    assert by_city().hear("book Bern") == ["nights?"]
    assert by_city().hear("book Oslo") == ["Bye."]


def test_when_no_condition_holds_the_default_branch_is_taken() -> None:
    talk = by_city()
    talk.say("book")
    assert talk.hear("Rome") == []
    assert talk.asked == "Close"


def test_an_inactive_conditional_is_not_evaluated() -> None:
    talk = by_city(active=False)
    talk.say("book")
    assert talk.hear("Bern") == ["nights?"]


def test_an_active_conditional_goes_before_the_next_step() -> None:
    rules = conditional(when("fn.IS_NULL({city})", step("ElicitSlot", "nights")))
    talk = talk_with(initialResponseSetting=initial(step("ElicitSlot", "city"), conditional=rules))
    assert talk.hear("book") == ["nights?"]


def test_a_condition_that_cannot_be_parsed_never_holds() -> None:
    rules = conditional(
        when("{city} is nice", step("CloseIntent")), default=step("ElicitSlot", "nights")
    )
    talk = talk_with(initialResponseSetting=initial(step(), conditional=rules))
    result = talk.say("book")
    assert texts(result) == ["nights?"]
    assert any(item["step"] == "fault" for item in result.trace)


# --- code hooks ---


def hooked(**settings: Any) -> Talk:
    return talk_with(dialogCodeHook=ENABLED, **settings)


def from_start(hook: Json) -> Talk:
    return hooked(initialResponseSetting=initial(step("InvokeDialogCodeHook"), codeHook=hook))


def test_a_hook_is_called_where_a_step_says_so_with_its_label() -> None:
    talk = from_start(code_hook("Begin", successNextStep=step("ElicitSlot", "nights")))
    assert talk.hear("book") == ["nights?"]
    assert [event["invocationLabel"] for event in talk.events] == ["Begin"]


def test_an_active_hook_that_no_step_invokes_is_not_called() -> None:
    talk = hooked(initialResponseSetting=initial(step("ElicitSlot", "city"), codeHook=code_hook()))
    assert talk.hear("book") == ["city?"]
    assert talk.events == []


def test_after_a_hook_without_steps_the_dialog_goes_on_by_priorities() -> None:
    assert from_start(code_hook()).hear("book") == ["city?"]


def test_a_hook_that_is_not_to_be_invoked_counts_as_a_success() -> None:
    talk = from_start(code_hook(invoke=False, successNextStep=step("ElicitSlot", "nights")))
    assert talk.hear("book") == ["nights?"]
    assert talk.events == []


def test_the_intent_s_switch_turns_its_hooks_off() -> None:
    hook = code_hook(successNextStep=step("ElicitSlot", "nights"))
    talk = talk_with(
        initialResponseSetting=initial(step("InvokeDialogCodeHook"), codeHook=hook),
        dialogCodeHook=None,
    )
    assert talk.hear("book") == ["nights?"]
    assert talk.events == []


def test_an_inactive_hook_is_skipped() -> None:
    hook = {**code_hook(successNextStep=step("ElicitSlot", "nights")), "isActive": False}
    talk = from_start(hook)
    assert talk.hear("book") == ["city?"]
    assert talk.events == []


@pytest.mark.parametrize(
    ("outcome", "said"), [(HookFailed("boom"), "Failed."), (HookTimedOut(), "Too slow.")]
)
def test_a_hook_that_fails_takes_its_failure_or_timeout_path(outcome: object, said: str) -> None:
    talk = from_start(
        code_hook(
            failureResponse=response("Failed."),
            failureNextStep=step("EndConversation"),
            timeoutResponse=response("Too slow."),
            timeoutNextStep=step("EndConversation"),
        )
    )
    talk.hook = lambda _event: outcome
    assert talk.hear("book") == [said]
    assert talk.state == "Failed"


def test_a_hook_that_fails_without_a_path_for_it_refuses_the_turn() -> None:
    talk = from_start(code_hook(successNextStep=step("ElicitSlot", "nights")))
    talk.hook = lambda _event: HookFailed("boom")
    with pytest.raises(DependencyFailedError, match="boom"):
        talk.say("book")


def test_a_hook_that_delegates_with_the_state_failed_takes_the_failure_path() -> None:
    talk = from_start(
        code_hook(
            successNextStep=step("ElicitSlot", "city"),
            failureResponse=response("We are full."),
            failureNextStep=step("EndConversation"),
        )
    )
    talk.hook = lambda event: reply(event, "Delegate", state="Failed")
    assert talk.hear("book") == ["We are full."]
    assert talk.state == "Failed"


def test_a_hook_that_decides_itself_overrides_the_laid_down_step() -> None:
    talk = from_start(code_hook(successNextStep=step("ElicitSlot", "city")))
    talk.hook = lambda event: reply(event, "ElicitSlot", "For how long?", slot="nights")
    assert talk.hear("book") == ["For how long?"]


def test_a_capture_hook_judges_a_value_that_came_with_the_first_utterance() -> None:
    capture = {
        "captureNextStep": step("InvokeDialogCodeHook"),
        "codeHook": code_hook("City", successNextStep=step("ElicitSlot", "nights")),
    }
    talk = hooked(
        initialResponseSetting=initial(step("ElicitSlot", "city")), slots=captures(capture)
    )
    talk.hook = lambda event: reply(event, "ElicitSlot", "Not there.", slot="city")
    assert talk.hear("book Atlantis") == ["Not there."]
    assert talk.events[0]["invocationLabel"] == "City"


def listening(**more: Any) -> Talk:
    capture = {
        "elicitationCodeHook": {"enableCodeHookInvocation": True, "invocationLabel": "Nights"},
        **more,
    }
    return hooked(
        initialResponseSetting=initial(step("ElicitSlot", "nights")),
        slots=(slot("nights", capture=capture),),
    )


def test_an_elicitation_hook_hears_every_reply_to_its_question() -> None:
    talk = listening()
    talk.say("book")
    assert talk.events == []
    assert talk.hear("purple") == ["nights?"]
    assert talk.hear("3") == ["Bye."]
    assert sources(talk) == [
        "DialogCodeHook ElicitSlot nights Retry1",
        "DialogCodeHook Close Initial",
    ]
    assert talk.events[0]["invocationLabel"] == "Nights"


def test_after_an_elicitation_hook_the_capture_step_is_taken() -> None:
    talk = listening(captureResponse=response("Noted."), captureNextStep=step("EndConversation"))
    talk.say("book")
    assert talk.hear("3") == ["Noted."]


def test_an_elicitation_hook_may_fill_the_slot_that_was_missed() -> None:
    talk = listening(captureResponse=response("{nights} it is."))
    talk.say("book")
    talk.hook = lambda event: reply(event, "Delegate", slots={"nights": value("7")})
    assert talk.hear("a week") == ["7 it is.", "Bye."]


def test_an_elicitation_hook_may_clear_the_slot_that_was_heard() -> None:
    talk = listening()
    talk.say("book")
    talk.hook = lambda event: reply(event, "Delegate", slots={"nights": None})
    assert talk.hear("900") == ["nights?"]
