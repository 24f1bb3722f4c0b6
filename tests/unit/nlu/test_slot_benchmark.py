import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.nlu.slot_benchmark import main

_ROW = {
    "type": "Date",
    "lang": "en",
    "text": "pay it tomorrow",
    "span": "tomorrow",
    "accept": ["2020-11-26"],
    "ref": "2020-11-25T10:00:00",
}


def _file(folder: Path, *rows: Mapping[str, object]) -> str:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def test_right_and_wrong_rows_are_counted_by_language_and_type(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = _ROW | {"accept": ["1999-01-01"]}
    spanish = _ROW | {"lang": "es", "text": "págalo mañana", "span": "mañana"}
    money = _ROW | {"type": "Currency", "text": "send 5c", "span": "5c", "accept": ["5"]}
    path = _file(tmp_path, _ROW, wrong, spanish, money | {"unit": "Cent"})
    assert main(["--test", path, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["rows"] == 4
    assert report["by_locale"]["en_US"]["AMAZON.Date"]["accuracy"] == 0.5
    assert report["by_locale"]["es_ES"]["AMAZON.Date"]["reply_accuracy"] == 1.0
    assert report["by_locale"]["en_US"]["AMAZON.Currency"]["accuracy"] == 1.0


def test_misses_are_listed_with_what_was_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _file(tmp_path, _ROW | {"accept": ["1999-01-01"]})
    assert main(["--test", path, "--misses"]) == 0
    assert "is 1999-01-01, read 2020-11-26" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "{}", "not json", '{"type": "Date", "lang": "en"}'])
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(content)
    assert main(["--test", str(path)]) == 2
    assert "teller nlu slots" in capsys.readouterr().err


def test_a_missing_file_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--test", "nowhere.jsonl"]) == 2
    assert "nowhere.jsonl" in capsys.readouterr().err
