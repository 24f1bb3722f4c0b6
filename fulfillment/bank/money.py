"""Money as integer minor units of one ISO 4217 currency; never a float, never mixed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import total_ordering

# ISO 4217 minor-unit exponents that differ from two (list of 2024, the currencies banks quote).
_EXPONENTS = {
    "BHD": 3, "CLP": 0, "IQD": 3, "ISK": 0, "JOD": 3, "JPY": 0, "KRW": 0, "KWD": 3,
    "LYD": 3, "OMR": 3, "PYG": 0, "TND": 3, "UGX": 0, "VND": 0, "XAF": 0, "XOF": 0, "XPF": 0,
}  # fmt: skip

MAX_MINOR = 10**15
"""Largest magnitude of one amount, in minor units: far inside DynamoDB's 38 digits."""

# No amount in range has a leading digit further from the decimal point than this.
_MAX_POWER = 15


class CurrencyMismatchError(ValueError):
    """Two amounts of different currencies met in one calculation."""


class MoneyRangeError(ValueError):
    """An amount is not a whole number of minor units, or is larger than `MAX_MINOR`."""


def exponent(currency: str) -> int:
    """How many decimal places `currency` (ISO 4217 code) has."""
    return _EXPONENTS.get(currency, 2)


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """`minor` units (cents, pence, yen) of `currency`. Signed: an outflow is negative."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if isinstance(self.minor, bool) or not isinstance(self.minor, int):
            raise MoneyRangeError(f"minor units must be an int, not {type(self.minor).__name__}")
        if abs(self.minor) > MAX_MINOR:
            raise MoneyRangeError("the amount is larger than this bank can book")
        if len(self.currency) != 3 or not self.currency.isascii() or not self.currency.isupper():
            raise MoneyRangeError("the currency is not an ISO 4217 code")

    @classmethod
    def zero(cls, currency: str) -> Money:
        """No money, in `currency`."""
        return cls(0, currency)

    @classmethod
    def of(cls, amount: Decimal | str, currency: str) -> Money:
        """`amount` in major units ("12.34"), exactly.

        Raises `MoneyRangeError` when it has too many decimals, is too large, or is no number.
        """
        try:
            value = Decimal(amount)
        except InvalidOperation:
            raise MoneyRangeError("the amount is not a number") from None
        if not value.is_finite() or (value and abs(value.adjusted()) > _MAX_POWER):
            raise MoneyRangeError("the amount is not one that can be booked")
        # As a fraction, since Decimal arithmetic rounds an amount of more than 28 digits.
        minor = Fraction(value or 0) * 10 ** exponent(currency)
        if minor.denominator != 1:
            raise MoneyRangeError(f"{currency} has only {exponent(currency)} decimal places")
        return cls(minor.numerator, currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    @property
    def is_positive(self) -> bool:
        return self.minor > 0

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrencyMismatchError(f"{self.currency} and {other.currency} do not mix")

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        self._same(other)
        return self.minor < other.minor


def in_figures(minor: int | float, currency: str) -> str:
    """An amount as the bank's staff read it: "$1,234.50" for dollars, else "1,234.50 EUR".

    Customers read amounts in their own locale (`fulfillment.replies.formats`). A figure that is a
    mean or an expectation is rounded to the minor unit.
    """
    money = Money(round(minor), currency)
    figure = f"{abs(money.amount):,}"
    sign = "-" if money.minor < 0 else ""
    return f"{sign}${figure}" if currency == "USD" else f"{sign}{figure} {currency}"
