"""The dialog code hook of an intent without steps of its own: it hears every turn."""

from __future__ import annotations

from typing import Any

import pytest

from bot.engine.effects import HookFailed, HookTimedOut
from bot.engine.errors import DependencyFailedError
from tests.unit.engine.export import ENABLED, fallback, intent, locale, prompt, response, slot
from tests.unit.engine.talk import Talk, delegate, reply, sources, texts, value

Json = dict[str, Any]


def transfer(**settings: Any) -> Talk:
    return Talk(
        locale(
            intent(
                "Send",
                "send",
                "send {amount}",
                slots=(slot("amount"), slot("days")),
                dialogCodeHook=ENABLED,
                intentConfirmationSetting={
                    "promptSpecification": prompt("Send {amount}?"),
                    "declinationResponse": response("Nothing sent."),
                },
                intentClosingSetting={"closingResponse": response("Sent.")},
                **settings,
            ),
            intent("Stop", "stop", dialogCodeHook=ENABLED),
            fallback(intentClosingSetting={"closingResponse": response("Pardon?")}),
        )
    )


def test_the_hook_is_called_on_every_turn_with_what_lex_would_do_next() -> None:
    talk = transfer()
    for words in ("send", "5", "2", "yes"):
        talk.say(words)
    assert sources(talk) == [
        "DialogCodeHook ElicitSlot amount Initial",
        "DialogCodeHook ElicitSlot days Initial",
        "DialogCodeHook ConfirmIntent Initial",
        "DialogCodeHook Close Initial",
    ]
    assert talk.state == "Fulfilled"


def test_the_hook_hears_a_no_before_the_declination() -> None:
    talk = transfer()
    for words in ("send", "5", "2"):
        talk.say(words)
    assert talk.hear("no") == ["Nothing sent."]
    assert talk.events[-1]["sessionState"]["intent"]["confirmationState"] == "Denied"
    assert talk.state == "Failed"


def test_a_retry_is_proposed_as_such() -> None:
    talk = transfer()
    talk.say("send")
    talk.say("purple")
    assert sources(talk)[-1] == "DialogCodeHook ElicitSlot amount Retry1"


def test_a_hook_that_fills_a_slot_and_delegates_moves_the_dialog_on() -> None:
    talk = transfer()
    talk.hook = lambda event: reply(event, "Delegate", slots={"amount": value("9")})
    assert talk.hear("send") == ["days?"]
    assert talk.slot("amount") == "9"


def test_a_hook_that_clears_a_slot_and_delegates_has_it_asked_for_again() -> None:
    talk = transfer()
    talk.say("send")
    talk.hook = lambda event: reply(event, "Delegate", slots={"amount": None})
    assert talk.hear("5") == ["amount?"]


def test_elicit_slot_asks_with_the_hook_s_own_words() -> None:
    talk = transfer()
    talk.hook = lambda event: reply(event, "ElicitSlot", "More than zero, please.", slot="amount")
    assert talk.hear("send 0") == ["More than zero, please."]
    assert (talk.asked, talk.slot("amount")) == ("ElicitSlot amount", None)


def test_elicit_slot_without_words_asks_the_slot_s_own_prompt() -> None:
    talk = transfer()
    talk.hook = lambda event: reply(event, "ElicitSlot", slot="days")
    assert talk.hear("send 5") == ["days?"]


def test_confirm_intent_with_the_hook_s_own_words() -> None:
    talk = transfer()
    talk.hook = lambda event: reply(event, "ConfirmIntent", "Really?")
    assert talk.hear("send") == ["Really?"]
    assert talk.asked == "ConfirmIntent"


def test_close_ends_the_intent_as_the_hook_says() -> None:
    talk = transfer()
    talk.hook = lambda event: reply(event, "Close", "Not today.", state="Failed")
    assert talk.hear("send") == ["Not today."]
    assert (talk.state, talk.asked) == ("Failed", "Close")


def test_a_fulfilled_close_without_words_says_the_closing_response() -> None:
    talk = transfer()
    talk.hook = lambda event: reply(event, "Close", state="Fulfilled")
    assert talk.hear("send") == ["Sent."]


def test_elicit_intent_forgets_the_intent() -> None:
    talk = transfer()
    talk.hook = lambda event: reply(event, "ElicitIntent", "What else?")
    assert talk.hear("send 5") == ["What else?"]
    assert talk.session.intent is None
    talk.hook = delegate
    talk.say("stop")
    assert talk.intent == "Stop"


def test_a_hook_may_switch_to_another_intent() -> None:
    talk = transfer()

    def switch(event: Json) -> Json:
        answer = reply(event, "Delegate")
        answer["sessionState"]["intent"] = {"name": "Stop", "slots": {}, "state": "InProgress"}
        return answer

    talk.hook = switch
    talk.say("send")
    assert talk.intent == "Stop"


def test_a_confirmation_that_the_hook_gives_is_not_asked_for() -> None:
    talk = transfer()
    talk.say("send")
    talk.say("5")
    talk.hook = lambda event: reply(event, "Delegate", confirmation="Confirmed")
    assert talk.hear("2") == ["Sent."]


def test_ready_for_fulfillment_skips_what_is_left() -> None:
    talk = transfer()
    talk.hook = lambda event: reply(event, "Delegate", state="ReadyForFulfillment")
    assert talk.hear("send") == ["Sent."]


def test_the_state_failed_with_delegate_gives_the_intent_up() -> None:
    talk = transfer()
    talk.hook = lambda event: reply(event, "Delegate", state="Failed")
    assert talk.hear("send") == []
    assert talk.state == "Failed"


def test_words_that_come_with_delegate_stand_in_place_of_the_next_prompt() -> None:
    talk = transfer()
    talk.hook = lambda event: reply(event, "Delegate", "How much is it?")
    assert talk.hear("send") == ["How much is it?"]
    assert talk.asked == "ElicitSlot amount"


def test_session_attributes_of_the_hook_replace_those_of_the_session() -> None:
    talk = transfer()
    talk.given(attributes={"old": "1", "kept": "2"})
    talk.hook = lambda event: reply(event, "Delegate", attributes={"kept": "3"})
    talk.say("send")
    assert talk.session.attributes == {"kept": "3"}


def test_session_attributes_stay_when_the_hook_leaves_them_out() -> None:
    talk = transfer()
    talk.given(attributes={"kept": "2"})
    talk.say("send")
    assert talk.session.attributes == {"kept": "2"}


def test_contexts_of_the_hook_replace_those_of_the_session() -> None:
    talk = transfer()
    context = {
        "name": "asked",
        "timeToLive": {"timeToLiveInSeconds": 60, "turnsToLive": 3},
        "contextAttributes": {"a": "1"},
    }
    talk.hook = lambda event: reply(event, "Delegate", contexts=[context])
    talk.say("send")
    [active] = talk.session.contexts
    assert (active.name, active.turns, active.attributes) == ("asked", 3, {"a": "1"})


def test_request_attributes_come_back_only_when_the_hook_gives_some() -> None:
    talk = transfer()
    assert talk.say("send", channel="web").request_attributes is None
    talk.hook = lambda event: {**delegate(event), "requestAttributes": {"seen": "1"}}
    assert talk.say("5").request_attributes == {"seen": "1"}


def test_an_ambiguous_value_reaches_the_hook_which_may_settle_it() -> None:
    meet = intent("Meet", "meet", slots=(slot("at", "AMAZON.Time"),), dialogCodeHook=ENABLED)
    talk = Talk(locale(meet, fallback()))
    talk.say("meet")
    talk.hook = lambda event: reply(event, "Delegate", slots={"at": value("22:00")})
    talk.say("10")
    heard = talk.events[-1]["sessionState"]["intent"]["slots"]["at"]["value"]
    assert (heard["interpretedValue"], heard["resolvedValues"]) == (None, ["10:00", "22:00"])
    assert (talk.slot("at"), talk.state) == ("22:00", "ReadyForFulfillment")


# --- hooks that fail ---


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (HookFailed("KeyError: amount"), "KeyError: amount"),
        (HookTimedOut(), "timed out"),
        ({"hello": "world"}, "Invalid Lambda Response: sessionState must be an object"),
    ],
)
def test_a_hook_that_fails_refuses_the_turn_and_leaves_the_session(
    outcome: object, words: str
) -> None:
    talk = transfer()
    talk.say("send")
    before = talk.session
    talk.hook = lambda _event: outcome
    with pytest.raises(DependencyFailedError, match=words):
        talk.say("5")
    assert talk.session == before
    talk.hook = delegate
    assert talk.hear("5") == ["days?"]


def test_an_intent_whose_hook_is_off_never_calls_it() -> None:
    talk = Talk(locale(intent("Go", "go", slots=(slot("a"),), dialogCodeHook={"enabled": False})))
    talk.say("go")
    talk.say("1")
    assert talk.events == []


def test_the_trace_tells_what_was_heard_and_what_the_hook_was_asked_and_said() -> None:
    talk = transfer()
    result = talk.say("send 5", secret="token-1")
    heard = next(item for item in result.trace if item["step"] == "heard")
    assert (heard["kind"], heard["intent"], list(heard["slots"])) == ("intent", "Send", ["amount"])
    assert heard["candidates"][0] == {"intent": "Send", "score": 0.9}
    hook = next(item for item in result.trace if item["step"] == "hook")
    assert hook["request"]["inputTranscript"] == "send 5"
    assert hook["response"]["sessionState"]["dialogAction"] == {"type": "Delegate"}
    assert "token-1" not in repr(result.trace)


def test_a_hook_s_card_is_passed_on() -> None:
    talk = transfer()

    def with_card(event: Json) -> Json:
        card = {"title": "Amount", "buttons": [{"text": "Five", "value": "5"}]}
        answer = reply(event, "ElicitSlot", "How much?", slot="amount")
        answer["messages"].append({"contentType": "ImageResponseCard", "imageResponseCard": card})
        return answer

    talk.hook = with_card
    result = talk.say("send")
    assert texts(result) == ["How much?", ""]
    assert result.messages[1].to_wire()["imageResponseCard"]["buttons"][0]["value"] == "5"
