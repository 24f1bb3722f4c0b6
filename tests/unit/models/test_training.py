"""A model from invented payments: the same twice, the library's own scores, and judged later."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fulfillment.fraud.features.vector import FEATURES
from fulfillment.fraud.model.artefact import read_model
from fulfillment.fraud.model.contributions import Explainer
from models.commands import evaluate, train
from models.fraud.demo_data import payments, write_payments
from models.fraud.fitting import RISING, Hyperparameters, fit
from models.fraud.registry import Registry, RegistryError

pytest.importorskip("lightgbm", reason="training needs teller[models]")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("payments")
    write_payments(folder, payments(seed=7, customers=60, days=60))
    return folder


def trained(data: Path, out: Path, *options: str) -> Path:
    arguments = ["--data", str(data), "--out", str(out), "--rounds=30", "--days=40", "--json"]
    assert train(["fraud", *arguments, "--version=t1", "--no-plots", *options]) == 0
    return out


@pytest.fixture(scope="module")
def model_folder(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return trained(data, tmp_path_factory.mktemp("model"))


def test_the_same_data_gives_the_same_bytes_as_script_or_as_job(
    data: Path, model_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SM_CHANNEL_TRAINING", str(data))
    monkeypatch.setenv("SM_MODEL_DIR", str(tmp_path))
    job = ["fraud", "--rounds", "30", "--days", "40", "--version", "t1", "--no-plots"]
    assert train(job) == 0
    for name in ("model.json", "states.json.gz"):
        assert (tmp_path / name).read_bytes() == (model_folder / name).read_bytes()


def test_the_later_rows_alone_and_the_whole_history_are_judged_alike(
    model_folder: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = payments(seed=7, customers=60, days=75)
    ends = max(row[0] for row in payments(seed=7, customers=60, days=60))
    later = [row for row in rows if row[0].date() > ends.date()]
    write_payments(tmp_path / "whole", rows[: len(rows) - len(later)] + later)
    write_payments(tmp_path / "later", later)
    told: list[dict[str, Any]] = []
    for folder in ("whole", "later"):
        arguments = ["--model", str(model_folder), "--data", str(tmp_path / folder), "--json"]
        assert evaluate(["fraud", *arguments]) == 0
        told.append(json.loads(capsys.readouterr().out))
    for report in told:
        del report["latency_ms"]
    assert told[0] == told[1]
    assert told[0]["payments"] == len(later)
    assert told[0]["average_precision"] > 0.5


def test_days_that_were_learnt_from_are_not_judged(
    model_folder: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    early = [row for row in payments(seed=7, customers=60, days=60) if row[0].month == 1]
    write_payments(tmp_path, early)
    assert evaluate(["fraud", "--model", str(model_folder), "--data", str(tmp_path)]) == 2
    assert "learnt from all labels" in capsys.readouterr().err


def test_a_folder_without_payments_is_an_error_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(["fraud", "--data", str(tmp_path), "--out", str(tmp_path / "m")]) == 2
    said = capsys.readouterr().err
    assert "no file" in said
    assert said.count("\n") == 1


def test_the_exported_trees_score_and_explain_as_lightgbm_does() -> None:
    dice = np.random.default_rng(3)
    rows = dice.normal(size=(4_000, len(FEATURES)))
    chance = 1 / (1 + np.exp(-(rows[:, 0] + rows[:, 9] * rows[:, 3] - 2)))
    labels = (dice.random(4_000) < chance).astype(np.int64)
    fitted = fit(rows, labels, Hyperparameters(rounds=60))
    from fulfillment.fraud.model.forest import Forest

    forest = Forest(fitted.trees, len(FEATURES))
    explainer = Explainer(forest)
    some = rows[:200]
    margins = fitted.booster.predict(some, raw_score=True)
    shares = fitted.booster.predict(some, pred_contrib=True)
    for row, margin, share in zip(some.tolist(), margins, shares, strict=True):
        told = explainer.explain(row)
        assert forest.margin(row) == pytest.approx(margin, abs=1e-9)
        assert [*told.by_feature, told.base] == pytest.approx(share.tolist(), abs=1e-6)


def test_what_speaks_only_against_a_payment_never_lowers_its_score(model_folder: Path) -> None:
    model = read_model((model_folder / "model.json").read_bytes())
    dice = np.random.default_rng(4)
    for row in dice.uniform(0, 5, size=(50, len(FEATURES))).tolist():
        for name in RISING:
            more = list(row)
            more[FEATURES.index(name)] += 1.0
            assert model.probability(more) >= model.probability(row)


def test_a_registry_keeps_versions_and_knows_its_champion(
    model_folder: Path, data: Path, tmp_path: Path
) -> None:
    registry = Registry(tmp_path / "registry")
    assert registry.champion is None
    assert registry.register(model_folder) == "t1"
    assert registry.register(model_folder) == "t1"
    registry.promote("t1")
    assert Registry(registry.folder).champion == "t1"
    assert registry.versions() == ["t1"]
    assert not list((tmp_path / "registry").rglob("states.json.gz"))
    other = trained(data, tmp_path / "other", "--seed=5")
    with pytest.raises(RegistryError, match="another model"):
        registry.register(other)
    with pytest.raises(RegistryError, match="no version"):
        registry.promote("t9")


def test_a_model_that_nobody_trains_here_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert train(["weather"]) == 2
    assert "teller models train fraud" in capsys.readouterr().err
