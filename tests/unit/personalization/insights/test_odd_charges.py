from datetime import date, time, timedelta
from random import Random

import pytest

from fulfillment.personalization.insights.duplicates import awaited, find_duplicates, find_refunds
from fulfillment.personalization.insights.entries import Entry
from fulfillment.personalization.insights.unusual import unusual_categories, unusual_purchases
from tests.unit.personalization.insights.lines import line

TODAY = date(2026, 9, 20)
DAY = date(2026, 9, 10)


def _past(party: str, low: int, high: int, times: int, category: str = "groceries") -> list[Entry]:
    dice = Random(party)
    return [
        line(TODAY - timedelta(40 + dice.randrange(300)), party, -dice.randrange(low, high), "card",
             category)
        for _ in range(times)
    ]  # fmt: skip


def test_the_same_charge_minutes_apart_is_a_duplicate() -> None:
    first = line(DAY, "Luigi's", -6240, at=time(19, 0))
    second = line(DAY, "Luigi's", -6240, at=time(19, 2))
    (found,) = find_duplicates([second, first])
    assert (found.first, found.second) == (first, second)


def test_one_that_was_given_back_is_told_no_more() -> None:
    lines = [
        line(DAY, "Luigi's", -6240, at=time(19, 0)),
        line(DAY, "Luigi's", -6240, at=time(19, 2)),
        line(DAY + timedelta(2), "Luigi's", 6240, "refund"),
    ]
    assert find_duplicates(lines) == []


def test_a_fare_that_is_paid_every_day_is_no_duplicate() -> None:
    fares = [
        line(DAY + timedelta(day), "TriMet", -280, at=time(hour))
        for day in range(10)
        for hour in (8, 18)
    ]
    assert find_duplicates(fares) == []


def test_equal_charges_days_apart_are_two_purchases() -> None:
    lines = [line(DAY, "Target", -2500), line(DAY + timedelta(3), "Target", -2500)]
    assert find_duplicates(lines) == []


def test_equal_charges_of_different_shops_are_two_purchases() -> None:
    lines = [line(DAY, "Target", -2500), line(DAY, "Walmart", -2500)]
    assert find_duplicates(lines) == []


def test_a_refund_finds_the_purchase_of_its_sum() -> None:
    bought = [line(DAY, "Amazon", -3799), line(DAY + timedelta(1), "Amazon", -9900)]
    (refund,) = find_refunds([*bought, line(DAY + timedelta(5), "Amazon", 3799, "refund")])
    assert refund.purchase == bought[0]
    assert refund.is_whole


def test_a_refund_in_part_finds_the_larger_purchase() -> None:
    bought = line(DAY, "Amazon", -9900)
    (refund,) = find_refunds([bought, line(DAY + timedelta(5), "Amazon", 1500, "refund")])
    assert refund.purchase == bought
    assert not refund.is_whole


def test_a_refund_of_nothing_that_was_bought_here_stands_alone() -> None:
    (refund,) = find_refunds([line(DAY, "Amazon", 1500, "refund")])
    assert refund.purchase is None


def test_a_purchase_far_above_the_usual_at_a_shop_is_odd() -> None:
    lines = [*_past("Aldi", 2000, 5000, 30), line(DAY, "Aldi", -28_000, "card", "groceries")]
    (odd,) = unusual_purchases(lines, TODAY)
    assert odd.entry == lines[-1]
    assert 2000 < odd.usual < 5000
    assert not odd.new_party


def test_a_large_purchase_at_a_new_shop_is_measured_against_its_kind() -> None:
    lines = [*_past("Aldi", 2000, 5000, 30), line(DAY, "Bazaar", -28_000, "card", "groceries")]
    (odd,) = unusual_purchases(lines, TODAY)
    assert odd.new_party


def test_what_is_usual_is_not_odd() -> None:
    lines = [*_past("Aldi", 2000, 5000, 30), line(DAY, "Aldi", -5200, "card", "groceries")]
    assert unusual_purchases(lines, TODAY) == []


def test_a_new_customer_has_nothing_unusual() -> None:
    assert unusual_purchases([line(DAY, "Aldi", -99_000)], TODAY) == []
    assert unusual_categories([line(DAY, "Aldi", -99_000)], TODAY) == []


def test_a_category_that_took_more_than_in_any_month_before_is_told_with_the_usual() -> None:
    lines = [
        line(TODAY - timedelta(30 * span + 5), "Aldi", -40_000 - span, "card", "groceries")
        for span in range(1, 7)
    ]
    lines.append(line(DAY, "Aldi", -70_000, "card", "groceries"))
    (odd,) = unusual_categories(lines, TODAY)
    assert (odd.category, odd.spent) == ("groceries", 70_000)
    assert 40_000 < odd.usual < 40_010


@pytest.mark.parametrize("words", ["did my refund from luigi's come in", "LUIGI'S PIZZA refund?"])
def test_a_named_merchant_that_gave_nothing_back_is_awaited(words: str) -> None:
    bought = line(date(2026, 3, 4), "Luigi's Pizza", -6_240)
    found = awaited([bought, line(date(2026, 3, 5), "Acme", -1_000)], words)
    assert found is not None
    assert (found.purchase, found.back) == (bought, 0)


def test_what_came_back_whole_is_not_awaited_and_of_a_part_the_rest_is() -> None:
    bought = line(date(2026, 3, 4), "Target", -6_240)
    part = line(date(2026, 3, 9), "Target", 2_000, kind="refund")
    whole = line(date(2026, 3, 9), "Target", 6_240, kind="refund")
    assert awaited([bought, whole], "is the refund from target in") is None
    rest = awaited([bought, part], "is the refund from target in")
    assert rest is not None
    assert rest.back == 2_000


def test_a_merchant_that_is_not_named_is_not_awaited() -> None:
    bought = line(date(2026, 3, 4), "Target", -6_240)
    assert awaited([bought], "am i still owed any refunds") is None
    assert awaited([line(date(2026, 3, 4), "BP Gas", -1_000)], "gas refund") is None
