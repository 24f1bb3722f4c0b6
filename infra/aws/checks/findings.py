"""What a check found: one row, whichever tool saw it."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`check` is the tool, `rule` its own name of the rule, `where` the resource or place."""

    check: str
    rule: str
    where: str
    text: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)
