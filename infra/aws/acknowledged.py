"""Rules of cdk-nag that we break on purpose, each with the reason that we would give an auditor."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """`rules` and `paths` are regular expressions of all that one reason answers."""

    name: str
    rules: str
    paths: str
    why: str

    def answers(self, rule: str, path: str) -> bool:
        """Whether this is the reason why `path` breaks `rule`."""
        return bool(re.fullmatch(self.rules, rule) and re.fullmatch(self.paths, path))


REASONS: tuple[Reason, ...] = ()
