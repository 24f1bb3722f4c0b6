"""Tips: one a day, after an answer, to whoever agreed; never when something is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fulfillment.bank.opening import OpeningBooks
from tests.integration.conversations.conftest import Bank
from tests.integration.conversations.plain_life import Life, Talk, Town


class Doubled(Life):
    """The life of a customer who was charged twice by a shop two days ago."""

    def books(self) -> OpeningBooks:
        opened = super().books()
        for number in (1, 2):
            at = datetime(2026, 2, 28, 15, number, tzinfo=UTC)
            shape = opened.postings[-1]
            amount = replace(shape.amount, minor=-4_200)
            twice = replace(
                shape, posting_id=f"twice-{number}", transfer_id=f"t-twice-{number}", booked_at=at,
                amount=amount, kind="card", merchant="Corner Bakery", description="Corner Bakery",
            )  # fmt: skip
            opened.postings.append(twice)
            place = next(n for n, one in enumerate(opened.accounts) if one.account_id == "checking")
            account = opened.accounts[place]
            opened.accounts[place] = replace(
                account, posted=account.posted + amount, available=account.available + amount
            )
        return opened


@pytest.fixture
def talk(bank: Bank) -> Talk:
    return Town(bank).open(Doubled())


def test_one_tip_a_day_follows_an_answer_once_the_customer_agreed(talk: Talk) -> None:
    assert "By the way" not in talk.say("CheckBalance", "balance", account="Checking")
    talk.agree()
    assert "By the way: Corner Bakery charged $42.00 twice" in talk.say(
        "CheckBalance", "balance", account="Checking"
    )
    assert "By the way" not in talk.say("CheckBalance", "balance", account="Checking")
    assert "your own transactions alone" in talk.say("ExplainOffer", "why do i see this")


def test_off_silences_tips(talk: Talk) -> None:
    talk.agree()
    talk.say("StopOffers", "turn off offers and tips")
    assert "By the way" not in talk.say("CheckBalance", "balance", account="Checking")


def test_no_tip_is_told_in_the_middle_of_a_payment_or_after_less_of_this(talk: Talk) -> None:
    talk.agree()
    assert "By the way" not in talk.say("SendMoney", "send money")
    wishes = talk.desk.of("mira")
    until = datetime(2026, 6, 1, tzinfo=UTC).date()
    talk.desk.keep("mira", wishes.without("tip_twice", until), "offers_less", talk.counter.now, "x")
    assert "By the way" not in talk.say("CheckBalance", "balance", account="Checking")
