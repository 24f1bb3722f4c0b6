"""Reads YAML in which yes, no, on and off are words: a confirmation has a `yes` and a `no`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

_MANY = re.compile(r"\((\d+) times (.+)\)")
_BOOL = "tag:yaml.org,2002:bool"


class _WordsLoader(yaml.SafeLoader):
    """YAML 1.2's booleans: true and false alone."""


_WordsLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_WordsLoader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$"), list("tf"))


def read_yaml(path: Path) -> Any:
    """The document in the file; "(1025 times x)" stands for that many letters x."""
    raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_WordsLoader)  # noqa: S506 - safe
    return _expanded(raw)


def _expanded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _expanded(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_expanded(part) for part in value]
    many = _MANY.fullmatch(value) if isinstance(value, str) else None
    return many[2] * int(many[1]) if many else value
