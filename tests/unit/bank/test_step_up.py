"""Which payments need a one-time code besides a yes."""

from __future__ import annotations

import pytest

from fulfillment.bank.money import Money
from fulfillment.bank.payments import StepUp
from fulfillment.bank.standing import PaymentChannel, Standing
from fulfillment.bank.step_up import most_without_code, step_up_for
from tests.unit.bank.values import between, to_anna

TYPED = Standing()
OTHER = Standing(channel=PaymentChannel.OTHER)


@pytest.mark.parametrize(
    ("amount", "standing", "needed"),
    [
        ("2000.00", TYPED, StepUp.NOT_NEEDED),
        ("2000.01", TYPED, StepUp.REQUIRED),
        ("500.00", OTHER, StepUp.NOT_NEEDED),
        ("500.01", OTHER, StepUp.REQUIRED),
        ("0.01", Standing(level=1), StepUp.REQUIRED),
        ("2000.01", Standing(level=3), StepUp.REQUIRED),
    ],
)
def test_a_payment_needs_a_code_above_the_threshold_of_its_channel(
    amount: str, standing: Standing, needed: StepUp
) -> None:
    assert step_up_for(to_anna(amount), standing) is needed


def test_moving_money_between_own_accounts_needs_no_code_of_a_verified_customer() -> None:
    order = between("checking", "savings", "90000.00")
    assert step_up_for(order, OTHER) is StepUp.NOT_NEEDED
    assert step_up_for(order, Standing(level=1)) is StepUp.REQUIRED


def test_without_a_threshold_in_a_currency_nothing_goes_without_a_code() -> None:
    assert most_without_code("SEK", TYPED) == Money(0, "SEK")
    assert most_without_code("USD", Standing(level=0)) == Money(0, "USD")
