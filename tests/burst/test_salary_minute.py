"""Wages at twenty times the ordinary rate, against DynamoDB's and Lambda's limits."""

from __future__ import annotations

from random import Random

import pytest
from botocore.exceptions import ClientError

from fulfillment.store import keys
from infra.aws.stages import STAGES
from tests.burst.hours import Hours
from tests.burst.limits import LimitedTable, Partition
from tests.burst.play import play
from tests.burst.trace import OwnPayment, Pay, salary_minute
from tests.simulation.dynamo import Table

_CUSTOMERS = 400
_FEED = STAGES["prod"].reserved.feed


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_lost_or_doubled_and_hardly_anybody_waits(seed: int) -> None:
    told = play(seed, ordinary_per_s=10, seconds=3, customers=_CUSTOMERS, reserved=_FEED)
    assert told["wrong"] == []
    assert told["booked"] == told["wages"] == 600
    assert told["paid"] > 30
    assert told["met"]["TransactionConflict"] > 0
    assert told["p99_ms"] <= 500
    assert told["books_too_busy"] <= told["wages"] // 200


def test_with_too_few_instances_the_sender_comes_again_and_nothing_is_lost() -> None:
    told = play(1, ordinary_per_s=5, seconds=3, customers=_CUSTOMERS, reserved=4)
    assert told["instances_at_once"] == 4
    assert told["turned_away"] > 50
    assert told["wrong"] == []
    assert told["booked"] == told["wages"]


def test_with_one_shard_for_everybody_most_meet_and_still_none_is_booked_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spread = play(2, ordinary_per_s=2, seconds=2, customers=_CUSTOMERS, reserved=_FEED)
    monkeypatch.setattr(keys, "SHARDS", 1)
    told = play(2, ordinary_per_s=2, seconds=2, customers=_CUSTOMERS, reserved=_FEED)
    assert told["met"]["TransactionConflict"] > 5 * spread["met"]["TransactionConflict"]
    assert told["wrong"] == []


def test_the_same_seed_gives_the_same_minute() -> None:
    first, second = (play(7, 2, 1, _CUSTOMERS, _FEED) for _ in range(2))
    assert first == second


def test_a_third_of_the_wages_is_of_one_employer_and_comes_at_once() -> None:
    arrivals = list(salary_minute(Random(1), ordinary_per_s=10, seconds=10, customers=_CUSTOMERS))
    wages = [one for one in arrivals if isinstance(one, Pay)]
    theirs = [one for one in wages if one.sent.payer == "Initech"]
    assert 0.25 < len(theirs) / len(wages) < 0.35
    assert max(one.at for one in theirs) <= 1
    assert any(isinstance(one, OwnPayment) for one in arrivals)


def test_a_partition_takes_its_units_of_a_second_and_no_more() -> None:
    partition = Partition(1_000.0)
    assert all(partition.take(4, now=0.0) for _ in range(250))
    assert not partition.take(4, now=0.0)
    assert partition.take(4, now=0.01)


def test_who_meets_a_transaction_in_flight_is_cancelled_and_may_try_again() -> None:
    hours = Hours()
    limited = LimitedTable(Table("t"), hours, Random(1))
    codes: list[str] = []

    def write() -> None:
        put = {"Put": {"TableName": "t", "Item": {"PK": {"S": "a"}, "SK": {"S": "b"}}}}
        try:
            limited.call("transact_write_items", {"TransactItems": [put]})
        except ClientError as error:
            codes.append(error.response["Error"]["Code"])
        else:
            codes.append("written")

    for at in (0.0, 0.001, 1.0):
        hours.start(write, at)
    hours.run()
    assert sorted(codes) == ["TransactionCanceledException", "written", "written"]
