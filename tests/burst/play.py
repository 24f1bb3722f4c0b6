"""One salary minute: who came, what became of it, and whether the books say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

from fulfillment.alerts.desk_policy import shipped_desk_policy
from fulfillment.bank.money import Money
from fulfillment.bank.payments import Outcome, PaymentKind, PaymentOrder, Receipt
from fulfillment.bank.rules import quote
from fulfillment.feed.desk import FeedDesk
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.chance import Chance
from fulfillment.store.errors import BooksError
from fulfillment.store.loading import load_books
from fulfillment.store.sending import Patience
from infra.local.load.customers import CHECKING, CURRENCY, SAVINGS, load_books_of
from tests.burst.hours import Hours
from tests.burst.limits import LimitedTable
from tests.burst.trace import MORNING, OwnPayment, Pay, salary_minute
from tests.simulation.dynamo import Table

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

Answer = TypeVar("Answer")

_TABLE = "teller-books"
_OWN_WORK_S = 0.015
"""Processor time of an invocation beside its calls: an assumption, measured at 10 to 20 ms."""
_SENDER_TRIES, _SENDER_PAUSE_S = 8, 0.2


@dataclass
class Minute:
    """What everybody was told, and when; seconds are of `hours`."""

    taken: Counter[str] = field(default_factory=Counter)
    """How often each of the feed's transactions was told to be booked for the first time."""
    paid: dict[int, int] = field(default_factory=dict)
    """The amount of each own payment that was told as done, in cents."""
    refused: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    """From a first sending to the answer that ended it."""
    again: int = 0
    lost: list[str] = field(default_factory=list)
    """Whatever nobody could be told the outcome of."""
    turned_away: int = 0
    busy: int = 0


class Functions:
    """Instances of one function: no more than `most` run at once, and the next is turned away."""

    def __init__(self, most: int) -> None:
        self._most, self._running, self.peak = most, 0, 0

    def enter(self) -> bool:
        if self._running >= self._most:
            return False
        self._running += 1
        self.peak = max(self.peak, self._running)
        return True

    def leave(self) -> None:
        self._running -= 1


@dataclass(frozen=True)
class World:
    """Everything of one seed."""

    hours: Hours
    limited: LimitedTable
    books: Books
    feed: FeedDesk
    rng: Random
    functions: Functions
    minute: Minute

    @classmethod
    def of(cls, seed: int, customers: int, reserved: int) -> World:
        rng, hours, table = Random(f"burst {seed}"), Hours(), Table(_TABLE)
        limited = LimitedTable(table, hours, rng)
        client, ids = limited.client(), iter(range(1 << 60))
        books = Books(
            client,
            _TABLE,
            patience=Patience(sleep=hours.pause, jitter=lambda most: rng.uniform(0, most)),
            chance=Chance(shard=rng.randrange, new_id=lambda: f"id-{next(ids)}"),
        )
        load_books(_unlimited(table), _TABLE, load_books_of(customers, MORNING))

        def now() -> datetime:
            return MORNING + timedelta(seconds=hours.now)

        feed = FeedDesk(books, shipped_desk_policy(), now, _nobody)
        return cls(hours, limited, books, feed, rng, Functions(reserved), Minute())


def play(
    seed: int, ordinary_per_s: float, seconds: float, customers: int, reserved: int
) -> dict[str, Any]:
    """The report; `wrong` is empty when nothing was."""
    world = World.of(seed, customers, reserved)
    arrivals = list(salary_minute(world.rng, ordinary_per_s, seconds, customers))
    for one in arrivals:
        world.hours.start(partial(_come, world, one), one.at)
    world.hours.run()
    return _report(world, arrivals)


def _come(world: World, one: Pay | OwnPayment) -> None:
    if isinstance(one, Pay):
        _send(world, one)
    else:
        _pay(world, one)


def _send(world: World, one: Pay) -> None:
    """The sender's side: the same transaction again after a pause, as the feed's document asks."""
    began, minute = world.hours.now, world.minute
    for tries in range(_SENDER_TRIES):
        if tries:
            minute.again += 1
            world.hours.pause(world.rng.uniform(0, _SENDER_PAUSE_S * 2**tries))
        receipt = _invoked(world, partial(world.feed.take, one.sent))
        if receipt is None:
            continue
        minute.waits.append(world.hours.now - began)
        if receipt.booked and not receipt.replayed:
            minute.taken[one.sent.id] += 1
        elif not receipt.booked:
            minute.refused[receipt.decision] += 1
        return
    minute.lost.append(one.sent.id)


def _pay(world: World, one: OwnPayment) -> None:
    """A turn of the chat: the figures, then the yes; said again when the bank was too busy."""
    amount = Money(one.minor, CURRENCY)
    order = PaymentOrder(
        kind=PaymentKind.OWN_TRANSFER,
        customer_id=one.customer_id,
        source_account_id=CHECKING,
        destination_id=SAVINGS,
        destination_ref=SAVINGS,
        amount=amount,
        fee=Money.zero(CURRENCY),
        source_name="Everyday Checking",
        destination_name="Rainy Day Savings",
    )
    quote_id, began, minute = f"q-{one.number}", world.hours.now, world.minute
    shown = quote(order, "session", quote_id, world.feed.clock())
    for tries in range(_SENDER_TRIES):
        if tries:
            minute.again += 1
            world.hours.pause(world.rng.uniform(1, 3))

        def yes() -> Outcome:
            world.books.put_quote(shown)
            return world.books.pay(quote_id, order, "session", world.feed.clock())

        outcome = _answered(world, yes)
        if outcome is None:
            continue
        minute.waits.append(world.hours.now - began)
        if isinstance(outcome, Receipt):
            minute.paid[one.number] = one.minor
        else:
            minute.refused[f"payment {outcome}"] += 1
        return
    minute.lost.append(quote_id)


def _invoked(world: World, work: Callable[[], Answer]) -> Answer | None:
    """What the feed's function answers; None when none is free or the books are too busy."""
    if not world.functions.enter():
        world.minute.turned_away += 1
        return None
    try:
        return _answered(world, work)
    finally:
        world.functions.leave()


def _answered(world: World, work: Callable[[], Answer]) -> Answer | None:
    world.hours.pause(_OWN_WORK_S)
    try:
        return work()
    except BooksError:
        world.minute.busy += 1
        return None


def _report(world: World, arrivals: Sequence[Pay | OwnPayment]) -> dict[str, Any]:
    minute, limited = world.minute, world.limited
    waits = sorted(minute.waits)
    violations = audit(_unlimited(limited.table), _TABLE).violations
    wages = [one for one in arrivals if isinstance(one, Pay)]
    wrong = [*violations, *(f"{name} was never answered" for name in minute.lost)]
    wrong += [f"{name} was booked {n} times" for name, n in minute.taken.items() if n > 1]
    wrong += _wrong_balances(world, arrivals)
    [(busiest, units)] = limited.busiest.most_common(1)
    return {
        "arrivals": len(arrivals),
        "wages": len(wages),
        "seconds": round(world.hours.now, 1),
        "booked": len(minute.taken),
        "paid": len(minute.paid),
        "refused": dict(sorted(minute.refused.items())),
        "p50_ms": round(1000 * waits[len(waits) // 2]),
        "p99_ms": round(1000 * waits[int(len(waits) * 0.99)]),
        "most_ms": round(1000 * waits[-1]),
        "sent_again": minute.again,
        "turned_away": minute.turned_away,
        "books_too_busy": minute.busy,
        "instances_at_once": world.functions.peak,
        "met": dict(sorted(limited.met.items())),
        "busiest_partition": {"key": busiest, "write_units": units},
        "wrong": wrong,
    }


def _wrong_balances(world: World, arrivals: Sequence[Pay | OwnPayment]) -> list[str]:
    """Each checking account by what its customer was told, against what the books have."""
    moved: Counter[str] = Counter()
    for one in arrivals:
        if isinstance(one, OwnPayment):
            moved[one.customer_id] -= world.minute.paid.get(one.number, 0)
        elif one.sent.id in world.minute.taken:
            moved[one.sent.customer] += one.sent.amount.minor
    books = Books(_unlimited(world.limited.table), _TABLE)
    found = []
    for customer, minor in moved.items():
        has = next(a for a in books.accounts(customer) if a.account_id == CHECKING).posted.minor
        opened = 20_000_00
        if has != opened + minor:
            found.append(f"{customer} has {has - opened} more, and was told of {minor}")
    return found


def _nobody() -> NoReturn:
    raise AssertionError("wages are not judged")


def _unlimited(table: Table) -> DynamoDBClient:
    class Client:
        def __getattr__(self, operation: str) -> Callable[..., Any]:
            return lambda **request: table.call(operation, request)

    return cast("DynamoDBClient", Client())
