"""Grants are deeds: what a function may do is what its code was seen to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.aws.bare import bare_resources
from infra.aws.hardening import hardened
from infra.aws.repairs import repair_resources
from infra.aws.rights import command
from infra.aws.rights.actions import actions_of
from infra.aws.rights.compare import (
    UNSEEN,
    Granted,
    compared,
    granted_in,
    observed_in,
    read_observed,
)
from infra.aws.stages import STAGES

PROD = STAGES["prod"]


def test_every_function_may_do_what_its_code_does_and_nothing_else() -> None:
    granted = granted_in(bare_resources(PROD))
    assert len(granted) >= 15
    assert compared(granted, read_observed()) == []


def test_a_right_that_is_never_used_and_a_deed_that_is_not_granted_are_findings() -> None:
    granted = {"f": Granted(frozenset({"s3:GetObject", "s3:PutObject"}), frozenset({"logs:Put"}))}
    found = compared(granted, {"f": frozenset({"s3:GetObject", "sns:Publish", "logs:Put"})})
    assert [(one.rule, one.text) for one in found] == [
        ("granted-and-never-used", "s3:PutObject"),
        ("used-and-not-granted", "sns:Publish"),
    ]


def test_a_right_that_is_said_to_be_unseen_and_was_seen_needs_its_reason_no_more() -> None:
    name, _, action = next(one for one in UNSEEN if "/" in one).partition("/")
    granted = {name: Granted(frozenset({action}), frozenset())}
    assert compared(granted, {}) == []
    found = compared(granted, {name: frozenset({action})})
    assert [(one.rule, one.text) for one in found] == [("said-to-be-unseen-and-seen", action)]


def test_what_any_run_of_tests_recorded_can_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "observed.json"
    kept.write_text('{"teller-a": ["sns:Publish"]}')
    monkeypatch.setattr(command, "OBSERVED", kept)
    monkeypatch.setattr(command, "read_observed", lambda: read_observed(kept))
    (tmp_path / "17.tsv").write_text("teller-a\tdynamodb\tGetItem\t\n")
    assert command.main(["--add", "--seen", str(tmp_path)]) == 0
    assert read_observed(kept) == {"teller-a": {"sns:Publish", "dynamodb:GetItem"}}
    assert command.main(["--seen", str(tmp_path)]) == 0
    assert read_observed(kept) == {"teller-a": {"dynamodb:GetItem"}}


def test_a_function_that_nobody_saw_run_has_no_right_to_anything() -> None:
    granted = {"new": Granted(frozenset({"s3:GetObject"}), frozenset())}
    assert [one.text for one in compared(granted, {})] == ["s3:GetObject"]


def test_a_transaction_asks_for_the_right_to_each_kind_of_its_parts() -> None:
    assert actions_of("dynamodb", "TransactWriteItems", "ConditionCheck,Put") == {
        "dynamodb:ConditionCheckItem",
        "dynamodb:PutItem",
    }
    assert actions_of("s3", "PutBucketEncryption") == {"s3:PutEncryptionConfiguration"}
    assert actions_of("lexv2-runtime", "RecognizeText") == {"lex:RecognizeText"}


def test_what_was_recorded_is_read_by_function() -> None:
    lines = ["teller-a\tdynamodb\tGetItem\t", "teller-a\tsns\tPublish\t"]
    assert observed_in(lines) == {"teller-a": {"dynamodb:GetItem", "sns:Publish"}}


def test_a_denial_grants_nothing() -> None:
    granted = granted_in(hardened(repair_resources(PROD), PROD))
    assert "iam:UpdateAccessKey" in granted["teller-repair-identity"].code
    assert all("*" not in action for one in granted.values() for action in one.code)
