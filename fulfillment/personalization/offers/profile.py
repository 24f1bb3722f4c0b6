"""What a customer's own lines say of their money: months, buffers, what a card costs, hardship.

Everything here can be looked up by the customer: a month's figure is the sum of its lines without
transfers between own accounts, a balance is what the account held at the end of a day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fulfillment.bank.books import Account, AccountKind
from fulfillment.personalization.insights.entries import Entry
from fulfillment.personalization.insights.income import incomes
from fulfillment.personalization.insights.recurring import Recurring
from fulfillment.personalization.offers.rules import OfferRules

_DAY = timedelta(days=1)
_MONTHS = 6
_QUARTER = timedelta(days=90)
_YEAR = timedelta(days=365)
_BETWEEN_OWN = frozenset({"transfer", "opening"})
_HUNDRED = 100


class Sign(StrEnum):
    """A sign of hardship."""

    DAYS_BELOW = "days_below"
    OVERDRAFT = "overdraft"
    CARD_USED_UP = "card_used_up"


@dataclass(frozen=True, slots=True)
class Month:
    """A whole calendar month: what came in and went out, minor units, both positive."""

    first: date
    came_in: int
    went_out: int

    @property
    def left(self) -> int:
        return self.came_in - self.went_out


@dataclass(frozen=True, slots=True)
class Profile:
    """A customer's money in one currency, minor units. `lowest` is what checking held at its lowest
    end of day since `lowest_since`; `interest` what cards charged since `interest_since`."""

    today: date
    currency: str
    months: tuple[Month, ...]
    lowest: int
    lowest_since: date
    savings: int
    has_card: bool
    has_loan: bool
    owed: int
    interest: int
    interest_since: date
    debit_spent: int
    card_spent: int
    pay: Recurring | None
    signs: tuple[Sign, ...]

    @property
    def left_over(self) -> int:
        """What was left of an average month; negative when more went out than came in."""
        return _mean([month.left for month in self.months])

    @property
    def came_in(self) -> int:
        return _mean([month.came_in for month in self.months])

    @property
    def went_out(self) -> int:
        return _mean([month.went_out for month in self.months])


def profile_of(
    rules: OfferRules,
    accounts: Sequence[Account],
    entries: Sequence[Entry],
    found: Sequence[Recurring],
    today: date,
    since: date,
) -> Profile:
    """What the lines say. `since` is the first day from which they are whole, `found` what recurs
    in them. Accounts and lines in another currency than the rules' are left out."""
    own = [one for one in accounts if one.posted.currency == rules.currency]
    kinds = {one.account_id: one.kind for one in own}
    lines = [one for one in entries if one.account_id in kinds and one.currency == rules.currency]
    checking = [one for one in own if one.kind is AccountKind.CHECKING]
    cards = [one for one in own if one.kind is AccountKind.CREDIT_CARD]
    months = _months(lines, today, since)
    quarter = max(since, today - _QUARTER)
    held = _held(checking, lines, quarter, today)
    year = max(since, today - _YEAR)
    return Profile(
        today=today,
        currency=rules.currency,
        months=tuple(months),
        lowest=min(held, default=0),
        lowest_since=quarter,
        savings=sum(one.posted.minor for one in own if one.kind is AccountKind.SAVINGS),
        has_card=bool(cards),
        has_loan=AccountKind.LOAN in kinds.values(),
        owed=sum(max(0, -one.posted.minor) for one in cards),
        interest=_interest(lines, kinds, year),
        interest_since=year,
        debit_spent=_spent(lines, kinds, months, AccountKind.CHECKING),
        card_spent=_spent(lines, kinds, months, AccountKind.CREDIT_CARD),
        pay=next(iter(incomes(found)), None),
        signs=tuple(_signs(rules, checking, cards, lines, today)),
    )


def _months(lines: Iterable[Entry], today: date, since: date) -> list[Month]:
    """The last whole months, oldest first: none that began before `since`, none under way."""
    came: defaultdict[date, int] = defaultdict(int)
    went: defaultdict[date, int] = defaultdict(int)
    for one in lines:
        if one.kind not in _BETWEEN_OWN:
            sums = came if one.minor > 0 else went
            sums[one.day.replace(day=1)] += one.size
    months: list[Month] = []
    first = _month_before(today.replace(day=1))
    while first >= since and len(months) < _MONTHS:
        months.append(Month(first, came[first], went[first]))
        first = _month_before(first)
    return months[::-1]


def _held(
    accounts: Sequence[Account], lines: Sequence[Entry], first: date, last: date
) -> list[int]:
    """What `accounts` held together at the end of each day from `first` to `last`."""
    own = {one.account_id for one in accounts}
    if not own:
        return []
    moved: defaultdict[date, int] = defaultdict(int)
    for one in lines:
        if one.account_id in own:
            moved[one.day] += one.minor
    held = sum(one.posted.minor for one in accounts)
    day, ends = last, []
    while day >= first:
        ends.append(held)
        held -= moved[day]
        day -= _DAY
    return ends[::-1]


def _interest(lines: Iterable[Entry], kinds: dict[str, AccountKind], since: date) -> int:
    return sum(
        one.size
        for one in lines
        if one.kind == "interest"
        and one.minor < 0
        and one.day >= since
        and kinds[one.account_id] is AccountKind.CREDIT_CARD
    )


def _spent(
    lines: Iterable[Entry],
    kinds: dict[str, AccountKind],
    months: Sequence[Month],
    kind: AccountKind,
) -> int:
    """What cards on accounts of `kind` paid in an average month of `months`."""
    if not months:
        return 0
    firsts = {month.first for month in months}
    spent = sum(
        one.size
        for one in lines
        if one.kind == "card"
        and one.minor < 0
        and one.day.replace(day=1) in firsts
        and kinds[one.account_id] is kind
    )
    return round(spent / len(months))


def _signs(
    rules: OfferRules,
    checking: Sequence[Account],
    cards: Sequence[Account],
    lines: Sequence[Entry],
    today: date,
) -> Iterable[Sign]:
    hard = rules.hardship
    first = today - hard.window
    low = sum(held < hard.below for held in _held(checking, lines, first, today))
    if low >= hard.days_below:
        yield Sign.DAYS_BELOW
    fees = [
        one
        for one in lines
        if one.kind == "fee" and one.day > first and "overdraft" in one.party.casefold()
    ]
    if len(fees) >= hard.overdraft_fees:
        yield Sign.OVERDRAFT
    for one in cards:
        limit = one.credit_limit.minor
        if limit and -one.posted.minor * _HUNDRED >= limit * hard.card_used_percent:
            yield Sign.CARD_USED_UP
            return


def _mean(figures: Sequence[int]) -> int:
    return round(sum(figures) / len(figures)) if figures else 0


def _month_before(first: date) -> date:
    return (first - _DAY).replace(day=1)
