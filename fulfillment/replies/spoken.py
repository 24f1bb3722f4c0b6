"""What a voice has to spell: the end of an account number, a receipt, a case number.

A view that goes into a template for a voice has such values between two marks, which stand for
nothing in any language; once the text is escaped, the marks become SSML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_BEGIN, _END = "\ue000", "\ue001"
_MARKED = re.compile(f"{_BEGIN}(.*?){_END}")
SPELT = frozenset({"last4", "receipt", "case_id", "number", "routing", "iban"})
"""The names of the values that are spelt."""


def with_marks(view: Mapping[str, Any]) -> dict[str, Any]:
    """`view` with marks about the values that are spelt, those in lists of lines included."""
    return {name: _marked(name, value) for name, value in view.items()}


def say_as(escaped: str) -> str:
    """`escaped` text with SSML in place of the marks."""
    return _MARKED.sub(
        lambda found: f'<say-as interpret-as="characters">{found[1]}</say-as>', escaped
    )


def without_marks(said: str) -> str:
    """`said` as it is read."""
    return said.replace(_BEGIN, "").replace(_END, "")


def _marked(name: str, value: Any) -> Any:
    if name in SPELT and isinstance(value, str) and value:
        return f"{_BEGIN}{without_marks(value)}{_END}"
    if isinstance(value, Mapping):
        return with_marks(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_marked("", one) for one in value]
    return value
