"""Brings the records of a shard to a function in order, and gives up only what may be given up.

What Lambda documents for streams: a batch that fails is tried again from the first record that
failed; with bisecting it is halved until the record at fault stands alone; when its tries or its
time are used up it goes to the failure destination and the shard moves on. Halving uses up no try.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from infra.local.streams.mapping import FOR_EVER, StreamMapping

Record = Mapping[str, Any]
"""A stream record in the form in which a function gets it."""
Call = Callable[[Sequence[Record]], Mapping[str, Any] | None]
"""Invokes the function; its answer, or None when it failed as a whole."""
Tried = tuple[Sequence[Record], int]
"""Records, and how often they were tried again."""

_FIRST_PAUSE_S = 0.1
_LONGEST_PAUSE_S = 10.0


class Condition(StrEnum):
    """Why records were given up, in Lambda's words."""

    RETRIES = "RetryAttemptsExhausted"
    AGE = "RecordAgeExceeded"


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Records that the function will not see (again), and after how many invocations."""

    records: Sequence[Record]
    condition: Condition
    invocations: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """Delivers by one mapping. `pause` waits, `clock` is seconds since 1970."""

    mapping: StreamMapping
    call: Call
    give_up: Callable[[GivenUp], object]
    pause: Callable[[float], object]
    clock: Callable[[], float]

    def deliver(self, records: Sequence[Record]) -> None:
        """Returns when every record was processed or given up. What `call` raises ends it: the
        records that were not settled by then have to be delivered again.
        """
        left: list[Tried] = [(records, 0)]
        while left:
            batch, tries = left.pop()
            fresh = self._drop_the_old(batch, tries)
            if fresh:
                left += self._try(fresh, tries)

    def _try(self, batch: Sequence[Record], tries: int) -> list[Tried]:
        """What is left to deliver of a batch, the next part last."""
        failed_at = first_failure(self.call(batch), batch, partial=self.mapping.partial)
        if failed_at is None:
            return []
        rest = batch[failed_at:]
        # What a partial answer got done is progress, and progress starts the count anew.
        tries = 0 if failed_at else tries
        if self.mapping.bisect and len(rest) > 1:
            middle = (len(rest) + 1) // 2
            return [(rest[middle:], tries), (rest[:middle], tries)]
        if tries >= self.mapping.retries != FOR_EVER:
            self.give_up(GivenUp(rest, Condition.RETRIES, tries + 1))
            return []
        self.pause(min(_LONGEST_PAUSE_S, _FIRST_PAUSE_S * 2**tries))
        return [(rest, tries + 1)]

    def _drop_the_old(self, batch: Sequence[Record], tries: int) -> Sequence[Record]:
        if self.mapping.max_age_s == FOR_EVER:
            return batch
        oldest = self.clock() - self.mapping.max_age_s
        old = [one for one in batch if _made_at(one) < oldest]
        if old:
            self.give_up(GivenUp(old, Condition.AGE, tries))
        return batch[len(old) :]


def first_failure(
    answer: Mapping[str, Any] | None, batch: Sequence[Record], *, partial: bool
) -> int | None:
    """From which record on a batch has failed, or None when it was processed.

    An answer that names a record that is not in the batch, or none by its number, says that the
    whole batch has failed.
    """
    if answer is None:
        return 0
    failures = (answer.get("batchItemFailures") if partial else None) or ()
    if not failures:
        return None
    numbers = [record["dynamodb"]["SequenceNumber"] for record in batch]
    places = []
    for failure in failures:
        named = failure.get("itemIdentifier") if isinstance(failure, Mapping) else None
        if named not in numbers:
            return 0
        places.append(numbers.index(named))
    return min(places)


def _made_at(record: Record) -> float:
    return float(record["dynamodb"]["ApproximateCreationDateTime"])
