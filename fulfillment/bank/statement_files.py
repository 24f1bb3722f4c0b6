"""A month of an account as a file: opening balance, every booked line, closing balance."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from fulfillment.bank.books import Account, Posting
from fulfillment.bank.money import Money
from fulfillment.bank.periods import Period, month_of

COLUMNS = ("date", "description", "category", "amount", "balance", "currency", "reference")
# What a spreadsheet takes for a formula at the beginning of a text (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class NotAMonthError(ValueError):
    """A period that is not one calendar month."""


@dataclass(frozen=True, slots=True)
class Statement:
    """The booked lines of `month`, oldest first; `closing` is `opening` and all of them."""

    account: Account
    month: Period
    opening: Money
    closing: Money
    lines: tuple[Posting, ...]

    @property
    def file_name(self) -> str:
        """As it is saved, but for its ending: the kind of account, the end of its number, nobody's
        name.
        """
        account = f"{self.account.kind.value.replace('_', '-')}-{self.account.last4}"
        return f"statement-{self.month.start:%Y-%m}-{account}"

    @property
    def money_in(self) -> Money:
        """All that came onto the account in the month."""
        return self._sum_of(one.amount for one in self.lines if one.amount.is_positive)

    @property
    def money_out(self) -> Money:
        """All that left it, below zero."""
        return self._sum_of(one.amount for one in self.lines if not one.amount.is_positive)

    def balances(self) -> Iterator[tuple[Posting, Money]]:
        """Each line with the balance after it."""
        balance = self.opening
        for line in self.lines:
            balance += line.amount
            yield line, balance

    def _sum_of(self, amounts: Iterable[Money]) -> Money:
        return sum(amounts, Money.zero(self.opening.currency))


def statement_month(period: Period, today: date) -> Period:
    """The calendar month that `period` is. One that is not over counts by its beginning.

    Raises `NotAMonthError` for days, weeks, several months, or a part of one.
    """
    month = month_of(period.start)
    until = min(month.end, today + timedelta(days=1))
    if period.start != month.start or period.end not in (month.end, until):
        raise NotAMonthError
    return month


def is_over(month: Period, today: date) -> bool:
    """Whether nothing can be booked in it any more."""
    return month.end <= today


def last_months(today: date, count: int) -> list[Period]:
    """The latest months that are over, newest first."""
    months: list[Period] = []
    first = today.replace(day=1)
    for _ in range(count):
        months.append(month_of(first - timedelta(days=1)))
        first = months[-1].start
    return months


def statement_of(
    account: Account, month: Period, lines: Sequence[Posting], later: Iterable[Posting]
) -> Statement:
    """The statement of `month`, reckoned back from what is posted now.

    `lines` are all that was booked in the month and `later` all that was booked since, in the
    account's currency, up to the moment at which `account` was read.
    """
    nothing = Money.zero(account.posted.currency)
    closing = account.posted - sum((one.amount for one in later), nothing)
    opening = closing - sum((one.amount for one in lines), nothing)
    return Statement(account, month, opening, closing, tuple(lines))


def as_csv(statement: Statement, zone: str) -> str:
    """The statement for a spreadsheet (RFC 4180). Days are those of `zone`, an IANA name.

    Amounts are plain decimals, negative for money out; a description can be no formula.
    """
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    currency = statement.opening.currency
    rows.writerow(_balance(statement.month.start, "Opening balance", statement.opening))
    for line, balance in statement.balances():
        day = line.booked_at.astimezone(ZoneInfo(zone)).date()
        rows.writerow((
            day.isoformat(), _inert(line.description), line.category or line.kind,
            line.amount.amount, balance.amount, currency, line.transfer_id,
        ))  # fmt: skip
    last = statement.month.end - timedelta(days=1)
    rows.writerow(_balance(last, "Closing balance", statement.closing))
    return written.getvalue()


def _balance(day: date, text: str, balance: Money) -> tuple[object, ...]:
    return (day.isoformat(), text, "", "", balance.amount, balance.currency, "")


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
