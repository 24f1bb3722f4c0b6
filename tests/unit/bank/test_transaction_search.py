"""Which lines a filter lets through, and which filter a sentence names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fulfillment.bank.amount_ranges import AmountRange
from fulfillment.bank.books import Posting
from fulfillment.bank.categories import category_named, category_of
from fulfillment.bank.transaction_search import (
    Flow,
    Line,
    TransactionFilter,
    flow_said,
    moment_of,
    pending_said,
)
from tests.unit.bank.values import CHECKING, NOW, dollars, opening_hold

SHOP = Posting(
    customer_id="mira",
    account_id="checking",
    posting_id="p-1",
    transfer_id="t-1",
    booked_at=NOW,
    amount=-dollars("54.15"),
    kind="card",
    description="WHOLEFDS 1021",
    merchant="Whole Foods",
    category="groceries",
)
REFUND = replace(SHOP, posting_id="p-2", kind="refund", amount=dollars("5.00"))
SALARY = replace(
    SHOP, posting_id="p-3", kind="salary", amount=dollars("4000"), merchant=None, category="income"
)
MOVED_IN = replace(
    SHOP, posting_id="p-4", kind="transfer", amount=dollars("50"), merchant=None,
    description="Transfer from Savings", counterparty="Savings", category="transfer",
)  # fmt: skip
HOLD = opening_hold(CHECKING)
LINES: list[Line] = [HOLD, SHOP, REFUND, SALARY, MOVED_IN]


def kept(wanted: TransactionFilter) -> list[Line]:
    return [line for line in LINES if wanted.wants(line)]


def test_an_open_filter_lets_everything_through() -> None:
    assert TransactionFilter().is_open
    assert kept(TransactionFilter()) == LINES


@pytest.mark.parametrize(
    ("wanted", "lines"),
    [
        (TransactionFilter(name="whole foods"), [SHOP, REFUND]),
        (TransactionFilter(name="Savings"), [MOVED_IN]),
        (TransactionFilter(category="dining"), [HOLD]),
        (TransactionFilter(pending=True), [HOLD]),
        (TransactionFilter(amounts=AmountRange(5415, 5415, "USD")), [SHOP]),
        (TransactionFilter(flow=Flow.OUT), [HOLD, SHOP]),
        (TransactionFilter(flow=Flow.IN), [REFUND, SALARY, MOVED_IN]),
        (TransactionFilter(flow=Flow.IN, own_transfers=False), [REFUND, SALARY]),
        (TransactionFilter(flow=Flow.SALARY), [SALARY]),
        (TransactionFilter(flow=Flow.REFUNDS), [REFUND]),
        (TransactionFilter(name="whole foods", flow=Flow.PURCHASES), [SHOP]),
    ],
)
def test_everything_that_is_set_must_hold(wanted: TransactionFilter, lines: list[Line]) -> None:
    assert kept(wanted) == lines


@pytest.mark.parametrize(
    ("sentence", "flow"),
    [
        ("what deposits came in last month", Flow.IN),
        ("what went out of checking", Flow.OUT),
        ("show me what I bought", Flow.PURCHASES),
        ("has my refund come through", Flow.REFUNDS),
        ("have I been paid yet", Flow.SALARY),
        ("atm withdrawals", Flow.CASH),
        ("show me withdrawals and deposits", None),
        ("show my recent transactions", None),
    ],
)
def test_the_way_of_the_money_is_heard(sentence: str, flow: Flow | None) -> None:
    assert flow_said(sentence) is flow


def test_pending_is_heard_and_told_from_spending() -> None:
    assert pending_said("what's pending on my visa")
    assert pending_said("what hasn't posted")
    assert not pending_said("what am I spending")


def test_a_hold_is_of_the_moment_it_was_placed() -> None:
    assert moment_of(HOLD) == HOLD.placed_at
    assert moment_of(SHOP) == SHOP.booked_at


def test_a_category_is_known_in_any_number_and_an_unknown_one_is_other() -> None:
    assert category_named("Grocery") == "groceries"
    assert category_named("subscription") == "subscriptions"
    assert category_named("savings") is None
    assert category_of("dining") == "dining"
    assert category_of("zeppelins") == category_of(None) == "other"
