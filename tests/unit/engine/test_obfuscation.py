"""What a log may show of a turn in which obfuscated slots were filled or asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.definition.model import BotLocale, Intent, Slot
from bot.engine.obfuscation import obfuscated_intent, obfuscated_text, taken_out

NAME = Slot("full_name", "AMAZON.FirstName", True, 1, None, obfuscated=True)
PIN = Slot("pin", "AMAZON.Number", True, 2, None, obfuscated=True)
CITY = Slot("city", "AMAZON.City", True, 3, None)
LOCALE = BotLocale("en_US", 0.4, {"Join": Intent("Join", None, (), (NAME, PIN, CITY))}, {})


def scalar(original: str, interpreted: str | None = None) -> dict[str, Any]:
    value = interpreted or original
    return {
        "shape": "Scalar",
        "value": {
            "originalValue": original,
            "interpretedValue": value,
            "resolvedValues": [value, original],
        },
    }


def join(**slots: dict[str, Any] | None) -> dict[str, Any]:
    empty = {"full_name": None, "pin": None, "city": None}
    return {"name": "Join", "slots": {**empty, **slots}, "state": "InProgress"}


def text(said: str, asked: str | None = None, **slots: dict[str, Any] | None) -> str:
    return obfuscated_text(LOCALE, said, join(**slots), asked)


def test_a_recognised_value_gives_way_to_its_slots_name() -> None:
    said = "My name is John Stiles"
    assert text(said, full_name=scalar("John Stiles")) == "My name is {full_name}"


def test_braces_of_the_customers_own_are_escaped() -> None:
    said = "My name is {John Stiles}"
    assert text(said, full_name=scalar("John Stiles")) == r"My name is \\{{full_name}\\}"


def test_what_was_heard_is_hidden_too_when_the_hook_went_on_with_another_intent() -> None:
    """A one-time code ends the check and the payment goes on: its slot is no more in play."""
    goes_on = {"name": "Pay", "slots": {}, "state": "Fulfilled"}
    heard = join(pin=scalar("454265"))
    assert obfuscated_text(LOCALE, "454265", goes_on, "pin", heard) == "{pin}"
    assert obfuscated_text(LOCALE, "it's 454265", goes_on, "pin", heard) == "it's {pin}"
    assert obfuscated_text(LOCALE, "cancel", goes_on, "pin", goes_on) == "cancel"


def test_what_was_taken_out_of_the_words_stands_in_no_other_reading_either() -> None:
    loan = {"name": "Loan", "slots": {"amount": scalar("62449035"), "term": scalar("now")}}
    assert taken_out("62449035 now", "{pin} now", loan) == {"amount"}
    shown = obfuscated_intent(LOCALE, loan, frozenset({"amount"}))["slots"]
    assert shown["amount"]["value"]["originalValue"] == "{amount}"
    assert shown["term"] == scalar("now")


def test_a_slot_that_is_not_obfuscated_stays() -> None:
    said = "I'm Ann from Leeds"
    assert text(said, full_name=scalar("Ann"), city=scalar("Leeds")) == "I'm {full_name} from Leeds"


def test_a_reply_in_which_no_value_was_recognised_is_hidden_whole() -> None:
    assert text("it is a secret", "full_name") == "{full_name}"
    assert text("somewhere", "city") == "somewhere"


def test_in_the_first_turn_nothing_is_hidden_unless_a_value_was_recognised() -> None:
    assert text("I want to join") == "I want to join"


def test_a_turn_without_an_intent_is_shown_as_it_is() -> None:
    assert obfuscated_text(LOCALE, "hello", None, None) == "hello"


def test_the_longer_of_two_values_is_hidden_first() -> None:
    said = "12 is me, 1234 is the pin"
    hidden = text(said, full_name=scalar("12"), pin=scalar("1234"))
    assert hidden == "{full_name} is me, {pin} is the pin"


def test_every_form_of_a_value_is_hidden_and_its_shape_stays() -> None:
    shown = obfuscated_intent(LOCALE, join(pin=scalar("one two", "12"), city=scalar("Leeds")))
    assert shown["slots"]["pin"] == {
        "shape": "Scalar",
        "value": {
            "originalValue": "{pin}",
            "interpretedValue": "{pin}",
            "resolvedValues": ["{pin}", "{pin}"],
        },
    }
    assert shown["slots"]["city"] == scalar("Leeds")
    assert shown["slots"]["full_name"] is None


def test_values_of_a_list_and_parts_of_a_composite_become_the_slots_name() -> None:
    several = {"shape": "List", "value": scalar("a and b")["value"], "values": [scalar("a")]}
    parts = {"shape": "Composite", "subSlots": {"first": scalar("Ann"), "last": None}}
    shown = obfuscated_intent(LOCALE, join(full_name=parts, pin=several))["slots"]
    assert shown["pin"]["values"][0]["value"]["originalValue"] == "{pin}"
    assert shown["full_name"]["subSlots"]["first"]["value"]["originalValue"] == "{full_name}"
    assert shown["full_name"]["subSlots"]["last"] is None


@pytest.mark.parametrize("hidden", [True, False])
def test_an_intent_that_is_unknown_hides_nothing(hidden: bool) -> None:
    locale = LOCALE if hidden else replace(LOCALE, intents={})
    shown = obfuscated_text(locale, "Ann", join(full_name=scalar("Ann")), None)
    assert shown == ("{full_name}" if hidden else "Ann")


@given(st.text(max_size=30), st.text(min_size=1, max_size=12), st.text(max_size=30))
def test_a_recognised_value_never_stands_in_the_log(before: str, value: str, after: str) -> None:
    shown = text(before + value + after, full_name=scalar(value))
    assert value not in shown.replace("{full_name}", "").replace(r"\\{", "").replace(r"\\}", "")
