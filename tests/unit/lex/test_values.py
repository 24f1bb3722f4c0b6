"""Slots of every shape, session models, contexts, and replies with all their parts."""

from __future__ import annotations

import doctest
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fulfillment.lex.session
import fulfillment.lex.testing
from fulfillment.lex import LexEvent, SessionModel, Turn, card, payload, ssml, text
from fulfillment.lex.testing import lex_event


def turn_of(event: dict[str, Any]) -> Turn:
    return Turn.of(LexEvent.model_validate(event))


class Basket(SessionModel):
    item_count: int = 0
    since: date | None = None
    is_gift: bool = False
    note: str | None = None


@pytest.mark.parametrize("module", [fulfillment.lex.session, fulfillment.lex.testing])
def test_the_examples_in_the_documentation_run(module: Any) -> None:
    found = doctest.testmod(module)
    assert (found.failed, found.attempted > 0) == (0, True)


def test_slots_of_every_shape_are_read() -> None:
    turn = turn_of(
        lex_event("Order", {"a": "1", "b": ["x", "y"], "c": {"city": "Leeds"}, "d": None})
    )
    assert [v.best for v in turn.slots.values("a")] == ["1"]
    assert [v.best for v in turn.slots.values("b")] == ["x", "y"]
    whole = turn.slots.get("b")
    assert whole is not None
    assert whole.best == "x, y"
    city = turn.slots.part("c", "city")
    assert city is not None
    assert city.best == "Leeds"
    assert turn.slots.part("c", "zip") is None
    assert turn.slots.values("d") == turn.slots.values("unknown") == []
    assert turn.slots.names() == ["a", "b", "c", "d"]


def test_slots_of_every_shape_are_written_as_lex_writes_them() -> None:
    turn = turn_of(lex_event("Order", {"b": None, "c": {"city": "Leeds"}}))
    turn.slots.set_list("b", ["x", "y"])
    turn.slots.set_part("c", "zip", "LS1")
    wire = turn.slots.to_lex()
    assert [part["value"]["interpretedValue"] for part in wire["b"]["values"]] == ["x", "y"]
    assert wire["b"]["shape"] == "List"
    assert wire["c"]["subSlots"]["zip"]["value"]["originalValue"] == "LS1"
    assert wire["c"]["subSlots"]["city"]["value"]["originalValue"] == "Leeds"
    assert turn_of(lex_event("Order")).slots.to_lex() == {}


def test_an_empty_list_is_no_value() -> None:
    with pytest.raises(ValueError, match="clear"):
        turn_of(lex_event("Order")).slots.set_list("b", [])


def test_session_attributes_are_read_as_a_model_and_written_back_as_strings() -> None:
    turn = turn_of(lex_event("Order", session={"itemCount": "2", "other": "kept"}))
    basket = turn.session_as(Basket)
    assert (basket.item_count, basket.since, basket.note) == (2, None, None)
    basket.item_count, basket.since, basket.is_gift = 3, date(2026, 11, 23), True
    turn.remember(basket)
    assert turn.session == {
        "itemCount": "3",
        "since": "2026-11-23",
        "isGift": "true",
        "other": "kept",
    }
    assert turn.session_as(Basket) == basket


def test_a_field_that_is_none_is_removed() -> None:
    turn = turn_of(lex_event("Order", session={"note": "old"}))
    basket = turn.session_as(Basket)
    assert basket.note == "old"
    turn.remember(Basket())
    assert "note" not in turn.session


def test_attributes_that_lex_would_not_take_are_refused() -> None:
    with pytest.raises(ValueError, match="bytes"):
        Basket(note="x" * 13_000).write({})


@given(st.dictionaries(st.sampled_from(["itemCount", "since", "isGift", "note"]), st.text()))
def test_whatever_a_caller_writes_the_model_is_read(attributes: dict[str, str]) -> None:
    basket = Basket.of_attributes(attributes)
    again: dict[str, str] = {}
    basket.write(again)
    assert Basket.of_attributes(again) == basket


def test_contexts_are_activated_replaced_and_ended() -> None:
    turn = turn_of(lex_event("Order"))
    turn.activate("open", 60, 2, cup="big")
    turn.activate("open", 90, 3)
    turn.activate("other", 5, 1)
    turn.deactivate("other")
    [context] = turn.answer(turn.delegate())["sessionState"]["activeContexts"]
    assert context["timeToLive"] == {"timeToLiveInSeconds": 90, "turnsToLive": 3}
    assert context["contextAttributes"] == {}


def test_a_reply_may_ask_for_a_part_in_a_style() -> None:
    turn = turn_of(lex_event("Order", {"address": None}))
    reply = turn.elicit_slot("address", text("Spell it."), part="street", style="SpellByLetter")
    assert turn.answer(reply)["sessionState"]["dialogAction"] == {
        "type": "ElicitSlot",
        "slotToElicit": "address",
        "subSlotToElicit": {"name": "street"},
        "slotElicitationStyle": "SpellByLetter",
    }


def test_a_reply_may_go_on_with_another_intent() -> None:
    turn = turn_of(lex_event("Order", {"size": "large"}))
    reply = turn.elicit_slot("song", text("Sing first.")).for_intent("Sing", mood="happy")
    intent = turn.answer(reply)["sessionState"]["intent"]
    assert (intent["name"], intent["state"], intent["confirmationState"]) == (
        "Sing",
        "InProgress",
        "None",
    )
    assert intent["slots"]["mood"]["value"]["interpretedValue"] == "happy"


def test_request_attributes_go_back_only_when_they_are_given() -> None:
    turn = turn_of(lex_event("Order", attributes={"token": "secret"}))
    assert "requestAttributes" not in turn.answer(turn.delegate())
    reply = turn.delegate().with_request_attributes(page="menu")
    assert turn.answer(reply)["requestAttributes"] == {"page": "menu"}


def test_ssml_and_payloads_are_said_whole_and_in_order() -> None:
    turn = turn_of(lex_event("Order"))
    shown = card("Title", [("A", "a")], image_url="https://example.com/a.png")
    answer = turn.answer(turn.close(ssml("<speak>Hi</speak>"), payload('{"a": 1}'), shown))
    assert [m["contentType"] for m in answer["messages"]] == [
        "SSML",
        "CustomPayload",
        "ImageResponseCard",
    ]
    assert answer["messages"][2]["imageResponseCard"]["imageUrl"] == "https://example.com/a.png"


@pytest.mark.parametrize("content", ["", "x" * 1025])
def test_a_payload_is_never_cut(content: str) -> None:
    turn = turn_of(lex_event("Order"))
    with pytest.raises(ValueError, match="CustomPayload"):
        turn.answer(turn.close(payload(content)))


def test_the_lambda_context_is_at_hand() -> None:
    context = object()
    assert Turn.of(LexEvent.model_validate(lex_event("Order")), context).context is context
