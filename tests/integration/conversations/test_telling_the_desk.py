"""What a customer does for their own safety is told to the bank's people, once, with the act."""

from __future__ import annotations

from collections import Counter as Tally

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
from tests.unit.bank.values import opening_books


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


def test_a_payment_above_a_limit_is_told_once_a_day(bank: Bank, counter: Counter) -> None:
    for _ in range(2):
        counter.say(
            "SendMoney", "send it", amount="$90000.00", payee="Anna Kovacs",
            sourceAccount="Checking",
        )  # fmt: skip
    [event] = told(bank)
    assert isinstance(event.data, LimitBreach)
    assert event.data.amount.minor == 9_000_000
