"""What is remembered of a search between turns, and what a caller can do with it: nothing new."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from fulfillment.bank.books import Account, Posting
from fulfillment.bank.opening import OpeningBooks
from fulfillment.conversations.last_search import SEARCH
from fulfillment.conversations.shown_charges import SHOWN
from fulfillment.store.loading import load_books
from tests.integration.conversations.conftest import Bank
from tests.unit.bank.values import CHECKING, MIRA, NOW, SAVINGS, dollars

NOAHS = replace(CHECKING, customer_id="noah")


def line(number: int, of: Account) -> Posting:
    return Posting(
        customer_id=of.customer_id,
        account_id=of.account_id,
        posting_id=f"p-{number:04d}",
        transfer_id=f"t-{number:04d}",
        booked_at=(NOW - timedelta(hours=number + 1)).replace(microsecond=0),
        amount=dollars("-10.00") - dollars(str(number)),
        kind="card",
        description=f"Shop {number} of {of.customer_id}",
        merchant=f"Shop {number} of {of.customer_id}",
        category="shopping",
    )


def load(bank: Bank, lines: list[Posting]) -> None:
    accounts = []
    for account in (CHECKING, SAVINGS, NOAHS):
        posted = dollars("0")
        for one in lines:
            if (one.customer_id, one.account_id) == (account.customer_id, account.account_id):
                posted += one.amount
        none = dollars("0")
        accounts.append(replace(account, posted=posted, held=none, available=posted))
    people = [MIRA, replace(MIRA, customer_id="noah")]
    load_books(bank.client, bank.table, OpeningBooks(people, accounts, postings=lines))


@pytest.fixture
def filled(bank: Bank) -> Bank:
    load(bank, [*(line(n, CHECKING) for n in range(12)), *(line(n, NOAHS) for n in range(12))])
    return bank


def shops(said: str) -> list[int]:
    """The numbers of the shops in an answer; another customer's is minus one."""
    rows = [row.split("Shop ")[1] for row in said.splitlines() if "Shop " in row]
    return [int(row.split()[0]) if "of mira" in row else -1 for row in rows]


def test_show_more_goes_on_until_there_is_no_more(filled: Bank) -> None:
    counter = filled.counter()
    assert shops(counter.say("ListTransactions", "my transactions")) == [0, 1, 2, 3, 4]
    assert shops(counter.say("ShowMore", "show more")) == [5, 6, 7, 8, 9]
    last = counter.say("ShowMore", "show more")
    assert shops(last) == [10, 11]
    assert "no more" in last
    assert "no more" in counter.say("ShowMore", "show more")


def test_show_more_keeps_the_filter_the_period_and_the_account(filled: Bank) -> None:
    counter = filled.counter()
    first = counter.say("ListTransactions", "over $12", period="last 30 days", account="checking")
    assert shops(first) == [3, 4, 5, 6, 7]
    again = counter.say("ShowMore", "show more")
    assert shops(again) == [8, 9, 10, 11]
    assert "over $12.00 in Checking from Feb 1 to Mar 2" in again
    counter.say("ListTransactions", "savings", account="savings")
    assert "no more" in counter.say("ShowMore", "more")


@pytest.mark.parametrize("slot", ["merchant", "category"])
def test_a_name_longer_than_any_is_looked_for_and_found_nowhere(filled: Bank, slot: str) -> None:
    said = filled.counter().say(
        "ListTransactions", "what did i buy there", **{slot: "nowhere " * 40}
    )
    assert "I found no" in said


@pytest.mark.parametrize("name", [" ", "\u200b", "?"])
def test_a_name_in_which_nothing_can_be_read_narrows_nothing_down(filled: Bank, name: str) -> None:
    said = filled.counter().say("ListTransactions", "my transactions", merchant=name)
    assert shops(said) == [0, 1, 2, 3, 4]


def test_a_search_is_forgotten_after_ten_minutes(filled: Bank) -> None:
    counter = filled.counter()
    counter.say("ListTransactions", "my transactions")
    filled.now = NOW + timedelta(minutes=11)
    later = filled.counter()
    later.session = counter.session
    assert shops(later.say("ShowMore", "show more")) == []
    assert "Is it one of these?" in later.say("ExplainCharge", "it", charge="the first one")


@pytest.mark.parametrize(
    "kept",
    [
        "", "null", "[]", "{}", "{", '{"at":"soon"}', '{"at":1,"owner":"noah"}', "x" * 5000,
        '{"at":1e400}', '{"at":99999999999999999999}',
    ],
)  # fmt: skip
def test_what_is_no_search_is_none(filled: Bank, kept: str) -> None:
    counter = filled.counter()
    counter.session[SEARCH] = kept
    assert shops(counter.say("ShowMore", "show more")) == []


@pytest.mark.parametrize(
    "forged",
    [
        {"sort": f"E#{NOW:%Y-%m-%dT%H:%M:%SZ}#p", "after_account": "checking"},
        {"sort": "E#2026-03-02T09:30:15Z#p", "after_account": "C#noah#A#checking"},
        {"sort": "E#2026-03-02T09:30:15Z#p", "after_account": "x", "account": "C#noah#A#checking"},
        {"sort": "A#checking", "after_account": "checking"},
        {"sort": "~", "after_account": "~", "name": "noah"},
    ],
)
def test_a_forged_search_shows_no_line_of_somebody_else(
    filled: Bank, forged: dict[str, str]
) -> None:
    counter = filled.counter()
    counter.session[SEARCH] = json.dumps({"at": int(NOW.timestamp()), **forged})
    assert -1 not in shops(counter.say("ShowMore", "show more"))


def test_a_bookmark_taken_over_from_another_customer_shows_ones_own_lines(filled: Bank) -> None:
    noah = filled.counter("noah")
    noah.say("ListTransactions", "my transactions")
    mira = filled.counter()
    mira.session = noah.session
    assert shops(mira.say("ShowMore", "show more")) == [5, 6, 7, 8, 9]
    assert "of mira" in mira.say("ExplainCharge", "what is this", charge="the second one")


def test_a_forged_place_explains_only_ones_own_line(filled: Bank) -> None:
    counter = filled.counter()
    counter.session[SHOWN] = f"{int(NOW.timestamp())}|noah#A#checking@E#2026-03-02T08:30:15Z#p-0000"
    assert "noah" not in counter.say("ExplainCharge", "what is this", charge="the first one")
    assert "noah" not in counter.say(
        "ExplainCharge", "this", charge="checking@E#2026-03-02T08:30:15Z#p-0000"
    )


def test_listing_costs_the_same_calls_for_a_short_and_a_long_history(bank: Bank) -> None:
    short = [line(n, NOAHS) for n in range(30)]
    load(bank, [*short, *(line(n, CHECKING) for n in range(1500))])
    made = {}
    for customer in ("mira", "noah"):
        counter = bank.counter(customer)
        bank.calls.reset()
        counter.say("ListTransactions", "my checking transactions", account="checking")
        counter.say("ShowMore", "show more")
        made[customer] = dict(bank.calls.made)
    # The session's record is begun once and touched in each turn.
    calls = {"get_item": 2, "query": 4, "update_item": 2, "put_item": 1}
    assert made["mira"] == made["noah"] == calls
