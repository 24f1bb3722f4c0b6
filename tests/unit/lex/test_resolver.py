"""Routing, middleware, exceptions, and that nothing is ever answered which Lex would refuse."""

from __future__ import annotations

import doctest
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fulfillment.lex
from bot.definition import load
from bot.engine.filling import empty_intent
from bot.engine.hook_reply import read_reply
from fulfillment.lex import LexResolver, Message, Reply, Router, Turn, card, text
from fulfillment.lex.resolver import DuplicateHandlerError, Handler, MalformedEventError
from tests.unit.lex.events import event_of, least_event


def said(answer: dict[str, Any]) -> str:
    content: str = answer["messages"][0]["content"]
    return content


def say(words: str) -> Handler:
    return lambda turn: turn.close(text(words))


def test_the_example_in_the_documentation_runs() -> None:
    found = doctest.testmod(fulfillment.lex)
    assert (found.failed, found.attempted > 3) == (0, True)


def test_the_hooks_source_picks_the_handler() -> None:
    app = LexResolver()
    app.dialog("Greet")(say("dialog"))
    app.fulfillment("Greet")(say("fulfillment"))
    assert said(app.resolve(least_event(source="DialogCodeHook"))) == "dialog"
    assert said(app.resolve(least_event(source="FulfillmentCodeHook"))) == "fulfillment"


def test_one_handler_may_answer_several_intents_and_both_hooks() -> None:
    app = LexResolver()
    app.dialog("Greet", "Leave")(app.fulfillment("Greet", "Leave")(say("hello")))
    for intent in ("Greet", "Leave"):
        for source in ("DialogCodeHook", "FulfillmentCodeHook"):
            assert said(app.resolve(least_event(intent, source))) == "hello"
    assert app.intents() == {"Greet", "Leave"}


def test_the_dialog_of_an_intent_with_only_a_fulfillment_handler_is_lexs_business() -> None:
    app = LexResolver()
    app.fulfillment("Greet")(say("done"))
    assert app.resolve(least_event())["sessionState"]["dialogAction"] == {"type": "Delegate"}


def test_an_intent_without_a_handler_gets_the_fallback() -> None:
    app = LexResolver()
    closed = app.resolve(least_event("Unheard"))
    assert closed["sessionState"]["intent"]["state"] == "Failed"
    app.dialog("Greet")(say("hello"))
    app.fallback(say("not here"))
    assert said(app.resolve(least_event("Unheard"))) == "not here"
    # A dialog handler alone does not fulfil.
    assert said(app.resolve(least_event("Greet", "FulfillmentCodeHook"))) == "not here"


def test_a_second_handler_for_the_same_hook_is_refused() -> None:
    app = LexResolver()
    app.dialog("Greet")(say("one"))
    with pytest.raises(DuplicateHandlerError, match="Greet"):
        app.dialog("Leave", "Greet")(say("two"))
    app.fulfillment("Greet")(say("the other hook"))


def test_routers_are_composed_and_may_not_overlap() -> None:
    first, second, app = Router(), Router(), LexResolver()
    first.dialog("Greet")(say("first"))
    second.fulfillment("Greet")(say("second"))
    app.include_router(first)
    app.include_router(second)
    assert said(app.resolve(least_event())) == "first"
    assert said(app.resolve(least_event(source="FulfillmentCodeHook"))) == "second"
    third = Router()
    third.dialog("Greet")(say("third"))
    with pytest.raises(DuplicateHandlerError):
        app.include_router(third)


def test_middleware_runs_outermost_first_and_around_the_handler() -> None:
    app, seen = LexResolver(), list[str]()

    def named(name: str) -> None:
        @app.middleware
        def around(turn: Turn, proceed: Handler) -> Reply:
            seen.append(f"{name} before")
            reply = proceed(turn)
            seen.append(f"{name} after")
            return reply

    named("outer")
    named("inner")

    @app.dialog("Greet")
    def greet(turn: Turn) -> Reply:
        seen.append("handler")
        return turn.delegate()

    app.resolve(least_event())
    assert seen == ["outer before", "inner before", "handler", "inner after", "outer after"]


def test_middleware_can_answer_instead_and_leave_word_for_the_handler() -> None:
    app = LexResolver()

    @app.middleware
    def guard(turn: Turn, proceed: Handler) -> Reply:
        turn.state["who"] = "Amelia"
        return proceed(turn) if turn.transcript == "hi" else turn.close(text("Stop."))

    @app.dialog("Greet")
    def greet(turn: Turn) -> Reply:
        return turn.close(text(f"Hello {turn.state['who']}."))

    assert said(app.resolve(least_event())) == "Hello Amelia."
    assert said(app.resolve(least_event(inputTranscript="no"))) == "Stop."


def failing(error: Exception) -> LexResolver:
    app = LexResolver()

    @app.dialog("Greet")
    def fail(turn: Turn) -> Reply:
        raise error

    return app


def test_the_exception_handler_of_the_closest_class_answers() -> None:
    for error, answer in (
        (KeyError("k"), "a key"),
        (IndexError("i"), "a lookup"),
        (OSError("o"), "anything"),
    ):
        app = failing(error)
        app.exception_handler(Exception)(lambda turn, _: turn.close(text("anything")))
        app.exception_handler(LookupError)(lambda turn, _: turn.close(text("a lookup")))
        app.exception_handler(KeyError)(lambda turn, _: turn.close(text("a key")))
        assert said(app.resolve(least_event())) == answer


def test_an_exception_handler_hears_the_exception() -> None:
    app = failing(KeyError("which one"))
    app.exception_handler(KeyError)(lambda turn, error: turn.close(text(str(error))))
    assert said(app.resolve(least_event())) == "'which one'"


def test_an_exception_without_a_handler_passes_on() -> None:
    app = failing(OSError("disk"))
    app.exception_handler(KeyError)(lambda turn, _: turn.delegate())
    with pytest.raises(OSError, match="disk"):
        app.resolve(least_event())


def test_an_exception_in_middleware_is_answered_too() -> None:
    app = LexResolver()

    @app.middleware
    def refuse(turn: Turn, proceed: Handler) -> Reply:
        raise PermissionError

    app.exception_handler(PermissionError)(lambda turn, _: turn.close(text("No.")))
    assert said(app.resolve(least_event())) == "No."


@pytest.mark.parametrize(
    ("event", "key"),
    [
        ({}, "sessionId"),
        (least_event(sessionState={}), "sessionState.intent"),
        (least_event(sessionState={"intent": {}}), "sessionState.intent.name"),
        (least_event(source="SECRET-SOURCE"), "invocationSource"),
        (least_event(sessionId=["SECRET-ID"]), "sessionId"),
        (least_event(requestAttributes={"x-teller-identity": ["SECRET"]}), "requestAttributes"),
        ("SECRET", ""),
    ],
)
def test_a_malformed_event_is_refused_by_its_keys_and_without_its_values(
    event: Any, key: str
) -> None:
    with pytest.raises(MalformedEventError) as refused:
        LexResolver().resolve(event)
    assert key in str(refused.value)
    assert "SECRET" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_keys_that_lex_may_add_later_are_no_fault() -> None:
    event = {**event_of("dialog"), "aNewKey": {"of": "tomorrow"}}
    app = LexResolver()
    app.dialog("SendMoney")(say("fine"))
    assert said(app.resolve(event)) == "fine"


def test_an_answer_that_asks_what_else_must_say_something() -> None:
    app = LexResolver()
    app.dialog("Greet")(lambda turn: turn.elicit_intent(text(" ")))
    with pytest.raises(ValueError, match="ElicitIntent"):
        app.resolve(least_event())


LOCALE = load(Path(__file__).resolve().parents[3] / "lex_definitions").locales["en_US"]
SLOTS = ("amount", "payee", "sourceAccount")
TEXTS = st.text(max_size=30) | st.text(min_size=1000, max_size=3000)
CARDS = st.builds(
    card,
    st.text(max_size=300),
    st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), max_size=7),
    st.none() | st.text(max_size=300),
)
MESSAGES = st.lists(TEXTS.map(text) | CARDS, max_size=8)


def test_more_session_attributes_than_lex_takes_are_refused_before_lex_does() -> None:
    app = LexResolver()

    @app.dialog("SendMoney")
    def answer(turn: Turn) -> Reply:
        turn.session["essay"] = "é" * 6 * 1024
        return turn.delegate()

    with pytest.raises(ValueError, match=r"bytes, Lex takes 12288$"):
        app.resolve(event_of("dialog"))


@settings(max_examples=150)
@given(
    action=st.sampled_from(["slot", "confirm", "delegate", "close", "intent"]),
    slot=st.sampled_from(SLOTS),
    messages=MESSAGES,
    attributes=st.dictionaries(st.text(min_size=1), st.text(), max_size=4),
    changes=st.dictionaries(st.sampled_from(SLOTS), st.none() | st.text(), max_size=3),
    name=st.sampled_from(["dialog", "fulfillment"]),
)
def test_no_reply_that_can_be_built_is_one_that_lex_refuses(
    action: str,
    slot: str,
    messages: list[Message],
    attributes: dict[str, str],
    changes: dict[str, str | None],
    name: str,
) -> None:
    app = LexResolver()

    @app.dialog("SendMoney")
    @app.fulfillment("SendMoney")
    def answer(turn: Turn) -> Reply:
        turn.session.update(attributes)
        for key, value in changes.items():
            if value is None:
                turn.slots.clear(key)
            else:
                turn.slots.set(key, value)
        replies: dict[str, Callable[[], Reply]] = {
            "slot": lambda: turn.elicit_slot(slot, *messages),
            "confirm": lambda: turn.confirm(*messages),
            "delegate": turn.delegate,
            "close": lambda: turn.close(*messages),
            "intent": lambda: turn.elicit_intent(text("Well?"), *messages),
        }
        return replies[action]()

    carried = {**event_of(name)["sessionState"].get("sessionAttributes", {}), **attributes}
    if len(json.dumps(carried, ensure_ascii=False, separators=(",", ":")).encode()) > 12 * 1024:
        with pytest.raises(ValueError, match=r"^the session attributes have \d+ bytes"):
            app.resolve(event_of(name))
        return
    response = app.resolve(event_of(name))
    now = datetime(2026, 11, 23, tzinfo=UTC)
    directive = read_reply(response, LOCALE, empty_intent(LOCALE, "SendMoney"), now)
    assert len(directive.messages) <= 5
    kinds = [message.content_type for message in directive.messages]
    assert kinds.count("ImageResponseCard") <= 1
    assert kinds != ["ImageResponseCard"]
    assert directive.request_attributes is None
