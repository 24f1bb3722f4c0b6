"""What each actor is in the middle of: how to judge it, and what it should be told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from fulfillment.store.errors import BooksError
from tests.simulation.ledger import Ledger
from tests.simulation.plain import Verdict
from tests.simulation.rules import BrokenError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from tests.simulation.stage import Stage

_Result = TypeVar("_Result")


@dataclass
class Watch:
    """One request to the books: how to judge it, and what was true when the table decided.

    `tells` turns the bank's answer into the form of a verdict's; None where no answer is compared.
    `optimistic`: it may be refused for having believed what is not so any more, and tries again.
    """

    name: str
    judge: Callable[[Ledger], Verdict] | None = None
    tells: Callable[[Any], object] | None = None
    optimistic: bool = False
    may_not_know: bool = False
    may_fail: bool = False
    """It may be called a fault of the books though nothing in them is wrong: an id was taken."""
    along: Sequence[TransactWriteItemTypeDef] = ()
    """What somebody else has written with it, or nothing is: it may be out of date."""
    out_of_date: object = None
    """The right answer when it is, if that comes before every other reason."""
    in_doubt: bool = False
    damaged: bool = False
    last: Verdict | None = None
    decided: Verdict | None = None
    """What was right when the table refused: what was read afterwards may be newer."""
    written: bool = False

    @classmethod
    def of_nothing(cls) -> Watch:
        """A call that belongs to no request that is judged."""
        return cls("-")


@dataclass(frozen=True)
class Watcher:
    """Notes what each actor is in the middle of, and has every answer compared."""

    stage: Stage
    compare: Callable[[Watch, object], None]

    def during(self, watch: Watch, action: Callable[[], _Result]) -> _Result:
        actor = self.stage.actor
        if actor is None:
            return action()
        actor.context.append(watch)
        try:
            result = action()
        except BooksError as error:
            # Busy, or unreachable, or stopped by damage: no answer that could be wrong.
            if not (watch.in_doubt or watch.damaged):
                if type(error) is BooksError and watch.last and not watch.may_fail:
                    raise BrokenError(f"{watch.name}: {error}: {watch.last.answer}") from error
                self.compare(watch, None)
            raise
        finally:
            actor.context.pop()
        self.compare(watch, result)
        return result
