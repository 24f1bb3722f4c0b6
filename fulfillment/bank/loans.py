"""What a loan costs: its instalments, its schedule and its annual percentage rate.

Payments are level, monthly, the first one month after the money. Interest is reckoned on the unpaid
balance by equal months and rounded to the minor unit each month, half to even; the last payment
takes up what rounding left, so that the schedule always ends at zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from fulfillment.bank.money import Money

_YEAR = 12
_PRECISION = 40
_HALVINGS = 80


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment of a schedule: `payment` is `interest` and `principal`; `left` is owed after."""

    number: int
    payment: Money
    interest: Money
    principal: Money
    left: Money


@dataclass(frozen=True, slots=True)
class Loan:
    """A loan of `amount` over `months` at `rate` (percent a year); `fee` is kept from the payout.

    `schedule` has every instalment; `apr` is percent a year, to the hundredth.
    """

    amount: Money
    months: int
    rate: Decimal
    fee: Money
    schedule: tuple[Instalment, ...]
    apr: Decimal

    @property
    def instalment(self) -> Money:
        """What is paid each month; the last may differ by a little."""
        return self.schedule[0].payment

    @property
    def last(self) -> Money:
        return self.schedule[-1].payment

    @property
    def repaid(self) -> Money:
        """Everything that is paid back."""
        return Money(sum(one.payment.minor for one in self.schedule), self.amount.currency)

    @property
    def interest(self) -> Money:
        return self.repaid - self.amount

    @property
    def cost(self) -> Money:
        """Interest and fee together: what the loan costs in all."""
        return self.interest + self.fee

    @property
    def paid_out(self) -> Money:
        return self.amount - self.fee


def loan_of(amount: Money, months: int, rate: Decimal, fee: Money) -> Loan:
    """The loan in all its figures. Raises ValueError for an amount or term that is not positive."""
    if not amount.is_positive or months < 1 or rate < 0 or not Money.zero(fee.currency) <= fee:
        raise ValueError("a loan needs a positive amount and term, and no negative rate or fee")
    schedule = _schedule(amount, months, Fraction(rate) / 100 / _YEAR)
    paid_out = (amount - fee).minor
    payments = [one.payment.minor for one in schedule]
    return Loan(amount, months, rate, fee, schedule, annual_rate(paid_out, payments))


def annual_rate(paid_out: int, payments: Sequence[int]) -> Decimal:
    """The annual percentage rate of monthly `payments` (minor units) for `paid_out`, in percent.

    The actuarial method of Regulation Z (12 CFR 1026, appendix J): the rate for one month at which
    the payments are worth what was paid out, times twelve; to the hundredth of a percent.

    >>> annual_rate(500_000, [23_000] * 24)  # appendix J (c)(1)(i): $5,000 for 24 times $230
    Decimal('9.69')
    """
    if paid_out <= 0 or sum(payments) < paid_out:
        raise ValueError("the payments do not pay back what was paid out")
    with localcontext() as context:
        context.prec = _PRECISION
        low, high = Decimal(0), Decimal(1)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            if _worth(payments, middle) > paid_out:
                low = middle
            else:
                high = middle
        return (low * _YEAR * 100).quantize(Decimal("0.01"))


def _worth(payments: Sequence[int], monthly: Decimal) -> Decimal:
    """What the payments are worth today, by Horner's rule from the last."""
    worth = Decimal(0)
    for payment in reversed(payments):
        worth = (worth + payment) / (1 + monthly)
    return worth


def _schedule(amount: Money, months: int, monthly: Fraction) -> tuple[Instalment, ...]:
    currency, left = amount.currency, amount.minor
    level = _level(left, months, monthly)
    made = []
    for number in range(1, months + 1):
        interest = round(left * monthly)
        payment = level if number < months else left + interest
        # A tiny loan may be paid back before its last month.
        payment = min(payment, left + interest)
        left -= payment - interest
        figures = (payment, interest, payment - interest, left)
        made.append(Instalment(number, *(Money(minor, currency) for minor in figures)))
    return tuple(made)


def _level(amount: int, months: int, monthly: Fraction) -> int:
    """The level payment, rounded to the minor unit half to even; exact until then."""
    if not monthly:
        return round(Fraction(amount, months))
    grown = (1 + monthly) ** months
    return round(amount * monthly * grown / (grown - 1))
