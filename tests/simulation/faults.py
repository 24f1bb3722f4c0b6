"""What can happen to a call of AWS, drawn from the seed: each once in so many calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from random import Random


class Fault(Enum):
    REQUEST_LOST = auto()
    """It never arrives, and the caller hears of a broken connection."""
    ANSWER_LOST = auto()
    """It is done, and the caller waits in vain."""
    LATE = auto()
    """The caller gives up; then it arrives and is done."""
    TWICE = auto()
    """It is done, and the same request arrives once more, later."""
    CONFLICT = auto()
    THROTTLED = auto()
    FAILED_AFTER = auto()
    """It is done, and the answer is an error of the service's own."""
    FAILED_BEFORE = auto()
    KILLED_BEFORE = auto()
    """The function is stopped before the request leaves."""
    KILLED_AFTER = auto()
    """The function is stopped when the request was done."""
    DAMAGE = auto()
    """Something that this write must find as it left it is not so any more."""


_OF_TRANSACTIONS: Mapping[Fault, float] = {
    Fault.REQUEST_LOST: 1,
    Fault.ANSWER_LOST: 2,
    Fault.LATE: 1.5,
    Fault.TWICE: 1,
    Fault.CONFLICT: 3,
    Fault.THROTTLED: 1,
    Fault.FAILED_AFTER: 1,
    Fault.FAILED_BEFORE: 0.5,
    Fault.KILLED_BEFORE: 0.7,
    Fault.KILLED_AFTER: 1.5,
    Fault.DAMAGE: 3,
}
_SPOILED = {**_OF_TRANSACTIONS, Fault.DAMAGE: 40.0}
_OF_WRITES: Mapping[Fault, float] = {
    Fault.REQUEST_LOST: 1,
    Fault.ANSWER_LOST: 1,
    Fault.LATE: 0.5,
    Fault.TWICE: 1,
    Fault.THROTTLED: 0.5,
    Fault.KILLED_AFTER: 0.5,
}
_OF_READS: Mapping[Fault, float] = {
    Fault.REQUEST_LOST: 1,
    Fault.THROTTLED: 0.5,
    Fault.KILLED_BEFORE: 0.5,
    Fault.KILLED_AFTER: 0.5,
}


@dataclass(frozen=True)
class Weather:
    """How bad it is: the shares of transactions, single writes and reads that meet a fault."""

    transactions: float = 0.0
    writes: float = 0.0
    reads: float = 0.0
    spoiled: bool = False
    """Whether most of what happens to a transaction is damage."""

    @classmethod
    def drawn(cls, rng: Random) -> Weather:
        """Some stories are calm, some are not."""
        worst = rng.choice([0.0, 0.15, 0.3, 0.5])
        return cls(worst, worst / 3, worst / 10, spoiled=rng.random() < 0.6)

    def fault(self, operation: str, rng: Random) -> Fault | None:
        """What happens to the next call of `operation`, if anything."""
        if operation == "transact_write_items":
            share, kinds = self.transactions, _SPOILED if self.spoiled else _OF_TRANSACTIONS
        elif operation in ("put_item", "update_item", "delete_item"):
            share, kinds = self.writes, _OF_WRITES
        else:
            share, kinds = self.reads, _OF_READS
        if not share or rng.random() >= share:
            return None
        return rng.choices(list(kinds), list(kinds.values()))[0]
