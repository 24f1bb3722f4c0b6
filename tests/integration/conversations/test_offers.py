"""Offers in a conversation: by consent, by rules, with reasons that the ledger bears out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from fulfillment.bank.books import Posting
from fulfillment.store.books import Books
from tests.integration.conversations.conftest import Bank
from tests.integration.conversations.plain_life import MONTHS, NOW, TODAY, Life, Town


@pytest.fixture
def town(bank: Bank) -> Town:
    return Town(bank)


def lines_of(books: Books, account_id: str) -> list[Posting]:
    """An account's lines straight from the ledger, oldest first."""
    first = datetime(2025, 1, 1, tzinfo=UTC)
    return list(books.postings_between("mira", account_id, first, NOW + timedelta(days=1)))


def mean(books: Books, sign: int) -> int:
    """What came in (1) or went out (-1) in an average whole month, from the ledger's own lines."""
    lines = [one for name in ("checking", "savings", "visa") for one in lines_of(books, name)]
    moved = [one.amount.minor for one in lines if one.kind != "opening"]
    return round(sum(abs(minor) for minor in moved if minor * sign > 0) / len(MONTHS))


def shown(minor: int) -> str:
    return f"${minor / 100:,.2f}"


def test_without_a_yes_nothing_is_told_and_nobody_is_scored(town: Town) -> None:
    talk = town.open()
    assert "Personal offers and tips are off" in talk.say("GetOffers", "any offers for me")
    assert "Personal offers and tips are off" in talk.say("ExplainOffer", "why")
    assert (talk.log(), town.endpoint.asked) == ([], [])


def test_the_reasons_are_what_the_ledger_says(town: Town) -> None:
    talk = town.open()
    talk.agree()
    assert "Idle money" in talk.say("GetOffers", "what could i get")
    why = talk.say("ExplainOffer", "why do i see this")
    checking = lines_of(talk.books, "checking")
    ends = [
        sum(one.amount.minor for one in checking if one.booked_at.date() <= day)
        for day in (TODAY - timedelta(days=n) for n in range(91))
    ]
    assert f"below {shown(min(ends))}" in why
    assert f"{shown(mean(talk.books, -1))} went out" in why
    assert f"{shown(mean(talk.books, 1) - mean(talk.books, -1))} was left" in why


def test_a_loan_is_offered_in_place_of_card_debt_by_the_models_chance(town: Town) -> None:
    talk = town.open(Life(owed=400_000, interest=180_000, checking=100_000, savings=0))
    talk.agree()
    assert "A loan in place of card debt" in talk.say("GetOffers", "any offers for me")
    why = talk.say("ExplainOffer", "why this offer")
    owed = -sum(one.amount.minor for one in lines_of(talk.books, "visa"))
    charged = [one for one in lines_of(talk.books, "visa") if one.kind == "interest"]
    assert f"you owed {shown(owed)}" in why
    assert f"charged {shown(-sum(one.amount.minor for one in charged))} in interest" in why
    assert "A model estimated" in why
    [asked] = [one for one in town.endpoint.asked if one["product"] == "personal_loan_from_ledger"]
    assert set(asked) == {"product", "Income", "CCAvg", "CreditCard", "Personal Loan"}
    assert (asked["CreditCard"], asked["Personal Loan"]) == (1.0, 0.0)


def test_without_its_model_no_credit_is_offered(town: Town) -> None:
    town.endpoint.is_away = True
    talk = town.open(Life(owed=400_000, interest=180_000, checking=100_000, savings=0))
    talk.agree()
    assert "card debt" not in talk.say("GetOffers", "any offers for me")
    assert "refinancing_loan" not in {one["product"] for one in talk.log()[0]["eligible"]}


def test_a_certificate_is_scored_by_the_model_and_the_answer_says_so(town: Town) -> None:
    town.endpoint.chance = 0.9
    talk = town.open()
    talk.agree()
    assert "A 12-month certificate" in talk.say("GetOffers", "any offers for me")
    assert "A model estimated" in talk.say("ExplainOffer", "why this offer")
    judged = {one["product"]: (one["chance"], one["model"]) for one in talk.log()[0]["eligible"]}
    assert judged["certificate"] == ("0.9", "7")
    assert judged["savings"] == ("0.20", "")
    assert {one["product"] for one in town.endpoint.asked} == {"certificate_from_ledger"}


def test_without_its_model_a_certificate_goes_by_the_prior_and_says_that_no_model_scored_it(
    town: Town,
) -> None:
    town.endpoint.is_away = True
    talk = town.open(Life(checking=100_000, pay=300_000))
    talk.agree()
    assert "A 12-month certificate" in talk.say("GetOffers", "any offers for me")
    judged = {one["product"]: (one["chance"], one["model"]) for one in talk.log()[0]["eligible"]}
    assert judged["certificate"] == ("0.06", "")
    assert "No model scored you for it" in talk.say("ExplainOffer", "why this offer")


@pytest.mark.parametrize("born", [None, TODAY - timedelta(days=17 * 365), date(1944, 1, 1)])
def test_limits_of_age_are_rules_and_what_is_not_known_is_not_met(
    town: Town, born: date | None
) -> None:
    life = Life(owed=400_000, interest=180_000, checking=100_000, savings=0, born=born)
    talk = town.open(life)
    talk.agree()
    assert "card debt" not in talk.say("GetOffers", "any offers for me")
    assert "refinancing_loan" not in {one["product"] for one in talk.log()[0]["eligible"]}


def test_in_hardship_only_help_is_offered(town: Town) -> None:
    talk = town.open(Life(checking=0, savings=5_000_000, pay=250_000))
    talk.agree()
    assert "not offering you anything" in talk.say("GetOffers", "any offers for me")
    assert talk.log() == []


def test_a_short_history_gets_nothing_personal(town: Town) -> None:
    talk = town.open(Life(months=2))
    talk.agree()
    assert "too little yet" in talk.say("GetOffers", "any offers for me")


def test_off_silences_everything_at_once(town: Town) -> None:
    talk = town.open()
    talk.agree()
    talk.say("GetOffers", "any offers")
    assert "off from now on" in talk.say("StopOffers", "turn off offers")
    assert "tips are off" in talk.say("GetOffers", "any offers")
    assert "tips are off" in talk.say("ExplainOffer", "why did you offer me that")
    assert len(talk.log()) == 1


def test_words_that_refuse_are_no_consent_whatever_was_heard(town: Town) -> None:
    talk = town.open()
    event = talk.counter._event("AllowOffers", "i'd rather not get any more offers", {})
    event["invocationSource"] = "DialogCodeHook"
    talk.counter.app.resolve(event)
    assert not talk.desk.of("mira").on
    talk.say("AllowOffers", "turn on offers")
    assert not talk.desk.of("mira").on


def test_less_of_this_is_kept_for_as_long_as_the_rules_say(town: Town) -> None:
    talk = town.open()
    talk.agree()
    assert "Idle money" in talk.say("GetOffers", "any offers")
    assert "moving idle money to savings until May 31" in talk.say("ShowLess", "less of this")
    assert "Idle money" not in talk.say("GetOffers", "any offers")
    wishes = talk.desk.of("mira")
    assert wishes.is_unwanted("savings", date(2026, 5, 30))
    assert not wishes.is_unwanted("savings", date(2026, 5, 31))


def test_an_offer_is_told_three_times_in_a_month_and_no_more(town: Town) -> None:
    talk = town.open()
    talk.agree()
    for _ in range(3):
        assert "Idle money" in talk.say("GetOffers", "any offers")
    assert "Idle money" not in talk.say("GetOffers", "any offers")


def test_each_answer_is_logged_with_the_chance_of_what_came_first(town: Town) -> None:
    talk = town.open()
    talk.agree()
    talk.say("GetOffers", "any offers")
    (line,) = talk.log()
    assert line["rules"] == 3
    assert line["told"][0]["product"] == "savings"
    assert sum(Decimal(one["first"]) for one in line["eligible"]) == 1
    assert {one["product"] for one in line["eligible"]} >= {"savings", "certificate"}
