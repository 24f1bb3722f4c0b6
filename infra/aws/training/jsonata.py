"""Values in JSONata: what Step Functions works out, beside what is as it stands."""

from __future__ import annotations

import json
from typing import Any


class Asked(str):
    """What is worked out when an execution comes to it: an expression, not a text."""

    __slots__ = ()


def written(value: Any) -> str:
    """`value` as one expression, with what is `Asked` in it as it is."""
    if isinstance(value, Asked):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return json.dumps(value)


def asked(expression: str) -> str:
    """An expression as Amazon States Language has it."""
    return f"{{% {expression} %}}"


def as_text(value: Any) -> str:
    """`value` as a text in JSON, once it has been worked out."""
    return asked(f"$string({written(value)})")
