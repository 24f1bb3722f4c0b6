"""The stream as the template maps it, polled on the bank that runs: told, learnt, given up."""

from __future__ import annotations

import json
from typing import Any

from fulfillment.alerts.events import SecurityEvent
from fulfillment.store.security_events import event_put
from tests.running_bank import RunningBank
from tests.stack.eventually import eventually
from tests.stack.ledger_view import books_of
from tests.stack.listening import listening
from tests.unit.alerts.events import event_of, held


def test_an_event_that_a_transaction_wrote_is_heard_on_the_topic_and_poison_is_given_up(
    bank: RunningBank,
) -> None:
    books = books_of(bank)
    event, later = (
        event_of(held("p-stream-1"), "p-stream-1"),
        event_of(held("p-stream-2"), "p-stream-2"),
    )
    poison = {
        "PK": {"S": "SECURITY#2026-11-23"}, "SK": {"S": "poison"}, "cid": {"S": "amelia"},
        "event": {"S": "no json"},
    }  # fmt: skip
    items: Any = [
        event_put(books.table, event),
        {"Put": {"TableName": books.table, "Item": poison}},
        event_put(books.table, later),
    ]
    queue = bank.aws("sqs").get_queue_url(QueueName="teller-stream-failures")["QueueUrl"]
    with listening(bank, "teller-security-events") as heard:
        books.client.transact_write_items(TransactItems=items)
        told: list[SecurityEvent] = []

        def both() -> bool:
            told.extend(SecurityEvent.model_validate_json(one) for one in heard())
            return event in told and later in told

        eventually(both)
    gone = eventually(lambda: bank.aws("sqs").receive_message(QueueUrl=queue).get("Messages"))
    said = json.loads(gone[0]["Body"])
    assert said["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert said["DDBStreamBatchInfo"]["batchSize"] == 1
