"""Whatever comes in and whatever a handler answers, Lex gets what it accepts or a clear refusal."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fulfillment.lex import (
    Handler,
    LexResolver,
    MalformedEventError,
    Message,
    Reply,
    Turn,
    card,
    payload,
    ssml,
    text,
)
from fulfillment.lex.resolver import DuplicateHandlerError
from fulfillment.lex.testing import lex_event
from tests.unit.lex.lex_rules import faults_of

WORDS = st.text(max_size=60) | st.text(min_size=1000, max_size=1100)
CARDS = st.builds(
    card,
    st.text(max_size=300),
    st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), max_size=7),
    st.none() | st.text(max_size=300),
    st.none() | st.text(max_size=300),
)
MESSAGES = st.lists(WORDS.map(text) | WORDS.map(ssml) | WORDS.map(payload) | CARDS, max_size=7).map(
    tuple
)
REPLIES: dict[str, Callable[[Turn, tuple[Message, ...]], Reply]] = {
    "slot": lambda turn, said: turn.elicit_slot("size", *said),
    "part": lambda turn, said: turn.elicit_slot("where", *said, part="city", style="SpellByWord"),
    "again": lambda turn, said: turn.ask_again("size", *said),
    "confirm": lambda turn, said: turn.confirm(*said),
    "intent": lambda turn, said: turn.elicit_intent(*said),
    "delegate": lambda turn, _: turn.delegate(),
    "close": lambda turn, said: turn.close(*said),
    "fail": lambda turn, said: turn.close(*said, fulfilled=False),
    "switch": lambda turn, said: turn.elicit_slot("tea", *said).for_intent("Tea", milk="no"),
}
SLOTS = {"size": "large", "extras": ["syrup", "milk"], "where": {"city": "Leeds"}, "cup": None}


@settings(max_examples=200)
@given(
    kind=st.sampled_from(sorted(REPLIES)),
    messages=MESSAGES,
    attributes=st.dictionaries(st.text(max_size=9), st.text(max_size=9) | st.integers()),
    returned=st.dictionaries(st.text(max_size=9), st.text(max_size=9), max_size=3),
    life=st.tuples(st.integers(0, 90_000), st.integers(0, 25)),
    fulfils=st.booleans(),
)
def test_what_a_handler_answers_is_accepted_or_refused_before_lex_sees_it(
    kind: str,
    messages: tuple[Message, ...],
    attributes: dict[str, Any],
    returned: dict[str, str],
    life: tuple[int, int],
    fulfils: bool,
) -> None:
    app = LexResolver()

    @app.dialog("Coffee")
    @app.fulfillment("Coffee")
    def answer(turn: Turn) -> Reply:
        turn.session.update(attributes)
        turn.activate("brewing", *life, cup="big")
        turn.slots.set_list("extras", ["sugar"])
        turn.slots.set_part("where", "street", "Elm Street")
        return REPLIES[kind](turn, messages).with_request_attributes(**returned)

    source = "FulfillmentCodeHook" if fulfils else "DialogCodeHook"
    event = lex_event("Coffee", SLOTS, source=source)  # type: ignore[arg-type]
    try:
        response = app.resolve(event)
    except MalformedEventError:
        raise
    except ValueError:
        return
    assert faults_of(response) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda answer: answer["sessionState"]["dialogAction"].update(type="Ask"),
        lambda answer: answer["sessionState"]["dialogAction"].update(slotToElicit="size"),
        lambda answer: answer["sessionState"]["intent"].update(state="InProgress"),
        lambda answer: answer["sessionState"]["sessionAttributes"].update(cups=2),
        lambda answer: answer["messages"].extend(answer["messages"] * 5),
        lambda answer: answer["messages"][0].update(content=""),
    ],
)
def test_the_rules_of_these_tests_find_a_spoilt_response(spoil: Callable[[Any], None]) -> None:
    app = LexResolver()
    app.dialog("Coffee")(lambda turn: turn.close(text("Done.")))
    answer = app.resolve(lex_event("Coffee"))
    assert faults_of(answer) == []
    spoil(answer)
    assert faults_of(answer) != []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
PATHS = [
    ("sessionId",), ("invocationSource",), ("invocationLabel",), ("bot",), ("interpretations",),
    ("proposedNextState",), ("requestAttributes",), ("transcriptions",), ("sessionState",),
    ("sessionState", "activeContexts"), ("sessionState", "sessionAttributes"),
    ("sessionState", "runtimeHints"), ("sessionState", "intent"),
    ("sessionState", "intent", "slots"), ("sessionState", "intent", "slots", "size"),
    ("proposedNextState", "dialogAction"), ("proposedNextState", "prompt"),
]  # fmt: skip


@settings(max_examples=200)
@given(path=st.sampled_from(PATHS), value=JSON, whole=st.none() | JSON)
def test_an_event_of_any_shape_is_answered_or_malformed(
    path: tuple[str, ...], value: Any, whole: Any
) -> None:
    app = LexResolver()

    @app.fallback
    def read_everything(turn: Turn) -> Reply:
        seen = (turn.event.interpretations, turn.slot_being_asked, turn.is_retry, turn.locale)
        turn.activate("seen", 60, 2)
        turn.deactivate("gone")
        assert seen is not None
        return turn.delegate()

    event: Any = lex_event("Coffee", {"size": "large"}, proposes="size")
    inner = event
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    for given_event in (event, whole):
        with suppress(MalformedEventError):
            assert app.resolve(given_event)["sessionState"]


def test_interpretations_are_read_late_and_refused_by_key_alone() -> None:
    event = lex_event("Coffee")
    event["interpretations"] = [{"intent": {"name": ["SECRET"]}}]
    app = LexResolver()
    app.dialog("Coffee")(lambda turn: turn.close(text(str(turn.event.interpretations))))
    with pytest.raises(MalformedEventError, match=r"interpretations\.0\.intent\.name") as refused:
        app.resolve(event)
    assert "SECRET" not in str(refused.value)


def test_an_attribute_that_is_no_string_is_refused_by_its_key() -> None:
    app = LexResolver()

    @app.dialog("Coffee")
    def forgets_to_convert(turn: Turn) -> Reply:
        turn.session["cups"] = 4711  # type: ignore[assignment]
        return turn.delegate()

    with pytest.raises(ValueError, match="cups is not a string") as refused:
        app.resolve(lex_event("Coffee"))
    assert "4711" not in str(refused.value)


@pytest.mark.parametrize("life", [(4, 1), (86_401, 1), (5, 0), (5, 21)])
def test_a_context_that_lex_would_not_keep_is_refused(life: tuple[int, int]) -> None:
    app = LexResolver()

    @app.dialog("Coffee")
    def activates(turn: Turn) -> Reply:
        turn.activate("brewing", *life)
        return turn.delegate()

    with pytest.raises(ValueError, match="context brewing"):
        app.resolve(lex_event("Coffee"))


def test_middleware_of_one_handler_stands_inside_the_routers_and_around_it_alone() -> None:
    seen: list[str] = []

    def mark(name: str) -> Callable[[Turn, Handler], Reply]:
        def around(turn: Turn, proceed: Handler) -> Reply:
            seen.append(name)
            return proceed(turn)

        return around

    app = LexResolver()
    app.middleware(mark("app"))

    @app.dialog("Coffee", middlewares=[mark("first"), mark("second")])
    def coffee(turn: Turn) -> Reply:
        return turn.delegate()

    app.dialog("Tea")(coffee)
    app.resolve(lex_event("Coffee"))
    assert seen == ["app", "first", "second"]
    seen.clear()
    app.resolve(lex_event("Tea"))
    assert seen == ["app"]
    with pytest.raises(DuplicateHandlerError):
        app.dialog("Coffee")(lambda turn: turn.delegate())


def test_a_fulfillment_handler_may_be_for_one_label() -> None:
    app = LexResolver()
    app.fulfillment("Coffee", label="paid")(lambda turn: turn.close(text("Paid.")))
    app.fulfillment("Coffee")(lambda turn: turn.close(text("Free.")))
    for label, words in (("paid", "Paid."), ("other", "Free.")):
        event = lex_event("Coffee", source="FulfillmentCodeHook", label=label)
        assert app.resolve(event)["messages"][0]["content"] == words


_ALONE = """
import sys
import fulfillment.lex, fulfillment.lex.testing
rooms = {name for name in sys.modules if name.startswith("fulfillment.")}
assert all(name.split(".")[1] == "lex" for name in rooms), rooms
foreign = {"bot", "infra", "botocore", "aws_lambda_powertools", "jinja2"} & set(sys.modules)
assert not foreign, foreign
"""


def test_the_package_comes_alone_with_nothing_but_pydantic() -> None:
    subprocess.run([sys.executable, "-c", _ALONE], check=True)
