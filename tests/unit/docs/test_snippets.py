"""Every snippet and every link of the documentation is what it says: no network, no bank."""

from __future__ import annotations

import ast
import json
import re
import shlex
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from botocore import xform_name
from botocore.session import Session

from bot.conversation.parser import parse
from infra.cli import COMMANDS, find
from infra.cli import main as teller
from tests.unit.docs.pages import ROOT, Block, anchors, blocks, links, pages
from tests.unit.docs.typed import PARTS, snippets

SHELL = ("sh", "console")
CHECKED = {
    "sh": "each program is there, and takes the options that it is given",
    "console": "as sh; what a command prints is left out",
    "python": "strict types (`make types`), and names that our modules have",
    "json": "read",
    "chat": "read as a conversation file",
    "jinja": "followed by the test of the tutorial",
    "edit": "followed by the test of the tutorial",
    "text": "a drawing for people: nothing in it is typed in",
}
"""The languages of blocks, and how each is checked. Another language needs a way to check it."""
OTHERS = set(
    "cat cd cp curl echo export git ls mkdir node npm pip pre-commit pytest"
    " source unzip zip".split()
)
"""Programs of others that a reader is asked to run."""
TARGETS = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
BLOCKS = [block for page in pages() for block in blocks(page)]


def each(*languages: str) -> list[object]:
    return [pytest.param(one, id=one.place) for one in BLOCKS if one.language in languages]


def commands(block: Block) -> Iterator[list[str]]:
    """The commands of a shell block as words; what a command prints, and comments, are left out."""
    text = re.sub(r"\\\n\s*", " ", block.text)
    text = re.sub(r"<<-?\s*'?(\w+)'?\n.*?\n\1\n", "\n", text, flags=re.DOTALL)
    prompted = [line[2:] for line in text.splitlines() if line.startswith("$ ")]
    for line in prompted or text.splitlines():
        for part in re.split(r"\s(?:&&|\|\||\||;)\s|\s&$", line.partition(" # ")[0].strip()):
            words = shlex.split(part, comments=True)
            while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
                words.pop(0)
            if words:
                yield words


def test_every_block_says_in_which_language_it_is_written() -> None:
    assert {one.place: one.language for one in BLOCKS if one.language not in CHECKED} == {}


class _Understood(Exception):  # noqa: N818 - no error: the command took its words
    pass


@pytest.fixture
def only_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands stop once they have understood their words."""
    whole = ArgumentParser.parse_args

    def read(self: ArgumentParser, *given: Any, **named: Any) -> None:
        whole(self, *given, **named)
        raise _Understood

    monkeypatch.setattr(ArgumentParser, "parse_args", read)
    monkeypatch.setenv("TABLE_NAME", "of-no-bank")  # else the ledger's look for a running one


@pytest.mark.parametrize("block", each(*SHELL))
@pytest.mark.usefixtures("only_reading")
def test_a_command_that_a_page_asks_for_is_there_and_takes_what_it_is_given(block: Block) -> None:
    for words in commands(block):
        program, rest = words[0].rpartition("/")[2], [word.strip("[]") for word in words[1:]]
        if program == "teller":
            _teller_takes(rest)
        elif program == "make":
            wanted = {one for one in rest if "=" not in one and not one.startswith("-")}
            assert wanted <= TARGETS, f"no target {wanted - TARGETS}"
        elif program == "aws":
            _aws_takes(*rest)
        elif program == "python" and rest[:1] == ["-m"]:
            assert _is_module(rest[1]), f"no module {rest[1]}"
        else:
            assert program in OTHERS or (ROOT / words[0]).exists(), f"no program {program}"
        if program == "pytest":
            lost = [one for one in rest if one.startswith("tests/") and not (ROOT / one).exists()]
            assert lost == []


def _teller_takes(words: list[str]) -> None:
    if words == ["--help"]:
        return
    assert find(words), f"no command {words[:2]}"
    try:
        teller(words)
    except _Understood:
        return
    except SystemExit as stopped:
        raise AssertionError(f"teller {' '.join(words)}: not taken") from stopped
    raise AssertionError(f"teller {' '.join(words)} reads no words: it was run")


def _aws_takes(service: str, operation: str, *options: str) -> None:
    """Whether AWS's own model of the service has the operation, and its members these names."""
    # The command line has S3's own calls under this name, beside copies of its own making.
    model = Session().get_service_model("s3" if service == "s3api" else service)
    named = {xform_name(one, "-"): one for one in model.operation_names}
    assert operation in named, f"aws {service} has no {operation}"
    shape = model.operation_model(named[operation]).input_shape
    known = {xform_name(one, "-") for one in (shape.members if shape else ())}
    asked = {one[2:] for one in options if one.startswith("--")}
    assert asked <= known | {"endpoint-url", "region", "profile", "output"}


def _is_module(name: str) -> bool:
    path = ROOT / Path(*name.split("."))
    ours = path.with_suffix(".py").is_file() or (path / "__main__.py").is_file()
    return ours or name in ("venv", "pip", "pytest", "http.server", "json.tool")


@pytest.mark.parametrize("block", each("python"))
def test_python_is_python_and_asks_our_modules_for_names_that_they_have(block: Block) -> None:
    for node in ast.walk(ast.parse(block.text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            _has(node.module, [alias.name for alias in node.names], block)


def _has(module: str, names: list[str], block: Block) -> None:
    if module.split(".")[0] not in ("bot", "fulfillment", "infra", "models", "tests"):
        return
    path = ROOT / Path(*module.split("."))
    file = path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"
    assert file.is_file(), f"{block.place}: no module {module}"
    said = file.read_text("utf-8")
    for name in names:
        is_module = (path / f"{name}.py").is_file() or (path / name).is_dir()
        assert is_module or re.search(rf"\b{name}\b", said), f"{block.place}: no {module}.{name}"


@pytest.mark.parametrize("block", each("json"))
def test_json_can_be_read(block: Block) -> None:
    json.loads(block.text)


@pytest.mark.parametrize("block", each("chat"))
def test_a_conversation_on_a_page_can_be_read(block: Block) -> None:
    assert parse(block.text, block.place).turns


def test_python_that_is_not_checked_by_itself_is_named_with_a_reason() -> None:
    whole = {str(block.page.relative_to(ROOT)) for block in BLOCKS if block.language == "python"}
    assert set(PARTS) < whole
    assert len(snippets()) >= 8


@pytest.mark.parametrize(
    "page", [pytest.param(one, id=str(one.relative_to(ROOT))) for one in pages()]
)
def test_a_link_leads_to_a_page_a_place_or_a_file_that_is_there(page: Path) -> None:
    for link in links(page):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, place = link.partition("#")
        target = (page.parent / unquote(path)).resolve() if path else page
        assert target.exists(), f"{link} is not there"
        if place and target.suffix == ".md":
            assert place in anchors(target), f"{link}: no such heading"


def test_commands_and_paths_in_running_text_are_there_too() -> None:
    lost = []
    for page in pages():
        for said in re.findall(r"`([^`\n]+)`", page.read_text("utf-8")):
            words = said.split()
            if words[:1] == ["teller"] and len(words) > 1 and words[1].isalpha():
                known = find(words[1:]) or any(command[0] == words[1] for command in COMMANDS)
                lost += [] if known else [f"{page.name}: {said}"]
            elif words[:1] == ["make"] and len(words) > 1 and words[1].isalpha():
                lost += [] if words[1] in TARGETS else [f"{page.name}: {said}"]
            elif re.fullmatch(r"(bot|docs|fulfillment|infra|models|tests)/[\w./-]+", said):
                lost += [] if (ROOT / said).exists() else [f"{page.name}: {said}"]
    assert lost == []
