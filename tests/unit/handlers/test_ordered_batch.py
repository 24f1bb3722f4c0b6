"""Nobody's record overtakes an earlier one of theirs, and nobody waits for other people's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fulfillment.handlers.ordered_batch import OrderedBatch


def record(number: int, owner: str, word: str) -> dict[str, Any]:
    image = {"cid": {"S": owner}, "word": {"S": word}}
    return {"dynamodb": {"SequenceNumber": str(number), "NewImage": image}}


class Function:
    def __init__(self) -> None:
        self.seen: list[str] = []

    def process(self, image: Mapping[str, Any]) -> None:
        word = image["word"]["S"]
        if word == "poison":
            raise ValueError(word)
        self.seen.append(word)

    def run(self, *records: dict[str, Any]) -> tuple[list[str], list[str]]:
        """The numbers reported to Lambda, and the kinds of faults."""
        batch = OrderedBatch(self.process, lambda image: str(image["cid"]["S"]))
        answer, faults = batch.run(records)
        return [one["itemIdentifier"] for one in answer["batchItemFailures"]], faults


def test_a_batch_without_faults_reports_none() -> None:
    function = Function()
    assert function.run(record(1, "amelia", "a"), record(2, "ben", "b")) == ([], [])
    assert function.seen == ["a", "b"]


def test_what_comes_after_a_failure_of_the_same_customer_waits_and_others_do_not() -> None:
    function = Function()
    reported, faults = function.run(
        record(1, "amelia", "poison"), record(2, "ben", "b"), record(3, "amelia", "a")
    )
    assert function.seen == ["b"]
    assert reported == ["1", "3"]
    assert faults == ["ValueError", "HeldBackError"]


def test_a_record_without_a_new_image_is_a_fault_of_its_own() -> None:
    function = Function()
    gone = {"dynamodb": {"SequenceNumber": "1"}}
    reported, faults = function.run(gone, record(2, "ben", "b"))
    assert (reported, faults, function.seen) == (["1"], ["KeyError"], ["b"])


def test_a_batch_in_which_everything_fails_is_reported_and_not_raised() -> None:
    reported, _ = Function().run(record(1, "amelia", "poison"))
    assert reported == ["1"]
