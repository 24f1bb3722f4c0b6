"""The configuration reference is what the settings models, the templates and the code say."""

from __future__ import annotations

import re
from pathlib import Path

from infra.configuration import (
    FUNCTIONS,
    LAPTOP,
    PAGE,
    models_fields,
    reference,
    users_of_variables,
)
from tests.unit.docs.pages import ROOT

READ = re.compile(
    r"""environ(?:\.get)?[\[(]"(TELLER_[A-Z_]+)"|^[A-Z_]+ = "(TELLER_[A-Z_]+)\"""", re.MULTILINE
)


def python_files() -> list[Path]:
    return [path for name in ("bot", "fulfillment", "infra", "models", "tests")
            for path in (ROOT / name).rglob("*.py")]  # fmt: skip


def test_the_page_is_the_one_that_the_code_gives() -> None:
    assert PAGE.read_text("utf-8") == reference()


def test_every_variable_that_a_function_gets_or_reads_has_a_meaning() -> None:
    set_by_lambda = {"AWS_REGION"}
    assert set(users_of_variables()) | set(models_fields()) == set(FUNCTIONS) | set_by_lambda


def test_every_teller_variable_that_code_reads_is_told_and_the_other_way_round() -> None:
    said = [path.read_text("utf-8") for path in python_files()]
    read = {name for text in said for pair in READ.findall(text) for name in pair if name}
    assert read <= set(LAPTOP)
    unread = {one for one in LAPTOP if not any(f'"{one}"' in text for text in said)}
    assert unread == set()
