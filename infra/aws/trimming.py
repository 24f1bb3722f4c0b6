"""Takes out of a function's packages what it never reads: a smaller zip, a shorter cold start.

botocore describes 400 services and a function speaks to three; Babel knows 700 locales and we write
in two languages. What is kept follows from the function's own code: the services and the languages
that it names, and the modules that those it imports can reach.
"""

from __future__ import annotations

import ast
import gzip
import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.core import get_global

from infra.aws.bundles import ROOT, modules_of

_FLAGS = "fulfillment/switches/flags.py"
_FLAGS_SERVICE = "appconfigdata"
"""Which service Powertools asks for flags: no word of ours names it."""
_NEVER = (
    "aws_lambda_powertools/event_handler", "*.dist-info", "*/tests", "bin", "botocore/data/*/*/examples-1.json", "pydantic/v1",
    "pydantic/mypy.py", "pydantic/_internal/_mypy*", "babel/messages", "urllib3/contrib/emscripten",
    "boto3/examples", "boto3/data/*", "dateutil/zoneinfo/*.tar.gz", "**/*.pyi", "**/py.typed",
)  # fmt: skip
"""Parts of packages that serve web servers, type checkers, tests, installers and browsers."""
_REACHED = {"aws_lambda_powertools": (), "stdnum": ("stdnum/??/iban.py",)}
"""Packages of which most is for others, and what of them is imported by a name made at run time."""


def trim(module: str, folder: Path) -> None:
    """Leaves in `folder`, the unpacked code of the function `module`, what it can use."""
    for path in list(_unused(module, folder)):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    endpoints = folder / "botocore" / "data" / "endpoints.json"
    if endpoints.is_file():
        _fewer_endpoints(module, endpoints)
    for described in list((folder / "botocore" / "data").rglob("*.json.gz")):
        _without_manuals(described)


def services_of(module: str, known: Iterable[str]) -> frozenset[str]:
    """The services of `known` that the function's code names, in whatever place."""
    files = modules_of(module)
    words = {word for path in files for word in _words(ROOT / path)}
    flags = {_FLAGS_SERVICE} if Path(_FLAGS) in files else set()
    return frozenset(words.intersection(known) | flags)


def _unused(module: str, folder: Path) -> Iterator[Path]:
    for pattern in _NEVER:
        yield from folder.glob(pattern)
    data = folder / "botocore" / "data"
    if data.is_dir():
        known = [path.name for path in data.iterdir() if path.is_dir()]
        yield from (data / name for name in set(known) - services_of(module, known))
    locales = _locales()
    for path in (folder / "babel" / "locale-data").glob("*.dat"):
        if path.stem not in locales:
            yield path
    for package, also in _REACHED.items():
        if (folder / package).is_dir():
            yield from _unreached(module, folder, package, also)


def _locales() -> frozenset[str]:
    """The locales in which replies are written, and those whose data each of them goes on with."""
    above = get_global("parent_exceptions")
    found = {"root"}
    for path in (ROOT / "fulfillment" / "replies").glob("??_??"):
        name = path.name
        while name:
            found.add(name)
            name = above.get(name) or name.rpartition("_")[0]
    return frozenset(found)


def _fewer_endpoints(module: str, path: Path) -> None:
    """Each cold start parses where every service of AWS is to be found, a megabyte of JSON."""
    told = json.loads(path.read_text(encoding="utf-8"))
    for partition in told["partitions"]:
        services = partition["services"]
        used = services_of(module, services) | {"sts"}
        partition["services"] = {name: services[name] for name in services if name in used}
    # An installer may have linked the file to its cache, where everybody's environments read it.
    path.unlink()
    path.write_text(json.dumps(told, separators=(",", ":")), encoding="utf-8")


def _without_manuals(path: Path) -> None:
    """A description of a service is half manual, which no client reads and each one parses. It is
    written as plain JSON, which botocore looks for first: the zip packs it as well as gzip did.
    """
    told = json.loads(gzip.decompress(path.read_bytes()))
    plain = json.dumps(_unsaid(told), ensure_ascii=False, separators=(",", ":"))
    path.with_suffix("").write_text(plain, encoding="utf-8")
    path.unlink()


def _unsaid(told: Any) -> Any:
    """`told` without the texts under `documentation`; a member of that name is no text and stays."""
    if isinstance(told, list):
        return [_unsaid(one) for one in told]
    if not isinstance(told, dict):
        return told
    return {key: _unsaid(value) for key, value in told.items()
            if not (key == "documentation" and isinstance(value, str))}  # fmt: skip


def _unreached(module: str, folder: Path, package: str, also: tuple[str, ...]) -> Iterator[Path]:
    waiting = [name for path in modules_of(module) for name in _imports(ROOT / path, "")]
    for pattern in also:
        waiting += [_name_of(path.relative_to(folder)) for path in folder.glob(pattern)]
    reached: set[Path] = set()
    while waiting:
        for path in _files_of(folder, waiting.pop(), package):
            if path not in reached:
                reached.add(path)
                waiting += _imports(path, _name_of(path.relative_to(folder)))
    folders = {path.parent for path in reached}
    words = {word for path in reached for word in _words(path)}
    for path in (folder / package).rglob("*"):
        if not path.is_file() or path in reached:
            continue
        is_read = path.parent in folders and (path.suffix != ".dat" or path.stem in words)
        if path.suffix == ".py" or not is_read:
            yield path


def _files_of(folder: Path, name: str, package: str) -> Iterator[Path]:
    """The module's file and every package above it; `name` may end in what a module defines."""
    parts = name.split(".")
    if parts[0] != package:
        return
    for length in range(1, len(parts) + 1):
        here = folder.joinpath(*parts[:length])
        yield from (p for p in (here / "__init__.py", here.with_suffix(".py")) if p.is_file())


def _name_of(path: Path) -> str:
    """The module that a file is, by its whole name; a package's own file counts as `__init__`."""
    return ".".join(path.with_suffix("").parts)


def _imports(path: Path, name: str) -> list[str]:
    """Every module that a file imports, wherever in it; `name` is its own, for relative ones."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = name.split(".")[: -node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found += [f"{base}.{alias.name}" for alias in node.names]
    return found


def _words(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
