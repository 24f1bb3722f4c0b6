"""What breaks a demo life's routine: returns, treats after payday, payments to friends, mishaps.

Each kind draws from a stream of its own, so that a new one changes no figure of the others.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from fulfillment.bank.books import Posting
from infra.local.demo_bank.buying import buy
from infra.local.demo_bank.calendar import at, business_day, day_of, days_of
from infra.local.demo_bank.life import Habit, Mishap, PayeePayment
from infra.local.demo_bank.lines import Lines

_TREATS = frozenset({"dining", "shopping", "entertainment"})
_TREAT_DAYS = 4
_RETURN_DAYS = (4, 12)


class Extras:
    """Adds to a month what its routine does not hold."""

    def __init__(self, lines: Lines, seed: int) -> None:
        self.lines = lines
        self._streams = {
            kind: Random(f"{seed}:{lines.life.customer_id}:{kind}")  # noqa: S311 - invented lives
            for kind in ("visits", "treats", "returns", "payments", "mishaps")
        }

    def month(self, index: int, month: date) -> None:
        """Everything but mishaps, which have their own days."""
        bought = [p for p in self.lines.postings if self._day(p) >= month]
        for habit in self.lines.life.habits:
            self._visit_more(habit, month, bought)
        self._treat(bought)
        for payment in self.lines.life.payments:
            self._pay(payment, index, month)
        if index in self.lines.life.returns:
            self._return(bought)

    def happen(self, mishap: Mishap, today: date) -> None:
        """A charge by mistake comes twice, a minute or three apart."""
        rng = self._streams["mishaps"]
        when = at(today - timedelta(days=mishap.days_ago), rng, self.lines.zone)
        for _ in range(1 + mishap.twice):
            self.lines.book(
                mishap.account, when, mishap.text, mishap.amount, mishap.kind, mishap.category,
                merchant=mishap.merchant,
            )  # fmt: skip
            when += timedelta(seconds=rng.randint(40, 180))

    def _visit_more(self, habit: Habit, month: date, bought: list[Posting]) -> None:
        rng = self._streams["visits"]
        visits = sum(p.merchant in habit.merchants for p in bought)
        for day in rng.sample(list(days_of(month)), max(0, habit.at_least - visits)):
            buy(self.lines, habit, day, rng)

    def _treat(self, bought: list[Posting]) -> None:
        """Who lives from payday to payday spends more in the days after one."""
        rng, spree = self._streams["treats"], self.lines.life.payday_spree
        paydays = [self._day(p) for p in bought if p.kind == "salary"] if spree else []
        for payday in paydays:
            for habit in self.lines.life.habits:
                for later in range(_TREAT_DAYS):
                    if habit.category in _TREATS and rng.random() < spree * habit.per_month / 30.4:
                        buy(self.lines, habit, payday + timedelta(days=later), rng)

    def _pay(self, payment: PayeePayment, index: int, month: date) -> None:
        if index < payment.first or (index - payment.first) % payment.every:
            return
        rng = self._streams["payments"]
        payee = next(p for p in self.lines.life.payees if p.key == payment.payee)
        when = at(business_day(day_of(month, payment.day)), rng, self.lines.zone)
        self.lines.book(
            payment.account, when, payee.name, -payment.amount, "payment", payment.category,
            merchant=False,
        )  # fmt: skip

    def _return(self, bought: list[Posting]) -> None:
        """The dearest thing that was bought in a shop goes back, for the whole price."""
        rng = self._streams["returns"]
        shopping = [p for p in bought if p.category == "shopping" and p.kind == "card"]
        if not shopping:
            return
        dearest = min(shopping, key=lambda p: p.amount.minor)
        day = self._day(dearest) + timedelta(days=rng.randint(*_RETURN_DAYS))
        when = at(day, rng, self.lines.zone)
        self.lines.book(
            dearest.account_id, when, dearest.description, -dearest.amount.minor, "refund",
            "shopping",
        )  # fmt: skip

    def _day(self, posting: Posting) -> date:
        return posting.booked_at.astimezone(self.lines.zone).date()
