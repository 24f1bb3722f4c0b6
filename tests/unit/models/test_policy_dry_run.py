"""A policy's change, tried on history before anybody feels it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fulfillment.fraud.policy.model import SHIPPED
from infra.local.model_server import SHIPPED_MODEL
from models.fraud.demo_data import payments, write_payments
from models.fraud.policy_cli import main


def test_a_dry_run_counts_what_a_change_would_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_payments(tmp_path / "data", payments(seed=3, customers=30, days=40))
    softer = tmp_path / "softer.toml"
    text = SHIPPED.read_text(encoding="utf-8")
    softer.write_text(text.replace("hold = 15000", "hold = 9000000"), encoding="utf-8")
    arguments = ["--model", str(SHIPPED_MODEL), "--data", str(tmp_path / "data"), "--json"]
    assert main(["dry-run", str(SHIPPED), "--from", "2026-01-15", *arguments]) == 0
    same = json.loads(capsys.readouterr().out)
    assert main(["dry-run", str(softer), "--from", "2026-01-15", *arguments]) == 0
    changed = json.loads(capsys.readouterr().out)
    assert (same["changes"], same["examples"]) == ({}, [])
    assert changed["payments"] == same["payments"] == sum(same["decisions"]["new"].values())
    assert set(changed["changes"]) <= {"hold -> challenge", "hold -> allow"}
    assert sum(changed["changes"].values()) == (
        changed["decisions"]["old"]["hold"] - changed["decisions"]["new"].get("hold", 0)
    )


def test_checking_a_policy_says_what_is_odd_and_fails_on_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []
    path = tmp_path / "policy.toml"
    path.write_text(SHIPPED.read_text(encoding="utf-8").replace("to_hour = 5", "to_hour = 0"))
    assert main(["check", str(path)]) == 1
    assert "covers no hour" in capsys.readouterr().out
    path.write_text("version = 0")
    assert main(["check", str(path)]) == 2
    assert "version" in capsys.readouterr().err
