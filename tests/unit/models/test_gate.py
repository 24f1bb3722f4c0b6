"""What a model must show before it is offered for approval, and which data it was taught with."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from models.commands import train
from models.fraud.data_set import checked, digest_of
from models.fraud.demo_data import payments, write_payments
from models.fraud.gate import LIMITS, PATTERN, broken, figures_of, lines_of
from models.fraud.history import DataError

HANDBOOK: dict[str, Any] = {
    "payments": 67_131, "frauds": 604, "auc_roc": 0.9011, "average_precision": 0.7818,
    "mean_score_to_base_rate": 0.9751,
    "savings": {"expected_loss": {"saving": 0.8725}, "amount_rule": {"saving": 0.6691}},
}  # fmt: skip
"""The validation week of the Fraud Detection Handbook's data, trained on its last 75 days."""


def names(metrics: dict[str, Any]) -> list[str]:
    return [one.figure for one in broken(figures_of(metrics))]


def test_the_model_of_the_published_data_passes() -> None:
    assert names(HANDBOOK) == []


@pytest.mark.parametrize(
    ("changed", "figure"),
    [
        ({"frauds": 29, "payments": 4_000}, "frauds"),
        ({"auc_roc": 0.79}, "auc_roc"),
        ({"average_precision": 0.05}, "precision_over_base_rate"),
        ({"mean_score_to_base_rate": 0.69}, "mean_score_to_base_rate"),
        ({"mean_score_to_base_rate": 1.41}, "mean_score_to_base_rate"),
        ({"mean_score_to_base_rate": float("nan")}, "mean_score_to_base_rate"),
        (
            {"savings": {"expected_loss": {"saving": 0.61}, "amount_rule": {"saving": 0.62}}},
            "saving_over_amount_rule",
        ),
    ],
)
def test_each_limit_stops_a_model_that_is_well_but_for_it(
    changed: dict[str, Any], figure: str
) -> None:
    assert names(HANDBOOK | changed) == [figure]


def test_a_figure_that_nobody_told_is_none_that_is_kept() -> None:
    assert [one.figure for one in broken({})] == [one.figure for one in LIMITS]
    empty = HANDBOOK | {"payments": 0, "frauds": 0}
    assert {"frauds", "precision_over_base_rate"} <= set(names(empty))


def test_every_figure_is_found_in_the_log_by_its_own_pattern_and_by_no_other() -> None:
    figures = figures_of(HANDBOOK) | {"saving_over_amount_rule": -0.25}
    log = "\n".join(f"[  12.5 s] {line}" for line in lines_of(figures))
    for name, value in figures.items():
        [found] = re.findall(PATTERN.format(figure=name), log)
        assert float(found) == pytest.approx(value, abs=1e-6)
    nothing = "\n".join(lines_of({"auc_roc": float("nan")}))
    assert re.findall(PATTERN.format(figure="auc_roc"), nothing) == []


def test_a_digest_is_what_the_shells_own_tools_say_and_other_data_has_another(
    tmp_path: Path,
) -> None:
    for name, text in (("b.csv", b"second"), ("a.csv", b"first"), ("notes.txt", b"no data")):
        (tmp_path / name).write_bytes(text)
    said = "".join(
        f"{hashlib.sha256(text).hexdigest()}  {name}\n"
        for name, text in (("a.csv", b"first"), ("b.csv", b"second"))
    )
    first = digest_of(tmp_path)
    assert first == hashlib.sha256(said.encode()).hexdigest()
    assert checked(tmp_path, first) == checked(tmp_path, None) == first
    (tmp_path / "a.csv").write_bytes(b"First")
    with pytest.raises(DataError, match="another than was named"):
        checked(tmp_path, first)


def test_training_says_whether_the_gate_is_passed_and_names_its_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("lightgbm", reason="training needs teller[models]")
    data, out = tmp_path / "data", tmp_path / "model"
    write_payments(data, payments(7, 60, 60))
    asked = ["fraud", "--data", str(data), "--out", str(out), "--rounds=20", "--days=40",
             "--no-plots"]  # fmt: skip
    assert train([*asked, f"--data-sha256={digest_of(data)}"]) == 0
    said, report = capsys.readouterr().out, json.loads((out / "metrics.json").read_text())
    assert report["data_sha256"] == digest_of(data)
    assert set(report["gate"]["figures"]) == {one.figure for one in LIMITS}
    assert ("Gate: passed." in said) == (report["gate"]["broken"] == [])
    for figure in report["gate"]["broken"]:
        assert f"{figure} is" in said
    assert train([*asked, "--data-sha256", "0" * 64]) == 2
    assert "another than was named" in capsys.readouterr().err
