"""Reading the list of demo customers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.channels import DemoCustomer, DemoCustomersError, load_demo_customers

AMELIA = {"id": "amelia", "name": "Amelia Ward", "description": "family"}


def test_the_list_is_read_in_its_own_order(tmp_path: Path) -> None:
    file = tmp_path / "people.json"
    file.write_text(json.dumps([{"id": "zoe", "name": "Zoë"}, AMELIA]), encoding="utf-8")
    assert load_demo_customers(file) == (
        DemoCustomer(id="zoe", name="Zoë", description=""),
        DemoCustomer(id="amelia", name="Amelia Ward", description="family"),
    )


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        json.dumps([AMELIA, AMELIA]),
        json.dumps([{"id": "a"}]),
        json.dumps([{"id": "../a", "name": "A"}]),
        json.dumps([{"id": "a", "name": ""}]),
    ],
)
def test_a_file_that_is_no_such_list_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "people.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(DemoCustomersError):
        load_demo_customers(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DemoCustomersError, match=r"nowhere\.json cannot be read"):
        load_demo_customers(tmp_path / "nowhere.json")
