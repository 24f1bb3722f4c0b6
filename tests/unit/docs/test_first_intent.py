"""The tutorial is run as it is written, on a copy of what it changes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.docs.pages import ROOT, Block, blocks

PAGE = ROOT / "docs" / "tutorials" / "first-intent.md"
TAKEN = ("fulfillment", "lex_definitions")


def _follow(block: Block, copy: Path) -> None:
    """A block with a path is a new file, or an edit: what is there, two dashes, what it becomes."""
    kind, path = block.info.split()
    file = copy / path
    if kind != "edit":
        assert not file.exists(), f"{block.place}: {path} is there already"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block.text, "utf-8")
        return
    before, _, after = block.text.partition("--\n")
    text = file.read_text("utf-8")
    assert text.count(before) == 1, f"{block.place}: {path} has not just one such place"
    file.write_text(text.replace(before, after), "utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository after the last step."""
    folder = tmp_path_factory.mktemp("first-intent")
    for name in TAKEN:
        leave = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=leave)
    for block in blocks(PAGE):
        if len(block.info.split()) == 2:
            _follow(block, folder)
    return folder


def run(copy: Path, *words: str) -> str:
    """Runs Python in the copy: its `fulfillment`, and the checkout's everything else."""
    path = os.pathsep.join((str(copy), str(ROOT)))
    done = subprocess.run(
        [sys.executable, *words],
        cwd=copy, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_lex_would_take_the_definition_with_the_new_intent(copy: Path) -> None:
    said = run(copy, "-m", "infra.cli", "lex", "lint", "lex_definitions", "--json")
    assert '"errors": []' in said
    assert "ListCards" in said  # it warns of what the page says is left to do


def test_the_conversation_of_the_tutorial_is_answered_as_it_says(copy: Path) -> None:
    said = run(copy, "-m", "tests.unit.docs.playing_a_copy", str(copy), "ListCards")
    assert said.strip().endswith("1 turn met")
