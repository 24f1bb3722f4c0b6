"""One bundle a function: the handler, what it imports of ours, and the data files beside those.

A module that only a test or another function needs is not in it. Packages of others come from the
lock file when the bundle is built for AWS (`infra.aws.packing`), and count in its key.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from infra.local.bundle import zip_of_files

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("bot", "fulfillment")
_LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)
DISTRIBUTIONS = {
    "aws_lambda_powertools": "aws-lambda-powertools",
    "anyio": "anyio",
    "babel": "babel",
    "boto3": "boto3",
    "botocore": "botocore",
    "confusable_homoglyphs": "confusable-homoglyphs",
    "jinja2": "jinja2",
    "jwt": "pyjwt",
    "numpy": "numpy",
    "pydantic": "pydantic",
    "pydyf": "pydyf",
    "slack_sdk": "slack-sdk",
    "starlette": "starlette",
    "stdnum": "python-stdnum",
}
"""What a module is called, and by which name it is installed."""
_UNSEEN = {
    "aws_lambda_powertools.utilities.feature_flags": "boto3",
    "zoneinfo": "tzdata",
}
"""What else is wanted by who imports a module: no requirement of its package says so."""


class BundleError(RuntimeError):
    """A function cannot be bundled; the message names the module."""


def module_of(handler: str) -> str:
    """The module of a Lambda's `Handler`, as in `fulfillment.handlers.lex.handler`."""
    return handler.rpartition(".")[0]


@cache
def modules_of(module: str) -> frozenset[Path]:
    """Files of ours that `module` needs, itself among them, relative to the root."""
    found: set[Path] = set()
    waiting = [module]
    while waiting:
        for path in _files_of(waiting.pop()):
            if path not in found:
                found.add(path)
                waiting += [name for name in _imported(path) if name.split(".")[0] in ROOMS]
    if not found:
        raise BundleError(f"there is no module {module}")
    return frozenset(found)


@cache
def packages_of(module: str) -> tuple[str, ...]:
    """The distributions that a function needs, as `name==version` of the lock file, sorted."""
    names: set[str] = set()
    for path in modules_of(module):
        for name in _imported(path):
            top = name.split(".")[0]
            names |= {DISTRIBUTIONS[top]} if top in DISTRIBUTIONS else set()
            names |= {what for module, what in _UNSEEN.items() if name.startswith(module)}
    versions = dict(_LOCKED.findall((ROOT / "requirements.lock").read_text()))
    return tuple(sorted(f"{name}=={versions[name]}" for name in names))


def own_bundle(module: str) -> bytes:
    """The zip of our own part of a function's code: the same sources, the same bytes."""
    modules = modules_of(module)
    return zip_of_files(ROOT, sorted(modules | set(_data_beside(modules))))


@cache
def bundle_key(module: str) -> str:
    """The object key of a function's code: new when its own code or a package of it is."""
    content = own_bundle(module) + "\n".join(packages_of(module)).encode()
    name = module.rpartition(".")[2].replace("_", "-")
    return f"functions/{name}-{hashlib.sha256(content).hexdigest()[:24]}.zip"


@cache
def _files_of(name: str) -> tuple[Path, ...]:
    """The module's file and every package above it; `name` may end in what a module defines."""
    parts = name.split(".")
    folders = [Path(*parts[:length]) for length in range(1, len(parts) + 1)]
    places = [path for one in folders for path in (one / "__init__.py", one.with_suffix(".py"))]
    return tuple(path for path in places if (ROOT / path).is_file())


@cache
def _imported(path: Path) -> tuple[str, ...]:
    return tuple(_names_in(ast.parse((ROOT / path).read_text())))


def _names_in(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
    for child in ast.iter_child_nodes(node):
        yield from _names_in(child)


def _data_beside(modules: frozenset[Path]) -> Iterator[Path]:
    """Templates, word lists, policies: all that is not Python in a folder of a bundled module."""
    for folder in {path.parent for path in modules}:
        yield from _data_in(folder)


@cache
def _data_in(folder: Path) -> tuple[Path, ...]:
    found = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*")
             if path.suffix not in (".py", ".pyc") and path.is_file())  # fmt: skip
    return tuple(path for path in found if not _in_another_package(path, folder))


def _in_another_package(path: Path, folder: Path) -> bool:
    parents = path.relative_to(folder).parents
    return any(
        (ROOT / folder / one / "__init__.py").is_file() for one in parents if str(one) != "."
    )
