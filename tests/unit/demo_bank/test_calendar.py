"""Days and hours of a history are those of the customer's own calendar."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from infra.local.demo_bank.calendar import at, business_day, day_of, days_of, first_of_months

days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(days, st.integers(1, 36))
def test_months_are_firsts_in_a_row_that_end_with_the_current_one(day: date, count: int) -> None:
    firsts = first_of_months(day, count)
    assert len(firsts) == count
    assert firsts[-1] == day.replace(day=1)
    assert all(list(days_of(a))[-1] + timedelta(days=1) == b for a, b in pairwise(firsts))


@given(days, st.integers(1, 31))
def test_a_day_that_a_month_lacks_is_its_last_day(day: date, wanted: int) -> None:
    month = day.replace(day=1)
    found = day_of(month, wanted)
    assert found in set(days_of(month))
    assert found.day == min(wanted, len(list(days_of(month))))


@given(days)
def test_business_is_done_on_the_day_or_the_friday_before(day: date) -> None:
    booked = business_day(day)
    assert booked.weekday() < 5
    assert timedelta(0) <= day - booked <= timedelta(days=2)


@given(days, st.sampled_from(["America/New_York", "America/Phoenix", "America/Los_Angeles"]))
def test_an_hour_is_one_of_the_customers_day(day: date, name: str) -> None:
    zone = ZoneInfo(name)
    local = at(day, Random(1), zone).astimezone(zone)
    assert local.date() == day
    assert 9 <= local.hour < 20
