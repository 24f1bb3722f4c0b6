"""How slots are filled and asked for, by priorities, with retries, defaults and variations."""

from __future__ import annotations

from datetime import timedelta

from bot.engine.session import ActiveContext
from tests.unit.engine.export import fallback, intent, locale, prompt, response, slot, slot_type
from tests.unit.engine.talk import NOON, Talk

SIZE = slot_type("Size", "small=tiny", "large=big", restricted=True)
TOPPING = slot_type("Topping", "ham", "olives")
SORRY = fallback(intentClosingSetting={"closingResponse": response("Pardon?")})
DONE = {"closingResponse": response("A {size} one with {topping}, {count} times.")}


def pizza(**sizes: object) -> Talk:
    size = slot("size", "Size", ask=prompt("Which size?", **sizes))  # type: ignore[arg-type]
    return Talk(
        locale(
            intent(
                "Order",
                "pizza",
                "a {size} pizza",
                "a {size} pizza with {topping}",
                slots=(size, slot("topping", "Topping"), slot("count")),
                intentClosingSetting=DONE,
            ),
            intent(
                "Hours", "opening hours", intentClosingSetting={"closingResponse": response("9.")}
            ),
            intent("Weather", "weather in {city}", slots=(slot("city", "AMAZON.City"),)),
            SORRY,
            types=(SIZE, TOPPING),
        )
    )


def test_slots_are_asked_for_by_priority_until_all_are_filled() -> None:
    talk = pizza()
    assert talk.hear("pizza") == ["Which size?"]
    assert talk.hear("large") == ["topping?"]
    assert talk.hear("ham") == ["count?"]
    assert talk.hear("2") == ["A large one with ham, 2 times."]


def test_one_utterance_fills_several_slots() -> None:
    talk = pizza()
    assert talk.hear("a large pizza with ham") == ["count?"]
    assert (talk.slot("size"), talk.slot("topping")) == ("large", "ham")


def test_a_synonym_is_kept_as_it_was_said_and_read_as_its_value() -> None:
    talk = pizza()
    talk.say("a tiny pizza")
    state = talk.filled("size")
    assert state is not None
    assert state.value is not None
    assert (state.value.original, state.value.interpreted) == ("tiny", "small")


def test_a_reply_without_a_value_is_asked_again_as_a_retry() -> None:
    talk = pizza()
    talk.say("pizza")
    assert talk.hear("purple") == ["Which size?"]
    assert talk.session.action is not None
    assert talk.session.action.attempt == 1


def test_when_the_retries_are_used_up_the_fallback_intent_takes_over() -> None:
    talk = pizza(retries=1)
    talk.say("pizza")
    talk.say("purple")
    assert talk.hear("green") == ["Pardon?"]
    assert talk.intent == "FallbackIntent"


def test_a_prompt_without_retries_falls_back_at_once() -> None:
    talk = pizza(retries=0)
    talk.say("pizza")
    assert talk.hear("purple") == ["Pardon?"]


def test_a_bot_without_a_fallback_intent_gives_the_intent_up() -> None:
    talk = Talk(locale(intent("Count", "count", slots=(slot("n", ask=prompt("n?", retries=0)),))))
    talk.say("count")
    assert talk.hear("purple") == []
    assert (talk.state, talk.asked) == ("Failed", "Close")


def test_retries_are_counted_for_each_slot_anew() -> None:
    talk = pizza(retries=1)
    for words in ("pizza", "purple", "large"):
        talk.say(words)
    assert talk.session.action is not None
    assert (talk.asked, talk.session.action.attempt) == ("ElicitSlot topping", 0)


def test_a_variation_of_the_prompt_is_drawn() -> None:
    drawn: set[str] = set()
    for _ in range(30):
        talk = Talk(locale(intent("Count", "count", slots=(slot("n", ask=prompt("a", "b", "c")),))))
        talk._rng.seed(len(drawn) * 31 + _)
        drawn.update(talk.hear("count"))
    assert drawn == {"a", "b", "c"}


def test_an_ordered_prompt_goes_through_its_variations() -> None:
    asked = prompt("first", "second", "third", retries=3, ordered=True)
    talk = Talk(locale(intent("Count", "count", slots=(slot("n", ask=asked),)), SORRY))
    said = [talk.hear(words)[0] for words in ("count", "what", "what", "what")]
    assert said == ["first", "second", "third", "first"]


def test_an_optional_slot_is_not_asked_for() -> None:
    slots = (slot("a", required=False), slot("b"))
    assert Talk(locale(intent("Go", "go", slots=slots))).hear("go") == ["b?"]


def test_a_missing_slot_stays_a_reference_in_what_is_said() -> None:
    closing = {"closingResponse": response("It is {a}.")}
    talk = Talk(
        locale(intent("Go", "go", slots=(slot("a", required=False),), intentClosingSetting=closing))
    )
    assert talk.hear("go") == ["It is {a}."]


# --- another intent in between ---


def test_a_sample_of_another_intent_switches_when_the_reply_holds_no_value() -> None:
    talk = pizza()
    talk.say("pizza")
    assert talk.hear("opening hours") == ["9."]
    assert talk.intent == "Hours"


def test_a_sure_value_stays_a_value() -> None:
    talk = Talk(
        locale(
            intent("Order", "pizza", slots=(slot("size", "Size"),)),
            intent("Large", "large"),
            types=(SIZE,),
        )
    )
    talk.say("pizza")
    talk.say("large")
    assert (talk.intent, talk.slot("size")) == ("Order", "large")


def test_words_on_trust_give_way_to_a_clear_intent() -> None:
    talk = pizza()
    talk.say("a large pizza")
    talk.say("weather in Bern")
    assert (talk.intent, talk.slot("city")) == ("Weather", "Bern")


def test_words_that_are_surely_another_slots_value_are_not_taken_on_trust_as_well() -> None:
    name = slot_type("Name", "Anna")
    talk = Talk(
        locale(
            intent(
                "Order",
                "pizza",
                "{size}",
                slots=(slot("size", "Size"), slot("name", "Name")),
            ),
            types=(SIZE, name),
        )
    )
    talk.say("pizza")
    talk.say("small")
    talk.say("large")
    assert (talk.slot("size"), talk.slot("name")) == ("large", None)
    talk.say("Zoe")
    assert (talk.slot("size"), talk.slot("name")) == ("large", "Zoe")


def test_a_free_form_slot_takes_every_reply_and_gives_way_to_no_intent() -> None:
    note = slot("note", "AMAZON.FreeFormInput")
    talk = Talk(
        locale(
            intent("Note", "note", slots=(note,)),
            intent("Weather", "weather in {city}", slots=(slot("city", "AMAZON.City"),)),
            intent("Hours", "opening hours"),
        )
    )
    talk.say("note")
    talk.say("weather in Bern")
    assert (talk.intent, talk.slot("note")) == ("Note", "weather in Bern")
    talk.say("note")
    talk.say("opening hours")
    assert (talk.intent, talk.slot("note")) == ("Note", "opening hours")


def test_a_free_form_slot_is_not_corrected_by_what_is_said_at_the_confirmation() -> None:
    note = slot("note", "AMAZON.FreeFormInput")
    sure = {"promptSpecification": prompt("Sure?")}
    talk = Talk(locale(intent("Note", "note", slots=(note,), intentConfirmationSetting=sure)))
    talk.say("note")
    talk.say("buy milk")
    assert talk.hear("what was that again") == ["Sure?"]
    assert talk.slot("note") == "buy milk"


def test_the_intent_that_is_left_is_forgotten() -> None:
    talk = pizza()
    talk.say("a large pizza")
    talk.say("opening hours")
    talk.say("pizza")
    assert talk.slot("size") is None


# --- defaults ---


def test_a_literal_default_fills_the_slot_without_a_question() -> None:
    talk = Talk(locale(intent("Go", "go", slots=(slot("a", defaults=("7",)), slot("b")))))
    assert talk.hear("go") == ["b?"]
    assert talk.slot("a") == "7"


def test_the_first_default_that_has_a_value_is_taken() -> None:
    defaults = ("#trip.city", "[home]", "Bern")
    bot = locale(intent("Go", "go", slots=(slot("city", "AMAZON.City", defaults=defaults),)))
    talk = Talk(bot)
    talk.say("go")
    assert talk.slot("city") == "Bern"
    talk.given(attributes={"home": "Graz"})
    talk.say("go")
    assert talk.slot("city") == "Graz"
    trip = ActiveContext("trip", NOON + timedelta(minutes=5), 5, {"city": "Oslo"})
    talk.given(contexts=(trip,))
    talk.say("go")
    assert talk.slot("city") == "Oslo"


def test_what_the_customer_says_goes_before_a_default() -> None:
    talk = Talk(locale(intent("Go", "go {a}", slots=(slot("a", defaults=("7",)),))))
    talk.say("go 9")
    assert talk.slot("a") == "9"


# --- what cannot be read for sure ---


def test_an_ambiguous_time_is_asked_for_again() -> None:
    talk = Talk(locale(intent("Meet", "meet", slots=(slot("at", "AMAZON.Time"),)), SORRY))
    talk.say("meet")
    assert talk.hear("10") == ["at?"]
    assert talk.session.action is not None
    assert talk.session.action.attempt == 1


# --- several values, several parts ---


def test_a_multi_value_slot_takes_values_with_commas_and_and() -> None:
    toppings = slot("toppings", "Topping", multiple=True)
    talk = Talk(
        locale(
            intent(
                "Order",
                "pizza",
                slots=(toppings,),
                intentClosingSetting={"closingResponse": response("With {toppings}.")},
            ),
            types=(TOPPING,),
        )
    )
    talk.say("pizza")
    assert talk.hear("ham and olives") == ["With ham and olives."]
    wire = talk.filled("toppings")
    assert wire is not None
    assert [part["value"]["interpretedValue"] for part in wire.to_wire()["values"]] == [
        "ham",
        "olives",
    ]


def test_one_value_of_a_multi_value_slot_is_a_list_of_one() -> None:
    toppings = slot("toppings", "Topping", multiple=True)
    talk = Talk(locale(intent("Order", "pizza", slots=(toppings,)), types=(TOPPING,)))
    talk.say("pizza")
    talk.say("ham")
    state = talk.filled("toppings")
    assert state is not None
    assert (state.shape, len(state.values)) == ("List", 1)


def address() -> Talk:
    composite = {
        "expression": "(count AND size) OR code",
        "slotSpecifications": {
            "count": {
                "slotTypeName": "AMAZON.Number",
                "valueElicitationSetting": {"promptSpecification": prompt("How many?")},
            },
            "size": {
                "slotTypeName": "Size",
                "valueElicitationSetting": {"promptSpecification": prompt("Which size?")},
            },
            "code": {"slotTypeName": "Code"},
        },
    }
    box = slot("box", "Box", ask=prompt("Which box?"), composite=composite)
    return Talk(
        locale(
            intent(
                "Pack",
                "pack",
                slots=(box,),
                intentClosingSetting={"closingResponse": response("{box.count} {box.size}.")},
            ),
            SORRY,
            types=(SIZE, slot_type("Code", "x1", restricted=True)),
        )
    )


def test_the_parts_of_a_composite_slot_are_asked_for_one_by_one() -> None:
    talk = address()
    assert talk.hear("pack") == ["Which box?"]
    assert talk.hear("3") == ["Which size?"]
    assert talk.session.action is not None
    assert talk.session.action.to_wire()["subSlotToElicit"] == {"name": "size"}
    assert talk.hear("large") == ["3 large."]


def test_a_composite_slot_is_whole_when_one_branch_of_its_expression_is() -> None:
    talk = address()
    talk.say("pack")
    talk.say("x1")
    assert talk.asked == "Close"
    state = talk.filled("box")
    assert state is not None
    assert state.to_wire()["subSlots"]["count"] is None
