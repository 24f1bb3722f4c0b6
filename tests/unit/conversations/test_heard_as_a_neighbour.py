"""Whole sentences that Lex hears as the wish next to theirs."""

from __future__ import annotations

from typing import Any

import pytest

from fulfillment.conversations.heard_as_a_neighbour import meant_instead
from fulfillment.conversations.progress import Task
from fulfillment.lex import Turn
from fulfillment.lex.event import LexEvent
from fulfillment.lex.testing import lex_event


def wanted(heard: str, said: str, *readings: tuple[str, float, dict[str, str]]) -> Task | None:
    event = lex_event(heard, transcript=said)
    event["interpretations"] = [_reading(*one) for one in readings]
    return meant_instead(Turn.of(LexEvent.model_validate(event)))


def _reading(intent: str, score: float, slots: dict[str, str]) -> dict[str, Any]:
    filled = {
        name: {"shape": "Scalar", "value": {"originalValue": said}} for name, said in slots.items()
    }
    return {"intent": {"name": intent, "slots": filled}, "nluConfidence": score}


HELLO = ("Welcome", 0.9, dict[str, str]())


def test_what_follows_a_greeting_is_what_is_wanted() -> None:
    said = "hola buenas, cuánta plata tengo"
    assert wanted("Welcome", said, HELLO, ("CheckBalance", 0.75, {})) == Task(
        "CheckBalance", {}, ""
    )
    paid = ("SendMoney", 0.7, {"amount": "20", "payee": "Ana"})
    task = Task("SendMoney", {"amount": "20", "payee": "Ana"}, "")
    assert wanted("Welcome", "hi there! send 20 to Ana", HELLO, paid) == task


@pytest.mark.parametrize(
    "said", ["hola", "hola buenas", "hi there", "good morning Teller!", "hey you"]
)
def test_a_greeting_alone_is_one(said: str) -> None:
    assert wanted("Welcome", said, HELLO, ("CheckBalance", 0.75, {})) is None


def test_a_faint_reading_is_no_wish() -> None:
    assert wanted("Welcome", "hola cómo está usted", HELLO, ("CheckCases", 0.4, {})) is None


@pytest.mark.parametrize(
    "said",
    [
        "¿llegó mi pensión?",
        "¿me llegó la pensión?",
        "¿ya llegó mi jubilación?",
        "ya cayó la nómina",
    ],
)
def test_pay_of_any_kind_is_asked_after(said: str) -> None:
    assert wanted("OtherService", said) == Task("GetIncome", {}, "")


@pytest.mark.parametrize("said", ["llegó mi tarjeta", "abrir una cuenta de pensión", "mi pensión"])
def test_what_else_arrives_is_left_to_lex(said: str) -> None:
    assert wanted("OtherService", said) is None


@pytest.mark.parametrize(
    "said", ["I got robbed", "I was mugged", "help, I just got robbed last night", "we were robbed"]
)
def test_who_was_robbed_has_a_card_to_block(said: str) -> None:
    assert wanted("ReportScam", said) == Task("ReportLostCard", {}, "")
    assert wanted("FallbackIntent", said) == Task("ReportLostCard", {}, "")


@pytest.mark.parametrize(
    "said", ["I got robbed by a seller online", "I was robbed in a crypto scam", "I got scammed"]
)
def test_who_was_robbed_by_a_story_reports_it(said: str) -> None:
    assert wanted("ReportScam", said) is None


@pytest.mark.parametrize(
    "said",
    ["did netflix charge me twice", "was I charged twice by Netflix", "did Netflix bill me double?",
     "did Netflix double charge me", "¿Netflix me cobró dos veces?", "me cobró doble Netflix?"],
)  # fmt: skip
def test_who_asks_whether_it_was_charged_twice_is_answered(said: str) -> None:
    assert wanted("DisputeCharge", said) == Task("FindUnusualActivity", {}, "")


@pytest.mark.parametrize(
    "said",
    ["I was charged twice by Netflix", "Netflix me cobró dos veces", "they charged me twice"],
)
def test_who_says_so_disputes_it(said: str) -> None:
    assert wanted("DisputeCharge", said) is None


@pytest.mark.parametrize(
    "said",
    [
        "cancela mi suscripción de netflix",
        "cancel my Netflix subscription",
        "cancelar la membresía",
    ],
)
def test_a_subscription_is_ended_where_it_was_begun(said: str) -> None:
    assert wanted("CancelPayment", said) == Task("ListSubscriptions", {}, "")


@pytest.mark.parametrize(
    "said",
    ["cancel my scheduled payment", "cancela el pago de mi suscripción", "cancel the payment"],
)
def test_a_payment_is_an_order_of_the_customers_own(said: str) -> None:
    assert wanted("CancelPayment", said) is None


def test_of_a_balance_and_another_wish_the_other_is_begun() -> None:
    said = "freeze my card and tell me my savings balance"
    balance = ("CheckBalance", 0.80, {"account": "savings"})
    close, sure = ("FreezeCard", 0.77, dict[str, str]()), ("FreezeCard", 0.95, dict[str, str]())
    assert wanted("CheckBalance", said, balance, close) == Task("FreezeCard", {}, "")
    # Where Lex is sure of the other one, it is left to it.
    assert wanted("FreezeCard", said, sure, balance) is None
