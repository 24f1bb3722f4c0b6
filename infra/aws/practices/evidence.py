"""Reads the table of practices and looks for what it names: resources, code and tests."""

from __future__ import annotations

import ast
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parents[3]
PRACTICES = Path(__file__).with_name("practices.toml")
RESOURCES = Path(__file__).with_name("resources.json")
Done = Literal["yes", "partly", "no"]


@dataclass(frozen=True, slots=True)
class Practice:
    """A row. `resources` are types in the templates, `code` modules, `tests` what pytest calls
    them, `rules` ids of cdk-nag or a tool's name. `lacks` says what is not done.
    """

    id: str
    name: str
    done: Done
    resources: tuple[str, ...]
    code: tuple[str, ...]
    tests: tuple[str, ...]
    rules: tuple[str, ...]
    lacks: str = ""


def read_practices(path: Path = PRACTICES) -> list[Practice]:
    """All rows, in their order."""
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text())["practice"]
    many = ("resources", "code", "tests", "rules")
    return [Practice(**row | {name: tuple(row[name]) for name in many}) for row in rows]


def read_resources(path: Path = RESOURCES) -> dict[str, dict[str, int]]:
    """How many of each type there are, by stack: what `teller infra practices --update` wrote."""
    found: dict[str, dict[str, int]] = json.loads(path.read_text())
    return found


def counted(templates: Mapping[str, Mapping[str, Mapping[str, str]]]) -> dict[str, dict[str, int]]:
    """The same of templates, by the stack's name."""
    made: dict[str, dict[str, int]] = {}
    for stack, resources in sorted(templates.items()):
        types = sorted(one["Type"] for one in resources.values())
        made[stack] = {kind: types.count(kind) for kind in dict.fromkeys(types)}
    return made


def lost(practices: Iterable[Practice], types: Iterable[str]) -> list[str]:
    """What a row names and is not there, each in one sentence; and what a row does not say."""
    known = set(types)
    found = []
    for one in practices:
        found += [f"{one.id}: no stack has a {kind}" for kind in one.resources if kind not in known]
        found += [f"{one.id}: there is no module {m}" for m in one.code if not _module(m)]
        found += [f"{one.id}: there is no test {t}" for t in one.tests if not _test(t)]
        if one.done != "yes" and len(one.lacks) < 10:
            found.append(f"{one.id}: {one.done}, and not a word of what is lacking")
        if one.done == "yes" and not (one.tests and (one.resources or one.code) and one.rules):
            found.append(f"{one.id}: done, without a resource, a test and a rule that show it")
        if one.done == "yes" and one.lacks:
            found.append(f"{one.id}: done, and yet lacking something")
    return found


def _module(name: str) -> bool:
    path = ROOT / Path(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def _test(node: str) -> bool:
    file, _, name = node.partition("::")
    return name in _tests_in(file)


@cache
def _tests_in(file: str) -> frozenset[str]:
    path = ROOT / file
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text())
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))


def table(practices: Iterable[Practice]) -> str:
    """The rows in Markdown, for docs/aws.md."""
    rows = [
        "| row | practice | done | resources | code | test | rule |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in practices:
        done = one.done if one.done == "yes" else f"**{one.done}**: {one.lacks}"
        cells = (
            one.id,
            one.name,
            done,
            ", ".join(kind.removeprefix("AWS::") for kind in one.resources),
            ", ".join(f"`{module}`" for module in one.code),
            "; ".join(_said(test) for test in one.tests),
            ", ".join(one.rules),
        )
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


def _said(node: str) -> str:
    """A test's name as the sentence that it is, with a link to its file."""
    file, _, name = node.partition("::")
    return f"[{name.removeprefix('test_').replace('_', ' ')}](../{file})"
