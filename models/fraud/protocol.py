"""The Fraud Detection Handbook's way to test: a week of training, a week's delay, a week of test.

A model may be trained on more than the week, if it ends where the week ends. On a test day the
customers are left out whose card was known as compromised: those with a fraud between the start
of the training week and eight days before the test day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from fulfillment.fraud.facts import DAY_S
from fulfillment.fraud.features.state import FRAUDS
from models.fraud.history import History, Integers
from models.fraud.replay import World

FraudDays = dict[str, set[int]]

WEEK_D = 7
TEST_WEEKS = ("2018-08-08", "2018-08-15", "2018-08-22", "2018-08-29")
"""The first days of the book's four test weeks."""
PUBLISHED_FIRST_WEEK = {"logistic": 0.606, "forest": 0.658, "xgboost": 0.639}
PUBLISHED_TUNED = {"logistic": 0.623, "forest": 0.678, "xgboost": 0.687}


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` to before `end`, UTC in seconds."""

    start: int
    end: int

    def rows(self, history: History) -> Integers:
        first, last = np.searchsorted(history.at, [self.start, self.end])
        return np.arange(int(first), int(last), dtype=np.int64)


def seconds(day: str) -> int:
    """The first second of a day (`2018-08-08`), or an ISO instant, in UTC."""
    moment = datetime.fromisoformat(day)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def iso_day(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).date().isoformat()


def days_later(moment: int, days: float) -> int:
    return moment + int(timedelta(days=days).total_seconds())


def week_of(first_day: str) -> Window:
    start = seconds(first_day)
    return Window(start, days_later(start, WEEK_D))


def training_window(test: Window, days: int, delay_d: int = WEEK_D) -> Window:
    """The `days` whose labels are all known when the test begins."""
    end = days_later(test.start, -delay_d)
    return Window(days_later(end, -days), end)


def without_known_cards(
    history: History, test: Window, fraud_days: FraudDays, delay_d: int = WEEK_D
) -> Integers:
    """The test's rows without customers whose card was known as compromised on the day."""
    first = days_later(test.start, -delay_d - WEEK_D) // DAY_S
    kept = [
        row
        for row in test.rows(history).tolist()
        if not any(
            first <= day <= int(history.at[row]) // DAY_S - delay_d - 1
            for day in fraud_days.get(history.customer[row], ())
        )
    ]
    return np.asarray(kept, dtype=np.int64)


def fraud_days(history: History, before: World | None = None) -> FraudDays:
    """On which days each customer met fraud, by the history and by the states before it."""
    days: FraudDays = {}
    for row in np.flatnonzero(history.fraud).tolist():
        days.setdefault(history.customer[row], set()).add(int(history.at[row]) // DAY_S)
    if before is not None:
        for _, customer, _, day, _ in before.pending:
            days.setdefault(customer, set()).add(day)
        for customer, state in before.customers.items():
            met = {day for day, bucket in state.days.items() if bucket[FRAUDS] > 0}
            if met:
                days.setdefault(customer, set()).update(met)
    return days
