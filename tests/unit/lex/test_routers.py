"""Routers that compose, labels, validators, and what a bot does not have."""

from __future__ import annotations

from typing import Any

import pytest

from fulfillment.lex import Handler, LexResolver, Reply, Router, SlotValue, Turn, text
from fulfillment.lex.resolver import DuplicateHandlerError
from fulfillment.lex.testing import lex_event


def said(answer: dict[str, Any]) -> list[str]:
    return [message["content"] for message in answer.get("messages", [])]


def say(words: str) -> Handler:
    return lambda turn: turn.close(text(words))


def marks(name: str, into: list[str]) -> Any:
    def middleware(turn: Turn, proceed: Handler) -> Reply:
        into.append(name)
        return proceed(turn)

    return middleware


def test_a_label_picks_its_handler_and_any_other_goes_to_the_one_without() -> None:
    app = LexResolver()
    app.dialog("Join", label="age")(say("age"))
    app.dialog("Join")(say("any"))
    assert said(app.resolve(lex_event("Join", label="age"))) == ["age"]
    assert said(app.resolve(lex_event("Join", label="plan"))) == ["any"]
    assert said(app.resolve(lex_event("Join"))) == ["any"]


def test_routers_include_routers_and_their_middleware_nests() -> None:
    seen: list[str] = []
    inner, outer, app = Router(), Router(), LexResolver()
    inner.dialog("Deep")(say("deep"))
    outer.dialog("Flat")(say("flat"))
    inner.middleware(marks("inner", seen))
    outer.middleware(marks("outer", seen))
    app.middleware(marks("app", seen))
    outer.include_router(inner)
    app.include_router(outer)
    assert said(app.resolve(lex_event("Deep"))) == ["deep"]
    assert seen == ["app", "outer", "inner"]
    seen.clear()
    assert said(app.resolve(lex_event("Flat"))) == ["flat"]
    assert seen == ["app", "outer"]


def test_a_handler_added_to_a_router_after_it_was_included_is_found() -> None:
    router, app = Router(), LexResolver()
    app.include_router(router)
    router.dialog("Late")(say("late"))
    assert said(app.resolve(lex_event("Late"))) == ["late"]


def test_two_routers_may_not_answer_the_same_hook() -> None:
    one, other, app = Router(), Router(), LexResolver()
    one.dialog("Join")(say("one"))
    other.dialog("Join")(say("other"))
    app.include_router(one)
    with pytest.raises(DuplicateHandlerError, match="Join"):
        app.include_router(other)


def test_middleware_stands_around_the_fallback_and_around_what_lex_does_alone() -> None:
    seen: list[str] = []
    app = LexResolver()
    app.middleware(marks("app", seen))
    app.fulfillment("Join")(say("joined"))
    app.resolve(lex_event("Unknown"))
    assert app.resolve(lex_event("Join"))["sessionState"]["dialogAction"] == {"type": "Delegate"}
    assert seen == ["app", "app"]


def with_validators(*verdicts: Reply | str | None) -> tuple[LexResolver, list[str]]:
    """A resolver whose slots a, b, c ... are judged so, and the values as they were judged."""
    app, judged = LexResolver(), list[str]()
    for name, verdict in zip("abc", verdicts, strict=False):

        def validator(_: Turn, value: SlotValue, verdict: Any = verdict) -> Any:
            judged.append(value.best)
            return verdict

        app.slot("Join", name)(validator)
    app.dialog("Join")(lambda turn: turn.delegate())
    app.fulfillment("Join")(say("joined"))
    return app, judged


def test_a_validator_may_let_a_value_stand_or_better_it() -> None:
    app, judged = with_validators(None, "two")
    answer = app.resolve(lex_event("Join", {"a": "1", "b": "2"}))
    assert judged == ["1", "2"]
    slots = answer["sessionState"]["intent"]["slots"]
    assert slots["a"]["value"]["originalValue"] == "1"
    assert slots["b"]["value"]["interpretedValue"] == "two"


def test_a_validator_that_asks_again_ends_the_turn() -> None:
    app = LexResolver()
    app.slot("Join", "a")(lambda turn, _: turn.ask_again("a", text("Another?")))
    app.slot("Join", "b")(lambda _turn, _value: pytest.fail("not called after a reply"))
    app.dialog("Join")(lambda _: pytest.fail("not called after a reply"))
    answer = app.resolve(lex_event("Join", {"a": "1", "b": "2"}))
    assert said(answer) == ["Another?"]
    assert answer["sessionState"]["dialogAction"] == {"type": "ElicitSlot", "slotToElicit": "a"}
    assert answer["sessionState"]["intent"]["slots"]["a"] is None


def test_validators_hear_of_filled_slots_in_dialog_hooks_alone() -> None:
    app, judged = with_validators(None)
    app.resolve(lex_event("Join", {"a": None}))
    app.resolve(lex_event("Join", {"a": "1"}, source="FulfillmentCodeHook"))
    assert judged == []


def test_a_validator_of_an_included_router_is_called() -> None:
    router, app = Router(), LexResolver()
    router.slot("Join", "a")(lambda turn, _: turn.close(text("no"), fulfilled=False))
    app.include_router(router)
    app.dialog("Join")(say("yes"))
    assert said(app.resolve(lex_event("Join", {"a": "1"}))) == ["no"]


def test_a_slot_has_one_validator() -> None:
    app = LexResolver()
    app.slot("Join", "a")(lambda _turn, _value: None)
    with pytest.raises(DuplicateHandlerError, match=r"Join\.a"):
        app.slot("Join", "a")(lambda _turn, _value: None)


def test_a_check_names_what_does_not_fit_the_bot() -> None:
    app = LexResolver()
    app.dialog("Join", "Gone")(say("x"))
    app.slot("Join", "age")(lambda _turn, _value: None)
    app.slot("Join", "height")(lambda _turn, _value: None)
    assert app.check({"Join": ["age"], "Leave": []}) == [
        "no function answers Leave",
        "the bot has no intent Gone",
        "Join has no slot height",
    ]


def test_one_exception_handler_may_serve_several_classes() -> None:
    app = LexResolver()

    @app.exception_handler(KeyError, OSError)
    def sorry(turn: Turn, error: Exception) -> Reply:
        return turn.close(text(type(error).__name__), fulfilled=False)

    def fails(_: Turn) -> Reply:
        raise FileNotFoundError

    app.dialog("Join")(fails)
    assert said(app.resolve(lex_event("Join"))) == ["FileNotFoundError"]


def test_a_late_router_is_loaded_when_one_of_its_intents_first_comes() -> None:
    loaded = []

    def load() -> Router:
        loaded.append("leaving")
        leaving = Router()
        leaving.dialog("Leave")(say("bye"))
        return leaving

    app = LexResolver()
    app.dialog("Greet")(say("hello"))
    app.include_late(["Leave"], load)
    assert app.intents() == {"Greet", "Leave"}
    assert said(app.resolve(lex_event("Greet"))) == ["hello"]
    assert loaded == []
    assert said(app.resolve(lex_event("Leave"))) == ["bye"]
    assert loaded != []


def test_an_intent_that_is_answered_here_cannot_be_a_late_routers_too() -> None:
    app = LexResolver()
    app.dialog("Greet")(say("hello"))
    with pytest.raises(DuplicateHandlerError, match="Greet"):
        app.include_late(["Greet", "Leave"], Router)
    app.include_late(["Leave"], Router)
    with pytest.raises(DuplicateHandlerError, match="Leave"):
        app.include_late(["Leave"], Router)
