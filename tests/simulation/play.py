"""A whole story of one seed, from the first morning to the last sweep, and what it proves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from fulfillment.store.auditing import judge
from fulfillment.store.evidence import Evidence
from fulfillment.store.reconciling import settle_doubts
from fulfillment.store.sweeping import release_expired_holds
from tests.simulation import later, staff, town, treasury
from tests.simulation.bank import Bank, build
from tests.simulation.customers import Conversation, send_again_later
from tests.simulation.desk import Desk, wrongs
from tests.simulation.faults import Weather
from tests.simulation.rules import BrokenError
from tests.simulation.stream import Reader

ACTORS: tuple[tuple[str, Callable[[Bank], None]], ...] = (
    ("merchant", staff.merchant),
    ("merchant 2", staff.merchant),
    ("reviewer", staff.reviewer),
    ("reviewer 2", staff.reviewer),
    ("sweeper", staff.sweeper),
    ("clerk", staff.clerk),
    ("planner", later.planner),
    ("scheduler", later.scheduler),
    ("rotation", staff.rotation),
    ("treasury", treasury.treasury),
    ("replayer", send_again_later),
)
"""Everyone besides the customers; whoever acts on the books in a new way is added here."""
_DAYS_AFTER = 4
"""On how many days the scheduler runs after the storm: what was put off is paid or given up."""


@dataclass(frozen=True)
class Told:
    """A story that came to its end. `said` counts the answers that were given."""

    seed: int
    steps: int
    calls: int
    said: dict[str, int]


def play(
    seed: int,
    *,
    trace: Callable[[str], None] | None = None,
    condition_of: Callable[..., Any] | None = None,
) -> Told:
    """Live through the story of `seed`. Raises `BrokenError` at the first thing that is wrong."""
    bank = build(seed, trace=trace, condition_of=condition_of)
    _end(bank, live(bank))
    return Told(seed, bank.stage.steps, bank.wire.calls, dict(bank.auditor.said))


def live(bank: Bank) -> Desk:
    """Everybody acts until nobody has anything left to do; the desk, for what it left."""
    for number, customer in enumerate((*town.CUSTOMERS, town.CUSTOMERS[0])):
        talk = Conversation(bank, customer, f"{customer}/{number}")
        bank.stage.start(talk.session_id, talk.play, after=bank.rng.random())
    for name, acts in ACTORS:
        bank.stage.start(name, partial(acts, bank), after=bank.rng.random())
    reader = Reader(bank)
    desk = Desk(bank, reader)
    for name, plays in (
        ("stream reader", reader.play),
        ("desk", desk.queue),
        ("analyst", desk.analyst),
        ("analyst 2", desk.analyst),
    ):
        bank.stage.start(name, plays, after=bank.rng.random())
    bank.stage.run()
    return desk


def _end(bank: Bank, desk: Desk) -> None:
    """The storm is over: what is overdue is swept, and every figure is checked once more."""
    bank.wire.weather = Weather()
    bank.table.index_lags = lambda: False
    for _ in range(_DAYS_AFTER):
        bank.stage.now += timedelta(days=1)
        bank.stage.start("last scheduler", lambda: later.run_scheduler(bank))
        bank.stage.run()
        bank.stage.now += timedelta(minutes=6)
    bank.stage.start("last sweep", lambda: release_expired_holds(bank.books.holds, bank.stage.now))
    bank.stage.start("last doubts", lambda: settle_doubts(bank.books.quotes, bank.stage.now))
    bank.stage.run()
    for name, plays in (
        ("stream again", desk.reader.all_again),
        ("last cases", desk.tidy_up),
        ("last verdicts", desk.reader.all_again),
    ):
        bank.stage.start(name, plays)
        bank.stage.run()
    wrong = [*later.unsettled(bank), *wrongs(bank)]
    if wrong:
        raise BrokenError("; ".join(wrong))
    overdue = [
        name
        for name, one in bank.ledger.movements.items()
        if one.hold is not None and one.state == "pending" and one.hold.expires_at <= bank.stage.now
    ]
    if overdue:
        raise BrokenError(f"pending beyond their time: {overdue}")
    if any(item.get("G1PK", {}).get("S", "").startswith("DOUBT") for item in _items(bank)):
        raise BrokenError("a payment is in doubt still")
    for customer in town.CUSTOMERS:
        bank.auditor.compare_accounts("the end", customer)
    bank.auditor.compare_own_accounts()
    evidence = Evidence()
    for item in _items(bank):
        evidence.take(item)
    violations = judge(evidence).violations
    if violations:
        raise BrokenError("; ".join(violations))


def _items(bank: Bank) -> list[Any]:
    return list(bank.table.items.values())
