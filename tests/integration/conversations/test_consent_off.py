"""Without consent no path tells, offers, explains, scores or logs anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from fulfillment.bank.bank_messages import TIPS, BankMessage
from fulfillment.bank.money import Money
from fulfillment.bank.offer_wishes import OfferWishes
from fulfillment.conversations.tip_finding import tip_for
from fulfillment.conversations.tip_telling import TipTeller
from fulfillment.conversations.tips import AFTER
from fulfillment.conversations.tips_waiting import parted
from fulfillment.personalization.offers.rules import Product, standard_rules
from fulfillment.store.bank_messages import tell
from tests.integration.conversations.conftest import Bank
from tests.integration.conversations.plain_life import NOW, Talk, Town
from tests.integration.conversations.test_tips import Doubled

Way = Callable[[Talk], object]

ASKED: dict[str, str] = {
    "GetOffers": "what could i get",
    "ExplainOffer": "why do i see this",
    "ShowLess": "no more loan offers",
}
"""Intents about offers, with words for each."""
DONE = ("ApplyForLoan", "OpenAccount", "ExploreInvesting", "TransferMoney")
"""What counts as the outcome of an offer where there was one."""


def _never_agreed(_: Talk) -> None:
    """As every customer begins."""


def _agreed_and_ended(talk: Talk) -> None:
    talk.agree()
    talk.say("GetOffers", "what could i get")
    talk.say("StopOffers", "turn off offers and tips")


@pytest.fixture(params=[_never_agreed, _agreed_and_ended])
def town(bank: Bank, request: pytest.FixtureRequest) -> tuple[Town, Talk]:
    town = Town(bank)
    talk = town.open(Doubled())
    request.param(talk)
    town.endpoint.asked.clear()
    return town, talk


def test_no_conversation_offers_explains_scores_or_logs(town: tuple[Town, Talk]) -> None:
    bank, talk = town
    before = talk.log()
    assert "tips are off" in talk.say("GetOffers", ASKED["GetOffers"])
    assert "tips are off" in talk.say("GetOffers", "i'd like that offer")
    assert "tips are off" in talk.say("ExplainOffer", ASKED["ExplainOffer"])
    for intent in DONE:
        talk.say(intent, "yes please")
    assert talk.log() == before
    assert bank.endpoint.asked == []


def test_no_answer_ends_with_a_tip(town: tuple[Town, Talk]) -> None:
    _, talk = town
    for intent in sorted(AFTER):
        assert "By the way" not in talk.say(intent, "hello", account="Checking")


def test_no_booking_leaves_a_tip_and_none_that_was_left_is_told(town: tuple[Town, Talk]) -> None:
    bank, talk = town
    assert TipTeller(talk.books, standard_rules()).for_a_booking("mira", NOW, "b-1") is None
    left = BankMessage("mira", 1, NOW, min(TIPS), amount=Money(1, "USD"), to="x", text="1")
    bank.bank.client.transact_write_items(TransactItems=tell(bank.bank.table, left))
    assert "By the way" not in talk.say("CheckBalance", "balance", account="Checking")


@pytest.mark.parametrize("kind", sorted(TIPS))
@pytest.mark.parametrize("is_calm", [True, False])
def test_no_kind_of_tip_is_told_or_waits_in_an_open_chat(kind: str, is_calm: bool) -> None:
    tip = BankMessage("mira", 1, NOW, next(one for one in TIPS if one == kind))
    later = NOW + timedelta(hours=1)
    assert parted([tip], later, agreed=False, is_calm=is_calm) == ([], [])
    told, waits = parted([tip], later, agreed=True, is_calm=is_calm)
    assert (told, waits) == (([tip], []) if is_calm else ([], [tip]))


def test_the_lines_are_not_even_looked_into() -> None:
    untouchable: object = None
    assert tip_for(untouchable, OfferWishes(), standard_rules()) is None  # type: ignore[arg-type]


def test_less_of_a_product_is_kept_without_consent_and_tells_nothing(bank: Bank) -> None:
    talk = Town(bank).open(Doubled())
    assert "nothing about" in talk.say("ShowLess", ASKED["ShowLess"])
    assert talk.desk.of("mira").is_unwanted(Product.REFINANCING_LOAN, NOW.date())
    assert not talk.desk.of("mira").on
