"""A trip: noted after a yes and once, told while it lasts, taken back, each on record."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fulfillment.bank.opening import OpeningBooks
from fulfillment.store.loading import load_books
from tests.integration.conversations.conftest import Bank, Counter
from tests.unit.bank.values import MIRA


@pytest.fixture
def counter(bank: Bank) -> Counter:
    load_books(bank.client, bank.table, OpeningBooks([MIRA]))
    return bank.counter()


def trip(counter: Counter) -> str:
    return counter.say(
        "SetTravelNotice", "yes", destination="peru", firstDay="2031-12-05", lastDay="2031-12-12"
    )


def entries(bank: Bank) -> list[str]:
    items = bank.client.scan(TableName=bank.table)["Items"]
    return sorted(item["did"]["S"] for item in items if item.get("what") == {"S": "travel"})


def test_a_trip_is_noted_once_told_and_taken_back_with_each_change_on_record(
    bank: Bank, counter: Counter
) -> None:
    assert "no travel notice" in counter.say("ListTravelNotices", "my travel notices")
    assert trip(counter).startswith("Noted: Peru, Dec 5, 2031 to Dec 12, 2031.")
    trip(counter)
    told = counter.say("ListTravelNotices", "my travel notices")
    assert told.count("Peru: Dec 5, 2031 to Dec 12, 2031") == 1
    said = counter.say("CancelTravelNotice", "no peru for me", destination="Perú")
    assert "Peru" in said
    assert "is taken back" in said
    assert "no travel notice" in counter.say("ListTravelNotices", "my travel notices")
    assert entries(bank) == ["noted", "taken_back"]
    bank.now += timedelta(minutes=1)
    trip(bank.counter())
    assert "Peru" in counter.say("ListTravelNotices", "my travel notices")


def test_a_trip_that_nobody_named_is_asked_about_and_nothing_is_taken_back(
    bank: Bank, counter: Counter
) -> None:
    trip(counter)
    assert "Which travel notice" in counter.say(
        "CancelTravelNotice", "cancel it", destination="chile"
    )
    assert entries(bank) == ["noted"]


def test_another_customer_s_trip_is_nobody_s(bank: Bank, counter: Counter) -> None:
    trip(counter)
    counter.customer = "tom"
    assert "Peru" not in counter.say("ListTravelNotices", "my travel notices")
