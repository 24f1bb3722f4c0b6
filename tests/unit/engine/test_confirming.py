"""The question for confirmation: yes, no, something else."""

from __future__ import annotations

from typing import Any

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
from tests.unit.engine.talk import Talk, reply, sources

Json = dict[str, Any]


def order(*, newer: bool = False, hooked: bool = False, **more: Any) -> Talk:
    setting = {
        "promptSpecification": prompt("{count} cakes?", retries=1),
        "declinationResponse": response("Not ordered."),
        **more,
    }
    settings: Json = {"initialResponseSetting": {}} if newer else {}
    if hooked:
        settings["dialogCodeHook"] = ENABLED
    return Talk(
        locale(
            intent(
                "Order",
                "cakes",
                "{count} cakes",
                "make it {count}",
                slots=(slot("count"),),
                intentConfirmationSetting=setting,
                intentClosingSetting={"closingResponse": response("Ordered.")},
                **settings,
            ),
            intent("Hours", "hours", intentClosingSetting={"closingResponse": response("9.")}),
            fallback(intentClosingSetting={"closingResponse": response("Pardon?")}),
        )
    )


def test_a_yes_fulfils_the_intent() -> None:
    talk = order()
    assert talk.hear("3 cakes") == ["3 cakes?"]
    assert talk.hear("yes") == ["Ordered."]
    assert talk.state == "Fulfilled"
    assert talk.session.intent is not None
    assert talk.session.intent.confirmation == "Confirmed"


def test_a_no_says_the_declination_and_fails_the_intent() -> None:
    talk = order()
    talk.say("3 cakes")
    assert talk.hear("no") == ["Not ordered."]
    assert talk.state == "Failed"


def test_something_else_is_asked_again_and_then_falls_back() -> None:
    talk = order()
    talk.say("3 cakes")
    assert talk.hear("hmm") == ["3 cakes?"]
    assert talk.hear("hmm") == ["Pardon?"]


def test_another_intent_may_begin_instead_of_an_answer() -> None:
    talk = order()
    talk.say("3 cakes")
    assert talk.hear("hours") == ["9."]


def test_a_correction_changes_the_slot_and_asks_anew() -> None:
    talk = order()
    talk.say("3 cakes")
    assert talk.hear("make it 4") == ["4 cakes?"]
    assert talk.hear("5") == ["5 cakes?"]
    assert talk.session.intent is not None
    assert talk.session.intent.confirmation == "None"


def test_an_inactive_confirmation_is_not_asked_for() -> None:
    assert order(isActive=False).hear("3 cakes") == ["Ordered."]


def test_a_yes_and_a_no_have_steps_of_their_own() -> None:
    talk = order(
        newer=True,
        confirmationResponse=response("Good choice."),
        confirmationNextStep=step("EndConversation"),
        declinationNextStep=step("ElicitSlot", "count"),
    )
    talk.say("3 cakes")
    assert talk.hear("no") == ["Not ordered.", "count?"]
    assert talk.hear("4") == ["4 cakes?"]
    assert talk.hear("yes") == ["Good choice."]


def test_after_a_no_a_filled_slot_is_asked_for_again() -> None:
    talk = order(newer=True, declinationNextStep=step("ElicitSlot", "count"))
    talk.say("3 cakes")
    talk.say("no")
    assert (talk.slot("count"), talk.asked) == (None, "ElicitSlot count")
    assert talk.session.intent is not None
    assert talk.session.intent.state == "InProgress"


def test_when_the_retries_are_used_up_the_failure_path_is_taken() -> None:
    talk = order(
        newer=True,
        failureResponse=response("I give up."),
        failureNextStep=step("EndConversation"),
    )
    talk.say("3 cakes")
    talk.say("hmm")
    assert talk.hear("hmm") == ["I give up."]
    assert talk.state == "Failed"


def test_a_condition_decides_about_a_yes() -> None:
    talk = order(
        newer=True,
        confirmationConditional=conditional(
            when("{count} > 10", step("ElicitSlot", "count"), response("Too many."))
        ),
    )
    talk.say("12 cakes")
    assert talk.hear("yes") == ["Too many.", "count?"]
    talk.say("9")
    assert talk.hear("yes") == ["Ordered."]


def test_a_yes_may_invoke_the_confirmation_s_hook() -> None:
    talk = order(
        newer=True,
        hooked=True,
        confirmationNextStep=step("InvokeDialogCodeHook"),
        codeHook=code_hook("Confirmed", successNextStep=step("FulfillIntent")),
    )
    talk.say("3 cakes")
    assert talk.events == []
    assert talk.hear("yes") == ["Ordered."]
    assert talk.events[0]["invocationLabel"] == "Confirmed"
    assert talk.events[0]["sessionState"]["intent"]["confirmationState"] == "Confirmed"


def test_the_elicitation_hook_hears_the_retries() -> None:
    listener = {"enableCodeHookInvocation": True, "invocationLabel": "Again"}
    talk = order(newer=True, hooked=True, elicitationCodeHook=listener)
    talk.say("3 cakes")
    talk.say("hmm")
    assert sources(talk) == ["DialogCodeHook ConfirmIntent Retry1"]


def test_a_question_that_a_hook_asked_without_a_setting_is_repeated_twice_by_the_hook() -> None:
    go = intent("Go", "go", dialogCodeHook=ENABLED)
    talk = Talk(locale(go, fallback(intentClosingSetting={"closingResponse": response("Hm?")})))
    talk.hook = lambda event: reply(event, "ConfirmIntent", "Sure?")
    said = [talk.hear(words) for words in ("go", "hmm", "hmm", "hmm")]
    assert said == [["Sure?"], ["Sure?"], ["Sure?"], ["Hm?"]]
