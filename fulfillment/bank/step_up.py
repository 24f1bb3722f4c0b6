"""When a payment needs a one-time code besides a yes: by its amount, its channel, who asks.

Strong authentication bound to the amount and the payee, with transfers between a customer's own
accounts excepted, follows articles 5 and 15 of the EU's rules (Regulation 2018/389); the thresholds
are the bank's own and stand in `schedule.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, PaymentOrder, StepUp
from fulfillment.bank.schedule import standard_schedule

VERIFIED_LEVEL = 2
"""The level of an identity that may pay at all. Level 3 is of one action: of a quote, not of a
session, so no identity alone has it."""


STEPPED_UP_LEVEL = 3
"""What a code for this very payment proves, of this payment alone."""


class PaymentChannel(StrEnum):
    """What carries the conversation, as far as the rules care. `typed` is a chat of the bank's."""

    TYPED = "typed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Standing:
    """Who confirms a payment, and through what: the level of a proved identity, and the channel."""

    level: int = VERIFIED_LEVEL
    channel: PaymentChannel = PaymentChannel.TYPED


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
