"""Whoever is handed on hears who waits before them, and by when the desk has to answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from fulfillment.alerts.case_desk import CaseDesk, Wish
from fulfillment.alerts.events import HandOffWanted, ScamReported, SecurityEvent, security_event
from fulfillment.bank.analyst_cases import Act, DeskCase
from fulfillment.store.books import Books
from fulfillment.store.loading import load_books
from tests.integration.conversations.conftest import Bank, Counter
from tests.unit.bank.values import NOW, opening_books


@pytest.fixture
def counter(bank: Bank) -> Counter:
    load_books(bank.client, bank.table, opening_books())
    return bank.counter()


def desk(bank: Bank) -> CaseDesk:
    return CaseDesk.on(Books(bank.client, bank.table), bank.now)


def hand_off(customer: str, minutes_ago: int) -> SecurityEvent:
    data = HandOffWanted(customer_id=customer, case_id=f"H-{customer}")
    at = NOW - timedelta(minutes=minutes_ago)
    return security_event(data, f"H-{customer}", at, source="test")


def waits(bank: Bank, customer: str, minutes_ago: int) -> DeskCase:
    return desk(bank).open(hand_off(customer, minutes_ago))


def ask(counter: Counter) -> str:
    return counter.say("TalkToHuman", "i want a person")


def test_those_who_came_before_are_counted_and_the_desks_own_deadline_is_told(
    bank: Bank, counter: Counter
) -> None:
    assert "Nobody is waiting before you, and our team has to answer by 8:30" in ask(counter)
    waits(bank, "noor", 5)
    assert "One other person is waiting before you" in ask(counter)
    waits(bank, "omar", 200)
    assert "2 other people are waiting before you" in ask(counter)


def test_only_those_who_still_wait_for_a_person_are_counted(bank: Bank, counter: Counter) -> None:
    waits(bank, "noor", 241)  # Late: somebody else was called about it.
    spoken_with = waits(bank, "omar", 5)
    desk(bank).carry_out(spoken_with, Wish(Act.TAKE_OVER, "U0SAM", "click-1"))
    answered = waits(bank, "pia", 5)
    desk(bank).carry_out(answered, Wish(Act.CLOSE, "U0SAM", "click-2"))
    desk(bank).open(
        security_event(ScamReported(customer_id="quin", case_id="S-1"), "S-1", NOW, source="test")
    )
    waits(bank, "mira", 5)  # The customer's own.
    assert "Nobody is waiting before you" in ask(counter)


def test_asked_again_after_the_deadline_the_delay_is_admitted(bank: Bank, counter: Counter) -> None:
    ask(counter)
    bank.now = NOW + timedelta(minutes=241)
    again = Counter(counter.app, now=bank.now)
    assert "had to answer by 8:30" in ask(again)


def test_a_line_that_cannot_be_counted_is_not_told_of(
    bank: Bank, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = bank.calls.query

    def refuse(**request: object) -> object:
        if "IndexName" in request:
            raise ClientError({"Error": {"Code": "ThrottlingException", "Message": ""}}, "Query")
        return real(**request)

    monkeypatch.setattr(bank.calls, "query", refuse, raising=False)
    said = ask(counter)
    assert "waiting before you" not in said
    assert "Our team has to answer by 8:30" in said
