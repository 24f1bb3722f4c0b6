"""Keys: unambiguous, ordered in time, and closed to ids that could be something else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.store import keys
from fulfillment.store.bank_messages import told_to

moments = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001  # hypothesis adds the zone
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-5))]),
)
ids = st.from_regex(r"[A-Za-z0-9._~+-]{1,64}", fullmatch=True)


@given(moments, moments)
def test_the_order_of_exact_instants_is_the_order_in_time(one: datetime, other: datetime) -> None:
    assert (keys.exact_instant(one) < keys.exact_instant(other)) == (one < other)
    assert keys.moment(keys.exact_instant(one)) == one


@given(moments)
def test_an_instant_is_utc_to_the_whole_second(at: datetime) -> None:
    text = keys.instant(at)
    assert keys.moment(text) == at.replace(microsecond=0)
    assert keys.moment(text).utcoffset() == timedelta(0)
    assert len(text) == len("2026-03-01T09:30:00Z")


def test_a_time_without_a_zone_has_no_place_in_a_key() -> None:
    for write in (keys.instant, keys.exact_instant):
        with pytest.raises(ValueError, match="zone"):
            write(datetime(2026, 3, 1))  # noqa: DTZ001  # the missing zone is the point


@given(st.text(min_size=1, max_size=8))
def test_no_addressable_id_can_pass_for_a_longer_key(hostile: str) -> None:
    if keys.addressable(hostile):
        assert "#" not in hostile
        assert hostile == hostile.strip()
        assert hostile.isascii()


@pytest.mark.parametrize("hostile", ["", "a#b", "a b", "a\n", "\n", "é", "a" * 65, "*", "a/b"])
def test_an_id_that_no_item_could_have_is_not_addressable(hostile: str) -> None:
    assert not keys.addressable(hostile)
    assert not keys.addressable("fine", hostile)


@given(ids, ids, moments)
def test_each_kind_of_item_lies_in_a_place_of_its_own(owner: str, thing: str, at: datetime) -> None:
    places = [
        keys.customer(owner),
        keys.account(owner, thing),
        keys.payee(owner, thing),
        keys.card(owner, thing),
        keys.quote(owner, thing),
        keys.day_limit(owner, at.date()),
        keys.case(owner, thing),
        keys.audit_entry(owner, at, thing),
        keys.posting(owner, thing, at, thing),
        keys.hold(owner, thing, at, thing),
        keys.transfer(thing),
        keys.bank_posting(keys.CLEARING, "USD", 3, at, thing),
        keys.bank_posting(keys.FEES, "USD", 3, at, thing),
        keys.bank_shard(keys.CLEARING, "USD", 3),
        keys.opening_load(thing),
    ]
    assert len({(key["PK"], key["SK"]) for key in places}) == len(places)


def test_each_shard_of_a_bank_account_is_a_partition_of_its_own_with_its_lines() -> None:
    shards = range(keys.SHARDS)
    totals = [keys.bank_shard(keys.CLEARING, "USD", shard) for shard in shards]
    lines = [
        keys.bank_posting(keys.CLEARING, "USD", n, datetime(2026, 3, 2, tzinfo=UTC), "line")
        for n in shards
    ]
    partitions = [total["PK"] for total in totals]
    assert len(set(partitions)) == keys.SHARDS
    assert partitions == [line["PK"] for line in lines]
    assert [keys.bank_account_of(one) for one in partitions] == [
        (keys.bank_account(keys.CLEARING, "USD"), shard) for shard in shards
    ]


def test_a_message_of_the_bank_is_known_by_its_key_and_nothing_else_is() -> None:
    key = keys.bank_message("mira", 7)
    assert told_to(key["PK"], key["SK"]) == "mira"
    account = keys.account("mira", "chk")
    assert told_to(account["PK"], account["SK"]) is None
    assert told_to(keys.account_partition("mira", "chk"), key["SK"]) is None
