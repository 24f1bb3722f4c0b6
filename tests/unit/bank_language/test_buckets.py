"""A period is the sum of its buckets: every day of it once, no other day, and few of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.buckets import Buckets, buckets_of, months_in
from fulfillment.bank.periods import Period, month_of, parse_period

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def days_of(period: Period) -> list[date]:
    return [period.start + n * DAY for n in range((period.end - period.start).days)]


@pytest.mark.parametrize(
    ("said", "months", "days"),
    [
        ("last month", ["2026-10-01"], []),
        ("this month", ["2026-11-01"], []),
        ("this year", [f"2026-{month:02d}-01" for month in range(1, 12)], []),
        ("last 10 days", [], [("2026-11-14", "2026-11-24")]),
        ("last 30 days", ["2026-11-01"], [("2026-10-25", "2026-11-01")]),
        ("from october 20 to november 9", [], [("2026-10-20", "2026-11-10")]),
        ("from september 20 to november 9", ["2026-10-01"],
         [("2026-09-20", "2026-10-01"), ("2026-11-01", "2026-11-10")]),
    ],
)  # fmt: skip
def test_whole_months_are_months_and_the_rest_is_days(
    said: str, months: list[str], days: list[tuple[str, str]]
) -> None:
    period = parse_period(said, TODAY)
    assert period is not None
    found = buckets_of(period, TODAY)
    whole = list(months_in(found.months)) if found.months else []
    assert [month.isoformat() for month in whole] == months
    assert [(run.start.isoformat(), run.end.isoformat()) for run in found.days] == days


@given(st.integers(0, 1500), st.integers(1, 1500))
def test_every_day_is_in_one_bucket(back: int, length: int) -> None:
    start = TODAY - back * DAY
    period = Period(start, min(start + length * DAY, TODAY + DAY))
    found = buckets_of(period, TODAY)
    counted = [day for run in found.days for day in days_of(run)]
    assert len(counted) < 62
    if found.months:
        whole = [day for month in months_in(found.months) for day in days_of(month_of(month))]
        counted += [day for day in whole if day <= TODAY]
    assert sorted(counted) == days_of(period)


def test_a_day_is_a_bucket_of_its_own() -> None:
    today = Period(TODAY, TODAY + DAY)
    assert buckets_of(today, TODAY) == Buckets(None, (today,))
