"""Which part of a composite slot is asked for, by its expression."""

from __future__ import annotations

import pytest

from bot.definition.model import Composition, SubSlot
from bot.engine.composites import missing_part
from bot.engine.recogniser import SlotMatch
from bot.engine.session import SlotState


def composition(expression: str) -> Composition:
    names = ("city", "state", "zip", "street")
    return Composition(expression, tuple(SubSlot(name, "AMAZON.City") for name in names))


def having(*names: str) -> SlotState:
    return SlotState(
        None, "Composite", sub_slots={name: SlotState(SlotMatch("x", "x")) for name in names}
    )


@pytest.mark.parametrize(
    ("expression", "filled", "missing"),
    [
        ("(city AND state) OR zip", (), "city"),
        ("(city AND state) OR zip", ("city",), "state"),
        ("(city AND state) OR zip", ("state",), "city"),
        ("(city AND state) OR zip", ("zip",), None),
        ("(city AND state) OR zip", ("city", "state"), None),
        ("city AND (state OR zip)", ("city",), "state"),
        ("city AND (state OR zip)", ("city", "zip"), None),
        ("city and state or zip", ("zip",), None),
        ("street AND ((city))", ("street",), "city"),
        ("(city AND", (), "city"),
        ("(city AND", ("city", "state", "zip"), "street"),
        ("country", ("city", "state", "zip", "street"), None),
        ("", ("city",), "state"),
    ],
)
def test_the_branch_with_most_parts_is_followed(
    expression: str, filled: tuple[str, ...], missing: str | None
) -> None:
    assert missing_part(composition(expression), having(*filled)) == missing


def test_nothing_is_there_at_the_beginning() -> None:
    assert missing_part(composition("city AND state"), None) == "city"
