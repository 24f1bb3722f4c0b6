"""The scheduler as the template deploys it: with its own role, on the bank that runs."""

from __future__ import annotations

import json

from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, PaymentOrder, Quote
from fulfillment.bank.recurrence import Recurrence
from fulfillment.bank.rules import QUOTE_LIFETIME
from fulfillment.bank.scheduled_payments import Scheduled, ScheduleStatus, new_schedule
from tests.running_bank import RunningBank
from tests.stack.ledger_view import LedgerView, books_of

SCHEDULER = "teller-scheduler"
ZONE = "America/Phoenix"


def test_the_scheduler_pays_what_is_due_and_nothing_twice(bank: RunningBank) -> None:
    books, ledger = books_of(bank), LedgerView(bank, "doris")
    accounts, payees = books.accounts_and_payees("doris")
    source = next(one for one in accounts if one.account_id == "chk")
    payee = next(one for one in payees if one.payee_id == "linda")
    now = bank.settings.now
    dollars = Money(12_50, "USD")
    order = PaymentOrder(
        kind=PaymentKind.TO_PAYEE,
        customer_id="doris",
        source_account_id=source.account_id,
        destination_id=payee.payee_id,
        destination_ref=payee.target,
        amount=dollars,
        fee=Money.zero("USD"),
        source_name=source.name,
        destination_name=payee.name,
    )
    payment = new_schedule("due-now", order, Recurrence.once(now.date()), ZONE, now)
    shown = Quote("due-now", "doris", "s-1", payment.digest, order, now, now + QUOTE_LIFETIME)
    books.put_quote(shown)
    answer = books.schedules.set_up(payment, "s-1", now)
    assert isinstance(answer, Scheduled)
    for _ in range(2):
        ran = bank.aws("lambda").invoke(FunctionName=SCHEDULER, Payload=b"{}")
        report = json.loads(ran["Payload"].read())
        assert "FunctionError" not in ran, report
        # The rule may have been a moment faster; what counts is that nothing is left.
        assert report["left"] == 0
    assert [change.amount for change in ledger.changes()] == [-dollars.amount]
    found = books.schedules.find("doris", "due-now")
    assert found is not None
    assert (found.status, found.paid) == (ScheduleStatus.FINISHED, 1)


def test_the_scheduler_is_run_every_minute(bank: RunningBank) -> None:
    events = bank.aws("events")
    (rule,) = [
        rule
        for rule in events.list_rules()["Rules"]
        if rule.get("ScheduleExpression") == "rate(1 minute)"
        and any(
            target["Arn"].endswith(SCHEDULER)
            for target in events.list_targets_by_rule(Rule=rule["Name"])["Targets"]
        )
    ]
    assert rule["State"] == "ENABLED"
