"""What the customer hears of what was done at the desk."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fulfillment.alerts.desk_words import told_to_the_customer
from fulfillment.bank.analyst_cases import Act, DeskCase, DeskState
from fulfillment.bank.bank_messages import BankMessageKind
from fulfillment.bank.payments import TransferState

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LAPSED = DeskCase(
    "C1", "mira", "suspected_fraud", "high", "{}", NOON, NOON, DeskState.CLOSED, "p-1", is_held=True
)


@pytest.mark.parametrize(
    ("ended", "kind"),
    [
        (TransferState.EXPIRED, BankMessageKind.PAYMENT_RAN_OUT),
        (TransferState.RELEASED, None),
        (TransferState.POSTED, None),
        (None, None),
    ],
)
def test_a_lapse_is_news_when_the_hold_ran_out_however_that_is_worded(
    ended: TransferState | None, kind: BankMessageKind | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fulfillment.alerts.desk_words.HOW_IT_ENDED", {})
    assert told_to_the_customer(LAPSED, Act.LAPSE, ended) is kind
