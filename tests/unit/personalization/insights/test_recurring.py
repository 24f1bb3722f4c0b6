from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from fulfillment.personalization.insights.income import incomes, next_payday
from fulfillment.personalization.insights.price_changes import price_rises, trials
from fulfillment.personalization.insights.recurring import find_recurring, going_out
from tests.unit.personalization.insights.lines import line, monthly

TODAY = date(2026, 9, 20)


def test_a_subscription_is_found_with_its_price_and_its_next_date() -> None:
    (found,) = find_recurring(monthly("Netflix", [-1549] * 9), TODAY)
    assert (found.party, found.amount, found.varies) == ("Netflix", -1549, False)
    assert found.next_on == date(2026, 10, 8)
    assert found.is_active
    assert found.is_subscription


@given(st.integers(100, 50_000), st.integers(3, 9), st.integers(1, 31))
def test_equal_charges_on_a_day_of_the_month_are_always_found(
    price: int, times: int, on: int
) -> None:
    lines = monthly("Gym", [-price] * times, category="health", on=on)
    today = lines[-1].day + timedelta(3)
    (found,) = find_recurring(lines, today)
    assert [one.entry_id for one in found.entries] == [one.entry_id for one in lines]
    assert today < found.next_on <= today + timedelta(33)


def test_a_price_rise_is_told_once_with_what_it_costs_in_a_year() -> None:
    found = find_recurring(monthly("Netflix", [-1549] * 5 + [-1799] * 4), TODAY)
    (rise,) = price_rises(found, TODAY)
    assert (rise.before, rise.now, rise.percent, rise.a_year) == (1549, 1799, 16, 3000)
    assert rise.since == date(2026, 6, 8)


def test_a_price_that_fell_is_no_rise() -> None:
    found = find_recurring(monthly("Netflix", [-1799] * 5 + [-1549] * 4), TODAY)
    assert price_rises(found, TODAY) == []


def test_a_price_far_back_is_not_news_any_more() -> None:
    lines = monthly("Netflix", [-1549] * 3 + [-1799] * 18, first=date(2025, 1, 1))
    assert price_rises(find_recurring(lines, TODAY), TODAY) == []


def test_a_bill_that_varies_is_estimated_from_its_last_ones() -> None:
    amounts = [-9000, -14_200, -7000, -12_000, -10_500, -8200, -9900, -11_000]
    (found,) = find_recurring(monthly("City Power", amounts, "direct_debit", "utilities"), TODAY)
    assert found.varies
    assert found.amount == -9900


def test_a_habit_recurs_on_no_day_and_at_no_price() -> None:
    dice = Random(1)
    lines = [
        line(date(2026, 1, 1) + timedelta(dice.randrange(250)), "Coffee", -dice.randrange(300, 900))
        for _ in range(120)
    ]
    assert find_recurring(lines, TODAY) == []


def test_a_subscription_is_found_among_other_purchases_at_the_same_merchant() -> None:
    dice = Random(2)
    bought = [
        line(
            date(2026, 1, 1) + timedelta(dice.randrange(250)), "Amazon", -dice.randrange(999, 9999)
        )
        for _ in range(30)
    ]
    (found,) = find_recurring(bought + monthly("Amazon", [-1499] * 9), TODAY)
    assert (found.amount, len(found.entries)) == (-1499, 9)


def test_one_that_stopped_is_not_under_way() -> None:
    (found,) = find_recurring(monthly("Hulu", [-799] * 5), TODAY)
    assert not found.is_active
    assert going_out([found]) == []


def test_own_transfers_recur_but_cost_nothing() -> None:
    found = find_recurring(monthly("Savings", [-45_000] * 9, "transfer", "transfer"), TODAY)
    assert len(found) == 1
    assert going_out(found) == []


def test_two_fees_a_month_apart_are_no_subscription() -> None:
    lines = monthly("Minimum balance fee", [-1200] * 2, "fee", "fees", first=date(2026, 8, 1))
    assert find_recurring(lines, TODAY) == []


def test_a_trial_that_turned_paid_is_told_and_is_no_price_rise() -> None:
    lines = monthly("StudyDesk", [-100, -1299], first=date(2026, 8, 1))
    found = find_recurring(lines, TODAY)
    (trial,) = trials(found, lines, TODAY)
    assert (trial.party, trial.price, trial.paid_from) == ("StudyDesk", 1299, date(2026, 9, 8))
    assert price_rises(found, TODAY) == []


def test_a_trial_that_is_about_to_end_is_told_before_its_first_price() -> None:
    lines = monthly("StudyDesk", [-100], first=date(2026, 9, 1))
    (trial,) = trials([], lines, TODAY)
    assert (trial.price, trial.paid_from) == (None, date(2026, 10, 8))


def test_pay_is_found_with_its_next_day_and_interest_is_none() -> None:
    lines = monthly("Northwind salary", [436_400] * 9, "salary", "income", on=1)
    lines += monthly("Interest earned", [1100, 1200, 1150] * 3, "interest", "income", on=28)
    pay = incomes(find_recurring(lines, TODAY))
    assert [one.party for one in pay] == ["Northwind salary"]
    payday = next_payday(pay, TODAY)
    assert payday is not None
    assert payday[0] == date(2026, 10, 1)


def test_without_pay_there_is_no_payday() -> None:
    assert next_payday([], TODAY) is None


def test_the_order_of_the_lines_does_not_matter() -> None:
    lines = monthly("Netflix", [-1549] * 9) + monthly("Spotify", [-999] * 9, on=20)
    shuffled = list(lines)
    Random(3).shuffle(shuffled)
    assert find_recurring(shuffled, TODAY) == find_recurring(lines, TODAY)
