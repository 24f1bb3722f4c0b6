"""When a payment needs a one-time code besides a yes: by its amount, its channel, who asks.

Strong authentication bound to the amount and the payee, with transfers between a customer's own
accounts excepted, follows articles 5 and 15 of the EU's rules (Regulation 2018/389); the thresholds
are the bank's own and stand in `schedule.toml`.
"""

from __future__ import annotations

from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, PaymentOrder, StepUp
from fulfillment.bank.schedule import standard_schedule
from fulfillment.bank.standing import VERIFIED_LEVEL, Standing

STEPPED_UP_LEVEL = 3
"""What a code for this very payment proves, of this payment alone."""


def step_up_for(order: PaymentOrder, standing: Standing) -> StepUp:
    """Whether `order` may be paid on a yes alone (`not_needed`) or needs a code first."""
    if standing.level < VERIFIED_LEVEL:
        return StepUp.REQUIRED
    if order.kind is PaymentKind.OWN_TRANSFER:
        return StepUp.NOT_NEEDED
    most = most_without_code(order.amount.currency, standing)
    return StepUp.REQUIRED if order.amount > most else StepUp.NOT_NEEDED


def most_without_code(currency: str, standing: Standing) -> Money:
    """The largest payment to a payee that needs no code; zero in a currency without a threshold."""
    if standing.level < VERIFIED_LEVEL:
        return Money.zero(currency)
    thresholds = standard_schedule().without_code[standing.channel.value]
    return Money(thresholds.get(currency, 0), currency)
