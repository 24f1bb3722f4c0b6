"""Another sum and what is left, said while it is asked which account pays."""

from __future__ import annotations

import pytest

from fulfillment.conversations.amid_a_payment import (
    amid_a_payment,
    another_sum,
    asks_what_is_left,
)
from fulfillment.conversations.progress import CONFIRMATION, Progress, Task
from fulfillment.lex import Turn
from fulfillment.lex.event import LexEvent
from fulfillment.lex.testing import lex_event

PAID = {"amount": "150", "payee": "Anna"}


def turn(intent: str, said: str) -> Turn:
    return Turn.of(LexEvent.model_validate(lex_event(intent, transcript=said)))


def asking(slot: str, intent: str = "SendMoney") -> Progress:
    return Progress().begin(Task(intent, PAID, slot)).question(intent, slot)


@pytest.mark.parametrize(
    ("said", "locale", "words"),
    [
        ("actually make it 180", "en_US", "180"),
        ("make it $180 instead", "en_US", "$180"),
        ("no, 150", "en_US", "150"),
        ("sorry, 30 dollars", "en_US", "30 dollars"),
        ("make that two hundred, please", "en_US", "two hundred"),
        ("change it to 1,250.50", "en_US", "1,250.50"),
        ("make it 3358", "en_US", "3358"),
        ("no wait, 120", "en_US", "120"),
        ("mejor que sean 150", "es_US", "150"),
        ("cámbielo a 150", "es_US", "150"),
        ("mejor doscientos", "es_US", "doscientos"),
    ],
)
def test_another_sum_is_heard(said: str, locale: str, words: str) -> None:
    assert another_sum(said, locale) == words


@pytest.mark.parametrize(
    "said",
    ["150", "no, 3358", "checking", "no, from savings", "make it Friday", "actually, savings",
     "make it the 15th", "no", "wait", "send 20 to Sofia", "just the first one", ""],
)  # fmt: skip
def test_what_names_an_account_or_nothing_is_no_sum(said: str) -> None:
    assert another_sum(said, "en_US") is None


@pytest.mark.parametrize(
    "said",
    ["what's left after that?", "how much would I have left", "and what will I have left then?",
     "how much is left", "how much money do I have left", "what would my balance be after that",
     "¿cuánto me queda después de eso?", "cuánto me quedaría", "¿y cuánto me sobra?"],
)  # fmt: skip
def test_what_would_be_left_is_asked(said: str) -> None:
    assert asks_what_is_left(said)


@pytest.mark.parametrize(
    "said", ["what is my balance", "how much is left of my groceries budget", "left", "checking"]
)
def test_another_question_is_not_about_what_is_left(said: str) -> None:
    assert not asks_what_is_left(said)


@pytest.mark.parametrize("heard", ["SendMoney", "PayCreditCard", "FallbackIntent"])
@pytest.mark.parametrize("slot", ["sourceAccount", "payee"])
def test_the_sum_changes_whatever_lex_hears(heard: str, slot: str) -> None:
    found = amid_a_payment(turn(heard, "actually make it 180"), asking(slot))
    assert found is not None
    assert (found.task.slots, found.told) == ({"amount": "180", "payee": "Anna"}, ())


def test_a_balance_asked_about_in_between_is_no_end_of_the_payment() -> None:
    progress = asking("sourceAccount").question("CheckBalance", "account")
    found = amid_a_payment(turn("CheckBalance", "make it 180"), progress)
    assert found is not None
    assert found.task.slots["amount"] == "180"


def test_at_the_figures_lex_hears_the_sum_itself_or_it_is_taken_here() -> None:
    assert amid_a_payment(turn("SendMoney", "make it 180"), asking(CONFIRMATION)) is None
    assert amid_a_payment(turn("PayCreditCard", "make it 180"), asking(CONFIRMATION)) is not None


@pytest.mark.parametrize(("slot", "intent"), [("amount", "SendMoney"), ("amount", "SetBudget")])
def test_a_question_for_the_sum_is_left_to_lex(slot: str, intent: str) -> None:
    assert amid_a_payment(turn("SendMoney", "make it 180"), asking(slot, intent)) is None


def test_nothing_is_changed_where_nothing_is_open() -> None:
    assert amid_a_payment(turn("PayCreditCard", "make it 180"), Progress()) is None
