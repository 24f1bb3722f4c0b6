"""Which records of a page may be with the function at the same time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from infra.local.streams.lanes import lanes
from tests.unit.local.streams.records import numbers, record


def test_a_page_that_is_soon_done_is_one_batch_after_the_other() -> None:
    page = [record(number) for number in range(39)]
    assert lanes(page, 10) == [page]
    assert lanes([], 10) == []


def test_a_mapping_for_one_batch_at_a_time_gets_one_however_far_it_is_behind() -> None:
    page = [record(number) for number in range(1_000)]
    assert lanes(page, 1) == [page]


def test_a_long_page_is_spread_evenly_enough_over_all_that_the_mapping_allows() -> None:
    found = lanes([record(number) for number in range(1_000)], 10)
    assert len(found) == 10
    assert all(50 <= len(lane) <= 150 for lane in found)


@given(st.lists(st.integers(0, 15), max_size=300), st.integers(1, 10))
def test_no_record_is_lost_and_the_changes_of_an_item_stay_in_order(
    items: list[int], at_once: int
) -> None:
    page = [
        record(number) | {"item": item, "dynamodb": record(number)["dynamodb"] | _keys(item)}
        for number, item in enumerate(items)
    ]
    found = lanes(page, at_once)
    assert len(found) <= at_once
    assert sorted(number for lane in found for number in numbers(lane)) == list(range(len(page)))
    for item in set(items):
        [lane] = [lane for lane in found if any(one["item"] == item for one in lane)]
        theirs = numbers([one for one in lane if one["item"] == item])
        assert theirs == sorted(theirs)


def _keys(item: int) -> dict[str, object]:
    return {"Keys": {"PK": {"S": f"P#{item}"}, "SK": {"S": "S"}}}
