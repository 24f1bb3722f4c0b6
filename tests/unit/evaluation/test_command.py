import json
from pathlib import Path

import pytest

from bot.evaluation.command import main
from tests.learned import LEARNED

TELLER = str(Path(__file__).parents[3] / "lex_definitions")
KEPT = ["--learned", str(LEARNED)]
SET = """\
Conversation #,Source,Input,Expected Output Intent,Expected Output Slot 1
N/A,User,what's my balance,CheckBalance,
N/A,User,freeze my card,GetSpending,
1,User,send money,SendMoney,
1,Agent,How much?,,
1,User,$20,SendMoney,amount = $20
"""


@pytest.fixture
def test_set(tmp_path: Path) -> str:
    path = tmp_path / "set.csv"
    path.write_text(SET, encoding="utf-8")
    return str(path)


def test_a_bot_is_measured_without_its_function(
    test_set: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([TELLER, *KEPT, "--test-set", test_set, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["intent_accuracy"] == 0.75
    assert found["slot_accuracy"] == 1.0
    assert found["conversation_success"] == 1.0
    assert found["confusions"][0]["expected"] == "GetSpending"


def test_the_report_and_the_proposals_are_written_for_people(
    test_set: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "report.html"
    assert main([TELLER, *KEPT, "--test-set", test_set, "--html", str(page), "--grow"]) == 0
    said = capsys.readouterr().out
    assert "Intents heard right" in said
    assert "freeze my card  (heard as FreezeCard; but it is a sample of FreezeCard)" in said
    assert "<svg" in page.read_text(encoding="utf-8")


def test_a_run_worse_than_the_baseline_fails(
    test_set: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = str(tmp_path / "kept.json")
    run = [TELLER, *KEPT, "--test-set", test_set, "--json", "--baseline", kept]
    assert main([*run, "--update-baseline"]) == 0
    assert main(run) == 0
    worse = Path(test_set)
    worse.write_text(SET.replace("balance,CheckBalance", "balance,Help"), encoding="utf-8")
    assert main(run) == 1
    assert "was right before" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--test-set", "none.csv"], "none.csv: No such file"),
        (["--test-set", "SET", "--locale", "xx_XX"], "no locale xx_XX; it has en_GB, en_US"),
        (["--test-set", "SET", "--baseline", "none.json"], "none.json"),
        (["--test-set", "SET", "--code-hook", "nothing"], "nothing"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(
    arguments: list[str], why: str, test_set: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = [test_set if word == "SET" else word for word in arguments]
    assert main([TELLER, *KEPT, *said]) == 2
    error = capsys.readouterr().err
    assert why in error
    assert error.count("\n") == 1


def test_a_baseline_to_update_must_be_named(test_set: str) -> None:
    with pytest.raises(SystemExit):
        main([TELLER, *KEPT, "--test-set", test_set, "--update-baseline"])
