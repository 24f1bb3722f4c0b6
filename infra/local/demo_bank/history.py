"""Plays a demo life forward, day by day, into postings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from fulfillment.bank.books import Posting
from fulfillment.bank.money import Money
from infra.local.demo_bank.calendar import at, business_day, day_of, days_of, first_of_months
from infra.local.demo_bank.life import Habit, Life, Mishap, Recurring, Standing

CURRENCY = "USD"
_DECEMBER = 12


@dataclass
class History:
    """Collects the postings of one life; ids count up, so they are the same every time."""

    life: Life
    as_of: datetime
    rng: Random
    postings: list[Posting] = field(default_factory=list)
    _count: int = 0

    def play(self, months: int) -> list[Posting]:
        """Every posting of the life but the opening ones, in order of time."""
        firsts = first_of_months(self.as_of.date(), months)
        for index, month in enumerate(firsts):
            for item in self.life.recurring:
                self._recur(item, index, month)
            for habit in self.life.habits:
                self._indulge(habit, month)
            for standing in self.life.standing:
                self._stand(standing, month)
        for mishap in self.life.mishaps:
            self._happen(mishap)
        return sorted(self.postings, key=lambda p: (p.booked_at, p.posting_id))

    def _recur(self, item: Recurring, index: int, month: date) -> None:
        if not item.first <= index <= item.last or (index - item.first) % item.every:
            return
        raised = item.raised_in is not None and index >= item.raised_in
        amount = item.raised_to if raised else item.amount
        if item.jitter:
            amount += self.rng.randint(-item.jitter, item.jitter)
        when = at(business_day(day_of(month, item.day)), self.rng, 12, 14)
        self._book(item.account, when, item.text, amount, item.kind, item.category, item.merchant)

    def _indulge(self, habit: Habit, month: date) -> None:
        for day in days_of(month):
            chance = habit.per_month / 30.4
            if day.weekday() >= 5:
                chance *= habit.weekend
            if day.month == _DECEMBER and habit.category == "shopping":
                chance *= 2
            if self.rng.random() < chance:
                merchant = self.rng.choice(habit.merchants)
                amount = -self._price(habit.low, habit.high)
                self._book(
                    habit.account, at(day, self.rng), merchant, amount, habit.kind, habit.category
                )

    def _price(self, low: int, high: int) -> int:
        """Small prices are commoner than large ones; most end in 9 or 5."""
        cents = int(self.rng.triangular(low, high, low + (high - low) * 0.3))
        return cents if self.rng.random() < 0.4 else cents // 10 * 10 + 9

    def _stand(self, standing: Standing, month: date) -> None:
        when = at(business_day(day_of(month, standing.day)), self.rng, 14, 16)
        amount = standing.amount
        if standing.clears_card:
            owed = -self._owed_before(standing.destination, when)
            amount = max(0, owed)
        if amount and when < self.as_of:
            self._transfer(standing.source, standing.destination, when, amount)

    def _owed_before(self, account: str, when: datetime) -> int:
        return sum(
            p.amount.minor for p in self.postings if p.account_id == account and p.booked_at < when
        )

    def _happen(self, mishap: Mishap) -> None:
        when = at((self.as_of - timedelta(days=mishap.days_ago)).date(), self.rng)
        self._book(
            mishap.account, when, mishap.text, mishap.amount, mishap.kind, mishap.category,
            mishap.merchant,
        )  # fmt: skip

    def _book(
        self,
        account: str,
        when: datetime,
        text: str,
        amount: int,
        kind: str,
        category: str,
        merchant: bool = True,
    ) -> None:
        if when >= self.as_of:
            return
        name = self._next_id()
        self._append(account, name, f"H-{name}", when, amount, kind, text, category, merchant)

    def _transfer(self, source: str, destination: str, when: datetime, amount: int) -> None:
        transfer = f"H-{self._next_id()}"
        names = {plan.key: plan.name for plan in self.life.accounts}
        for account, other, sign, word in (
            (source, destination, -1, "to"),
            (destination, source, 1, "from"),
        ):
            text = f"Transfer {word} {names[other]}"
            name = self._next_id()
            self._append(
                account, name, transfer, when, sign * amount, "transfer", text, "transfer", False
            )

    def _append(
        self,
        account: str,
        name: str,
        transfer: str,
        when: datetime,
        amount: int,
        kind: str,
        text: str,
        category: str,
        merchant: bool,
    ) -> None:
        self.postings.append(
            Posting(
                customer_id=self.life.customer_id,
                account_id=account,
                posting_id=name,
                transfer_id=transfer,
                booked_at=when,
                amount=Money(amount, CURRENCY),
                kind=kind,
                description=text,
                merchant=text if merchant else None,
                category=category,
                counterparty=None,
            )
        )

    def _next_id(self) -> str:
        self._count += 1
        return f"{self.life.customer_id}-{self._count:06d}"
