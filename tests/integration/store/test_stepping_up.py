"""A large payment: a yes moves nothing until a code was given for its very figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from fulfillment.bank.payments import PaymentOrder, Receipt, Refusal, Refused, StepUp
from fulfillment.bank.rules import quote
from fulfillment.bank.standing import PaymentChannel, Standing
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from tests.unit.bank.values import NOW, dollars, limits_of, to_anna

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

SPOKEN = Standing(channel=PaymentChannel.OTHER)
LARGE = to_anna("900.00", source="savings")


@pytest.fixture
def books(books: Books) -> Books:
    return replace(books, standing_limits=limits_of("5000.00", "9000.00"))


def shown(books: Books, order: PaymentOrder, step_up: StepUp) -> PaymentOrder:
    books.put_quote(quote(order, "s-1", "q-1", NOW, step_up))
    return order


def code_was_given(client: DynamoDBClient, table: str, for_what: str) -> None:
    client.update_item(
        TableName=table,
        Key={"PK": {"S": "C#mira"}, "SK": {"S": "Q#q-1"}},
        UpdateExpression="SET stepUp = :digest",
        ExpressionAttributeValues={":digest": {"S": for_what}},
    )


@pytest.mark.parametrize("stored", list(StepUp)[:2])
def test_a_yes_alone_does_not_pay_what_needs_a_code_whatever_the_quote_says(
    books: Books, stored: StepUp
) -> None:
    order = shown(books, LARGE, stored)
    refused = books.pay("q-1", order, "s-1", NOW, standing=SPOKEN)
    assert refused == Refused(Refusal.STEP_UP_REQUIRED, allowed=dollars("500.00"))


def test_a_quote_that_was_shown_as_needing_a_code_needs_it_on_every_channel(books: Books) -> None:
    order = shown(books, LARGE, StepUp.REQUIRED)
    refused = books.pay("q-1", order, "s-1", NOW)
    assert refused == Refused(Refusal.STEP_UP_REQUIRED, allowed=dollars("2000.00"))


def test_a_code_for_these_figures_lets_the_payment_through_once(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    order = shown(books, LARGE, StepUp.REQUIRED)
    code_was_given(client, loaded, order.digest)
    found = books.quote("mira", "q-1", "s-1")
    assert found is not None
    assert found.step_up is StepUp.DONE
    first = books.pay("q-1", order, "s-1", NOW, standing=SPOKEN)
    assert isinstance(first, Receipt)
    again = books.pay("q-1", order, "s-1", NOW, standing=SPOKEN)
    assert again == replace(first, replayed=True)
    assert audit(client, loaded).violations == []


def test_a_code_for_other_figures_is_none(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    order = shown(books, LARGE, StepUp.REQUIRED)
    code_was_given(client, loaded, to_anna("900.00").digest)
    refused = books.pay("q-1", order, "s-1", NOW)
    assert refused == Refused(Refusal.STEP_UP_REQUIRED, allowed=dollars("2000.00"))
    found = books.quote("mira", "q-1", "s-1")
    assert found is not None
    assert found.step_up is StepUp.REQUIRED
