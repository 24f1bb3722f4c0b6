"""Cards: frozen, thawed and blocked once, with a record of each change and of nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from fulfillment.bank.books import Card, CardStatus
from fulfillment.bank.cards import CardChange, CardRefusal, replacement_for
from fulfillment.store.books import Books
from fulfillment.store.errors import BooksBusyError, BooksUnreachableError
from tests.integration.store.calls import (
    Call,
    CountingClient,
    Fault,
    answer_lost,
    conflict,
    request_lost,
)
from tests.unit.bank.values import DEBIT_CARD, NOW

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

PAY = "transact_write_items"
FROZEN_CARD = replace(DEBIT_CARD, status=CardStatus.FROZEN)


def stored(books: Books) -> Card:
    return books.cards("mira")[0]


def record(client: DynamoDBClient, table: str) -> list[tuple[str, str, str]]:
    """What the audit entries of Mira say, oldest first: subject, before, after."""
    response = client.query(
        TableName=table,
        KeyConditionExpression="PK = :customer AND begins_with(SK, :entries)",
        ExpressionAttributeValues={":customer": {"S": "C#mira"}, ":entries": {"S": "Z#"}},
    )
    return [
        (item["subject"]["S"], item["before"]["S"], item["after"]["S"])
        for item in response["Items"]
    ]


def test_freezing_and_thawing_a_card_leaves_a_record_of_both(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    frozen = books.set_card_status(DEBIT_CARD, CardStatus.FROZEN, NOW)
    assert frozen == CardChange(FROZEN_CARD, changed=True)
    assert stored(books) == FROZEN_CARD
    thawed = books.set_card_status(frozen.card, CardStatus.ACTIVE, NOW)
    assert thawed == CardChange(DEBIT_CARD, changed=True)
    assert stored(books) == DEBIT_CARD
    assert sorted(record(client, loaded)) == [
        ("card-1", "active", "frozen"),
        ("card-1", "frozen", "active"),
    ]


@pytest.mark.parametrize("known_as", [DEBIT_CARD, FROZEN_CARD])
def test_freezing_a_frozen_card_changes_and_records_nothing(
    books: Books, client: DynamoDBClient, loaded: str, known_as: Card
) -> None:
    books.set_card_status(DEBIT_CARD, CardStatus.FROZEN, NOW)
    again = books.set_card_status(known_as, CardStatus.FROZEN, NOW)
    assert again == CardChange(FROZEN_CARD, changed=False)
    assert len(record(client, loaded)) == 1


@pytest.mark.parametrize("known_as", [CardStatus.ACTIVE, CardStatus.FROZEN, CardStatus.BLOCKED])
def test_a_blocked_card_cannot_be_thawed_whatever_the_caller_believes_it_to_be(
    books: Books, known_as: CardStatus
) -> None:
    books.set_card_status(DEBIT_CARD, CardStatus.BLOCKED, NOW)
    change = books.set_card_status(replace(DEBIT_CARD, status=known_as), CardStatus.ACTIVE, NOW)
    assert not change.changed
    assert change.refusal is CardRefusal.CARD_BLOCKED
    assert stored(books).status is CardStatus.BLOCKED


def test_a_change_of_a_card_that_somebody_changed_meanwhile_is_recorded_as_it_was(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    books.set_card_status(DEBIT_CARD, CardStatus.FROZEN, NOW)
    blocked = books.set_card_status(DEBIT_CARD, CardStatus.BLOCKED, NOW)
    assert blocked.changed
    assert ("card-1", "frozen", "blocked") in record(client, loaded)


@pytest.mark.parametrize(
    "card",
    [
        replace(DEBIT_CARD, card_id="nope"),
        replace(DEBIT_CARD, customer_id="noah"),
        replace(DEBIT_CARD, card_id="a#b"),
    ],
)
def test_a_card_that_is_not_the_customers_is_unknown(books: Books, card: Card) -> None:
    change = books.set_card_status(card, CardStatus.FROZEN, NOW)
    assert change == CardChange(card, changed=False, refusal=CardRefusal.CARD_UNKNOWN)
    assert stored(books) == DEBIT_CARD


def test_a_change_is_one_call(books: Books, calls: CountingClient) -> None:
    calls.reset()
    books.set_card_status(DEBIT_CARD, CardStatus.FROZEN, NOW)
    assert calls.made == {PAY: 1}


def test_a_conflict_is_tried_again(books: Books, calls: CountingClient) -> None:
    calls.plan(PAY, conflict)
    assert books.set_card_status(DEBIT_CARD, CardStatus.FROZEN, NOW).changed


def test_an_answer_lost_after_the_card_was_frozen_is_found_out(
    books: Books, calls: CountingClient
) -> None:
    calls.plan(PAY, answer_lost)
    change = books.set_card_status(DEBIT_CARD, CardStatus.FROZEN, NOW)
    assert change == CardChange(FROZEN_CARD, changed=True)


def test_a_lost_request_is_said_to_be_unknown(books: Books, calls: CountingClient) -> None:
    calls.plan(PAY, request_lost)
    with pytest.raises(BooksUnreachableError):
        books.set_card_status(DEBIT_CARD, CardStatus.FROZEN, NOW)
    calls.plan(PAY, request_lost)
    calls.plan("get_item", request_lost)
    with pytest.raises(BooksUnreachableError):
        books.set_card_status(DEBIT_CARD, CardStatus.FROZEN, NOW)
    assert stored(books) == DEBIT_CARD


def test_a_lost_request_about_a_card_that_is_gone_says_so(
    books: Books, calls: CountingClient
) -> None:
    calls.plan(PAY, request_lost)
    unknown = replace(DEBIT_CARD, card_id="nope")
    change = books.set_card_status(unknown, CardStatus.FROZEN, NOW)
    assert change.refusal is CardRefusal.CARD_UNKNOWN


def test_two_who_keep_changing_one_card_do_not_loop_for_ever(
    books: Books, client: DynamoDBClient, loaded: str, calls: CountingClient
) -> None:
    def set_status(status: CardStatus) -> None:
        client.update_item(
            TableName=loaded,
            Key={"PK": {"S": "C#mira"}, "SK": {"S": "K#card-1"}},
            UpdateExpression="SET st = :status",
            ExpressionAttributeValues={":status": {"S": status}},
        )

    def changed_first(to: CardStatus) -> Fault:
        def fault(real: Call, request: Mapping[str, Any]) -> Mapping[str, Any]:
            set_status(to)
            return real(**request)

        return fault

    flips = [CardStatus.FROZEN, CardStatus.ACTIVE, CardStatus.FROZEN]
    calls.plan(PAY, *[changed_first(status) for status in flips])
    with pytest.raises(BooksBusyError):
        books.set_card_status(DEBIT_CARD, CardStatus.BLOCKED, NOW)


def test_a_lost_card_is_blocked_and_replaced_once_however_often_it_is_asked(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    new = replacement_for(DEBIT_CARD)
    for _ in range(2):
        assert books.order_replacement(DEBIT_CARD, new, NOW) == new
    statuses = {card.card_id: card.status for card in books.cards("mira")}
    assert statuses[DEBIT_CARD.card_id] is CardStatus.BLOCKED
    assert statuses[new.card_id] is CardStatus.ORDERED
    assert record(client, loaded) == [("card-1", "active", "blocked")]


def test_an_answer_lost_after_a_card_was_replaced_is_found_out(
    books: Books, calls: CountingClient
) -> None:
    calls.plan(PAY, answer_lost)
    new = replacement_for(DEBIT_CARD)
    assert books.order_replacement(DEBIT_CARD, new, NOW) == new


def test_a_lost_request_replaces_nothing_and_says_so(books: Books, calls: CountingClient) -> None:
    calls.plan(PAY, request_lost)
    with pytest.raises(BooksUnreachableError):
        books.order_replacement(DEBIT_CARD, replacement_for(DEBIT_CARD), NOW)
    assert stored(books) == DEBIT_CARD


def test_a_card_that_the_customer_does_not_have_is_not_replaced(books: Books) -> None:
    strange = replace(DEBIT_CARD, card_id="card-9")
    with pytest.raises(BooksUnreachableError):
        books.order_replacement(strange, replacement_for(strange), NOW)


def test_an_ordered_card_is_activated_once(books: Books) -> None:
    new = books.order_replacement(DEBIT_CARD, replacement_for(DEBIT_CARD), NOW)
    assert books.activate_card(new, NOW).changed
    again = books.activate_card(new, NOW)
    assert (again.changed, again.card.status) == (False, CardStatus.ACTIVE)
    unknown = books.activate_card(replace(new, card_id="card-9"), NOW)
    assert unknown.refusal is CardRefusal.CARD_UNKNOWN
