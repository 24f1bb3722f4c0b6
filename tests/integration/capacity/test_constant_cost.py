"""What a turn asks of DynamoDB is the same for a short history and for one five times as long."""

from __future__ import annotations

from functools import cache

import pytest

from fulfillment.store.search import LOOKED_AT
from infra.capacity.command import costs_on, main
from infra.capacity.meter import Item, item_size
from infra.capacity.turns import KINDS, Cost

SHORT, LONG = 1_000, 5_000
# moto looks through whole tables and indexes; `teller capacity --lines` goes further.
pytestmark = pytest.mark.timeout(900)


@cache
def costs(lines: int) -> dict[str, Cost]:
    return {cost.kind: cost for cost in costs_on(lines)}


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS if not kind.bounded])
def test_a_turn_costs_the_same_on_a_history_five_times_as_long(kind: str) -> None:
    assert costs(LONG)[kind].units == costs(SHORT)[kind].units


def test_a_search_that_finds_nothing_looks_at_its_bound_and_a_page_of_each_account() -> None:
    found = costs(LONG)["search that finds nothing"]
    assert found.items_read <= LOOKED_AT + 3 * 250 + 6
    assert found.calls <= 12


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_a_turn_that_is_measured_was_answered(kind: str) -> None:
    """A refusal would be cheap, and would prove nothing."""
    reply = costs(SHORT)[kind].reply
    expected = {
        "search that finds nothing": "I found no",
        "what a charge is": "It is booked",
        "payment, confirmed": "Done. I sent $50.00",
    }
    assert expected.get(kind, "$") in reply


def test_a_payment_is_the_only_turn_that_writes_more_than_its_session_and_its_quote() -> None:
    writes = {kind: cost.write_units for kind, cost in costs(SHORT).items()}
    assert writes.pop("payment, confirmed") > 20
    assert max(writes.values()) <= 2


def test_an_item_is_as_large_as_the_developer_guide_says() -> None:
    item: Item = {
        "PK": {"S": "C#ä"},
        "n": {"N": "-1200"},
        "s": {"SS": ["a", "bc"]},
        "b": {"BOOL": True},
    }
    assert item_size(item) == (2 + 4) + (1 + 3) + (1 + 8) + (1 + 1)


def test_the_command_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lines", "60", "--markdown"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0] == "| turn | calls | items read | read units | write units |"
    assert len(rows) == 2 + len(KINDS)
