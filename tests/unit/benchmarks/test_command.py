"""What `teller bench` prints and keeps. What it measures is not a test's business."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.command import main
from benchmarks.curve import curve
from benchmarks.figures import Figures, beside
from benchmarks.registry import BENCHMARKS, Benchmark
from benchmarks.stages import stages


def doubled(rounds: int) -> Figures:
    return {"doubled": beside("ms", 2.0 * rounds, "once", float(rounds))}


@pytest.fixture
def one_benchmark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BENCHMARKS, "lex", Benchmark(f"{__name__}:doubled", "twice as much"))


@pytest.mark.parametrize("name", BENCHMARKS)
def test_every_benchmark_leads_to_a_function(name: str) -> None:
    assert callable(BENCHMARKS[name].load())


@pytest.mark.usefixtures("one_benchmark")
def test_one_that_is_asked_for_is_measured_alone_and_stands_beside_its_baseline(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--only", "lex", "--rounds", "3"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told.pop("machine")["rounds"] == 3
    assert told == {
        "doubled": {"ms": 6.0, "baseline": "once", "baseline_ms": 3.0, "ratio": 2.0},
    }


@pytest.mark.usefixtures("one_benchmark")
def test_a_history_has_a_line_for_each_run(tmp_path: Path) -> None:
    history = tmp_path / "docs" / "history.jsonl"
    for rounds in ("1", "2"):
        main(["--only", "lex", "--rounds", rounds, "--history", str(history)])
    runs = [json.loads(line) for line in history.read_text().splitlines()]
    assert [run["doubled"]["ms"] for run in runs] == [2.0, 4.0]
    assert all(run["at"].endswith("+00:00") and "commit" in run for run in runs)


def test_a_flat_curve_is_drawn_flat() -> None:
    drawn = curve({"customers": [(100, 8.0), (100_000, 8.0)], "lines": [(1_000, 9.0)]})
    flat = next(line for line in drawn.splitlines() if line.startswith("<polyline"))
    first, last = flat.split('"')[1].split()
    assert first.split(",")[1] == last.split(",")[1]
    assert "by customers" in drawn
    assert "100,000" in drawn


def test_a_stage_is_what_its_door_takes_longer_than_the_next_one_behind_it() -> None:
    told = stages({"channel": 10.0, "lex": 8.0, "function": 7.0, "dynamodb": 4.0, "model": 2.0})
    assert {name: figure["ms"] for name, figure in told.items()} == {
        "stage_channel": 2.0, "stage_lex": 1.0, "stage_function": 3.0, "stage_dynamodb": 4.0,
        "stage_model": 2.0,
    }  # fmt: skip
    assert told["stage_lex"]["baseline_ms"] == 10.0
