"""A first large payment is warned of, and goes on only after a pause and a second yes."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest

from fulfillment.alerts.phone import PhoneMessage
from fulfillment.conversations.app import build_app
from fulfillment.conversations.deps import Deps
from fulfillment.fraud.assessing import Assessor
from fulfillment.fraud.policy.model import shipped_policy
from fulfillment.store.books import Books
from fulfillment.store.loading import load_books
from tests.integration.conversations.conftest import Bank, Counter, _OneKey
from tests.integration.conversations.test_judging import Scripted
from tests.unit.bank.values import account, opening_books


class _Phones:
    """Everybody has one that works."""

    def send(self, message: PhoneMessage) -> None:
        """Heard."""


@pytest.fixture
def counter(bank: Bank) -> Counter:
    load_books(bank.client, bank.table, opening_books(account("checking", "3000.00")))
    books = Books(bank.client, bank.table)
    ids, assessor = count(), Assessor(Scripted(), shipped_policy)
    deps = Deps(
        books,
        _OneKey(),
        lambda: bank.now,
        lambda: f"id-{next(ids)}",
        phones=_Phones(),
        assessor=lambda: assessor,
    )
    return Counter(build_app(deps), "mira", bank.now)


def send(counter: Counter, amount: str = "$650.00") -> str:
    slots = {"amount": amount, "payee": "Anna Kovacs", "sourceAccount": "Checking"}
    return counter.say("SendMoney", "yes", **slots)


def test_the_warning_comes_before_the_code_and_too_soon_a_yes_is_no_yes(
    bank: Bank, counter: Counter
) -> None:
    assert "Please check: send $650.00" in send(counter)
    told = send(counter)
    assert "You have never paid them" in told
    assert "in 10 seconds at the earliest" in told
    bank.now += timedelta(seconds=4)
    assert "say yes in 6 seconds. Nothing has moved." in send(counter)
    assert "say yes in 6 seconds" in send(counter)
    bank.now += timedelta(seconds=6)
    assert "One more check before this goes out" in send(counter)


def test_no_session_attribute_skips_the_warning(bank: Bank, counter: Counter) -> None:
    send(counter)
    counter.session |= {"warned": "2020-01-01T00:00:00Z", "warned_at": "2020-01-01T00:00:00Z"}
    assert "You have never paid them" in send(counter)


def test_other_figures_are_warned_of_anew(bank: Bank, counter: Counter) -> None:
    send(counter)
    send(counter)
    bank.now += timedelta(seconds=11)
    assert "Please check: send $700.00" in send(counter, "$700.00")
    assert "You have never paid them" in send(counter, "$700.00")


def test_a_small_first_payment_is_paid_without_a_word(counter: Counter) -> None:
    send(counter, "$50.00")
    assert "I sent $50.00" in send(counter, "$50.00")
