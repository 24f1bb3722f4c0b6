"""The training script as SageMaker starts it: a job's folders, variables and arguments, no others.

Source: SageMaker's training toolkit, "Environment variables" and "How a training job is run".
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from models.fraud.demo_data import payments, write_payments

pytest.importorskip("lightgbm", reason="training needs teller[models]")
ROOT = Path(__file__).resolve().parents[3]
METRIC = re.compile(r"validation_average_precision=([0-9.]+);")
"""As a job's metric definitions have it."""


def job(ml: Path, hyperparameters: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs a job whose `/opt/ml` is `ml`; hyperparameters are text, as in a job's definition."""
    config = ml / "input" / "config"
    config.mkdir(parents=True)
    (config / "hyperparameters.json").write_text(json.dumps(hyperparameters))
    (config / "inputdataconfig.json").write_text(json.dumps({"training": {"ContentType": "csv"}}))
    for folder in ("input/data/training", "model", "output/data", "code"):
        (ml / folder).mkdir(parents=True, exist_ok=True)
    arguments = [part for name, value in sorted(hyperparameters.items())
                 for part in (f"--{name}", value)]  # fmt: skip
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(ml),
        "OMP_NUM_THREADS": "1",
        "SM_MODEL_DIR": str(ml / "model"), "SM_INPUT_DIR": str(ml / "input"),
        "SM_INPUT_CONFIG_DIR": str(config), "SM_OUTPUT_DIR": str(ml / "output"),
        "SM_OUTPUT_DATA_DIR": str(ml / "output" / "data"), "SM_CHANNELS": '["training"]',
        "SM_CHANNEL_TRAINING": str(ml / "input" / "data" / "training"),
        "SM_HPS": json.dumps(hyperparameters), "SM_USER_ARGS": json.dumps(arguments),
        "SM_NUM_CPUS": "1", "SM_NUM_GPUS": "0", "SM_CURRENT_HOST": "algo-1",
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "models.fraud.train", *arguments],
        cwd=ml / "code", env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_job_finds_its_data_leaves_its_model_and_says_its_metrics(tmp_path: Path) -> None:
    write_payments(tmp_path / "input" / "data" / "training", payments(7, 60, 60))
    done = job(tmp_path, {"days": "40", "rounds": "20", "version": "job-1"})
    assert done.returncode == 0, done.stderr[-800:]
    made = {path.name for path in (tmp_path / "model").iterdir()}
    assert {"model.json", "metrics.json", "model-card.md"} <= made
    assert "states.json.gz" not in made, "customer ids go into no archive that an endpoint gets"
    assert (tmp_path / "output" / "data" / "states.json.gz").is_file()
    assert METRIC.findall(done.stdout + done.stderr)
    assert list((tmp_path / "code").iterdir()) == [], "what is not the model is written nowhere"


def test_a_job_without_useful_data_fails_with_a_sentence(tmp_path: Path) -> None:
    failed = job(tmp_path, {"days": "40"})
    assert failed.returncode == 2
    assert "Traceback" not in failed.stderr
    assert (tmp_path / "output" / "failure").read_text() == failed.stderr
    assert list((tmp_path / "model").iterdir()) == []
