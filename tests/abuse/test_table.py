"""The table of abuse cases names every case, and tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
TABLE = (TESTS.parent / "docs" / "abuse-cases.md").read_text(encoding="utf-8")


def test_every_case_has_a_test() -> None:
    cases = re.findall(r"^\| A(\d+) .*\| `", TABLE, re.MULTILINE)
    assert [int(one) for one in cases] == list(range(1, 36))


@pytest.mark.parametrize("page", ["abuse-cases.md", "threat-model.md"])
def test_every_test_that_a_page_names_is_there(page: str) -> None:
    text = (TESTS.parent / "docs" / page).read_text(encoding="utf-8")
    named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", text)
    assert len(named) > 25
    missing = [
        f"{file}::{name}"
        for file, name in named
        if f"def {name}(" not in (TESTS / file).read_text(encoding="utf-8")
    ]
    assert missing == []


def test_every_threat_of_the_model_names_a_test() -> None:
    model = (TESTS.parent / "docs" / "threat-model.md").read_text(encoding="utf-8")
    kinds = "Spoofing|Tampering|Repudiation|Information disclosure|Denial of service|Elevation"
    threats = re.findall(rf"^\| (?:{kinds}).*$", model, re.MULTILINE)
    assert len(threats) > 15
    assert [line for line in threats if "::test_" not in line] == []
    assert len({line.split("|")[1].strip() for line in threats}) == 6
