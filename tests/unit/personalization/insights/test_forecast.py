from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from fulfillment.personalization.insights.entries import Entry
from fulfillment.personalization.insights.forecast import Expected, Forecast, forecast
from fulfillment.personalization.insights.recurring import find_recurring
from tests.unit.personalization.insights.lines import line, monthly

TODAY = date(2026, 9, 20)


def _everyday(low: int, high: int, seed: int = 1) -> list[Entry]:
    dice = Random(seed)
    return [
        line(TODAY - timedelta(back), f"Shop {back % 7}", -dice.randrange(low, high))
        for back in range(1, 180)
    ]


def _told(
    lines: list[Entry], balance: int, days: int = 30, scheduled: tuple[Expected, ...] = ()
) -> Forecast:
    found = find_recurring(lines, TODAY)
    told = forecast(lines, found, balance, TODAY, days, scheduled)
    assert told is not None
    return told


def test_rent_and_pay_stand_at_their_dates() -> None:
    lines = monthly("Rent", [-90_000] * 9, "direct_debit", "housing", on=2)
    lines += monthly("Salary", [250_000] * 9, "salary", "income", on=1)
    told = _told(lines, 10_000)
    assert [(one.day, one.minor) for one in told.expected] == [
        (date(2026, 10, 1), 250_000),
        (date(2026, 10, 2), -90_000),
    ]
    assert told.on(date(2026, 9, 30)).middle == 10_000
    assert told.on(date(2026, 10, 1)).middle == 260_000
    assert told.on(date(2026, 10, 20)).middle == 170_000


def test_everyday_spending_widens_the_interval_with_time() -> None:
    told = _told(_everyday(1000, 9000), 500_000)
    week, month = told.on(TODAY + timedelta(7)), told.on(TODAY + timedelta(30))
    assert week.low < week.middle < week.high < 500_000
    assert month.high - month.low > week.high - week.low
    assert abs(500_000 - month.middle - 30 * 5000) < 15_000


def test_the_same_lines_give_the_same_forecast() -> None:
    lines = _everyday(1000, 9000)
    assert _told(lines, 100_000) == _told(lines, 100_000)


@settings(max_examples=25)
@given(st.integers(-100_000, 500_000), st.integers(1, 5), st.integers(1, 30))
def test_a_balance_moves_every_figure_by_itself(balance: int, seed: int, days: int) -> None:
    lines = _everyday(500, 4000, seed)
    told, zero = _told(lines, balance, days), _told(lines, 0, days)
    span, base = told.on(TODAY + timedelta(days)), zero.on(TODAY + timedelta(days))
    assert span.low == base.low + balance
    assert span.low <= span.middle <= span.high


def test_running_out_before_payday_is_foreseen_and_enough_is_enough() -> None:
    lines = _everyday(1000, 3000) + monthly("Salary", [250_000] * 9, "salary", "income", on=1)
    payday = date(2026, 10, 1)
    poor, rich = _told(lines, 10_000), _told(lines, 200_000)
    assert poor.chance_below(0, payday) > 0.9
    assert rich.chance_below(0, payday) == 0
    day, span = poor.lowest(payday)
    assert day == date(2026, 9, 30)
    assert span.middle < 0


def test_what_is_ordered_besides_counts_too() -> None:
    lines = monthly("Rent", [-90_000] * 9, "direct_debit", "housing", on=2)
    day = TODAY + timedelta(3)
    told = _told(lines, 10_000, 7, (Expected(day, -4_000, "Anna"),))
    assert told.on(day - timedelta(1)).middle == 10_000
    assert told.on(day).middle == 6_000


def test_a_history_of_days_foretells_nothing() -> None:
    lines = [line(TODAY - timedelta(5), "Shop", -500)]
    assert forecast(lines, [], 10_000, TODAY, 30) is None
    assert forecast([], [], 10_000, TODAY, 30) is None
