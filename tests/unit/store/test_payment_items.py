"""Quotes, receipts and lines: they read back as they were, and every payment balances."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, PaymentOrder
from fulfillment.bank.rules import quote
from fulfillment.store.items import posting_item, read_posting
from fulfillment.store.payment_items import (
    quote_item,
    read_quote,
    read_receipt,
    receipt_id,
    transfer_item,
)
from fulfillment.store.postings import bank_posting_item, payment_lines, read_bank_posting
from tests.unit.bank.values import NOW, between, dollars, to_anna

ids = st.from_regex(r"[A-Za-z0-9._~+-]{1,64}", fullmatch=True)
orders = st.builds(
    PaymentOrder,
    kind=st.sampled_from(PaymentKind),
    customer_id=ids,
    source_account_id=ids,
    destination_id=ids,
    destination_ref=ids,
    amount=st.builds(Money, st.integers(1, 10**12), st.just("USD")),
    fee=st.builds(Money, st.integers(0, 10**6), st.just("USD")),
    source_name=st.text(max_size=10),
    destination_name=st.text(max_size=10),
)


@given(orders, ids)
def test_a_quote_reads_back_as_it_was(order: PaymentOrder, quote_id: str) -> None:
    made = quote(order, "s-1", quote_id, NOW)
    assert read_quote(quote_item(made)) == made


@given(orders, ids)
def test_a_receipt_repeats_the_figures_of_its_transfer(
    order: PaymentOrder, transfer_id: str
) -> None:
    booked_at = NOW.replace(microsecond=0)
    item = transfer_item(transfer_id, order, "s-1", booked_at, "attempt-1")
    receipt = read_receipt(item, replayed=True)
    assert receipt.transfer_id == transfer_id
    assert receipt.receipt_id == receipt_id(transfer_id)
    assert (receipt.kind, receipt.amount, receipt.fee) == (order.kind, order.amount, order.fee)
    assert receipt.source_account_id == order.source_account_id
    assert receipt.destination_id == order.destination_id
    assert (receipt.booked_at, receipt.replayed) == (booked_at, True)


@given(orders, ids, st.integers(0, 15))
def test_the_lines_of_every_payment_sum_to_zero(
    order: PaymentOrder, transfer_id: str, shard: int
) -> None:
    lines, bank_lines = payment_lines(transfer_id, order, NOW, shard)
    amounts = [line.amount.minor for line in lines] + [line.amount.minor for line in bank_lines]
    assert sum(amounts) == 0
    assert len(amounts) in {2, 4}
    assert all(amounts)
    named = {line.transfer_id for line in lines} | {line.transfer_id for line in bank_lines}
    assert named == {transfer_id}
    assert max(Counter(line.posting_id for line in lines).values()) == 1
    assert len({(line.code, line.posting_id) for line in bank_lines}) == len(bank_lines)


@given(orders, st.integers(0, 15))
def test_what_leaves_the_source_is_the_amount_and_the_fee(order: PaymentOrder, shard: int) -> None:
    lines, bank_lines = payment_lines("t-1", order, NOW, shard)
    out = sum(-line.amount.minor for line in lines if line.amount.minor < 0)
    assert out == order.total.minor
    assert sum(line.amount.minor for line in bank_lines if line.code == "FEES") == order.fee.minor


@given(orders, ids, st.integers(0, 15))
def test_lines_read_back_as_they_were(order: PaymentOrder, transfer_id: str, shard: int) -> None:
    booked_at = NOW.replace(microsecond=0)
    lines, bank_lines = payment_lines(transfer_id, order, booked_at, shard)
    assert [read_posting(posting_item(line, line.booked_at.date())) for line in lines] == lines
    assert [read_bank_posting(bank_posting_item(line)) for line in bank_lines] == bank_lines


def test_a_line_without_a_known_name_says_only_what_it_is() -> None:
    nameless = replace(to_anna("5.00"), source_name="", destination_name="")
    lines, bank_lines = payment_lines("t-1", nameless, NOW, 0)
    assert [(line.description, line.counterparty) for line in lines] == [("Payment", None)]
    assert bank_lines[0].description == "Payment"
    own = replace(between("checking", "savings", "5.00"), source_name="", destination_name="")
    lines, _ = payment_lines("t-1", own, NOW, 0)
    assert [line.description for line in lines] == ["Transfer", "Transfer"]
    assert [line.amount for line in lines] == [dollars("-5.00"), dollars("5.00")]


@given(st.text(max_size=64))
def test_a_receipt_id_is_short_readable_and_always_the_same(transfer_id: str) -> None:
    made = receipt_id(transfer_id)
    assert made == receipt_id(transfer_id)
    assert made.startswith("TR-")
    assert len(made) == 11
    assert set(made[3:]) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_receipt_ids_of_different_transfers_differ() -> None:
    assert len({receipt_id(f"transfer-{number}") for number in range(10_000)}) == 10_000


@pytest.mark.parametrize("position", range(8))
def test_every_character_of_a_receipt_id_varies_over_the_whole_alphabet(position: int) -> None:
    seen = {receipt_id(f"transfer-{number}")[3 + position] for number in range(2000)}
    assert len(seen) == 32
