"""Messages: one of each group, with slots and attributes filled in."""

from __future__ import annotations

from random import Random

import pytest

from bot.definition.speech import Message, MessageGroup
from bot.engine.recogniser import SlotMatch
from bot.engine.references import Scope, said, values_of
from bot.engine.session import IntentState, SlotState
from bot.engine.speaking import say, speak


def slot(original: str, interpreted: str | None) -> SlotState:
    return SlotState(SlotMatch(original, interpreted))


INTENT = IntentState(
    "Book",
    {
        "city": slot("in bern", "Bern"),
        "at": slot("ten", None),
        "from-date": slot("today", "2026-03-02"),
        "home": SlotState(
            None, "Composite", sub_slots={"street": slot("main", "Main St"), "zip": None}
        ),
        "none": None,
    },
)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("To {city}.", "To Bern."),
        ("At {at}.", "At ten."),
        ("From {from-date}.", "From 2026-03-02."),
        ("{home.street}, {home.zip}", "Main St, {home.zip}"),
        ("{home}", "Main St"),
        ("{none} and {unknown}", "{none} and {unknown}"),
        ("Dear [name], [title]", "Dear Ada, [title]"),
        ("by ((channel))", "by web"),
        ("a ((bracket)) and #1", "a ((bracket)) and #1"),
        ("{Book.city}", "Bern"),
    ],
)
def test_references_become_their_values_and_unset_ones_stay(text: str, filled: str) -> None:
    scope = Scope(INTENT, {"name": "Ada"}, request_attributes={"channel": "web"})
    group = MessageGroup((Message("PlainText", text),))
    assert [m.content for m in say((group,), scope, Random(1))] == [filled]


def test_every_group_gives_one_message() -> None:
    groups = [MessageGroup((Message("PlainText", name), Message("SSML", name))) for name in "abc"]
    assert [m.content for m in speak(groups, None, {}, Random(1))] == ["a", "b", "c"]


def test_references_in_a_card_are_filled_too() -> None:
    card = {
        "title": "{city}",
        "subtitle": "[name]",
        "buttons": [{"text": "To {city}", "value": "{city}"}],
    }
    group = MessageGroup((Message("ImageResponseCard", card=card),))
    [message] = speak([group], INTENT, {"name": "Ada"}, Random(1))
    assert message.to_wire() == {
        "contentType": "ImageResponseCard",
        "imageResponseCard": {
            "title": "Bern",
            "subtitle": "Ada",
            "buttons": [{"text": "To Bern", "value": "Bern"}],
        },
    }


def test_a_list_is_repeated_in_the_customer_s_own_words() -> None:
    parts = (slot("ham", "Ham"), slot("olives", "Olives"))
    state = SlotState(SlotMatch("ham and olives", "ham and olives"), "List", parts)
    assert said(state) == "ham and olives"
    assert values_of(state) == ("Ham", "Olives")
