"""An analyst asks the customer, and the customer's own word is the decision."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fulfillment.bank.analyst_cases import Act, DeskState
from fulfillment.bank.books import AccountStatus, CardStatus
from fulfillment.conversations.app import build_app
from fulfillment.conversations.deps import Deps
from tests.integration.conversations.conftest import Counter, _OneKey
from tests.integration.desk.conftest import Town


@pytest.fixture
def say(town: Town) -> Callable[[str, str], str]:
    """Mira says something in her chat."""
    deps = Deps(town.books, _OneKey(), lambda: town.now, lambda: "id-1")
    counter = Counter(build_app(deps), "mira", town.now)
    return lambda intent, words: counter.say(intent, words)


def test_the_button_asks_and_yes_pays_though_it_takes_two_analysts(
    town: Town, say: Callable[[str, str], str]
) -> None:
    case = town.work.event(town.hold("400.00"))
    town.click(case, Act.ASK_CUSTOMER)
    assert "did you ask for the payment of $400.00 to Anna Kovacs" in say("Welcome", "hi")
    assert "$400.00 to Anna Kovacs goes through now" in say("ConfirmItWasMe", "it was me")
    assert town.figures() == ("100.00", "20.00")
    assert town.labels() == [("genuine", "customer")]
    assert town.case(case).state is DeskState.RELEASED


def test_no_stops_it_and_the_message_in_slack_says_who_said_so(
    town: Town, say: Callable[[str, str], str]
) -> None:
    case = town.work.event(town.hold())
    town.click(case, Act.ASK_CUSTOMER)
    say("Welcome", "hi")
    told = say("DenyItWasMe", "it wasn't me")
    assert "is stopped, and the money is back" in told
    assert say("DenyItWasMe", "it wasn't me") == told
    assert town.figures() == ("500.00", "20.00")
    assert town.labels() == [("fraud", "customer")]
    town.work.channel.show(town.case(case))
    assert "the customer says it was not them" in town.shown()
    [thread] = town.slack.threads.values()
    assert any("The customer says it was *not* them" in line for line in thread)


def test_no_to_a_payment_to_a_payee_freezes_the_accounts_cards_and_takes_the_payee_off(
    town: Town, say: Callable[[str, str], str]
) -> None:
    case = town.work.event(town.hold())
    town.click(case, Act.ASK_CUSTOMER)
    say("Welcome", "hi")
    told = say("DenyItWasMe", "it wasn't me")
    cards = {card.card_id: card for card in town.books.cards("mira")}
    of_the_account = [one for one in cards.values() if one.account_id == "checking"]
    assert of_the_account
    assert {one.status for one in of_the_account} == {CardStatus.FROZEN}
    assert all(f"{one.product}" in told for one in of_the_account)
    assert "Anna Kovacs off your payees" in told
    assert not any(one.active for one in town.books.payees("mira") if "Anna" in one.name)
    # The account itself goes on, and the reply says so.
    assert {one.status for one in town.books.accounts("mira")} == {AccountStatus.ACTIVE}
    assert "Your account itself is still open" in told


def test_a_case_that_nobody_asked_about_is_not_the_customers_to_decide(
    town: Town, say: Callable[[str, str], str]
) -> None:
    case = town.work.event(town.hold())
    assert "no payment that we've asked you about" in say("ConfirmItWasMe", "it was me")
    assert town.case(case).state is DeskState.OPEN
