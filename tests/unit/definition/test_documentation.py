"""What the documentation says of lint is what lint does."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from bot.definition.lint.table import rules_table
from infra.cli import main as teller

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "lex-definition.md").read_text()


def blocks(fence: str) -> list[str]:
    """The code blocks of the page that open with this fence."""
    return [part.split("\n```")[0] for part in PAGE.split(f"```{fence}\n")[1:]]


def test_the_table_of_rules_is_current() -> None:
    assert PAGE.endswith(f"\n{rules_table()}")


def test_the_rules_can_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        teller(["lex", "lint", "--rules"])
    assert done.value.code == 0
    assert capsys.readouterr().out == rules_table()


def test_the_commands_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        line.removeprefix(".venv/bin/")
        for block in blocks("sh")
        for line in block.splitlines()
        if "teller " in line
    ]
    assert len(lines) >= 5
    monkeypatch.chdir(tmp_path)
    Path("lex_definitions").symlink_to(ROOT / "lex_definitions")
    teller(["lex", "package", "lex_definitions", "-o", "my-export.zip"])
    for line in lines:
        assert teller(shlex.split(line)[1:]) == 0, line


def test_the_example_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    [example] = blocks("python")
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec(compile(example, "docs/lex-definition.md", "exec"), names)  # noqa: S102
    assert names["ids"]
