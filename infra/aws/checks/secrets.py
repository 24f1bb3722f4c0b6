"""Nothing secret stands in a template: whoever may read a stack would read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from infra.aws.checks.findings import Finding

_SHAPES = {
    "aws-access-key": re.compile(r"\b(AKIA|ASIA)[A-Z0-9]{16}\b"),
    "private-key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "slack-token": re.compile(r"\bxox[abps]-[A-Za-z0-9-]{10,}"),
    "json-web-token": re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\."),
}
_NAMED = re.compile(r"(?i)(password|secretstring|apikey|api_key|private_?key)$")


def secrets_in(where: str, value: Any) -> list[Finding]:
    """Every text that looks like a secret, or stands where one would, by its place."""
    return [Finding("secrets", rule, place, "a secret in a template") for rule, place in
            _walked(where, value)]  # fmt: skip


def _walked(place: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str) and item and _NAMED.search(key):
                yield "named-like-a-secret", f"{place}/{key}"
            yield from _walked(f"{place}/{key}", item)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _walked(f"{place}/{number}", item)
    elif isinstance(value, str):
        yield from ((rule, place) for rule, shape in _SHAPES.items() if shape.search(value))
