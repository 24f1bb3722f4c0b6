"""A purchase like one that was cleared goes through, by the rights that the feed's function has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.script import PayByCard
from fulfillment.alerts.case_desk import case_of
from fulfillment.alerts.desk_policy import shipped_desk_policy
from fulfillment.bank.analyst_cases import Act, DeskState
from fulfillment.store.analyst_cases import DeskCases
from tests.running_bank import RunningBank
from tests.stack.eventually import eventually
from tests.stack.ledger_view import books_of
from tests.stack.till import RunningTill
from tests.unit.alerts.events import event_of, held

CAMERA = PayByCard(1_499_00, "USD", "Nightline Electronics", "debit")


@pytest.mark.usefixtures("books")
def test_what_an_analyst_has_cleared_is_bought_at_the_second_try(bank: RunningBank) -> None:
    till, known = RunningTill(bank, "amelia"), books_of(bank)
    desk = DeskCases(known.client, known.table, known.patience)
    assert till.ask(CAMERA) == "hold"
    [stopped] = eventually(lambda: [c for c in desk.of_customer("amelia") if c.payment_id])
    # As the desk leaves a payment that was blocked: nothing was held, and it was the customer's.
    event = event_of(held(stopped.payment_id, CAMERA.minor, decision="block"), "a block")
    cleared = replace(
        case_of(event, shipped_desk_policy()),
        state=DeskState.CLOSED,
        ended_by="analyst:U1",
        ended_how=Act.NOT_FRAUD,
    )
    assert desk.open(cleared)
    assert till.ask(CAMERA) == "allow"
