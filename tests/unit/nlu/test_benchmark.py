import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.benchmark import auroc, calibration_error, main

TRAIN = [
    ("hello there", "greet"), ("hi", "greet"), ("good morning", "greet"), ("hey you", "greet"),
    ("goodbye", "leave"), ("see you later", "leave"), ("bye bye", "leave"), ("farewell", "leave"),
]  # fmt: skip


def write(path: Path, rows: list[tuple[str, str]]) -> str:
    if path.suffix == ".csv":
        path.write_text("text,intent\n" + "".join(f'"{t}",{i}\n' for t, i in rows))
    else:
        path.write_text("".join(json.dumps({"text": t, "intent": i}) + "\n" for t, i in rows))
    return str(path)


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_a_labelled_file_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    train = write(tmp_path / f"train.{suffix}", TRAIN)
    rows = [("hello you", "greet"), ("bye", "leave"), ("hi", "leave"), ("quantum {x}", "oos")]
    test = write(tmp_path / f"test.{suffix}", rows)
    assert main(["--train", train, "--test", test, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["accuracy"] == round(2 / 3, 4)
    assert report["oos_auroc"] == 1.0
    assert report["latency_ms"]["p50"] <= report["latency_ms"]["p99"]
    assert report["peak_rss_mb"] > 0
    assert report["train_s"] >= 0
    assert report["engine"] == "light"
    assert 0 <= report["below_threshold_in_scope"] <= 1
    assert 0 <= report["ece"] <= 1


def test_without_out_of_scope_rows_there_is_no_auroc(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train = write(tmp_path / "train.csv", TRAIN)
    assert main(["--train", train, "--test", train, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["accuracy"], report["oos_auroc"]) == (1.0, None)


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "not json"])
def test_a_file_without_rows_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    train = write(tmp_path / "train.csv", TRAIN)
    bad = tmp_path / ("bad.jsonl" if "json" in content else "bad.csv")
    bad.write_text(content)
    assert main(["--train", train, "--test", str(bad)]) == 2
    assert capsys.readouterr().err.startswith("teller nlu benchmark: ")


def test_a_missing_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--train", str(tmp_path / "none.csv"), "--test", "none"]) == 2
    assert "No such file" in capsys.readouterr().err


@given(st.lists(st.integers(0, 5), min_size=1), st.lists(st.integers(0, 5), min_size=1))
def test_auroc_counts_the_pairs_in_order(inside: list[int], outside: list[int]) -> None:
    pairs = [(a > b) + (a == b) / 2 for a in inside for b in outside]
    assert auroc(inside, outside) == pytest.approx(sum(pairs) / len(pairs))


def test_scores_that_say_how_often_they_are_right_have_no_calibration_error() -> None:
    right = [True, True, True, False]
    assert calibration_error([0.75] * 4, right) == pytest.approx(0.0)
    assert calibration_error([1.0] * 4, right) == pytest.approx(0.25)
    assert calibration_error([0.05, 0.95], [True, False]) == pytest.approx(0.95)


def test_an_engine_that_is_not_installed_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.nlu.engines.find_spec", lambda _: None)
    train = write(tmp_path / "train.csv", TRAIN)
    assert main(["--train", train, "--test", train, "--engine", "encoder"]) == 2
    assert "pip install 'teller[nlu]'" in capsys.readouterr().err
