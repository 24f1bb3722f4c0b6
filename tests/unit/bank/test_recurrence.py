"""Due days are counted from the first one, so a short month moves none of the others."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.recurrence import LAST_DAY, Frequency, Recurrence, leaves_at

days = st.dates(date(2020, 1, 1), date(2090, 12, 31))


def due_days(recurrence: Recurrence, count: int) -> list[str]:
    return [str(recurrence.due(index)) for index in range(count)]


@pytest.mark.parametrize(
    ("recurrence", "expected"),
    [
        (Recurrence.once(date(2026, 3, 6)), ["2026-03-06", "None"]),
        (
            Recurrence(Frequency.WEEKLY, date(2026, 3, 6), 6),
            ["2026-03-06", "2026-03-13", "2026-03-20"],
        ),
        (
            Recurrence(Frequency.EVERY_TWO_WEEKS, date(2026, 12, 25), 25),
            ["2026-12-25", "2027-01-08", "2027-01-22"],
        ),
        (
            Recurrence(Frequency.MONTHLY, date(2026, 1, 31), 31),
            ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"],
        ),
        (
            Recurrence(Frequency.MONTHLY, date(2026, 11, 30), LAST_DAY),
            ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"],
        ),
        (
            Recurrence(Frequency.MONTHLY, date(2027, 12, 29), 29),
            ["2027-12-29", "2028-01-29", "2028-02-29", "2028-03-29"],
        ),
        (
            Recurrence(Frequency.MONTHLY, date(2026, 12, 30), 30),
            ["2026-12-30", "2027-01-30", "2027-02-28", "2027-03-30"],
        ),
        (
            Recurrence(Frequency.YEARLY, date(2028, 2, 29), 29),
            ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"],
        ),
        (
            Recurrence(Frequency.MONTHLY, date(2026, 3, 1), 1, times=2),
            ["2026-03-01", "2026-04-01", "None"],
        ),
        (
            Recurrence(Frequency.MONTHLY, date(2026, 3, 1), 1, until=date(2026, 4, 30)),
            ["2026-03-01", "2026-04-01", "None"],
        ),
        (
            Recurrence(Frequency.WEEKLY, date(2026, 3, 6), 6, until=date(2026, 3, 13)),
            ["2026-03-06", "2026-03-13", "None"],
        ),
    ],
)
def test_due_days_follow_the_calendar(recurrence: Recurrence, expected: list[str]) -> None:
    assert due_days(recurrence, len(expected)) == expected


@pytest.mark.parametrize(
    ("recurrence", "last"),
    [
        (Recurrence.once(date(2026, 3, 6)), date(2026, 3, 6)),
        (Recurrence(Frequency.WEEKLY, date(2026, 3, 6), 6), None),
        (Recurrence(Frequency.WEEKLY, date(2026, 3, 6), 6, times=3), date(2026, 3, 20)),
        (
            Recurrence(Frequency.MONTHLY, date(2026, 1, 31), 31, until=date(2026, 3, 1)),
            date(2026, 2, 28),
        ),
    ],
)
def test_the_last_due_day_is_known_when_there_is_an_end(
    recurrence: Recurrence, last: date | None
) -> None:
    assert recurrence.last == last


@given(days, st.sampled_from([f for f in Frequency if f is not Frequency.ONCE]))
def test_every_due_day_is_later_than_the_one_before(start: date, frequency: Frequency) -> None:
    due = [Recurrence(frequency, start, start.day).due(index) for index in range(30)]
    assert due[0] == start
    assert all(a is not None and b is not None and a < b for a, b in pairwise(due))


@given(days, st.integers(29, 31), st.integers(0, 60))
def test_a_month_has_its_day_or_else_its_last_one(start: date, day: int, index: int) -> None:
    last_of_first = calendar.monthrange(start.year, start.month)[1]
    first = start.replace(day=min(day, last_of_first))
    due = Recurrence(Frequency.MONTHLY, first, day).due(index)
    assert due is not None
    assert due.day == min(day, calendar.monthrange(due.year, due.month)[1])


def test_a_payment_leaves_at_six_by_the_customers_clock_in_summer_and_winter() -> None:
    assert leaves_at(date(2026, 1, 5), "America/New_York") == datetime(2026, 1, 5, 11, tzinfo=UTC)
    assert leaves_at(date(2026, 7, 5), "America/New_York") == datetime(2026, 7, 5, 10, tzinfo=UTC)
