"""`teller lex lint`, `package` and `requests`, as they are called."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.definition import load
from bot.definition.commands import lint, package, requests
from bot.definition.lint import RULES
from bot.definition.writing import write_folder, zip_of
from infra.cli import main as teller
from tests.unit.definition.clean_bot import KIND, ORDER, Edit, drop, put, spoilt, utter
from tests.unit.definition.zip_crypto import locked

ROOT = Path(__file__).resolve().parents[3]
LEX_DEFINITIONS = ROOT / "lex_definitions"
BROKEN = put(KIND, "slotTypeName", "Coffee")
DOUBTFUL = utter(ORDER, "{kind}")
Command = Callable[[Sequence[str]], int]
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    def write(*edits: Edit) -> Path:
        path = tmp_path / "bot"
        write_folder(spoilt(*edits).files, path)
        return path

    return write


def answer(capsys: Capture) -> Any:
    return json.loads(capsys.readouterr().out)


# --- lint ---


def test_the_bank_s_own_bot_has_no_errors(capsys: Capture) -> None:
    assert lint.main([str(LEX_DEFINITIONS), "--json"]) == 0
    assert answer(capsys)["errors"] == []


def test_errors_give_status_1_and_say_where(folder: Callable[..., Path], capsys: Capture) -> None:
    assert lint.main([str(folder(BROKEN, DOUBTFUL)), "--json"]) == 1
    found = answer(capsys)
    assert found["errors"] == [
        {
            "severity": "error",
            "code": "slot.unknown_type",
            "path": f"{KIND}#/slotTypeName",
            "message": "en_US has no slot type 'Coffee'.",
        }
    ]
    assert "utterance.bare_slot" in {warning["code"] for warning in found["warnings"]}


def test_warnings_alone_give_status_0(folder: Callable[..., Path], capsys: Capture) -> None:
    assert lint.main([str(folder(DOUBTFUL))]) == 0
    shown = capsys.readouterr().out
    assert f"{ORDER}\n  warning  A slot alone" in shown
    assert "at /sampleUtterances/3/utterance" in shown
    assert shown.endswith("0 errors, 1 warning in 20 files\n")


def test_a_warning_can_be_put_aside_and_an_error_cannot(
    folder: Callable[..., Path], capsys: Capture
) -> None:
    words = ["--ignore", "utterance.bare_slot", "--ignore", "slot.unknown_type", "--json"]
    assert lint.main([str(folder(BROKEN, DOUBTFUL)), *words]) == 1
    found = answer(capsys)
    assert [error["code"] for error in found["errors"]] == ["slot.unknown_type"]
    assert "utterance.bare_slot" not in {warning["code"] for warning in found["warnings"]}


def test_a_rule_that_does_not_exist_cannot_be_put_aside(capsys: Capture) -> None:
    assert lint.main([str(LEX_DEFINITIONS), "--ignore", "nonsense"]) == 2
    assert "no rule 'nonsense'" in capsys.readouterr().err


@pytest.mark.parametrize("command", [lint.main, requests.main])
def test_what_cannot_be_read_gives_status_2(
    command: Command, tmp_path: Path, capsys: Capture
) -> None:
    assert command([str(tmp_path / "nothing"), "--json"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "neither a folder nor a zip" in shown.err


def test_a_zip_with_a_password_is_linted(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "locked.zip"
    path.write_bytes(locked("BotLocale.json", b'{"identifier": "en_US"}', b"sesame"))
    assert lint.main([str(path)]) == 2
    assert "protected by a password" in capsys.readouterr().err
    assert lint.main([str(path), "--password", "sesame", "--json"]) == 1
    assert "manifest.missing" in {error["code"] for error in answer(capsys)["errors"]}


def test_the_command_is_reached_by_its_words(capsys: Capture) -> None:
    assert teller(["lex", "lint", str(LEX_DEFINITIONS)]) == 0
    assert "0 errors" in capsys.readouterr().out


# --- package ---


def test_a_package_is_the_definition_and_always_the_same_bytes(
    tmp_path: Path, capsys: Capture
) -> None:
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    assert package.main([str(LEX_DEFINITIONS), "-o", str(first), "--json"]) == 0
    facts = answer(capsys)
    assert facts["bytes"] == first.stat().st_size
    assert facts["errors"] == 0
    assert package.main([str(first), "-o", str(second)]) == 0
    assert second.read_bytes() == first.read_bytes()
    assert load(first).files == load(LEX_DEFINITIONS).files


def test_a_package_replaces_the_one_before(folder: Callable[..., Path], tmp_path: Path) -> None:
    path = tmp_path / "bot.zip"
    path.write_text("something else")
    assert package.main([str(folder()), "-o", str(path)]) == 0
    assert load(path).name == "Cafe"
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == ["bot.zip"]


def test_what_lex_would_refuse_is_not_packaged_unless_forced(
    folder: Callable[..., Path], tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "bot.zip"
    broken = folder(BROKEN)
    assert package.main([str(broken), "-o", str(path)]) == 1
    shown = capsys.readouterr()
    assert "slot.unknown_type" in shown.err
    assert shown.out == ""
    assert not path.exists()
    assert package.main([str(broken), "-o", str(path), "--force", "--json"]) == 0
    assert answer(capsys)["errors"] == 1
    assert path.exists()


def test_a_package_has_a_manifest_at_its_root_whatever_was_there(
    folder: Callable[..., Path], tmp_path: Path
) -> None:
    path = tmp_path / "bot.zip"
    bare = folder(drop("Manifest.json"))
    assert package.main([str(bare), "-o", str(path)]) == 0
    assert path.read_bytes() == zip_of(spoilt().files)
    assert package.main([str(bare.parent), "-o", str(path)]) == 0
    assert path.read_bytes() == zip_of(spoilt().files)
    made = {str(place): content for place, content in load(path).files.items()}
    assert made["Manifest.json"]["metaData"]["resourceType"] == "BOT"


def test_a_folder_above_the_manifest_is_left_out_of_a_package(
    folder: Callable[..., Path], tmp_path: Path
) -> None:
    path = tmp_path / "bot.zip"
    assert package.main([str(folder().parent), "-o", str(path)]) == 0
    assert path.read_bytes() == zip_of(spoilt().files)


@pytest.mark.parametrize("target", ["", "missing/bot.zip"])
def test_a_place_that_cannot_be_written_is_told(
    folder: Callable[..., Path], tmp_path: Path, capsys: Capture, target: str
) -> None:
    assert package.main([str(folder()), "-o", str(tmp_path / target)]) == 2
    assert str(tmp_path) in capsys.readouterr().err


# --- requests ---


def test_requests_are_printed_with_placeholders_in_lex_s_form(
    folder: Callable[..., Path], capsys: Capture
) -> None:
    assert requests.main([str(folder()), "--json"]) == 0
    found = answer(capsys)
    first, *_, last = found["requests"]
    assert (first["operation"], last["operation"]) == ("CreateBot", "CreateBotAlias")
    bot_id = last["parameters"]["botId"]
    assert len(bot_id) == 10
    assert bot_id.isalnum()
    assert found["placeholders"][bot_id] == "bot"
    assert len(found["placeholders"]) == len([r for r in found["requests"] if "creates" in r])


def test_requests_can_be_read(folder: Callable[..., Path], capsys: Capture) -> None:
    assert requests.main([str(folder()), "--alias", "prod"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("CreateBot\n{")
    assert '"botAliasName": "prod"' in shown


def test_a_definition_that_lex_would_refuse_gives_no_requests(
    folder: Callable[..., Path], capsys: Capture
) -> None:
    assert requests.main([str(folder(BROKEN)), "--json"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "has no slot type 'Coffee'" in shown.err


def test_every_code_of_a_rule_is_of_the_form_family_dot_word() -> None:
    assert [rule.code for rule in RULES if rule.code.count(".") != 1] == []
