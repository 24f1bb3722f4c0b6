"""The demo bank's books: the same for the same seed and day, whole, and true to each life."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from fulfillment.bank.books import AccountKind, Posting
from fulfillment.bank.opening import OpeningBooks
from infra.local.demo_bank import MONTHS, demo_books, demo_customers

AS_OF = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
# A first of a month, a leap day, the turn of a year, and an hour in the morning.
DAYS = (
    AS_OF,
    datetime(2026, 3, 1, 9, tzinfo=UTC),
    datetime(2028, 2, 29, 23, tzinfo=UTC),
    datetime(2027, 1, 1, 0, tzinfo=UTC),
)
LIVES = {life.customer_id: life for life in demo_customers()}

each_day = pytest.mark.parametrize("as_of", DAYS, ids=lambda day: day.date().isoformat())
each_life = pytest.mark.parametrize("customer", LIVES)


@cache
def books(as_of: datetime = AS_OF, seed: int = 7) -> OpeningBooks:
    return demo_books(seed, as_of)


def lines(customer: str, text: str | None = None, as_of: datetime = AS_OF) -> list[Posting]:
    return [
        posting
        for posting in books(as_of).postings
        if posting.customer_id == customer and text in (None, posting.description)
    ]


def month(posting: Posting) -> tuple[int, int]:
    return posting.booked_at.year, posting.booked_at.month


def test_the_same_seed_and_day_make_the_same_books() -> None:
    assert demo_books(7, AS_OF) == books()


def test_the_minute_does_not_matter_and_the_zone_of_the_instant_neither() -> None:
    east = (AS_OF + timedelta(minutes=59)).astimezone()
    assert demo_books(7, east) == books()


def test_another_seed_makes_other_books_of_the_same_people() -> None:
    other = books(seed=8)
    assert other.customers == books().customers
    assert other.payees == books().payees
    assert other.postings != books().postings
    assert other.violations() == []


@each_day
def test_the_books_add_up(as_of: datetime) -> None:
    assert books(as_of).violations() == []


@each_day
def test_nothing_is_booked_in_the_future(as_of: datetime) -> None:
    assert max(p.booked_at for p in books(as_of).postings) < as_of
    assert max(h.placed_at for h in books(as_of).holds) < as_of
    assert min(h.expires_at for h in books(as_of).holds) > as_of


@each_day
def test_the_balance_brought_forward_is_the_first_line_of_its_account(as_of: datetime) -> None:
    first: dict[tuple[str, str], Posting] = {}
    for posting in sorted(books(as_of).postings, key=lambda p: p.booked_at):
        first.setdefault((posting.customer_id, posting.account_id), posting)
    for account in books(as_of).accounts:
        if account.kind is not AccountKind.CREDIT_CARD:
            assert first[account.customer_id, account.account_id].kind == "opening"


@each_day
def test_no_account_is_ever_overdrawn_and_no_card_beyond_its_limit(as_of: datetime) -> None:
    floors = {
        (account.customer_id, account.account_id): -account.credit_limit.minor
        for account in books(as_of).accounts
    }
    balances: Counter[tuple[str, str]] = Counter()
    for posting in sorted(books(as_of).postings, key=lambda p: p.booked_at):
        key = posting.customer_id, posting.account_id
        balances[key] += posting.amount.minor
        assert balances[key] >= floors[key], (key, posting.booked_at)
    assert all(account.available.minor >= 0 for account in books(as_of).accounts)


def test_the_history_covers_every_month_of_every_customer() -> None:
    for customer in LIVES:
        assert len({month(p) for p in lines(customer)}) >= MONTHS


@each_life
def test_a_customer_has_several_accounts_a_card_payees_and_something_pending(
    customer: str,
) -> None:
    kept = books()
    assert len([a for a in kept.accounts if a.customer_id == customer]) >= 2
    assert [c for c in kept.cards if c.customer_id == customer]
    assert len([p for p in kept.payees if p.customer_id == customer]) >= 2
    assert [h for h in kept.holds if h.customer_id == customer]


@each_life
def test_what_recurs_is_there_every_time_with_its_amount(customer: str) -> None:
    for item in LIVES[customer].recurring:
        found = sorted(lines(customer, item.text), key=lambda p: p.booked_at)
        found = [p for p in found if p.account_id == item.account and p.kind == item.kind]
        due = len(range(item.first, min(item.last, MONTHS - 1) + 1, item.every))
        # The last one may still lie ahead; a merchant may be visited besides.
        assert len(found) >= due - 1, item.text
        if not item.jitter and len(found) <= due:
            amounts = {p.amount.minor for p in found}
            raised = set() if item.raised_in is None else {item.raised_to}
            tried = set() if item.trial is None else {item.trial}
            assert amounts == {item.amount} | raised | tried, item.text


@each_life
def test_money_comes_in_every_month(customer: str) -> None:
    income = Counter(month(p) for p in lines(customer) if p.kind == "salary")
    assert len(income) >= MONTHS - 1


def test_a_price_rise_stays() -> None:
    fees = [p.amount.minor for p in sorted(lines("amelia", "Netflix"), key=lambda p: p.booked_at)]
    assert fees == [-1549] * 9 + [-1799] * (len(fees) - 9)
    assert len(fees) == MONTHS


def test_a_pension_is_paid_to_the_retiree() -> None:
    assert [life for life in LIVES if any("ension" in p.description for p in lines(life))] == [
        "doris"
    ]


def test_amelia_has_one_anna_and_carla_two() -> None:
    annas = Counter(p.customer_id for p in books().payees if p.name.startswith("Anna"))
    assert (annas["amelia"], annas["carla"]) == (1, 2)


def test_ids_and_last_digits_tell_the_things_of_one_customer_apart() -> None:
    digits: dict[str, list[str]] = defaultdict(list)
    for account in books().accounts:
        digits[account.customer_id].append(account.last4)
    for customer, last4 in digits.items():
        assert len(set(last4)) == len(last4), customer
        assert all(len(each) == 4 and each.isdigit() for each in last4)


def test_holds_lower_what_is_available_and_not_what_is_posted() -> None:
    held: Counter[tuple[str, str]] = Counter()
    for hold in books().holds:
        held[hold.customer_id, hold.account_id] += hold.amount.minor
    assert held
    for account in books().accounts:
        figure = held[account.customer_id, account.account_id]
        assert account.held.minor == figure
        assert account.available.minor == account.posted.minor - figure + account.credit_limit.minor
