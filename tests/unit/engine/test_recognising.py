"""Which intent a sentence begins, and when it is none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.engine.errors import DependencyFailedError
from bot.engine.session import ActiveContext
from tests.unit.engine.export import fallback, intent, locale, response, slot, slot_type
from tests.unit.engine.talk import NOON, Talk

FAREWELL = {"closingResponse": response("Bye.")}
SORRY = {"closingResponse": response("Pardon?")}


def small_bot() -> Talk:
    return Talk(
        locale(
            intent("Hello", "hello", intentClosingSetting={"closingResponse": response("Hi.")}),
            intent("Goodbye", "bye", intentClosingSetting=FAREWELL),
            intent(
                "Again",
                "once more",
                inputContexts=[{"name": "greeted"}],
                intentClosingSetting={"closingResponse": response("Hi again.")},
            ),
            fallback(intentClosingSetting=SORRY),
        )
    )


def test_a_sample_utterance_begins_its_intent() -> None:
    talk = small_bot()
    assert talk.hear("hello") == ["Hi."]
    assert (talk.intent, talk.state, talk.asked) == ("Hello", "Fulfilled", "Close")


def test_what_nothing_matches_begins_the_fallback_intent() -> None:
    talk = small_bot()
    assert talk.hear("gibberish") == ["Pardon?"]
    assert talk.intent == "FallbackIntent"


def test_a_score_below_the_threshold_counts_as_no_match() -> None:
    talk = Talk(
        locale(
            intent("Weather", "weather in {city}", slots=(slot("city", "City"),)),
            fallback(intentClosingSetting=SORRY),
            types=(slot_type("City", "Bern", restricted=True),),
        )
    )
    assert talk.hear("weather in Atlantis") == ["Pardon?"]


def test_a_bot_without_a_fallback_intent_leaves_it_to_the_customer_to_say_more() -> None:
    talk = Talk(locale(intent("Hello", "hello")))
    result = talk.say("gibberish")
    assert (result.messages, talk.asked, talk.session.intent) == ((), "ElicitIntent", None)


def test_a_yes_to_nothing_is_not_understood() -> None:
    assert small_bot().hear("yes") == ["Pardon?"]


def test_an_intent_with_an_input_context_waits_for_it() -> None:
    talk = small_bot()
    assert talk.hear("once more") == ["Pardon?"]
    talk.given(contexts=(ActiveContext("greeted", NOON + timedelta(seconds=60), 2),))
    assert talk.hear("once more") == ["Hi again."]


def test_a_context_is_gone_when_its_turns_are_used_up() -> None:
    talk = small_bot()
    talk.given(contexts=(ActiveContext("greeted", NOON + timedelta(seconds=60), 1),))
    talk.say("hello")
    assert talk.hear("once more") == ["Pardon?"]


def test_a_context_is_gone_when_its_time_is_over() -> None:
    talk = small_bot()
    talk.given(contexts=(ActiveContext("greeted", NOON + timedelta(seconds=60), 9),))
    talk.wait(seconds=60)
    assert talk.hear("once more") == ["Pardon?"]


def test_the_fallback_intent_is_listed_without_a_score() -> None:
    readings = small_bot().say("hello").interpretations
    assert [(r.intent.name, r.score) for r in readings] == [
        ("Hello", 1.0),
        ("Goodbye", 0.0),
        ("FallbackIntent", None),
    ]


def test_no_more_than_five_readings_are_listed_and_the_fallback_intent_is_among_them() -> None:
    many = [intent(f"Topic{number}", f"topic {number}") for number in range(8)]
    readings = Talk(locale(*many, fallback())).say("topic 3").interpretations
    assert len(readings) == 5
    assert (readings[0].intent.name, readings[-1].intent.name) == ("Topic3", "FallbackIntent")


def test_a_reading_that_was_not_chosen_shows_the_slots_it_would_fill() -> None:
    talk = Talk(
        locale(
            intent("Say", "say 5"),
            intent("Count", "say {number}", slots=(slot("number"),)),
            fallback(),
        )
    )
    readings = talk.say("say 5").interpretations
    assert readings[0].intent.name == "Say"
    count = readings[1].intent.slots["number"]
    assert count is not None
    assert count.value is not None
    assert count.value.interpreted == "5"


def test_a_built_in_intent_that_needs_the_cloud_says_so() -> None:
    talk = Talk(locale(intent("Ask", "ask", parentIntentSignature="AMAZON.KendraSearchIntent")))
    with pytest.raises(DependencyFailedError, match="KendraSearchIntent"):
        talk.say("ask")
