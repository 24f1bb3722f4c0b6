"""The table of abuse cases names every case, and tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
TABLE = (TESTS.parent / "docs" / "abuse-cases.md").read_text(encoding="utf-8")


def test_every_case_has_a_test() -> None:
    cases = re.findall(r"^\| A(\d+) .*\| `", TABLE, re.MULTILINE)
    assert [int(one) for one in cases] == list(range(1, 36))


def test_every_test_that_the_table_names_is_there() -> None:
    named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", TABLE)
    assert len(named) > 35
    missing = [
        f"{file}::{name}"
        for file, name in named
        if f"def {name}(" not in (TESTS / file).read_text(encoding="utf-8")
    ]
    assert missing == []
