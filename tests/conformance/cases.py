"""Conformance cases: one rule of Lex V2 each, with its source, as turns and what must follow.

    - rule: slots.priority
      says: The slot with the lowest priority number is asked first.
      source: "doc: Slot priorities"
      bot: flowers
      turns:
        - user: order flowers
          messages: [Which flowers?]
          action: ElicitSlot flower

A turn is `user` (RecognizeText), `put` (PutSession), `get` or `delete`. Beside it stand the
caller's `session` and `attributes`, the hook's `script`, and the expectations. A script has an
answer for each kind of invocation: "DialogCodeHook", "FulfillmentCodeHook" or an invocation label;
a test function on real Lex gives the same answers from the same script, which travels in the
request attribute `script`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.conformance.reading import read_yaml

FOLDER = Path(__file__).parent / "cases"
EXPECTATIONS = frozenset(
    {
        "messages", "action", "intent", "state", "confirmation", "slots", "attributes_after",
        "contexts", "events", "error", "first_interpretation", "last_interpretation",
        "request_attributes", "types", "hints", "interpretation_count",
    }
)  # fmt: skip
_STIMULI = frozenset({"user", "put", "get", "delete", "session", "attributes", "script", "after"})
_KINDS = ("doc:", "model:", "inferred:")


@dataclass(frozen=True, slots=True)
class Case:
    """One rule, and the turns that show it. `file` is the topic it stands under."""

    file: str
    rule: str
    says: str
    source: str
    bot: str
    turns: tuple[Mapping[str, Any], ...]
    offline_only: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@cache
def all_cases() -> tuple[Case, ...]:
    """Every case of every file, in order. Raises `ValueError` for one that is not well formed."""
    return tuple(
        _case(path.stem, raw) for path in sorted(FOLDER.glob("*.yaml")) for raw in read_yaml(path)
    )


def _case(file: str, raw: Mapping[str, Any]) -> Case:
    rule = raw.get("rule", "?")
    if not str(raw.get("source", "")).startswith(_KINDS):
        raise ValueError(f"{file}: {rule} does not name its source: doc:, model: or inferred:")
    for turn in raw["turns"]:
        unknown = set(turn) - EXPECTATIONS - _STIMULI
        if unknown:
            raise ValueError(f"{file}: {rule} has unknown keys {sorted(unknown)}")
        if not set(turn) & EXPECTATIONS and turn is raw["turns"][-1]:
            raise ValueError(f"{file}: {rule} expects nothing of its last turn")
    return Case(
        file,
        rule,
        raw["says"],
        raw["source"],
        raw["bot"],
        tuple(raw["turns"]),
        raw.get("offline_only"),
    )
