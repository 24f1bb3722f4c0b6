"""What a customer does for their own safety is told to the bank's people, once, with the act."""

from __future__ import annotations

from collections import Counter as Tally
from datetime import timedelta

import pytest

from fulfillment.alerts.events import (
    CardLost,
    HandOffWanted,
    LimitBreach,
    ScamReported,
    SecurityEvent,
)
from fulfillment.store.loading import load_books
from tests.integration.conversations.conftest import Bank, Counter
from tests.unit.bank.values import NOW, opening_books


@pytest.fixture
def counter(bank: Bank) -> Counter:
    load_books(bank.client, bank.table, opening_books())
    return bank.counter()


def told(bank: Bank) -> list[SecurityEvent]:
    items = bank.client.scan(TableName=bank.table)["Items"]
    return [
        SecurityEvent.model_validate_json(item["event"]["S"])
        for item in items
        if item["PK"]["S"].startswith("SECURITY#")
    ]


def cases(bank: Bank) -> Tally[str]:
    items = bank.client.scan(TableName=bank.table)["Items"]
    return Tally(item["SK"]["S"][:4] for item in items if item["SK"]["S"].startswith("X#"))


def test_a_scam_report_that_is_retried_opens_one_case_and_tells_once(
    bank: Bank, counter: Counter
) -> None:
    first = counter.say("ReportScam", "i was scammed")
    assert counter.say("ReportScam", "i was scammed") == first
    assert cases(bank) == {"X#S-": 1}
    [event] = told(bank)
    assert isinstance(event.data, ScamReported)
    assert event.data.case_id in first


def test_a_lost_card_is_told_with_the_block_and_the_replacement(
    bank: Bank, counter: Counter
) -> None:
    for _ in range(2):
        counter.say("ReportLostCard", "yes", card="Visa debit")
    [event] = told(bank)
    assert isinstance(event.data, CardLost)
    assert (event.data.card_id, event.data.last4) == ("card-1", "4821")


def test_whoever_waits_for_a_person_is_told_of_without_their_name(
    bank: Bank, counter: Counter
) -> None:
    counter.say("TalkToHuman", "i want a person")
    [event] = told(bank)
    assert isinstance(event.data, HandOffWanted)
    assert "Mira" not in event.as_json()


def above_a_limit(bank: Bank, amount: str = "$90000.00", intent: str = "SendMoney") -> None:
    to = "destinationAccount" if intent == "TransferMoney" else "payee"
    slots = {to: "Savings" if intent == "TransferMoney" else "Anna Kovacs"}
    said = bank.counter().say(intent, "do it", amount=amount, sourceAccount="Checking", **slots)
    assert "over your limit" in said


def test_a_payment_above_a_limit_is_told_once_a_day(bank: Bank, counter: Counter) -> None:
    first = bank.now
    for minutes, amount in ((0, "$90000.00"), (7, "$90000.00"), (600, "$80000.00")):
        bank.now = first + timedelta(minutes=minutes)
        above_a_limit(bank, amount)
    [event] = told(bank)
    assert isinstance(event.data, LimitBreach)
    assert (event.data.amount.minor, event.time) == (9_000_000, first)


def test_on_the_customers_next_day_it_is_told_again(bank: Bank, counter: Counter) -> None:
    """19:30 in New York is the same day as noon there; in UTC it is the next."""
    for hours in (0, 15, 24):
        bank.now = NOW + timedelta(hours=hours)
        above_a_limit(bank)
    assert [event.time for event in told(bank)] == [NOW, NOW + timedelta(hours=24)]


def test_each_limit_is_told_of_by_itself(bank: Bank, counter: Counter) -> None:
    above_a_limit(bank)
    above_a_limit(bank, "$200000.00", "TransferMoney")
    kinds = {event.data.limit for event in told(bank) if isinstance(event.data, LimitBreach)}
    assert kinds == {"to_payee", "own_transfer"}
