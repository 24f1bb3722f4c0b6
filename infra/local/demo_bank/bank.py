"""Turns the demo lives into the books a bank opens with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from fulfillment.bank.books import (
    Account,
    AccountKind,
    AccountStatus,
    Card,
    CardStatus,
    Customer,
    Hold,
    Payee,
    Posting,
)
from fulfillment.bank.contacts import Contact
from fulfillment.bank.holds import PAYMENT_HOLD_LIFE, hold_of
from fulfillment.bank.money import Money
from fulfillment.bank.opening import OpeningBooks
from fulfillment.bank.payments import PaymentKind, PaymentOrder
from infra.local.demo_bank.calendar import first_of_months
from infra.local.demo_bank.family import AMELIA
from infra.local.demo_bank.freelancer import CARLA
from infra.local.demo_bank.history import play
from infra.local.demo_bank.life import AccountPlan, Life
from infra.local.demo_bank.lines import CURRENCY
from infra.local.demo_bank.numbers import number_of
from infra.local.demo_bank.retiree import DORIS
from infra.local.demo_bank.small_business import ELIAS
from infra.local.demo_bank.student import BEN

MONTHS = 18
LIVES = (AMELIA, BEN, CARLA, DORIS, ELIAS)
_HOLD_LIFE = timedelta(days=7)


def demo_customers() -> tuple[Life, ...]:
    """The five lives, the one to begin with first."""
    return LIVES


def demo_books(seed: int, as_of: datetime) -> OpeningBooks:
    """Eighteen months of books that end at `as_of` (aware), to the hour.

    Equal for equal seed and hour; a later hour of the same day only adds lines to those there were,
    and moves what is pending.
    """
    end = as_of.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    books = OpeningBooks()
    for life in LIVES:
        _live(life, seed, end, books)
    return books


def _live(life: Life, seed: int, as_of: datetime, books: OpeningBooks) -> None:
    played = play(life, seed, as_of, MONTHS)
    start = first_of_months(as_of.astimezone(ZoneInfo(life.time_zone)).date(), MONTHS)[0]
    # Before the first line: what falls due on a Sunday the 1st is booked on the Friday before.
    opened = datetime(start.year, start.month, start.day, 6, tzinfo=UTC) - timedelta(days=2)
    holds = _holds(life, as_of)
    books.customers.append(
        Customer(
            life.customer_id,
            life.name,
            life.short_name,
            "en_US",
            life.time_zone,
            born=life.born,
            residence=life.residence,
        )
    )
    for plan in life.accounts:
        lines = [p for p in played if p.account_id == plan.key]
        held = sum(h.amount.minor for h in holds if h.account_id == plan.key)
        opening = _opening(life, plan, lines, held, opened)
        lines = [*opening, *(line for line in lines if line.booked_at < as_of)]
        books.postings.extend(lines)
        books.accounts.append(_account(life, plan, lines, held))
    books.contacts.append(Contact(life.customer_id, life.number, life.phone))
    books.holds.extend(holds)
    books.cards.extend(
        Card(life.customer_id, c.key, c.account, c.kind, c.product, c.last4, CardStatus.ACTIVE)
        for c in life.cards
    )
    books.payees.extend(
        Payee(life.customer_id, p.key, p.name, p.nickname, p.bank_name, p.target, True)
        for p in life.payees
    )


def _opening(
    life: Life, plan: AccountPlan, lines: list[Posting], held: int, when: datetime
) -> list[Posting]:
    """Enough to begin with that the account never falls below its cushion; none for a card."""
    if plan.kind is AccountKind.CREDIT_CARD:
        return []
    lowest, balance = 0, 0
    for line in lines:
        balance += line.amount.minor
        lowest = min(lowest, balance)
    amount = (plan.cushion + held - lowest) // 100 * 100
    name = f"{life.customer_id}-{plan.key}-opening"
    return [
        Posting(
            life.customer_id, plan.key, name, f"H-{name}", when, Money(amount, plan.currency),
            "opening", "Balance brought forward",
        )
    ]  # fmt: skip


def _account(life: Life, plan: AccountPlan, lines: list[Posting], held: int) -> Account:
    posted = sum(line.amount.minor for line in lines)
    return Account(
        life.customer_id,
        plan.key,
        plan.kind,
        plan.name,
        plan.last4,
        AccountStatus.ACTIVE,
        posted=Money(posted, plan.currency),
        held=Money(held, plan.currency),
        available=Money(posted - held + plan.limit, plan.currency),
        credit_limit=Money(plan.limit, plan.currency),
        version=1,
        number=number_of(life.customer_id, plan),
    )


def _holds(life: Life, as_of: datetime) -> list[Hold]:
    holds = []
    for number, item in enumerate(life.pending, 1):
        placed = as_of - timedelta(hours=item.hours_ago)
        holds.append(
            Hold(
                life.customer_id,
                item.account,
                f"{life.customer_id}-hold-{number}",
                placed,
                placed + _HOLD_LIFE,
                Money(item.amount, CURRENCY),
                item.merchant,
                item.merchant,
                item.category,
            )
        )
    holds.extend(_held(life, number, as_of) for number in range(len(life.held)))
    return holds


def _held(life: Life, number: int, as_of: datetime) -> Hold:
    """A payment to a payee that waits to be let through."""
    item = life.held[number]
    payee = next(one for one in life.payees if one.key == item.payee)
    order = PaymentOrder(
        kind=PaymentKind.TO_PAYEE,
        customer_id=life.customer_id,
        source_account_id=item.account,
        destination_id=payee.key,
        destination_ref=payee.target,
        amount=Money(item.amount, CURRENCY),
        fee=Money.zero(CURRENCY),
        source_name=next(one.name for one in life.accounts if one.key == item.account),
        destination_name=payee.name,
    )
    placed = as_of - timedelta(hours=item.hours_ago)
    name = f"{life.customer_id}-payment-{number + 1}"
    return hold_of(order, name, placed, placed + PAYMENT_HOLD_LIFE)
