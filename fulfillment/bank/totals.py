"""What booked lines add up to: spent by category, earned, moved between own accounts. Pure.

A tally is a set of counters in minor units (and, for `n_` and `k_`, in pieces). A line adds to the
tallies of its account's day and month, and of whoever was paid or paid; a tally of a longer time
is the sum of the shorter ones. A line's opposite takes off exactly what the line put on, but for
the count of purchases: what comes back is told as refunded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from fulfillment.bank.books import Posting
from fulfillment.bank.categories import CATEGORIES, OTHER
from fulfillment.bank.money import Money

Tally = Mapping[str, int]
"""Counter name to its figure. An absent one is zero."""

# A refund lowers spending; money between the customer's own accounts is not spending at all.
SPENDING_KINDS = frozenset({"card", "direct_debit", "refund", "fee", "cash", "payment", "interest"})
PAYMENTS = "payments"
"""The heading of payments to people, who have no category."""
HEADINGS = (*sorted(CATEGORIES), PAYMENTS, OTHER)
_BY_KIND = {"fee": "fees", "interest": "fees", "cash": "cash", "payment": PAYMENTS}
_SOURCES = {"salary": "pay", "interest": "interest"}


@dataclass(frozen=True, slots=True)
class Spending:
    """`total` is positive for money out, net of refunds; `purchases` does not count refunds.

    `by_category` holds what each heading took, net, the largest first, without those that gave
    more back than they took.
    """

    total: Money
    purchases: int
    refunded: Money
    by_category: tuple[tuple[str, Money], ...] = ()


@dataclass(frozen=True, slots=True)
class Income:
    """What was earned: `pay` (wages, invoices, pensions, benefits) in `payments` pieces, and the
    interest a balance bore. Money between own accounts and what came back is none."""

    total: Money
    pay: Money
    payments: int
    interest: Money


@dataclass(frozen=True, slots=True)
class Totals:
    """The tally of some time, in one currency."""

    currency: str
    tally: Tally

    @classmethod
    def of(cls, postings: Iterable[Posting], currency: str) -> Totals:
        """The totals of those `postings` that are in `currency`."""
        lines = (line for line in postings if line.amount.currency == currency)
        return cls(currency, added_up(counted(line) for line in lines))

    def spending(self, category: str | None = None) -> Spending:
        """All that was spent, or what was spent on one category."""
        headings = (category,) if category is not None else HEADINGS
        out = {one: self._figure("out", one) - self._figure("back", one) for one in headings}
        ranked = sorted(out.items(), key=lambda item: (-item[1], item[0]))
        return Spending(
            self._money(sum(out.values())),
            sum(self._figure("n", one) for one in headings),
            self._money(sum(self._figure("back", one) for one in headings)),
            tuple((name, self._money(minor)) for name, minor in ranked if minor > 0),
        )

    @property
    def income(self) -> Income:
        pay, interest = self._figure("in", "pay"), self._figure("in", "interest")
        return Income(
            self._money(pay + interest),
            self._money(pay),
            self._figure("k", "pay"),
            self._money(interest),
        )

    @property
    def money_in(self) -> Money:
        """Everything that came in: own transfers and refunds too."""
        return self._money(self.tally.get("cr", 0))

    @property
    def money_out(self) -> Money:
        """Everything that went out, as a positive sum."""
        return self._money(self.tally.get("dr", 0))

    @property
    def refunded(self) -> Money:
        """What merchants gave back."""
        return self.spending().refunded

    def __add__(self, other: Totals) -> Totals:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return Totals(self.currency, added_up((self.tally, other.tally)))

    def _figure(self, what: str, heading: str) -> int:
        return self.tally.get(f"{what}_{heading}", 0)

    def _money(self, minor: int) -> Money:
        return Money(minor, self.currency)


def counted(posting: Posting) -> dict[str, int]:
    """What a line adds to the tally of its account."""
    minor = posting.amount.minor
    adds = {"cr": minor} if minor > 0 else {"dr": -minor}
    if posting.kind == "transfer":
        adds |= {"own_in": minor} if minor > 0 else {"own_out": -minor}
    elif is_spending(posting):
        heading = heading_of(posting)
        spent = {f"out_{heading}": -minor, f"n_{heading}": 1}
        adds |= spent if minor < 0 else {f"back_{heading}": minor}
    elif is_income(posting):
        source = _SOURCES[posting.kind]
        adds |= {f"in_{source}": minor, f"k_{source}": 1 if minor > 0 else -1}
    return adds


def counted_with_party(posting: Posting) -> dict[str, int]:
    """What a line adds to the tally of whom it names: nothing unless it was spent or earned."""
    minor = posting.amount.minor
    if is_spending(posting):
        return {"out": -minor, "n": 1} if minor < 0 else {"back": minor}
    if is_income(posting):
        return {"in": minor, "k": 1 if minor > 0 else -1}
    return {}


def party_of(posting: Posting) -> str | None:
    """Whom the money went to or came from, as the bank writes the name; cash goes to nobody."""
    return None if posting.kind == "cash" else posting.merchant or posting.counterparty


def is_spending(posting: Posting) -> bool:
    """Interest earned is income, interest charged is spending."""
    if posting.kind == "interest":
        return posting.amount.minor < 0
    return posting.kind in SPENDING_KINDS


def is_income(posting: Posting) -> bool:
    return posting.kind == "salary" or (posting.kind == "interest" and posting.amount.minor > 0)


def heading_of(posting: Posting) -> str:
    """The heading under which a line is spent."""
    if posting.category in CATEGORIES:
        return posting.category
    return _BY_KIND.get(posting.kind, OTHER)


def day_of(booked_at: datetime, zone: str) -> date:
    """The customer's own calendar day of a booking. `zone` is an IANA name."""
    return booked_at.astimezone(ZoneInfo(zone)).date()


def added_up(tallies: Iterable[Tally]) -> dict[str, int]:
    """The sum of tallies, counter by counter."""
    total: Counter[str] = Counter()
    for tally in tallies:
        total.update(tally)
    return dict(total)
