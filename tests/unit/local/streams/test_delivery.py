"""What a function fails at comes again from there, and only what is poisoned is given up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.local.streams.delivery import Condition, Delivery, GivenUp, first_failure
from infra.local.streams.mapping import StreamMapping
from tests.unit.local.streams.records import failed, mapping, numbers, record

Answer = Mapping[str, Any] | None
Function = Callable[[Sequence[int]], Answer]


class Shard:
    """A delivery to a function of numbers, and everything that happened in it."""

    def __init__(self, settings: StreamMapping, function: Function, now: float = 1_000.0) -> None:
        self.calls: list[list[int]] = []
        self.given_up: list[GivenUp] = []
        self.pauses: list[float] = []
        self._function = function
        self.delivery = Delivery(
            settings, self._call, self.given_up.append, self.pauses.append, lambda: now
        )

    def _call(self, batch: Sequence[Mapping[str, Any]]) -> Answer:
        self.calls.append(numbers(batch))
        return self._function(numbers(batch))

    def deliver(self, *found: int) -> None:
        self.delivery.deliver([record(one) for one in found])


def poisoned(*bad: int) -> Function:
    """Processes in order and reports the first bad record, and nothing after it was tried."""

    def function(batch: Sequence[int]) -> Answer:
        first = next((one for one in batch if one in bad), None)
        return failed(first) if first is not None else failed()

    return function


def test_a_batch_that_succeeds_is_delivered_once() -> None:
    shard = Shard(mapping(), lambda _: {})
    shard.deliver(1, 2, 3)
    assert (shard.calls, shard.given_up) == ([[1, 2, 3]], [])


def test_a_partial_failure_comes_again_from_the_lowest_record_that_failed() -> None:
    answers = iter([failed(3, 2), failed()])
    shard = Shard(mapping(bisect=False), lambda _: next(answers))
    shard.deliver(1, 2, 3)
    assert shard.calls == [[1, 2, 3], [2, 3]]


def test_a_poisoned_record_is_isolated_given_up_and_nothing_else_is_lost() -> None:
    shard = Shard(mapping(retries=2), poisoned(2))
    shard.deliver(1, 2, 3, 4, 5)
    assert [numbers(gone.records) for gone in shard.given_up] == [[2]]
    assert shard.given_up[0].condition is Condition.RETRIES
    assert shard.given_up[0].invocations == 3
    assert shard.calls.count([2]) == 3
    assert shard.calls[-1] == [4, 5]


def test_without_bisecting_the_rest_of_the_batch_goes_with_the_poison_as_lambda_has_it() -> None:
    shard = Shard(mapping(retries=1, bisect=False), poisoned(2))
    shard.deliver(1, 2, 3)
    assert [numbers(gone.records) for gone in shard.given_up] == [[2, 3]]


def test_a_function_that_fails_as_a_whole_is_halved_to_the_record_at_fault() -> None:
    shard = Shard(mapping(retries=0), lambda batch: None if 3 in batch else {})
    shard.deliver(1, 2, 3, 4)
    assert [numbers(gone.records) for gone in shard.given_up] == [[3]]
    done = {one for call in shard.calls if 3 not in call for one in call}
    assert done == {1, 2, 4}


def test_what_is_tried_again_waits_longer_each_time() -> None:
    shard = Shard(mapping(retries=3), lambda _: None)
    shard.deliver(1)
    assert len(shard.calls) == 4
    assert shard.pauses == sorted(set(shard.pauses))


def test_a_record_that_is_too_old_is_given_up_without_the_function_seeing_it() -> None:
    shard = Shard(mapping(max_age_s=60), lambda _: {}, now=1_061.0)
    shard.delivery.deliver([record(1, at=1_000.0), record(2, at=1_060.0)])
    assert shard.calls == [[2]]
    assert [(numbers(gone.records), gone.condition) for gone in shard.given_up] == [
        ([1], Condition.AGE)
    ]


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {"batchItemFailures": [{"itemIdentifier": ""}]},
        {"batchItemFailures": [{"itemIdentifier": None}]},
        {"batchItemFailures": [{"itemIdentifier": "99999"}]},
        {"batchItemFailures": [{"somethingElse": "00002"}]},
        {"batchItemFailures": ["00002"]},
    ],
)
def test_an_answer_that_names_no_record_of_the_batch_fails_the_whole_of_it(answer: Answer) -> None:
    assert first_failure(answer, [record(1), record(2)], partial=True) == 0


@pytest.mark.parametrize("answer", [{}, {"batchItemFailures": []}, {"batchItemFailures": None}])
def test_an_answer_without_failures_settles_the_batch(answer: Answer) -> None:
    assert first_failure(answer, [record(1)], partial=True) is None


def test_a_mapping_without_partial_answers_reads_none() -> None:
    assert first_failure(failed(1), [record(1)], partial=False) is None


@given(st.sets(st.integers(0, 19)), st.integers(0, 3), st.integers(1, 20))
def test_every_record_is_processed_or_given_up_and_a_good_one_is_never_given_up(
    bad: set[int], retries: int, count: int
) -> None:
    done: list[int] = []

    def function(batch: Sequence[int]) -> Answer:
        for one in batch:
            if one in bad:
                return failed(one)
            done.append(one)
        return failed()

    shard = Shard(mapping(retries=retries), function)
    shard.deliver(*range(count))
    given = [one for gone in shard.given_up for one in numbers(gone.records)]
    assert given == sorted(bad & set(range(count)))
    firsts = [one for place, one in enumerate(done) if one not in done[:place]]
    assert firsts == sorted(set(range(count)) - bad)
