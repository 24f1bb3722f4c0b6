"""No function's bundle grows unnoticed: what it is made of stands in a table."""

from __future__ import annotations

import json

import pytest

from benchmarks.bundle_sizes import TABLE, light_row
from infra.release import functions

ROWS = json.loads(TABLE.read_text())
_MAY_GROW_BY = 1.05
_AGAIN = "python -m benchmarks.bundle_sizes measures them anew: look at what came in first"


def test_the_table_has_a_row_for_every_function_and_for_no_other() -> None:
    assert set(ROWS) == set(functions().values()), _AGAIN


@pytest.mark.parametrize("module", ROWS)
def test_a_bundle_has_no_package_more_and_is_hardly_larger_than_its_row_says(module: str) -> None:
    now, row = light_row(module), ROWS[module]
    assert now["packages"] == row["packages"], _AGAIN
    assert now["own_kb"] <= row["own_kb"] * _MAY_GROW_BY, _AGAIN
