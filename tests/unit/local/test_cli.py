import importlib

import pytest

from infra.cli import COMMANDS, find, main, usage


def test_every_command_leads_to_a_function_that_exists() -> None:
    for target, _ in COMMANDS.values():
        module, _, function = target.partition(":")
        assert callable(getattr(importlib.import_module(module), function))


def test_the_words_after_a_command_are_its_arguments() -> None:
    assert find(["ledger", "audit", "--json"]) == ("infra.local.audit:main", ["--json"])
    assert find(["run", "--fresh"]) == ("infra.local.run:main", ["--fresh"])


def test_an_unknown_command_is_one_clear_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rob", "bank"]) == 2
    assert "no command 'rob bank'" in capsys.readouterr().err


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out.strip() == usage()
    assert all(" ".join(words) in usage() for words in COMMANDS)
