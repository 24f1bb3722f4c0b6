"""Each demo life holds what a bank's assistant should be able to find in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from fulfillment.bank.books import AccountKind, Posting
from fulfillment.bank.opening import OpeningBooks
from fulfillment.bank.periods import parse_period
from fulfillment.bank.totals import Totals
from infra.local.demo_bank import MONTHS, demo_books, demo_customers

# The middle of a month, a first of a month, a leap day, and the turn of a year in London.
DAYS = (
    datetime(2026, 11, 23, 12, tzinfo=UTC),
    datetime(2026, 3, 1, 9, tzinfo=UTC),
    datetime(2028, 2, 29, 23, tzinfo=UTC),
    datetime(2027, 1, 1, tzinfo=UTC),
)
LIVES = {life.customer_id: life for life in demo_customers()}

each_day = pytest.mark.parametrize("as_of", DAYS, ids=lambda day: day.date().isoformat())
each_life = pytest.mark.parametrize("customer", LIVES)


@cache
def books(as_of: datetime = DAYS[0]) -> OpeningBooks:
    return demo_books(2026, as_of)


def lines(customer: str, as_of: datetime = DAYS[0], *kinds: str) -> list[Posting]:
    found = [
        posting
        for posting in books(as_of).postings
        if posting.customer_id == customer and (not kinds or posting.kind in kinds)
    ]
    return sorted(found, key=lambda p: p.booked_at)


def local_day(posting: Posting) -> date:
    zone = ZoneInfo(LIVES[posting.customer_id].time_zone)
    return posting.booked_at.astimezone(zone).date()


@each_day
def test_the_bank_is_of_the_size_that_was_meant(as_of: datetime) -> None:
    assert 4_500 <= len(books(as_of).postings) <= 8_000


def test_a_later_hour_of_the_same_day_only_adds_lines() -> None:
    morning, evening = demo_books(2026, DAYS[0]), demo_books(2026, DAYS[0] + timedelta(hours=9))
    earlier, later = set(morning.postings), set(evening.postings)
    assert earlier < later
    assert min(p.booked_at for p in later - earlier) >= DAYS[0]


def test_the_people_are_five_and_keep_their_ids() -> None:
    assert list(LIVES) == ["amelia", "ben", "carla", "doris", "elias"]


@each_day
@pytest.mark.parametrize(("customer", "visits"), [("amelia", 4), ("carla", 3), ("doris", 1)])
def test_whole_foods_is_visited_in_every_whole_month(
    customer: str, visits: int, as_of: datetime
) -> None:
    seen = Counter(
        (local_day(p).year, local_day(p).month)
        for p in lines(customer, as_of)
        if p.merchant == "Whole Foods"
    )
    today = as_of.astimezone(ZoneInfo(LIVES[customer].time_zone)).date()
    whole = {month: count for month, count in seen.items() if month != (today.year, today.month)}
    assert len(whole) == MONTHS - 1
    assert min(whole.values()) >= visits


@each_day
def test_something_was_spent_at_whole_foods_last_month(as_of: datetime) -> None:
    zone = LIVES["amelia"].time_zone
    period = parse_period("last month", as_of.astimezone(ZoneInfo(zone)).date())
    assert period is not None
    start, end = period.instants(zone)
    there = [p for p in lines("amelia", as_of) if start <= p.booked_at < end]
    found = Totals.of((p for p in there if p.merchant == "Whole Foods"), "USD").spending()
    assert found.total.is_positive
    assert found.purchases >= 4


@each_life
def test_every_refund_follows_a_purchase_of_that_price(customer: str) -> None:
    refunds = lines(customer, DAYS[0], "refund")
    assert len(refunds) >= 3
    for refund in refunds:
        before = [
            p
            for p in lines(customer, DAYS[0], "card")
            if p.merchant == refund.merchant and p.account_id == refund.account_id
            and p.amount == -refund.amount and p.booked_at < refund.booked_at
        ]  # fmt: skip
        assert before, refund
        assert refund.booked_at - before[-1].booked_at < timedelta(days=30)


@pytest.mark.parametrize("customer", ["amelia", "carla", "doris", "elias"])
def test_one_purchase_was_charged_twice_within_minutes(customer: str) -> None:
    seen: dict[tuple[object, ...], Posting] = {}
    twins = 0
    for line in lines(customer, DAYS[0], "card"):
        key = line.merchant, line.amount, line.account_id
        first = seen.get(key)
        twins += first is not None and line.booked_at - first.booked_at < timedelta(minutes=5)
        seen[key] = line
    assert twins == 1


@pytest.mark.parametrize(
    ("customer", "merchant", "price"),
    [
        ("amelia", "Disney Plus", -1_099),
        ("ben", "StudyDesk Premium", -1_299),
        ("carla", "Fontbase Pro", -900),
    ],
)
def test_a_trial_of_a_dollar_turned_into_a_subscription(
    customer: str, merchant: str, price: int
) -> None:
    amounts = [p.amount.minor for p in lines(customer) if p.merchant == merchant]
    assert amounts[0] == -100
    assert set(amounts[1:]) == {price}


@each_life
def test_some_subscription_or_bill_became_dearer(customer: str) -> None:
    rises = [item for item in LIVES[customer].recurring if item.raised_in is not None]
    assert rises
    for item in rises:
        amounts = [p.amount.minor for p in lines(customer) if p.description == item.text]
        assert {item.amount, item.raised_to} <= set(amounts)


@each_life
def test_both_sides_of_every_own_transfer_are_there(customer: str) -> None:
    legs: dict[str, list[Posting]] = defaultdict(list)
    for line in lines(customer, DAYS[0], "transfer"):
        legs[line.transfer_id].append(line)
    assert len(legs) >= MONTHS - 2
    for source, destination in legs.values():
        assert source.amount == -destination.amount
        assert source.account_id != destination.account_id
        assert source.booked_at == destination.booked_at


@pytest.mark.parametrize("customer", ["amelia", "carla", "elias"])
def test_a_credit_card_is_owed_on_and_paid_off_every_month(customer: str) -> None:
    cards = [
        a
        for a in books().accounts
        if a.customer_id == customer and a.kind is AccountKind.CREDIT_CARD
    ]
    for card in cards:
        assert card.posted.minor < 0 < card.available.minor
        paid = [
            p
            for p in lines(customer, DAYS[0], "transfer")
            if p.account_id == card.account_id and p.amount.is_positive
        ]
        assert len(paid) >= MONTHS - 2


@each_life
def test_there_are_fees_interest_cash_and_money_between_people(customer: str) -> None:
    kinds = Counter(p.kind for p in lines(customer))
    assert kinds["cash"] >= MONTHS / 2
    assert kinds["interest"] >= MONTHS - 1
    assert kinds["fee"] >= 1
    known = {p.name for p in books().payees if p.customer_id == customer}
    paid = {p.counterparty for p in lines(customer, DAYS[0], "payment")}
    assert known & paid


def test_bills_follow_the_seasons() -> None:
    def bill(customer: str, text: str, months: set[int]) -> float:
        found = [
            -p.amount.minor
            for p in lines(customer)
            if p.description == text and local_day(p).month in months
        ]
        return sum(found) / len(found)

    assert bill("amelia", "City Power", {1, 2, 12}) > bill("amelia", "City Power", {5, 6, 7, 8, 9})
    summer = bill("doris", "Tucson Electric", {6, 7, 8, 9})
    assert summer > bill("doris", "Tucson Electric", {1, 2, 3, 11, 12})


def test_weekends_are_busier_for_a_family() -> None:
    days = Counter(local_day(p).weekday() >= 5 for p in lines("amelia", DAYS[0], "card"))
    assert days[True] / 2 > days[False] / 5


def test_a_student_treats_himself_after_payday() -> None:
    paydays = {local_day(p) for p in lines("ben", DAYS[0], "salary")}
    after = {day + timedelta(days=later) for day in paydays for later in range(4)}
    treats = [p for p in lines("ben", DAYS[0], "card") if p.category == "dining"]
    in_spree = sum(local_day(p) in after for p in treats)
    first, last = min(paydays), max(paydays)
    other_days = (last - first).days - len(after)
    assert in_spree / len(after) > 1.2 * (len(treats) - in_spree) / other_days


@each_life
def test_purchases_are_made_while_shops_are_open(customer: str) -> None:
    zone = ZoneInfo(LIVES[customer].time_zone)
    bought = [p for p in lines(customer, DAYS[0], "card", "cash", "refund") if p.merchant]
    assert all(6 <= p.booked_at.astimezone(zone).hour < 20 for p in bought)


def test_two_to_four_things_are_pending_for_everybody() -> None:
    pending = Counter(hold.customer_id for hold in books().holds)
    assert set(pending) == set(LIVES)
    assert all(2 <= count <= 4 for count in pending.values())


def test_a_joint_account_and_a_business_account_are_there() -> None:
    names = [account.name for account in books().accounts]
    assert [name for name in names if "Joint" in name]
    assert [name for name in names if "Business" in name]


def test_amelia_can_pay_anna_and_move_money_to_savings() -> None:
    held = {a.account_id: a for a in books().accounts if a.customer_id == "amelia"}
    assert held["chk"].available.minor > 100_00
    assert held["sav"].kind is AccountKind.SAVINGS
