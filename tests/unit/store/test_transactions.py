"""The transaction of a payment obeys DynamoDB's rules for transactions and expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from moto.dynamodb.parsing.reserved_keywords import ReservedKeywords

from fulfillment.bank.payments import PaymentKind, PaymentOrder
from fulfillment.store.transactions import Payment, Step, plan
from tests.unit.bank.values import NOW, between, limits_of, to_anna

ORDERS = [to_anna("50.00", fee="0.25"), to_anna("500.00"), between("checking", "savings", "5.00")]


def payment(order: PaymentOrder) -> Payment:
    limit = limits_of("100.00", "200.00").ceiling(PaymentKind.TO_PAYEE, "USD")
    return Payment("t-1", order, "s-1", NOW, limit, shard=3, attempt_id="a-1", zone="UTC")


def operations(order: PaymentOrder) -> list[tuple[Step, str, dict[str, Any]]]:
    found: list[tuple[Step, str, dict[str, Any]]] = []
    for step, item in plan("books", payment(order)):
        ((operation, request),) = item.items()
        found.append((step, operation, request))  # type: ignore[arg-type]  # a TypedDict's value
    return found


def expressions(request: dict[str, Any]) -> Iterator[str]:
    for name in ("ConditionExpression", "UpdateExpression"):
        if name in request:
            yield request[name]


@pytest.mark.parametrize("order", ORDERS)
def test_no_item_is_touched_twice_and_there_are_few_enough(order: PaymentOrder) -> None:
    keys = [
        tuple(part["S"] for part in (source["PK"], source["SK"]))
        for _, _, request in operations(order)
        for source in [request.get("Item") or request["Key"]]
    ]
    assert len(set(keys)) == len(keys) <= 16


@pytest.mark.parametrize("order", ORDERS)
def test_no_expression_uses_a_reserved_word_or_leaves_a_value_unused(order: PaymentOrder) -> None:
    reserved = set(ReservedKeywords.get_reserved_keywords())
    syntax = {"SET", "ADD", "AND", "OR", "IN"}
    for _, _, request in operations(order):
        text = " ".join(expressions(request))
        words = set(re.findall(r"(?<![:#\w])[A-Za-z_]\w*", text))
        words -= syntax | {"attribute_not_exists", "attribute_exists"}
        assert not {word for word in words if word.upper() in reserved}, text
        assert set(re.findall(r":\w+", text)) == set(request.get("ExpressionAttributeValues", {}))
        assert set(re.findall(r"#\w+", text)) == set(request.get("ExpressionAttributeNames", {}))


@pytest.mark.parametrize("order", ORDERS)
def test_every_condition_answers_with_the_item_it_failed_on(order: PaymentOrder) -> None:
    for _, _, request in operations(order):
        if "ConditionExpression" in request:
            assert request["ReturnValuesOnConditionCheckFailure"] == "ALL_OLD"


@pytest.mark.parametrize("order", ORDERS)
def test_everything_that_decides_is_conditional_and_comes_before_what_records(
    order: PaymentOrder,
) -> None:
    steps = [step for step, _, _ in operations(order)]
    deciding = [Step.QUOTE, Step.TRANSFER, Step.PAYER, Step.DESTINATION, Step.LIMIT]
    assert steps == [*deciding, *[Step.RECORD] * (len(steps) - 5)]
    for step, operation, request in operations(order):
        # Only a shard of the bank's own account takes whatever comes.
        if step is not Step.RECORD or operation == "Put":
            assert "ConditionExpression" in request


def test_the_shard_that_was_drawn_takes_the_payment_and_its_fee() -> None:
    shards = [
        (request["Key"]["PK"]["S"], request["Key"]["SK"]["S"])
        for step, operation, request in operations(to_anna("50.00", fee="0.25"))
        if step is Step.RECORD and operation == "Update" and "BANK" in str(request["Key"])
    ]
    assert shards == [("BANK#CLEARING#USD#03", "S"), ("BANK#FEES#USD#03", "S")]
