"""What the day's limits still allow."""

from __future__ import annotations

from datetime import timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.limits import Limits, Usage, standard_limits
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind
from tests.unit.bank.values import NOW, dollars, limits_of

PAYEE = PaymentKind.TO_PAYEE


def used(limits: Limits, spent: str, payments: int) -> Limits:
    return Limits(limits.ceilings, {(PAYEE, "USD"): Usage(NOW.date(), dollars(spent), payments)})


def test_a_fresh_day_allows_one_whole_payment() -> None:
    assert limits_of("100", "250").allowed(PAYEE, "USD", NOW) == dollars("100")


def test_a_day_smaller_than_a_payment_allows_the_day() -> None:
    assert limits_of("100", "60").allowed(PAYEE, "USD", NOW) == dollars("60")


def test_a_day_whose_number_of_payments_is_reached_allows_nothing() -> None:
    limits = used(limits_of("100", "250", payments_per_day=3), "3.00", 3)
    assert limits.allowed(PAYEE, "USD", NOW) == dollars("0")


@given(st.integers(0, 100_000))
def test_what_is_allowed_is_never_negative_and_never_breaks_the_day(spent: int) -> None:
    limits = Limits(
        limits_of("100", "250").ceilings,
        {(PAYEE, "USD"): Usage(NOW.date(), Money(spent, "USD"), 1)},
    )
    allowed = limits.allowed(PAYEE, "USD", NOW).minor
    assert 0 <= allowed <= 10_000
    assert allowed == 0 or spent + allowed <= 25_000


def test_the_day_is_counted_in_utc_wherever_the_clock_stands() -> None:
    limits = used(limits_of("100", "250"), "240.00", 1)
    same_day_elsewhere = NOW.astimezone(timezone(timedelta(hours=-11)))
    assert same_day_elsewhere.date() != NOW.date()
    assert limits.allowed(PAYEE, "USD", same_day_elsewhere) == dollars("10")


def test_own_transfers_have_more_room_than_payments_to_others() -> None:
    limits = standard_limits()
    own = limits.allowed(PaymentKind.OWN_TRANSFER, "USD", NOW)
    assert own > limits.allowed(PAYEE, "USD", NOW) > dollars("0")
