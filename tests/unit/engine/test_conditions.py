"""The language of conditions. Source: developer guide, "Add conditions to branch conversations"."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.engine.condition_syntax import ConditionError, parse
from bot.engine.conditions import holds
from bot.engine.recogniser import SlotMatch
from bot.engine.references import Scope
from bot.engine.session import ActiveContext, IntentState, SlotState
from tests.unit.engine.export import intent, slot
from tests.unit.engine.talk import NOON


def said(text: str) -> SlotState:
    return SlotState(SlotMatch(text, text, (text,)))


RENT = intent(
    "Rent",
    slots=(
        slot("age"),
        slot("make", "AMAZON.AlphaNumeric"),
        slot("from", "AMAZON.Date"),
        slot("for", "AMAZON.Duration"),
        slot("share", "AMAZON.Percentage"),
        slot("price", "AMAZON.Currency"),
        slot("code", "AMAZON.AlphaNumeric"),
        slot("toppings", "Topping", multiple=True),
        slot("colour", "AMAZON.AlphaNumeric"),
    ),
)
TOPPINGS = SlotState(
    SlotMatch("ham and Pineapple", "ham and Pineapple", ()),
    "List",
    (said("ham"), said("Pineapple")),
)
SCOPE = Scope(
    IntentState(
        "Rent",
        {
            "age": said("24"),
            "make": said("Honda"),
            "from": said("2026-03-02"),
            "for": said("PT90M"),
            "share": said("25%"),
            "price": said("USD 9.50"),
            "code": said("007"),
            "toppings": TOPPINGS,
            "colour": None,
        },
        confirmation="Confirmed",
    ),
    {"plan": "Gold", "visits": "12", "vip": "true"},
    (ActiveContext("trip", NOON + timedelta(minutes=5), 3, {"city": "Bern"}),),
    {"channel": "web"},
    "I want a Honda",
)


@pytest.mark.parametrize(
    "expression",
    [
        # comparisons
        '{make} = "Honda"',
        '{make} = "HONDA"',
        "{make} = 'honda'",
        "{make} == “Honda”",
        '  {make}="Honda"  ',
        '{make} != "Opel"',
        "{age} = 24",
        "{age} >= 24 AND {age} <= 24",
        '{age} < "100"',
        "NOT {age} < 24",
        '{code} != "7"',
        "{share} > 20",
        "{price} < 10",
        '{from} < "2026-10-01"',
        '{for} > "PT1H"',
        '[plan] = "gold"',
        "[visits] > 9",
        '[visits] > "9"',
        '#trip.city = "Bern"',
        '((channel)) = "web"',
        '$.inputMode = "Text"',
        '$.inputTranscript = "i want a honda"',
        '$.intent.confirmationState = "Confirmed"',
        '$.sessionState.sessionAttributes.plan = "Gold"',
        '{Rent.make} = "Honda"',
        "[vip]",
        "[vip] = true",
        # boolean operators
        '{make} = "Honda" AND {age} = 24',
        '{make} = "Honda" && [plan] = "Gold"',
        '{make} = "Opel" OR {age} = 24',
        '{make} = "Opel" || {age} = 24',
        'NOT {make} = "Opel"',
        '!({make} = "Opel")',
        'not (not ({make} = "Honda"))',
        '{make} = "Opel" AND {age} = 1 OR {age} = 24',
        '{age} = 24 OR {age} = 1 AND {make} = "Opel"',
        # lists and functions
        '{toppings} CONTAINS "pineapple"',
        'fn.CONTAINS({toppings}, "ham")',
        '{toppings} = "ham,pineapple"',
        '{toppings} = "ham, pineapple"',
        "fn.COUNT({toppings}) = 2",
        "fn.COUNT({colour}) = 0",
        "fn.LENGTH({make}) = 5",
        "fn.LENGTH([plan]) >= 4",
        "fn.IS_NULL({colour})",
        "fn.IS_NULL([nothing]) = true",
        "NOT fn.IS_NULL({make})",
        "fn.IS_SET({make})",
        '(!fn.IS_SET([count]) OR [count] = "" OR [count] = "0") AND [plan] != "Silver"',
        "fn.is_null({colour})",
        "{colour} = null",
        "{make} != null",
        # what is unset does not spoil what decides without it
        '{colour} = "red" OR {age} = 24',
        'fn.IS_NULL({colour}) OR {colour} = "red"',
    ],
)
def test_a_condition_holds(expression: str) -> None:
    assert holds(expression, SCOPE, RENT)


@pytest.mark.parametrize(
    "expression",
    [
        '{make} = "Opel"',
        "{age} < 24",
        '{code} = "7"',
        '{toppings} CONTAINS "olives"',
        '{toppings} CONTAINS "pine"',
        "fn.IS_NULL({make})",
        "fn.IS_SET({colour})",
        '{for} > "PT2H"',
        "[plan]",
        "{age} = 24 AND {age} = 25",
        # A comparison with something unset is invalid, whichever way it is put.
        '{colour} = "red"',
        '{colour} != "red"',
        'NOT {colour} = "red"',
        '{colour} = "red" AND {age} = 24',
        "[nothing] < 5",
        "fn.LENGTH({colour}) = 0",
        '{colour} CONTAINS "red"',
        '{unknown} = "x"',
        '#trip.street = "x"',
        '#stay.city = "x"',
        '$.nowhere.at.all = "x"',
        "{colour} > null",
    ],
)
def test_a_condition_does_not_hold(expression: str) -> None:
    assert not holds(expression, SCOPE, RENT)


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "{make}=",
        '= "Honda"',
        '{make} "Honda"',
        "{make} = Honda",
        '({make} = "Honda"',
        '{make} = "Honda")',
        '{make} = "Honda',
        "{age} = 24 AND",
        "fn.SUM({age}) = 3",
        "fn.COUNT()",
        'fn.COUNT({age}, "x")',
        'fn.CONTAINS({age}) = "x"',
        "{age} % 2",
        "NOT " * 60 + "[vip]",
    ],
)
def test_what_is_no_condition_is_refused(expression: str) -> None:
    with pytest.raises(ConditionError):
        parse(expression)


def test_escapes_in_a_literal_are_read() -> None:
    scope = Scope(None, {"said": 'the "best" one'})
    assert holds(r'[said] = "the \"best\" one"', scope, None)


def test_without_an_intent_slots_are_unset() -> None:
    assert holds("fn.IS_NULL({make})", Scope(None), None)
