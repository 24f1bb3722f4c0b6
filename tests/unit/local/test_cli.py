import importlib

import pytest

from infra.cli import COMMANDS, find, main, usage


def test_every_command_leads_to_a_function_that_exists() -> None:
    for target, _ in COMMANDS.values():
        module, _, function = target.partition(":")
        assert callable(getattr(importlib.import_module(module), function))


def test_the_words_after_a_command_are_its_arguments() -> None:
    assert find(["ledger", "audit", "--json"]) == ("infra.local.ledger:audit", ["--json"])
    assert find(["run", "--fresh"]) == ("infra.local.run:main", ["--fresh"])


def test_an_unknown_command_is_one_clear_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rob", "bank"]) == 2
    assert "no command 'rob bank'" in capsys.readouterr().err


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out.strip() == usage()
    assert all(" ".join(words) in usage() for words in COMMANDS)


@pytest.mark.parametrize("words", [["lex"], ["lex", "--help"], ["lex", "-h"]])
def test_a_group_of_commands_lists_its_own(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "lex lint" in said
    assert "nlu benchmark" not in said


@pytest.mark.parametrize("words", [["lexx"], ["lex", "foo"], ["lexx", "--help"]])
def test_an_unknown_command_is_named(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert "no command" in capsys.readouterr().err
