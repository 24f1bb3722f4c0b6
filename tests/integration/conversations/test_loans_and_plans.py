"""Loans, budgets, goals, investing and pictures, talked through at the counter."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from tests.integration.conversations.conftest import Bank
from tests.integration.conversations.plain_life import Life, Town


@pytest.fixture
def town(bank: Bank) -> Town:
    return Town(bank)


def test_a_loan_is_told_in_all_its_figures_and_beside_what_is_left_of_a_month(town: Town) -> None:
    told = town.open().say("EstimateLoan", "5000 over 3 years", amount="5000 dollars", term="P3Y")
    assert "$161.31 a month, the last payment $161.40" in told
    assert "APR 10.68%" in told
    assert "$857.25 in interest" not in told
    assert "pay back $5,807.25: $807.25 in interest, $857.25 in all with the fee" in told
    assert "it would fit" in told


def test_a_loan_that_the_months_do_not_bear_is_said_to_be_too_much(town: Town) -> None:
    talk = town.open(Life(pay=270_000))
    told = talk.say("EstimateLoan", "20000 over 2 years", amount="20000 dollars", term="P24M")
    assert "it would be too much" in told


def test_what_is_not_lent_is_asked_again(town: Town) -> None:
    talk = town.open()
    told = talk.say("EstimateLoan", "200 dollars", amount="200 dollars", term="P2Y")
    assert "from $1,000.00 to $50,000.00" in told
    told = talk.say("EstimateLoan", "10 years", amount="2000 dollars", term="P10Y")
    assert "from 12 to 60 months" in told


def test_an_application_is_a_case_with_the_figures_that_were_shown_once(town: Town) -> None:
    talk = town.open()
    asked = {"amount": "5000 dollars", "term": "P3Y"}
    first = talk.say("ApplyForLoan", "yes", yes=True, **asked)
    again = talk.say("ApplyForLoan", "yes", yes=True, **asked)
    (case,) = talk.books.cases("mira")
    assert case.case_id in first
    assert case.case_id in again
    packet = json.loads(case.packet or "")
    assert (packet["amount"], packet["months"], packet["instalment"]) == (500_000, 36, 16_131)
    assert (packet["apr"], packet["precheck"]) == ("10.68", "fits")


def test_how_much_can_be_borrowed_goes_by_what_was_left(town: Town) -> None:
    told = town.open().say("EstimateLoan", "how much could i borrow")
    assert "$2,400.00 on average, about $28,400.00 over 36 months" in told


def test_a_budget_is_set_changed_shown_and_removed(town: Town) -> None:
    talk = town.open()
    assert "no budget and no savings goal" in talk.say("CheckBudgets", "my budgets")
    told = talk.say("SetBudget", "set it", category="shopping", amount="300 dollars")
    assert "Your budget for shopping is $300.00 a month" in told
    assert "shopping: $0.00 of $300.00, $300.00 left" in talk.say("CheckBudgets", "my budgets")
    talk.say("SetBudget", "remove my shopping budget", category="shopping")
    assert "no budget and no savings goal" in talk.say("CheckBudgets", "my budgets")


def test_a_goal_tells_what_it_takes_a_month(town: Town) -> None:
    talk = town.open()
    told = talk.say("SetSavingsGoal", "x", amount="46000 dollars", byDate="September 1")
    assert "$6,000.00 is missing. That takes $1,000.00 a month" in told
    assert "by Sep 1" in talk.say("CheckBudgets", "my goal")


def test_questions_about_investing_end_in_information_with_its_risks(town: Town) -> None:
    talk = town.open()
    assert "information, not advice" in talk.say("ExploreInvesting", "i want to invest")
    told = talk.say("ExploreInvesting", "wait", goal="growth", horizon="P10Y", risk="wait")
    assert "growth model portfolio: 80% stocks" in told
    assert "no advice" in told
    soon = talk.say("ExploreInvesting", "wait", goal="growth", horizon="P1Y", risk="wait")
    assert "I show no portfolio" in soon


def test_a_picture_says_in_words_what_it_shows(town: Town) -> None:
    talk = town.open()
    told = talk.say("ShowChart", "chart my spending by month")
    assert "Spending by month:" in told
    assert "February 2026: $2,600.00" in told
    talk.say("EstimateLoan", "x", amount="5000 dollars", term="P3Y")
    assert "After 36 months: $0.00" in talk.say("ShowChart", "show the loan as a chart")
    assert ET.fromstring("<a/>").tag == "a"  # noqa: S314 - our own
