"""What a rate makes of a sum, what a payment costs, and an order that says both."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.exchange import Rate, exchanged
from fulfillment.bank.money import Money, exponent
from fulfillment.bank.payment_fees import with_fee
from fulfillment.bank.payments import Refusal
from fulfillment.bank.rules import malformed
from tests.unit.bank.values import between, to_anna

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)


def rate(value: str, sells: str = "USD", buys: str = "EUR") -> Rate:
    return Rate(sells, buys, Decimal(value), MONDAY, "treasury")


@given(
    st.integers(0, 10**10),
    st.decimals("0.0001", "999", places=5),
    st.sampled_from(["EUR", "JPY", "BHD"]),
)
def test_what_arrives_is_the_amount_at_the_rate_rounded_once_half_to_even(
    minor: int, value: Decimal, buys: str
) -> None:
    received = exchanged(Money(minor, "USD"), rate(str(value), buys=buys)).received
    unit = Decimal(1).scaleb(-exponent(buys))
    exact = Decimal(minor).scaleb(-2) * value
    assert received.amount == exact.quantize(unit, rounding=ROUND_HALF_EVEN)


@pytest.mark.parametrize(("minor", "arrives"), [(1, 0), (3, 2), (5, 2), (7, 4), (9, 4)])
def test_a_half_goes_to_the_even_unit(minor: int, arrives: int) -> None:
    assert exchanged(Money(minor, "USD"), rate("0.5")).received.minor == arrives


@pytest.mark.parametrize("value", ["0", "-1", "NaN", "Infinity"])
def test_a_rate_is_a_positive_number(value: str) -> None:
    with pytest.raises(ValueError, match="rate"):
        rate(value)


def test_another_rate_or_another_day_of_it_is_another_yes() -> None:
    one = between("checking", "savings", "50.00").exchange_at(rate("0.9"))
    digests = {
        between("checking", "savings", "50.00").digest,
        one.digest,
        between("checking", "savings", "50.00").exchange_at(rate("0.90001")).digest,
        between("checking", "savings", "50.00")
        .exchange_at(replace(rate("0.9"), since=NEXT_DAY))
        .digest,
    }
    assert len(digests) == 4


NEXT_DAY = MONDAY.replace(day=3)


def test_what_arrives_is_what_the_rate_makes_of_it_or_the_order_is_none() -> None:
    sound = between("checking", "savings", "50.00").exchange_at(rate("0.9"))
    assert malformed(sound) is None
    exchange = sound.exchange
    assert exchange is not None
    too_much = replace(exchange, received=Money(4501, "EUR"))
    nothing = between("checking", "savings", "0.01").exchange_at(rate("0.1"))
    for order in (
        replace(sound, exchange=too_much),
        nothing,
        to_anna("50.00").exchange_at(rate("0.9")),
    ):
        assert malformed(order) is Refusal.CURRENCY_MISMATCH


@pytest.mark.parametrize(
    ("target", "currency", "fee"),
    [("021000021-7788", "USD", 0), ("DE89370400440532013000", "USD", 500),
     ("DE89370400440532013000", "EUR", 0)],
)  # fmt: skip
def test_a_payment_abroad_costs_what_the_schedule_says_and_one_at_home_nothing(
    target: str, currency: str, fee: int
) -> None:
    amount = Money(10_000, currency)
    order = replace(to_anna("1.00"), destination_ref=target, amount=amount, fee=amount)
    assert with_fee(order).fee == Money(fee, currency)


def test_an_exchange_costs_a_share_of_the_amount_rounded_half_to_even() -> None:
    fees = [
        with_fee(between("checking", "savings", amount).exchange_at(rate("0.9"))).fee.minor
        for amount in ("100.00", "1.00", "3.00", "5.00")
    ]
    assert fees == [50, 0, 2, 2]
