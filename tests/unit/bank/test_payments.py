"""The digest binds a confirmation to its figures: any other payment has another digest."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, PaymentOrder
from tests.unit.bank.values import to_anna

hostile_text = st.text(alphabet='ab"\x1f,[]\\|#', max_size=4)

orders = st.builds(
    PaymentOrder,
    kind=st.sampled_from(PaymentKind),
    customer_id=hostile_text,
    source_account_id=hostile_text,
    destination_id=hostile_text,
    destination_ref=hostile_text,
    amount=st.builds(Money, st.integers(0, 12), st.sampled_from(["USD", "EUR"])),
    fee=st.builds(Money, st.integers(0, 12), st.just("USD")),
)


@given(orders, orders)
def test_two_orders_have_one_digest_only_when_they_are_the_same(
    one: PaymentOrder, other: PaymentOrder
) -> None:
    assert (one.digest == other.digest) == (one == other)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": PaymentKind.OWN_TRANSFER},
        {"customer_id": "noah"},
        {"source_account_id": "savings"},
        {"destination_id": "anna-2"},
        {"destination_ref": "021000021-7789"},
        {"amount": Money(1001, "USD")},
        {"amount": Money(1000, "EUR")},
        {"fee": Money(1, "USD")},
        {"fee": Money(0, "EUR")},
    ],
)
def test_changing_one_figure_or_party_changes_the_digest(change: dict[str, object]) -> None:
    order = to_anna("10.00")
    assert replace(order, **change).digest != order.digest  # type: ignore[arg-type]


def test_a_border_between_two_parts_cannot_be_moved() -> None:
    order = to_anna("10.00")
    one = replace(order, destination_id="a\x1fb", destination_ref="c")
    other = replace(order, destination_id="a", destination_ref="b\x1fc")
    assert one.digest != other.digest


def test_a_name_decides_nothing_and_is_not_in_the_digest() -> None:
    order = to_anna("10.00")
    assert replace(order, destination_name="Annie").digest == order.digest


def test_the_digest_is_the_same_in_every_process_and_for_every_reader() -> None:
    figures = (
        b'["to_payee", "mira", "checking", "anna", "021000021-7788", "1000", "USD", "0", "USD"]'
    )
    assert to_anna("10.00").digest == hashlib.sha256(figures).hexdigest()


def test_the_total_is_what_leaves_the_account() -> None:
    assert to_anna("10.00", fee="0.25").total == Money(1025, "USD")
