"""The sweeper as the template deploys it: with its own role, on the bank that runs."""

from __future__ import annotations

import json
from datetime import timedelta

from fulfillment.bank.books import Hold
from fulfillment.bank.holds import Authorisation
from fulfillment.bank.money import Money
from fulfillment.bank.payments import TransferState
from tests.running_bank import RunningBank
from tests.stack.ledger_view import books_of

SWEEPER = "teller-sweeper"


def test_the_sweeper_gives_back_a_hold_that_nobody_asked_for_in_time(bank: RunningBank) -> None:
    books = books_of(bank)
    before = books.accounts("doris")
    now = bank.settings.now
    hold = Hold(
        customer_id="doris",
        account_id="chk",
        hold_id="a-hotel-s-hold",
        placed_at=now - timedelta(days=8),
        expires_at=now - timedelta(days=1),
        amount=Money(12_000, "USD"),
        description="Hotel Congress",
    )
    held = books.holds.authorise(hold, hold.placed_at)
    assert isinstance(held, Authorisation)
    answer = bank.aws("lambda").invoke(FunctionName=SWEEPER, Payload=b"{}")
    swept = json.loads(answer["Payload"].read())
    assert "FunctionError" not in answer, swept
    # The schedule may have been a moment faster; what counts is that nothing is left.
    assert swept["holds"]["left"] == 0
    found = books.holds.find(hold.hold_id)
    assert found is not None
    assert found.state is TransferState.EXPIRED
    assert [account.available for account in books.accounts("doris")] == [
        account.available for account in before
    ]


def test_the_sweeper_is_run_every_minute(bank: RunningBank) -> None:
    events = bank.aws("events")
    (rule,) = [
        rule
        for rule in events.list_rules()["Rules"]
        if rule.get("ScheduleExpression") == "rate(1 minute)"
        and any(
            target["Arn"].endswith(SWEEPER)
            for target in events.list_targets_by_rule(Rule=rule["Name"])["Targets"]
        )
    ]
    assert rule["State"] == "ENABLED"
