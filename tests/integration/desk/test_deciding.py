"""A decision moves the money, the case, the customer's news and the label together, and once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fulfillment.alerts.case_desk import Wish
from fulfillment.bank.analyst_cases import CUSTOMER, Act, DeskState
from fulfillment.bank.bank_messages import BankMessageKind
from fulfillment.bank.books import CardStatus
from fulfillment.store.auditing import audit
from tests.integration.desk.conftest import LINA, NOOR, SAM, Town


@pytest.fixture(autouse=True)
def _books_agree_afterwards(town: Town) -> Iterator[None]:
    yield
    assert audit(town.books.client, town.books.table).violations == []


def test_a_held_payment_becomes_one_case_with_one_message(town: Town) -> None:
    event = town.hold()
    case = town.work.event(event)
    assert town.work.event(event) == case
    assert case.state is DeskState.OPEN
    assert len(town.slack.messages) == 1
    for said in ("Payment held: $200.00 to Anna K.", "Mira H.", "first payment to this payee"):
        assert said in town.shown()
    assert "Kovacs" not in town.shown()
    assert "Hartmann" not in town.shown()


def test_a_release_posts_the_money_tells_the_customer_and_labels_the_payment(town: Town) -> None:
    case = town.work.event(town.hold())
    assert town.figures() == ("500.00", "220.00")
    town.click(case, Act.RELEASE)
    assert town.figures() == ("300.00", "20.00")
    assert town.case(case).state is DeskState.RELEASED
    assert town.labels() == [("genuine", f"analyst:{SAM}")]
    [told] = town.told()
    assert (told.kind, told.to, told.number) == (
        BankMessageKind.PAYMENT_RELEASED,
        "Anna Kovacs",
        1,
    )
    assert town.rung == ["mira"]
    assert "Released" in town.shown()
    assert "case:release" not in town.shown()


def test_a_decline_gives_the_money_back_and_labels_the_payment_as_fraud(town: Town) -> None:
    case = town.work.event(town.hold())
    town.click(case, Act.DECLINE)
    assert town.figures() == ("500.00", "20.00")
    assert town.labels() == [("fraud", f"analyst:{SAM}")]
    assert [told.kind for told in town.told()] == [BankMessageKind.PAYMENT_DECLINED]


def test_double_clicks_and_repeated_deliveries_act_once(town: Town) -> None:
    case = town.work.event(town.hold())
    town.click(case, Act.RELEASE)
    town.click(case, Act.RELEASE, again=True)
    assert town.slack.whispers == []
    town.click(case, Act.RELEASE)
    town.click(case, Act.DECLINE, LINA)
    assert town.figures() == ("300.00", "20.00")
    assert len(town.told()) == len(town.labels()) == 1
    assert [user for user, _ in town.slack.whispers] == [SAM, LINA]


def test_a_large_release_needs_two_different_people(town: Town) -> None:
    case = town.work.event(town.hold("400.00"))
    town.click(case, Act.RELEASE)
    town.click(case, Act.RELEASE, again=True)
    assert town.slack.whispers == []
    assert town.figures() == ("500.00", "420.00")
    assert "2nd of 2" in town.shown()
    town.click(case, Act.RELEASE)
    assert "second analyst" in town.slack.whispers[-1][1]
    assert town.figures() == ("500.00", "420.00")
    town.click(case, Act.RELEASE, LINA)
    assert town.figures() == ("100.00", "20.00")
    assert town.case(case).state is DeskState.RELEASED


def test_who_is_not_an_analyst_decides_nothing_and_is_on_record(town: Town) -> None:
    case = town.work.event(town.hold())
    for user in (NOOR, "U0NOBODY"):
        town.click(case, Act.RELEASE, user)
    assert town.figures() == ("500.00", "220.00")
    assert len(town.slack.whispers) == 2
    record = [(one.by, one.note) for one in town.desk.cases.history(case)]
    assert (NOOR, "refused: not an analyst of the desk") in record


def test_every_click_is_on_record_with_the_state_before_and_after(town: Town) -> None:
    case = town.work.event(town.hold())
    town.click(case, Act.ASK_CUSTOMER)
    town.click(case, Act.RELEASE, LINA)
    town.click(case, Act.RELEASE, LINA)
    record = [(e.by, e.what, e.before, e.after) for e in town.desk.cases.history(case)]
    assert record[1:] == [
        (SAM, "ask_customer", "open", "waiting_for_customer"),
        (LINA, "release", "waiting_for_customer", "released"),
        (LINA, "release", "released", "released"),
    ]


def test_a_payment_that_the_customer_called_back_closes_its_case(town: Town) -> None:
    case = town.work.event(town.hold())
    town.books.holds.release("p-1", town.now)
    town.click(case, Act.RELEASE)
    assert town.figures() == ("500.00", "20.00")
    assert town.case(case).state is DeskState.CLOSED
    assert town.labels() == []
    assert "called back" in town.shown()


def test_the_customers_own_no_gives_the_money_back_without_an_analyst(town: Town) -> None:
    case = town.work.event(town.hold())
    town.click(case, Act.ASK_CUSTOMER)
    assert [told.kind for told in town.told()] == [BankMessageKind.WAS_IT_YOU]
    town.desk.carry_out(case, Wish(Act.DECLINE, CUSTOMER, "turn-1"))
    assert town.figures() == ("500.00", "20.00")
    assert town.labels() == [("fraud", "customer")]
    assert len(town.told()) == 1


def test_freezing_stops_every_active_card_and_the_case_goes_on(town: Town) -> None:
    case = town.work.event(town.hold())
    town.click(case, Act.FREEZE_CARD)
    assert {card.status for card in town.books.cards("mira")} == {CardStatus.FROZEN}
    assert town.case(case).state is DeskState.ASSIGNED
    assert "cards frozen" in town.shown()


def test_what_is_written_in_the_thread_reaches_the_chat_only_from_who_took_it_over(
    town: Town,
) -> None:
    case = town.work.event(town.hold())
    town.say("looks like her usual rent", wish_id="said-0")
    town.click(case, Act.TAKE_OVER)
    town.say("Hello Mira, this is Sam.")
    town.say("Hello Mira, this is Sam.")
    town.say("careful here", LINA, wish_id="said-2")
    assert [(told.kind, told.text) for told in town.told()] == [
        (BankMessageKind.TAKEN_OVER, "Sam"),
        (BankMessageKind.ANALYST_SAID, "Hello Mira, this is Sam."),
    ]
    assert town.books.customer("mira").speaks_with == case.case_id
    notes = [one.note for one in town.desk.cases.history(case) if one.what == "note"]
    assert notes == ["looks like her usual rent", "careful here"]
    town.click(case, Act.HAND_BACK)
    assert town.books.customer("mira").speaks_with is None
    assert town.told()[-1].kind is BankMessageKind.HANDED_BACK
