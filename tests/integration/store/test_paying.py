"""Every outcome of a payment: what is answered, what moved, and that the books still agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from fulfillment.bank.books import AccountStatus
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentOrder, Receipt, Refusal, Refused
from fulfillment.bank.rules import quote
from fulfillment.store import keys
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.errors import BooksError
from tests.integration.store.calls import CountingClient
from tests.integration.store.paying import pay
from tests.unit.bank.values import ANNA, CREDIT_CARD, NOW, between, dollars, to_anna

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@pytest.fixture(autouse=True)
def _books_agree_afterwards(client: DynamoDBClient, loaded: str) -> Iterator[None]:
    yield
    assert audit(client, loaded).violations == []


def shown(books: Books, order: PaymentOrder, quote_id: str = "q-1") -> PaymentOrder:
    """Store the quote for `order` in session s-1, as if its figures had been shown."""
    books.put_quote(quote(order, "s-1", quote_id, NOW))
    return order


def available(books: Books) -> dict[str, str]:
    return {one.account_id: str(one.available.amount) for one in books.accounts("mira")}


UNTOUCHED = {"checking": "480.00", "savings": "1000.00", "credit-card": "1700.00"}


def change(client: DynamoDBClient, table: str, sort: str, name: str, value: str) -> None:
    """Somebody else sets one text attribute of one of Mira's items."""
    client.update_item(
        TableName=table,
        Key={"PK": {"S": "C#mira"}, "SK": {"S": sort}},
        UpdateExpression="SET #name = :value",
        ExpressionAttributeNames={"#name": name},
        ExpressionAttributeValues={":value": {"S": value}},
    )


def test_a_confirmed_payment_to_a_payee_moves_the_money_and_its_fee(books: Books) -> None:
    order = shown(books, to_anna("50.00", fee="0.25"))
    receipt = pay(books, "q-1", order, "s-1", NOW)
    assert isinstance(receipt, Receipt)
    assert (receipt.amount, receipt.fee) == (dollars("50.00"), dollars("0.25"))
    assert (receipt.transfer_id, receipt.replayed) == ("q-1", False)
    assert receipt.booked_at == NOW.replace(microsecond=0)
    assert available(books) == UNTOUCHED | {"checking": "429.75"}
    lines = books.recent("mira", "checking", 2).postings
    assert [(line.amount, line.kind, line.description) for line in lines] == [
        (dollars("-50.00"), "payment", "Payment to Anna Kovacs"),
        (dollars("-0.25"), "fee", "Fee: Payment to Anna Kovacs"),
    ]
    assert lines[0].counterparty == "Anna Kovacs"


def test_the_banks_side_of_a_payment_goes_to_the_shard_that_was_drawn(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    pay(books, "q-1", shown(books, to_anna("50.00", fee="0.25")), "s-1", NOW)
    for code, posted in (("CLEARING", "5000"), ("FEES", "25")):
        key = {"PK": {"S": f"BANK#{code}#USD#{keys.SHARDS - 1}"}, "SK": {"S": "S"}}
        assert client.get_item(TableName=loaded, Key=key)["Item"]["posted"] == {"N": posted}


def test_a_transfer_between_own_accounts_moves_both_balances(books: Books) -> None:
    order = shown(books, between("checking", "savings", "100.00"))
    assert isinstance(pay(books, "q-1", order, "s-1", NOW), Receipt)
    assert available(books) == UNTOUCHED | {"checking": "380.00", "savings": "1100.00"}
    assert books.recent("mira", "checking", 1).postings[0].description == "Transfer to Savings"
    received = books.recent("mira", "savings", 1).postings[0]
    assert (received.description, received.counterparty) == (
        "Transfer from Checking",
        "Checking",
    )


def test_paying_into_a_credit_card_raises_what_may_be_spent_with_it(books: Books) -> None:
    order = shown(books, between("checking", "credit-card", "100.00"))
    assert isinstance(pay(books, "q-1", order, "s-1", NOW), Receipt)
    assert available(books)["credit-card"] == "1800.00"


def test_a_payment_counts_up_the_accounts_version_and_names_itself_in_it(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    pay(books, "q-1", shown(books, between("checking", "savings", "1.00")), "s-1", NOW)
    assert [one.version for one in books.accounts("mira")] == [2, 1, 2]
    key = {"PK": {"S": "C#mira"}, "SK": {"S": "A#checking"}}
    assert client.get_item(TableName=loaded, Key=key)["Item"]["lt"] == {"S": "q-1"}


def test_a_second_yes_to_the_same_quote_answers_with_the_first_receipt(books: Books) -> None:
    order = shown(books, to_anna("50.00"))
    first = pay(books, "q-1", order, "s-1", NOW)
    again = pay(books, "q-1", order, "s-1", NOW + timedelta(hours=3))
    assert isinstance(first, Receipt)
    assert again == replace(first, replayed=True)
    assert available(books)["checking"] == "430.00"


def test_a_quote_is_remembered_as_paid_after_it_was_collected_as_garbage(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    order = shown(books, to_anna("50.00"))
    first = pay(books, "q-1", order, "s-1", NOW)
    client.delete_item(TableName=loaded, Key={"PK": {"S": "C#mira"}, "SK": {"S": "Q#q-1"}})
    assert isinstance(first, Receipt)
    assert pay(books, "q-1", order, "s-1", NOW) == replace(first, replayed=True)
    assert available(books)["checking"] == "430.00"


def test_a_quote_shown_again_under_a_paid_id_is_still_paid(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    order = shown(books, to_anna("50.00"))
    first = pay(books, "q-1", order, "s-1", NOW)
    client.delete_item(TableName=loaded, Key={"PK": {"S": "C#mira"}, "SK": {"S": "Q#q-1"}})
    shown(books, order)
    assert isinstance(first, Receipt)
    assert pay(books, "q-1", order, "s-1", NOW) == replace(first, replayed=True)
    assert available(books)["checking"] == "430.00"
    client.delete_item(TableName=loaded, Key={"PK": {"S": "C#mira"}, "SK": {"S": "Q#q-1"}})


def test_a_consumed_quote_is_not_paid_again_even_when_its_record_is_lost(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    order = shown(books, to_anna("50.00"))
    pay(books, "q-1", order, "s-1", NOW)
    key = {"PK": {"S": "T#q-1"}, "SK": {"S": "T"}}
    record = client.get_item(TableName=loaded, Key=key)["Item"]
    client.delete_item(TableName=loaded, Key=key)
    assert pay(books, "q-1", order, "s-1", NOW) == Refused(Refusal.QUOTE_UNKNOWN)
    assert available(books)["checking"] == "430.00"
    client.put_item(TableName=loaded, Item=record)


@pytest.mark.parametrize(
    "tampered",
    [
        to_anna("51.00"),
        to_anna("50.00", source="savings"),
        replace(to_anna("50.00"), destination_ref="021000021-6666"),
        replace(to_anna("50.00"), amount=Money(5000, "EUR"), fee=Money(0, "EUR")),
        between("checking", "savings", "50.00"),
    ],
)
def test_figures_other_than_the_quoted_ones_move_nothing(
    books: Books, tampered: PaymentOrder
) -> None:
    order = shown(books, to_anna("50.00"))
    assert pay(books, "q-1", tampered, "s-1", NOW) == Refused(Refusal.QUOTE_CHANGED)
    assert available(books) == UNTOUCHED
    assert isinstance(pay(books, "q-1", order, "s-1", NOW), Receipt)
    assert pay(books, "q-1", tampered, "s-1", NOW) == Refused(Refusal.QUOTE_CHANGED)


def test_a_quote_of_another_session_is_as_unknown_as_none_at_all(books: Books) -> None:
    order = shown(books, to_anna("50.00"))
    unknown = Refused(Refusal.QUOTE_UNKNOWN)
    assert pay(books, "q-1", order, "s-2", NOW) == unknown
    assert pay(books, "never-shown", order, "s-1", NOW) == unknown
    pay(books, "q-1", order, "s-1", NOW)
    assert pay(books, "q-1", order, "s-2", NOW) == unknown


def test_another_customers_quote_is_unknown_even_when_it_was_paid(books: Books) -> None:
    order = shown(books, to_anna("50.00"))
    foreign = replace(order, customer_id="noah")
    unknown = Refused(Refusal.QUOTE_UNKNOWN)
    assert pay(books, "q-1", foreign, "s-1", NOW) == unknown
    pay(books, "q-1", order, "s-1", NOW)
    assert pay(books, "q-1", foreign, "s-1", NOW) == unknown


def test_a_confirmation_is_good_until_the_quote_expires_and_not_after(books: Books) -> None:
    order = shown(books, to_anna("50.00"))
    expiry = NOW + timedelta(minutes=5)
    assert pay(books, "q-1", order, "s-1", expiry) == Refused(Refusal.QUOTE_EXPIRED)
    assert available(books) == UNTOUCHED
    just_before = expiry - timedelta(microseconds=1)
    assert isinstance(pay(books, "q-1", order, "s-1", just_before), Receipt)


def test_more_than_is_available_is_refused_with_the_available_figure(books: Books) -> None:
    pay(books, "q-0", shown(books, to_anna("200.00"), "q-0"), "s-1", NOW)
    order = shown(books, between("checking", "savings", "280.01"))
    refused = Refused(Refusal.INSUFFICIENT_FUNDS, available=dollars("280.00"))
    assert pay(books, "q-1", order, "s-1", NOW) == refused
    assert available(books) == UNTOUCHED | {"checking": "280.00"}


def test_the_last_cent_may_be_spent_and_a_fee_beyond_it_may_not(books: Books) -> None:
    pay(books, "q-0", shown(books, between("checking", "savings", "300.00"), "q-0"), "s-1", NOW)
    with_fee = shown(books, to_anna("180.00", fee="0.01"), "q-1")
    refused = Refused(Refusal.INSUFFICIENT_FUNDS, available=dollars("180.00"))
    assert pay(books, "q-1", with_fee, "s-1", NOW) == refused
    assert isinstance(
        pay(books, "q-2", shown(books, to_anna("180.00"), "q-2"), "s-1", NOW), Receipt
    )
    assert available(books)["checking"] == "0.00"


@pytest.mark.parametrize("status", [AccountStatus.FROZEN, AccountStatus.CLOSED])
@pytest.mark.parametrize("account_id", ["checking", "savings"])
def test_an_account_frozen_after_the_quote_neither_pays_nor_receives(
    books: Books, client: DynamoDBClient, loaded: str, status: AccountStatus, account_id: str
) -> None:
    order = shown(books, between("checking", "savings", "10.00"))
    change(client, loaded, f"A#{account_id}", "st", status)
    assert pay(books, "q-1", order, "s-1", NOW) == Refused(Refusal.ACCOUNT_NOT_ACTIVE)
    assert available(books) == UNTOUCHED


def test_borrowed_money_is_refused_though_a_quote_for_it_was_stored(books: Books) -> None:
    order = shown(books, between("credit-card", "savings", "10.00"))
    assert CREDIT_CARD.available > order.amount
    assert pay(books, "q-1", order, "s-1", NOW) == Refused(Refusal.NOT_A_PAYMENT_ACCOUNT)


@pytest.mark.parametrize(
    "order", [between("checking", "gone", "10.00"), between("gone", "savings", "10.00")]
)
def test_an_account_that_is_not_there_is_unknown(books: Books, order: PaymentOrder) -> None:
    shown(books, order)
    assert pay(books, "q-1", order, "s-1", NOW) == Refused(Refusal.UNKNOWN_ACCOUNT)
    assert available(books) == UNTOUCHED


def test_a_currency_that_is_not_the_accounts_moves_nothing(books: Books) -> None:
    euros = {"amount": Money(100, "EUR"), "fee": Money(0, "EUR")}
    order = shown(books, replace(to_anna("1.00"), **euros))  # type: ignore[arg-type]
    assert pay(books, "q-1", order, "s-1", NOW) == Refused(Refusal.CURRENCY_MISMATCH)
    assert available(books) == UNTOUCHED


def test_a_destination_in_another_currency_receives_nothing(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    order = shown(books, between("checking", "savings", "10.00"))
    change(client, loaded, "A#savings", "ccy", "EUR")
    assert pay(books, "q-1", order, "s-1", NOW) == Refused(Refusal.CURRENCY_MISMATCH)
    change(client, loaded, "A#savings", "ccy", "USD")
    assert available(books) == UNTOUCHED


def test_a_payee_whose_account_was_changed_after_the_quote_gets_nothing(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    order = shown(books, to_anna("50.00"))
    change(client, loaded, "B#anna", "target", "021000021-6666")
    assert pay(books, "q-1", order, "s-1", NOW) == Refused(Refusal.QUOTE_CHANGED)
    assert available(books) == UNTOUCHED


def test_a_payee_removed_after_the_quote_gets_nothing(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    order = shown(books, to_anna("50.00"))
    client.update_item(
        TableName=loaded,
        Key={"PK": {"S": "C#mira"}, "SK": {"S": f"B#{ANNA.payee_id}"}},
        UpdateExpression="SET active = :no",
        ExpressionAttributeValues={":no": {"BOOL": False}},
    )
    assert pay(books, "q-1", order, "s-1", NOW) == Refused(Refusal.UNKNOWN_PAYEE)
    client.delete_item(TableName=loaded, Key={"PK": {"S": "C#mira"}, "SK": {"S": "B#anna"}})
    assert pay(books, "q-1", order, "s-1", NOW) == Refused(Refusal.UNKNOWN_PAYEE)
    assert available(books) == UNTOUCHED


def test_the_days_first_payment_over_the_limit_is_refused(books: Books) -> None:
    order = shown(books, to_anna("300.01"))
    refused = Refused(Refusal.OVER_LIMIT, allowed=dollars("300.00"))
    assert pay(books, "q-1", order, "s-1", NOW) == refused
    assert available(books) == UNTOUCHED


def test_the_days_sum_is_limited_and_the_next_day_starts_afresh(books: Books) -> None:
    pay(books, "q-0", shown(books, to_anna("300.00"), "q-0"), "s-1", NOW)
    order = shown(books, to_anna("150.01"))
    refused = Refused(Refusal.OVER_LIMIT, allowed=dollars("150.00"))
    assert pay(books, "q-1", order, "s-1", NOW) == refused
    assert books.limits("mira", NOW).allowed(order.kind, "USD", NOW) == dollars("150.00")
    tomorrow = NOW + timedelta(days=1)
    books.put_quote(quote(order, "s-1", "q-2", tomorrow))
    assert isinstance(pay(books, "q-2", order, "s-1", tomorrow), Receipt)


def test_the_days_number_of_payments_is_limited(books: Books) -> None:
    for number in range(5):
        quote_id = f"q-{number}"
        order = shown(books, to_anna("1.00"), quote_id)
        assert isinstance(pay(books, quote_id, order, "s-1", NOW), Receipt)
    order = shown(books, to_anna("1.00"), "q-9")
    refused = Refused(Refusal.OVER_LIMIT, allowed=dollars("0"))
    assert pay(books, "q-9", order, "s-1", NOW) == refused


def test_own_transfers_and_payments_to_others_have_limits_of_their_own(books: Books) -> None:
    pay(books, "q-0", shown(books, between("savings", "checking", "300.00"), "q-0"), "s-1", NOW)
    pay(books, "q-1", shown(books, between("savings", "checking", "150.00"), "q-1"), "s-1", NOW)
    order = shown(books, to_anna("300.00"), "q-2")
    assert isinstance(pay(books, "q-2", order, "s-1", NOW), Receipt)


def test_a_refused_payment_may_be_confirmed_again_once_the_reason_is_gone(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    order = shown(books, to_anna("50.00"))
    change(client, loaded, "A#checking", "st", "frozen")
    pay(books, "q-1", order, "s-1", NOW)
    change(client, loaded, "A#checking", "st", "active")
    assert isinstance(pay(books, "q-1", order, "s-1", NOW), Receipt)


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        (to_anna("0"), Refusal.AMOUNT_NOT_POSITIVE),
        (to_anna("-50.00"), Refusal.AMOUNT_NOT_POSITIVE),
        (to_anna("50.00", fee="-1.00"), Refusal.AMOUNT_NOT_POSITIVE),
        (between("checking", "checking", "5.00"), Refusal.SAME_ACCOUNT),
        (to_anna("5.00", source="a#b"), Refusal.UNKNOWN_ACCOUNT),
    ],
)
def test_an_order_that_no_quote_can_be_for_is_refused_without_a_call(
    books: Books, calls: CountingClient, order: PaymentOrder, reason: Refusal
) -> None:
    assert pay(books, "q-1", order, "s-1", NOW) == Refused(reason)
    assert calls.made.total() == 0


@pytest.mark.parametrize("quote_id", ["", "q#1", "q" * 3000, "q\n", "ｑ1"])
def test_a_hostile_quote_id_is_unknown_without_a_call(
    books: Books, calls: CountingClient, quote_id: str
) -> None:
    outcome = pay(books, quote_id, to_anna("5.00"), "s-1", NOW)
    assert outcome == Refused(Refusal.QUOTE_UNKNOWN)
    assert books.quote("mira", quote_id, "s-1") is None
    assert calls.made.total() == 0


def test_a_payment_is_one_call_a_refusal_is_one_call_and_a_replay_is_two(
    books: Books, calls: CountingClient
) -> None:
    order = shown(books, to_anna("50.00"))
    calls.reset()
    pay(books, "q-1", order, "s-1", NOW)
    assert calls.made == {"transact_write_items": 1}
    calls.reset()
    pay(books, "q-1", order, "s-1", NOW)
    assert calls.made == {"transact_write_items": 1, "get_item": 1}
    poor = shown(books, to_anna("299.00", source="savings"), "q-2")
    gone = shown(books, between("gone", "savings", "1.00"), "q-3")
    calls.reset()
    pay(books, "q-2", poor, "s-9", NOW)
    pay(books, "q-3", gone, "s-1", NOW)
    assert calls.made == {"transact_write_items": 2}


def test_a_quote_can_be_read_back_by_the_session_it_was_shown_in(books: Books) -> None:
    made = quote(to_anna("50.00", fee="0.10"), "s-1", "q-1", NOW)
    books.put_quote(made)
    assert books.quote("mira", "q-1", "s-1") == made
    assert books.quote("mira", "q-1", "s-2") is None
    assert books.quote("noah", "q-1", "s-1") is None


def test_storing_a_quote_again_is_harmless_and_other_figures_under_its_id_are_refused(
    books: Books,
) -> None:
    order = shown(books, to_anna("50.00"))
    shown(books, order)
    with pytest.raises(BooksError, match="taken by other figures"):
        shown(books, to_anna("60.00"))
    with pytest.raises(BooksError, match="taken by other figures"):
        books.put_quote(quote(order, "s-2", "q-1", NOW))
    assert isinstance(pay(books, "q-1", order, "s-1", NOW), Receipt)
    shown(books, order)
    again = pay(books, "q-1", order, "s-1", NOW)
    assert isinstance(again, Receipt)
    assert again.replayed


@pytest.mark.parametrize(
    "made",
    [
        quote(to_anna("5.00"), "s-1", "q#1", NOW),
        quote(to_anna("5.00", source="a#b"), "s-1", "q-1", NOW),
        replace(quote(to_anna("5.00"), "s-1", "q-1", NOW), customer_id="noah"),
    ],
)
def test_a_quote_that_could_not_be_found_again_is_not_stored(
    books: Books, calls: CountingClient, made: object
) -> None:
    with pytest.raises(BooksError):
        books.put_quote(made)  # type: ignore[arg-type]
    assert calls.made.total() == 0
