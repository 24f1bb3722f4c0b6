"""What a person needs to know who takes over a conversation: the task and how far it is.

No names, numbers of accounts or free text: who takes the case opens the customer's file, and more
people read a queue than a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

TELLING = frozenset(
    {
        "amount", "portion", "sourceAccount", "destinationAccount", "account", "card", "period",
        "category", "reason", "frequency",
    }
)  # fmt: skip
"""Slots that tell what is wanted, and not of whom."""
_MAX_VALUE = 60


@dataclass(frozen=True, slots=True)
class HandOff:
    """`task` is the intent in progress, `known` its telling slots in the customer's words, `asked`
    the slot that was asked for last (`?` for a confirmation) and `times` how often in a row.
    `misses` counts the sentences in a row that were not understood; `level` is the identity's.
    """

    locale: str
    channel: str
    level: int
    misses: int = 0
    task: str | None = None
    known: Mapping[str, str] = field(default_factory=dict)
    asked: str | None = None
    times: int = 0

    @property
    def summary(self) -> str:
        """One sentence for whoever reads the queue."""
        wants = "wants to talk to a person"
        if self.task is None:
            return f"{wants}; {self._missed}" if self.misses else wants
        known = ", ".join(f"{name}: {value}" for name, value in self.as_known().items())
        doing = f"{wants}; was at {self.task}{f' ({known})' if known else ''}"
        if not self.asked:
            return doing
        what = "a yes or no" if self.asked == "?" else self.asked
        return f"{doing}, asked for {what}{f' {self.times} times' if self.times > 1 else ''}"

    @property
    def _missed(self) -> str:
        return f"{self.misses} sentence{'' if self.misses == 1 else 's'} in a row not understood"

    def as_known(self) -> dict[str, str]:
        """The telling slots and no others, each short."""
        return {k: v[:_MAX_VALUE] for k, v in sorted(self.known.items()) if k in TELLING}

    def as_json(self) -> dict[str, object]:
        """The packet as it is stored and sent."""
        return {
            "locale": self.locale,
            "channel": self.channel,
            "level": self.level,
            "misses": self.misses,
            "task": self.task,
            "known": self.as_known(),
            "asked": self.asked,
            "times": self.times,
        }
