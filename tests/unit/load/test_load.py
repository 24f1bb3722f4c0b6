"""What a load test calls wrong, and the books that it brings along."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fulfillment.feed.transaction import read_transaction
from infra.local.load.command import main
from infra.local.load.customers import CARD, CHECKING, customer_id, load_books_of
from infra.local.load.heard import Heard
from infra.local.load.queues import Queues
from infra.local.load.salary_day import transaction

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
RECEIPT = "Done. Receipt TR-0123ABCD."


def test_receipts_that_are_booked_once_are_all_right() -> None:
    heard = Heard()
    heard.turn(0.1, RECEIPT)
    heard.answered(RECEIPT)
    assert heard.faults(booked=1) == []


@pytest.mark.parametrize(
    ("said", "booked", "wrong"),
    [
        ([RECEIPT, RECEIPT], 1, "1 receipts were told twice"),
        ([RECEIPT], 0, "1 receipts were told and 0 movements are booked"),
        ([RECEIPT], 2, "2 movements are booked, 1 told and 0 unsure"),
    ],
)
def test_a_receipt_told_twice_or_not_booked_and_a_movement_not_told_are_wrong(
    said: list[str], booked: int, wrong: str
) -> None:
    heard = Heard()
    for words in said:
        heard.answered(words)
    assert wrong in heard.faults(booked)


def test_a_throttle_is_no_error_and_silence_and_an_apology_are() -> None:
    heard = Heard()
    heard.throttle()
    assert heard.faults(booked=0) == []
    heard.turn(0.1, "")
    heard.turn(0.1, "I can't reach the bank's books right now.")
    heard.wrong("ReadTimeoutError")
    assert len(heard.faults(booked=0)) == 3


def test_a_movement_may_be_booked_for_a_yes_whose_answer_was_lost() -> None:
    heard = Heard()
    heard.answered(None)
    assert heard.faults(booked=1) == heard.faults(booked=0) == []


def test_the_customers_that_are_brought_along_have_books_that_add_up() -> None:
    books = load_books_of(3, NOW)
    assert books.violations() == []
    assert {one.customer_id for one in books.customers} == {customer_id(n) for n in range(3)}


@pytest.mark.parametrize("number", [0, 1, 10, 199])
def test_each_transaction_of_a_salary_day_is_one_that_the_feed_takes(number: int) -> None:
    sent = transaction("run", number, NOW)
    taken = read_transaction(json.dumps(sent), NOW)
    assert taken.customer == customer_id(number)
    assert sent.get("card", CARD) == CARD
    assert sent.get("account", CHECKING) == CHECKING


class _Sqs:
    def __init__(self, *counts: dict[str, int]) -> None:
        self._counts = list(counts)

    def list_queues(self) -> dict[str, Any]:
        self._now = self._counts.pop(0) if len(self._counts) > 1 else self._counts[0]
        return {"QueueUrls": [f"http://localhost/1/{name}" for name in self._now]}

    def get_queue_attributes(self, **asked: Any) -> dict[str, Any]:
        name = asked["QueueUrl"].rpartition("/")[2]
        return {"Attributes": {asked["AttributeNames"][0]: str(self._now[name])}}


def test_queues_are_looked_at_until_none_holds_anything() -> None:
    seconds, waiting = Queues(_Sqs({"jobs": 2}, {"jobs": 0})).drained(limit_s=60)
    assert seconds is not None
    assert waiting == {}


def test_a_queue_that_does_not_drain_and_what_was_given_up_are_told() -> None:
    assert Queues(_Sqs({"jobs": 2})).drained(limit_s=0) == (None, {"jobs": 2})
    assert Queues(_Sqs({"jobs-dead": 1})).drained(limit_s=0)[1] == {"jobs-dead": 1}


def test_a_load_without_bounds_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--customers", "100000"])
    assert "choose 1 to 1000" in capsys.readouterr().err


def test_the_documentation_names_the_commands() -> None:
    told = (Path(__file__).parents[3] / "docs" / "performance.md").read_text()
    assert "teller load" in told
    assert "teller load --salary-day 50000" in told
