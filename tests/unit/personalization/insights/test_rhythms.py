from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.period_points import months_later
from fulfillment.personalization.insights.rhythms import Rhythm, Shift, rhythm_of

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def _months(start: date, on: int, every: int, times: int) -> list[date]:
    firsts = [months_later(start.replace(day=1), number * every) for number in range(times)]
    return [min(f + timedelta(on - 1), months_later(f, 1) - timedelta(1)) for f in firsts]


@given(DAYS, st.integers(1, 31), st.sampled_from([1, 2, 3, 6]), st.integers(3, 12))
def test_what_falls_on_a_day_of_every_so_many_months_is_found_and_foretold(
    start: date, on: int, every: int, times: int
) -> None:
    *days, following = _months(start, on, every, times + 1)
    found = rhythm_of(days)
    assert found is not None
    assert found.months == every
    assert abs((next(found.to_come(days[-1], date.max)) - following).days) <= 3


@given(DAYS, st.integers(1, 28), st.integers(6, 14))
def test_due_dates_on_a_weekend_are_booked_before_it_as_they_were(
    start: date, on: int, times: int
) -> None:
    days = [day - timedelta(max(0, day.weekday() - 4)) for day in _months(start, on, 1, times + 1)]
    found = rhythm_of(days[:-1])
    assert found is not None
    apart = abs(found.on[0] - on)
    assert min(apart, 31 - apart) <= 3
    if found.on == (on,) and found.shift is Shift.BEFORE:
        assert next(found.to_come(days[-2], date.max)) == days[-1]


@given(DAYS, st.sampled_from([7, 14]), st.integers(4, 30))
def test_every_week_and_every_other_week_are_told_apart(
    start: date, length: int, times: int
) -> None:
    days = [start + timedelta(length * number) for number in range(times)]
    assert rhythm_of(days) == Rhythm(days=length)


def test_a_time_that_was_missed_breaks_no_rhythm() -> None:
    days = _months(date(2026, 1, 1), 12, 1, 9)
    del days[4]
    assert rhythm_of(days) == Rhythm(months=1, on=(12,))


def test_pay_twice_a_month_is_one_rhythm() -> None:
    days = [date(2026, month, day) for month in range(1, 7) for day in (10, 24)]
    found = rhythm_of(days)
    assert found is not None
    assert (found.on, found.per_year) == ((10, 24), 24)
    assert next(found.to_come(days[-1], date(2026, 8, 1))) == date(2026, 7, 10)


def test_the_last_of_a_month_stays_the_last() -> None:
    days = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]
    found = rhythm_of(days)
    assert found is not None
    assert next(found.to_come(days[-1], date(2026, 12, 31))) == date(2026, 5, 31)


@pytest.mark.parametrize("often", [2, 5, 9, 25])
def test_days_by_chance_have_no_rhythm_but_for_a_rare_accident(often: int) -> None:
    """What is bought now and then is not due on any day; one in twenty passes at the very most."""
    dice, found = Random(often), 0
    for _ in range(300):
        days = [date(2026, 1, 1) + timedelta(dice.randrange(300)) for _ in range(often * 2 + 1)]
        found += rhythm_of(days) is not None
    assert found <= 15


def test_a_single_day_has_no_rhythm() -> None:
    assert rhythm_of([]) is None
    assert rhythm_of([date(2026, 3, 1), date(2026, 3, 1)]) is None
