"""The facts behind an offer of each product, reckoned again from the ledger's own lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from fulfillment.bank.books import Posting
from fulfillment.personalization.offers.rules import Product
from fulfillment.store.books import Books
from tests.integration.conversations.conftest import Bank
from tests.integration.conversations.plain_life import MONTHS, TODAY, Life, Town
from tests.integration.conversations.test_offers import lines_of, shown

Fact = Callable[[Books], str]


def _lowest(books: Books) -> str:
    lines = lines_of(books, "checking")
    days = [TODAY - timedelta(days=number) for number in range(91)]
    ends = [sum(one.amount.minor for one in lines if one.booked_at.date() <= day) for day in days]
    return f"your checking has never ended a day below {shown(min(ends))}"


def _mean(books: Books, sign: int) -> int:
    """What came in (1) or went out (-1) in an average whole month."""
    lines = [one for name in ("checking", "savings", "visa") for one in lines_of(books, name)]
    moved = [
        one.amount.minor
        for one in lines
        if one.kind != "opening" and (one.booked_at.year, one.booked_at.month) in MONTHS
    ]
    return round(sum(abs(minor) for minor in moved if minor * sign > 0) / len(MONTHS))


def _went_out(books: Books) -> str:
    return f"{shown(_mean(books, -1))} went out"


def _left(books: Books) -> str:
    return f"{shown(_mean(books, 1) - _mean(books, -1))} was left of what came in"


def _savings(books: Books) -> str:
    held = sum(one.amount.minor for one in lines_of(books, "savings"))
    return f"your savings accounts held {shown(held)}"


def _by_debit_card(books: Books) -> str:
    paid = [-one.amount.minor for one in lines_of(books, "checking") if one.kind == "card"]
    return f"you paid {shown(round(sum(paid) / len(MONTHS)))} by debit card"


def _pay(books: Books) -> str:
    last: Posting = [one for one in lines_of(books, "checking") if one.kind == "salary"][-1]
    return (
        f"{last.description} pays you regularly, the last time {shown(last.amount.minor)} on "
        f"{last.booked_at:%b} {last.booked_at.day}"
    )


def _owed(books: Books) -> str:
    return f"you owed {shown(-sum(one.amount.minor for one in lines_of(books, 'visa')))}"


def _interest(books: Books) -> str:
    charged = [-one.amount.minor for one in lines_of(books, "visa") if one.kind == "interest"]
    return f"charged {shown(sum(charged))} in interest"


@dataclass(frozen=True)
class Case:
    """A life in which the product comes first once the `others` are not wanted, and its facts."""

    life: Life
    others: tuple[str, ...]
    facts: tuple[Fact, Fact, Fact]


CASES = {
    Product.SAVINGS: Case(Life(), ("card", "certificate"), (_lowest, _went_out, _left)),
    Product.CERTIFICATE: Case(Life(), ("card", "savings"), (_savings, _went_out, _left)),
    Product.CASHBACK_CARD: Case(
        Life(checking=100_000, savings=0), ("savings",), (_by_debit_card, _pay, _left)
    ),
    Product.REFINANCING_LOAN: Case(
        Life(owed=400_000, interest=180_000, checking=100_000, savings=0),
        ("savings",),
        (_owed, _interest, _left),
    ),
    Product.INVESTING: Case(
        Life(), ("card", "savings", "certificate"), (_savings, _went_out, _left)
    ),
}


@pytest.mark.parametrize("product", list(Product))
def test_each_fact_that_is_told_of_an_offer_is_in_the_ledger(bank: Bank, product: Product) -> None:
    case = CASES[product]
    talk = Town(bank).open(case.life)
    talk.agree()
    for other in case.others:
        talk.say("ShowLess", f"no more {other} offers")
    talk.say("GetOffers", "what could i get")
    assert talk.log()[-1]["told"][0]["product"] == product
    why = talk.say("ExplainOffer", "why do i see this")
    assert [fact for fact in (say(talk.books) for say in case.facts) if fact not in why] == []
    assert why.count("•") == len(case.facts)
