"""Sums in words: exact, compared, followed up, and of the caller's own lines alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fulfillment.bank.books import Posting
from fulfillment.bank.opening import OpeningBooks
from fulfillment.conversations.totals_asked import ASKED
from fulfillment.store.loading import load_books
from tests.integration.conversations.conftest import Bank, Counter
from tests.unit.bank.values import CHECKING, MIRA, NOW, SAVINGS, dollars

LINES = (
    # Of checking unless it says otherwise: day, amount, kind, name, category.
    ("2025-09-03", "90000.00", "opening", "Brought forward", None),
    ("2025-09-05", "-80.00", "card", "Corner Market", "groceries"),
    ("2025-10-05", "-100.00", "card", "Corner Market", "groceries"),
    ("2026-01-10", "-200.00", "card", "Corner Market", "groceries"),
    ("2026-01-15", "3000.00", "salary", "Harbor Freight Wages", "income"),
    ("2026-01-20", "-50.00", "card", "Blue Bistro", "dining"),
    ("2026-02-10", "-120.00", "card", "Corner Market", "groceries"),
    ("2026-02-11", "20.00", "refund", "Corner Market", "groceries"),
    ("2026-02-14", "-60.00", "card", "Blue Bistro", "dining"),
    ("2026-02-15", "3100.00", "salary", "Harbor Freight Wages", "income"),
    ("2026-02-28", "1.50", "interest", "Interest earned", "income"),
    ("2026-03-01", "-30.00", "card", "Corner Market", "groceries"),
)


def line(number: int, day: str, amount: str, kind: str, name: str, category: str | None) -> Posting:
    return Posting(
        "mira", "checking", f"p-{number:03d}", f"t-{number:03d}",
        datetime.fromisoformat(f"{day}T17:00:00").replace(tzinfo=UTC),
        dollars(amount), kind, name, name, category,
    )  # fmt: skip


@pytest.fixture
def counter(bank: Bank) -> Counter:
    lines = [line(number, *one) for number, one in enumerate(LINES)]
    moved = dollars("400.00")
    for number, sign, account in ((90, -1, CHECKING), (91, 1, SAVINGS)):
        lines.append(
            Posting(
                "mira", account.account_id, f"p-{number}", "t-own",
                datetime(2026, 2, 20, 17, tzinfo=UTC), moved if sign > 0 else -moved,
                "transfer", "Transfer", None, "transfer", "Savings",
            )
        )  # fmt: skip
    none = dollars("0")
    posted = sum((one.amount for one in lines if one.account_id == "checking"), none)
    accounts = [
        replace(CHECKING, posted=posted, held=none, available=posted),
        replace(SAVINGS, posted=moved, held=none, available=moved),
    ]
    load_books(bank.client, bank.table, OpeningBooks([MIRA], accounts, postings=lines))
    return bank.counter()


def spent(counter: Counter, words: str, **slots: str) -> str:
    return counter.say("GetSpending", words, **slots)


def test_a_sum_is_net_of_refunds_and_own_transfers_are_none(counter: Counter) -> None:
    said = spent(counter, "how much did I spend last month", period="last month")
    assert said.startswith(
        "You spent $160.00 from Feb 1 to Feb 28, in 2 purchases, with $20.00 refunded"
    )
    assert "• groceries: $100.00\n• dining: $60.00" in said


@pytest.mark.parametrize(
    ("words", "slots", "difference"),
    [
        ("compared to january", {"period": "last month"}, "$100.00 (50%) less than from Jan 1"),
        ("did i spend more in february than in january", {"period": "january"}, "less than"),
        ("more last month than the month before", {"period": "last month"}, "when it was $200.00"),
        ("last month versus october", {"period": "last month"}, "exactly as much as from Oct 1"),
        ("more in february than the same month last year", {}, "when it was $0.00"),
    ],
)
def test_another_period_is_set_beside_it(
    counter: Counter, words: str, slots: dict[str, str], difference: str
) -> None:
    sentence = f"how much did i spend on groceries in february {words}"
    if words.startswith(("did", "more", "last")):
        sentence = words
    said = spent(counter, sentence, category="groceries", **slots)
    assert "You spent $100.00 on groceries from Feb 1 to Feb 28" in said
    assert difference in said


def test_what_is_usual_is_the_average_of_the_whole_months_there_are(counter: Counter) -> None:
    said = spent(counter, "what do i usually spend on groceries", category="groceries")
    # 80 + 100 + 0 + 0 + 200 + 100 in six months.
    assert "An average month comes to $80.00 (from Sep 1, 2025 to Feb 28)" in said
    assert "this is $50.00 less" in said


def test_a_merchant_is_one_of_those_the_customer_knows(counter: Counter) -> None:
    said = spent(counter, "at corner market in january", merchant="corner market", period="january")
    assert "You spent $200.00 at Corner Market from Jan 1 to Jan 31, in 1 purchase." in said
    over_all = spent(counter, "", merchant="corner market", period="january", account="savings")
    assert "$200.00" in over_all
    assert "over all your accounts" in over_all
    savings = counter.say("TotalsFollowUp", "and from savings", account="savings")
    assert "no spending from Savings" in savings
    nothing = spent(counter, "at nowhere books", merchant="nowhere books", period="january")
    assert "I found no spending at nowhere books from Jan 1 to Jan 31." in nothing


def test_what_is_to_come_is_told_to_be_so(counter: Counter) -> None:
    said = spent(counter, "how much will i spend next month", period="next month")
    assert "still to come" in said
    assert "which period" in spent(counter, "how much in mumble", period="mumble")


def test_a_question_is_followed_up(counter: Counter) -> None:
    spent(counter, "groceries last month", category="groceries", period="last month")
    assert "$200.00 on groceries from Jan 1" in counter.say(
        "TotalsFollowUp", "and in january?", period="january"
    )
    assert "$50.00 on dining from Jan 1" in counter.say(
        "TotalsFollowUp", "no, dining", category="dining"
    )
    assert "$60.00 on dining from Feb 1" in counter.say(
        "TotalsFollowUp", "and february", merchant="february"
    )
    assert "$10.00 (20%) more than from Jan 1" in counter.say(
        "TotalsFollowUp", "how does that compare to january", period="january"
    )
    assert "no spending on dining from Savings" in counter.say(
        "TotalsFollowUp", "what about savings?", merchant="savings"
    )


def test_income_is_pay_and_interest(counter: Counter) -> None:
    said = counter.say("GetIncome", "how much did i earn last month", period="last month")
    assert said == (
        "You received $3,101.50 from Feb 1 to Feb 28: $3,100.00 in 1 payment, and $1.50 interest."
    )
    more = counter.say(
        "GetIncome", "did i earn more in february than in january", period="february"
    )
    assert "$101.50 (3%) more than from Jan 1 to Jan 31, when it was $3,000.00" in more
    by = counter.say(
        "GetIncome", "what did harbor freight pay me", merchant="harbor freight", period="january"
    )
    assert "You received $3,000.00 from Harbor Freight Wages from Jan 1" in by
    assert "no income from Mar 1" in counter.say("GetIncome", "this month", period="this month")


def test_whether_pay_has_come_is_a_yes_or_a_no_with_its_day(bank: Bank, counter: Counter) -> None:
    later = counter.say("GetIncome", "was i paid yet?")
    assert later == "Not yet this month. The last pay was $3,100.00 on Feb 15."
    bank.now = NOW - timedelta(days=5)
    assert bank.counter().say("GetIncome", "have i been paid yet") == (
        "Yes. $3,100.00 in pay came in on Feb 15."
    )
    bank.now = NOW - timedelta(days=120)
    assert "No, I see no pay since" in bank.counter().say("GetIncome", "did I get paid")


@pytest.mark.parametrize(
    "kept",
    ["", "{", "null", "x" * 2000, '{"start":"2026-03-02","end":"2026-03-01","at":1772443815}',
     '{"start":"soon","end":"later"}', '{"owner":"noah","start":"2026-01-01","end":"2026-02-01"}'],
)  # fmt: skip
def test_a_forged_question_is_none(counter: Counter, kept: str) -> None:
    counter.session = {ASKED: kept}
    assert "You spent $30.00 from Mar 1" in counter.say("TotalsFollowUp", "and this month")


def test_a_forged_question_reads_the_callers_own_lines_only(bank: Bank, counter: Counter) -> None:
    stranger = bank.counter("noah")
    asked = {"at": int(NOW.timestamp()), "start": "2026-01-01", "end": "2026-02-01",
             "account": "checking", "party": "Corner Market"}  # fmt: skip
    stranger.session = {ASKED: json.dumps(asked)}
    assert "$" not in stranger.say("TotalsFollowUp", "and in january", period="january")


def test_the_cost_of_a_sum_is_a_few_calls(bank: Bank, counter: Counter) -> None:
    for words, slots, queries in (
        ("last month", {"period": "last month"}, 1),
        ("last year", {"period": "last year"}, 1),
        ("last 40 days", {"period": "last 40 days"}, 2),
        ("at corner market", {"merchant": "corner market", "period": "last year"}, 2),
        ("compared to january", {"period": "last month"}, 2),
    ):
        bank.calls.reset()
        spent(counter, words, **slots)
        assert bank.calls.made["query"] == queries, words


def test_the_merchants_in_order_cost_one_read_of_sums_whatever_was_booked_on_them(
    bank: Bank, counter: Counter
) -> None:
    """A batch for each hundred sums: of names, months and currencies, and of no lines."""
    for words, slots in (
        ("where do I spend the most", {}),
        ("top 5 merchants last month", {"period": "last month"}),
        ("top 5 merchants last year", {"period": "last year"}),
    ):
        bank.calls.reset()
        assert "Corner Market" in spent(counter, words, **slots)
        assert (bank.calls.made["query"], bank.calls.made["batch_get_item"]) == (2, 1), words


def test_cash_is_no_merchant(bank: Bank) -> None:
    bought = line(1, "2026-02-10", "-120.00", "card", "Corner Market", "groceries")
    drawn = line(2, "2026-02-11", "-300.00", "cash", "Cash withdrawal", "cash")
    posted = dollars("1000.00") + bought.amount + drawn.amount
    opening = line(0, "2025-09-03", "1000.00", "opening", "Brought forward", None)
    account = replace(CHECKING, posted=posted, held=dollars("0"), available=posted)
    load_books(
        bank.client, bank.table, OpeningBooks([MIRA], [account], postings=[opening, bought, drawn])
    )
    told = spent(bank.counter(), "top 5 merchants last month", period="last month")
    assert "1. Corner Market: $120.00" in told
    assert "Cash" not in told
