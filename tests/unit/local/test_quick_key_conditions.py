"""The embedded DynamoDB answers the same when key conditions are held without walking them."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from infra.local.quick_key_conditions import hold_key_conditions_quickly, read_key_condition

ORDINARY = (
    "PK = :p",
    "PK = :p AND SK = :a",
    "PK = :p AND SK < :a",
    "PK=:p AND SK <= :a",
    "PK = :p AND SK > :a",
    "G1PK = :p AND G1SK >= :a",
    "PK = :p AND SK BETWEEN :a AND :b",
    "PK = :p AND begins_with(SK, :a)",
    " PK = :p  AND  begins_with ( SK , :a ) ",
)
OTHERS = (
    "PK = :p AND SK <> :a",
    "#k = :p",
    "PK = :p and SK = :a",
    "PK = :p AND contains(SK, :a)",
    "(PK = :p) AND (SK = :a)",
    "PK = :p OR SK = :a",
    "PK.x = :p",
    "PK = :p AND SK = PK",
    "PK = ",
    "",
)
RESERVED = "name = :p AND status = :a"
_TEXT = st.text("abM#2", max_size=3)
_VALUE = st.one_of(
    st.builds(lambda text: {"S": text}, _TEXT),
    st.sampled_from([{"N": "3"}, {"B": "YQ=="}, {"NULL": True}, {"L": []}]),
)
_ITEM = st.dictionaries(st.sampled_from(["PK", "SK", "G1PK", "G1SK", "name"]), _VALUE)
_VALUES = st.dictionaries(st.sampled_from([":p", ":a", ":b"]), _VALUE)


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[Any, Any]]:
    """The emulator's own answer, and the quick one."""
    module: Any = importlib.import_module("ministack.services.dynamodb")
    own = module._evaluate_condition
    yield own, hold_key_conditions_quickly()._evaluate_condition
    module._evaluate_condition = own


def _told(evaluate: Any, expression: str, item: Any, values: Any) -> object:
    try:
        return bool(evaluate(expression, item, values, {"#k": "PK"}, slot="KeyConditionExpression"))
    except ValueError as fault:
        return str(fault)


@given(st.sampled_from([*ORDINARY, *OTHERS, RESERVED]), _ITEM, _VALUES)
@example(ORDINARY[6], {"PK": {"S": "a"}, "SK": {"S": "b"}},
         {":p": {"S": "a"}, ":a": {"S": "b"}, ":b": {"S": "a"}})  # fmt: skip
@example(ORDINARY[7], {"PK": {"S": "b"}, "SK": {"N": "3"}}, {":p": {"S": "a"}, ":a": {"S": "b"}})
def test_every_condition_is_answered_or_refused_as_without_it(
    both: tuple[Any, Any],
    expression: str,
    item: Mapping[str, Any],
    values: Mapping[str, Any],
) -> None:
    own, quick = both
    assert _told(quick, expression, item, values) == _told(own, expression, item, values)


@pytest.mark.parametrize("expression", ORDINARY)
def test_an_ordinary_condition_is_read_and_holds_by_itself(expression: str) -> None:
    item = {"PK": {"S": "C#amelia"}, "SK": {"S": "M#2"}, "G1PK": {"S": "C#amelia"}}
    item["G1SK"] = item["SK"]
    read = read_key_condition(expression)
    assert read is not None
    told = read.holds(item, {":p": {"S": "C#amelia"}, ":a": {"S": "M#2"}, ":b": {"S": "M#3"}})
    assert told is ("< :a" not in expression and "> :a" not in expression)


@pytest.mark.parametrize("expression", OTHERS)
def test_any_other_is_left_to_the_emulator(expression: str) -> None:
    assert read_key_condition(expression) is None
