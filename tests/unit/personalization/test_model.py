"""The propensities: what they may read, that files are whole, and that judging is on new rows."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from fulfillment.fraud.model.artefact import ModelError
from fulfillment.personalization.model.artefact import read_propensities
from fulfillment.personalization.model.inputs import (
    FORBIDDEN,
    HEADS,
    Head,
    InputError,
    column_names,
)
from models.personalization.data import read_tables
from models.personalization.evaluate import evaluate
from models.personalization.feedback import with_feedback
from models.personalization.folds import folded
from models.personalization.folds import main as folds_main
from models.personalization.learning import sigmoid
from models.personalization.train import main as train_main
from tests.unit.personalization.banks import deposits, holders, write

SHIPPED = Path(__file__).resolve().parents[3] / "fulfillment/personalization/shipped_model"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    write(folder / "calls.csv", deposits(900))
    write(folder / "holders.csv", holders(900))
    return folder


@pytest.fixture(scope="module")
def trained(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("model")
    assert train_main(["--data", str(data), "--out", str(out), "--version", "t", "--no-plots"]) == 0
    return out


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head.name)
def test_nothing_protected_and_no_leak_is_an_input(head: Head) -> None:
    names = {one.name.lower() for one in head.inputs}
    assert names & FORBIDDEN == set()


def test_the_shipped_model_names_no_protected_column_anywhere() -> None:
    model = read_propensities((SHIPPED / "model.json").read_bytes())
    assert set(model.of) == {head.name for head in HEADS}
    for one in model.of.values():
        columns = {name.partition("=")[0].lower() for name in column_names(one.head, one.words)}
        assert columns & FORBIDDEN == set()


def test_training_twice_gives_the_same_bytes(data: Path, trained: Path, tmp_path: Path) -> None:
    out = ["--out", str(tmp_path), "--version", "t", "--no-plots"]
    train_main(["--data", str(data), *out])
    for name in ("model.json", "backtest.json", "seen.bin"):
        assert (tmp_path / name).read_bytes() == (trained / name).read_bytes()


def test_what_was_learnt_from_is_judged_by_the_backtest_on_its_own_later_rows(
    data: Path, trained: Path
) -> None:
    report = evaluate(trained, data)
    told = report["products"]["term_deposit"]
    assert (told["judged"], told["customers"]) == ("backtest", 180)
    assert told["auc_roc"] > 0.65
    assert report["products"]["personal_loan"]["average_precision"] > 0.7
    assert report["auc_roc"] == told["auc_roc"]
    assert set(report["latency_ms"]) == {"p50", "min", "p99"}


def test_rows_that_the_model_has_seen_are_left_out_among_new_ones(
    data: Path, trained: Path, tmp_path: Path
) -> None:
    old = (data / "holders.csv").read_text().splitlines()[1:51]
    new = holders(300, seed=5, first=5000)
    write(tmp_path / "later.csv", new)
    with (tmp_path / "later.csv").open("a") as file:
        file.write("\n".join(old) + "\n")
    told = evaluate(trained, tmp_path)["products"]["personal_loan"]
    assert (told["judged"], told["customers"], told["rows_left_out"]) == ("model", 300, 50)


def test_fairness_is_measured_on_columns_that_no_model_reads(data: Path, trained: Path) -> None:
    told = evaluate(trained, data)["products"]["term_deposit"]["fairness"]
    assert [one["column"] for one in told] == ["age", "marital"]
    for column in told:
        assert sum(group["customers"] for group in column["groups"]) == 180


def test_a_changed_file_is_refused(trained: Path) -> None:
    raw = json.loads((trained / "model.json").read_text())
    raw["heads"]["term_deposit"]["bias"] += 0.1
    with pytest.raises(ModelError, match="hash"):
        read_propensities(json.dumps(raw))


def test_a_row_without_an_input_is_refused_by_its_name(trained: Path) -> None:
    model = read_propensities((trained / "model.json").read_bytes())
    row = {name: value for name, value in holders(1)[0].items() if name != "Income"}
    with pytest.raises(InputError, match="Income"):
        model.of["personal_loan"].probability(row)


def test_feedback_follows_a_base_rate_that_drifts_and_uses_no_answer_before_its_time() -> None:
    rng = np.random.default_rng(3)
    margins = np.full(3000, -3.0)
    labels = (rng.random(3000) < np.r_[np.full(1000, 0.05), np.full(2000, 0.4)]).astype(np.int64)
    said = with_feedback(margins, labels)
    assert abs(said[2000:].mean() - labels[2000:].mean()) < 0.08
    assert abs(sigmoid(margins)[2000:].mean() - labels[2000:].mean()) > 0.3
    changed = labels.copy()
    changed[1500:] = 1 - changed[1500:]
    # Answers are known 200 rows later: up to row 1,600 nothing can have changed.
    assert with_feedback(margins, changed)[:1600] == pytest.approx(said[:1600])


def test_each_row_is_judged_once_by_a_model_that_has_not_seen_it(data: Path) -> None:
    [table] = [one for one in read_tables(data) if one.head.name == "personal_loan_from_ledger"]
    told = folded(table, 3)
    assert told["customers"] == len(table)
    assert 0.5 < told["auc_roc"]["least"] <= told["auc_roc"]["mean"] <= told["auc_roc"]["most"] <= 1
    assert folded(table, 3) == told


def test_folds_of_nothing_are_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folds_main(["--data", str(data), "--head", "nobody"]) == 2
    assert folds_main(["--data", str(data), "--folds", "1"]) == 2
    assert "nothing to fold" in capsys.readouterr().err
