"""Plays a demo life forward, month by month, into postings."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

from fulfillment.bank.books import Posting
from infra.local.demo_bank.buying import buy
from infra.local.demo_bank.calendar import at, business_day, day_of, days_of, first_of_months
from infra.local.demo_bank.extras import Extras
from infra.local.demo_bank.life import Habit, Life, Recurring, Standing
from infra.local.demo_bank.lines import Lines

_DECEMBER = 12


def play(life: Life, seed: int, as_of: datetime, months: int) -> list[Posting]:
    """Every line of the life but the opening ones, to the end of the month of `as_of`, by time.

    Nothing is cut at `as_of`: what is still to come is drawn too, so that a later hour of the same
    day changes no line that is there already.
    """
    lines = Lines(life)
    today = as_of.astimezone(lines.zone).date()
    history = _History(lines, Random(f"{seed}:{life.customer_id}"))  # noqa: S311 - invented lives
    extras = Extras(lines, seed)
    for mishap in life.mishaps:
        extras.happen(mishap, today)
    for index, month in enumerate(first_of_months(today, months)):
        history.month(index, month)
        extras.month(index, month)
        history.settle(month)
    return sorted(lines.postings, key=lambda p: (p.booked_at, p.posting_id))


class _History:
    """What recurs and what is done by habit, drawn from one stream of chance."""

    def __init__(self, lines: Lines, rng: Random) -> None:
        self.lines = lines
        self.rng = rng

    def month(self, index: int, month: date) -> None:
        for item in self.lines.life.recurring:
            self._recur(item, index, month)
        for habit in self.lines.life.habits:
            self._indulge(habit, month)

    def settle(self, month: date) -> None:
        """Transfers come last, since what a card owes depends on all that was bought."""
        for standing in self.lines.life.standing:
            self._stand(standing, month)

    def _recur(self, item: Recurring, index: int, month: date) -> None:
        if not item.is_due(index):
            return
        amount = item.amount_in(index, month.month)
        if item.jitter:
            amount += self.rng.randint(-item.jitter, item.jitter)
        when = at(business_day(day_of(month, item.day)), self.rng, self.lines.zone, 6, 8)
        self.lines.book(
            item.account, when, item.text, amount, item.kind, item.category, merchant=item.merchant
        )

    def _indulge(self, habit: Habit, month: date) -> None:
        for day in days_of(month):
            chance = habit.per_month / 30.4
            if day.weekday() >= 5:
                chance *= habit.weekend
            if day.month == _DECEMBER and habit.category == "shopping":
                chance *= 2
            if self.rng.random() < chance:
                buy(self.lines, habit, day, self.rng)

    def _stand(self, standing: Standing, month: date) -> None:
        day = business_day(day_of(month, standing.day))
        when = at(day, self.rng, self.lines.zone, 8, 10)
        amount = standing.amount
        if standing.clears_card:
            amount = max(0, self.lines.owed(standing.destination, when))
        if amount:
            self.lines.transfer(standing.source, standing.destination, when, amount)
