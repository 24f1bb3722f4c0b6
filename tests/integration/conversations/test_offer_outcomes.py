"""What becomes of an offer is on record beside it: wanted, acted on, unwanted; and of no other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models.personalization.policy.command import scanned
from models.personalization.policy.log import read_log
from tests.integration.conversations.conftest import Bank
from tests.integration.conversations.plain_life import Talk, Town


@pytest.fixture
def town(bank: Bank) -> Town:
    return Town(bank)


@pytest.fixture
def talk(town: Town) -> Talk:
    """With a customer who was just offered savings and a certificate."""
    talk = town.open()
    talk.agree()
    assert "Idle money" in talk.say("GetOffers", "any offers")
    return talk


def outcomes(talk: Talk) -> list[tuple[str, str]]:
    """The outcomes on record, each of the one offer that was made."""
    (offer,) = offers(talk)
    lines = [one for one in talk.log() if "outcome" in one]
    assert {one["of"] for one in lines} <= {offer["id"]}
    return [(one["outcome"], one["product"]) for one in lines]


def offers(talk: Talk) -> list[dict[str, Any]]:
    return [one for one in talk.log() if one.get("eligible")]


def first_of(talk: Talk) -> str:
    return str(offers(talk)[0]["told"][0]["product"])


def test_an_offer_that_is_wanted_is_noted_once_and_nothing_new_is_offered(talk: Talk) -> None:
    assert "Noted, you'd like" in talk.say("GetOffers", "I'd like that offer")
    talk.say("GetOffers", "i'd like that offer")
    assert outcomes(talk) == [("wanted", first_of(talk))]


def test_the_log_as_the_bank_wrote_it_judges_rankings(talk: Talk) -> None:
    talk.say("GetOffers", "i'd like that offer")
    [one] = read_log(scanned(talk.desk.table, None)).impressions
    assert one.taken
    assert one.choices[one.shown].product == first_of(talk)
    assert sum(choice.first for choice in one.choices) == pytest.approx(1)


def test_the_second_and_the_named_one_can_be_taken_too(talk: Talk) -> None:
    second = str(offers(talk)[0]["told"][1]["product"])
    talk.say("GetOffers", "i want the second offer")
    assert outcomes(talk) == [("wanted", second)]


def test_less_of_this_is_an_outcome_of_what_was_offered(talk: Talk) -> None:
    first = first_of(talk)
    talk.say("ShowLess", "less of this")
    assert outcomes(talk) == [("less", first)]


def test_what_is_done_about_an_offer_is_noted_where_it_was_made(talk: Talk) -> None:
    talk.say("OpenAccount", "apply for a credit card", yes=True)
    assert outcomes(talk) == []
    talk.say("GetOffers", "i'd like the offer of savings")
    talk.say(
        "TransferMoney", "move 100 to savings", amount="100", sourceAccount="Checking",
        destinationAccount="Savings",
    )  # fmt: skip
    talk.say(
        "TransferMoney", "yes", yes=True, amount="100", sourceAccount="Checking",
        destinationAccount="Savings",
    )  # fmt: skip
    assert ("acted", "savings") in outcomes(talk)


def test_what_is_done_much_later_is_put_down_to_no_offer(town: Town, talk: Talk) -> None:
    town.bank.now += timedelta(days=31)
    talk.say("GetOffers", "i'd like that offer")
    assert outcomes(talk) == []


def test_without_consent_nothing_is_noted_and_nothing_can_be_taken(town: Town) -> None:
    talk = town.open()
    assert "Personal offers and tips are off" in talk.say("GetOffers", "i'd like that offer")
    talk.say("OpenAccount", "apply for a credit card", yes=True)
    assert talk.log() == []
