"""Everybody else who acts on the books: merchants, reviewers, the sweeper, clerks, rotation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from botocore.exceptions import BotoCoreError, ClientError

from fulfillment.bank.books import AccountStatus, CardStatus
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, PaymentOrder, StepUp
from fulfillment.bank.rules import quote
from fulfillment.store.errors import BooksError
from fulfillment.store.reconciling import settle_doubts
from fulfillment.store.sweeping import release_expired_holds
from tests.simulation import town
from tests.simulation.bank import Bank, merchant_hold
from tests.simulation.exchanging import perhaps_exchanged

TROUBLE = (BooksError, BotoCoreError, ClientError)
_LIVES = (timedelta(seconds=25), timedelta(seconds=70), timedelta(minutes=3), timedelta(days=2))


def quietly(action: Callable[..., object], *given: object, **named: object) -> None:
    """What a worker does about trouble with AWS: nothing, this time."""
    try:
        action(*given, **named)
    except TROUBLE:
        return


def patiently(bank: Bank, action: Callable[..., object], *given: object, **named: object) -> None:
    """What somebody does who was told to try again in a moment: twice more, and no more."""
    for _ in range(3):
        try:
            action(*given, **named)
        except TROUBLE:
            bank.stage.pause(bank.rng.choice([1, 5]))
            continue
        return


def merchant(bank: Bank) -> None:
    """Authorises on a card, then takes the money, some of it, or lets it go; says things twice."""
    rng = bank.rng
    for number in range(4):
        bank.stage.pause(rng.choice([1, 10, 60]))
        customer = rng.choice(town.CUSTOMERS)
        hold_id = f"auth-{bank.stage.steps}-{number}"
        if rng.random() < 0.15:
            # A merchant draws its own ids, and may hit one that the bank has given out.
            hold_id = _some_id(bank) or hold_id
        minor = rng.randint(1, rng.choice([2_000, 20_000]))
        hold = merchant_hold(bank, customer, hold_id, minor, rng.choice(_LIVES))
        if rng.random() < 0.05:
            hold = replace(hold, amount=Money(minor, "EUR"))
        desk = bank.books.holds
        quietly(desk.authorise, hold, bank.stage.clock())
        if rng.random() < 0.3:
            quietly(desk.authorise, hold, bank.stage.clock())
        bank.stage.pause(rng.choice([1, 20, 100, 200]))
        _settle(bank, hold_id, minor)


def _settle(bank: Bank, hold_id: str, minor: int) -> None:
    rng, desk = bank.rng, bank.books.holds
    if hold_id not in bank.ledger.movements and rng.random() < 0.8:
        return
    taken = rng.choice([None, minor, minor, max(1, minor // 2), minor + 1])
    amount = Money(taken, rng.choice([*["USD"] * 9, "EUR"])) if taken else None

    def post() -> None:
        quietly(desk.post, hold_id, bank.stage.clock(), amount)

    def let_go() -> None:
        end = rng.choice([desk.release, desk.release, desk.expire])
        quietly(end, hold_id, bank.stage.clock())

    ways = [post, post, post, let_go]
    if rng.random() < 0.5:
        # Somebody else is at the same hold at the same moment.
        bank.stage.start(f"also {hold_id}", rng.choice(ways))
    rng.choice(ways)()
    if rng.random() < 0.2:
        rng.choice(ways)()


def reviewer(bank: Bank) -> None:
    """Payments that are held for a look, and the analyst who lets them through or not."""
    rng = bank.rng
    for _ in range(5):
        bank.stage.pause(rng.choice([2, 20, 70]))
        order = perhaps_exchanged(bank, order_of(bank, rng.choice(town.CUSTOMERS)))
        quote_id, session = bank.new_id(), f"{order.customer_id}/review"
        now = bank.stage.clock()
        step_up = rng.choice([StepUp.NOT_NEEDED] * 9 + [StepUp.REQUIRED])
        shown = quote(order, session, quote_id, now, step_up)
        quietly(bank.books.put_quote, shown)
        until = now + rng.choice(_LIVES) if rng.random() < 0.7 else None
        if rng.random() < 0.1:
            # Whoever learns of a quote may try to put it out of force from elsewhere.
            quotes, other = bank.books.quotes, "somebody/else"
            quietly(quotes.withdraw, order.customer_id, quote_id, other, bank.stage.clock())
        believed = _perhaps_other(bank, order)
        said_by = session if rng.random() < 0.9 else "somebody/else"
        at = bank.stage.clock()
        quietly(bank.books.pay, quote_id, believed, said_by, at, hold_until=until)
        bank.stage.pause(rng.choice([1, 30, 100]))
        _settle(bank, quote_id, order.amount.minor)


def _perhaps_other(bank: Bank, order: PaymentOrder) -> PaymentOrder:
    if bank.rng.random() < 0.9:
        return order
    return replace(order, amount=order.amount + Money(1, order.amount.currency))


def order_of(bank: Bank, customer_id: str) -> PaymentOrder:
    """Something that a customer might want paid, or cannot have."""
    rng = bank.rng
    source = rng.choice([*["checking"] * 5, *["savings"] * 3, "gold", "euros", "gone"])
    currency = rng.choice([_currency(source)] * 9 + ["USD", "EUR"])
    to_payee = rng.random() < 0.5
    target = rng.choice(["anna", "ben"]) if to_payee else rng.choice(["savings", "gold", "euros"])
    if target == source:
        target = "checking"
    most = 39_000 if to_payee else 60_000
    amount = Money(rng.randint(1, rng.choice([2_000, 10_000, most, most])), currency)
    return PaymentOrder(
        kind=PaymentKind.TO_PAYEE if to_payee else PaymentKind.OWN_TRANSFER,
        customer_id=customer_id,
        source_account_id=source,
        destination_id=target,
        destination_ref=f"021000021-{target}" if to_payee else target,
        amount=amount,
        fee=Money(rng.choice([0, 25]) if to_payee else 0, currency),
        source_name=source.title(),
        destination_name=target.title(),
    )


def _currency(account_id: str) -> str:
    return "EUR" if account_id == "euros" else "USD"


def _some_id(bank: Bank) -> str | None:
    known = [name for _, name in list(bank.ledger.quotes)[-6:]] + list(bank.ledger.movements)[-6:]
    return bank.rng.choice(known) if known else None


def sweeper(bank: Bank) -> None:
    """Every minute, and now and then twice at once."""
    for minute in range(14):
        bank.stage.pause(60)
        bank.stage.start(f"sweeper {minute}", lambda: _sweep(bank), after=0.0)
        if bank.rng.random() < 0.2:
            bank.stage.start(f"sweeper {minute} twin", lambda: _sweep(bank), after=0.01)


def _sweep(bank: Bank) -> None:
    actor = bank.stage.actor
    if actor is not None:
        actor.skew = timedelta(seconds=bank.rng.choice([0, 0, 30, -30, 300, -300]))
    quietly(release_expired_holds, bank.books.holds, bank.stage.clock())
    quietly(settle_doubts, bank.books.quotes, bank.stage.clock())


def clerk(bank: Bank) -> None:
    """Staff correct movements, and set accounts, payees and cards by tools of their own."""
    rng = bank.rng
    for _ in range(9):
        bank.stage.pause(rng.choice([3, 20, 60]))
        what = rng.random()
        if what < 0.45:
            _reverse(bank)
        elif what < 0.75:
            _set_account(bank)
        elif what < 0.9:
            _edit_payee(bank)
        else:
            _set_card(bank)


def _reverse(bank: Bank) -> None:
    transfer_id = _some_id(bank)
    if transfer_id is None:
        return
    for _ in range(bank.rng.choice([1, 2])):
        quietly(bank.books.reverse, transfer_id, "by mistake", "clerk-7", bank.stage.clock())


def _set_account(bank: Bank) -> None:
    rng = bank.rng
    key = rng.choice(town.CUSTOMERS), rng.choice(["checking", "checking", "savings", "gold"])
    status = rng.choice([*AccountStatus, *[AccountStatus.ACTIVE] * 3])
    _set(bank, f"C#{key[0]}", f"A#{key[1]}", st={"S": status.value})
    bank.ledger.accounts[key].status = status


def _edit_payee(bank: Bank) -> None:
    rng = bank.rng
    customer, payee = rng.choice(town.CUSTOMERS), rng.choice(list(town.PAYEES))
    target = rng.choice([f"021000021-{payee}"] * 2 + [town.OTHER_TARGET])
    active = rng.random() < 0.7
    _set(bank, f"C#{customer}", f"B#{payee}", target={"S": target}, active={"BOOL": active})
    known = bank.ledger.payees[customer, payee]
    known.target, known.active = target, active


def _set_card(bank: Bank) -> None:
    customer = bank.rng.choice(town.CUSTOMERS)
    known = bank.ledger.cards[customer, f"{customer}-card"]
    if known.status is CardStatus.BLOCKED:
        return
    status = bank.rng.choice([CardStatus.ACTIVE, CardStatus.FROZEN])
    account = bank.rng.choice(["checking", "checking", "savings"])
    _set(bank, f"C#{customer}", f"K#{customer}-card", st={"S": status.value}, aid={"S": account})
    known.status, known.account_id = status, account


def _set(bank: Bank, partition: str, sort: str, **values: dict[str, object]) -> None:
    """A tool of the staff's writes past the functions, at one moment and without a fault."""
    before = bank.table.items[partition, sort]
    after = {**before, **values}
    if "ver" in before:
        after["ver"] = {"N": str(int(before["ver"]["N"]) + 1)}
    bank.table.call("put_item", {"TableName": bank.table.name, "Item": after})


def rotation(bank: Bank) -> None:
    """The key that signs identities is changed in the middle of it all."""
    bank.stage.pause(bank.rng.uniform(5, 300))
    bank.ring.rotate()
