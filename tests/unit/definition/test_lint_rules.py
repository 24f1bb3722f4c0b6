"""Every lint rule: what breaks it, and what lies beside it and does not."""

from __future__ import annotations

import pytest

from bot.definition.lint import RULES
from tests.unit.definition.clean_bot import findings
from tests.unit.definition.lint_cases import CASES

CODES = sorted(rule.code for rule in RULES)
NESTED = "manifest.nested"


def test_the_clean_bot_has_no_findings() -> None:
    assert findings() == []


def test_every_rule_has_a_case_and_a_code_of_its_own() -> None:
    assert sorted({*CASES, NESTED}) == CODES


@pytest.mark.parametrize("code", CASES)
def test_what_breaks_the_rule_is_found(code: str) -> None:
    broken, _ = CASES[code]
    found = findings(broken)
    severity = next(rule.severity for rule in RULES if rule.code == code)
    assert {finding.severity for finding in found if finding.code == code} == {severity}


@pytest.mark.parametrize("code", CASES)
def test_what_lies_beside_the_rule_is_not_found(code: str) -> None:
    _, allowed = CASES[code]
    assert [finding for finding in findings(allowed) if finding.code == code] == []


def test_a_manifest_below_another_folder_is_found() -> None:
    assert [f.code for f in findings(root="again")] == [NESTED]
    assert findings(root=".") == []
