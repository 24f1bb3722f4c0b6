"""A scheduled payment is judged on its due day: paid, held for the customer's word, or stopped."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from fulfillment.alerts.case_desk import CaseDesk, Wish
from fulfillment.alerts.desk_policy import shipped_desk_policy
from fulfillment.alerts.events import SecurityEvent, SuspectedFraud
from fulfillment.bank.analyst_cases import Act, DeskCase, DeskState
from fulfillment.bank.holds import PAYMENT_HOLD_LIFE
from fulfillment.bank.recurrence import Recurrence
from fulfillment.bank.scheduled_payments import (
    NotScheduled,
    ScheduleRefusal,
    ScheduleStatus,
    transfer_id,
)
from fulfillment.conversations.judging_due import DueJudge
from fulfillment.fraud.assessing import Assessor
from fulfillment.fraud.policy.model import shipped_policy
from fulfillment.store.analyst_cases import DeskCases
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.companions import Companions
from fulfillment.store.loading import load_books
from fulfillment.store.schedule_runner import Run, ScheduleRunner
from fulfillment.store.sweeping import release_expired_holds
from tests.integration.conversations.conftest import Bank
from tests.integration.conversations.test_judging import Scripted
from tests.integration.store.schedules import DUE, FRIDAY, scheduled, stored
from tests.unit.bank.values import CHECKING, SAVINGS, opening_books, to_anna

CALM, CHALLENGED, HELD, BLOCKED = 0.001, 0.2, 0.7, 0.99
BALANCE = ("CheckBalance", "what do i have in savings")
WEEK = timedelta(days=7)
PAYMENT = transfer_id("s-1", FRIDAY)


@dataclass
class Due:
    """Mira's bank on the day that a payment of $50 to Anna is due."""

    bank: Bank
    books: Books
    scorer: Scripted

    @property
    def judge(self) -> DueJudge:
        assessor = Assessor(self.scorer, shipped_policy)
        return DueJudge(self.books, shipped_desk_policy(), lambda: assessor)

    def run(self, now: datetime = DUE) -> Run:
        return ScheduleRunner.of(self.books, self.judge).run(now)

    def say(self, intent: str, words: str, **slots: str) -> str:
        self.bank.now = DUE
        return self.bank.counter().say(intent, words, **slots)

    def checking(self) -> tuple[str, str]:
        one = next(a for a in self.books.accounts("mira") if a.account_id == "checking")
        return str(one.posted.amount), str(one.held.amount)

    def cases(self) -> list[DeskCase]:
        books = self.books
        return DeskCases(books.client, books.table, books.patience).of_customer("mira")

    def stored(self, prefix: str, sort: str = "") -> list[dict[str, str]]:
        found = self.bank.client.scan(TableName=self.bank.table)["Items"]
        return [
            {name: str(next(iter(value.values()))) for name, value in item.items()}
            for item in found
            if item["PK"]["S"].startswith(prefix) and item["SK"]["S"].startswith(sort)
        ]

    def told_the_desk(self) -> list[SuspectedFraud]:
        events = [SecurityEvent.model_validate_json(i["event"]) for i in self.stored("SECURITY#")]
        return [one.data for one in events if isinstance(one.data, SuspectedFraud)]


@pytest.fixture
def due(bank: Bank) -> Due:
    load_books(bank.client, bank.table, opening_books(CHECKING, SAVINGS))
    return Due(bank, Books(bank.client, bank.table), Scripted(CALM))


def test_an_ordinary_payment_is_paid_and_remembered_once(due: Due) -> None:
    scheduled(due.books)
    assert (due.run().paid, due.run().paid) == (1, 0)
    [score] = due.stored("FS#")
    assert (score["PK"], score["dec"], score["by"]) == (f"FS#{PAYMENT}", "allow", "endpoint")
    assert len(json.loads(score["row"])) == 50
    assert (due.cases(), due.scorer.asked) == ([], 1)
    assert audit(due.bank.client, due.bank.table).violations == []


@pytest.mark.parametrize("score", [CHALLENGED, HELD])
def test_a_suspicious_one_is_held_and_the_customer_s_yes_pays_it(due: Due, score: float) -> None:
    before = due.checking()
    scheduled(due.books)
    due.scorer.probability = score
    assert due.run().paid == 1
    assert due.checking() == (before[0], "70.00")
    [case] = due.cases()
    assert (case.state, case.payment_id, case.is_held) == (DeskState.WAITING, PAYMENT, True)
    [told] = due.told_the_desk()
    assert (told.decision, told.payment_id, told.payee) == ("hold", PAYMENT, "Anna K.")

    asked = "Your scheduled payment of $50.00 to Anna Kovacs is due and waiting"
    assert asked in due.say(*BALANCE, account="savings")
    assert "$50.00 to Anna Kovacs goes through now" in due.say("ConfirmItWasMe", "it was me")
    assert due.checking() == ("450.00", before[1])
    assert due.stored(f"FS#{PAYMENT}", "L#")[0]["verdict"] == "genuine"
    assert audit(due.bank.client, due.bank.table).violations == []


def test_no_gives_the_money_back_and_what_follows_of_the_schedule_is_not_paid(due: Due) -> None:
    before = due.checking()
    scheduled(due.books)
    due.scorer.probability = HELD
    due.run()
    due.say(*BALANCE, account="savings")
    assert "Anna Kovacs off your payees" in due.say("DenyItWasMe", "it wasn't me")
    assert due.checking() == before
    assert (stored(due.books).paid, stored(due.books).returned) == (0, 1)
    due.scorer.probability = CALM
    assert due.run(DUE.replace(day=13)).paid == 0
    assert stored(due.books).status is ScheduleStatus.STOPPED


def test_one_that_the_desk_declines_is_not_counted_as_paid_and_the_next_one_stays_due(
    due: Due,
) -> None:
    before = due.checking()
    scheduled(due.books)
    due.scorer.probability = HELD
    due.run()
    assert (stored(due.books).paid, stored(due.books).returned) == (1, 0)
    [case] = due.cases()
    CaseDesk.on(due.books, DUE).carry_out(case, Wish(Act.DECLINE, "U0SAM", "click-1"))
    payment = stored(due.books)
    assert (payment.paid, payment.returned, payment.returned_due) == (0, 1, FRIDAY)
    assert (payment.status, payment.due) == (ScheduleStatus.ACTIVE, FRIDAY + WEEK)
    assert due.checking() == before
    assert audit(due.bank.client, due.bank.table).violations == []

    heard = due.say("ListScheduledPayments", "what is scheduled")
    assert "stopped your scheduled payment of $50.00 to Anna Kovacs" in heard
    assert "The next one stays due on Fri, Mar 13" in heard
    assert "the one due on Fri, Mar 6 was put on hold and not paid" in heard

    due.scorer.probability = CALM
    assert due.run(DUE + WEEK).paid == 1
    payment = stored(due.books)
    assert (payment.paid, payment.returned, payment.returned_due) == (1, 1, None)
    assert "put on hold" not in due.say("ListScheduledPayments", "what is scheduled")
    assert audit(due.bank.client, due.bank.table).violations == []


def test_the_last_one_that_is_declined_promises_no_next_one(due: Due) -> None:
    scheduled(due.books, recurrence=Recurrence.once(FRIDAY))
    due.scorer.probability = HELD
    due.run()
    [case] = due.cases()
    CaseDesk.on(due.books, DUE).carry_out(case, Wish(Act.DECLINE, "U0SAM", "click-1"))
    heard = due.say(*BALANCE, account="savings")
    assert "this one was not paid" in heard
    assert "next one" not in heard


def test_a_change_that_was_shown_before_the_decline_does_not_undo_its_count(due: Due) -> None:
    scheduled(due.books)
    due.scorer.probability = HELD
    due.run()
    read_before = stored(due.books)
    [case] = due.cases()
    CaseDesk.on(due.books, DUE).carry_out(case, Wish(Act.DECLINE, "U0SAM", "click-1"))
    answer = due.books.schedules.cancel(read_before, DUE)
    assert answer == NotScheduled(ScheduleRefusal.CHANGED)
    assert (stored(due.books).paid, stored(due.books).returned) == (0, 1)


def test_one_that_nobody_answered_for_in_time_is_not_counted_as_paid(due: Due) -> None:
    scheduled(due.books)
    due.scorer.probability = HELD
    due.run()
    release_expired_holds(due.books.holds, DUE + PAYMENT_HOLD_LIFE)
    assert due.checking() == ("500.00", "0.00")
    assert (stored(due.books).paid, stored(due.books).returned) == (0, 1)
    assert audit(due.bank.client, due.bank.table).violations == []


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        (
            "en_US",
            "Your scheduled payment of $50.00 to Anna Kovacs was not made: it waited",
        ),
        ("en_GB", "Your scheduled payment of US$50.00 to Anna Kovacs was not made: it waited"),
        ("es_US", "Su pago programado de $50.00 a Anna Kovacs no se hizo: esperaba a que usted"),
    ],
)
def test_one_whose_time_ran_out_is_told_once_and_its_question_is_asked_no_more(
    due: Due, locale: str, words: str
) -> None:
    scheduled(due.books)
    due.scorer.probability = HELD
    due.run()
    over = DUE + PAYMENT_HOLD_LIFE
    desk = CaseDesk.on(due.books, over)
    [case] = due.cases()
    assert desk.lapse_if_over(case, "lapse-1") is None
    release_expired_holds(due.books.holds, over)
    for number in range(2):
        [case] = due.cases()
        desk.lapse_if_over(case, f"lapse-{number}")
    [case] = due.cases()
    assert (case.state, case.ended_how) == (DeskState.CLOSED, Act.LAPSE)
    due.bank.now = over
    counter = due.bank.counter()
    counter.locale = locale
    told, answer = counter.say(*BALANCE, account="savings").split("\n", 1)
    assert told.startswith(words)
    assert ("Mar 13" if locale != "es_US" else "13 de mar") in told or "13 Mar" in told
    assert "1,000.00" in answer
    assert words not in counter.say(*BALANCE, account="savings")


def test_one_that_the_policy_blocks_is_never_made_and_both_sides_hear_why(due: Due) -> None:
    before = due.checking()
    scheduled(due.books, recurrence=Recurrence.once(FRIDAY))
    due.scorer.probability = BLOCKED
    assert (due.run().missed, due.run().missed) == (1, 0)
    assert due.checking() == before
    [told] = due.told_the_desk()
    assert (told.decision, told.held_until) == ("block", None)
    assert stored(due.books).status is ScheduleStatus.STOPPED
    assert "was not made because we have concerns about the account it goes to" in due.say(
        *BALANCE, account="savings"
    )


def test_one_that_was_counted_meanwhile_is_judged_again_by_the_next_run(due: Due) -> None:
    scheduled(due.books)
    judge = due.judge

    class Overtaken(Scripted):
        """Another payment of Mira's to Anna is counted while this one is being scored."""

        def score(self, row: list[float]) -> object:  # type: ignore[override]
            found = super().score(row)
            if self.asked == 1:
                order = to_anna("20.00")
                ruling = judge(order, "p-9", DUE.replace(minute=1), "UTC")
                assert isinstance(ruling.companions, Companions)
                due.bank.client.transact_write_items(TransactItems=list(ruling.companions.items))
            return found

    due.scorer = Overtaken(CALM)
    first = due.run()
    assert (first.paid, first.left) == (0, 1)
    assert due.run().paid == 1


def test_the_first_of_the_month_is_not_haste(due: Due) -> None:
    before = due.checking()
    for number in range(7):
        scheduled(due.books, f"s-{number}", to_anna(f"{20 + number}.00"))
    assert due.run().paid == 7
    assert due.checking()[1] == before[1]
    assert {item["dec"] for item in due.stored("FS#")} == {"allow"}
