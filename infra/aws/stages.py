"""What differs between dev, staging and prod: one value a stage, and nowhere else.

A stage is an AWS account of its own, so names need no stage in them and a mistake in one cannot
reach another.
"""

from __future__ import annotations

from dataclasses import dataclass


class StageError(ValueError):
    """There is no such stage."""


@dataclass(frozen=True, slots=True)
class Reserved:
    """The most instances that run at once of each function that somebody waits for, and of any
    other. A turn keeps an edge busy for as long as Lex takes, some 0.2 s, and the hook for 0.03 s
    of it; the stream has up to ten batches of each shard of the table.
    """

    turns: int
    edges: int
    sockets: int
    feed: int
    stream: int = 10
    others: int = 10

    def of(self, function: str) -> int:
        """For a function by its logical id."""
        waited_for = {
            "Fulfillment": self.turns,
            "ChatEdge": self.edges,
            "ChatStream": self.sockets,
            "Transactions": self.feed,
            "Stream": self.stream,
        }
        return waited_for.get(function, self.others)

    def __str__(self) -> str:
        return " ".join(f"{name} {getattr(self, name)}" for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Stage:
    """`kept`: whether stateful resources outlive their stack (a teardown leaves nothing billable
    where they do not). `warm` is how many fulfillment instances are always ready, and `salary_warm`
    how many on the days on which salaries come. `reserved` is the most that run at once of
    each function that somebody waits for. `budget_usd` is a month's. `dry_run`: remediation reports what
    it would do, and does nothing. `burst` and `rate` are the API's limits in requests a second.
    """

    name: str
    kept: bool
    log_days: int
    warm: int
    salary_warm: int
    reserved: Reserved
    budget_usd: int
    dry_run: bool
    rate: int
    burst: int
    export_days: int = 2555

    @property
    def removal(self) -> str:
        """The `DeletionPolicy` of what holds data."""
        return "Retain" if self.kept else "Delete"


STAGES = {
    stage.name: stage
    for stage in (
        Stage("dev", kept=False, log_days=14, warm=0, salary_warm=0,
              reserved=Reserved(turns=20, edges=20, sockets=20, feed=10),
              budget_usd=50, dry_run=True, rate=20, burst=40, export_days=30),
        Stage("staging", kept=False, log_days=30, warm=1, salary_warm=2,
              reserved=Reserved(turns=50, edges=50, sockets=50, feed=20),
              budget_usd=300, dry_run=True, rate=50, burst=100, export_days=30),
        Stage("prod", kept=True, log_days=400, warm=10, salary_warm=60,
              reserved=Reserved(turns=200, edges=250, sockets=100, feed=100, stream=40),
              budget_usd=20_000, dry_run=False, rate=500, burst=1_000),
    )
}  # fmt: skip


def stage_of(name: str) -> Stage:
    """Raises `StageError`, which lists the stages that there are."""
    try:
        return STAGES[name]
    except KeyError:
        raise StageError(f"no stage {name!r}: choose {', '.join(STAGES)}") from None
