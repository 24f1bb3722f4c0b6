"""Every lint rule: what breaks it, and what lies beside it and does not."""

from __future__ import annotations

import pytest

from bot.definition.lint import RULES
from tests.unit.definition.clean_bot import KIND, ORDER, findings, put, utter
from tests.unit.definition.lint_cases import CASES, NEW, named, new_intent

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


def test_one_phrase_in_two_spellings_is_doubtful_in_an_intent_and_refused_in_two() -> None:
    same, other = utter(ORDER, "Order TEA"), utter(NEW, "Order TEA")
    assert {f.code for f in findings(same)} == {"utterance.near"}
    found = {f.code for f in findings(new_intent("one", "two", "three"), other)}
    assert "utterance.duplicate" in found


@pytest.mark.parametrize(
    "name",
    ["pin", "PIN", "cardPIN", "CardNumber", "account_number", "dateOfBirth", "DOB", "userEmail",
     "phone-number", "SSN", "ssnLast4", "Passcode", "driversLicense", "fechaDeNacimiento"],
)  # fmt: skip
def test_a_sensitive_name_is_known_however_it_is_spelt(name: str) -> None:
    assert "security.unobfuscated" in {f.code for f in findings(named(name))}


@pytest.mark.parametrize("name", ["spin", "pineapple", "card", "opinion", "account", "cardholder"])
def test_a_harmless_name_is_left_alone(name: str) -> None:
    assert "security.unobfuscated" not in {f.code for f in findings(named(name))}


def test_a_place_is_a_file_and_a_json_pointer() -> None:
    [finding] = [
        f
        for f in findings(lambda files: files[ORDER].update({"odd/key~": 1}))
        if f.code == "key.unknown"
    ]
    assert str(finding.at) == f"{ORDER}#/odd~1key~0"


def test_findings_stand_in_the_order_of_their_files_errors_first() -> None:
    found = findings(put(KIND, "slotTypeName", "Coffee"), utter(ORDER, "{kind}"), utter(ORDER, ""))
    files = [str(f.at.file) for f in found]
    assert files == sorted(files)
    severities = [f.severity for f in found if str(f.at.file) == ORDER]
    assert severities == sorted(severities)
