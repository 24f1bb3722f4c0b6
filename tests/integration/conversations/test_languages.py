"""The language is that of the turn; what was said and shown before holds whatever the language."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from fulfillment.bank.bank_messages import BankMessage, BankMessageKind
from fulfillment.bank.recurrence import Recurrence
from fulfillment.conversations.bank_messages import bank_message
from fulfillment.replies import Speech
from fulfillment.store.books import Books
from fulfillment.store.loading import load_books
from fulfillment.store.schedule_runner import ScheduleRunner
from tests.integration.conversations.conftest import Bank, Counter
from tests.integration.store.schedules import DUE, FRIDAY, scheduled
from tests.unit.bank.values import CHECKING, MIRA, NOW, SAVINGS, dollars, opening_books, to_anna

DAY = timedelta(days=1)


@pytest.fixture
def books(bank: Bank) -> Books:
    load_books(bank.client, bank.table, opening_books(CHECKING, SAVINGS))
    return Books(bank.client, bank.table)


@pytest.fixture
def counter(bank: Bank, books: Books) -> Counter:
    assert books.customer("mira").locale == "en_US"
    return bank.counter()


def test_a_turn_is_answered_in_its_own_language(counter: Counter) -> None:
    english = counter.say("CheckBalance", "my savings balance", account="savings")
    assert "You have $1,000.00 available" in english
    counter.locale = "es_US"
    spanish = counter.say("CheckBalance", "saldo de ahorros", account="cuenta de ahorros")
    assert "Tiene $1,000.00 disponibles" in spanish
    counter.locale = "en_GB"
    assert "US$1,000.00 available" in counter.say(
        "CheckBalance", "my savings balance", account="savings"
    )


def test_a_payment_that_was_begun_in_english_is_gone_on_with_in_spanish(counter: Counter) -> None:
    heard = {"amount": "fifty dollars", "payee": "Anna"}
    asked = counter.say("SendMoney", "send fifty dollars to Anna", **heard)
    assert asked.startswith("Which account")
    counter.locale = "es_US"
    assert counter.say("ContinueTask", "sigamos").startswith(
        "¿De cuál cuenta debe salir el dinero?"
    )
    shown = counter.say("SendMoney", "la de cheques", **heard, sourceAccount="la de cheques")
    assert shown.startswith("Por favor revise: enviar $50.00 a Anna Kovacs")
    quote = counter.session["quoteId"]
    # The yes may come in English again: the figures are the same.
    counter.locale = "en_US"
    paid = counter.say("SendMoney", "yes", **heard, sourceAccount="la de cheques")
    assert paid.startswith("Done. I sent $50.00 to Anna Kovacs")
    assert quote
    assert "quoteId" not in counter.session


def test_an_amount_of_another_language_is_never_taken_from_this_turns_own_words(
    counter: Counter,
) -> None:
    said = counter.say("SendMoney", "once", amount="once", payee="Anna")
    assert "$11" not in said


def test_a_rhythm_that_was_said_in_spanish_is_kept_in_english(counter: Counter) -> None:
    counter.locale = "es_US"
    kept = {"amount": "50", "payee": "Anna", "frequency": "every week", "startDate": "2026-03-06"}
    kept |= {"ending": "until 2026-06-30"}
    shown = counter.say("SchedulePayment", "de cheques", **kept, sourceAccount="cheques")
    assert "cada viernes, desde el vie, 6 de mar, la última vez el vie, 26 de jun" in shown
    kept |= {"frequency": "cada viernes"}
    asked = counter.say("SchedulePayment", "envíe 50 a Anna cada viernes", **kept)
    assert "cuenta" in asked
    counter.locale = "en_US"
    shown = counter.say("SchedulePayment", "from checking", **kept, sourceAccount="checking")
    assert "every Friday, from Fri, Mar 6, the last time on Fri, Jun 26" in shown


def test_the_list_that_was_shown_is_meant_in_either_language(
    counter: Counter, books: Books
) -> None:
    scheduled(books)
    scheduled(books, "s-2", to_anna("75.00"))
    assert counter.say("ListScheduledPayments", "my scheduled payments").count("Anna Kovacs") == 2
    counter.locale = "es_US"
    said = counter.say("CancelScheduledPayment", "cancele el segundo", which="el segundo")
    assert "$75.00" in said


def test_news_of_a_missed_payment_is_told_in_the_language_of_the_turn(
    bank: Bank, books: Books
) -> None:
    scheduled(books, order=to_anna("1900.00"), recurrence=Recurrence.once(FRIDAY))
    for days in range(3):
        ScheduleRunner.of(books).run(DUE + days * DAY)
    bank.now = DUE + 2 * DAY
    counter = bank.counter()
    counter.locale = "es_US"
    said = counter.say("CheckBalance", "ahorros", account="ahorros").splitlines()[0]
    assert said == (
        "Noticias de un pago programado: $1,900.00 a Anna Kovacs, para el vie, 6 de mar, no se "
        "pagaron porque no había suficiente dinero en la cuenta. No se movió nada, y no lo "
        "intentaré otra vez."
    )


def test_what_is_pushed_into_an_open_chat_is_said_in_the_customers_stored_language() -> None:
    mira = replace(MIRA, locale="es_US")
    pushed = BankMessage(
        "mira", 1, NOW, BankMessageKind.WAS_IT_YOU, dollars("50.00"), "Anna", payment_id="p-1"
    )
    speech = Speech(mira.locale, mira.time_zone, NOW)
    said, buttons = bank_message(speech, pushed, with_buttons=True)
    assert said.content.startswith("Uno de nuestros especialistas quiere estar seguro")
    assert [button.value for button in buttons.buttons] == [
        "Sí, ese pago fue mío", "No, ese pago no fue mío",
    ]  # fmt: skip
