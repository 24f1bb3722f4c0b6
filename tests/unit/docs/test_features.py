"""Each feature that the README shows names a test, and the test is there."""

from __future__ import annotations

import re

import pytest

from bot.conversation.parser import parse
from tests.unit.docs.pages import ROOT

_TABLE = re.compile(r"^\|.*\| held by \|\n\|[-|]+\|\n((?:\|.*\|\n)+)", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
ROWS = [
    row
    for table in _TABLE.findall((ROOT / "README.md").read_text("utf-8"))
    for row in table.splitlines()
]


def lacking(row: str) -> list[str]:
    """What is wrong with who holds a row: a test is named by its sentence, a conversation by
    its file.
    """
    held = _LINK.findall(row.strip("| ").rpartition(" | ")[2])
    wrong = [] if held else [f"nothing holds: {row}"]
    for name, target in held:
        path = ROOT / target
        if not path.is_file():
            wrong.append(f"there is no {target}")
        elif path.suffix == ".chat":
            if not parse(path.read_text("utf-8"), path.name).turns or name != _words(path.stem):
                wrong.append(f"{target} is no conversation called {name}")
        elif f"def test_{name.replace(' ', '_')}(" not in path.read_text("utf-8"):
            wrong.append(f"{target} has no test {name}")
    return wrong


def _words(stem: str) -> str:
    return stem.replace("-", " ")


def test_both_tables_of_the_readme_are_read() -> None:
    assert len(_TABLE.findall((ROOT / "README.md").read_text("utf-8"))) == 2
    assert len(ROWS) > 30


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[2:40])
def test_what_the_readme_shows_is_held_by_the_test_that_it_names(row: str) -> None:
    assert lacking(row) == []


def test_a_row_without_a_test_or_with_one_that_is_gone_is_named() -> None:
    readme = "tests/unit/docs/test_features.py"
    assert lacking("| a | b | nothing |") == ["nothing holds: | a | b | nothing |"]
    assert lacking("| a | b | [x](tests/gone.py) |") == ["there is no tests/gone.py"]
    assert lacking(f"| a | b | [x y]({readme}) |") == [f"{readme} has no test x y"]
