"""What was asked about is remembered for a turn, by a note that anybody may have written."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from fulfillment.conversations.which_meant import ATTRIBUTE
from fulfillment.store.loading import load_books
from tests.integration.conversations.conftest import Bank, Counter
from tests.unit.bank.values import NOW, opening_books


@pytest.fixture
def counter(bank: Bank) -> Counter:
    load_books(bank.client, bank.table, opening_books())
    return bank.counter()


def note(*tasks: object, minutes_ago: int = 1) -> str:
    at = NOW - timedelta(minutes=minutes_ago)
    return json.dumps({"at": at.isoformat(), "tasks": tasks})


def task(intent: str, **slots: str) -> dict[str, object]:
    return {"intent": intent, "slots": slots, "asked": "", "offered": False}


def test_a_noun_is_asked_about_and_the_second_one_is_taken(counter: Counter) -> None:
    assert counter.say("TransferMoney", "transfer").startswith("I want to be sure what you mean")
    assert "How much would you like to send?" in counter.say("FallbackIntent", "the second one")
    assert ATTRIBUTE not in counter.session


def test_what_was_said_before_is_taken_up_by_the_one_that_was_chosen(counter: Counter) -> None:
    counter.session[ATTRIBUTE] = note(
        task("SendMoney", amount="20", payee="Anna Kovacs", sourceAccount="Checking"),
        task("TransferMoney", amount="20"),
    )
    assert "$20.00 to Anna Kovacs" in counter.say("FallbackIntent", "1")


def test_asked_about_twice_a_person_is_among_the_choices(counter: Counter) -> None:
    counter.say("FreezeCard", "card")
    assert "still not sure" in counter.say("FreezeCard", "my card")


@pytest.mark.parametrize(
    "forged",
    [
        "x" * 5000,
        "[]",
        '{"at":1,"tasks":[]}',
        '{"at":"2026-03-02T09:30:00+00:00","tasks":[{"intent":"SendMoney","slots":7}]}',
        note(task("TalkToHuman"), task("LogOut")),
        note(task("SendMoney"), task("TransferMoney"), minutes_ago=6),
        note(task("SendMoney"), task("TransferMoney"), minutes_ago=-6),
    ],
    ids=["long", "a list", "no time", "no slots", "other intents", "old", "of tomorrow"],
)
def test_a_note_that_is_none_or_is_old_is_as_if_there_were_none(
    counter: Counter, forged: str
) -> None:
    counter.session[ATTRIBUTE] = forged
    assert "Sorry, I didn't get that" in counter.say("FallbackIntent", "the first one")
