"""The embedded DynamoDB answers the same when it remembers what it has read."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import pytest

from infra.local.quick_expressions import read_expressions_once

PATCHED = (
    "_tokenize",
    "_check_redundant_parens",
    "_check_reserved_keyword_usage",
    "_condition_syntax_error",
)
VALUES = {":p": {"S": "C#amelia"}, ":a": {"S": "M#2026-01"}, ":b": {"S": "M#2026-02"},
          ":n": {"N": "3"}}  # fmt: skip
NAMES = {"#n": "n"}
ITEMS: tuple[dict[str, Any], ...] = (
    {"PK": {"S": "C#amelia"}, "SK": {"S": "M#2026-01-15"}, "n": {"N": "3"}},
    {"PK": {"S": "C#amelia"}, "SK": {"S": "M#2026-03-01"}},
    {"PK": {"S": "C#rosa"}, "SK": {"S": "P"}, "n": {"N": "4"}},
    {},
)
EXPRESSIONS = (
    "PK = :p",
    "PK = :p AND SK BETWEEN :a AND :b",
    "PK = :p AND SK BETWEEN :b AND :a",
    "PK = :p AND begins_with(SK, :a)",
    "attribute_not_exists(PK) OR #n < :n",
    "attribute_exists(n) AND NOT #n IN (:n, :p)",
    "((PK = :p))",
    "name = :p",
    "PK = ",
    "PK = :p AND",
    "",
)


@pytest.fixture
def dynamodb() -> Iterator[Any]:
    module = importlib.import_module("ministack.services.dynamodb")
    kept = {name: getattr(module, name) for name in PATCHED}
    yield module
    for name, function in kept.items():
        setattr(module, name, function)


def _answer(module: Any, expression: str, item: dict[str, Any]) -> object:
    try:
        return bool(module._evaluate_condition(expression, item, VALUES, NAMES))
    except ValueError as fault:
        return str(fault)


def _updated(module: Any, expression: str) -> object:
    try:
        return module._apply_update_expression(ITEMS[0], expression, VALUES, NAMES)
    except ValueError as fault:
        return str(fault)


def test_conditions_and_updates_answer_as_without_it_the_first_time_and_the_next(
    dynamodb: Any,
) -> None:
    updates = ("SET #n = #n + :n", "SET SK = if_not_exists(t, :a) REMOVE #n", "SET name = :n", "X")
    plain = [_answer(dynamodb, one, item) for one in EXPRESSIONS for item in ITEMS]
    updated = [_updated(dynamodb, one) for one in updates]

    assert read_expressions_once() is dynamodb
    for _ in range(2):
        assert [_answer(dynamodb, one, item) for one in EXPRESSIONS for item in ITEMS] == plain
        assert [_updated(dynamodb, one) for one in updates] == updated
    assert len({str(one) for one in plain}) > 3


def test_an_expression_is_split_into_tokens_once(dynamodb: Any) -> None:
    asked: list[str] = []
    split = dynamodb._tokenize

    def counted(expression: str) -> Any:
        asked.append(expression)
        return split(expression)

    dynamodb._tokenize = counted
    read_expressions_once()
    for item in ITEMS:
        _answer(dynamodb, "PK = :p", item)
    assert asked == ["PK = :p"]
