"""Which answers of a code hook Lex refuses, and by what words."""

from __future__ import annotations

from typing import Any

import pytest

from bot.engine.errors import DependencyFailedError
from bot.engine.filling import empty_intent
from bot.engine.hook_reply import Directive, read_reply
from tests.unit.engine.export import intent, locale, prompt, slot
from tests.unit.engine.talk import NOON, value

Json = dict[str, Any]
BOX = {"expression": "a", "slotSpecifications": {"a": {"slotTypeName": "AMAZON.Number"}}}
BOT = locale(
    intent(
        "Send",
        slots=(slot("amount"), slot("days"), slot("box", "Box", composite=BOX)),
        intentConfirmationSetting={"promptSpecification": prompt("Send?")},
    ),
    intent("Other", slots=(slot("x"),)),
)
SEND: Json = {"name": "Send", "slots": {}, "state": "InProgress"}


def read(response: Any) -> Directive:
    return read_reply(response, BOT, empty_intent(BOT, "Send"), NOON)


def answer(action: Json, intent: Json | None = None, messages: Any = None, **state: Any) -> Json:
    given: Json = {"sessionState": {"dialogAction": action, "intent": intent, **state}}
    return {**given, "messages": messages} if messages is not None else given


PLAIN = [{"contentType": "PlainText", "content": "Hello"}]


def plain(content: object) -> list[Json]:
    return [{"contentType": "PlainText", "content": content}]


def card(**parts: object) -> list[Json]:
    return [*PLAIN, {"contentType": "ImageResponseCard", "imageResponseCard": parts}]


def context(seconds: int = 60, turns: int = 2, values: Json | None = None) -> Json:
    life = {"timeToLiveInSeconds": seconds, "turnsToLive": turns}
    return {"name": "paid", "timeToLive": life, "contextAttributes": values or {}}


ELEVEN = {str(number): "x" for number in range(11)}


def hints(intent: str = "Send", slot: str = "amount", phrase: str = "five") -> Json:
    return {"slotHints": {intent: {slot: {"runtimeHintValues": [{"phrase": phrase}]}}}}


def resolved(values: object) -> Json:
    return {"value": {"interpretedValue": "5", "resolvedValues": values}}


@pytest.mark.parametrize(
    ("response", "fault"),
    [
        (None, "the response must be an object"),
        ("hello", "the response must be an object"),
        ({}, "sessionState must be an object"),
        ({"sessionState": {}}, "sessionState.dialogAction must be an object"),
        (answer({}), "dialogAction.type must be one of"),
        (answer({"type": "Dance"}), "dialogAction.type must be one of"),
        (answer({"type": ["Close"]}), "dialogAction.type must be one of"),
        (answer({"type": "Close"}), "sessionState.intent is required for Close"),
        (answer({"type": "ConfirmIntent"}), "sessionState.intent is required for ConfirmIntent"),
        (
            answer({"type": "ElicitSlot", "slotToElicit": "amount"}),
            "sessionState.intent is required for ElicitSlot",
        ),
        (answer({"type": "ElicitSlot"}, SEND), "slotToElicit is no slot of Send"),
        (
            answer({"type": "ElicitSlot", "slotToElicit": "colour"}, SEND),
            "slotToElicit is no slot of Send",
        ),
        (
            answer({"type": "ElicitSlot", "slotToElicit": ["amount"]}, SEND),
            "slotToElicit is no slot of Send",
        ),
        (
            answer(
                {
                    "type": "ElicitSlot",
                    "slotToElicit": "box",
                    "subSlotToElicit": {"name": "lid"},
                },
                SEND,
            ),
            "subSlotToElicit is no part of box",
        ),
        (
            answer(
                {"type": "ElicitSlot", "slotToElicit": "box", "slotElicitationStyle": "Sung"},
                SEND,
            ),
            "slotElicitationStyle must be one of",
        ),
        (answer({"type": "ElicitIntent"}), "messages are required for ElicitIntent"),
        (
            answer({"type": "ConfirmIntent"}, {"name": "Other"}),
            "messages are required for ConfirmIntent",
        ),
        (answer({"type": "Delegate"}, {"name": "Nobody"}), "intent.name is no intent of this bot"),
        (answer({"type": "Delegate"}, {}), "intent.name is no intent of this bot"),
        (answer({"type": "Delegate"}, {"name": ["Send"]}), "intent.name is no intent of this bot"),
        (
            answer({"type": "Delegate"}, {"name": "Send", "slots": {"colour": None}}),
            "colour is no slot of Send",
        ),
        (
            answer({"type": "Delegate"}, {"name": "Send", "slots": {"amount": "5"}}),
            "a slot must be an object",
        ),
        (
            answer({"type": "Delegate"}, {"name": "Send", "slots": {"amount": {"shape": "Round"}}}),
            "a slot cannot have the shape",
        ),
        (
            answer(
                {"type": "Delegate"},
                {"name": "Send", "slots": {"amount": {"value": {"interpretedValue": 5}}}},
            ),
            "a slot's values must be strings",
        ),
        (
            answer({"type": "Delegate"}, {"name": "Send", "state": "Sleeping"}),
            "intent.state must be one of",
        ),
        (
            answer({"type": "Delegate"}, {"name": "Send", "confirmationState": "Maybe"}),
            "intent.confirmationState must be one of",
        ),
        (
            answer({"type": "Delegate"}, SEND, sessionAttributes={"count": [1]}),
            "sessionAttributes.count must be a string",
        ),
        (
            answer({"type": "Delegate"}, SEND, sessionAttributes=["a"]),
            "sessionAttributes must be an object",
        ),
        (
            answer({"type": "Delegate"}, SEND, activeContexts=[{"name": "a"}]),
            "a context's timeToLive must be an object",
        ),
        (
            answer({"type": "Delegate"}, SEND, activeContexts=[context(seconds=86_401)]),
            "timeToLiveInSeconds must be a number up to 86400",
        ),
        (
            answer({"type": "Delegate"}, SEND, activeContexts=[context(turns=21)]),
            "turnsToLive must be a number up to 20",
        ),
        (
            answer({"type": "Delegate"}, SEND, activeContexts=[context()] * 21),
            "activeContexts has more than 20 members",
        ),
        (
            answer({"type": "Delegate"}, SEND, activeContexts=[context(values={"a": [1]})]),
            "contextAttributes.a must be a string",
        ),
        (
            answer({"type": "Delegate"}, SEND, activeContexts=[context(values=ELEVEN)]),
            "contextAttributes has more than 10 members",
        ),
        (answer({"type": "Delegate"}, SEND, runtimeHints=hints("Nobody")), "names an intent"),
        (answer({"type": "Delegate"}, SEND, runtimeHints=hints(slot="colour")), "names a slot"),
        (answer({"type": "Delegate"}, SEND, runtimeHints=hints(phrase="")), "1 to 140 characters"),
        (answer({"type": "Delegate"}, SEND, plain("Hello") * 11), "more than 10 members"),
        (
            answer({"type": "Delegate"}, SEND, sessionAttributes={"": "x"}),
            "sessionAttributes has a key without a name",
        ),
        (
            answer({"type": "Delegate"}, {"name": "Send", "slots": {"amount": resolved("abc")}}),
            "a slot's resolvedValues must be a list",
        ),
        (answer({"type": "Delegate"}, SEND, runtimeHints=3), "runtimeHints must be an object"),
        (answer({"type": "Delegate"}, SEND, "hello"), "messages must be a list"),
        (answer({"type": "Delegate"}, SEND, ["hello"]), "a message must be an object"),
        (answer({"type": "Delegate"}, SEND, [{"content": "a"}]), "contentType is not one"),
        (answer({"type": "Delegate"}, SEND, plain("")), "1 to 1024 characters"),
        (answer({"type": "Delegate"}, SEND, plain("a" * 1025)), "1 to 1024 characters"),
        (answer({"type": "Delegate"}, SEND, plain(5)), "1 to 1024 characters"),
        (answer({"type": "Delegate"}, SEND, card()), "needs a title"),
        (
            answer({"type": "Delegate"}, SEND, card(title="a" * 251)),
            "must have 1 to 250 characters",
        ),
        (
            answer({"type": "Delegate"}, SEND, card(title="a", buttons=[{}] * 6)),
            "more than 5 buttons",
        ),
        (
            answer(
                {"type": "Delegate"},
                SEND,
                card(title="a", buttons=[{"text": "b" * 51, "value": "b"}]),
            ),
            "1 to 50 characters",
        ),
        ({**answer({"type": "Delegate"}), "requestAttributes": {"a": {}}}, "requestAttributes.a"),
    ],
)
def test_an_answer_that_lex_does_not_accept_is_refused(response: Any, fault: str) -> None:
    with pytest.raises(DependencyFailedError, match="Invalid Lambda Response") as refused:
        read(response)
    assert fault in str(refused.value)


def test_a_refusal_does_not_quote_what_customers_said() -> None:
    slots = {"amount": {"value": {"interpretedValue": ["4821"]}}}
    with pytest.raises(DependencyFailedError) as refused:
        read(answer({"type": "Delegate"}, {"name": "Send", "slots": slots}))
    assert "4821" not in str(refused.value)


def test_delegate_needs_nothing_but_its_type() -> None:
    directive = read({"sessionState": {"dialogAction": {"type": "Delegate"}}})
    assert (directive.action, directive.intent, directive.messages) == ("Delegate", None, ())


def test_elicit_intent_needs_words_but_no_intent() -> None:
    assert read(answer({"type": "ElicitIntent"}, None, PLAIN)).action == "ElicitIntent"


def test_slots_that_the_hook_leaves_out_stay_as_they_were() -> None:
    current = empty_intent(BOT, "Send")
    response = answer({"type": "Delegate"}, {"name": "Send", "slots": {"days": value("2")}})
    directive = read_reply(response, BOT, current, NOON)
    assert directive.intent is not None
    assert set(directive.intent.slots) == {"amount", "days", "box"}
    assert directive.intent.slots["amount"] is None


def test_an_interpreted_value_alone_is_a_value() -> None:
    slots = {"amount": {"value": {"interpretedValue": "5"}}}
    directive = read(answer({"type": "Delegate"}, {"name": "Send", "slots": slots}))
    assert directive.intent is not None
    state = directive.intent.slots["amount"]
    assert state is not None
    assert state.to_wire() == {
        "shape": "Scalar",
        "value": {"originalValue": "5", "interpretedValue": "5", "resolvedValues": ["5"]},
    }


def test_the_elicitation_style_and_the_asked_part_are_kept() -> None:
    action = {
        "type": "ElicitSlot",
        "slotToElicit": "box",
        "subSlotToElicit": {"name": "a"},
        "slotElicitationStyle": "SpellByLetter",
    }
    directive = read(answer(action, SEND))
    assert (directive.sub_slot, directive.style) == ("a", "SpellByLetter")


def test_numbers_and_booleans_in_session_attributes_become_text() -> None:
    given = answer({"type": "Delegate"}, SEND, sessionAttributes={"left": 2, "done": False})
    assert read(given).attributes == {"left": "2", "done": "false"}


def test_a_card_may_stand_alone() -> None:
    messages = card(title="Pick one")[1:]
    assert [
        m.content_type for m in read(answer({"type": "Delegate"}, SEND, messages)).messages
    ] == ["ImageResponseCard"]


def test_a_context_that_is_over_is_taken_as_it_was_shown() -> None:
    directive = read(answer({"type": "Delegate"}, SEND, activeContexts=[context(0, 0)]))
    assert directive.contexts is not None
    assert directive.contexts[0].turns == 0


def test_empty_texts_in_a_slot_are_no_value() -> None:
    wire = {"value": {"originalValue": "", "interpretedValue": "", "resolvedValues": [""]}}
    directive = read(answer({"type": "Delegate"}, {"name": "Send", "slots": {"amount": wire}}))
    assert directive.intent is not None
    assert directive.intent.slots["amount"] is None


def test_a_session_attribute_that_is_null_is_not_there() -> None:
    given = answer({"type": "Delegate"}, SEND, sessionAttributes={"asked": None, "name": "Jo"})
    assert read(given).attributes == {"name": "Jo"}
