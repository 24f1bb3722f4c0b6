"""Requests keep the limits of AWS's model, and are told which one they break."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.lengths import utf16_length
from bot.runtime.errors import ValidationError
from bot.runtime.validation import MAX_REPORTED, validate
from bot.runtime.wire_model import error_status, operation

SHAPE = operation("RecognizeText").input


def a_request(**changes: Any) -> dict[str, Any]:
    request: dict[str, Any] = {
        "botId": "TELLERBOT0",
        "botAliasId": "TSTALIASID",
        "localeId": "en_US",
        "sessionId": "session-1",
        "text": "hello",
    }
    return {**request, **changes}


def complaint(request: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as refused:
        validate(request, SHAPE)
    return refused.value.message


def test_a_plain_request_passes() -> None:
    validate(a_request(), SHAPE)


def test_a_full_session_state_passes() -> None:
    state = {
        "sessionAttributes": {"quoteId": ""},
        "activeContexts": [
            {
                "name": "balance_shown",
                "timeToLive": {"timeToLiveInSeconds": 300, "turnsToLive": 5},
                "contextAttributes": {},
            }
        ],
        "intent": {
            "name": "OrderCoffee",
            "slots": {
                "size": None,
                "milk": {"shape": "Scalar", "value": {"interpretedValue": "oat"}},
            },
            "state": "InProgress",
            "confirmationState": "None",
        },
        "dialogAction": {"type": "ElicitSlot", "slotToElicit": "size"},
    }
    validate(a_request(sessionState=state, requestAttributes={"a": "b"}), SHAPE)


def test_members_the_model_does_not_know_are_ignored() -> None:
    validate(a_request(newerMember={"anything": [1]}), SHAPE)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": ""}, "'text' failed to satisfy constraint: Member must have length greater"),
        ({"text": "a" * 1025}, "length less than or equal to 1024"),
        ({"text": "🫖" * 513}, "length less than or equal to 1024"),
        ({"text": None}, "Value at 'text' failed to satisfy constraint: Member must not be null"),
        ({"text": 5}, "'text' failed to satisfy constraint: Member must be a string"),
        ({"botId": "SHORT"}, "'botId' failed to satisfy constraint: Member must have length"),
        ({"botId": "TELLER-BOT"}, "'botId' failed to satisfy constraint: Member must satisfy reg"),
        ({"sessionId": "a"}, "length greater than or equal to 2"),
        ({"sessionId": "a b"}, "Member must satisfy regular expression pattern"),
        ({"sessionId": "ab\n"}, "Member must satisfy regular expression pattern"),
        ({"requestAttributes": {"": "x"}}, "'requestAttributes.key'"),
        ({"requestAttributes": {"x": None}}, "'requestAttributes.value'"),
        ({"requestAttributes": {"x": 1}}, "'requestAttributes.value'"),
        ({"requestAttributes": ["x"]}, "Member must be a map"),
        ({"sessionState": "x"}, "Member must be an object"),
        ({"sessionState": {"activeContexts": {}}}, "Member must be a list"),
        (
            {"sessionState": {"dialogAction": {"type": "Sing"}}},
            "'sessionState.dialogAction.type' failed to satisfy constraint:"
            " Member must satisfy enum value set: [Close, ConfirmIntent, Delegate,",
        ),
        (
            {
                "sessionState": {
                    "activeContexts": [
                        {
                            "name": "c",
                            "contextAttributes": {},
                            "timeToLive": {"timeToLiveInSeconds": 4, "turnsToLive": True},
                        }
                    ]
                }
            },
            "2 validation errors detected: Value at 'sessionState.activeContexts.1.member"
            ".timeToLive.timeToLiveInSeconds' failed to satisfy constraint:"
            " Member must have value greater than or equal to 5;",
        ),
    ],
)
def test_a_broken_limit_is_named(changes: dict[str, Any], words: str) -> None:
    assert words in complaint(a_request(**changes))


@pytest.fixture
def python_that_goes_deep() -> Iterator[None]:
    """As a library may leave it, for the whole process."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield
    sys.setrecursionlimit(before)


@pytest.mark.usefixtures("python_that_goes_deep")
def test_what_is_nested_too_deeply_is_refused_however_deep_python_may_go() -> None:
    slots: dict[str, Any] | None = None
    for _ in range(100):
        slots = {"size": {"subSlots": slots}}
    state = {"intent": {"name": "OrderCoffee", "slots": slots}}
    with pytest.raises(ValidationError, match="nested too deeply"):
        validate(a_request(sessionState=state), SHAPE)


def test_every_fault_is_counted_and_only_the_first_are_listed() -> None:
    attributes = {f"k{number}": number for number in range(30)}
    message = complaint(a_request(requestAttributes=attributes))
    assert message.startswith("30 validation errors detected: ")
    assert message.count("Value at") == MAX_REPORTED


def test_a_complaint_never_repeats_what_was_written() -> None:
    assert "4111111111111111" not in complaint(a_request(sessionId="4111111111111111 !"))


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["intent", "slots", "value", "name", "activeContexts", "x"]), inner
        )
    ),
    max_leaves=8,
)


@given(ANY_JSON, ANY_JSON)
def test_any_json_passes_or_is_a_validation_error(state: object, attributes: object) -> None:
    request = a_request(sessionState=state, requestAttributes=attributes)
    with contextlib.suppress(ValidationError):
        validate(request, SHAPE)


@given(st.text(max_size=40))
def test_length_is_counted_in_utf16_code_units(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize(
    ("code", "status"),
    [("ConflictException", 409), ("DependencyFailedException", 424), ("BadGatewayException", 502)],
)
def test_statuses_are_those_of_the_model(code: str, status: int) -> None:
    assert error_status(code) == status
